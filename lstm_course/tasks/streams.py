"""One long text as streams that are read side by side, piece after piece."""

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from .onehot import at_least, cut, one_hot
from .text import CHARACTERS, encode_text


def split_text(text: str, share: float = 0.9) -> tuple[NDArray, NDArray]:
    """Cut a text in two: what is trained on, and the end, which is kept for validation.

    Parameters
    ----------
    text : str
    share : float
        Of the characters, for training.

    Returns
    -------
    training, validation : arrays of integers
        Numbers of the characters; no character is in both.
    """
    ids = encode_text(text)
    first = int(share * len(ids))
    return ids[:first], ids[first:]


def make_streams(ids: NDArray, batch: int) -> tuple[NDArray, NDArray]:
    """Lay a text side by side: stream n + 1 begins where stream n ends.

    Parameters
    ----------
    ids : array of integers (M,)
        Numbers of the characters.
    batch : int
        Streams N.

    Returns
    -------
    xs : array (T, N, D)
        One-hot characters, T = (M - 1) // N.
    targets : array of integers (T, N)
        The next character.

    Raises
    ------
    ValueError
        When the text is too short for so many streams.
    """
    batch = at_least(batch, 1, "batch")
    T = (len(ids) - 1) // batch
    if T < 1:
        raise ValueError(f"the text has {len(ids)} characters; expected more than {batch}, N")
    rows = np.arange(batch) * T + np.arange(T + 1)[:, None]
    return one_hot(ids[rows[:-1]], len(CHARACTERS)), ids[rows[1:]]


def passes(
    xs: NDArray, targets: NDArray, length: int, start: Callable[[], object]
) -> Iterator[tuple[NDArray, NDArray]]:
    """Go through streams again and again, in pieces that follow each other.

    Parameters
    ----------
    xs : array (T, N, D)
    targets : array (T, N)
    length : int
        Steps in each piece.
    start : function without arguments
        Called before each pass, such as ``model.reset``.

    Yields
    ------
    xs, targets : arrays (length, N, D) and (length, N)
    """
    while True:
        start()
        yield from cut(xs, targets, length)
