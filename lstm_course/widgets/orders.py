"""Demo of lesson 15: weights read in the wrong order."""

import numpy as np
from numpy.typing import NDArray

from .. import running_example as ex
from ..cell import LSTMParams
from ..networks.convert import ORDERS, reorder
from ..plots.figures import new_axes, styled
from ..plots.palette import GUIDE, style_of
from ..sequence import lstm_forward
from .base import Demo
from .controls import choice

SENTENCE = ("cats", "which", "already", "ate", "were", "full")


def read_as(stored: str, assumed: str) -> NDArray:
    """Run the cell of the running example after its blocks were stored and read back.

    Parameters
    ----------
    stored, assumed : str
        Names in ``ORDERS``: who stored the weights, and what the reader takes for granted.

    Returns
    -------
    array (6, 2)
        h_t over *cats which already ate were full*.
    """
    true, taken = ORDERS[stored], ORDERS[assumed]
    params = ex.params()
    W, b = (reorder(reorder(a, "ifoc", true), taken, "ifoc") for a in (params.W, params.b))
    xs = np.array([ex.WORDS[word] for word in SENTENCE], dtype=float)
    return lstm_forward(LSTMParams(W, b), xs, ex.h_prev, ex.c_prev).hs


# the first step away from PyTorch does the most harm
READERS = ("PyTorch", "ONNX", "this course", "CS231n", "Keras")


@styled
def order_demo(**start: str) -> Demo:
    """Lesson 15: PyTorch's weights, read in the order of another framework."""
    right = read_as("PyTorch", "PyTorch")
    ax = new_axes(height=3.2)
    steps = range(len(SENTENCE))
    true = style_of("target").line() | {"label": "right", "markersize": 11}  # a ring around it
    ax.plot(steps, right[:, 1], **true)
    (line,) = ax.plot(steps, right[:, 1], **style_of("h_t").line() | {"label": "as read"})
    line.set(linewidth=2.0, marker="o", markersize=5, markerfacecolor=line.get_color())
    (gap,) = ax.fill([0], [0], color=line.get_color(), alpha=0.18, linewidth=0)
    look = {"ha": "right", "va": "center", "fontsize": 10, "weight": "bold"}
    worst = ax.text(0, 0, "", color=line.get_color(), **look)
    ax.axhline(0, **GUIDE)
    ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2)
    ax.set_xticks(steps, SENTENCE)
    ax.set(ylim=(-1.05, 1.05), yticks=[-1, -0.5, 0, 0.5, 1], ylabel="$h_t$, unit 2")

    def update(order: str) -> str:
        hs = read_as("PyTorch", order)
        line.set_ydata(hs[:, 1])
        there = np.column_stack([steps, hs[:, 1]])
        gap.set_xy([*there, *np.column_stack([steps, right[:, 1]])[::-1]])
        off = np.abs(hs - right)
        at = int(off[:, 1].argmax())
        worst.set_position((at - 0.05, hs[at, 1] + 0.12 * np.sign(hs[at, 1] - right[at, 1])))
        worst.set_text(f"off by {off[at, 1]:.2f}" if off.max() > 1e-9 else "")
        return f"Stored by PyTorch, read in the order of {order}: {_say(off.max(axis=1))}"

    return Demo(
        ax,
        {"order": choice("read in the order of", READERS, "PyTorch")},
        [gap, line, worst],
        update,
        title="The hidden state when weights are read in another order",
        question="Weights in the wrong order: an error, a small difference, or nonsense?",
        hint="PyTorch stored them.",
        stored={"order": READERS},
        start=start,
    )


def _say(off: NDArray) -> str:
    """Say from which word on h_t is wrong, and by how much in either unit."""
    if off.max() < 1e-9:
        return "every h_t is right."
    first = SENTENCE[int(np.flatnonzero(off > 1e-9)[0])]
    return f"wrong from {first} on, by up to {off.max():.2f}. No error is raised."
