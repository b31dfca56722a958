"""The GRU, a cell with two gates and no memory apart from what it shows."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..equations import sigmoid


@dataclass
class GRUParams:
    """Weights of a GRU.

    Parameters
    ----------
    W : array (H + D, 2H)
        Reset gate, then update gate; the first H rows belong to h_{t-1}.
    b : array (2H,)
    W_n : array (H + D, H)
        Candidate.
    b_n : array (H,)

    Raises
    ------
    ValueError
        When the shapes do not fit together.
    """

    W: NDArray
    b: NDArray
    W_n: NDArray
    b_n: NDArray

    def __post_init__(self) -> None:
        """Check the shapes once."""
        rows, H = len(self.W), len(self.b_n)
        got = [self.W.shape, self.b.shape, self.W_n.shape]
        if got != [(rows, 2 * H), (2 * H,), (rows, H)] or rows <= H:
            raise ValueError(
                f"W, b, W_n have shapes {got}; expected (H + D, 2H), (2H,), (H + D, H), H = {H}"
            )

    @property
    def H(self) -> int:
        """Hidden units."""
        return len(self.b_n)


@dataclass
class GRUTrace:
    """What ``gru_forward`` leaves for ``gru_backward``: arrays (T, N, ·)."""

    xs: NDArray
    hs: NDArray
    gates: NDArray  # r, then u: (T, N, 2H)
    ns: NDArray
    h_0: NDArray


def init_gru(rng: np.random.Generator, D: int, H: int, *, update_bias: float = 1.0) -> GRUParams:
    """Draw starting weights; `update_bias` is to the GRU what the forget bias is to the LSTM."""
    scale = 1 / np.sqrt(H + D)
    W, W_n = (scale * rng.standard_normal((H + D, size)) for size in (2 * H, H))
    return GRUParams(W, np.repeat([0.0, update_bias], H), W_n, np.zeros(H))


def gru_step(params: GRUParams, h_prev: NDArray, x_t: NDArray) -> NDArray:
    """Take one step of a gated recurrent unit.

    r_t = σ([h_{t-1}, x_t] W_r + b_r)            how much of the past the candidate sees
    u_t = σ([h_{t-1}, x_t] W_u + b_u)            how much of the past stays
    n_t = tanh([r_t ⊙ h_{t-1}, x_t] W_n + b_n)
    h_t = u_t ⊙ h_{t-1} + (1 - u_t) ⊙ n_t

    One memory, two gates: u keeps and writes at once. Many texts call it z; here z is
    [h, x]. PyTorch applies r_t after the product, r_t ⊙ (h_{t-1} W), which is another cell.

    Parameters
    ----------
    params : GRUParams
    h_prev : array (..., H)
    x_t : array (..., D)

    Returns
    -------
    h_t : array (..., H)

    References
    ----------
    Cho et al. (2014); compared with the LSTM by Chung et al. (2014).
    """
    r_t, u_t, n_t = _gru_parts(params, h_prev, x_t)
    return u_t * h_prev + (1 - u_t) * n_t


def gru_forward(params: GRUParams, xs: NDArray, h_0: NDArray | None = None) -> GRUTrace:
    """Run a GRU over a sequence xs (T, N, D); h_0 is zero when left out."""
    T, N, _ = xs.shape
    h_0 = np.zeros((N, params.H)) if h_0 is None else h_0
    hs, ns = np.empty((T, N, params.H)), np.empty((T, N, params.H))
    gates = np.empty((T, N, 2 * params.H))
    h_t = h_0
    for t, x_t in enumerate(xs):
        r_t, u_t, ns[t] = _gru_parts(params, h_t, x_t)
        h_t = hs[t] = u_t * h_t + (1 - u_t) * ns[t]
        gates[t] = np.concatenate([r_t, u_t], axis=-1)
    return GRUTrace(xs, hs, gates, ns, h_0)


def gru_backward(params: GRUParams, trace: GRUTrace, dhs: NDArray) -> dict[str, NDArray]:
    """Send gradients dhs (T, N, H) back through time; returns them by parameter name."""
    H = params.H
    gradients = {name: np.zeros_like(array) for name, array in vars(params).items()}
    dh_t = np.zeros_like(trace.h_0)
    for t in reversed(range(len(dhs))):
        h_prev = trace.hs[t - 1] if t else trace.h_0
        r_t, u_t, n_t = trace.gates[t, :, :H], trace.gates[t, :, H:], trace.ns[t]
        dh_t = dh_t + dhs[t]
        da_n = dh_t * (1 - u_t) * (1 - n_t**2)
        dz_n = da_n @ params.W_n.T
        da_r = dz_n[:, :H] * h_prev * r_t * (1 - r_t)
        da_u = dh_t * (h_prev - n_t) * u_t * (1 - u_t)
        da = np.concatenate([da_r, da_u], axis=-1)
        gradients["W"] += np.concatenate([h_prev, trace.xs[t]], axis=-1).T @ da
        gradients["b"] += da.sum(0)
        gradients["W_n"] += np.concatenate([r_t * h_prev, trace.xs[t]], axis=-1).T @ da_n
        gradients["b_n"] += da_n.sum(0)
        dh_t = dh_t * u_t + dz_n[:, :H] * r_t + (da @ params.W.T)[:, :H]
    return gradients


def _gru_parts(params: GRUParams, h_prev: NDArray, x_t: NDArray) -> tuple[NDArray, ...]:
    gates = sigmoid(np.concatenate([h_prev, x_t], axis=-1) @ params.W + params.b)
    r_t, u_t = gates[..., : params.H], gates[..., params.H :]
    n_t = np.tanh(np.concatenate([r_t * h_prev, x_t], axis=-1) @ params.W_n + params.b_n)
    return r_t, u_t, n_t
