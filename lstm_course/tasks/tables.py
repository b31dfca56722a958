"""Tables of counts: what a rule with no memory, or with one character of it, knows of a text."""

import numpy as np
from numpy.typing import NDArray


def unigram_table(ids: NDArray, K: int) -> NDArray:
    """Return how often each character comes, each counted once more than it does.

    Parameters
    ----------
    ids : array of integers (M,)
    K : int
        How many characters there are.

    Returns
    -------
    array (K,)
        Probabilities.
    """
    counts = np.bincount(ids, minlength=K) + 1.0
    return counts / counts.sum()


def bigram_table(ids: NDArray, K: int) -> NDArray:
    """Return how often each character follows each, each pair counted once more than it does.

    Parameters
    ----------
    ids : array of integers (M,)
    K : int
        How many characters there are.

    Returns
    -------
    array (K, K)
        Row a has the probabilities of what follows a.
    """
    counts = np.ones((K, K))
    np.add.at(counts, (ids[:-1], ids[1:]), 1)
    return counts / counts.sum(axis=1, keepdims=True)
