"""The loop that trains: a batch, its gradients, a step, and what to keep of it."""

from collections.abc import Callable, Iterable
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from ..networks import Model
from .history import History
from .machine import keep_freed_memory, one_thread_a_product
from .objective import loss_and_gradients
from .optimizer import Adam, Arrays, clip_by_global_norm
from .progress import Progress

Batch = tuple[NDArray, NDArray]
Objective = Callable[[Model, NDArray, NDArray], tuple[float, Arrays]]


def train(
    model: Model,
    batches: Callable[[], Batch] | Iterable[Batch],
    steps: int,
    *,
    lr: float = 1e-2,
    clip: float | None = 1.0,
    optimizer: Adam | None = None,
    objective: Objective = loss_and_gradients,
    measure: Callable[[], dict[str, float]] | None = None,
    every: int = 50,
    until: Callable[[History], bool] | None = None,
    progress: bool = True,
) -> History:
    """Train a model, and keep what it has learned when it is stopped.

    The Stop button (or Ctrl+C) ends the loop after the last whole step; the history so far
    is returned.

    Parameters
    ----------
    model : Model
        Its parameters are changed in place.
    batches : function without arguments, or iterable
        Gives (xs, targets), for example ``lambda: make_lag(rng, 32, 20)``.
    steps : int
        At most so many steps.
    lr : float
        Step size of Adam, unless `optimizer` is given.
    clip : float, optional
        Largest global norm of the gradient; None does not clip.
    optimizer : Adam, optional
        Give the same one again to go on where a run ended.
    objective : function of model, xs and targets
        Returns the loss of a batch and its gradient for every parameter.
    measure : function without arguments, optional
        Called before the first step and after every `every` steps; returns named numbers that
        the history keeps.
    every : int
        Steps between two measures.
    until : function of the history, optional
        Asked after each measure; True ends the loop.
    progress : bool
        Whether to show a progress bar.

    Returns
    -------
    History
        Loss and gradient norm of every step, and the measures.

    Raises
    ------
    FloatingPointError
        When the loss or a gradient is not finite. The model keeps its last finite weights.
    """
    optimizer = optimizer or Adam(lr)
    stream = iter(batches, object()) if callable(batches) else iter(batches)
    history = History()
    keep_freed_memory()
    if measure is not None:
        history.keep(measure())
    try:
        with one_thread_a_product(), Progress(steps, progress) as bar:
            for step, (xs, targets) in enumerate(islice(stream, steps), start=1):
                batch = objective(model, xs, targets)
                _one_step(model, *batch, clip, optimizer, history)
                bar.update(step, f"loss {history.losses[-1]:.3f}")
                if measure is not None and step % every == 0:
                    history.keep(measure())
                    if until is not None and until(history):
                        break
    except KeyboardInterrupt:
        history.interrupted = True
        print(f"Stopped after {len(history.losses)} steps; the model keeps what it learned.")
    return history


def _one_step(
    model: Model,
    loss: float,
    gradients: Arrays,
    clip: float | None,
    optimizer: Adam,
    history: History,
) -> None:
    limit = np.inf if clip is None else clip
    clipped, norm = clip_by_global_norm(gradients, limit)
    if not (np.isfinite(loss) and np.isfinite(norm)):
        _explain_nan(loss, norm, optimizer.lr, clip, history)
    optimizer.step(model.parameters(), clipped)
    history.add(loss, norm)


def _explain_nan(loss: float, norm: float, lr: float, clip: float | None, history: History) -> None:
    step = len(history.losses) + 1
    before = f"{history.gradient_norms[-1]:.3g}" if history.losses else "none, it is the first"
    raise FloatingPointError(
        f"step {step}: the loss is {loss} and the gradient norm {norm}; expected finite numbers "
        f"(gradient norm of the step before: {before}). The model keeps its last finite "
        f"weights. Try a smaller lr than {lr:g}"
        + (", or clip=1.0" if clip is None else "")
        + ", and look for nan or very large numbers in xs"
    )
