"""One step of the RNN, and a loop over words.

Numbers in comments are those of the course's list of wrong answers.
"""

from collections.abc import Callable

import numpy as np

from ...equations import sigmoid, softmax
from ..gates import join
from ..model import Case, WriteFunction, Wrong

NOTEBOOK = "01-why-not-an-rnn"


def _step(squash: Callable, h: np.ndarray, x: np.ndarray, W: np.ndarray, b: np.ndarray):
    return squash(join(h, x) @ W + b)


def _read(xs: np.ndarray, h_0: np.ndarray, W: np.ndarray, b: np.ndarray) -> np.ndarray:
    hs, h = [], h_0
    for x_t in xs:
        h = _step(np.tanh, h, x_t, W, b)
        hs.append(h)
    return np.array(hs)


def _read_reset(xs: np.ndarray, h_0: np.ndarray, W: np.ndarray, b: np.ndarray) -> np.ndarray:
    return np.array([_step(np.tanh, h_0, x_t, W, b) for x_t in xs])


def _with_h_0(xs: np.ndarray, h_0: np.ndarray, W: np.ndarray, b: np.ndarray) -> np.ndarray:
    return np.array([h_0, *_read(xs, h_0, W, b)])


def _draw_step(rng: np.random.Generator) -> list[Case]:
    def inputs(batch: tuple, H: int, D: int) -> dict:
        h, x = rng.uniform(-1, 1, (*batch, H)), rng.normal(0, 1, (*batch, D))
        return {"h_prev": h, "x_t": x, **_weights(rng, H, D)}

    return [
        Case(inputs=inputs((), 3, 4), label="one vector, H = 3, D = 4"),
        Case(inputs=inputs((5,), 3, 2), label="a batch of 5 rows, H = 3, D = 2"),
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


EXERCISES = (
    WriteFunction(
        id="rnn-step",
        notebook=NOTEBOOK,
        asks_for=("rnn_step",),
        points=2,
        minutes=5,
        answer=lambda h, x, W, b: _step(np.tanh, h, x, W, b),
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
        wrong=(
            Wrong(  # 17
                answer=lambda h, x, W, b: _step(np.tanh, x, h, W, b),
                cause="x_t comes before h_prev in your joined vector. R1 has [h_prev, x_t]: "
                "the first H rows of W belong to h.",
                look="Print the joined vector.",
            ),
            Wrong(  # 22
                answer=lambda h, x, W, b: np.tanh(join(h, x) @ W),
                cause="The bias b is missing.",
                look="What comes after the product in R1?",
            ),
            Wrong(
                answer=lambda h, x, W, b: np.tanh(join(h, x) @ W - b),
                cause="The bias b is subtracted; it is added.",
            ),
            Wrong(  # 22
                answer=lambda h, x, W, b: np.tanh(join(h, x) @ W) + b,
                cause="b is added after tanh. It belongs inside: h_t must stay between -1 and 1.",
                look="Count the brackets: everything is added up before tanh is taken.",
            ),
            Wrong(  # 18
                answer=lambda h, x, W, b: np.tanh(np.concatenate([h, x], axis=0) @ W + b),
                cause="Right for one vector, but with a batch you join along the wrong axis: "
                "samples are rows, and h and x stand side by side in a row.",
                look="Which axis of a (5, 3) array runs along a row? axis=-1 works for both cases.",
            ),
            Wrong(  # 18
                answer=lambda h, x, W, b: np.tanh(np.append(h, x) @ W + b),
                cause="Right for one vector, but without an axis np.append makes one long row "
                "out of a whole batch. axis=-1 joins row by row.",
            ),
            Wrong(  # 19
                answer=lambda h, x, W, b: np.tanh(np.stack([h, x]) @ W + b),
                cause="np.stack puts arrays on top of each other and needs equal shapes. "
                "[h_prev, x_t] is one longer vector: that is np.concatenate.",
            ),
            Wrong(  # 24
                answer=lambda h, x, W, b: np.tanh(W @ join(h, x) + b),
                cause="The product is the wrong way round: with rows as samples it is z_t @ W. "
                "Papers write W z with columns.",
                look="Write the shapes down: z_t (…, H + D), W (H + D, H).",
            ),
            Wrong(
                answer=lambda h, x, W, b: np.tanh(x @ W[h.shape[-1] :] + b),
                cause="h_prev plays no part in your result: this network has no memory.",
            ),
            Wrong(
                answer=lambda h, x, W, b: np.tanh(h @ W[: h.shape[-1]] + b),
                cause="x_t plays no part in your result: this network reads nothing.",
            ),
            Wrong(
                answer=lambda h, x, W, b: join(h, x) @ W + b,
                cause="The sum is right, but tanh is missing: nothing keeps h_t from growing.",
            ),
            Wrong(
                answer=lambda h, x, W, b: _step(sigmoid, h, x, W, b),
                cause="This is σ, which goes from 0 to 1. R1 has tanh: a note can be negative.",
            ),
            Wrong(
                answer=lambda h, x, W, b: _step(softmax, h, x, W, b),
                cause="This is softmax: the units share a total of 1. R1 has tanh, "
                "each unit for itself.",
            ),
            Wrong(
                answer=lambda h, x, W, b: h + _step(np.tanh, h, x, W, b),
                cause="You add h_prev to the result. It enters through W alone; an RNN has no "
                "other way past tanh.",
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
        answer=_read,
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
        passed="Your network carries its note on. Read a sentence of 50 zeros: what is left?",
        wrong=(
            Wrong(  # 28
                answer=_read_reset,
                cause="This does the same as rnn_read_broken: every step starts from h_0, so the "
                "network sees one word and no past.",
                look="Which h does the second step get?",
            ),
            Wrong(  # 28
                answer=lambda xs, h, W, b: _read_reset(xs, 0 * h, W, b),
                cause="h is set back to 0 at every step. Only the first step starts fresh, "
                "and it starts from h_0.",
            ),
            Wrong(  # 26
                answer=lambda xs, h, W, b: _read(xs, 0 * h, W, b),
                cause="h is carried on, but the first step starts from 0 and not from h_0.",
            ),
            Wrong(
                answer=lambda xs, h, W, b: _read(xs, h, W, b)[-1],
                cause="This is the last h alone. Asked for is h after every step, "
                "one row for each.",
            ),
            Wrong(
                answer=_with_h_0,
                cause="h_0 itself is the first row of your result. The first row is h after "
                "the first step.",
            ),
            Wrong(
                answer=lambda xs, h, W, b: _with_h_0(xs, h, W, b)[:-1],
                cause="Each row is one step late: h is stored before the step is made.",
                look="In which order do the two lines in the loop come?",
            ),
            Wrong(
                answer=lambda xs, h, W, b: np.array([_read(xs, h, W, b)[-1]] * len(xs)),
                cause="Every row is the last h. One array is written over at each step and "
                "stored again: make a new array each time.",
            ),
            Wrong(
                answer=lambda xs, h, W, b: _read(xs[::-1], h, W, b),
                cause="The sequence is read from its end.",
            ),
            Wrong(
                answer=lambda xs, h, W, b: _read(xs, h, W, b)[::-1],
                cause="The rows come in reverse: the first row belongs to the first step.",
            ),
            Wrong(
                answer=lambda xs, h, W, b: _read(xs, h, W, 0 * b),
                cause="h is carried on, but the bias b got lost.",
            ),
        ),
    ),
)
