"""One unit of memory whose gates are set by hand, step by step.

The gate playground draws it; the challenges of lesson 07 judge it.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..equations import as_numbers, cell_state, hidden_state


class Preset(NamedTuple):
    """A setting of the gates with a name: what it does to the memory."""

    f: float
    i: float
    c_tilde: float
    says: str


PRESETS = {
    "keep": Preset(1.0, 0.0, 0.0, "f = 1, i = 0: the memory stays as it is."),
    "write": Preset(1.0, 1.0, 1.0, "f = 1, i = 1: c̃ is added to what is there."),
    "replace": Preset(0.0, 1.0, -0.5, "f = 0, i = 1: c̃ takes the place of what was there."),
    "erase": Preset(0.0, 0.0, 0.0, "f = 0, i = 0: nothing is kept, nothing is written."),
    "count": Preset(1.0, 1.0, 0.1, "f = 1, i = 1, c̃ = 0.1: one more tenth at every step."),
}


STEPS = 20
NOISE = np.round(np.random.default_rng(7).uniform(-1, 1, STEPS), 2)
NUMBERS = np.array([0.5, 0.25, -0.5, 0.75, 0.25, -0.25, 0.5, -0.75, 0.5, 0.25])


def play(f: ArrayLike, i: ArrayLike, c_tilde: ArrayLike, *, c_0: float = 0.0) -> NDArray:
    """Follow one memory through time.

    c_t = f_t c_{t-1} + i_t c̃_t                                         (eq. 5, one unit)

    Parameters
    ----------
    f, i, c_tilde : number or array (T,)
        Forget gate, input gate and candidate at each step; a number holds for all steps.
    c_0 : float
        The memory before the first step.

    Returns
    -------
    array (T,)
        The memory after each step.

    Raises
    ------
    ValueError
        When a gate lies outside 0 … 1 or the lengths differ.
    """
    f, i = gate(f, "f"), gate(i, "i")
    c_tilde = as_numbers(c_tilde, "c_tilde")
    try:
        f, i, c_tilde = np.broadcast_arrays(*np.atleast_1d(f, i, c_tilde))
    except ValueError:
        raise ValueError(
            f"f, i and c_tilde have shapes {f.shape}, {i.shape} and {c_tilde.shape}; expected "
            "one number each, or one per step"
        ) from None
    c = np.empty(len(f))
    c_prev = float(c_0)
    for t in range(len(f)):
        c[t] = c_prev = cell_state(f[t], c_prev, i[t], c_tilde[t])
    return c


def gradients(
    f: ArrayLike, i: ArrayLike, c_tilde: ArrayLike, *, goal: float
) -> tuple[NDArray, NDArray, NDArray]:
    """Follow the gradient of L = ½ (c_T - goal)² back along one memory.

    dc_T = c_T - goal,  dc_{t-1} = dc_t f_t,  df_t = dc_t c_{t-1},  di_t = dc_t c̃_t

    Parameters
    ----------
    f, i, c_tilde : array (T,)
        Forget gate, input gate and candidate at each step; the memory starts at 0.
    goal : float
        Where the memory should be after the last step.

    Returns
    -------
    df, di, dc : array (T,)
        Gradients of L at each step.
    """
    c = play(f, i, c_tilde)
    c_prev, dc = np.append(0.0, c[:-1]), np.empty(len(c))
    dc_t = c[-1] - goal
    for t in reversed(range(len(c))):
        dc[t] = dc_t
        dc_t = dc_t * f[t]
    return dc * c_prev, dc * c_tilde, dc


def show_memory(o: ArrayLike, c: ArrayLike) -> NDArray:
    """Return what a memory shows at each step: h_t = o_t tanh(c_t), eq. 6 for one unit.

    Parameters
    ----------
    o : number or array (T,)
        Output gate.
    c : array (T,)
        Memory after each step.

    Returns
    -------
    array (T,)

    Raises
    ------
    ValueError
        When the gate lies outside 0 … 1 or the lengths differ.
    """
    c = as_numbers(c, "c")
    return hidden_state(np.broadcast_to(gate(o, "o"), c.shape), c)


def gate(value: ArrayLike, name: str) -> NDArray:
    """Return a gate as numbers.

    Raises
    ------
    ValueError
        When a value lies outside 0 … 1, with its step.
    """
    value = as_numbers(value, name)
    outside = np.flatnonzero((value < 0) | (value > 1))
    if outside.size:
        first = np.ravel(value)[outside[0]]
        where = f" at step {outside[0] + 1}" if value.ndim else ""
        raise ValueError(f"{name} is {first:g}{where}; a gate lies between 0 and 1")
    return value
