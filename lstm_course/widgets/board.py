"""The wire board: boxes of the diagram between which wires are drawn, and the wires as text."""

from typing import Any

import anywidget
import traitlets

from ..plots.diagram.board import empty_diagram
from ..plots.diagram.layout import HEIGHT, WIDTH
from ..plots.shown import image_tag
from .shell import module, style_sheet, view_alone
from .stored import framed

PARTS = ("parts.js", "board.js")
QUESTION = "Draw every wire of the cell."
TEXT = "Wire board: the boxes of the LSTM, to draw its wires. Run this cell to draw."


class WireBoard(anywidget.AnyWidget):
    """Draw wires by dragging from box to box, or by choosing one box and then the other.

    The page needs no answer from the kernel; what is drawn stands below it as text.

    Attributes
    ----------
    wires : list of (str, str)
        What has been drawn, in the order of drawing.
    """

    _esm, _css = module(*PARTS), style_sheet() + module("board.css")
    question = traitlets.Unicode(QUESTION).tag(sync=True)
    still = traitlets.Unicode().tag(sync=True)
    wires = traitlets.List().tag(sync=True)

    def __init__(self) -> None:
        super().__init__(still=empty_diagram())

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> tuple[dict, dict]:
        """Return the live view, and the picture and a fixed sentence for where nothing runs."""
        live = view_alone(super()._repr_mimebundle_())
        svg, size = framed(QUESTION, empty_diagram(), (WIDTH, HEIGHT))
        alt = f"Wire board, not running. {QUESTION} It shows the boxes of the LSTM and no wire."
        return {"text/html": image_tag(svg, alt, size), "text/plain": TEXT, **live}, {}


def wire_board() -> WireBoard:
    """Return a board with the boxes of the diagram, to draw its wires.

    Returns
    -------
    WireBoard
        Put it on the last line of a cell.
    """
    return WireBoard()
