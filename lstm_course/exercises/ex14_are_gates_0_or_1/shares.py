"""The shares of gates that are nearly shut and nearly open."""

from collections.abc import Callable

import numpy as np

from ...equations import sigmoid
from ..model import Case, WriteFunction, Wrong

NOTEBOOK = "14-are-gates-0-or-1"


def _shares(
    shut: Callable = lambda g, low: g < low,
    wide: Callable = lambda g, high: g > high,
    how: Callable = np.mean,
) -> Callable:
    """Return the two shares with one thing changed."""
    return lambda gate, low, high: (how(shut(gate, low)), how(wide(gate, high)))


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


EXERCISES = (
    WriteFunction(
        id="saturation-share",
        notebook=NOTEBOOK,
        asks_for=("saturation_share",),
        points=2,
        minutes=5,
        answer=_shares(),
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
        wrong=(
            Wrong(
                answer=_shares(how=np.sum),
                cause="These are counts. A share is a count over the number of values.",
            ),
            Wrong(
                answer=_shares(how=lambda hits: 100 * np.mean(hits)),
                cause="These are percent. Asked is a share between 0 and 1.",
            ),
            Wrong(
                answer=lambda g, low, high: ((g > high).mean(), (g < low).mean()),
                cause="The two results have changed places: first the shut ones, then the open.",
            ),
            Wrong(
                answer=lambda g, low, high: _shares()(g, 0.1, 0.9),
                cause="The thresholds are 0.1 and 0.9, whatever `low` and `high` say.",
            ),
            Wrong(
                answer=_shares(how=lambda hits: np.mean(hits, axis=0)),
                cause="The mean runs over the first axis only. Here all values count alike.",
            ),
            Wrong(
                answer=_shares(lambda g, low: g <= 1 - low, lambda g, high: g >= 1 - high),
                cause="Each threshold has turned to its other side: 1 - low and 1 - high.",
            ),
            Wrong(
                answer=lambda g, low, high: ((g < low).mean(), 1 - (g < low).mean()),
                cause="The second share is everything that is not shut. Values in between are "
                "neither.",
            ),
            Wrong(
                answer=_shares(lambda g, low: np.round(g) == 0, lambda g, high: np.round(g) == 1),
                cause="The values are rounded to 0 or 1 first, so that every gate counts as "
                "saturated.",
            ),
            Wrong(
                answer=lambda g, low, high: _shares()(sigmoid(g), low, high),
                cause="σ is taken of values that have been through σ.",
            ),
            Wrong(
                answer=lambda g, low, high: ((g < low).sum() / len(g), (g > high).sum() / len(g)),
                cause="The counts are divided by len(gate), the first axis alone. gate.size counts "
                "all values; .mean() does it by itself.",
            ),
            Wrong(
                answer=lambda g, low, high: (g < low).mean() + (g > high).mean(),
                cause="The two shares are added. Return them apart: shut, open.",
            ),
            Wrong(
                answer=lambda g, low, high: (g < low, g > high),
                cause="These are the comparisons, True or False for each value. Take the mean of "
                "each.",
            ),
            Wrong(
                answer=lambda g, low, high: ((g > low).mean(), (g < high).mean()),
                cause="The signs are turned: below `low` a gate is nearly shut, above `high` "
                "nearly open.",
            ),
            Wrong(
                answer=lambda g, low, high: ((g < low).mean(), ((g >= low) & (g <= high)).mean()),
                cause="The second share is that of the values in between. Asked are those above "
                "`high`.",
            ),
            Wrong(
                answer=_shares(shut=np.less_equal),
                cause="A gate at `low` itself is counted: <=. Asked is below `low`.",
                look="Is 0.1 below 0.1?",
            ),
            Wrong(
                answer=_shares(wide=np.greater_equal),
                cause="A gate at `high` itself is counted: >=. Asked is above `high`.",
                look="Is 0.9 above 0.9?",
            ),
            Wrong(
                answer=_shares(np.less_equal, np.greater_equal),
                cause="A gate at the threshold itself is counted: <= and >=. Asked is below `low` "
                "and above `high`.",
                look="Is 0.9 above 0.9?",
            ),
            Wrong(
                answer=lambda g, low, high: (g[g < low].mean(), g[g > high].mean()),
                cause="This is the mean of the values beyond the thresholds. Asked is how many "
                "there are, as a share of all: the mean of the comparison.",
            ),
            Wrong(
                answer=lambda g, low, high: _shares()(g, low, 1 - low),
                cause="1 - low stands in the place of `high`. The two thresholds have nothing to "
                "do with each other.",
            ),
        ),
    ),
)
