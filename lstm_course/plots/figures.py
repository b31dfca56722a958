"""Make figures in the course's style, turn them into PNG, and show them with alt text.

Figures are made without pyplot, so nothing stays open and no backend is chosen. The style
holds inside ``with style():`` only; matplotlib's own settings stay as they are.
"""

import base64
import functools
import html
import io
import sys

import matplotlib
from IPython.core.interactiveshell import InteractiveShell
from IPython.display import display
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from numpy.typing import NDArray
from PIL import Image

from .palette import AXIS, INK, SOFT

WIDTH = 6.4  # inches; 640 CSS pixels
DENSITY = 1.5  # picture pixels per CSS pixel, so that text stays sharp on fine screens
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


def style():
    """Return a context in which matplotlib draws as this course does; it undoes itself."""
    return matplotlib.rc_context(RC)


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
    figure = Figure((WIDTH, height), dpi=100 * DENSITY, layout="constrained")
    FigureCanvasAgg(figure)
    return figure.subplots(rows, cols, **layout)


def png(figure: Figure) -> bytes:
    """Draw a figure and return it as a PNG of at most 256 colours, a third of the full size."""
    with style():
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
    pixels = Image.frombuffer("RGBA", canvas.get_width_height(), canvas.buffer_rgba())
    stream = io.BytesIO()
    pixels.convert("RGB").quantize(256).save(stream, "png", optimize=True)
    return stream.getvalue()


def picture_bundle(picture: bytes, alt: str, width: int, height: int) -> tuple[dict, dict]:
    """Return a picture as the data and metadata of a Jupyter output.

    JupyterLab drops the alt text of an `image/png`, so it and GitHub get an `<img>`; other
    tools read the PNG; a terminal and nbval read the alt text.
    """
    coded = base64.b64encode(picture).decode()
    tag = (
        f'<img alt="{html.escape(alt)}" src="data:image/png;base64,{coded}" '
        f'width="{width}" height="{height}" '
        'style="max-width: 100%; height: auto; background: white">'
    )
    data = {"text/html": tag, "image/png": coded, "text/plain": alt}
    return data, {"image/png": {"alt": alt, "width": width, "height": height}}


def show(figure: Figure | Axes, *, alt: str = "") -> None:
    """Show a figure with its alt text, then close it.

    Parameters
    ----------
    figure : Figure or Axes
        What to show; for Axes, the whole figure that they are in.
    alt : str
        What is to be seen, in words, with the values that matter.

    Raises
    ------
    ValueError
        When `alt` is missing or too short to describe a picture.
    """
    alt = " ".join(alt.split()) if isinstance(alt, str) else ""
    if len(alt) < 20 or alt.count(" ") < 3:
        raise ValueError(
            f"alt says {alt!r}; expected a sentence of 20 characters or more that tells what is "
            "to be seen: which curves or bars, and the values that matter"
        )
    figure = figure.get_figure(root=True) if isinstance(figure, Axes) else figure
    width, height = (round(100 * inches) for inches in figure.get_size_inches())
    data, metadata = picture_bundle(png(figure), alt, width, height)
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close(figure)
    if InteractiveShell.initialized():
        display(data, metadata=metadata, raw=True)
    else:
        print(alt)
