"""Demo of lesson 17: a model that reads what it has drawn, character by character."""

from functools import cache
from textwrap import fill

import numpy as np
from numpy.typing import NDArray

from ..plots.figures import new_axes, styled
from ..plots.palette import SERIES, style_of
from ..tasks import CHARACTERS
from ..training import load_text_model, sample_text
from .base import Demo
from .controls import Play, choice, scale, slider

FIRST, LENGTH = "alice ", 48
TEMPERATURES = (0.1, 0.25, 0.5, 0.7, 1.0, 1.4, 2.0, 4.0)
DICE = ("first", "second", "third")
SHOWN = {" ": "␣", "\n": "¶"}


@cache
def written(temperature: float, dice: str) -> tuple[str, NDArray]:
    """Return what the stored model writes after *alice*, and what each letter was drawn from."""
    rng = np.random.default_rng(DICE.index(dice))
    return sample_text(load_text_model(), FIRST, LENGTH, temperature, rng)


@styled
def sampling_demo(**start: float) -> Demo:
    """Lesson 17: the stored model of *Alice* runs free at a temperature."""
    ax = new_axes(height=3.0)
    at = np.arange(len(CHARACTERS))
    bars = ax.bar(at, np.zeros(len(at)), width=0.8, color=style_of("y_t").color)
    (mark,) = ax.plot([0], [0], "v", color=SERIES[0][0], markersize=8, clip_on=False)
    text = ax.text(0.01, 1.06, "", transform=ax.transAxes, va="bottom", family="monospace")
    ax.set_xticks(at, [SHOWN.get(c, c) for c in CHARACTERS], fontsize=8)
    ax.set(ylim=(0, 1.08), yticks=[0, 0.5, 1], ylabel="$y_t$, probability")
    ax.set_title("\n\n", fontsize=10)  # keeps room for what is written

    def update(letters: float, temperature: float, dice: str) -> str:
        drawn, ys = written(temperature, dice)
        k = int(letters)
        for bar, height in zip(bars, ys[k], strict=True):
            bar.set_height(height)
        taken = CHARACTERS.index(drawn[k])
        mark.set_data([taken], [ys[k, taken] + 0.05])
        so_far = (FIRST + drawn[:k]).replace("\n", "¶")
        text.set_text(fill(so_far + "_", 52, drop_whitespace=False))
        return (
            f"Temperature {temperature:g}, {k} characters drawn: “{so_far}”. The next one is "
            f"{SHOWN.get(drawn[k], drawn[k])}, which had {ys[k, taken]:.2f}."
        )

    return Demo(
        ax,
        {
            "letters": slider("characters drawn", 0, 0, LENGTH - 1, 1, 0),
            "temperature": scale("temperature", 1.0, TEMPERATURES),
            "dice": choice("dice", DICE, "first"),
        },
        [*bars, mark, text],
        update,
        title="The next character, and which one the dice took",
        question="At which temperature does it write words, and not the same ones for ever?",
        hint="Press Play; then change the temperature.",
        play=Play("letters", 0.4),
        stored={"letters": range(0, LENGTH, 2), "temperature": [0.1, 0.5, 1.0, 2.0]},
        start=start,
    )
