"""Labels such as ``memory $c_t$`` as text of the page, with real subscripts.

Matplotlib would set them in its own font and place every letter by that font's widths, which
breaks where the font is missing. Here the page's font does; what is not known here is left to
Matplotlib, as outlines.
"""

import re
from html import escape
from typing import NamedTuple

_PIECE = re.compile(
    r"(?P<place>[_^])(?:\{(?P<group>[^{}]*)\}|(?P<one>\w))"
    r"|\\tilde\{(?P<tilde>\w)\}|\\(?P<command>[a-zA-Z]+) ?|\\(?P<norm>\|)|(?P<other>[^\\_^{}$])"
)
# Matplotlib puts this around the numbers of an axis
_PLAIN = re.compile(r"^\\mathdefault\{(.*)\}$")
_COMMANDS = {
    "partial": "∂",
    "sigma": "σ",
    "odot": "⊙",
    "cdot": "·",
    "times": "×",
    "rightarrow": "→",
    "infty": "∞",
}


class Run(NamedTuple):
    """Letters of one look: upright or italic, on the line (0), below it (-1) or above (1)."""

    text: str
    italic: bool = False
    level: int = 0


def runs_of(label: str) -> list[Run] | None:
    """Cut a label into runs.

    Parameters
    ----------
    label : str
        Text with mathematics between dollar signs.

    Returns
    -------
    list of Run, or None
        None when it holds mathematics that is not known here.
    """
    runs: list[Run] = []
    for k, part in enumerate(label.split("$")):
        found = [Run(part)] if k % 2 == 0 else _mathematics(part)
        if found is None:
            return None
        runs += [run for run in found if run.text]
    return runs


def _mathematics(text: str) -> list[Run] | None:
    text, runs, at = _PLAIN.sub(r"\1", text), [], 0
    while at < len(text):
        piece = _PIECE.match(text, at)
        if piece is None or (piece["command"] and piece["command"] not in _COMMANDS):
            return None
        runs += _runs_of_piece(piece)
        at = piece.end()
    return runs


def _runs_of_piece(piece: re.Match) -> list[Run]:
    if piece["place"]:
        level = 1 if piece["place"] == "^" else -1
        inside = _mathematics(piece["group"] or piece["one"]) or []
        return [run._replace(level=level) for run in inside]
    if piece["tilde"]:
        return [Run(piece["tilde"] + "\u0303", italic=True)]
    text = _COMMANDS.get(piece["command"] or "") or ("‖" if piece["norm"] else piece["other"])
    if text == " ":  # mathematics sets no spaces
        return []
    return [Run("−" if text == "-" else text, italic=text.isalpha() and text != "∂")]


def spans(runs: list[Run], size: float) -> str:
    """Return runs as the inside of an SVG text of that font size."""
    height = {0: 0.0, -1: 0.24 * size, 1: -0.38 * size}
    parts, at = [], 0.0
    for run in runs:
        move, at = height[run.level] - at, height[run.level]
        marks = f' dy="{move:.1f}"' if move else ""
        marks += f' font-size="{0.74 * size:.1f}"' if run.level else ""
        marks += ' class="lstm-math"' if run.italic else ""
        text = escape(run.text, quote=False)
        parts.append(f"<tspan{marks}>{text}</tspan>" if marks else text)
    return "".join(parts)
