"""One gate's weights as a table of colours."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike, NDArray

from ..equations import as_numbers
from .figures import new_axes, styled
from .heat import draw_fields
from .palette import INK


@styled
def plot_weights(
    W: ArrayLike,
    b: ArrayLike | None = None,
    *,
    name: str = "W_i",
    features: Sequence[str] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw one gate's weights as a table of colours: rows of h above rows of x.

    Parameters
    ----------
    W : array (H + D, H)
        One gate's weights, one column per unit; the first H rows belong to h_{t-1}.
    b : array (H,), optional
        Its bias, drawn as a last row.
    name : str
        The title.
    features : sequence of D strings, optional
        Names of the inputs; x₁, x₂, … when left out.
    ax : Axes, optional
        Where to draw; a new figure when left out.

    Returns
    -------
    Axes

    Raises
    ------
    ValueError
        When W has no rows left for x, or b does not fit.
    """
    W = as_numbers(W, name)
    if W.ndim != 2 or W.shape[0] <= W.shape[1]:
        raise ValueError(
            f"{name} has shape {W.shape}; expected (H + D, H): a row per unit of h, then "
            "a row per input"
        )
    H, D = W.shape[1], W.shape[0] - W.shape[1]
    features = features or [f"$x_{k + 1}$" for k in range(D)]
    if len(features) != D:
        raise ValueError(f"{len(features)} features named, but {name} {W.shape} has D = {D} inputs")
    rows = [f"$h_{k + 1}$" for k in range(H)] + list(features)
    if b is not None:
        b = as_numbers(b, "b")
        if b.shape != (H,):
            raise ValueError(f"b has shape {b.shape}; expected ({H},), one number per column of W")
        W, rows = np.vstack([W, b]), rows + ["bias"]
    ax = ax or new_axes(height=0.6 + 0.34 * len(rows))
    return _draw_table(ax, W, rows, lines_under=[H, H + D][: 2 if b is not None else 1], title=name)


def _draw_table(
    ax: Axes, table: NDArray, rows: list[str], lines_under: list[int], title: str
) -> Axes:
    limit = np.abs(table).max() or 1.0
    draw_fields(ax, table, limit)
    for (row, column), value in np.ndenumerate(table):
        ax.text(column, row, f"{value:.3g}", ha="center", va="center")
    for row in lines_under:
        ax.axhline(row - 0.5, color=INK, linewidth=1.4)
    ax.set_yticks(range(len(rows)), rows)
    ax.set_xticks(range(table.shape[1]), [f"unit {k + 1}" for k in range(table.shape[1])])
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    ax.set_title(f"${title}$  {table.shape[0] - len(lines_under) + 1} × {table.shape[1]}")
    return ax
