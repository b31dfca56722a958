"""Demos of lessons 00 and 01."""

import numpy as np
from numpy.typing import NDArray

from ..networks.rnn import gradient_norms
from ..plots.figures import new_axes
from ..plots.palette import GUIDE, style_of
from .base import Demo, slider


def gated_wave(gate: float, points: int = 121) -> tuple[NDArray, NDArray, NDArray]:
    """Return times, a signal, and what a gate between 0 and 1 lets pass of it."""
    t = np.linspace(0, 12, points)
    signal = np.sin(t) + 0.4 * np.sin(3 * t)
    return t, signal, gate * signal


def first_slider_demo() -> Demo:
    """Lesson 00: one gate, one signal."""
    t, signal, _ = gated_wave(1.0)
    ax = new_axes(height=2.6)
    ax.plot(t, signal, **style_of("x_t").line() | {"label": "signal"})
    (passed,) = ax.plot(t, signal, **style_of("gate").line() | {"label": "what passes"})
    ax.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0))
    ax.set(xlabel="time", ylabel="value", ylim=(-1.6, 1.6), xlim=(0, 12))

    def update(gate: float) -> str:
        passed.set_ydata(gated_wave(gate)[2])
        return f"gate = {gate:.2f}: {100 * gate:.0f} % of the signal passes."

    controls = {"gate": slider("gate", 0.5, 0, 1, 0.05)}
    return Demo(ax, controls, [passed], update, title="A signal and what a gate lets pass of it")


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


def gradient_norm_demo() -> Demo:
    """Lesson 01: spread of the recurrent weights and the gradient over 100 steps."""
    ax = new_axes(height=3.0)
    ax.set_yscale("log")
    ax.set(ylim=(1e-30, 1e15), xlim=(0, 100))
    ax.set_yticks([1e-30, 1e-20, 1e-10, 1, 1e10])
    ax.set(xlabel="lag $k$ (steps back)", ylabel=r"norm of $\partial L / \partial h_{t-k}$")
    ax.axhline(1e-3, **GUIDE)
    ax.annotate("a thousandth", (99, 3e-3), color=GUIDE["color"], ha="right", fontsize=9)
    (line,) = ax.plot(range(100), np.ones(100), **style_of("h_t").line() | {"linewidth": 1.8})
    controls = {
        "scale": slider("scale of W", 0.1, 0.02, 0.6, 0.02),
        "seed": slider("seed", 0, 0, 9, 1, digits=0),
    }

    def update(scale: float, seed: float) -> str:
        norms = gradient_norms(scale, seed=int(seed))
        line.set_ydata(np.clip(norms, 1e-40, None))
        return describe_norms(scale, norms)

    return Demo(ax, controls, [line], update, title="Gradient of a tanh RNN at lags 0 to 99")
