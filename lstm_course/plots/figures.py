"""Make figures in the course's style.

Figures are made without pyplot, so nothing stays open and no backend is chosen. The style
holds inside ``with style():`` only; matplotlib's own settings stay as they are.
"""

import contextlib
import functools
import threading
from collections.abc import Iterator, Mapping
from typing import Any

import matplotlib
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from numpy.typing import NDArray

from .palette import AXIS, INK, SOFT

WIDTH = 6.4  # inches; 640 CSS pixels
RC = {
    "font.family": "DejaVu Sans",
    "font.size": 10,
    "axes.titlesize": 10,
    "axes.labelsize": 10,
    "xtick.labelsize": 9,
    "ytick.labelsize": 9,
    "legend.fontsize": 9,
    "legend.frameon": False,
    "legend.handlelength": 2.8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": AXIS,
    "axes.labelcolor": INK,
    "text.color": INK,
    "xtick.color": AXIS,
    "ytick.color": AXIS,
    "xtick.labelcolor": SOFT,
    "ytick.labelcolor": SOFT,
    "axes.grid": False,
    "axes.formatter.use_mathtext": True,
    "figure.facecolor": "white",
    "savefig.facecolor": "white",
    "mathtext.fontset": "dejavusans",
    "text.usetex": False,
    "path.sketch": None,
}
_ONE_AT_A_TIME = threading.RLock()


@contextlib.contextmanager
def style(settings: Mapping[str, Any] = RC) -> Iterator[None]:
    """Make matplotlib draw as this course does, or by other settings, until the end of a `with`.

    Settings hold for the whole process. A demo answers in a thread of its own while a cell runs,
    so one waits for the other.
    """
    with _ONE_AT_A_TIME, matplotlib.rc_context(settings):
        yield


def styled(function):
    """Run a function inside `style()`."""

    @functools.wraps(function)
    def inside(*args, **kwargs):
        with style():
            return function(*args, **kwargs)

    return inside


@styled
def new_axes(rows: int = 1, cols: int = 1, *, height: float = 2.6, **layout) -> Axes | NDArray:
    """Make a figure 6.4 inches wide and return its axes; pyplot is not involved.

    Parameters
    ----------
    rows, cols : int
        Panels below and beside each other.
    height : float
        Of the whole figure, in inches.
    **layout
        Passed on to ``Figure.subplots``, for instance ``sharex=True``.

    Returns
    -------
    Axes, or array of Axes (rows, cols) without its sizes of 1
    """
    figure = Figure((WIDTH, height), dpi=100, layout="constrained")
    FigureCanvasAgg(figure)
    return figure.subplots(rows, cols, **layout)
