"""A heat map as vectors: rows of fields in two colors, one for each sign, paler towards zero."""

from collections.abc import Callable

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from numpy.typing import ArrayLike, NDArray

from ..equations import as_numbers
from .palette import SIGNS

LEVELS = 6  # shades of each sign; finer ones look the same and make the drawing larger
_WRITTEN = 0.55  # of the full color, where numbers stand on it in the color of the page's ink
_FILLED = 0.86  # of the height of a row; the rest keeps rows apart


class HeatMap:
    """Fields of H rows that can be shown again with other values and another number of columns.

    Zero has the color of the page, so that the same picture is right on light and dark paper.
    Fields beside each other that have one shade are one line: a row of the drawing is as thick as
    its fields are high.

    Parameters
    ----------
    ax : Axes
        Its width is divided among the columns.
    rows : int
    scale : function
        `scale(values)` returns how strong a value is: −1 and 1 have the full colors.

    Attributes
    ----------
    artists : list of Line2D
        One for each shade, from the lowest values to the highest.
    """

    def __init__(self, ax: Axes, rows: int, scale: Callable[[NDArray], NDArray]) -> None:
        self.ax, self.rows, self.scale = ax, rows, scale
        ax.set_ylim(rows - 0.5, -0.5)
        self.levels = [level for level in range(-LEVELS, LEVELS + 1) if level]
        self.artists = [ax.add_line(self._shade(level)) for level in self.levels]

    def _shade(self, level: int) -> Line2D:
        color = SIGNS[int(level > 0)]
        look = {"color": color, "alpha": abs(level) / LEVELS, "solid_capstyle": "butt"}
        return Line2D([], [], linestyle="-", zorder=1.5, **look)

    def show(self, values: ArrayLike) -> None:
        """Show values of shape (H, columns).

        Raises
        ------
        ValueError
            When the number of rows is another one.
        """
        values = as_numbers(values, "values")
        if values.ndim != 2 or len(values) != self.rows:
            raise ValueError(f"values has shape {values.shape}; expected {self.rows} rows")
        strengths = np.clip(self.scale(values), -1, 1)
        levels = np.rint(LEVELS * strengths).astype(int)
        low, high = self.ax.get_xlim()
        of, rows, left, right = _runs(levels, np.linspace(low, high, values.shape[1] + 1))
        gaps, thickness = np.full(len(of), np.nan), self.thickness
        xs, ys = np.column_stack([left, right, gaps]), np.column_stack([rows, rows, gaps])
        for level, line in zip(self.levels, self.artists, strict=True):
            line.set_data(xs[of == level].ravel(), ys[of == level].ravel())
            line.set_linewidth(thickness)
            line.set_visible(level in of)

    @property
    def thickness(self) -> float:
        """How high a field is, in points."""
        return _FILLED * self.ax.bbox.height * 72 / self.ax.figure.dpi / self.rows


def _runs(levels: NDArray, edges: NDArray) -> tuple[NDArray, ...]:
    """Return level, row, left and right end of all runs of fields of one shade."""
    padded = np.zeros((len(levels), levels.shape[1] + 1), dtype=bool)
    padded[:, 0] = padded[:, -1] = True
    padded[:, 1:-1] = levels[:, 1:] != levels[:, :-1]
    rows, cuts = np.nonzero(padded)
    inside = rows[1:] == rows[:-1]  # from one cut to the next of the same row
    rows, first, last = rows[:-1][inside], cuts[:-1][inside], cuts[1:][inside]
    return levels[rows, first], rows, edges[first], edges[last]


def draw_fields(ax: Axes, values: ArrayLike, largest: float) -> None:
    """Fill the fields of a table, to be written on: one color for each sign, paler towards zero.

    Parameters
    ----------
    ax : Axes
        Row 0 comes on top.
    values : array (rows, columns)
        A field that is NaN stays empty.
    largest : float
        Value with the full color.
    """
    table = np.asarray(values, dtype=float)
    for (row, column), value in np.ndenumerate(table):
        if value and np.isfinite(value):
            look = {"color": SIGNS[int(value > 0)], "alpha": _WRITTEN * abs(value) / largest}
            ax.add_patch(Rectangle((column - 0.5, row - 0.5), 1, 1, linewidth=0, **look))
    ax.set(xlim=(-0.5, table.shape[1] - 0.5), ylim=(len(table) - 0.5, -0.5))


def draw_ramp(ax: Axes) -> None:
    """Draw all shades beside each other, from the lowest value to the highest; it stays."""
    ax.set(xlim=(-1, 1), yticks=[], xticks=[])
    for spine in ax.spines.values():
        spine.set_visible(False)
    HeatMap(ax, 1, lambda strength: strength).show([np.linspace(-1, 1, 2 * LEVELS + 1)])
