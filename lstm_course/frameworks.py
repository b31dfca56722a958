"""What PyTorch and Keras computed, stored for lesson 15, and a picture of their block orders."""

from collections.abc import Mapping
from importlib.resources import files

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from numpy.typing import NDArray

from .convert import ORDERS
from .figures import new_axes, show, styled
from .palette import style_of

__all__ = ["PARTS", "draw_block", "load_framework_values", "plot_orders", "show"]
STYLE_NAMES = {"i": "i_t", "f": "f_t", "o": "o_t", "c": "c_tilde"}
PARTS = ("example", "fresh", "wide", "keras")


def load_framework_values(part: str) -> dict[str, NDArray]:
    """Return arrays that a framework made; tools/make_framework_values.py stored them.

    Parameters
    ----------
    part : str
        "example": torch.nn.LSTM with the weights of the running example over *cats which
        already ate were full*. "fresh": a new torch.nn.LSTM(3, 2), its four arrays and its
        outputs. "wide": the two biases of a new torch.nn.LSTM(3, 64). "keras": a
        keras.layers.LSTM(2), its three arrays, its outputs, and the bias that it started with.
        Outputs are `hs` (T, N, H), for the inputs `xs` (T, N, D).

    Returns
    -------
    dict of arrays

    Raises
    ------
    ValueError
        When there is no such part.
    """
    if part not in PARTS:
        raise ValueError(f"no part is named {part!r}; expected one of {', '.join(PARTS)}")
    with (files("lstm_course") / "data" / "frameworks.npz").open("rb") as file:
        stored = dict(np.load(file))
    own = {name.removeprefix(f"{part}_"): a for name, a in stored.items() if name.startswith(part)}
    return own | ({"xs": stored["xs"]} if part in ("fresh", "keras") else {})


@styled
def plot_orders(orders: Mapping[str, str] = ORDERS, *, ax: Axes | None = None) -> Axes:
    """Draw one row of four blocks per framework, in the order in which it stores them.

    Parameters
    ----------
    orders : dict of name to four letters
        Letters out of i, f, o, c.
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
            draw_block(ax, place, row, letter)
    ax.set(xlim=(0, 4), ylim=(len(orders), 0))
    ax.set_yticks([row + 0.5 for row in range(len(orders))], list(orders))
    ax.set_xticks([k + 0.5 for k in range(4)], ["first H", "second H", "third H", "last H"])
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    return ax


def draw_block(ax: Axes, place: float, row: float, letter: str) -> None:
    """Add one block with its symbol in the color of its quantity."""
    looks = style_of(STYLE_NAMES[letter])
    box = Rectangle((place + 0.03, row + 0.1), 0.94, 0.8, facecolor="white")
    box.set(edgecolor=looks.color, linewidth=2.0, linestyle=looks.linestyle)
    ax.add_patch(box)
    middle = (place + 0.5, row + 0.5)
    ax.text(*middle, looks.label, color=looks.color, ha="center", va="center", fontsize=12)
