"""Demos of lessons 08 and 09: the hidden state and the read-out."""

import numpy as np
from numpy.typing import NDArray

from ..equations import hidden_state, softmax
from ..plots.figures import new_axes, styled
from ..plots.palette import GUIDE, style_of
from .base import Demo
from .controls import Handle, scale, slider

CLASSES = ("were", "was", "full", "ate")
VERBS = CLASSES[:2]  # what the question of the course is about
SCORES = np.array([2.0, 1.0, 0.0, -1.0])
TEMPERATURES = tuple(10.0 ** (k / 10) for k in range(-10, 11))


@styled
def hidden_state_demo(**start: float) -> Demo:
    """Lesson 08: o and c, and what h comes out."""
    c = np.linspace(-12, 12, 241)
    ax = new_axes(height=3.0)
    for bound in (-1, 1):
        ax.axhline(bound, **GUIDE)
    (curve,) = ax.plot(c, c, color=style_of("h_t").color, linewidth=1.8)
    (mark,) = ax.plot([0], [0], "o", color=style_of("c_t").color, markersize=8, clip_on=False)
    (end,) = ax.plot([12], [1], "o", color=style_of("o_t").color, markersize=7, clip_on=False)
    ax.set(xlim=(-12, 12), ylim=(-1.2, 1.2), xlabel="$c_t$", ylabel="$h_t$")

    def update(c_t: float, o_t: float) -> str:
        h_t = float(hidden_state(o_t, c_t))
        curve.set_ydata(hidden_state(np.full_like(c, o_t), c))
        mark.set_data([c_t], [h_t])
        end.set_ydata([hidden_state(o_t, 12.0)])
        return (
            f"c = {c_t:.1f}: tanh(c) = {np.tanh(c_t):.3f}; with o = {o_t:.2f}, h = {h_t + 0.0:.3f}."
        ).replace("-", "−")

    return Demo(
        ax,
        {
            "c_t": slider("memory c", 0.5, -12, 12, 0.5, 1, quantity="c_t"),
            "o_t": slider("output gate o", 1.0, 0, 1, 0.05, quantity="o_t"),
        },
        [curve, mark, end],
        update,
        title="Hidden state against cell state",
        question="From which c on does a larger c change h no more?",
        hint="Drag the black point.",
        handles=[
            Handle("c_t", lambda c_t, o_t: (c_t, hidden_state(o_t, c_t))),
            Handle("o_t", lambda c_t, o_t: (12.0, hidden_state(o_t, 12.0))),
        ],
        stored={"c_t": np.arange(-12, 12.1, 1), "o_t": [0, 0.25, 0.5, 0.75, 1]},
        start=start,
    )


def at_temperature(scores: NDArray, temperature: float) -> NDArray:
    """Return softmax(scores / temperature)."""
    return softmax(np.asarray(scores) / temperature)


@styled
def temperature_demo(**start: float) -> Demo:
    """Lesson 09: four scores, a temperature, and the probabilities."""
    ax = new_axes(height=2.8)
    bars = ax.bar([f"{word}\n" for word in CLASSES], SCORES, width=0.5, color=style_of("y_t").color)
    for word, bar, label in zip(CLASSES, bars, ax.get_xticklabels(), strict=True):
        bar.set_alpha(1 if word in VERBS else 0.4)
        label.set(weight="bold" if word in VERBS else "normal", size=10)
    texts = [ax.text(k, 0, "", ha="center", va="bottom") for k in range(len(SCORES))]
    size = ax.get_xticklabels()[0].get_fontsize()
    below = {"transform": ax.get_xaxis_transform(), "ha": "center", "va": "top", "size": size}
    scores = [ax.text(k, -0.135, "", **below) for k in range(len(SCORES))]
    ax.set(ylim=(0, 1.18), yticks=[0, 0.5, 1], ylabel="$y_t$, probability")
    ax.spines["left"].set_bounds(0, 1)

    def update(temperature: float, added: float) -> str:
        p = at_temperature(SCORES + added, temperature)
        for bar, text, score, s, value in zip(bars, texts, scores, SCORES + added, p, strict=True):
            score.set_text(f"score {s:g}".replace("-", "−"))
            bar.set_height(value)
            text.set_text(f"{value:.2f}")
            text.set_y(value + 0.05)
        given = ", ".join(f"{s:g}" for s in SCORES + added).replace("-", "−")
        return (
            f"After “the cats which already ate”, scores {given} at temperature "
            f"{temperature:.2f}: were gets {p[0]:.2f}, was gets {p[1]:.2f}."
        )

    def top(temperature: float, added: float) -> tuple[float, float]:
        return 0, at_temperature(SCORES, temperature)[0]

    return Demo(
        ax,
        {
            "temperature": scale("temperature", 1.0, TEMPERATURES),
            "added": slider("added to all scores", 0.0, -5, 5, 1, 0),
        },
        [*bars, *texts, *scores],
        update,
        title="Softmax of four scores at a temperature",
        question="Does the order of the words change at any temperature?",
        hint="The cats which already ate …",
        handles=[Handle("temperature", top)],
        stored={"temperature": TEMPERATURES[::2], "added": range(-4, 5, 2)},
        start=start,
    )
