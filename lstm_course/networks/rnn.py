"""The plain recurrent network, for comparison: one tanh and no gates."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass
class RNNParams:
    """Weights of a plain recurrent network.

    Parameters
    ----------
    W : array (H + D, H)
        The first H rows belong to h_{t-1}, as in the LSTM.
    b : array (H,)

    Raises
    ------
    ValueError
        When the shapes do not fit together.
    """

    W: NDArray
    b: NDArray

    def __post_init__(self) -> None:
        """Check the shapes once, so that the loop need not."""
        if self.W.ndim != 2 or self.b.shape != self.W.shape[1:] or len(self.W) <= len(self.b):
            raise ValueError(
                f"W has shape {self.W.shape} and b {self.b.shape}; expected (H + D, H) and (H,)"
            )

    @property
    def H(self) -> int:
        """Hidden units."""
        return len(self.b)


@dataclass
class RNNTrace:
    """What the forward pass leaves for the backward pass.

    Parameters
    ----------
    xs : array (T, N, D)
    hs : array (T, N, H)
    h_0 : array (N, H)
    """

    xs: NDArray
    hs: NDArray
    h_0: NDArray


def init_rnn(
    rng: np.random.Generator,
    D: int,
    H: int,
    *,
    scale: float | None = None,
    gain: float | None = None,
    orthogonal: bool = False,
) -> RNNParams:
    """Draw starting weights.

    Parameters
    ----------
    rng : numpy.random.Generator
        Draws them from a normal distribution.
    D, H : int
        Inputs and hidden units.
    scale : float, optional
        Standard deviation; 1/√(H + D) when left out.
    gain : float, optional
        The factor by which W_h alone stretches a state on average: its standard deviation is
        gain/√H. Left out, W_h has the scale of the other weights, or a gain of 1 when it is
        orthogonal.
    orthogonal : bool
        Make W_h gain times a random rotation or reflection, which keeps every length.

    Returns
    -------
    RNNParams
        With zero bias.

    References
    ----------
    Saxe, McClelland & Ganguli (2014) for orthogonal starts.
    """
    scale = 1 / np.sqrt(H + D) if scale is None else scale
    W = scale * rng.standard_normal((H + D, H))
    if orthogonal:
        W[:H] = (1 if gain is None else gain) * _rotation(W[:H])
    elif gain is not None:
        W[:H] *= gain / (scale * np.sqrt(H))
    return RNNParams(W, np.zeros(H))


def _rotation(A: NDArray) -> NDArray:
    """Return the orthogonal factor of A; evenly drawn over all when A is normal."""
    Q, R = np.linalg.qr(A)
    return Q * np.sign(np.diag(R))  # without the signs, LAPACK's choice of them would show


def rnn_forward(params: RNNParams, xs: NDArray, h_0: NDArray | None = None) -> RNNTrace:
    """Run a plain recurrent network over a sequence.

    h_t = tanh([h_{t-1}, x_t] W + b)

    Parameters
    ----------
    params : RNNParams
    xs : array (T, N, D)
    h_0 : array (N, H), optional
        Zeros when left out.

    Returns
    -------
    RNNTrace

    Raises
    ------
    ValueError
        When `xs` does not fit `params`.

    References
    ----------
    Elman (1990).
    """
    H = params.H
    if xs.ndim != 3 or xs.shape[2] != len(params.W) - H:
        raise ValueError(f"xs has shape {xs.shape}; expected (T, N, {len(params.W) - H})")
    h_0 = np.zeros((xs.shape[1], H)) if h_0 is None else h_0
    hs = xs @ params.W[H:] + params.b  # the input's share of every step at once
    h_t = h_0
    for a_t in hs:
        a_t += h_t @ params.W[:H]
        h_t = np.tanh(a_t, out=a_t)
    return RNNTrace(xs, hs, h_0)


def rnn_backward(
    params: RNNParams, trace: RNNTrace, dhs: NDArray
) -> tuple[dict[str, NDArray], NDArray]:
    """Send gradients back through time.

    da_t = (1 - h_t²) ⊙ dh_t,    dh_{t-1} += da_t W_hᵀ

    Parameters
    ----------
    params : RNNParams
    trace : RNNTrace
        Of the forward pass.
    dhs : array (T, N, H)
        Gradient that enters each hidden state from above.

    Returns
    -------
    gradients : dict
        "W" (H + D, H), "b" (H,), "xs" (T, N, D) and "h_0" (N, H).
    flow : array (T, N, H)
        The whole gradient at each h_t, what came back from later steps included.
    """
    H = params.H
    slopes = 1 - trace.hs**2
    das, flow = np.empty_like(dhs), np.empty_like(dhs)
    from_later = np.zeros_like(trace.h_0)
    for t in reversed(range(len(dhs))):
        flow[t] = dhs[t] + from_later
        das[t] = flow[t] * slopes[t]
        from_later = das[t] @ params.W[:H].T
    before = np.concatenate([trace.h_0[None], trace.hs[:-1]])
    z = np.concatenate([before, trace.xs], axis=-1).reshape(-1, len(params.W))
    rows = das.reshape(-1, H)
    gradients = {"W": z.T @ rows, "b": rows.sum(0), "xs": das @ params.W[H:].T, "h_0": from_later}
    return gradients, flow


def gradient_norms(scale: float, *, seed: int = 0, T: int = 100, H: int = 32) -> NDArray:
    """Measure how a gradient shrinks or grows on its way back through a random network.

    ∂L/∂h_{t-1} = (∂L/∂h_t ⊙ (1 - h_t²)) W_hᵀ, read off the last of T steps

    Parameters
    ----------
    scale : float
        Spread of the random weights.
    seed : int
        Draws weights and T inputs of 3 numbers.
    T, H : int
        Steps and units.

    Returns
    -------
    array (T,)
        Entry k is the norm at lag k; entry 0 is 1.

    References
    ----------
    Pascanu, Mikolov & Bengio (2013).
    """
    rng = np.random.default_rng(seed)
    params = init_rnn(rng, 3, H, scale=scale)
    trace = rnn_forward(params, rng.normal(size=(T, 1, 3)))
    dhs = np.zeros((T, 1, H))
    dhs[-1] = H**-0.5
    _, flow = rnn_backward(params, trace, dhs)
    return np.linalg.norm(flow[::-1, 0], axis=-1)
