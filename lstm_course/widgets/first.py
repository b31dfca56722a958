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


def gated_wave(gate: float, points: int = 121) -> tuple[NDArray, NDArray, NDArray]:
    """Return times, a signal, and what a gate between 0 and 1 lets pass of it."""
    t = np.linspace(0, 12, points)
    signal = np.sin(t) + 0.4 * np.sin(3 * t)
    return t, signal, gate * signal


def _strokes(t: NDArray, values: NDArray) -> tuple[NDArray, NDArray]:
    """Return one line that goes up from zero to each value: many strokes, drawn as one."""
    gaps = np.full(len(t), np.nan)
    return (
        np.column_stack([t, t, gaps]).ravel(),
        np.column_stack([np.zeros(len(t)), values, gaps]).ravel(),
    )


@styled
def first_slider_demo(**start: float) -> Demo:
    """Lesson 00: one gate, one signal."""
    points = 73
    t, signal, _ = gated_wave(1.0, points)
    high = int(signal.argmax())
    ax = new_axes(height=2.7)
    round_ends = {"linewidth": 3.6, "solid_capstyle": "round"}
    ax.plot(*_strokes(t, signal), color=AXIS, alpha=0.45, **round_ends)
    (passed,) = ax.plot(*_strokes(t, signal), color=style_of("gate").color, **round_ends)
    (edge,) = ax.plot(t, signal, color=style_of("gate").color, linewidth=1.2)
    ax.axhline(0, color=AXIS, linewidth=0.8, zorder=0)
    ax.set(xlabel="time", ylabel="signal", ylim=(-1.2, 1.2), xlim=(-0.2, 12.2), xticks=[])
    ax.spines["bottom"].set_visible(False)

    def update(gate: float) -> str:
        through = gated_wave(gate, points)[2]
        passed.set_ydata(_strokes(t, through)[1])
        edge.set_ydata(through)
        return f"gate = {gate:.2f}: {100 * gate:.0f} % of the signal passes."

    return Demo(
        ax,
        {"gate": slider("gate", 0.8, 0, 1, 0.05, quantity="gate")},
        [passed, edge],
        update,
        title="A signal and what a gate lets pass of it",
        question="What comes through at 0, and what at 0.5?",
        hint="Move the gate: drag it, or drag the wave.",
        handles=[Handle("gate", lambda gate: (t[high], gate * signal[high]))],
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
