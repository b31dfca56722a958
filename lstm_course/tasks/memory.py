"""Three tasks that need a memory and nothing else."""

import numpy as np
from numpy.typing import NDArray

from .onehot import at_least, one_hot


def make_lag(
    rng: np.random.Generator, batch: int, lag: int, *, distractors: int = 4
) -> tuple[NDArray, NDArray]:
    """Say at the end which of two symbols came first, `lag` random symbols ago.

    Symbols 0 and 1 are the cues; the rest are distractors, drawn evenly.

    Parameters
    ----------
    rng : numpy.random.Generator
        Draws cues and distractors.
    batch : int
        Sequences N.
    lag : int
        Random symbols after the cue; T = lag + 1.
    distractors : int
        How many kinds of them; D = 2 + distractors.

    Returns
    -------
    xs : array (T, N, D)
        One-hot symbols.
    targets : array of integers (N,)
        The cue, 0 or 1.

    Raises
    ------
    ValueError
        When a size is below 1.

    References
    ----------
    After the latching task of Bengio, Simard & Frasconi (1994) and experiment 2 of
    Hochreiter & Schmidhuber (1997), with random symbols in between.
    """
    batch, lag = at_least(batch, 1, "batch"), at_least(lag, 1, "lag")
    D = 2 + at_least(distractors, 1, "distractors")
    ids = rng.integers(2, D, size=(lag + 1, batch))
    ids[0] = rng.integers(0, 2, size=batch)
    return one_hot(ids, D), ids[0].copy()


def make_adding(rng: np.random.Generator, batch: int, length: int) -> tuple[NDArray, NDArray]:
    """Add up the two marked numbers of a sequence.

    target = ½ + (X₁ + X₂) / 4, so that it lies between 0 and 1

    Parameters
    ----------
    rng : numpy.random.Generator
        Draws numbers and marks.
    batch : int
        Sequences N.
    length : int
        Steps T, at least 4. (The paper varies it by a tenth from sequence to sequence.)

    Returns
    -------
    xs : array (T, N, 2)
        A number from -1 to 1, and its mark: 1 marked, 0 not, -1 at both ends.
    targets : array (N, 1)
        An answer counts as right when it is off by less than 0.04.

    Raises
    ------
    ValueError
        When `length` is below 4 or `batch` below 1.

    Notes
    -----
    The first mark is among the first tenth of the steps (at least 2), the second before the
    middle. When both fall on one step, the second moves one step on.

    References
    ----------
    Hochreiter & Schmidhuber (1997), experiment 4.
    """
    batch, length = at_least(batch, 1, "batch"), at_least(length, 4, "length")
    xs = np.zeros((length, batch, 2))
    xs[..., 0] = rng.uniform(-1, 1, size=(length, batch))
    xs[[0, -1], :, 1] = -1
    rows = np.arange(batch)
    first = rng.integers(0, max(2, length // 10), size=batch)
    second = rng.integers(0, max(2, length // 2 - 1), size=batch)
    second = np.where(second == first, first + 1, second)
    xs[first, rows, 1] = xs[second, rows, 1] = 1
    marked = xs[first, rows, 0] + xs[second, rows, 0]
    return xs, (0.5 + marked / 4)[:, None]


def make_temporal_order(
    rng: np.random.Generator, batch: int, length: int
) -> tuple[NDArray, NDArray]:
    """Say in which order two relevant symbols came: XX, XY, YX or YY.

    Symbols: E (start), B (end), a, b, c, d (distractors), X, Y. One X or Y stands between
    a tenth and a fifth of the way, the other between a half and six tenths.

    Parameters
    ----------
    rng : numpy.random.Generator
        Draws symbols and places.
    batch : int
        Sequences N.
    length : int
        Steps T, at least 10 (the paper: 100 to 110).

    Returns
    -------
    xs : array (T, N, 8)
        One-hot symbols in the order above.
    targets : array of integers (N,)
        0 = XX, 1 = XY, 2 = YX, 3 = YY.

    Raises
    ------
    ValueError
        When `length` is below 10 or `batch` below 1.

    References
    ----------
    Hochreiter & Schmidhuber (1997), experiment 6a.
    """
    batch, length = at_least(batch, 1, "batch"), at_least(length, 10, "length")
    ids = rng.integers(2, 6, size=(length, batch))
    ids[0], ids[-1] = 0, 1
    rows = np.arange(batch)
    early = rng.integers(length // 10, length // 5, size=batch)
    late = rng.integers(length // 2, length * 6 // 10, size=batch)
    pair = rng.integers(0, 2, size=(2, batch))
    ids[early, rows], ids[late, rows] = 6 + pair
    return one_hot(ids, 8), 2 * pair[0] + pair[1]
