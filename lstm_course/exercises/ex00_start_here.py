"""The warm-up of lesson 00: a check that passes, and one that does not."""

import numpy as np

from .model import Case, WriteFunction, Wrong


def _in_place(signal: np.ndarray) -> np.ndarray:
    signal *= 0.5
    return signal


EXERCISES = (
    WriteFunction(
        id="warm-up",
        notebook="00-start-here",
        asks_for=("let_half_pass",),
        points=0,
        minutes=1,
        answer=lambda signal: 0.5 * signal,
        example=Case(inputs={"signal": np.array([4.0, -2.0])}, label=""),
        draw=lambda rng: [Case(inputs={"signal": rng.normal(size=(2, 3))}, label="a batch")],
        returns=("half",),
        hints=(
            "Half of a signal is 0.5 times the signal.",
            "NumPy multiplies every number of an array at once: there is no loop to write.",
        ),
        look="Print the signal before and after the call.",
        passed="You know how a check works. Try one that returns twice the signal.",
        wrong=(
            Wrong(
                answer=_in_place,
                cause="The values are right, but your function changes its input: `signal *= 0.5` "
                "writes into the caller's array. Return 0.5 * signal, a new array.",
            ),
            Wrong(
                answer=lambda signal: 2 * signal,
                cause="This lets twice the signal pass. A gate of one half is 0.5.",
            ),
            Wrong(
                answer=lambda signal: signal,
                cause="This lets all of the signal pass: a gate of 1.",
            ),
            Wrong(
                answer=lambda signal: signal - 0.5,
                cause="This takes one half away from each number. A gate multiplies.",
            ),
        ),
    ),
)
