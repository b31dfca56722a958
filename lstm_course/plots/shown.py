"""Show a figure with its alt text: as vectors, with pixels beside them for viewers without."""

import base64
import html
import sys

from IPython.core.interactiveshell import InteractiveShell
from IPython.display import display
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from . import vector
from .pixels import png
from .words import words_for


def picture_bundle(
    svg: str, pixels: bytes, alt: str, size: tuple[float, float]
) -> tuple[dict, dict]:
    """Return a picture as the data and metadata of a Jupyter output.

    A page gets the vectors as an `<img>`, the only form that JupyterLab shows in a notebook that
    is not trusted, with its alt text; other viewers read the PNG; a terminal and nbval read the
    alt text.

    Parameters
    ----------
    svg : str
        A drawing that stands alone.
    pixels : bytes
        The same as a PNG.
    alt : str
        What is to be seen.
    size : (float, float)
        Width and height in CSS pixels.

    Returns
    -------
    (dict, dict)
    """
    image = base64.b64encode(pixels).decode()
    data = {"text/html": image_tag(svg, alt, size), "image/png": image, "text/plain": alt}
    width, height = (round(side) for side in size)
    return data, {"image/png": {"alt": alt, "width": width, "height": height}}


def image_tag(svg: str, alt: str, size: tuple[float, float]) -> str:
    """Return a drawing as an `<img>` with its data inside."""
    width, height = (round(side) for side in size)
    coded = base64.b64encode(svg.encode()).decode()
    return (
        f'<img alt="{html.escape(alt)}" src="data:image/svg+xml;base64,{coded}" '
        f'width="{width}" height="{height}" style="max-width: 100%; height: auto">'
    )


def show(figure: Figure | Axes, *, alt: str = "") -> None:
    """Show a figure with its alt text, then close it.

    Parameters
    ----------
    figure : Figure or Axes
        What to show; for Axes, the whole figure that they are in.
    alt : str, optional
        What is to be seen, in words, with the values that matter. When left out, what the lesson's
        source says of the figure, or what can be read off its axes.

    Raises
    ------
    ValueError
        When `alt` is too short to describe a picture.
    """
    figure = figure.figure if isinstance(figure, Axes) else figure
    alt = " ".join(alt.split()) if alt else words_for(figure)
    if len(alt) < 20 or alt.count(" ") < 3:
        raise ValueError(
            f"alt says {alt!r}; expected a sentence of 20 characters or more that tells what is "
            "to be seen: which curves or bars, and the values that matter"
        )
    if InteractiveShell.initialized():
        size = tuple(100 * inches for inches in figure.get_size_inches())
        data, metadata = picture_bundle(vector.alone(figure), png(figure), alt, size)
        display(data, metadata=metadata, raw=True)
    else:
        print(alt)
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close(figure)
