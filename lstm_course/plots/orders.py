"""A picture of the order in which frameworks store the four blocks."""

from collections.abc import Mapping

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from .figures import new_axes, styled
from .palette import style_of

STYLE_NAMES = {"i": "i_t", "f": "f_t", "o": "o_t", "c": "c_tilde"}


@styled
def plot_orders(orders: Mapping[str, str], *, ax: Axes | None = None) -> Axes:
    """Draw one row of four blocks per framework, in the order in which it stores them.

    Parameters
    ----------
    orders : dict of name to four letters
        Letters out of i, f, o, c, such as ``lstm_course.networks.ORDERS``.
    ax : Axes, optional
        Where to draw; a new figure when left out.

    Returns
    -------
    Axes

    Raises
    ------
    ValueError
        When an order is not made of the four letters.
    """
    ax = ax or new_axes(height=0.5 + 0.45 * len(orders))
    for row, (name, order) in enumerate(orders.items()):
        if sorted(order) != sorted(STYLE_NAMES):
            raise ValueError(f"{name} has {order!r}; expected i, f, o and c, each once")
        for place, letter in enumerate(order):
            _draw_block(ax, place, row, letter)
    ax.set(xlim=(0, 4), ylim=(len(orders), 0))
    ax.set_yticks([row + 0.5 for row in range(len(orders))], list(orders))
    ax.set_xticks([k + 0.5 for k in range(4)], ["first H", "second H", "third H", "last H"])
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    return ax


def _draw_block(ax: Axes, place: float, row: float, letter: str) -> None:
    """Add one block with its symbol in the color of its quantity."""
    looks = style_of(STYLE_NAMES[letter])
    box = Rectangle((place + 0.03, row + 0.1), 0.94, 0.8, facecolor="white")
    box.set(edgecolor=looks.color, linewidth=2.0, linestyle=looks.linestyle)
    ax.add_patch(box)
    middle = (place + 0.5, row + 0.5)
    ax.text(*middle, looks.label, color=looks.color, ha="center", va="center", fontsize=12)
