"""The cell with peepholes: an LSTM whose gates also see the cell state."""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ..equations import sigmoid


class GateWeights(Protocol):
    """Weights of the four blocks, such as ``LSTMParams``."""

    W_i: NDArray
    W_f: NDArray
    W_o: NDArray
    W_c: NDArray
    b_i: NDArray
    b_f: NDArray
    b_o: NDArray
    b_c: NDArray


def peephole_step(
    params: GateWeights, peepholes: NDArray, h_prev: NDArray, c_prev: NDArray, x_t: NDArray
) -> tuple[NDArray, NDArray]:
    """Take one step of an LSTM whose gates also see the cell state.

    i_t = σ(z_t W_i + p_i ⊙ c_{t-1} + b_i)
    f_t = σ(z_t W_f + p_f ⊙ c_{t-1} + b_f)
    c_t = f_t ⊙ c_{t-1} + i_t ⊙ tanh(z_t W_c + b_c)
    o_t = σ(z_t W_o + p_o ⊙ c_t + b_o)           the new cell state
    h_t = o_t ⊙ tanh(c_t)

    Parameters
    ----------
    params : LSTMParams
    peepholes : array (3, H)
        p_i, p_f, p_o; zeros give the plain cell.
    h_prev, c_prev : array (..., H)
    x_t : array (..., D)

    Returns
    -------
    h_t, c_t : array (..., H)

    References
    ----------
    Gers & Schmidhuber (2000), Recurrent nets that time and count.
    """
    p_i, p_f, p_o = peepholes
    z_t = np.concatenate([h_prev, x_t], axis=-1)
    i_t = sigmoid(z_t @ params.W_i + p_i * c_prev + params.b_i)
    f_t = sigmoid(z_t @ params.W_f + p_f * c_prev + params.b_f)
    c_t = f_t * c_prev + i_t * np.tanh(z_t @ params.W_c + params.b_c)
    o_t = sigmoid(z_t @ params.W_o + p_o * c_t + params.b_o)
    return o_t * np.tanh(c_t), c_t
