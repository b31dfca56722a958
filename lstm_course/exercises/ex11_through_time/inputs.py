"""Inputs that several exercises of lesson 11 share, and the step of the lesson."""

from collections.abc import Callable

import numpy as np

from ... import running_example as ex
from ...cell import lstm_step
from ..model import Case
from .backward import back_to_memory

NOTEBOOK = "11-through-time"

STEP = lstm_step(ex.params(), ex.x_t, ex.h_prev, ex.c_prev)
# what the lesson computes on the way back: the loss wants "were" after "cats"
DH = np.array([-1.71, 0.58])
DC = back_to_memory(DH, np.zeros(2), STEP.o_t, STEP.c_t)


def _rows(rng: np.random.Generator) -> list[tuple[tuple[int, ...], str]]:
    return [((3,), "one vector, H = 3"), ((5, 3), "a batch of 5 rows, H = 3")]


def squashed(rng: np.random.Generator, *names: str, shape: tuple) -> dict[str, np.ndarray]:
    """Draw values by name: gates between 0 and 1, the candidate between -1 and 1."""
    low = {"c_tilde": -0.9, "h_prev": -0.9}
    high = {"c_tilde": 0.9, "h_prev": 0.9}
    wide = ("c_prev", "c_t", "dh_t", "dc_t", "dc_next", "di_t", "df_t", "do_t", "dc_tilde", "x_t")
    return {
        name: rng.normal(0, 1, shape)
        if name in wide
        else rng.uniform(low.get(name, 0.1), high.get(name, 0.9), shape)
        for name in names
    }


def draw(*names: str) -> Callable[[np.random.Generator], list[Case]]:
    """Return a drawer of these values, as one vector and as a batch."""
    return lambda rng: [
        Case(inputs=squashed(rng, *names, shape=shape), label=label) for shape, label in _rows(rng)
    ]


def step_inputs(rng: np.random.Generator, N: int, D: int, H: int) -> dict[str, np.ndarray]:
    """Draw all that one step backward is given."""
    names = ("h_prev", "c_prev", "i_t", "f_t", "o_t", "c_tilde", "c_t")
    return (
        squashed(rng, "dh_t", "dc_next", shape=(N, H))
        | squashed(rng, "x_t", shape=(N, D))
        | squashed(rng, *names, shape=(N, H))
        | {"W": rng.normal(0, 1, (H + D, 4 * H))}
    )
