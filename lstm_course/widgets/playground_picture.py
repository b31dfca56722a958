"""The picture of the gate playground: a memory, a row of bars for each gate, and gradients."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from numpy.typing import NDArray

from ..networks.by_hand import STEPS
from ..plots.figures import new_axes, styled
from ..plots.palette import AXIS, GUIDE, LINE, style_of

ROWS = {"f": "f_t", "i": "i_t", "c_tilde": "c_tilde", "o": "o_t"}
LOWER, UPPER = (0.5, 1, 3, 5, 10, 20), (2.5, 3, 5, 10, 20)  # limits that the axis may have
GRADIENTS = (2, 5, 10, 20, 50, 100, 200, 400)
BAR = {"wide": 11, "narrow": 5}  # points


def bars(values: NDArray, shift: float = 0.0) -> tuple[NDArray, NDArray]:
    """Return one line that goes up from zero to the value at each step."""
    t, gaps = np.arange(1, len(values) + 1) + shift, np.full(len(values), np.nan)
    x, y = np.column_stack([t, t, gaps]), np.column_stack([0 * values, values, gaps])
    return x.ravel(), y.ravel()


def limit_for(limits: Sequence[float], value: float) -> float:
    """Return the first limit that leaves room for a value."""
    return next((limit for limit in limits if value <= limit), limits[-1])


class PlaygroundPicture:
    """Panels below each other over the same steps.

    Parameters
    ----------
    rows : sequence of str
        Which of "f", "i", "c_tilde", "o" have a row.
    goal : float
        Where the dashed line lies.
    with_gradient : bool
        Add a panel for gradients.

    Attributes
    ----------
    memory : Axes
        The panel of c.
    rows : dict of name to Axes
        One for each row of bars.
    moving : list of artists
        All that moves.
    """

    @styled
    def __init__(self, rows: Sequence[str], goal: float, *, with_gradient: bool) -> None:
        ratios = [2.5, *(0.95 if row == "c_tilde" else 0.62 for row in rows)]
        ratios += [1.3] if with_gradient else []
        height = 0.72 * sum(ratios) + 0.5
        axes = new_axes(len(ratios), 1, height=height, sharex=True, height_ratios=ratios)
        self.memory, self.rows = axes[0], dict(zip(rows, axes[1:], strict=False))
        self.gradient = axes[-1] if with_gradient else None
        self._frame(axes, goal)
        self.this_step = [ax.axvline(1, color=LINE, linewidth=16, zorder=0) for ax in axes]
        self.bars = {row: self._bar(ax, ROWS[row]) for row, ax in self.rows.items()}
        self.lines = self._lines("o" in rows)
        self.text = self.memory.text(0, 0, "", va="center")
        self.d = {}
        if self.gradient:
            self.d = {name: self._bar(self.gradient, ROWS[name]) for name in ("f", "i")}
        self.arrange("wide")

    def _frame(self, axes: NDArray, goal: float) -> None:
        self.memory.axhline(0, color=AXIS, linewidth=0.8, zorder=0)
        self.memory.axhline(goal, **GUIDE)
        self.memory.annotate(
            "goal", (STEPS + 0.9, goal), color=GUIDE["color"], va="center", fontsize=9,
            annotation_clip=False,
        )  # fmt: skip
        self.memory.set_ylabel("$c_t$", rotation=0, va="center", labelpad=10)
        for row, ax in self.rows.items():
            low, ticks = (-1.25, [-1, 0, 1]) if row == "c_tilde" else (-0.1, [0, 1])
            ax.set(ylim=(low, 1.25), yticks=ticks)
            ax.axhline(0, color=AXIS, linewidth=0.8, zorder=0)
            ax.spines["bottom"].set_visible(False)
            ax.tick_params(bottom=False)
            self._name(ax, ROWS[row])
        if self.gradient:
            self.gradient.axhline(0, color=AXIS, linewidth=0.8, zorder=0)
            for k, name in enumerate(("f_t", "i_t")):
                look = {"color": style_of(name).color, "transform": self.gradient.transAxes}
                label = rf"$\partial L / \partial {name}$"
                self.gradient.text(0.02 + 0.28 * k, 1.03, label, va="bottom", **look)
        self.memory.tick_params(bottom=False)
        self.memory.spines["bottom"].set_visible(False)
        axes[-1].set(xlim=(-0.6, STEPS + 0.8), xlabel="step $t$", xticks=range(0, STEPS + 1, 5))
        axes[-1].tick_params(bottom=True)

    def _name(self, ax: Any, quantity: str) -> None:
        style = style_of(quantity)
        ax.set_ylabel(style.label, color=style.color, rotation=0, va="center", labelpad=10)

    def _bar(self, ax: Any, quantity: str) -> Artist:
        color = style_of(quantity).color
        return ax.plot([], [], color=color, solid_capstyle="butt", alpha=0.75)[0]

    def _lines(self, with_h: bool) -> dict[str, Artist]:
        line = style_of("c_t").line()
        c = line | {"marker": "o", "markersize": 3.6, "markerfacecolor": line["color"]}
        to_come = line | {"linewidth": 1.2, "linestyle": (0, (1.5, 2))}
        lines = {"to_come": self.memory.plot([], [], **to_come)[0]}
        lines["c_t"] = self.memory.plot([], [], **c)[0]
        if with_h:
            look = style_of("h_t").line() | {"marker": "s", "markersize": 3}
            lines["h_t"] = self.memory.plot([], [], **look)[0]
        return lines

    @property
    def moving(self) -> list[Artist]:
        """All that moves."""
        parts = [*self.bars.values(), *self.d.values(), *self.lines.values()]
        return [*self.this_step, *parts, self.text]

    def arrange(self, size: str) -> None:
        """Draw thinner bars where there is less room."""
        for line in self.bars.values():
            line.set_linewidth(BAR[size])
        for line in self.d.values():
            line.set_linewidth(BAR[size] / 2)
        for mark in self.this_step:
            mark.set_linewidth(1.45 * BAR[size])

    def move(
        self, step: int, rows: Mapping[str, NDArray], memory: NDArray, shown: NDArray | None
    ) -> None:
        """Show what is set at all steps, and the memory up to this step and from there on."""
        c = np.append(0.0, memory)
        lower, upper = (limit_for(LOWER, -c.min()), limit_for(UPPER, c.max()))
        margin = 0.04 * (upper + lower)
        self.memory.set_ylim(-lower - margin, upper + margin)
        for row, line in self.bars.items():
            line.set_data(*bars(rows[row]))
        self.lines["c_t"].set_data(range(step + 1), c[: step + 1])
        self.lines["to_come"].set_data(range(step, STEPS + 1), c[step:])
        if shown is not None:
            self.lines["h_t"].set_data(range(1, step + 1), shown[:step])
        for mark in self.this_step:
            mark.set_xdata([step] * 2)
        self._label(step, c[step], upper, upper + lower)

    def _label(self, step: int, value: float, upper: float, span: float) -> None:
        """Write the memory beside its point, where there is room."""
        below = value > upper - 0.2 * span
        self.text.set(x=step, y=value + (-0.13 if below else 0.13) * span)
        self.text.set_text(f"$c_{{{step}}}$ = {value + 0.0:.2f}".replace("-", "−"))
        self.text.set_ha("left" if step < 3 else "right" if step > STEPS - 3 else "center")

    def move_gradient(self, df: NDArray, di: NDArray, *, visible: bool) -> None:
        """Show two bars for each step, or none."""
        largest = max(np.abs(df).max(), np.abs(di).max())
        limit = limit_for(GRADIENTS, largest)
        self.gradient.set_ylim(-1.05 * limit, 1.05 * limit)
        for (name, values), shift in zip({"f": df, "i": di}.items(), (-0.17, 0.17), strict=True):
            self.d[name].set_data(*(bars(values, shift) if visible else ([], [])))
