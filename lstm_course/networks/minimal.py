"""Cells whose gates read the input alone, so that a sequence is a scan: minLSTM and minGRU."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from ..equations import sigmoid
from .scans import scan, scan_backward


@dataclass
class MinParams:
    """Weights of a cell whose gates read the input alone.

    Parameters
    ----------
    W : array (D, BLOCKS H)
        One block for each gate and the candidate; no row belongs to h_{t-1}.
    b : array (BLOCKS H,)

    Raises
    ------
    ValueError
        When the shapes do not fit together.
    """

    W: NDArray
    b: NDArray
    BLOCKS: ClassVar[int]

    def __post_init__(self) -> None:
        """Check the shapes once."""
        W, b, blocks = self.W, self.b, self.BLOCKS
        if W.ndim != 2 or b.shape != W.shape[1:] or len(b) % blocks:
            raise ValueError(
                f"W and b have shapes {W.shape} and {b.shape}; "
                f"expected (D, {blocks}H) and ({blocks}H,)"
            )

    @property
    def H(self) -> int:
        """Hidden units."""
        return len(self.b) // self.BLOCKS


class MinLSTMParams(MinParams):
    """Weights of a minLSTM: input gate, forget gate, candidate."""

    BLOCKS = 3


class MinGRUParams(MinParams):
    """Weights of a minGRU: update gate, candidate."""

    BLOCKS = 2


@dataclass
class MinTrace:
    """What a forward pass leaves for its way back.

    Attributes
    ----------
    xs : array (T, N, D)
    hs, fs, us : array (T, N, H)
        h_t = f_t ⊙ h_{t-1} + u_t.
    gates : array (T, N, ·)
        The gates before they are combined.
    tildes : array (T, N, H)
        Candidates.
    h_0 : array (N, H)
    """

    xs: NDArray
    hs: NDArray
    fs: NDArray
    us: NDArray
    gates: NDArray
    tildes: NDArray
    h_0: NDArray


def init_minlstm(
    rng: np.random.Generator,
    D: int,
    H: int,
    *,
    forget_bias: float = 1.0,
    input_bias: float = 0.0,
) -> MinLSTMParams:
    """Draw starting weights; what stays is f / (f + i), so a long memory starts b_i low, too."""
    W = rng.standard_normal((D, 3 * H)) / np.sqrt(D)
    return MinLSTMParams(W, np.repeat([input_bias, forget_bias, 0.0], H))


def init_mingru(
    rng: np.random.Generator, D: int, H: int, *, update_bias: float = -1.0
) -> MinGRUParams:
    """Draw starting weights; a low `update_bias` keeps long, as u_t is the share that is new."""
    W = rng.standard_normal((D, 2 * H)) / np.sqrt(D)
    return MinGRUParams(W, np.repeat([update_bias, 0.0], H))


def minlstm_step(params: MinLSTMParams, h_prev: NDArray, x_t: NDArray) -> NDArray:
    """Take one step of a minLSTM.

    i_t = σ(x_t W_i + b_i),  f_t = σ(x_t W_f + b_f),  h̃_t = x_t W_h + b_h
    h_t = f_t / (f_t + i_t) ⊙ h_{t-1} + i_t / (f_t + i_t) ⊙ h̃_t

    Parameters
    ----------
    params : MinLSTMParams
    h_prev : array (..., H)
    x_t : array (..., D)

    Returns
    -------
    h_t : array (..., H)

    References
    ----------
    Feng et al. (2024), Were RNNs all we needed?
    """
    fs, us, _, _ = _minlstm_parts(params, x_t)
    return fs * h_prev + us


def minlstm_forward(params: MinLSTMParams, xs: NDArray, h_0: NDArray | None = None) -> MinTrace:
    """Run a minLSTM over xs (T, N, D) by a scan; h_0 is zero when left out."""
    return _scanned(xs, h_0, *_minlstm_parts(params, xs))


def minlstm_backward(params: MinLSTMParams, trace: MinTrace, dhs: NDArray) -> dict[str, NDArray]:
    """Send gradients dhs (T, N, H) back; returns them by parameter name."""
    H = params.H
    i, f = trace.gates[..., :H], trace.gates[..., H:]
    dfs, dus, _ = scan_backward(trace.fs, trace.hs, trace.h_0, dhs)
    dshare = dfs - dus * trace.tildes  # the two shares add up to 1
    both = (f + i) ** 2
    da_i = -dshare * f / both * i * (1 - i)
    da_f = dshare * i / both * f * (1 - f)
    return _weights(trace.xs, np.concatenate([da_i, da_f, dus * (1 - trace.fs)], axis=-1))


def mingru_step(params: MinGRUParams, h_prev: NDArray, x_t: NDArray) -> NDArray:
    """Take one step of a minGRU.

    u_t = σ(x_t W_u + b_u),  h̃_t = x_t W_h + b_h
    h_t = (1 - u_t) ⊙ h_{t-1} + u_t ⊙ h̃_t

    Parameters
    ----------
    params : MinGRUParams
    h_prev : array (..., H)
    x_t : array (..., D)

    Returns
    -------
    h_t : array (..., H)

    References
    ----------
    Feng et al. (2024), Were RNNs all we needed?
    """
    fs, us, _, _ = _mingru_parts(params, x_t)
    return fs * h_prev + us


def mingru_forward(params: MinGRUParams, xs: NDArray, h_0: NDArray | None = None) -> MinTrace:
    """Run a minGRU over xs (T, N, D) by a scan; h_0 is zero when left out."""
    return _scanned(xs, h_0, *_mingru_parts(params, xs))


def mingru_backward(params: MinGRUParams, trace: MinTrace, dhs: NDArray) -> dict[str, NDArray]:
    """Send gradients dhs (T, N, H) back; returns them by parameter name."""
    u = trace.gates
    dfs, dus, _ = scan_backward(trace.fs, trace.hs, trace.h_0, dhs)
    da_u = (dus * trace.tildes - dfs) * u * (1 - u)
    return _weights(trace.xs, np.concatenate([da_u, dus * u], axis=-1))


def _minlstm_parts(params: MinLSTMParams, xs: NDArray) -> tuple[NDArray, ...]:
    a, H = xs @ params.W + params.b, params.H
    gates, tildes = sigmoid(a[..., : 2 * H]), a[..., 2 * H :]
    i, f = gates[..., :H], gates[..., H:]
    return f / (f + i), i / (f + i) * tildes, gates, tildes


def _mingru_parts(params: MinGRUParams, xs: NDArray) -> tuple[NDArray, ...]:
    a, H = xs @ params.W + params.b, params.H
    u, tildes = sigmoid(a[..., :H]), a[..., H:]
    return 1 - u, u * tildes, u, tildes


def _scanned(xs: NDArray, h_0: NDArray | None, fs: NDArray, us: NDArray, *rest) -> MinTrace:
    h_0 = np.zeros_like(us[0]) if h_0 is None else h_0
    return MinTrace(xs, scan(fs, us, h_0), fs, us, *rest, h_0)


def _weights(xs: NDArray, da: NDArray) -> dict[str, NDArray]:
    """Return the gradients of W and b: all rows of all steps in one product."""
    rows, drows = xs.reshape(-1, xs.shape[-1]), da.reshape(-1, da.shape[-1])
    return {"W": rows.T @ drows, "b": drows.sum(0)}
