"""Other cells to compare with, models with a read-out, and weights to and from frameworks."""

from .convert import (
    ORDERS,
    KerasWeights,
    OnnxWeights,
    PyTorchWeights,
    from_keras,
    from_onnx,
    from_pytorch,
    reorder,
    to_keras,
    to_onnx,
    to_pytorch,
)
from .frameworks import load_framework_values
from .gru import GRUParams, gru_backward, gru_forward, gru_step, init_gru
from .models import GRUModel, LSTMModel, Model, RNNModel, new_gru, new_lstm, new_rnn
from .peephole import peephole_step
from .rnn import RNNParams, gradient_norms, init_rnn, rnn_backward, rnn_forward

__all__ = [
    "ORDERS",
    "GRUModel",
    "GRUParams",
    "KerasWeights",
    "LSTMModel",
    "Model",
    "OnnxWeights",
    "PyTorchWeights",
    "RNNModel",
    "RNNParams",
    "from_keras",
    "from_onnx",
    "from_pytorch",
    "gradient_norms",
    "gru_backward",
    "gru_forward",
    "gru_step",
    "init_gru",
    "init_rnn",
    "load_framework_values",
    "new_gru",
    "new_lstm",
    "new_rnn",
    "peephole_step",
    "reorder",
    "rnn_backward",
    "rnn_forward",
    "to_keras",
    "to_onnx",
    "to_pytorch",
]
