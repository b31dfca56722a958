"""Demos of lessons 02 and 03: what a gate does to a signal, and what sets a gate."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .. import running_example as cell
from ..equations import sigmoid
from ..plots.figures import new_axes, styled
from ..plots.palette import AXIS, SOFT, style_of
from .base import Demo
from .controls import Handle, slider

SIGNAL = np.array([1.0, -0.8, 0.5, 0.9, -0.4])
UNITS = ("subject's number", "clause")
AXES = (0, 14.5)  # where the bars of a unit begin
ROWS = ("$h$ unit 1", "$h$ unit 2", "noun", "plural", "clause", "bias")


@styled
def soft_switch_demo(**start: float) -> Demo:
    """Lesson 02: one gate value times a signal of five features."""
    ax = new_axes(height=2.6)
    places = np.arange(len(SIGNAL))
    ax.bar(places, SIGNAL, width=0.6, fill=False, edgecolor=style_of("x_t").color, linestyle="--")
    bars = ax.bar(places, SIGNAL, width=0.6, color=style_of("gate").color)
    ax.axhline(0, color=AXIS, linewidth=0.8)
    ax.set(ylim=(-1.2, 1.2), xlabel="feature", ylabel="gate ⊙ signal", xticks=places)
    ax.set_xticklabels([str(k + 1) for k in places])

    def update(gate: float) -> str:
        for bar, height in zip(bars, gate * SIGNAL, strict=True):
            bar.set_height(height)
        given, passed = (
            ", ".join(f"{value:.{digits}f}" for value in values).replace("-", "−")
            for values, digits in ((SIGNAL, 1), (gate * SIGNAL + 0.0, 2))
        )
        return f"gate = {gate:.2f}: of {given} there passes {passed}."

    return Demo(
        ax,
        {"gate": slider("gate", 1.0, 0, 1, 0.05, quantity="gate")},
        list(bars),
        update,
        title="A signal of five features and its gate",
        question="Can a gate make a feature larger, or turn its sign?",
        hint="Drag a bar.",
        handles=[Handle("gate", lambda gate, k=k: (places[k], gate * SIGNAL[k])) for k in places],
        stored={"gate": [k / 20 for k in range(21)]},
        start=start,
    )


def squashers(w: float, b: float, u: ArrayLike) -> dict[str, NDArray]:
    """Return σ, tanh and a hard threshold of w u + b."""
    a = w * np.asarray(u) + b
    return {"sigmoid": sigmoid(a), "tanh": np.tanh(a), "step": (a > 0).astype(float)}


@styled
def sigmoid_shape_demo(**start: float) -> Demo:
    """Lesson 02: slope and shift of σ, with tanh and a hard threshold beside it."""
    u = np.linspace(-6, 6, 241)
    ax = new_axes(height=3.0)
    lines = {}
    for name in ("step", "tanh", "sigmoid"):
        (lines[name],) = ax.plot(u, u, **style_of(name).line())
    (middle,) = ax.plot([0], [0.5], "o", color=style_of("sigmoid").color, markersize=7)
    ax.axhline(0, color=AXIS, linewidth=0.8, zorder=0)
    ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=3)
    ax.set(ylim=(-1.15, 1.15), xlim=(-6, 6), xlabel="input $u$", ylabel="value")

    def half_way(w: float, b: float) -> tuple[float, float]:
        return (float(np.clip(-b / w, -6, 6)), 0.5) if w else (0.0, float(sigmoid(b)))

    def update(w: float, b: float) -> str:
        for name, values in squashers(w, b, u).items():
            lines[name].set_ydata(values)
        x, y = half_way(w, b)
        middle.set_data([x if w == 0 or abs(b / w) <= 6 else np.nan], [y])
        if w == 0:
            return f"w = 0: σ is {sigmoid(b):.2f} everywhere; it no longer looks at u."
        return (
            f"w = {w:.1f}, b = {b:.1f}: σ passes one half at u = {-b / w + 0.0:.2f}, "
            f"where its slope is {w / 4:.2f}."
        ).replace("-", "−")

    return Demo(
        ax,
        {"w": slider("weight w", 1.0, -5, 5, 0.5, 1), "b": slider("bias b", 0.0, -5, 5, 0.5, 1)},
        [*lines.values(), middle],
        update,
        title="σ, tanh and a hard threshold of w u + b",
        question="What does w do to the ramp, and what does b do?",
        hint="Drag the middle of the ramp.",
        handles=[Handle("b", half_way)],
        stored={"w": np.arange(-5, 6, 1), "b": np.arange(-5, 6, 1)},
        start=start,
    )


def input_gate_of(z_t: ArrayLike) -> tuple[NDArray, NDArray]:
    """Return a_i and i_t of the running example at another z_t = [h_{t-1}, x_t]."""
    a_i = np.asarray(z_t) @ cell.W_i + cell.b_i
    return a_i, sigmoid(a_i)


class _Sums:
    """Two columns, one per unit: what each number of z_t, times its weight, adds to a_i."""

    def __init__(self) -> None:
        self.ax, self.gate = new_axes(1, 2, height=3.0, width_ratios=[2.4, 1])
        rows = np.arange(6)
        weights = np.vstack([cell.W_i, cell.b_i])
        self.bars, self.texts = [], []
        for unit, left in enumerate(AXES):
            self.ax.plot([left, left], [-0.5, 5.5], color=AXIS, linewidth=0.8)
            color = style_of("i_t").color
            self.bars.append(self.ax.barh(rows, np.ones(6), left=left, height=0.62, color=color))
            self.texts.append([self._text(left - 4.4, row, weights[row, unit]) for row in rows])
        self.sums = [self.ax.text(left, 6.05, "", ha="center", va="center") for left in AXES]
        self._frame(rows)
        self.open = self.gate.bar([0, 1], [0.5, 0.5], width=0.55, color=style_of("i_t").color)
        self.values = [self.gate.text(k, 0.5, "", ha="center", va="bottom") for k in range(2)]

    def _text(self, x: float, row: int, weight: float):  # noqa: ANN202
        look = {"ha": "right", "va": "center", "fontsize": 9, "color": SOFT}
        return self.ax.text(x, row, "", alpha=1.0 if weight else 0.55, **look)

    def _frame(self, rows: NDArray) -> None:
        self.ax.set(xlim=(-9, 17.5), ylim=(6.5, -1.0), yticks=rows)
        self.ax.set_yticklabels(ROWS)
        self.ax.tick_params(left=False)
        self.ax.spines[:].set_visible(False)
        self.ax.set_xticks(AXES, ["unit 1", "unit 2"])
        self.ax.xaxis.tick_top()
        self.ax.tick_params(top=False)
        self.gate.set(ylim=(0, 1.15), yticks=[0, 0.5, 1], ylabel="$i_t$", xlim=(-0.6, 1.6))
        self.gate.set_xticks([0, 1], ["unit 1", "unit 2"])

    def arrange(self, size: str) -> None:
        """Put the gates beside the sums, or below them in a small window."""
        figure = self.ax.figure
        narrow = size == "narrow"
        self.ax.set_xlim(-11.5 if narrow else -9, 17.5)
        for text in (text for column in self.texts for text in column):
            text.set_fontsize(7.5 if narrow else 9)
        if narrow:
            figure.set_figheight(5.0)
            grid = figure.add_gridspec(2, 1, height_ratios=[1.6, 1])
        else:
            grid = figure.add_gridspec(1, 2, width_ratios=[2.4, 1])
        self.ax.set_subplotspec(grid[0])
        self.gate.set_subplotspec(grid[1])

    @property
    def artists(self) -> list:
        """All that moves."""
        texts = [text for column in self.texts for text in column]
        bars = [bar for column in self.bars for bar in column]
        return [*bars, *texts, *self.sums, *self.open, *self.values]

    def move(self, z_t: NDArray) -> None:
        """Show the products, their sums and the gates."""
        parts = [*(z_t[:, None] * cell.W_i), cell.b_i]
        a_i, i_t = input_gate_of(z_t)
        for unit in range(2):
            for row in range(6):
                self.bars[unit][row].set_width(parts[row][unit])
                weight = cell.W_i[row, unit] if row < 5 else cell.b_i[unit]
                self.texts[unit][row].set_text(_product(weight, z_t[row] if row < 5 else None))
            self.sums[unit].set_text(f"$a_i$ = {_signed(a_i[unit])}")
            self.open[unit].set_height(i_t[unit])
            self.values[unit].set_text(f"{i_t[unit]:.2f}")
            self.values[unit].set_y(i_t[unit] + 0.05)


def _signed(value: float, digits: int = 1) -> str:
    return f"{value + 0.0:.{digits}f}".replace("-", "−")


def _product(weight: float, value: float | None) -> str:
    if value is None:
        return _signed(weight, 0)
    return f"{_signed(weight, 0)} · {_signed(value)}"


@styled
def two_unit_gate_demo(**start: float) -> Demo:
    """Lesson 03: what opens the input gate of the two-unit cell."""
    sums = _Sums()

    def update(**z: float) -> str:
        z_t = np.array(list(z.values()))
        sums.move(z_t)
        a_i, i_t = input_gate_of(z_t)
        return (
            f"unit 1: a = {_signed(a_i[0])}, so i = {i_t[0]:.2f}. "
            f"unit 2: a = {_signed(a_i[1])}, so i = {i_t[1]:.2f}."
        )

    return Demo(
        sums.ax,
        {
            "h1": slider("h of unit 1", cell.h_prev[0], -1, 1, 0.1, 1),
            "h2": slider("h of unit 2", cell.h_prev[1], -1, 1, 0.1, 1),
            "noun": slider("noun", 1.0, 0, 1, 0.1, 1),
            "plural": slider("plural", 1.0, 0, 1, 0.1, 1),
            "clause": slider("clause", 0.0, -1, 1, 0.1, 1),
        },
        sums.artists,
        update,
        title="Input gate of the two-unit cell",
        question="Which number moves both gates, and which one of them alone?",
        hint="Each row is a weight times a number.",
        handles=[Handle("noun", _top_of_unit_1, ax=sums.gate)],
        arrange=sums.arrange,
        stored=_few(h1=3, h2=5, noun=3, plural=2, clause=3),
        start=start,
    )


def _top_of_unit_1(**z: float) -> tuple[float, float]:
    return 0, input_gate_of(list(z.values()))[1][0]


def _few(**counts: int) -> dict[str, Sequence[float]]:
    """Return some positions of each number; with two or three a page has frames for all."""
    low = {"noun": 0.0, "plural": 0.0}
    return {name: np.linspace(low.get(name, -1.0), 1, n).round(1) for name, n in counts.items()}
