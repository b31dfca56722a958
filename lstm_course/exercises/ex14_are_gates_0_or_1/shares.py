"""The shares of gates that are nearly shut and nearly open."""

import numpy as np

from ...equations import sigmoid
from ..model import Case, WriteFunction
from ..slips import Instead

NOTEBOOK = "14-are-gates-0-or-1"


def _gate(rng: np.random.Generator, shape: tuple, low: float, high: float) -> dict:
    """Draw gates; one stands at each threshold itself, which is neither below nor above."""
    gate = sigmoid(2.5 * rng.normal(size=shape) + 0.4)
    gate.flat[[1, 2, 4]] = low, high, high
    return {"gate": gate, "low": low, "high": high}


def _draw_gates(rng: np.random.Generator) -> list[Case]:
    return [
        Case(inputs=_gate(rng, (40,), 0.1, 0.9), label="40 values"),
        Case(inputs=_gate(rng, (6, 5, 3), 0.1, 0.9), label="6 steps, 5 rows, 3 units"),
        Case(inputs=_gate(rng, (30, 4), 0.25, 0.6), label="low = 0.25, high = 0.6"),
    ]


def saturation_share(gate, low, high):
    """Return the shares of values below and above two thresholds."""
    shut = (gate < low).mean()
    wide = (gate > high).mean()
    return shut, wide


EXERCISES = (
    WriteFunction(
        id="saturation-share",
        notebook=NOTEBOOK,
        asks_for=("saturation_share",),
        points=2,
        minutes=5,
        answer=saturation_share,
        example=Case(
            inputs={"gate": np.array([0.05, 0.5, 0.95, 0.97]), "low": 0.1, "high": 0.9},
            label="4 values",
        ),
        draw=_draw_gates,
        returns=("shut", "open"),
        hints=(
            "Compare all values with one number at once: the result is an array of True and False.",
            "The mean of True and False is the share of True, whatever the shape.",
        ),
        look="The two shares and the rest in between add up to 1.",
        passed="You can now put a number on a word like saturated. Move the thresholds to 0.01 "
        "and 0.99 and see which claims survive.",
        instead=(
            Instead(
                "return",
                "(gate < 0.1).mean(), (gate > 0.9).mean()",
                "The thresholds are 0.1 and 0.9, whatever `low` and `high` say.",
            ),
            Instead(
                "return",
                "(gate <= 1 - low).mean(), (gate >= 1 - high).mean()",
                "Each threshold has turned to its other side: 1 - low and 1 - high.",
            ),
            Instead(
                "return",
                "shut, 1 - shut",
                "The second share is everything that is not shut. Values in between are neither.",
            ),
            Instead(
                "return",
                "(np.round(gate) == 0).mean(), (np.round(gate) == 1).mean()",
                "The values are rounded to 0 or 1 first, so that every gate counts as saturated.",
            ),
            Instead(
                "return",
                "shut, 1 - shut - wide",
                "The second share is that of the values in between, with those at the thresholds. "
                "Asked are those above `high`.",
            ),
            Instead(
                "return",
                "shut / (shut + wide), wide / (shut + wide)",
                "The shares are taken of the saturated values alone. Asked are shares of all "
                "values.",
            ),
            Instead(
                "return",
                "gate[gate < low].mean(), gate[gate > high].mean()",
                "This is the mean of the values beyond the thresholds. Asked is how many there "
                "are, as a share of all: the mean of the comparison.",
            ),
            Instead(
                "return",
                "shut, (gate > 1 - low).mean()",
                "1 - low stands in the place of `high`. The two thresholds have nothing to do "
                "with each other.",
            ),
            Instead(
                "return",
                "(gate.min() < low) * 1.0, (gate.max() > high) * 1.0",
                "The smallest and the largest value are compared: yes or no. Compare every value, "
                "then take the mean.",
            ),
        ),
    ),
)
