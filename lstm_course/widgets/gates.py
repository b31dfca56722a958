"""Demos of lessons 02 to 06: gates, the candidate, and what they do to a memory."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .. import running_example as cell
from ..equations import cell_state, concat, sigmoid
from ..plots.figures import new_axes
from ..plots.palette import GUIDE, style_of
from .base import Demo, choice, slider

SIGNAL = np.array([1.0, -0.8, 0.5, 0.9, -0.4])
UNITS = ("subject's number", "clause")


def soft_switch_demo() -> Demo:
    """Lesson 02: one gate value times a signal of five features."""
    ax = new_axes(height=2.6)
    places = np.arange(len(SIGNAL))
    ax.bar(places, SIGNAL, width=0.6, fill=False, edgecolor="#6E6E6E", linestyle="--")
    bars = ax.bar(places, SIGNAL, width=0.6, color=style_of("gate").color)
    ax.axhline(0, color="#444444", linewidth=0.8)
    ax.set(ylim=(-1.2, 1.2), xlabel="feature", ylabel="gate ⊙ signal", xticks=places)
    ax.set_xticklabels([str(k + 1) for k in places])

    def update(gate: float) -> str:
        for bar, height in zip(bars, gate * SIGNAL, strict=True):
            bar.set_height(height)
        passed = ", ".join(f"{value:.2f}" for value in gate * SIGNAL + 0.0)
        return f"gate = {gate:.2f}: of {', '.join(f'{v:g}' for v in SIGNAL)} there passes {passed}."

    controls = {"gate": slider("gate", 1.0, 0, 1, 0.05)}
    return Demo(ax, controls, list(bars), update, title="A signal of five features and its gate")


def squashers(w: float, b: float, u: ArrayLike) -> dict[str, NDArray]:
    """Return σ, tanh and a hard threshold of w u + b."""
    a = w * np.asarray(u) + b
    return {"sigmoid": sigmoid(a), "tanh": np.tanh(a), "step": (a > 0).astype(float)}


def sigmoid_shape_demo() -> Demo:
    """Lesson 02: slope and shift of σ, with tanh and a hard threshold beside it."""
    u = np.linspace(-6, 6, 241)
    ax = new_axes(height=3.0)
    lines = {}
    for name in ("step", "tanh", "sigmoid"):
        (lines[name],) = ax.plot(u, u, **style_of(name).line())
    ax.axhline(0, color="#BBBBBB", linewidth=0.8, zorder=0)
    ax.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0))
    ax.set(ylim=(-1.15, 1.15), xlim=(-6, 6), xlabel="input $u$", ylabel="value")

    def update(w: float, b: float) -> str:
        for name, values in squashers(w, b, u).items():
            lines[name].set_ydata(values)
        if w == 0:
            return f"w = 0: σ is {sigmoid(b):.2f} everywhere; it no longer looks at u."
        middle = -b / w
        return (
            f"w = {w:.1f}, b = {b:.1f}: σ passes one half at u = {middle + 0.0:.2f}, "
            f"where its slope is {w / 4:.2f}."
        )

    controls = {"w": slider("w", 1.0, -5, 5, 0.5, 1), "b": slider("b", 0.0, -5, 5, 0.5, 1)}
    title = "σ, tanh and a hard threshold of w u + b"
    return Demo(ax, controls, list(lines.values()), update, title=title)


def input_gate_of(h2: float, noun: float, bias: float) -> tuple[NDArray, NDArray]:
    """Return a_i and i_t of the running example with three of its numbers changed."""
    z_t = concat([cell.h_prev[0], h2], [noun, 1.0, 0.0])
    a_i = z_t @ cell.W_i + cell.b_i + np.array([bias, 0.0])
    return a_i, sigmoid(a_i)


def two_unit_gate_demo() -> Demo:
    """Lesson 03: what opens the input gate of the two-unit cell."""
    ax = new_axes(height=2.6)
    bars = ax.bar(UNITS, [0.5, 0.5], width=0.45, color=style_of("i_t").color)
    texts = [ax.text(k, 0.5, "", ha="center", va="bottom") for k in range(2)]
    ax.set(ylim=(0, 1.15), yticks=[0, 0.5, 1], ylabel="$i_t$", xlim=(-0.6, 1.6))
    ax.set_yticklabels(["0 write nothing", "0.5", "1 write all"])

    def update(h2: float, noun: float, bias: float) -> str:
        a_i, i_t = input_gate_of(h2, noun, bias)
        for bar, text, value in zip(bars, texts, i_t, strict=True):
            bar.set_height(value)
            text.set_text(f"{value:.2f}")
            text.set_y(value + 0.01)
        return (
            f"unit 1: a = {a_i[0]:.1f}, so i = {i_t[0]:.2f}. "
            f"unit 2: a = {a_i[1]:.1f}, so i = {i_t[1]:.2f}."
        )

    controls = {
        "h2": slider("h of unit 2", 0.5, -1, 1, 0.1, 1),
        "noun": slider("noun", 1.0, 0, 1, 0.1, 1),
        "bias": slider("added to b of unit 1", 0.0, -4, 4, 0.5, 1),
    }
    title = "Input gate of the two-unit cell"
    return Demo(ax, controls, [*bars, *texts], update, title=title)


def memory_left(f: float, steps: int = 100) -> NDArray:
    """Return what is left of a memory of 1 after 0, 1, …, `steps` steps: f to the power of n."""
    return np.power(float(f), np.arange(steps + 1))


def half_gone(f: float) -> int | None:
    """Return the first step after which half or less is left; None when that never comes."""
    if f <= 0:
        return 1
    return None if f >= 1 else int(np.ceil(np.log(0.5) / np.log(f) - 1e-9))


def half_life_demo() -> Demo:
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
        mark.set_data([np.nan if gone is None else gone], [0.5])
        left = f"{f**20:.2f} is left after 20"
        if gone is None:
            return "f = 1.00: nothing is ever lost; 1.00 is left after 20."
        steps = "step" if gone == 1 else "steps"
        return f"f = {f:.2f}: half is gone after {gone} {steps}; {left}."

    controls = {"f": slider("f", 0.9, 0, 1, 0.01)}
    return Demo(ax, controls, [curve, mark], update, title="A memory multiplied by f at each step")


OPEN_AT = {"never": (), "at step 20": (19,), "at steps 5 to 10": tuple(range(4, 10))}


def held_and_shown(closed: float, open_: float, when: str, steps: int = 20) -> tuple:
    """Return c, o and h = o ⊙ tanh(c) of a memory of 1 that is held for `steps` steps."""
    o = np.full(steps, closed)
    o[list(OPEN_AT[when])] = open_
    c = np.ones(steps)
    return c, o, o * np.tanh(c)


def show_and_hold_demo() -> Demo:
    """Lesson 05: a memory that is held, and an output gate that opens and shuts."""
    steps = np.arange(1, 21)
    ax = new_axes(height=2.8)
    ax.plot(steps, np.ones(20), **style_of("c_t").line())
    (gate,) = ax.plot(steps, np.ones(20), drawstyle="steps-mid", **style_of("o_t").line())
    (shown,) = ax.plot(
        steps, np.ones(20), marker="o", markersize=4, color=style_of("h_t").color, label="$h_t$"
    )
    ax.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0))
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

    controls = {
        "closed": slider("o when shut", 0.05, 0, 1, 0.05),
        "open_": slider("o when open", 0.95, 0, 1, 0.05),
        "when": choice("opens", list(OPEN_AT), "at steps 5 to 10"),
    }
    return Demo(ax, controls, [gate, shown], update, title="A memory held and shown")


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


def candidate_demo() -> Demo:
    """Lesson 06: what a memory can hold when the candidate is tanh, and when it is σ."""
    ax = new_axes(height=3.0)
    ax.axhline(0, color="#BBBBBB", linewidth=0.8, zorder=0)
    (with_tanh,) = ax.plot(range(1, 61), np.zeros(60), **style_of("tanh").line())
    (with_sigmoid,) = ax.plot(range(1, 61), np.zeros(60), **style_of("sigmoid").line())
    ax.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0))
    ax.set(xlim=(1, 60), ylim=(-12, 32), xlabel="step $t$", ylabel="memory $c_t$")

    def update(f: float, i: float, shift: float) -> str:
        t, s = (memory_of_offers(name, f, i, shift) for name in ("tanh", "σ"))
        with_tanh.set_ydata(t)
        with_sigmoid.set_ydata(s)
        return (
            f"after 60 steps: {t[-1] + 0.0:.1f} with tanh, {s[-1]:.1f} with σ. "
            f"With σ the memory went down {int((np.diff(s) < -1e-9).sum())} times."
        )

    controls = {
        "f": slider("f", 1.0, 0, 1, 0.05),
        "i": slider("i", 0.5, 0, 1, 0.05),
        "shift": slider("added to every offer", 0.0, -2, 2, 0.25),
    }
    title = "A memory of random offers, with tanh and with σ"
    return Demo(ax, controls, [with_tanh, with_sigmoid], update, title=title)
