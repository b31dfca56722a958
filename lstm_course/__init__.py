"""The LSTM, one equation at a time, in NumPy.

The seven equations are here; everything else is in a module of its own:
``lstm_course.plots`` for pictures, ``lstm_course.widgets`` for demos,
``lstm_course.grading`` for ``check`` and ``hint``.
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
