"""Pictures of how long a gradient stays as it goes back."""

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from ..equations import as_numbers
from .figures import new_axes, styled
from .palette import GUIDE, style_of
from .series import label_ends


@styled
def plot_gradient_norms(
    norms: ArrayLike,
    *,
    name: str = "h_t",
    label: str = "",
    floor: float | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw how long a gradient is at each lag, on a logarithmic axis.

    Call it again with the same `ax` for the next curve.

    Parameters
    ----------
    norms : array (T + 1,)
        Entry k is ‖∂L/∂h_{t-k}‖; a norm of 0 leaves a gap, since a logarithm has none.
    name : str
        "h_t" or "c_t": which of the two the gradient is taken of.
    label : str
        Written at the end of the curve.
    floor : float, optional
        Adds a line at this norm and one at the first lag below it.
    ax : Axes, optional
        Where to draw; a new figure when left out.

    Returns
    -------
    Axes

    Raises
    ------
    ValueError
        When `norms` is no single row, or holds a negative number.
    """
    norms = as_numbers(norms, "norms")
    if norms.ndim != 1 or (norms < 0).any():
        raise ValueError(
            f"norms must be one row of lengths, 0 or more; got shape {norms.shape}"
            + (f" with {norms.min():g}" if norms.size else "")
        )
    ax = ax or new_axes()
    looks = style_of(name).line() | {"label": label or "_curve"}
    ax.semilogy(np.where(norms > 0, norms, np.nan), **looks)
    if floor is not None:
        ax.axhline(floor, **GUIDE)
        below = np.flatnonzero(norms < floor)
        if below.size:
            ax.axvline(below[0], **GUIDE)
    ax.set_xlabel("lag $k$ (steps back)")
    ax.set_ylabel(rf"$\|\partial L/\partial {name[0]}_{{t-k}}\|$")
    return label_ends(ax)
