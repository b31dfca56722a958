"""Parity: a task that needs a state, and nothing but two values of it."""

import numpy as np
from numpy.typing import NDArray

from .onehot import at_least, one_hot


def make_parity(rng: np.random.Generator, batch: int, length: int) -> tuple[NDArray, NDArray]:
    """Say after each bit whether the ones so far are even or odd in number.

    Parameters
    ----------
    rng : numpy.random.Generator
        Draws the bits evenly.
    batch : int
        Sequences N.
    length : int
        Bits T.

    Returns
    -------
    xs : array (T, N, 2)
        One-hot bits.
    targets : array of integers (T, N)
        0 even, 1 odd.

    Raises
    ------
    ValueError
        When a size is below 1.
    """
    batch, length = at_least(batch, 1, "batch"), at_least(length, 1, "length")
    bits = rng.integers(0, 2, size=(length, batch))
    return one_hot(bits, 2), bits.cumsum(axis=0) % 2
