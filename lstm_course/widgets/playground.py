"""The gate playground: set the gates, take a step, watch the memory."""

from typing import Any

import numpy as np
from matplotlib.artist import Artist
from numpy.typing import NDArray

from ..networks.by_hand import NOISE, NUMBERS, PRESETS, STEPS, play, show_memory
from ..plots.figures import new_axes, style
from ..plots.palette import AXIS, GUIDE, style_of
from .base import Demo
from .controls import Play, choice, slider

OFFERS = {
    "my own": None,
    "noise": NOISE,
    "numbers to add up": np.resize(NUMBERS, STEPS),
}
PACE = 0.7  # seconds a step while playing
LIMIT = 3.0  # the picture shows memories up to here


class Track:
    """What was set at each step so far; going back forgets the steps taken back.

    Attributes
    ----------
    taken : list of (f, i, c_tilde, o)
        One entry per step.
    """

    def __init__(self) -> None:
        self.taken: list[tuple[float, float, float, float]] = []

    def settings(
        self, steps: int, f: float, i: float, c_tilde: float, o: float, offers: str
    ) -> NDArray:
        """Go to step `steps` and return the settings of all steps, taken and to come.

        Returns
        -------
        array (4, STEPS)
            f, i, c̃, o at each step; steps to come have the gates as they stand now.
        """
        own = OFFERS[offers]
        offered = np.full(STEPS, c_tilde) if own is None else own
        del self.taken[steps:]
        now = [(f, i, float(offered[t]), o) for t in range(STEPS)]
        self.taken += now[len(self.taken) : steps]
        return np.array([*self.taken, *now[steps:]]).T


class GatePlayground(Demo):
    """A memory whose gates are moved by sliders and presets, step by step.

    Parameters
    ----------
    with_output : bool
        Also show the output gate o and the hidden state h (from lesson 08 on).

    Attributes
    ----------
    memory : array (STEPS,)
        The memory after each step, those to come included.
    """

    def __init__(self, *, with_output: bool = False) -> None:
        self.with_output, self.track = with_output, Track()
        self.memory = np.zeros(STEPS)
        ax = self._axes()
        moving = self._artists()
        controls = {
            "f": slider("forget gate f", 1.0, 0, 1, 0.05, quantity="f_t"),
            "i": slider("input gate i", 0.0, 0, 1, 0.05, quantity="i_t"),
            "c_tilde": slider("offer c̃", 1.0, -1, 1, 0.1, quantity="c_tilde"),
        }
        if with_output:
            controls["o"] = slider("output gate o", 1.0, 0, 1, 0.05, quantity="o_t")
        controls["offers"] = choice("offers", list(OFFERS), "my own")
        controls["steps"] = slider("steps taken", 0, 0, STEPS, 1, 0)
        super().__init__(
            ax,
            controls,
            moving,
            self._show,
            title="A memory and its gates over 20 steps",
            question="Bring the memory to 2 and hold it there.",
            hint="Start from a word, then take steps.",
            presets={name: _preset(preset) for name, preset in PRESETS.items()},
            play=Play("steps", PACE),
        )

    def _axes(self) -> Any:
        axes = new_axes(2, 1, height=4.2, sharex=True, height_ratios=[2, 1])
        self.top, self.low = axes
        with style():
            self.top.axhline(0, color=AXIS, linewidth=0.8, zorder=0)
            self.top.set(ylim=(-LIMIT, LIMIT), xlim=(-0.6, STEPS + 0.4))
            self.top.set_ylabel("memory $c$, offer $\\tilde{c}$")
            self.low.set(ylim=(-0.08, 1.08), yticks=[0, 0.5, 1], ylabel="gates", xlabel="step $t$")
            self.low.set_xticks(range(0, STEPS + 1, 5))
        return self.top

    def _artists(self) -> list[Artist]:
        def line(ax: Any, name: str, **more: Any) -> Artist:
            return ax.plot([], [], **{**style_of(name).line(), **more})[0]

        steps = {"drawstyle": "steps-mid"}
        self.lines = {
            "c_tilde": line(self.top, "c_tilde", linestyle="", marker="D", markersize=4),
            "next": line(self.top, "c_t", linewidth=1.0, linestyle=":", label="$c_t$ to come"),
            "c_t": line(self.top, "c_t", marker="o", markersize=4, markerfacecolor="#000000"),
            # three widths: gates of the same value lie inside each other and stay visible
            "f_t": line(self.low, "f_t", linewidth=6, **steps),
            "i_t": line(self.low, "i_t", linewidth=3.2, **steps),
        }
        if self.with_output:
            self.lines["h_t"] = line(self.top, "h_t", marker="s", markersize=3)
            self.lines["o_t"] = line(self.low, "o_t", linewidth=1.4, **steps)
        with style():
            for ax in (self.top, self.low):
                ax.legend(loc="center left", bbox_to_anchor=(1.0, 0.5))
        now = [ax.axvline(0.5, color=GUIDE["color"], linewidth=1.0) for ax in (self.top, self.low)]
        self.now = now
        return [*self.lines.values(), *now]

    def _show(self, steps: float, offers: str, o: float = 1.0, **gates: float) -> str:
        """Move the lines and say what they show."""
        steps = int(steps)
        f, i, c_tilde, o_t = self.track.settings(steps, o=o, offers=offers, **gates)
        self.memory = c = play(f, i, c_tilde)
        t, with_start = np.arange(1, STEPS + 1), np.concatenate([[0.0], c])
        values = {"c_tilde": c_tilde, "f_t": f, "i_t": i, "o_t": o_t, "h_t": show_memory(o_t, c)}
        for name, line in self.lines.items():
            if name in values:
                upto = steps if name == "h_t" else STEPS
                line.set_data(t[:upto], values[name][:upto])
        self.lines["c_t"].set_data(range(steps + 1), with_start[: steps + 1])
        self.lines["next"].set_data(range(steps, STEPS + 1), with_start[steps:])
        for mark in self.now:
            mark.set_xdata([steps + 0.5] * 2)
        return self._say(steps, f, i, c_tilde, with_start, values["h_t"])

    def _say(self, steps: int, f: Any, i: Any, c_tilde: Any, c: Any, h: Any) -> str:
        shows = f" and shows {_number(h[steps - 1])}" if self.with_output and steps else ""
        taken = f"After step {steps} the memory is {_number(c[steps])}{shows}."
        if steps == 0:
            taken = "No step taken yet: the memory is 0.00."
        beyond = " That is beyond the picture." if abs(c[steps]) > LIMIT else ""
        if steps == STEPS:
            return f"{taken}{beyond} This is the last step; Reset begins anew."
        return (
            f"{taken}{beyond} Next: {f[steps]:.2f} · {_factor(c[steps])} + {i[steps]:.2f} · "
            f"{_factor(c_tilde[steps])} = {_number(c[steps + 1])}."
        )


def _preset(preset: Any) -> dict[str, float]:
    """Return what a preset sets; where nothing is written the offer stays as it is."""
    gates = {"f": preset.f, "i": preset.i}
    return {**gates, "c_tilde": preset.c_tilde} if preset.i else gates


def _number(value: float) -> str:
    text = f"{round(float(value), 2) + 0.0:.2f}"
    return text.replace("-", "−")


def _factor(value: float) -> str:
    text = _number(value)
    return f"({text})" if text.startswith("−") else text


def gate_playground(*, with_output: bool = False) -> GatePlayground:
    """Return the gate playground of lessons 07 and, with the output gate, 08 to 10.

    Parameters
    ----------
    with_output : bool
        Also show o and h.

    Returns
    -------
    GatePlayground
        Put it on the last line of a cell.
    """
    return GatePlayground(with_output=with_output)
