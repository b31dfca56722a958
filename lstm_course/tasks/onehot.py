"""Symbols as rows of zeros with a single one."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import ArrayLike, NDArray

NOTHING = -1  # a target that does not count


def one_hot(ids: ArrayLike, size: int) -> NDArray:
    """Turn symbol numbers into rows of zeros with a single one.

    Parameters
    ----------
    ids : array of integers (...)
        From 0 to size - 1; ``NOTHING`` (-1) becomes a row of zeros.
    size : int
        How many symbols there are.

    Returns
    -------
    array (..., size)

    Raises
    ------
    ValueError
        When an id is no symbol.
    """
    ids = np.asarray(ids)
    if ids.dtype.kind not in "iu" or (ids.size and not (-1 <= ids.min() <= ids.max() < size)):
        raise ValueError(
            f"ids must be whole numbers from 0 to {size - 1} (or -1 for nothing); "
            f"got {ids.dtype} with values {ids.ravel()[:5].tolist()} …"
        )
    return np.concatenate([np.eye(size), np.zeros((1, size))])[ids]  # row -1 is the row of zeros


def at_least(number: int, least: int, name: str) -> int:
    """Return `number`, or raise a ValueError that names it when it is below `least`."""
    if number < least:
        raise ValueError(f"{name} is {number}; expected {least} or more")
    return int(number)


def cut(xs: NDArray, targets: NDArray, length: int) -> Iterator[tuple[NDArray, NDArray]]:
    """Cut one long stream into batches that follow each other.

    Train a model made with ``carry=True`` on them: it goes on where the last one ended.

    Parameters
    ----------
    xs : array (T, N, D)
    targets : array (T, N)
    length : int
        Steps in each batch; a shorter rest is left out.

    Yields
    ------
    xs, targets : arrays (length, N, D) and (length, N)

    Raises
    ------
    ValueError
        When the stream is shorter than `length`.
    """
    if not 1 <= length <= len(xs):
        raise ValueError(f"length is {length}; expected 1 to T = {len(xs)}, the whole stream")
    for start in range(0, len(xs) - length + 1, length):
        yield xs[start : start + length], targets[start : start + length]
