"""Demos of lessons 08 and 09: the hidden state and the read-out."""

import numpy as np
from numpy.typing import NDArray

from ..equations import hidden_state, softmax
from ..plots.figures import new_axes
from ..plots.palette import GUIDE, style_of
from .base import Demo, slider

SCORES = np.array([0.0, 1.0, 2.0, -1.0])


def hidden_state_demo() -> Demo:
    """Lesson 08: o and c, and what h comes out."""
    c = np.linspace(-12, 12, 241)
    ax = new_axes(height=3.0)
    for bound in (-1, 1):
        ax.axhline(bound, **GUIDE)
    (curve,) = ax.plot(c, c, color=style_of("h_t").color, linewidth=1.8)
    (mark,) = ax.plot([0], [0], "o", color=style_of("c_t").color, markersize=8)
    ax.set(xlim=(-12, 12), ylim=(-1.2, 1.2), xlabel="$c_t$", ylabel="$h_t$")

    def update(c_t: float, o_t: float) -> str:
        h_t = float(hidden_state(o_t, c_t))
        curve.set_ydata(hidden_state(np.full_like(c, o_t), c))
        mark.set_data([c_t], [h_t])
        return (
            f"c = {c_t:.1f}: tanh(c) = {np.tanh(c_t):.3f}; with o = {o_t:.2f}, h = {h_t + 0.0:.3f}."
        )

    controls = {
        "c_t": slider("c", 2.0, -12, 12, 0.5, 1),
        "o_t": slider("o", 1.0, 0, 1, 0.05),
    }
    title = "Hidden state against cell state"
    return Demo(ax, controls, [curve, mark], update, title=title)


def at_temperature(scores: NDArray, temperature: float) -> NDArray:
    """Return softmax(scores / temperature)."""
    return softmax(np.asarray(scores) / temperature)


def temperature_demo() -> Demo:
    """Lesson 09: four scores, a temperature, and the probabilities."""
    classes = [f"class {k + 1}\n" for k in range(len(SCORES))]  # the score stands below
    ax = new_axes(height=2.6)
    bars = ax.bar(classes, SCORES, width=0.5, color=style_of("y_t").color)
    texts = [ax.text(k, 0, "", ha="center", va="bottom") for k in range(len(SCORES))]
    size = ax.get_xticklabels()[0].get_fontsize()
    below = {"transform": ax.get_xaxis_transform(), "ha": "center", "va": "top", "size": size}
    scores = [ax.text(k, -0.135, "", **below) for k in range(len(SCORES))]
    ax.set(ylim=(0, 1.15), yticks=[0, 0.5, 1], ylabel="probability")

    def update(log_t: float, added: float) -> str:
        temperature = 10.0**log_t
        p = at_temperature(SCORES + added, temperature)
        for bar, text, score, s, value in zip(bars, texts, scores, SCORES + added, p, strict=True):
            score.set_text(f"score {s:g}".replace("-", "−"))
            bar.set_height(value)
            text.set_text(f"{value:.2f}")
            text.set_y(value + 0.01)
        return (
            f"scores {', '.join(f'{v:g}' for v in SCORES + added)} at temperature "
            f"{temperature:.2f}: the likeliest class gets {p.max():.2f}, "
            f"the least likely {p.min():.2f}."
        )

    controls = {
        "log_t": slider("log₁₀ temperature", 0.0, -1, 1, 0.1, 1),
        "added": slider("added to all scores", 0.0, -5, 5, 1, 0),
    }
    title = "Softmax of four scores at a temperature"
    return Demo(ax, controls, [*bars, *texts, *scores], update, title=title)
