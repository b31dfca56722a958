"""One step of the cell, right or with a part exchanged, and inputs for it."""

from collections.abc import Callable

import numpy as np

from ...equations import sigmoid
from ..gates import join
from ..model import Case


def tanh_memory(o: np.ndarray, c: np.ndarray, c_prev: np.ndarray) -> np.ndarray:
    """Return h_t (eq. 6); a mistake may look at c_prev."""
    return o * np.tanh(c)


def _sum(f: np.ndarray, c: np.ndarray, i: np.ndarray, g: np.ndarray) -> np.ndarray:
    return f * c + i * g


def step(
    *,
    joined: Callable = join,
    gate: Callable = sigmoid,
    squash: Callable = np.tanh,
    memory: Callable = _sum,
    shown: Callable = tanh_memory,
    order: tuple[int, int, int, int] = (0, 1, 2, 3),
    biases: tuple[int, int, int, int] | None = None,
    reads: str = "h",
) -> Callable:
    """Return one step (eqs. 1 to 6), right or with one of its parts changed."""

    def lstm_step(x, h, c, W_i, W_f, W_o, W_c, b_i, b_f, b_o, b_c):  # noqa: ANN001, ANN202
        W, b = (W_i, W_f, W_o, W_c), (b_i, b_f, b_o, b_c)
        b = [b[k] for k in biases or order]
        z = joined(c if reads == "c" else h, x)
        *gates, a_c = (z @ W[k] + b_k for k, b_k in zip(order, b, strict=True))
        i, f, o = map(gate, gates)
        g = squash(a_c)
        c_t = memory(f, c, i, g)
        return shown(o, c_t, c), c_t

    return lstm_step


def step_case(
    rng: np.random.Generator, batch: tuple, D: int, H: int, label: str, biases: bool
) -> Case:
    """Draw what one step is given, with biases or without."""
    inputs = {
        "x_t": rng.normal(size=(*batch, D)),
        "h_prev": rng.uniform(-1, 1, (*batch, H)),
        "c_prev": rng.normal(0, 1.5, (*batch, H)),
    }
    inputs |= {f"W_{g}": rng.normal(size=(H + D, H)) for g in "ifoc"}
    inputs |= {f"b_{g}": rng.normal(size=H) for g in "ifoc"} if biases else {}
    return Case(inputs=inputs, label=label)
