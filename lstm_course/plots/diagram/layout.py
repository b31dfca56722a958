"""Where the boxes, wires and labels of the diagram stand, in a space of 740 by 480."""

from typing import NamedTuple

from ..palette import SOFT, THEME

WIDTH, HEIGHT = 740, 480
# what is written into the drawing, for viewers without styles; its style sheet has both themes
SIGN_COLOR = {"plus": THEME["plus"].light, "minus": THEME["minus"].light, "zero": SOFT, "row": SOFT}
DASH = {"minus": "9 5", "zero": "1.5 5"}

# whose color of the palette a symbol wears
TONES = {
    "i_t": "i",
    "f_t": "f",
    "o_t": "o",
    "c_tilde": "c_tilde",
    "c_t": "c",
    "c_prev": "c",
    "h_t": "h",
    "h_prev": "h",
    "x_t": "guide",
    "z_t": "guide",
    "y_t": "guide",
}


class Box(NamedTuple):
    """A box: middle, size (0 high for a circle), sign inside, whose color, what it makes."""

    x: int
    y: int
    w: int
    h: int
    sign: str
    tone: str
    lit_by: tuple[str, ...]


class Path(NamedTuple):
    """A wire: its line, its arrow heads (x, y, direction), and where its label stands."""

    line: str
    heads: tuple[tuple[int, int, str], ...]
    pill: tuple[int, int]
    number: tuple[int, int]
    anchor: str = "start"


BOXES = {
    "join": Box(118, 372, 52, 60, "[h, x]", "", ("z_t",)),
    "sigma_f": Box(222, 132, 62, 42, "σ", "f_t", ("f_t",)),
    "sigma_i": Box(222, 212, 62, 42, "σ", "i_t", ("i_t",)),
    "tanh_c": Box(222, 292, 62, 42, "tanh", "c_tilde", ("c_tilde",)),
    "sigma_o": Box(222, 372, 62, 42, "σ", "o_t", ("o_t",)),
    "times_f": Box(366, 62, 32, 0, "⊙", "", ("kept", "c_t")),
    "times_i": Box(410, 252, 32, 0, "⊙", "", ("written", "c_t")),
    "plus": Box(500, 62, 32, 0, "+", "c_t", ("c_t",)),
    "tanh": Box(610, 150, 62, 38, "tanh", "", ("shown", "h_t")),
    "times_o": Box(610, 372, 32, 0, "⊙", "h_t", ("h_t",)),
    "softmax": Box(610, 446, 84, 34, "softmax", "y_t", ("y_t",)),
}

PATHS = {
    "x_t": Path("M6 387H84", ((92, 387, "right"),), (6, 404), (6, 446)),
    "h_prev": Path("M6 357H84", ((92, 357, "right"),), (6, 299), (6, 337)),
    "c_prev": Path("M6 62H342", ((350, 62, "right"),), (6, 31), (64, 46)),
    "z_t": Path(
        "M144 372H183M156 372V132H183M156 212H183M156 292H183",
        ((191, 132, "right"), (191, 212, "right"), (191, 292, "right"), (191, 372, "right")),
        (6, 92),
        (40, 98),
    ),
    "f_t": Path("M253 132H366V86", ((366, 78, "up"),), (262, 102), (294, 117)),
    "i_t": Path("M253 212H410V228", ((410, 236, "down"),), (262, 182), (294, 197)),
    "c_tilde": Path("M253 292H410V276", ((410, 268, "up"),), (262, 262), (294, 277)),
    "o_t": Path("M253 372H586", ((594, 372, "right"),), (262, 342), (294, 357)),
    "kept": Path("M382 62H476", ((484, 62, "right"),), (433, 21), (433, 41), "middle"),
    "written": Path("M426 252H500V86", ((500, 78, "up"),), (514, 180), (514, 200)),
    "c_t": Path(
        "M516 62H726M610 62V123", ((734, 62, "right"), (610, 131, "down")), (634, 31), (666, 46)
    ),
    "shown": Path("M610 169V348", ((610, 356, "down"),), (624, 262), (624, 282)),
    "h_t": Path(
        "M626 372H726M668 372V402H610V421",
        ((734, 372, "right"), (610, 429, "down")),
        (634, 341),
        (666, 356),
    ),
    "y_t": Path("M568 446H542", ((534, 446, "left"),), (537, 414), (0, 0)),
}
PLAIN = ("kept", "written", "shown")  # a product or a tanh has no color of its own
LIST_AT = (92, 130, 20)  # x, y and row height of the list of the numbers in z_t
BARS_AT = (526, 426, 90)  # right end, first row and length of the bars of y_t
KEY_AT = (656, 112)  # where the line styles are explained
