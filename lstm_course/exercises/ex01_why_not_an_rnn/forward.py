"""One step of the RNN, and a loop over words."""

import numpy as np

from ..gates import join
from ..model import Case, WriteFunction
from ..slips import Instead

NOTEBOOK = "01-why-not-an-rnn"


def _draw_step(rng: np.random.Generator) -> list[Case]:
    def inputs(batch: tuple, H: int, D: int) -> dict:
        h, x = rng.uniform(-1, 1, (*batch, H)), rng.normal(0, 1, (*batch, D))
        return {"h_prev": h, "x_t": x, **_weights(rng, H, D)}

    return [
        Case(inputs=inputs((), 3, 4), label="one vector, H = 3, D = 4"),
        Case(inputs=inputs((7,), 3, 2), label="a batch of 7 rows, H = 3, D = 2"),
    ]


def _draw_read(rng: np.random.Generator) -> list[Case]:
    def inputs(batch: tuple, T: int, H: int, D: int) -> dict:
        xs, h = rng.normal(0, 1, (T, *batch, D)), rng.uniform(-1, 1, (*batch, H))
        return {"xs": xs, "h_0": h, **_weights(rng, H, D)}

    return [
        Case(inputs=inputs((), 4, 3, 2), label="4 steps, H = 3, D = 2"),
        Case(inputs=inputs((2,), 5, 3, 4), label="5 steps of 2 rows, H = 3, D = 4"),
    ]


def _weights(rng: np.random.Generator, H: int, D: int) -> dict:
    return {"W": rng.normal(0, 0.7, (H + D, H)), "b": rng.normal(0, 0.5, H)}


TWO_UNITS = np.array([[1.0, 0], [0, 2], [0, 0], [1, 1], [0, 0]])  # the lesson's W


def rnn_step(h_prev, x_t, W, b):
    """Return h_t of an RNN (equation 1.1)."""
    z_t = join(h_prev, x_t)
    h_t = np.tanh(z_t @ W + b)
    return h_t


def rnn_read(xs, h_0, W, b):
    """Return h after every step."""
    hs = []
    h = h_0
    for x_t in xs:
        h = rnn_step(h, x_t, W, b)
        hs.append(h)
    return np.array(hs)


EXERCISES = (
    WriteFunction(
        id="rnn-step",
        notebook=NOTEBOOK,
        asks_for=("rnn_step",),
        points=2,
        minutes=5,
        answer=rnn_step,
        example=Case(
            inputs={
                "h_prev": np.array([-0.5, 0.5]),
                "x_t": np.array([1.0, 1.0, 0.0]),
                "W": TWO_UNITS,
                "b": np.array([0.0, -1.0]),
            },
            label="",
            note="W as in the lesson",
            shown=("h_prev", "x_t", "b"),
        ),
        draw=_draw_step,
        returns=("h_t",),
        hints=(
            "Join h_prev and x_t, multiply by W, add b, squash.",
            "np.concatenate([h_prev, x_t], axis=-1) joins along a row, for a vector and a batch.",
            "With z_t for the joined rows, the sum is z_t @ W + b. np.tanh does the rest.",
        ),
        look="Take the sum with a pencil: it is [0.5, 1] here.",
        passed="This is a whole recurrent network: everything else is calling it again. "
        "Call it three times, each time with the h_t of the call before.",
        instead=(
            Instead(
                "h_t",
                "np.tanh(z_t @ W + b) + h_prev",
                "h_prev is added to the result. It enters through W alone; an RNN has no other "
                "way past tanh.",
            ),
        ),
    ),
    WriteFunction(
        id="rnn-read",
        notebook=NOTEBOOK,
        asks_for=("rnn_read",),
        kind="find the bug",
        points=2,
        minutes=5,
        answer=rnn_read,
        example=Case(
            inputs={
                "xs": np.array([[1.0], [0.0], [0.0]]),
                "h_0": np.array([0.0]),
                "W": np.array([[1.0], [1.0]]),
                "b": np.array([0.0]),
            },
            label="",
        ),
        draw=_draw_read,
        returns=("hs",),
        hints=(
            "Read the word 0 twice after the word 1. Should h be the same both times?",
            "Which h goes into the second step? Follow the name h through two rounds of the loop.",
            "Set h to h_0 once, before the loop; inside, each step takes h and makes the next h.",
        ),
        look="Follow h through two steps with a pencil: tanh(1) = 0.76, then tanh(0.76) = 0.64.",
        passed="Your network carries h on. Read a sentence of 50 zeros: what is left?",
        instead=(
            Instead(
                "return",
                "hs[0]",
                "This is h after the first step alone. Does the return stand inside the loop?",
            ),
            Instead(
                "return",
                "np.array([h_0, *hs])",
                "h_0 itself is the first row of the result. The first row is h after the first "
                "step.",
            ),
            Instead(
                "return",
                "np.array([h_0, *hs[:-1]])",
                "Each row is one step late: the first row is h_0. A row is h after its step.",
                "In which order do the two lines in the loop come?",
            ),
            Instead(
                "return",
                "hs[-1]",
                "This is the last h alone. Asked is h after every step, one row for each.",
            ),
        ),
        parts=(rnn_step,),
        builds_on=("rnn-step",),
    ),
)
