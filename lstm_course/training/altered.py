"""Run a trained LSTM with its gates changed on the way: to see what they are needed for."""

from collections.abc import Callable
from copy import deepcopy

import numpy as np
from numpy.typing import NDArray

from ..equations import sigmoid
from ..networks.models import LSTMModel

Change = Callable[[int, NDArray], NDArray]


def altered_logits(model: LSTMModel, xs: NDArray, change: Change) -> NDArray:
    """Return the scores of an LSTM whose gates are changed before they are used.

    Parameters
    ----------
    model : LSTMModel
        Not changed.
    xs : array (T, N, D)
    change : function of t and gates
        Gets the step, counted from 0, and a fresh array (3, N, H) of i_t, f_t and o_t; returns
        the gates to use. ``lambda t, gates: np.round(gates)`` makes switches of them.

    Returns
    -------
    array (T, N, K)
    """
    H, scores = model.params.H, []
    h_t = c_t = np.zeros((xs.shape[1], H))
    for t, x_t in enumerate(xs):
        a_t = np.concatenate([h_t, x_t], axis=-1) @ model.params.W + model.params.b
        blocks = a_t.reshape(-1, 4, H).swapaxes(0, 1)
        i_t, f_t, o_t = change(t, sigmoid(blocks[:3]))
        c_t = f_t * c_t + i_t * np.tanh(blocks[3])
        h_t = o_t * np.tanh(c_t)
        scores.append(model.read_out(h_t))
    return np.array(scores)


def cut_readout(model: LSTMModel, unit: int) -> LSTMModel:
    """Copy a model; its answer no longer reads this unit, later steps still do."""
    copy = deepcopy(model)
    copy.readout.W_y[unit] = 0
    return copy


def cut_row(model: LSTMModel, unit: int) -> LSTMModel:
    """Copy a model; no later step reads this unit, the answer still does."""
    copy = deepcopy(model)
    copy.params.W[unit] = 0
    return copy


def cut_own_loop(model: LSTMModel, *units: int) -> LSTMModel:
    """Copy a model; gates and candidate of these units no longer read the unit's own h."""
    copy = deepcopy(model)
    blocks = copy.params.W.reshape(-1, 4, model.params.H)  # a view
    for unit in units:
        blocks[unit, :, unit] = 0
    return copy


def cut_h(model: LSTMModel) -> LSTMModel:
    """Copy a model; no gate and no candidate reads h, the answer still does."""
    copy = deepcopy(model)
    copy.params.W[: model.params.H] = 0
    return copy
