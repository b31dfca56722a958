"""What the three gates and the candidate share: inputs, and the mistakes learners make.

Numbers in comments are those of the course's list of wrong answers.
"""

from collections.abc import Callable

import numpy as np
from numpy.random import Generator

from .. import running_example as ex
from ..equations import sigmoid, softmax
from .model import Case, Wrong


def example_case(letter: str) -> Case:
    """Return the step of the lesson, *cats*, with the weights of one gate."""
    W, b = getattr(ex, f"W_{letter}"), getattr(ex, f"b_{letter}")
    return Case(
        inputs={"h_prev": ex.h_prev, "x_t": ex.x_t, f"W_{letter}": W, f"b_{letter}": b},
        label="",
        note=f"W_{letter}, b_{letter} as in the lesson",
        shown=("h_prev", "x_t"),
    )


def draw_gate(letter: str) -> Callable[[Generator], list[Case]]:
    """Return a drawer of inputs that tell the mistakes apart: no two sizes are the same."""

    def draw(rng: Generator) -> list[Case]:
        return [
            _case(rng, letter, (), 3, 4, "one vector, H = 3, D = 4"),
            _case(rng, letter, (5,), 3, 2, "a batch of 5 rows, H = 3, D = 2"),
        ]

    return draw


def _case(rng: Generator, letter: str, batch: tuple, H: int, D: int, label: str) -> Case:
    return Case(
        inputs={
            "h_prev": rng.uniform(-1, 1, (*batch, H)),
            "x_t": rng.normal(0, 1, (*batch, D)),
            f"W_{letter}": rng.normal(0, 1, (H + D, H)),
            f"b_{letter}": rng.normal(0, 1, H),
        },
        label=label,
    )


def join(h: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Return [h, x] row by row."""
    return np.concatenate([h, x], axis=-1)


def gate_mistakes(letter: str, number: int) -> tuple[Wrong, ...]:
    """Return the wrong answers for the gate of equation `number`."""
    W, b, value = f"W_{letter}", f"b_{letter}", f"{letter}_t"
    return (
        *join_mistakes(sigmoid, letter, number),
        Wrong(  # 22
            answer=lambda h, x, W, b: sigmoid(join(h, x) @ W) + b,
            cause=f"{b} is added after σ. It belongs inside: the gate can leave 0 … 1 otherwise.",
            look="Count the brackets: everything is added up before σ is taken.",
        ),
        Wrong(  # 4
            answer=lambda h, x, W, b: np.tanh(join(h, x) @ W + b),
            cause=f"This is tanh, which goes from -1 to 1. Equation {number} has σ: "
            "a gate lies between 0 and 1.",
        ),
        Wrong(
            answer=lambda h, x, W, b: join(h, x) @ W + b,
            cause="The sum is right, but σ is missing: a gate must lie between 0 and 1.",
            look=f"What you return is a_{letter}. Send it through sigmoid.",
        ),
        Wrong(
            answer=lambda h, x, W, b: 1 - sigmoid(join(h, x) @ W + b),
            cause=f"This is 1 - {value}: open and shut are the wrong way round.",
            look=f"Look at the sign of the exponent, or at a 1 - … in front of {value}.",
        ),
        Wrong(  # 23
            answer=lambda h, x, W, b: (sigmoid(join(h, x) @ W + b) > 0.5).astype(float),
            cause="Your gate is cut to 0 or 1. It stays soft: every value in between is used.",
        ),
        Wrong(  # 20
            answer=lambda h, x, W, b: np.full(
                h.shape, np.mean(sigmoid(join(h, x) @ W + b), axis=-1, keepdims=True)
            ),
            cause="All units get the same value. Each unit has a gate value of its own, "
            f"from its own column of {W}.",
        ),
        Wrong(
            answer=lambda h, x, W, b: softmax(join(h, x) @ W + b),
            cause="This is softmax: the units share a total of 1. A gate uses σ, "
            "each unit for itself.",
        ),
    )


def join_mistakes(squash: Callable, letter: str, number: int) -> tuple[Wrong, ...]:
    """Return the wrong answers in [h, x] W + b, whatever function comes after it."""
    W, b = f"W_{letter}", f"b_{letter}"
    return (
        Wrong(  # 17
            answer=lambda h, x, W, b: squash(join(x, h) @ W + b),
            cause="x_t comes before h_prev in your joined vector. "
            f"Equation {number} has [h_prev, x_t]: the first H rows of {W} belong to h.",
            look="Print the joined vector.",
        ),
        Wrong(  # 22
            answer=lambda h, x, W, b: squash(join(h, x) @ W),
            cause=f"The bias {b} is missing.",
            look="What comes after the product in the equation?",
        ),
        Wrong(  # 18
            answer=lambda h, x, W, b: squash(np.concatenate([h, x], axis=0) @ W + b),
            cause="Right for one vector, but with a batch you join along the wrong axis: "
            "samples are rows, and h and x stand side by side in a row.",
            look="Which axis of a (5, 3) array runs along a row? axis=-1 works for both cases.",
        ),
        Wrong(  # 19
            answer=lambda h, x, W, b: squash(np.stack([h, x]) @ W + b),
            cause="np.stack puts arrays on top of each other and needs equal shapes. "
            "[h_prev, x_t] is one longer vector: that is np.concatenate.",
        ),
        Wrong(  # 24
            answer=lambda h, x, W, b: squash(W @ join(h, x) + b),
            cause=f"The product is the wrong way round: with rows as samples it is z_t @ {W}. "
            f"Papers write W z with columns.",
            look=f"Write the shapes down: z_t (…, H + D), {W} (H + D, H).",
        ),
        Wrong(  # 24
            answer=lambda h, x, W, b: squash(W.T @ join(h, x) + b),
            cause="Right for one vector, but with a batch the product is the wrong way round: "
            f"samples are rows, so it is z_t @ {W}.",
        ),
        Wrong(
            answer=lambda h, x, W, b: squash(x @ W[h.shape[-1] :] + b),
            cause="h_prev plays no part in your result. The gate looks at what the cell said "
            "last (h_prev) and at the input (x_t).",
        ),
        Wrong(
            answer=lambda h, x, W, b: squash(h @ W[: h.shape[-1]] + b),
            cause="x_t plays no part in your result. The gate looks at what the cell said "
            "last (h_prev) and at the input (x_t).",
        ),
        Wrong(  # 22
            answer=lambda h, x, W, b: squash(join(h, x) @ W - b),
            cause=f"The bias {b} is subtracted; it is added.",
        ),
    )
