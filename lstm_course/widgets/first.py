"""The demo of lesson 01."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from ..networks.rnn import gradient_norms
from ..plots.figures import new_axes, styled
from ..plots.palette import GUIDE, style_of
from .base import Demo
from .controls import Handle, slider

LOWEST, HIGHEST = 1e-30, 1e15


def describe_norms(scale: float, norms: NDArray) -> str:
    """Say in words what a curve of gradient norms means for learning."""
    last = len(norms) - 1
    below = np.flatnonzero(norms < 1e-3)
    above = np.flatnonzero(norms > 1e3)
    start = f"scale {scale:.2f}: "
    if below.size and (not above.size or below[0] < above[0]):
        return start + (
            f"vanishes. Below a thousandth from lag {below[0]} on; "
            f"at lag {last} the norm is {norms[-1]:.0e}."
        )
    if above.size:
        return start + (
            f"explodes. Above a thousand from lag {above[0]} on; "
            f"at lag {last} the norm is {norms[-1]:.0e}."
        )
    return start + f"neither: at lag {last} the norm is {norms[-1]:.2g}."


@cache
def _norms(scale: float, seed: int) -> NDArray:
    return gradient_norms(scale, seed=seed)


@styled
def gradient_norm_demo(**start: float) -> Demo:
    """Lesson 01: spread of the recurrent weights and the gradient over 100 steps."""
    ax = new_axes(height=3.0)
    ax.set_yscale("log")
    ax.set(ylim=(LOWEST, HIGHEST), xlim=(0, 100), yticks=[1e-30, 1e-20, 1e-10, 1, 1e10])
    ax.set(xlabel="lag $k$ (steps back)", ylabel=r"norm of $\partial L / \partial h_{t-k}$")
    ax.axhline(1e-3, **GUIDE)
    beside = {"xytext": (4, 0), "textcoords": "offset points", "va": "center", "fontsize": 9}
    ax.annotate("a thousandth", (100, 1e-3), color=GUIDE["color"], **beside)
    (line,) = ax.plot(range(100), np.ones(100), **style_of("h_t").line() | {"linewidth": 1.8})
    (end,) = ax.plot([99], [1], "o", color=style_of("h_t").color, markersize=7)

    def update(scale: float, seed: float) -> str:
        norms = _norms(scale, int(seed))
        line.set_ydata(np.clip(norms, 1e-40, None))
        end.set_ydata([np.clip(norms[-1], LOWEST, HIGHEST)])
        return describe_norms(scale, norms)

    def at_the_end(scale: float, seed: float) -> tuple[float, float]:
        return 99, np.clip(_norms(scale, int(seed))[-1], LOWEST, HIGHEST)

    return Demo(
        ax,
        {
            "scale": slider("scale of W", 0.1, 0.02, 0.6, 0.02),
            "seed": slider("seed", 0, 0, 9, 1, digits=0),
        },
        [line, end],
        update,
        title="Gradient of a tanh RNN at lags 0 to 99",
        question="At which scale is the gradient at lag 99 about as long as at lag 0?",
        hint="Then try other seeds.",
        handles=[Handle("scale", at_the_end)],
        stored={"scale": np.arange(0.02, 0.61, 0.02), "seed": range(3)},
        start=start,
    )
