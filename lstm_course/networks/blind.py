"""Models whose gates do not look back: an LSTM without the rows that read h, and the min-cells."""

import numpy as np
from numpy.typing import NDArray

from ..cell import Readout, init_params, init_readout
from ..sequence import Trace
from .minimal import (
    MinGRUParams,
    MinLSTMParams,
    init_mingru,
    init_minlstm,
    mingru_backward,
    mingru_forward,
    minlstm_backward,
    minlstm_forward,
)
from .models import LSTMModel, Model


class BlindLSTM(LSTMModel):
    """An LSTM whose gates and candidate read x_t alone: the rows of W for h are 0 and stay 0.

    Parameters
    ----------
    params : LSTMParams
        Its rows for h are set to 0.
    readout : Readout
    """

    def __init__(self, params, readout: Readout) -> None:
        super().__init__(params, readout)
        params.W[: params.H] = 0

    def backward(self, trace: Trace, dhs: NDArray) -> dict[str, NDArray]:
        """Return the gradients of W and b; none for the rows that read h."""
        gradients = super().backward(trace, dhs)
        gradients["W"][: self.params.H] = 0
        return gradients


class MinLSTMModel(Model):
    """A minLSTM with a read-out."""

    def forward(self, xs: NDArray):
        """Run over xs (T, N, D)."""
        return minlstm_forward(self.params, xs)

    def backward(self, trace, dhs: NDArray) -> dict[str, NDArray]:
        """Return the gradients of W and b."""
        return minlstm_backward(self.params, trace, dhs)


class MinGRUModel(Model):
    """A minGRU with a read-out."""

    def forward(self, xs: NDArray):
        """Run over xs (T, N, D)."""
        return mingru_forward(self.params, xs)

    def backward(self, trace, dhs: NDArray) -> dict[str, NDArray]:
        """Return the gradients of W and b."""
        return mingru_backward(self.params, trace, dhs)


def new_blind_lstm(
    rng: np.random.Generator, D: int, H: int, K: int, *, forget_bias: float = 1.0
) -> BlindLSTM:
    """Make an untrained LSTM that does not read h; drawn as ``new_lstm`` draws it."""
    params = init_params(rng, D, H, forget_bias=forget_bias)
    return BlindLSTM(params, init_readout(rng, H, K))


def new_minlstm(
    rng: np.random.Generator,
    D: int,
    H: int,
    K: int,
    *,
    forget_bias: float = 1.0,
    input_bias: float = 0.0,
) -> MinLSTMModel:
    """Make an untrained minLSTM with H units, D inputs and K outputs."""
    params: MinLSTMParams = init_minlstm(rng, D, H, forget_bias=forget_bias, input_bias=input_bias)
    return MinLSTMModel(params, init_readout(rng, H, K))


def new_mingru(
    rng: np.random.Generator, D: int, H: int, K: int, *, update_bias: float = -1.0
) -> MinGRUModel:
    """Make an untrained minGRU with H units, D inputs and K outputs."""
    params: MinGRUParams = init_mingru(rng, D, H, update_bias=update_bias)
    return MinGRUModel(params, init_readout(rng, H, K))
