"""Other cells to compare with, models with a read-out, and weights to and from frameworks."""

from .blind import (
    BlindLSTM,
    MinGRUModel,
    MinLSTMModel,
    new_blind_lstm,
    new_mingru,
    new_minlstm,
)
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
from .minimal import MinGRUParams, MinLSTMParams, mingru_step, minlstm_step
from .models import GRUModel, LSTMModel, Model, RNNModel, new_gru, new_lstm, new_rnn
from .peephole import peephole_step
from .rnn import RNNParams, gradient_norms, init_rnn, rnn_backward, rnn_forward
from .scans import scan, scan_backward, scan_loop
from .slstm import slstm_step

__all__ = [
    "ORDERS",
    "BlindLSTM",
    "GRUModel",
    "GRUParams",
    "KerasWeights",
    "LSTMModel",
    "MinGRUModel",
    "MinGRUParams",
    "MinLSTMModel",
    "MinLSTMParams",
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
    "mingru_step",
    "minlstm_step",
    "new_blind_lstm",
    "new_gru",
    "new_lstm",
    "new_mingru",
    "new_minlstm",
    "new_rnn",
    "peephole_step",
    "reorder",
    "rnn_backward",
    "rnn_forward",
    "scan",
    "scan_backward",
    "scan_loop",
    "slstm_step",
    "to_keras",
    "to_onnx",
    "to_pytorch",
]
