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


@styled
def order_demo(**start: str) -> Demo:
    """Lesson 15: PyTorch's weights, read in the order of another framework."""
    right = read_as("PyTorch", "PyTorch")
    ax = new_axes(height=2.8)
    steps = range(len(SENTENCE))
    ax.plot(steps, right[:, 1], **style_of("target").line() | {"label": "right"})
    (line,) = ax.plot(steps, right[:, 1], **style_of("h_t").line() | {"label": "as read"})
    line.set(linewidth=2.0, marker="o", markersize=4)
    ax.axhline(0, **GUIDE)
    ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2)
    ax.set_xticks(steps, SENTENCE)
    ax.set(ylim=(-1, 1), yticks=[-1, -0.5, 0, 0.5, 1], ylabel="$h_t$, unit 2")

    def update(order: str) -> str:
        hs = read_as("PyTorch", order)
        line.set_ydata(hs[:, 1])
        off = np.abs(hs - right).max(axis=1)
        if off.max() < 1e-9:
            return f"Stored by PyTorch, read in the order of {order}: every h_t is right."
        first = SENTENCE[int(np.flatnonzero(off > 1e-9)[0])]
        return (
            f"Stored by PyTorch, read in the order of {order}: wrong from {first} on, "
            f"by up to {off.max():.2f}. No error is raised."
        )

    return Demo(
        ax,
        {"order": choice("read in the order of", list(ORDERS), "PyTorch")},
        [line],
        update,
        title="The hidden state when weights are read in another order",
        question="Weights in the wrong order: an error, a small difference, or nonsense?",
        hint="PyTorch stored them.",
        stored={"order": list(ORDERS)},
        start=start,
    )
