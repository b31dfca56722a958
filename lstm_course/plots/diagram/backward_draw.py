"""Draw the diagram with its arrows reversed, by Matplotlib: what stays, and what each word moves.

Thickness is the size of a gradient, and its number has the sign. Every wire stays as a dotted
line; those that carry something are drawn over it.
"""

from collections.abc import Container, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.figure import Figure
from matplotlib.patches import Circle, FancyBboxPatch
from matplotlib.path import Path
from matplotlib.text import Text
from numpy.typing import NDArray

from ..palette import AXIS, INK, LINE, PAPER, SERIES, SOFT, STYLES
from .backward import NOTHING, BackStep, factors, lit_forks
from .backward_layout import (
    NARROW,
    WIDE,
    Grid,
    Point,
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


def ribbon(path: Sequence[Point], width: float) -> list[NDArray]:
    """Return a line as polygons: one for each part, all the same way round."""
    corners = []
    for k, (start, end) in enumerate(pairwise(np.array(path, dtype=float))):
        way = (end - start) / np.abs(end - start).sum()  # across or down the page
        side = width / 2 * np.array([-way[1], way[0]])
        end = end + way * width / 2 * (k < len(path) - 2)
        corners.append(np.array([start + side, end + side, end - side, start - side]))
    return corners


def arrow(path: Sequence[Point], width: float) -> list[NDArray]:
    """Return a line with a head at its end as polygons."""
    *before, start, end = np.array(path, dtype=float)
    way = (end - start) / np.abs(end - start).sum()
    side = 4.5 * np.array([-way[1], way[0]])
    head = np.array([end + way, end - 8 * way - side, end - 8 * way + side])
    return [*ribbon([*before, start, end - 4 * way], width), head]


def shape_of(polygons: Sequence[NDArray]) -> Path:
    """Return polygons as one path: one is drawn as fast as many are."""
    closed = [np.vstack([polygon, polygon[:1]]) for polygon in polygons]
    codes = [[Path.MOVETO, *[Path.LINETO] * (len(p) - 2), Path.CLOSEPOLY] for p in closed]
    return Path(np.vstack(closed), np.concatenate(codes))


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
        self.ribbons = self.ax.add_collection(PathCollection([], linewidths=0, zorder=2))
        self.forks = {name: self.ax.add_patch(Circle((0, 0), 8.5, zorder=4)) for name in "chz"}
        self.pluses = {name: self._text("+", weight="bold", color=PAPER) for name in "chz"}
        self.numbers = {name: self._text("") for name in labels_of(WIDE)}
        self.sums = [self._text("", weight="bold") for _ in self.words]
        texts = [*self.pluses.values(), *self.numbers.values(), *self.sums]
        self.moving = [self.ribbons, *self.forks.values(), *texts]
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
        """Return where the mark of a word stands, counted from the first."""
        first, distance = self.grid.words
        return first + distance * t, 23

    # ---- what stays

    def _ways(self, g: Grid) -> list[Artist]:
        """Draw every wire as if it carried nothing, and mark the way along c."""
        lines = [path for paths in self.paths.values() for path in paths]
        dead = LineCollection(lines, colors=AXIS, linewidths=1.2, linestyles=[(0, (1, 3))])
        tips = shape_of([arrow(path, 1)[-1] for path in lines])
        heads = PathCollection([tips], facecolors=AXIS, linewidths=0, zorder=1)
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
        """Write the words on their line, and say what the two bars under each are."""
        places = [self.word_at(t) for t in range(len(self.words))]
        looks = {"color": SOFT, "fontsize": g.font, "zorder": 5}
        drawn = [
            self.ax.text(x, y - 12, word, ha="center", fontsize=g.font + 1, color=INK)
            for word, (x, y) in zip(self.words, places, strict=True)
        ]
        drawn += self.ax.plot(*np.transpose(places), "|-", color=AXIS, linewidth=1.2, zorder=1)
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
        shapes = self._arrows({n: 0.0 if n in off else value for n, value in wires.items()})
        self._draw(shapes + self._bars(walked, back, unit))
        lit = lit_forks(here.wires, unit)
        for name, circle in self.forks.items():
            circle.set(facecolor=LIT, visible=name in lit)
            self.pluses[name].set_visible(name in lit)

    def _arrows(self, wires: dict[str, float]) -> list[tuple[str, list[NDArray]]]:
        """Return the wires that carry something: color and polygons."""
        live = [name for name in self.paths if abs(wires[name]) >= NOTHING]
        widths = {name: 1.2 + 4.6 * np.sqrt(abs(wires[name]) / self.biggest) for name in live}
        return [
            (STYLES[TONES[name]].color, arrow(path, widths[name]))
            for name in live
            for path in self.paths[name]
        ]

    def _bars(
        self, walked: list[BackStep], back: int, unit: int
    ) -> list[tuple[str, list[NDArray]]]:
        """Show what has arrived at each word so far, and by which way."""
        last, (_, distance) = len(walked) - 1, self.grid.words
        x, y = self.word_at(last - back)
        bars = [(INK, ribbon([(x - 12, y), (x + 12, y)], 4))]
        for t, total in enumerate(self.sums):
            wires, reached, x = walked[last - t].wires, last - t <= back, self.word_at(t)[0]
            total.set_visible(reached)
            total.set_text(signed(wires["dc_t"][unit]))
            for name, tone, way in (("dc_next", "c_t", "along c"), ("from_h", "h_t", "through h")):
                half = 0.42 * distance * abs(wires[name][unit]) / self.biggest
                if reached and half:
                    ends = [(x - half, self.grid.bars[way]), (x + half, self.grid.bars[way])]
                    bars.append((STYLES[tone].color, ribbon(ends, 6)))
        return bars

    def _draw(self, shapes: list[tuple[str, list[NDArray]]]) -> None:
        """Draw polygons, those of one color as one."""
        colors: dict[str, list[NDArray]] = {}
        for color, polygons in shapes:
            colors.setdefault(color, []).extend(polygons)
        self.ribbons.set_paths([shape_of(polygons) for polygons in colors.values()])
        self.ribbons.set_facecolors(list(colors))

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
