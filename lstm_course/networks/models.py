"""A sequence network with a read-out: what ``lstm_course.training.train`` trains."""

from abc import ABC, abstractmethod

import numpy as np
from numpy.typing import NDArray

from ..cell import LSTMParams, Readout, init_params, init_readout
from ..sequence import Trace, lstm_backward, lstm_forward
from .gru import GRUParams, gru_backward, gru_forward, init_gru
from .rnn import RNNParams, init_rnn, rnn_backward, rnn_forward


class Model(ABC):
    """Some network over time and a linear read-out above it.

    Parameters
    ----------
    params : LSTMParams, RNNParams or GRUParams
        H hidden units, D inputs.
    readout : Readout
        W_y (H, K) and b_y (K,).
    """

    def __init__(self, params, readout: Readout) -> None:
        self.params, self.readout = params, readout

    @abstractmethod
    def forward(self, xs: NDArray):
        """Run the network over xs (T, N, D); the trace has ``hs`` (T, N, H)."""

    @abstractmethod
    def backward(self, trace, dhs: NDArray) -> dict[str, NDArray]:
        """Return the gradients of the network's weights by name."""

    def parameters(self) -> dict[str, NDArray]:
        """Return all weights by name; change them in place to train."""
        own = {name: a for name, a in vars(self.params).items() if isinstance(a, np.ndarray)}
        return own | {"W_y": self.readout.W_y, "b_y": self.readout.b_y}

    def read_out(self, hs: NDArray) -> NDArray:
        """Return the scores before softmax (or the numbers) of hidden states, (..., K)."""
        return hs @ self.readout.W_y + self.readout.b_y

    def logits(self, xs: NDArray) -> NDArray:
        """Return the scores before softmax (or the numbers) at every step, (T, N, K)."""
        return self.read_out(self.forward(xs).hs)

    def gradients(self, trace, dlogits: NDArray) -> dict[str, NDArray]:
        """Return the gradient of a loss for every weight.

        Parameters
        ----------
        trace
            What ``forward`` returned.
        dlogits : array (S, N, K)
            ∂loss/∂logits of the last S steps; those before do not count.

        Returns
        -------
        dict of arrays
            The names of ``parameters()``.
        """
        hs = trace.hs[len(trace.hs) - len(dlogits) :]
        dhs = np.zeros_like(trace.hs)
        dhs[-len(hs) :] = dlogits @ self.readout.W_y.T
        rows, drows = hs.reshape(-1, hs.shape[-1]), dlogits.reshape(-1, dlogits.shape[-1])
        above = {"W_y": rows.T @ drows, "b_y": drows.sum(0)}
        return self.backward(trace, dhs) | above

    def accuracy(self, xs: NDArray, targets: NDArray) -> float:
        """Return the share of classes that the largest score names right."""
        logits = self.logits(xs)
        guesses = (logits[-1] if np.ndim(targets) == 1 else logits).argmax(-1)
        return float((guesses == targets)[targets >= 0].mean())


class LSTMModel(Model):
    """An LSTM with a read-out.

    Parameters
    ----------
    params : LSTMParams
    readout : Readout
    carry : bool
        Start each batch in the state in which the one before ended, for streams that are cut
        into pieces. The gradient stops at the cut (truncated backpropagation through time).
    """

    def __init__(self, params: LSTMParams, readout: Readout, *, carry: bool = False) -> None:
        super().__init__(params, readout)
        self.carry = carry
        self.reset()

    def reset(self) -> None:
        """Start the next batch with h_0 = c_0 = 0."""
        self.state: tuple[NDArray | None, NDArray | None] = (None, None)

    def forward(self, xs: NDArray) -> Trace:
        """Run over xs (T, N, D), from the carried state if there is one."""
        trace = lstm_forward(self.params, xs, *self.state)
        if self.carry:
            self.state = trace.h_T.copy(), trace.c_T.copy()
        return trace

    def backward(self, trace: Trace, dhs: NDArray) -> dict[str, NDArray]:
        """Return the gradients of W and b."""
        gradients = lstm_backward(self.params, trace, dhs)
        return {"W": gradients.dW, "b": gradients.db}


class RNNModel(Model):
    """A plain recurrent network with a read-out."""

    def forward(self, xs: NDArray):
        """Run over xs (T, N, D)."""
        return rnn_forward(self.params, xs)

    def backward(self, trace, dhs: NDArray) -> dict[str, NDArray]:
        """Return the gradients of W and b."""
        gradients, _ = rnn_backward(self.params, trace, dhs)
        return {"W": gradients["W"], "b": gradients["b"]}


class GRUModel(Model):
    """A GRU with a read-out."""

    def forward(self, xs: NDArray):
        """Run over xs (T, N, D)."""
        return gru_forward(self.params, xs)

    def backward(self, trace, dhs: NDArray) -> dict[str, NDArray]:
        """Return the gradients of W, b, W_n and b_n."""
        return gru_backward(self.params, trace, dhs)


def new_lstm(
    rng: np.random.Generator,
    D: int,
    H: int,
    K: int,
    *,
    forget_bias: float = 1.0,
    input_bias: float = 0.0,
    carry: bool = False,
) -> LSTMModel:
    """Make an untrained LSTM with H units, D inputs and K outputs.

    Parameters
    ----------
    rng : numpy.random.Generator
        Draws the weights.
    D, H, K : int
        Inputs, hidden units, outputs.
    forget_bias : float
        Start of b_f. A very large one (1000) holds f at 1 for good: its gradient is 0, which
        takes the forget gate out, as in the cell of 1997.
    input_bias : float
        Start of b_i.
    carry : bool
        Keep the state from batch to batch.

    Returns
    -------
    LSTMModel
    """
    params = init_params(rng, D, H, forget_bias=forget_bias, input_bias=input_bias)
    return LSTMModel(params, init_readout(rng, H, K), carry=carry)


def new_rnn(
    rng: np.random.Generator,
    D: int,
    H: int,
    K: int,
    *,
    gain: float | None = None,
    orthogonal: bool = False,
) -> RNNModel:
    """Make an untrained plain recurrent network; `gain` and `orthogonal` as in ``init_rnn``."""
    params: RNNParams = init_rnn(rng, D, H, gain=gain, orthogonal=orthogonal)
    return RNNModel(params, init_readout(rng, H, K))


def new_gru(
    rng: np.random.Generator, D: int, H: int, K: int, *, update_bias: float = 1.0
) -> GRUModel:
    """Make an untrained GRU with H units, D inputs and K outputs."""
    params: GRUParams = init_gru(rng, D, H, update_bias=update_bias)
    return GRUModel(params, init_readout(rng, H, K))
