"""Draw the diagram with its arrows reversed, by Matplotlib: what stays, and what each word moves.

Thickness is the size of a gradient, and its number has the sign. Every wire stays as a dotted
line; those that carry something are drawn over it.
"""

from collections.abc import Container
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.figure import Figure
from matplotlib.patches import Circle, FancyBboxPatch
from matplotlib.text import Text
from numpy.typing import NDArray

from ..palette import AXIS, INK, LINE, PAPER, SERIES, SOFT, STYLES
from .backward import NOTHING, BackStep, factors, lit_forks
from .backward_layout import (
    NARROW,
    WIDE,
    Grid,
    boxes_of,
    forks_of,
    labels_of,
    paths_of,
    rings_of,
)
from .readings import signed

LIT = SERIES[1][0]
ALWAYS = ("dc_next", "from_h", "dc_t", "dc_prev", "dh_next", "dh_loss", "dh_t", "dh_prev")
TONES = {
    **dict.fromkeys(("dc_next", "dc_t", "dc_prev", "from_h"), "c_t"),
    **dict.fromkeys(("dh_next", "dh_loss", "dh_t", "dh_prev", "d_shown"), "h_t"),
    **dict.fromkeys(("df_t", "da_f", "z_f"), "f_t"),
    **dict.fromkeys(("di_t", "da_i", "z_i"), "i_t"),
    **dict.fromkeys(("do_t", "da_o", "z_o"), "o_t"),
    **dict.fromkeys(("dc_tilde", "da_c", "z_c"), "c_tilde"),
    **dict.fromkeys(("dz", "dx"), "x_t"),
}


def head_of(start: tuple[float, float], end: tuple[float, float]) -> NDArray:
    """Return the triangle at the end of a line."""
    way = np.subtract(end, start)
    way = way / np.hypot(*way)
    across = np.array([-way[1], way[0]])
    return np.array([end + way, end - 8 * way + 4.5 * across, end - 8 * way - 4.5 * across])


class BackwardPicture:
    """The diagram on an Axes of its own.

    Parameters
    ----------
    figure : Figure
        An empty one.
    walked : list of BackStep
        Every way open: sets what the thickest wire is, and the words above the diagram.

    Attributes
    ----------
    moving : list of artists
        What `show` moves.
    """

    def __init__(self, figure: Figure, walked: list[BackStep]) -> None:
        self.ax = figure.subplots()
        self.ax.set_axis_off()
        self.words = [back.word for back in reversed(walked)]
        self.biggest = max(np.abs(b.wires[n]).max() for b in walked for n in ("dc_t", "dh_t"))
        self.live = self.ax.add_collection(LineCollection([], joinstyle="round", zorder=2))
        self.heads = self.ax.add_collection(PolyCollection([], linewidths=0, zorder=3))
        self.bars = self.ax.add_collection(LineCollection([], linewidths=6, zorder=2))
        self.forks = {name: self.ax.add_patch(Circle((0, 0), 8.5, zorder=4)) for name in "chz"}
        self.pluses = {name: self._text("+", weight="bold", color=PAPER) for name in "chz"}
        self.numbers = {name: self._text("") for name in labels_of(WIDE)}
        self.sums = [self._text("", weight="bold") for _ in self.words]
        (self.here,) = self.ax.plot([], [], color=INK, linewidth=2.4, zorder=3)
        self.moving = [self.live, self.heads, self.bars, self.here, *self.forks.values()]
        self.moving += [*self.pluses.values(), *self.numbers.values(), *self.sums]
        self.stays: list[Artist] = []
        self.arrange("wide")

    def _text(self, text: str, **looks: Any) -> Text:
        return self.ax.text(0, 0, text, **{"color": INK, "ha": "center", "zorder": 6, **looks})

    # ---- where everything stands

    def arrange(self, size: str) -> None:
        """Place all for a "wide" or a "narrow" picture."""
        self.grid = g = NARROW if size == "narrow" else WIDE
        self.paths, self.labels = paths_of(g), labels_of(g)
        self.ax.figure.set_size_inches(g.width / 72, g.height / 72)
        self.ax.set(xlim=(0, g.width), ylim=(g.height, 0))
        for name, (x, y) in forks_of(g).items():
            self.forks[name].set_center((x, y))
            self.pluses[name].set(position=(x, y + 4), fontsize=12)
        for name, (x, y, anchor, _) in self.labels.items():
            weight = "normal" if name.startswith("×") else "bold"
            self.numbers[name].set(position=(x, y), ha=anchor, fontsize=g.font, weight=weight)
        for t, total in enumerate(self.sums):
            x, y = self.word_at(t)
            total.set(position=(x, y + 19), fontsize=g.font)
        for artist in self.stays:
            artist.remove()
        self.stays = [*self._ways(g), *self._boxes(g), *self._rings(g), *self._key(g)]

    def word_at(self, t: int) -> tuple[float, float]:
        """Return where a word stands, counted from the first."""
        first, distance = self.grid.words
        return first + distance * t, 14

    # ---- what stays

    def _ways(self, g: Grid) -> list[Artist]:
        """Draw every wire as if it carried nothing, and mark the way along c."""
        lines = [path for paths in self.paths.values() for path in paths]
        dead = LineCollection(lines, colors=AXIS, linewidths=1.2, linestyles=[(0, (1, 3))])
        heads = PolyCollection([head_of(*path[-2:]) for path in lines], facecolors=AXIS)
        heads.set(linewidths=0, zorder=1)
        (road,) = self.ax.plot([g.left, g.right], [g.c] * 2, color=LINE, linewidth=26, zorder=0)
        road.set_alpha(0.55)
        dots = [Circle(at, 2.6, facecolor=SOFT, zorder=2) for at in forks_of(g).values()]
        dots = [self.ax.add_patch(dot) for dot in dots]
        return [self.ax.add_collection(dead), self.ax.add_collection(heads), road, *dots]

    def _boxes(self, g: Grid) -> list[Artist]:
        drawn = []
        for x, y, (w, h), sign, tone in boxes_of(g).values():
            color = STYLES[tone].color if tone else INK
            drawn += [self._box(x, y, w, h, color), self._sign(x, y, sign, g.font)]
        x, width = g.pill
        return [*drawn, self._box(x, g.c, width, 18, STYLES["f_t"].color)]

    def _box(self, x: float, y: float, w: float, h: float, color: str) -> Artist:
        corner = (x - w / 2, y - h / 2)
        shape = FancyBboxPatch(corner, w, h, boxstyle="round,pad=0,rounding_size=5")
        shape.set(facecolor=PAPER, edgecolor=color, linewidth=1.8, zorder=3.5)
        return self.ax.add_patch(shape)

    def _sign(self, x: float, y: float, sign: str, size: float) -> Artist:
        return self.ax.text(
            x, y + 0.36 * size, sign, ha="center", fontsize=size, color=INK, zorder=5
        )

    def _rings(self, g: Grid) -> list[Artist]:
        drawn = []
        for x, y, sign in rings_of(g).values():
            ring = Circle((x, y), g.ring, facecolor=PAPER, edgecolor=INK, lw=1.6, zorder=3.5)
            drawn += [self.ax.add_patch(ring), self._sign(x, y, sign, g.font + 4)]
        return drawn

    def _key(self, g: Grid) -> list[Artist]:
        """Write the words, and say what the two bars under each are."""
        looks = {"color": SOFT, "fontsize": g.font, "zorder": 5}
        drawn = [
            self.ax.text(*self.word_at(t), word, ha="center", fontsize=g.font + 1, color=INK)
            for t, word in enumerate(self.words)
        ]
        drawn += [self.ax.text(g.left, y + 3, way, **looks) for way, y in g.bars.items()]
        if g is WIDE:
            for way, y in (("along c", g.c + 24), ("through h", g.h - 24)):
                drawn.append(self.ax.text(g.right, y, way, ha="right", **looks))
        return drawn

    # ---- what moves

    def show(self, walked: list[BackStep], back: int, unit: int, off: Container[str]) -> None:
        """Show one unit after so many steps back.

        Parameters
        ----------
        walked : list of BackStep
            The last word first.
        back, unit : int
            Steps back from the last word, and which unit, from 0.
        off : names of wires
            Those that are switched off.
        """
        here = walked[back]
        wires = {name: float(row[unit]) for name, row in here.wires.items()}
        self._write(wires, here, unit, off)
        wires["dz"] = wires["dx"] = wires["dh_prev"]
        self._carry({name: 0.0 if name in off else value for name, value in wires.items()})
        lit = lit_forks(here.wires, unit)
        for name, circle in self.forks.items():
            circle.set(facecolor=LIT, visible=name in lit)
            self.pluses[name].set_visible(name in lit)
        self._tell(walked, back, unit)

    def _carry(self, wires: dict[str, float]) -> None:
        """Draw the wires that carry something, by how much."""
        live = [
            (path, STYLES[TONES[name]].color, 1.2 + 4.6 * (abs(wires[name]) / self.biggest) ** 0.5)
            for name, paths in self.paths.items()
            for path in paths
            if abs(wires[name]) >= NOTHING
        ]
        paths, colors, widths = zip(*live, strict=True) if live else ((), (), ())
        self.live.set(segments=paths, colors=colors, linewidths=widths)
        self.heads.set_verts([head_of(*path[-2:]) for path in paths])
        self.heads.set_facecolors(colors)

    def _write(self, wires: dict, here: BackStep, unit: int, off: Container[str]) -> None:
        """Write the gradient of each wire, and what it was multiplied by."""
        other = factors(here.step)
        for name, text in self.numbers.items():
            label = self.labels.get(name)
            is_factor = name.startswith("× ")
            value = other[name[2:]][unit] if is_factor else wires[name]
            shown = is_factor or name in ALWAYS or abs(value) >= NOTHING
            text.set_visible(label is not None and shown)
            if text.get_visible():
                number = f"{value:.2f}".replace("-", "−") if is_factor else signed(value)
                text.set_text(label.text.replace("{}", "off" if name in off else number))

    def _tell(self, walked: list[BackStep], back: int, unit: int) -> None:
        """Show what has arrived at each word so far, and by which way."""
        last, (_, distance) = len(walked) - 1, self.grid.words
        bars, colors = [], []
        for t, total in enumerate(self.sums):
            wires, reached = walked[last - t].wires, last - t <= back
            total.set_visible(reached)
            total.set_text(signed(wires["dc_t"][unit]))
            for name, y in zip(("dc_next", "from_h"), self.grid.bars.values(), strict=True):
                half = 0.42 * distance * abs(wires[name][unit]) / self.biggest
                if reached and half:
                    x = self.word_at(t)[0]
                    bars.append([(x - half, y), (x + half, y)])
                    colors.append(STYLES["c_t" if name == "dc_next" else "h_t"].color)
        self.bars.set(segments=bars, colors=colors)
        x, y = self.word_at(last - back)
        self.here.set_data([x - 16, x + 16], [y + 5] * 2)
