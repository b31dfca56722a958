"""Training: clipping, Adam and the loop around them.

A model is anything with ``parameters()``, a dict of arrays that are changed in place, and
``loss_and_gradients(xs, targets)``, which returns a number and a dict with the same names.
"""

from collections.abc import Callable, Iterable
from itertools import islice
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from .blas import one_thread_a_product
from .history import History
from .progress import Progress

Arrays = dict[str, NDArray]
Batch = tuple[NDArray, NDArray]


class Trainable(Protocol):
    """What ``train`` asks of a model."""

    def parameters(self) -> Arrays:
        """Return the arrays to train, by name; they are changed in place."""

    def loss_and_gradients(self, xs: NDArray, targets: NDArray) -> tuple[float, Arrays]:
        """Return the loss of one batch and its gradient for every parameter."""


def global_norm(gradients: Arrays) -> float:
    """Length of all gradients laid end to end.

    ‖g‖ = √(Σ over all entries of all arrays g²)

    Parameters
    ----------
    gradients : dict of arrays

    Returns
    -------
    float
        Infinity when a square overflows, nan when an entry is nan.
    """
    with np.errstate(over="ignore"):
        return float(np.sqrt(sum(np.vdot(g, g) for g in gradients.values())))


def clip_by_global_norm(gradients: Arrays, limit: float) -> tuple[Arrays, float]:
    """Shorten gradients that are too long and keep their direction.

    g ← g · min(1, limit / ‖g‖)

    Parameters
    ----------
    gradients : dict of arrays
        Not changed.
    limit : float
        Longest norm allowed, above 0.

    Returns
    -------
    clipped : dict of arrays
    norm : float
        The norm before clipping.

    Raises
    ------
    ValueError
        When `limit` is not above 0.

    References
    ----------
    Pascanu, Mikolov & Bengio (2013).
    """
    if not limit > 0:
        raise ValueError(f"limit is {limit}; expected a norm above 0. Try 1.0, or no clipping")
    norm = global_norm(gradients)
    share = min(1.0, limit / norm) if norm > 0 else 1.0
    return {name: g * share for name, g in gradients.items()}, norm


class Adam:
    """Steps of even size: the mean gradient over the root of the mean square.

    m ← β₁ m + (1 - β₁) g,    v ← β₂ v + (1 - β₂) g²
    p ← p - lr · m̂ / (√v̂ + ε),    m̂ = m / (1 - β₁ᵏ),  v̂ = v / (1 - β₂ᵏ) at step k

    Parameters
    ----------
    lr : float
        Size of a step; may be changed between steps.
    betas : (float, float)
        β₁ and β₂.
    eps : float
        ε.

    References
    ----------
    Kingma & Ba (2015).
    """

    def __init__(
        self, lr: float = 1e-2, betas: tuple[float, float] = (0.9, 0.999), eps: float = 1e-8
    ) -> None:
        self.lr, self.betas, self.eps = lr, betas, eps
        self.k = 0
        self.m: Arrays = {}
        self.v: Arrays = {}

    def step(self, parameters: Arrays, gradients: Arrays) -> None:
        """Change the parameters in place.

        All new values are computed before the first is written, so that a stop in between
        leaves no half-made step.

        Parameters
        ----------
        parameters : dict of arrays
        gradients : dict of arrays
            One for each parameter; more are left alone.

        Raises
        ------
        KeyError
            When a parameter has no gradient.
        """
        beta1, beta2 = self.betas
        k, new, m, v = self.k + 1, {}, {}, {}
        for name, p in parameters.items():
            g = gradients[name]
            m[name] = beta1 * self.m.get(name, 0) + (1 - beta1) * g
            v[name] = beta2 * self.v.get(name, 0) + (1 - beta2) * g**2
            root = np.sqrt(v[name] / (1 - beta2**k)) + self.eps
            new[name] = p - self.lr / (1 - beta1**k) * m[name] / root
        self.k, self.m, self.v = k, m, v
        for name, p in parameters.items():
            np.copyto(p, new[name], casting="same_kind")


def train(
    model: Trainable,
    batches: Callable[[], Batch] | Iterable[Batch],
    steps: int,
    *,
    lr: float = 1e-2,
    clip: float | None = 1.0,
    optimizer: Adam | None = None,
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
    model : Trainable
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
    if measure is not None:
        history.keep(measure())
    try:
        with one_thread_a_product(), Progress(steps, progress) as bar:
            for step, (xs, targets) in enumerate(islice(stream, steps), start=1):
                _one_step(model, xs, targets, clip, optimizer, history)
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
    model: Trainable,
    xs: NDArray,
    targets: NDArray,
    clip: float | None,
    optimizer: Adam,
    history: History,
) -> None:
    loss, gradients = model.loss_and_gradients(xs, targets)
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
