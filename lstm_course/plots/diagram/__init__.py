"""The LSTM block diagram: its wires, its values at one step, and the drawing.

``lstm_diagram`` draws it as SVG, ``describe_step`` says the same in words, ``explore`` reads
a sentence with the hand-set cell, ``WIRES`` is the diagram as pairs of boxes.
"""

from .draw import lstm_diagram
from .reader import Step, explore, words_of
from .readings import Reading, describe_step, read_wires
from .wires import (
    BOXES,
    READ_OUT,
    WIRES,
    WireCheck,
    compare_wires,
    step_values,
    without_wire,
)

__all__ = [
    "BOXES",
    "READ_OUT",
    "WIRES",
    "Reading",
    "Step",
    "WireCheck",
    "compare_wires",
    "describe_step",
    "explore",
    "lstm_diagram",
    "read_wires",
    "step_values",
    "without_wire",
    "words_of",
]
