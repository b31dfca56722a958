"""Demos of lessons 00 and 01."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from ..networks.rnn import gradient_norms
from ..plots.figures import new_axes, styled
from ..plots.palette import AXIS, GUIDE, style_of
from .base import Demo
from .controls import Handle, slider

GATES = tuple(k / 20 for k in range(21))
LOWEST, HIGHEST = 1e-30, 1e15


# what stands behind the noise, as corners (time, height) of its outline
OUTLINE = (
    (0.0, 0.0), (0.9, 0.0), (1.1, 0.45), (1.3, 0.98), (1.65, 0.72), (2.2, 0.72), (2.55, 0.98),
    (2.75, 0.45), (3.0, 0.36), (3.6, 0.44), (4.6, 0.55), (6.4, 0.58), (7.8, 0.5), (8.6, 0.26),
    (8.8, 0.06), (9.9, 0.06), (10.05, 0.3), (10.2, 0.8), (10.5, 0.92), (10.75, 0.8), (10.8, 0.3),
    (10.9, 0.0), (12.0, 0.0),
)  # fmt: skip


def noise_and_more(gate: float, points: int = 121) -> tuple[NDArray, NDArray, NDArray]:
    """Return times, a noise, and what is heard: a share of the noise, and what lies behind it."""
    t = np.linspace(0, 12, points)
    noise = np.random.default_rng(8).uniform(-1.4, 1.4, points)
    return t, noise, gate * noise + np.interp(t, *zip(*OUTLINE, strict=True))


def _strokes(t: NDArray, values: NDArray) -> tuple[NDArray, NDArray]:
    """Return one line that goes up from zero to each value: many strokes, drawn as one."""
    gaps = np.full(len(t), np.nan)
    return (
        np.column_stack([t, t, gaps]).ravel(),
        np.column_stack([np.zeros(len(t)), values, gaps]).ravel(),
    )


@styled
def first_slider_demo(**start: float) -> Demo:
    """Lesson 00: a noise and its gate."""
    t, noise, _ = noise_and_more(1.0)
    high = 111 + int(noise[111:].argmax())  # where nothing lies behind
    ax = new_axes(height=2.7)
    look = {"color": style_of("gate").color, "linewidth": 2.6, "solid_capstyle": "butt"}
    (heard,) = ax.plot(*_strokes(t, noise), **look)
    ax.axhline(0, color=AXIS, linewidth=0.8, zorder=0)
    ax.set(xlabel="time", ylabel="what is heard", ylim=(-1.6, 2.35), xlim=(-0.2, 12.2), xticks=[])
    ax.spines["bottom"].set_visible(False)

    def update(gate: float) -> str:
        heard.set_ydata(_strokes(t, noise_and_more(gate)[2])[1])
        left = ": what is left is the outline of a cat" if gate == 0 else ""
        return f"gate = {gate:.2f}: {100 * gate:.0f} % of the noise passes{left}."

    return Demo(
        ax,
        {"gate": slider("gate", 0.8, 0, 1, 0.05, quantity="gate")},
        [heard],
        update,
        title="What is heard: a noise through a gate, and something behind it",
        question="What is behind the noise? Guess, then shut the gate.",
        hint="Drag the slider, or the grip in the picture.",
        handles=[Handle("gate", lambda gate: (t[high], noise_and_more(gate)[2][high]))],
        arrange=lambda size: heard.set_linewidth(2.6 if size == "wide" else 1.1),
        stored={"gate": GATES},
        start=start,
    )


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
