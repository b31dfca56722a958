"""The LSTM, one equation at a time, in NumPy.

The seven equations are here; beside this file stand the cell, the loop over time, the check of
gradients and the running example. Everything else is in a wing, from the top floor down:
``tasks``, ``plots``, ``networks``, ``training``, ``widgets``, ``exercises``, ``checks`` (with
``check`` and ``hint``), ``grading`` and ``app``. Each may import only from those before it.
"""

from .equations import (
    candidate,
    cell_state,
    concat,
    forget_gate,
    hidden_state,
    input_gate,
    output,
    output_gate,
    sigmoid,
    softmax,
)

__version__ = "0.1.0"

__all__ = [
    "candidate",
    "cell_state",
    "concat",
    "forget_gate",
    "hidden_state",
    "input_gate",
    "output",
    "output_gate",
    "sigmoid",
    "softmax",
]
