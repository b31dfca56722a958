"""Where each wire of the drawing can be cut, and how a cut looks."""

from collections.abc import Iterable
from html import escape
from typing import NamedTuple

from ..palette import INK, PAPER, SOFT
from .wires import Wire


class Spot(NamedTuple):
    """A stretch of the drawing that belongs to one wire alone.

    Attributes
    ----------
    value : str
        What the wire carries, a name of `layout.PATHS`.
    words : str
        The wire in words.
    stretch : str
        The path that is its own; wires that begin at the same box share what comes before.
    at : (int, int)
        Where the scissors go.
    after : str
        The path from there to the head of the arrow.
    zero : (int, int)
        Where the 0 stands that arrives when it is cut.
    """

    value: str
    words: str
    stretch: str
    at: tuple[int, int]
    after: str
    zero: tuple[int, int]


SPOTS: dict[Wire, Spot] = {
    ("c_prev", "times_f"): Spot("c_prev", "c_{t-1}", "M6 62H342", (230, 62), "H340", (262, 55)),
    ("times_f", "plus"): Spot("kept", "f_t ⊙ c_{t-1}", "M382 62H476", (424, 62), "H474", (455, 80)),
    ("plus", "c_t"): Spot(
        "c_t", "c_t to the next word", "M616 62H726", (676, 62), "H724", (707, 80)
    ),
    ("plus", "tanh"): Spot("c_t", "c_t to tanh", "M610 68V123", (610, 90), "V121", (600, 116)),
    ("sigma_f", "times_f"): Spot(
        "f_t", "f_t", "M253 132H366V86", (316, 132), "H366V88", (346, 126)
    ),
    ("join", "sigma_f"): Spot(
        "z_t", "z_t to the forget gate", "M156 206V132H183", (156, 172), "V132H181", (170, 126)
    ),
    ("times_i", "plus"): Spot(
        "written", "i_t ⊙ c̃_t", "M426 252H500V86", (500, 150), "V88", (489, 122)
    ),
    ("tanh", "times_o"): Spot("shown", "tanh(c_t)", "M610 169V348", (610, 214), "V346", (600, 330)),
    ("sigma_i", "times_i"): Spot(
        "i_t", "i_t", "M253 212H410V228", (350, 212), "H410V230", (384, 206)
    ),
    ("join", "sigma_i"): Spot(
        "z_t", "z_t to the input gate", "M162 212H183", (167, 212), "H181", (172, 196)
    ),
    ("tanh_c", "times_i"): Spot(
        "c_tilde", "c̃_t", "M253 292H410V276", (350, 292), "H410V274", (384, 308)
    ),
    ("join", "tanh_c"): Spot(
        "z_t", "z_t to the candidate", "M162 292H183", (167, 292), "H181", (172, 276)
    ),
    ("h_prev", "join"): Spot("h_prev", "h_{t-1}", "M6 357H84", (40, 357), "H82", (70, 352)),
    ("join", "sigma_o"): Spot(
        "z_t", "z_t to the output gate", "M162 372H183", (167, 372), "H181", (173, 400)
    ),
    ("sigma_o", "times_o"): Spot("o_t", "o_t", "M253 372H586", (430, 372), "H584", (462, 366)),
    ("times_o", "h_t"): Spot(
        "h_t", "h_t to the next word", "M674 372H726", (690, 372), "H724", (714, 390)
    ),
    ("x_t", "join"): Spot("x_t", "x_t", "M6 387H84", (40, 387), "H82", (70, 402)),
    ("times_o", "softmax"): Spot(
        "h_t", "h_t to the read-out", "M668 378V402H610V421", (645, 402), "H610V419", (596, 414)
    ),
}
_BLADES = (
    "M-4-3.4 8 3.6M-4 3.4 8-3.6M-9-4.6a2.6 2.6 0 1 0 5.2 0a2.6 2.6 0 1 0-5.2 0"
    "M-9 4.6a2.6 2.6 0 1 0 5.2 0a2.6 2.6 0 1 0-5.2 0"
)
_MEND = "M-8 0H8M-4-4l4 4-4 4M4-4l-4 4 4 4"


def cut_words(cut: Iterable[Wire]) -> str:
    """Name what is cut, in the order of the diagram."""
    return ", ".join(spot.words for wire, spot in SPOTS.items() if wire in cut)


def draw_spot(wire: Wire) -> str:
    """Draw what a page needs to cut a wire; its style sheet shows it when it is time."""
    spot = SPOTS[wire]
    (x, y), (zx, zy) = spot.at, spot.zero
    after = f"M{x} {y}{spot.after}"
    icons = "".join(
        f'<path class="{name}" d="{path}" fill="none" stroke="{INK}" stroke-width="1.6"/>'
        for name, path in (("blades", _BLADES), ("mend", _MEND))
    )
    return (
        f'<g class="spot" data-spot="{" ".join(wire)}" data-of="{spot.value}" '
        f'data-words="{escape(spot.words)}"><title/>'
        f'<path class="hit" d="{spot.stretch}" stroke-width="22" stroke="none" fill="none"/>'
        f'<g class="gone"><path class="over" d="{after}" stroke="{PAPER}" stroke-width="11" '
        f'fill="none"/><path class="rest" d="{after}" stroke="{SOFT}" stroke-width="1.6" '
        f'stroke-dasharray="1.5 5" fill="none"/><text class="halo" x="{zx}" y="{zy}" '
        f'text-anchor="middle" font-weight="700" fill="{INK}">0</text></g>'
        f'<g class="tool" transform="translate({x} {y})"><circle r="13" fill="{PAPER}" '
        f'stroke="{INK}" stroke-width="1.2"/>{icons}</g></g>'
    )
