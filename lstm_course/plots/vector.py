"""Draw a figure as vectors in two parts: what stays, once, and what moves, again and again.

Matplotlib's own SVG renderer draws. Text becomes text of the page; colors of the palette become
CSS variables, so that the picture follows the page's theme.
"""

import io
import re
from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.text import Text
from numpy.typing import NDArray

from .figures import RC, style
from .theme import image_css, variable, with_variables
from .typeset import Run, runs_of, spans

DPI = 72  # one unit of the drawing is one point
# ids are made of what they name: the same picture gives the same text
_SVG = {"svg.fonttype": "path", "svg.hashsalt": "lstm"}
_RC = {**RC, **_SVG}
# how far the line of writing lies below the anchor, in sizes of the font
_BELOW = {"baseline": 0.0, "bottom": -0.24, "center": 0.34, "center_baseline": 0.34, "top": 0.9}
_ANCHORS = {"left": "start", "center": "middle", "right": "end"}
_NUMBERS = re.compile(r'\b(?:d|x|y|transform)="[^"]*"')
_IDS = re.compile(
    r'<g id="[^"]*">'
)  # they repeat from picture to picture, and nobody asks for them
_COMMENTS, _BLANKS = re.compile(r"<!--.*?-->"), re.compile(r" *\n\s*")
_LONG = re.compile(r"(\.\d\d)\d+")


class Pen(RendererSVG):
    """Matplotlib's SVG renderer, with text in the page's font."""

    def draw_text(
        self,
        gc: Any,
        x: float,
        y: float,
        s: str,
        prop: Any,
        angle: float,
        ismath: bool = False,
        mtext: Any = None,
    ) -> None:
        """Write text as text; mathematics that the page cannot set, as outlines."""
        runs = runs_of(s) if ismath else [Run(s)]
        if runs is None or "\n" in s:
            super().draw_text(gc, x, y, s, prop, angle, ismath, mtext)
            return
        anchor = "start"
        if mtext is not None and (not angle or mtext.get_rotation_mode() == "anchor"):
            # so that other widths of letters do no harm: the anchor along the line of writing,
            # and across it the place that was measured
            ax, ay = self._place_of(mtext)
            up = _across(angle)
            off = up @ [x - ax, y - ay]
            x, y, anchor = ax + off * up[0], ay + off * up[1], _ANCHORS[mtext.get_ha()]
        looks = {"fill": to_hex(gc.get_rgb()), "opacity": gc.get_alpha()}
        self._write(x, y, runs, anchor, angle, prop, looks)

    def write(self, text: Text) -> None:
        """Write one line at its anchor. Nothing is measured, which takes Matplotlib 1 ms each."""
        runs = runs_of(text.get_text())
        if not runs or not text.get_visible():
            return
        x, y = self._place_of(text)
        prop, angle = text.get_fontproperties(), text.get_rotation()
        down = _BELOW[text.get_va()] * prop.get_size_in_points() * _across(angle)
        looks = {"fill": to_hex(text.get_color()), "opacity": text.get_alpha() or 1}
        anchor = _ANCHORS[text.get_ha()]
        self._write(x + down[0], y + down[1], runs, anchor, angle, prop, looks)

    def _place_of(self, text: Any) -> tuple[float, float]:
        x, y = text.get_transform().transform(text.get_unitless_position())
        return x, self.height - y

    def _write(
        self, x: float, y: float, runs: list, anchor: str, angle: float, prop: Any, looks: dict
    ) -> None:
        size, weight = prop.get_size_in_points(), prop.get_weight()
        marks = f'x="{x:.2f}" y="{y:.2f}" font-size="{size:.1f}" text-anchor="{anchor}"'
        if angle:
            marks += f' transform="rotate({-angle:.1f} {x:.2f} {y:.2f})"'
        if weight not in (400, "normal", "regular"):
            marks += f' font-weight="{weight}"'
        if looks["opacity"] == 1:
            del looks["opacity"]
        look = "; ".join(f"{name}: {value}" for name, value in looks.items())
        self.writer.comment("")  # ends the tag before
        self._stream.write(f'<text {marks} style="{look}">{spans(runs, size)}</text>\n')


def _across(angle: float) -> NDArray:
    """Return the direction down the page, seen from a line of writing at that angle."""
    turn = np.deg2rad(angle)
    return np.array([np.sin(turn), np.cos(turn)])


def _pen(figure: Figure, stream: io.StringIO) -> Pen:
    width, height = (inches * DPI for inches in figure.get_size_inches())
    pen = Pen(width, height, stream, "", DPI)
    pen._stream = stream
    return pen


def settle(figure: Figure) -> None:
    """Lay a figure out for the last time: from here on nothing shifts when an artist moves."""
    with style(_RC):
        figure.set_dpi(DPI)
        figure.draw_without_rendering()
        figure.set_layout_engine("none")


def still(figure: Figure, moving: Sequence[Artist]) -> str:
    """Return all that stays, as the inside of an SVG."""
    shown = [artist for artist in moving if artist.get_visible()]
    papers = [figure.patch, *(ax.patch for ax in figure.axes)]
    for artist in (*shown, *papers):
        artist.set_visible(False)
    try:
        return _draw(figure, [figure], _RC)
    finally:
        for artist in (*shown, *papers):
            artist.set_visible(True)


def fragment(figure: Figure, moving: Sequence[Artist]) -> str:
    """Return what moves, as it is now, as the inside of an SVG."""
    return _draw(figure, sorted(moving, key=lambda artist: artist.get_zorder()), _SVG)


def _draw(figure: Figure, artists: Sequence[Artist], rc: dict[str, Any]) -> str:
    """Draw; where an image has colors of its own, text on it keeps its color, too."""
    stream = io.StringIO()
    with style(rc):
        pen = _pen(figure, stream)
        for artist in artists:
            if type(artist) is Text and "\n" not in artist.get_text():
                pen.write(artist)
            else:
                artist.draw(pen)
        pen.finalize()
    text = stream.getvalue()
    inside = text[text.index("</defs>") + len("</defs>") : text.rindex("</svg>")]
    inside = _NUMBERS.sub(lambda found: _LONG.sub(r"\1", found[0]), inside)
    inside = _IDS.sub("<g>", _COMMENTS.sub("", inside))
    inside = _BLANKS.sub("\n", inside).strip()
    return with_variables(inside)


def group(inside: str, **marks: str) -> str:
    """Wrap the inside of a drawing; Matplotlib writes no fill where it is black."""
    attributes = "".join(f' {name}="{value}"' for name, value in marks.items())
    look = f"fill: {variable('c')}; stroke-linejoin: round"
    return f'<g{attributes} style="{look}">{inside}</g>'


FONT = "system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif"


def document(inside: str, width: float, height: float) -> str:
    """Return a drawing that stands alone, with the colors of both themes and its own paper."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" height="{height:.0f}" '
        f'font-family="{FONT}"><style>{image_css(inside)}'
        f"text {{ paint-order: stroke; stroke: {variable('paper')}; stroke-width: 2.5px }} "
        ".lstm-math { font-family: Georgia, 'DejaVu Serif', serif; font-style: italic }</style>"
        f"{inside}</svg>"
    )


def alone(figure: Figure) -> str:
    """Draw a whole figure once, as an SVG that stands alone."""
    dpi = figure.dpi
    figure.set_dpi(DPI)
    try:
        drawing = group(still(figure, []))
    finally:
        figure.set_dpi(dpi)
    width, height = (inches * DPI for inches in figure.get_size_inches())
    paper = f'<rect width="100%" height="100%" rx="4" style="fill: {variable("paper")}"/>'
    return document(paper + drawing, width, height)
