"""What happens to gradients before they become a step: clipping, and Adam."""

import numpy as np
from numpy.typing import NDArray

Arrays = dict[str, NDArray]


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
