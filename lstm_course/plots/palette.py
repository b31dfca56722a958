"""One color and one line style per quantity, the same in every picture of the course.

Every color has two values, for a light page and for a dark one, with a contrast of at least 3:1
on its paper. The six quantities of the cell stay apart (ΔE2000 of 12 or more) on both, with each
of the three kinds of color blindness. Pictures are drawn with the light values; where a page
shows them as vectors, each becomes a CSS variable of that name.
"""

from typing import NamedTuple


class Tone(NamedTuple):
    """One color on a light page and on a dark one."""

    light: str
    dark: str


THEME = {
    "i": Tone("#009E73", "#35C79A"),
    "f": Tone("#D55E00", "#FF6600"),
    "o": Tone("#0072B2", "#3A92DE"),
    "c_tilde": Tone("#CC79A7", "#F0A4D0"),
    "c": Tone("#000000", "#FFFFFF"),
    "h": Tone("#882255", "#C7749F"),
    "gate": Tone("#4B0092", "#B48CFF"),
    "tanh": Tone("#661100", "#D98C74"),
    "plus": Tone("#3B4CC0", "#9DB2FF"),
    "minus": Tone("#B40426", "#FF8A80"),
    "series-1": Tone("#00717A", "#3DB8C4"),
    "series-2": Tone("#847100", "#C7AE3C"),
    "series-3": Tone("#626CBD", "#97A9F0"),
    "series-4": Tone("#925338", "#CB9660"),
    "guide": Tone("#6E6E6E", "#9A9AA2"),
    "ink": Tone("#1D1D1F", "#ECECF0"),
    "soft": Tone("#5C5C63", "#A9A9B3"),
    "axis": Tone("#9A9AA3", "#6B6B76"),
    "line": Tone("#D9D9DE", "#3A3A42"),
    "card": Tone("#F6F6F8", "#1B1B20"),
    "paper": Tone("#FFFFFF", "#111114"),
}
# The same hues as the letters of an equation, which need more contrast than a line: 4.5:1 on a
# light page. There, and 4.1:1 on a dark one, the light value is also readable where no rule of
# ours reaches.
EQUATION = {
    "i": Tone("#008762", THEME["i"].dark),
    "f": Tone("#C25600", THEME["f"].dark),
    "o": Tone("#007BC1", THEME["o"].dark),
    "c_tilde": Tone("#BC4F8C", THEME["c_tilde"].dark),
}
INK, SOFT, AXIS, LINE, PAPER = (THEME[n].light for n in ("ink", "soft", "axis", "line", "paper"))
# colors and dashes of curves that are no quantity of the cell
SERIES = (
    (THEME["series-1"].light, "-"),
    (THEME["series-2"].light, "--"),
    (THEME["series-3"].light, "-."),
    (THEME["guide"].light, ":"),
    (THEME["series-4"].light, (0, (5, 1, 1, 1, 1, 1))),
)

# what lies below zero and above it, in pictures of values of many units
SIGNS = (THEME["series-1"].light, THEME["series-2"].light)


class Style(NamedTuple):
    """How one quantity looks in every picture of the course."""

    color: str
    linestyle: str
    linewidth: float
    label: str
    marker: str = ""

    def line(self) -> dict:
        """Arguments for ``Axes.plot``; markers are hollow."""
        return {**self._asdict(), "markerfacecolor": "white", "markersize": 5}


STYLES = {
    "i_t": Style("#009E73", "--", 1.8, "$i_t$"),
    "f_t": Style("#D55E00", "-", 1.8, "$f_t$"),
    "o_t": Style("#0072B2", "-.", 1.8, "$o_t$"),
    "c_tilde": Style("#CC79A7", ":", 2.2, r"$\tilde{c}_t$"),
    "c_t": Style("#000000", "-", 2.6, "$c_t$"),
    "h_t": Style("#882255", "-", 1.2, "$h_t$"),
    "y_t": Style("#6E6E6E", "--", 1.4, "$y_t$", "o"),
    "target": Style("#6E6E6E", "--", 1.4, "target", "o"),
    "x_t": Style("#6E6E6E", "-", 1.2, "$x_t$"),
    "gate": Style("#4B0092", "-", 2.2, "gate"),
    "sigmoid": Style("#4B0092", "-", 2.2, "σ"),
    "tanh": Style("#661100", "--", 1.8, "tanh"),
    "step": Style("#6E6E6E", "-.", 1.8, "threshold"),
}
GUIDE = {"color": "#6E6E6E", "linewidth": 1.0, "linestyle": (0, (4, 3))}
GATE_ENDS = {
    "i_t": ("write nothing", "write all"),
    "f_t": ("forget", "keep"),
    "o_t": ("hold back", "show"),
    "gate": ("shut", "open"),
}


def style_of(name: str) -> Style:
    """Return the style of a quantity.

    Raises
    ------
    ValueError
        When the palette has no such name.
    """
    if name not in STYLES:
        raise ValueError(f"no style is named {name!r}; expected one of {', '.join(STYLES)}")
    return STYLES[name]
