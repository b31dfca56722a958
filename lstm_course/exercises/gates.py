"""What the three gates and the candidate share: inputs, and the right answers."""

from collections.abc import Callable

import numpy as np
from numpy.random import Generator

from .. import equations
from .. import running_example as ex
from ..equations import sigmoid
from .model import Case


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
    """Return a drawer of inputs that tell the mistakes apart: no two sizes are the same.

    N rows are no H + D and no 2H either, else W[:N] would pass for all of W.
    """

    def draw(rng: Generator) -> list[Case]:
        return [
            _case(rng, letter, (), 3, 4, "one vector, H = 3, D = 4"),
            _case(rng, letter, (7,), 3, 2, "a batch of 7 rows, H = 3, D = 2"),
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


def input_gate(h_prev, x_t, W_i, b_i):  # noqa: ANN001, ANN201
    """Return i_t (eq. 1)."""
    z_t = join(h_prev, x_t)
    i_t = sigmoid(z_t @ W_i + b_i)
    return i_t


def forget_gate(h_prev, x_t, W_f, b_f):  # noqa: ANN001, ANN201
    """Return f_t (eq. 2)."""
    z_t = join(h_prev, x_t)
    f_t = sigmoid(z_t @ W_f + b_f)
    return f_t


def output_gate(h_prev, x_t, W_o, b_o):  # noqa: ANN001, ANN201
    """Return o_t (eq. 3)."""
    z_t = join(h_prev, x_t)
    o_t = sigmoid(z_t @ W_o + b_o)
    return o_t


def candidate(h_prev, x_t, W_c, b_c):  # noqa: ANN001, ANN201
    """Return c̃_t (eq. 4)."""
    z_t = join(h_prev, x_t)
    c_tilde = np.tanh(z_t @ W_c + b_c)
    return c_tilde


THE_COURSES = (equations.input_gate, equations.forget_gate, equations.output_gate)
