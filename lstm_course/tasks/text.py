"""Next character on the texts that the course ships."""

from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from .onehot import at_least, one_hot

CHARACTERS = "\n abcdefghijklmnopqrstuvwxyz.,;:'?-"
PLACE = {character: i for i, character in enumerate(CHARACTERS)}


@cache
def load_text() -> str:
    """Return the course's own text, *The cats of the reading room* (CC BY 4.0)."""
    path = Path(__file__).with_name("reading_room.txt")
    return path.read_text(encoding="utf-8")


@cache
def load_wonderland() -> str:
    """Return six chapters of *Alice's Adventures in Wonderland* (Carroll, 1865; public domain).

    A paragraph is a line; only signs of ``CHARACTERS`` are left, "." stands for "!" as well.
    """
    path = Path(__file__).with_name("wonderland.txt")
    return path.read_text(encoding="utf-8")


def make_text(
    rng: np.random.Generator, batch: int, length: int, *, text: str | None = None
) -> tuple[NDArray, NDArray]:
    """Predict the next character of random cuttings from a text.

    Parameters
    ----------
    rng : numpy.random.Generator
        Draws where the cuttings begin.
    batch : int
        Cuttings N.
    length : int
        Characters T in each.
    text : str, optional
        Longer than `length`; the course's own text when left out.

    Returns
    -------
    xs : array (T, N, D)
        One-hot characters, D = len(CHARACTERS).
    targets : array of integers (T, N)
        The next character.

    Raises
    ------
    ValueError
        When the text is too short or holds an unknown character.

    References
    ----------
    After Karpathy, Johnson & Fei-Fei (2015), on a far smaller text.
    """
    batch, length = at_least(batch, 1, "batch"), at_least(length, 1, "length")
    ids = encode_text(load_text() if text is None else text)
    if len(ids) <= length:
        raise ValueError(
            f"the text has {len(ids)} characters; expected more than length = {length}"
        )
    starts = rng.integers(0, len(ids) - length, size=batch)
    cuttings = ids[starts + np.arange(length + 1)[:, None]]
    return one_hot(cuttings[:-1], len(CHARACTERS)), cuttings[1:]


def encode_text(text: str) -> NDArray:
    """Turn a text into character numbers; capitals become small letters.

    Parameters
    ----------
    text : str
        Made of the characters in ``CHARACTERS``.

    Returns
    -------
    array of integers (len(text),)

    Raises
    ------
    ValueError
        When a character is not in ``CHARACTERS``.
    """
    for place, character in enumerate(text.lower()):
        if character not in PLACE:
            raise ValueError(
                f"character {place} is {character!r}; expected one of {CHARACTERS!r}. "
                "Replace it in the text first"
            )
    return np.array([PLACE[character] for character in text.lower()], dtype=int)


def decode_text(ids: NDArray) -> str:
    """Turn character numbers back into a text."""
    return "".join(CHARACTERS[i] for i in np.ravel(ids))
