"""Demos of lessons 04 to 06: gates, the candidate, and what they do to a memory."""

import numpy as np
from numpy.typing import NDArray

from ..equations import cell_state, sigmoid
from ..plots.figures import new_axes, styled
from ..plots.palette import AXIS, GUIDE, style_of
from .base import Demo
from .controls import Handle, choice, scale, slider


def memory_left(f: float, steps: int = 100) -> NDArray:
    """Return what is left of a memory of 1 after 0, 1, …, `steps` steps: f to the power of n."""
    return np.power(float(f), np.arange(steps + 1))


def half_gone(f: float) -> int | None:
    """Return the first step after which half or less is left; None when that never comes."""
    if f <= 0:
        return 1
    return None if f >= 1 else int(np.ceil(np.log(0.5) / np.log(f) - 1e-9))


NINES = (
    *(k / 10 for k in range(9)),
    *(round(0.9 + k / 100, 2) for k in range(9)),
    *(round(0.99 + k / 1000, 3) for k in range(10)),
    1.0,
)


@styled
def half_life_demo(**start: float) -> Demo:
    """Lesson 04: f and the curve of a memory over 100 steps."""
    ax = new_axes(height=3.0)
    ax.axhline(0.5, **GUIDE)
    ax.annotate("half", (99, 0.52), color=GUIDE["color"], ha="right", fontsize=9)
    (curve,) = ax.plot(range(101), memory_left(1.0), **style_of("c_t").line())
    (mark,) = ax.plot([0], [0.5], "o", color=style_of("f_t").color, markersize=8)
    ax.set(xlim=(0, 100), ylim=(0, 1.05), xlabel="step $t$", ylabel="memory $c_t$")

    def update(f: float) -> str:
        curve.set_ydata(memory_left(f))
        gone = half_gone(f)
        mark.set_data([np.nan if gone is None or gone > 100 else gone], [0.5])
        left = f"{f**20:.2f} is left after 20"
        if gone is None:
            return "f = 1.00: nothing is ever lost; 1.00 is left after 20."
        steps = "step" if gone == 1 else "steps"
        return f"f = {_nines(f)}: half is gone after {gone} {steps}; {left}."

    return Demo(
        ax,
        {"f": scale("forget gate f", 0.9, NINES, _nines, quantity="f_t")},
        [curve, mark],
        update,
        title="A memory multiplied by f at each step",
        question="Which f keeps half of the memory for 40 steps?",
        hint="Drag the point. Near 1 each slider step is a tenth of the one before.",
        handles=[Handle("f", lambda f: (min(half_gone(f) or 100, 100), 0.5))],
        stored={"f": NINES},
        start=start,
    )


def _nines(f: float) -> str:
    """Write f with as many digits as tell it from its neighbors."""
    return f"{f:.3f}" if 0.99 < f < 0.9995 else f"{f:.2f}"


EIGHTHS = (0.0, 0.05, 0.25, 0.5, 0.75, 0.95, 1.0)
OPEN_AT = {"never": (), "at step 20": (19,), "at steps 5 to 10": tuple(range(4, 10))}


def held_and_shown(closed: float, open_: float, when: str, steps: int = 20) -> tuple:
    """Return c, o and h = o ⊙ tanh(c) of a memory of 1 that is held for `steps` steps."""
    o = np.full(steps, closed)
    o[list(OPEN_AT[when])] = open_
    c = np.ones(steps)
    return c, o, o * np.tanh(c)


@styled
def show_and_hold_demo(**start: float) -> Demo:
    """Lesson 05: a memory that is held, and an output gate that opens and shuts."""
    steps = np.arange(1, 21)
    ax = new_axes(height=2.8)
    ax.plot(steps, np.ones(20), **style_of("c_t").line())
    (gate,) = ax.plot(steps, np.ones(20), drawstyle="steps-mid", **style_of("o_t").line())
    (shown,) = ax.plot(
        steps, np.ones(20), marker="o", markersize=4, color=style_of("h_t").color, label="$h_t$"
    )
    ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=3)
    ax.set(xlim=(0.5, 20.5), ylim=(-0.05, 1.12), xlabel="step $t$", ylabel="value")
    ax.set_xticks([1, 5, 10, 15, 20])

    def update(closed: float, open_: float, when: str) -> str:
        _, o, h = held_and_shown(closed, open_, when)
        gate.set_ydata(o)
        shown.set_ydata(h)
        visible = [str(t) for t in steps[h > 0.5]]
        at = f"at {len(visible)} of 20 steps" if visible else "at no step"
        return (
            f"c is 1 at every step. h is above 0.5 {at}; "
            f"it lies between {h.min():.2f} and {h.max():.2f}."
        )

    def opened(closed: float, open_: float, when: str) -> tuple[float, float]:
        return float(np.mean(OPEN_AT[when]) + 1) if OPEN_AT[when] else np.nan, open_

    return Demo(
        ax,
        {
            "when": choice("the gate opens", list(OPEN_AT), "at steps 5 to 10"),
            "closed": slider("o when shut", 0.05, 0, 1, 0.05, quantity="o_t"),
            "open_": slider("o when open", 0.95, 0, 1, 0.05, quantity="o_t"),
        },
        [gate, shown],
        update,
        title="A memory held and shown",
        question="Show the memory at step 20 alone. What is h before that?",
        hint="Choose when the gate opens, then how far it shuts.",
        handles=[Handle("open_", opened), Handle("closed", lambda closed, **_: (2.5, closed))],
        stored={"when": list(OPEN_AT), "closed": EIGHTHS, "open_": EIGHTHS},
        start=start,
    )


OFFERS = np.random.default_rng(3).normal(size=60)


def memory_of_offers(squash: str, f: float, i: float, shift: float) -> NDArray:
    """Run equation 5 on 60 random offers, squashed by "tanh" or "σ"."""
    a = OFFERS + shift
    offers = np.tanh(a) if squash == "tanh" else sigmoid(a)
    c, seen = 0.0, []
    for offer in offers:
        c = float(cell_state(f, c, i, offer))
        seen.append(c)
    return np.array(seen)


LIMITS = (2, 5, 10, 20, 40, 80)  # the axis takes the next one of these


def _next_limit(value: float) -> float:
    return next(limit for limit in LIMITS if value <= limit)


@styled
def candidate_demo(**start: float) -> Demo:
    """Lesson 06: what a memory can hold when the candidate is tanh, and when it is σ."""
    ax = new_axes(height=3.0)
    ax.axhline(0, color=AXIS, linewidth=0.8, zorder=0)
    (with_tanh,) = ax.plot(range(1, 61), np.zeros(60), **style_of("tanh").line())
    (with_sigmoid,) = ax.plot(range(1, 61), np.zeros(60), **style_of("sigmoid").line())
    ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2)
    ax.set(xlim=(1, 60), ylim=(-10, 20), xlabel="step $t$", ylabel="memory $c_t$")
    ax.set_xticks([1, 20, 40, 60])

    def update(f: float, i: float, shift: float) -> str:
        t, s = (memory_of_offers(name, f, i, shift) for name in ("tanh", "σ"))
        with_tanh.set_ydata(t)
        with_sigmoid.set_ydata(s)
        ax.set_ylim(-_next_limit(-min(t.min(), 0)), _next_limit(max(t.max(), s.max(), 0)))
        return (
            f"after 60 steps: {t[-1] + 0.0:.1f} with tanh, {s[-1]:.1f} with σ. "
            f"With σ the memory went down {int((np.diff(s) < -1e-9).sum())} times."
        )

    return Demo(
        ax,
        {
            "f": slider("forget gate f", 1.0, 0, 1, 0.05, quantity="f_t"),
            "i": slider("input gate i", 0.5, 0, 1, 0.05, quantity="i_t"),
            "shift": slider("added to every offer", 0.0, -2, 2, 0.25),
        },
        [with_tanh, with_sigmoid],
        update,
        title="A memory of random offers, with tanh and with σ",
        question="Which settings let the memory come down again?",
        hint="60 random offers, squashed by tanh or by σ.",
        stored={"f": [0, 0.5, 0.8, 0.9, 0.95, 1], "i": [0, 0.5, 1], "shift": range(-2, 3)},
        start=start,
    )
