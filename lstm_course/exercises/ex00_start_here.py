"""The warm-up of lesson 00: a check that passes, and one that does not."""

import numpy as np

from .model import Case, WriteFunction
from .slips import Instead


def let_half_pass(signal):
    """Return half of a signal."""
    half = 0.5 * signal
    return half


EXERCISES = (
    WriteFunction(
        id="warm-up",
        notebook="00-start-here",
        asks_for=("let_half_pass",),
        points=0,
        minutes=1,
        answer=let_half_pass,
        example=Case(inputs={"signal": np.array([4.0, -2.0])}, label=""),
        draw=lambda rng: [Case(inputs={"signal": rng.normal(size=(2, 3))}, label="a batch")],
        returns=("half",),
        hints=(
            "Half of a signal is 0.5 times the signal.",
            "NumPy multiplies every number of an array at once: there is no loop to write.",
        ),
        look="Print the signal before and after the call.",
        passed="You know how a check works. Try one that returns twice the signal.",
        instead=(
            Instead(
                "half",
                "signal - 0.5",
                "This takes one half away from each number. A gate multiplies.",
            ),
            Instead(
                "half",
                "signal",
                "This lets all of the signal pass: a gate of 1.",
            ),
            Instead(
                "half",
                "2 * signal",
                "This lets twice the signal pass. A gate of one half is 0.5.",
            ),
        ),
    ),
)
