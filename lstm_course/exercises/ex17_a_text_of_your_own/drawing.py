"""The next character, drawn at a temperature."""

import numpy as np

from ...equations import softmax
from ..model import Case, WriteFunction
from ..slips import Instead

NOTEBOOK = "17-a-text-of-your-own"


def draw_next(scores, temperature, u):
    """Return the class into whose share of 0 to 1 the number u falls."""
    y = softmax(scores / temperature)
    ends = y.cumsum(axis=-1)
    passed = ends <= u[:, None]
    k = passed.sum(axis=-1)
    return k


def _case(rng: np.random.Generator, N: int, K: int, temperature: float) -> Case:
    inputs = {
        "scores": rng.normal(0, 1.5, (N, K)),
        "temperature": temperature,
        "u": rng.uniform(0.02, 0.98, N),
    }
    return Case(inputs=inputs, label=f"{N} rows, {K} classes, temperature {temperature}")


EXERCISES = (
    WriteFunction(
        id="draw-next",
        notebook=NOTEBOOK,
        asks_for=("draw_next",),
        points=2,
        minutes=8,
        answer=draw_next,
        example=Case(
            inputs={
                "scores": np.array([[2.0, 1.0, 0.0], [2.0, 1.0, 0.0], [0.0, 0.0, 0.0]]),
                "temperature": 2.0,
                "u": np.array([0.4, 0.6, 0.9]),
            },
            label="three rows, three classes",
        ),
        draw=lambda rng: [
            _case(rng, 40, 5, 0.7),
            _case(rng, 40, 6, 3.0),
            _case(rng, 40, 4, 0.25),
        ],
        returns=("k",),
        hints=(
            "Divide the scores by the temperature, then softmax: one row of probabilities each.",
            "Lay them end to end from 0 to 1: y.cumsum(-1) are the ends. In which share lies u?",
            "Count the ends that u has passed.",
        ),
        look="In the example the first row is 0.51, 0.31, 0.19: 0.4 lies in the first share.",
        passed="That is all that writing is: scores, a temperature, a number from 0 to 1.",
        instead=(
            Instead(
                "y",
                "softmax(scores * temperature)",
                "The scores are multiplied by the temperature. Hot is flat: divide.",
            ),
            Instead(
                "y",
                "softmax(scores)",
                "The temperature plays no part.",
            ),
            Instead(
                "y",
                "softmax(scores) / temperature",
                "The probabilities are divided. The scores are divided, before softmax.",
            ),
            Instead(
                "k",
                "y.argmax(axis=-1)",
                "The likeliest class is taken each time. u decides.",
            ),
            Instead(
                "passed",
                "y <= u[:, None]",
                "u is compared with each probability alone. Lay them end to end first: cumsum.",
            ),
            Instead(
                "passed",
                "ends > u[:, None]",
                "The ends that u has not passed are counted: that is the classes from the right.",
            ),
            Instead(
                "k",
                "passed.sum(axis=-1) - 1",
                "One too low: before the first end u is in class 0.",
            ),
            Instead(
                "k",
                "passed.sum(axis=-1) + 1",
                "One too high: classes are counted from 0.",
            ),
            Instead(
                "ends",
                "y.cumsum(axis=0)",
                "The probabilities are added up over the rows. Each row is a choice of its own.",
            ),
            Instead(
                "ends",
                "np.sort(y, axis=-1).cumsum(axis=-1)",
                "The probabilities are sorted first. The place is the class: leave the order.",
            ),
        ),
    ),
)
