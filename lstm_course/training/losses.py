"""How wrong an answer is, and in which direction: losses with their gradients."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..tasks import NOTHING


def cross_entropy(logits: ArrayLike, targets: ArrayLike) -> tuple[float, NDArray]:
    """Mean surprise at the right classes, with its gradient.

    loss = -mean log softmax(a)_k,    dloss/da = (softmax(a) - one_hot(k)) / count

    log softmax(a)_k = a_k - max - log Σ_j e^(a_j - max) is computed as one formula: the log
    of a probability that rounds to 0 is never taken.

    Parameters
    ----------
    logits : array (..., K)
        Scores a = h W_y + b_y, before softmax.
    targets : array of integers (...)
        The right class k of each row; -1 where no answer counts.

    Returns
    -------
    loss : float
        In nats, averaged over the rows that count; log K for a guess.
    dlogits : array (..., K)
        Gradient; zero in rows that do not count.

    Raises
    ------
    ValueError
        When shapes differ, a target is no class, or no row counts.
    """
    logits, targets = np.asarray(logits), np.asarray(targets)
    _check_classes(logits, targets)
    counted = targets != NOTHING
    rows = np.where(counted, targets, 0)[..., None]
    shifted = logits - logits.max(axis=-1, keepdims=True)
    powers = np.exp(shifted)
    sums = powers.sum(axis=-1, keepdims=True)
    surprise = np.log(sums) - np.take_along_axis(shifted, rows, -1)
    dlogits = powers / sums
    right = np.take_along_axis(dlogits, rows, -1)
    np.put_along_axis(dlogits, rows, right - 1, -1)
    dlogits *= (counted / counted.sum())[..., None]
    return float(surprise[..., 0][counted].mean()), dlogits.astype(logits.dtype, copy=False)


def mean_squared_error(ys: ArrayLike, targets: ArrayLike) -> tuple[float, NDArray]:
    """Mean of the squared differences, with its gradient.

    loss = mean (y - target)²,    dloss/dy = 2 (y - target) / count

    Parameters
    ----------
    ys : array (...)
        Answers; for numbers no softmax stands before the loss.
    targets : array (...)
        Right answers, of the same shape.

    Returns
    -------
    loss : float
    dys : array (...)
        Gradient.

    Raises
    ------
    ValueError
        When the shapes differ: broadcasting would compare each answer with every target.
    """
    ys, targets = np.asarray(ys), np.asarray(targets)
    if ys.shape != targets.shape or ys.size == 0:
        raise ValueError(
            f"ys has shape {ys.shape} and targets {targets.shape}; expected the same shape, "
            "not empty. Try targets[:, None] when the last axis is missing"
        )
    difference = ys - targets
    return float(np.mean(difference**2)), (2 / ys.size * difference).astype(ys.dtype)


def _check_classes(logits: NDArray, targets: NDArray) -> None:
    if logits.ndim == 0 or targets.shape != logits.shape[:-1]:
        raise ValueError(
            f"logits has shape {logits.shape} and targets {targets.shape}; expected one class "
            f"per row of logits, shape {logits.shape[:-1]}"
        )
    if targets.dtype.kind not in "iu":
        raise ValueError(
            f"targets holds {targets.dtype}; expected whole numbers, the right class of each "
            "row. From one-hot rows: targets.argmax(-1)"
        )
    if targets.size and not (NOTHING <= targets.min() <= targets.max() < logits.shape[-1]):
        raise ValueError(
            f"targets goes from {targets.min()} to {targets.max()}; expected 0 to "
            f"{logits.shape[-1] - 1}, or -1 where no answer counts"
        )
    if not (targets != NOTHING).any():
        raise ValueError("all targets are -1 (no answer counts); expected at least one class")
