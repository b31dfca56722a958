"""One color and one line style per quantity, the same in every picture of the course.

Every color has a contrast of at least 3:1 on white. The six quantities of the cell stay
apart (ΔE2000 of 12 or more) with each of the three kinds of color blindness.
"""

from typing import NamedTuple


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
