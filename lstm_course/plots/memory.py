"""Pictures of what a cell holds, shows or is offered over time."""

from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from ..equations import as_numbers
from .figures import new_axes, styled
from .palette import style_of
from .series import draw_series, label_ends


@styled
def plot_memory(
    c_t: ArrayLike | None = None,
    *,
    h_t: ArrayLike | None = None,
    c_tilde: ArrayLike | None = None,
    y_t: ArrayLike | None = None,
    target: ArrayLike | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw what a cell holds, shows or is offered over time, with a line at zero.

    Parameters
    ----------
    c_t, h_t, c_tilde, y_t, target : array (T,) or (T, H), optional
        Sequences, time first; give one or more.
    ax : Axes, optional
        Where to draw; a new figure when left out.

    Returns
    -------
    Axes

    Raises
    ------
    ValueError
        When nothing is given, or an array has more than two sizes.
    """
    given = {"c_t": c_t, "h_t": h_t, "c_tilde": c_tilde, "y_t": y_t, "target": target}
    given = {name: values for name, values in given.items() if values is not None}
    if not given:
        raise ValueError("plot_memory got nothing to draw; expected c_t=…, h_t=… or another array")
    ax = ax or new_axes()
    ax.axhline(0, color="#BBBBBB", linewidth=0.8, zorder=0)
    for name, values in given.items():
        draw_series(ax, name, as_numbers(values, name))
    ax.set_xlabel("step $t$")
    ax.set_ylabel(", ".join(style_of(name).label for name in given))
    return label_ends(ax)
