"""Pictures of σ, tanh and the step, and of their slopes."""

from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from ..equations import as_numbers
from .figures import new_axes, styled
from .palette import style_of
from .series import label_ends


@styled
def plot_activation(
    a: ArrayLike,
    values: ArrayLike,
    *,
    name: str = "sigmoid",
    slope: ArrayLike | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw an activation over its input; call it again with the same `ax` to compare.

    Parameters
    ----------
    a : array (M,)
        Inputs of the function, growing.
    values : array (M,)
        The function at `a`.
    name : str
        "sigmoid", "tanh" or "step": colour, line style and label.
    slope : array (M,), optional
        Its derivative, drawn thin in the same colour.
    ax : Axes, optional
        Where to draw; a new figure when left out.

    Returns
    -------
    Axes

    Raises
    ------
    ValueError
        When the lengths differ.
    """
    looks, a = style_of(name), as_numbers(a, "a")
    ax = ax or new_axes()
    thin = looks._replace(linewidth=1.0, linestyle=":", label=f"slope of {looks.label}")
    for array, line in ((values, looks), (slope, thin)):
        if array is None:
            continue
        array = as_numbers(array, line.label)
        if array.shape != a.shape:
            raise ValueError(f"{line.label} has shape {array.shape}; expected {a.shape}, as a has")
        ax.plot(a, array, **line.line())
    ax.set_xlabel("$a$")
    ax.set_ylabel("value")
    return label_ends(ax)
