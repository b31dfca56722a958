"""What training makes small: the loss of a model on a batch, with its gradients.

Integer targets are classes and get softmax with cross-entropy; float targets are numbers and
get the mean squared error. Targets for the last step alone have one axis fewer than targets
for every step.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from ..networks import Model
from .losses import cross_entropy, mean_squared_error


def loss(model: Model, xs: NDArray, targets: NDArray) -> float:
    """Return the loss alone; see ``loss_and_gradients``."""
    loss_of, last = _loss_for(targets)
    logits = model.logits(xs)
    return loss_of(logits[-1] if last else logits, targets)[0]


def loss_and_gradients(
    model: Model, xs: NDArray, targets: NDArray
) -> tuple[float, dict[str, NDArray]]:
    """Return the loss of one batch and its gradient for every weight.

    Parameters
    ----------
    model : Model
    xs : array (T, N, D)
    targets : array
        Integers (N,) or (T, N), or floats (N, K) or (T, N, K).

    Returns
    -------
    loss : float
    gradients : dict of arrays
        The names of ``model.parameters()``; all nan when the loss is not finite.

    Raises
    ------
    ValueError
        When the targets have no form that a loss is known for.
    """
    loss_of, last = _loss_for(targets)
    trace = model.forward(xs)
    hs = trace.hs[-1:] if last else trace.hs
    value, dlogits = loss_of(model.read_out(hs), targets[None] if last else targets)
    if not np.isfinite(value):
        return value, {name: np.full_like(p, np.nan) for name, p in model.parameters().items()}
    return value, model.gradients(trace, dlogits)


def _loss_for(targets: NDArray) -> tuple[Callable, bool]:
    """Return the loss function and whether only the last step is asked."""
    targets = np.asarray(targets)
    if targets.dtype.kind in "iu" and targets.ndim in (1, 2):
        return cross_entropy, targets.ndim == 1
    if targets.dtype.kind == "f" and targets.ndim in (2, 3):
        return mean_squared_error, targets.ndim == 2
    raise ValueError(
        f"targets holds {targets.dtype} in shape {targets.shape}; expected classes as integers "
        "(N,) or (T, N), or numbers as floats (N, K) or (T, N, K)"
    )
