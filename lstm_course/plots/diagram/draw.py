"""Draw the LSTM block diagram as SVG.

Thickness is size and color is sign; a dash pattern and the number's own sign say the same
without color. The drawing carries its own style for light and dark pages; the light colors
are also written out, so that it stays readable where a page strips styles.
"""

import functools
from collections.abc import Sequence
from html import escape
from pathlib import Path as File
from typing import Any

import numpy as np

from ..palette import INK, PAPER, SOFT, THEME
from ..theme import readable_on, theme_css
from .cuts import SPOTS, draw_spot
from .layout import (
    BARS_AT,
    BOXES,
    DASH,
    HEIGHT,
    KEY_AT,
    LIST_AT,
    PATHS,
    PLAIN,
    SIGN_COLOR,
    TONES,
    WIDTH,
)
from .readings import EQUATION, MEANING, SYMBOL, Reading, describe_step, read_wires, signed
from .today import checked, marks
from .wires import Values

FONT = "var(--jp-ui-font-family, system-ui), 'Segoe UI', 'DejaVu Sans', sans-serif"


@functools.cache
def stylesheet() -> str:
    """Return the style that the drawing carries."""
    rules = File(__file__).with_name("diagram.css").read_text(encoding="utf-8")
    return theme_css(".lstm-diagram") + rules


def lstm_diagram(
    values: Values | None = None,
    *,
    unit: int = 0,
    word: str = "",
    weights: Any = None,
    features: Sequence[str] = (),
    classes: Sequence[str] = (),
    lit: str = "",
    scissors: bool = False,
    today: str = "",
) -> str:
    """Draw the LSTM block diagram, with the values of one unit at one step if there are any.

    Parameters
    ----------
    values : dict, optional
        What `step_values` returns; symbols only when left out.
    unit : int
        Which unit, counted from 0.
    word : str, optional
        The word that is read.
    weights : object, optional
        The weights of the step; used where a reader asks for an equation in numbers.
    features, classes : sequence of str, optional
        Names of the D inputs and of the K outputs.
    lit : str, optional
        Wire to light together with the box that makes it.
    scissors : bool
        Add what a page needs to cut wires; it is not to be seen.
    today : str
        Quantity that the lesson is about: its part stands out, what comes later is drawn quietly.

    Returns
    -------
    str
        An SVG element. It holds no ids, so that several can stand on one page.

    Raises
    ------
    ValueError
        When there is no such unit or wire, or no lesson about `today`.
    """
    today = today and checked(today)
    if lit and lit not in PATHS:
        raise ValueError(f"no wire is named {lit!r}; expected one of {', '.join(PATHS)}")
    classes = tuple(classes)
    read = (
        read_wires(values, unit=unit, weights=weights, classes=classes)
        if values is not None
        else {name: Reading("", "row", 2.4, MEANING[name], EQUATION[name], "") for name in PATHS}
    )
    said = (
        describe_step(values, unit=unit, word=word, classes=classes)
        if values is not None
        else "x_t and h_{t-1} are joined and feed four boxes: three gates and the candidate. "
        "The forget gate scales the old memory, the input gate scales the candidate, their sum "
        "is the new memory. The output gate scales its tanh: h_t."
    )
    parts = [
        f'<rect class="page" width="{WIDTH}" height="{HEIGHT}" rx="8" fill="{PAPER}"/>',
        *(_wire(name, reading, lit, today) for name, reading in read.items()),
        *(_box(name, lit, today) for name in BOXES if name != "softmax" or "y_t" in read),
        *(_label(name, reading, today) for name, reading in read.items()),
        *(draw_spot(wire) for wire in SPOTS if scissors),
        _word(word),
        _list(values, features),
        f"<g{marks('y_t', today)}>{_bars(values, classes)}</g>",
        _legend() if values is not None else "",
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="lstm-diagram" role="img" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        f'aria-label="{escape(said)}" font-family="{FONT}" font-size="16">'
        f"<title>LSTM block diagram{f', unit {unit + 1}' if values is not None else ''}</title>"
        f"<desc>{escape(said)}</desc><style>{stylesheet()}</style>{''.join(parts)}</svg>"
    )


def _wire(name: str, reading: Reading, lit: str, today: str) -> str:
    path, color = PATHS[name], SIGN_COLOR[reading.sign]
    dash = f' stroke-dasharray="{DASH[reading.sign]}"' if reading.sign in DASH else ""
    return (
        f'<g class="wire {reading.sign}{" lit" * (name == lit)}" data-wire="{name}"'
        f'{marks(name, today)} aria-label="{escape(reading.title)}">'
        f"<title>{escape(reading.title)}</title>"
        f'<path class="hit" d="{path.line}" stroke-width="20" stroke="none" fill="none"/>'
        f'<path class="line" d="{path.line}" stroke="{color}" stroke-width="{reading.width}" '
        f'fill="none" stroke-linejoin="round"{dash}/>'
        + "".join(_head(x, y, way, color) for x, y, way in path.heads)
        + "</g>"
    )


def _head(x: int, y: int, way: str, color: str) -> str:
    turn = {"right": 0, "down": 90, "left": 180, "up": 270}[way]
    return (
        f'<path class="head" d="M1 0L-10 -7V7Z" fill="{color}" '
        f'transform="translate({x} {y}) rotate({turn})"/>'
    )


def _box(name: str, lit: str, today: str) -> str:
    box = BOXES[name]
    tone = TONES[box.tone] if box.tone and box.tone != "c_t" else "ink"
    look = f'fill="{PAPER}" stroke="{THEME[tone].light}" stroke-width="2.5"'
    if box.h:
        x, y = box.x - box.w // 2, box.y - box.h // 2
        shape = f'<rect x="{x}" y="{y}" width="{box.w}" height="{box.h}" rx="7" {look}/>'
    else:
        shape = f'<circle cx="{box.x}" cy="{box.y}" r="{box.w // 2}" {look}/>'
    size = 15 if len(box.sign) > 4 else 17 if len(box.sign) > 1 else 21
    return (
        f'<g class="box{" lit" * (lit in box.lit_by)}" data-box="{name}"{marks(name, today)} '
        f'data-lit-by="{" ".join(box.lit_by)}" style="--tone: var(--lstm-{tone})">'
        f'{shape}<text x="{box.x}" y="{box.y + size // 3}" text-anchor="middle" '
        f'font-size="{size}" fill="{INK}">{box.sign}</text></g>'
    )


def _label(name: str, reading: Reading, today: str) -> str:
    """Return the symbol of a wire and the number beside it."""
    path = PATHS[name]
    symbol = symbol_of(SYMBOL.get(name, name))
    x, y = path.pill
    if name in PLAIN:
        mark = (
            f'<text class="halo" x="{x}" y="{y}" text-anchor="{path.anchor}" '
            f'fill="{INK}">{symbol}</text>'
        )
    else:
        tone = TONES[name]
        color = THEME[tone].light
        w = 50 if "prev" in name else 27
        mark = (
            f'<g class="mark" style="--tone: var(--lstm-{tone}); --on: var(--lstm-on-{tone})">'
            f'<rect x="{x}" y="{y}" width="{w}" height="21" rx="6" fill="{color}"/>'
            f'<text x="{x + w / 2}" y="{y + 15}" text-anchor="middle" '
            f'fill="{readable_on(color)}">{symbol}</text></g>'
        )
    x, y = path.number
    number = "" if name in ("y_t", "z_t") else escape(reading.text)
    return (
        f'<g{marks(name, today)}>{mark}<text class="num halo" data-number="{name}" x="{x}" y="{y}" '
        f'text-anchor="{path.anchor}" fill="{INK}">{number}</text></g>'
    )


def symbol_of(text: str) -> str:
    """Set h_{t-1} with a real subscript."""
    out, rest = "", text
    while "_" in rest:
        before, _, rest = rest.partition("_")
        sub, rest = rest[1:].split("}", 1) if rest.startswith("{") else (rest[0], rest[1:])
        sub = sub.replace("-", "−")
        # the space of no width carries the baseline back up
        out += f'{before}<tspan dy="3.5" font-size="12">{sub}</tspan><tspan dy="-3.5">​</tspan>'
    return out + rest


def _word(word: str) -> str:
    return (
        f'<text class="word" data-word="" x="41" y="421" font-weight="700" font-size="18" '
        f'fill="{INK}">{escape(word)}</text>'
    )


def _list(values: Values | None, features: Sequence[str]) -> str:
    """Return the numbers of z_t, one under the other, with what they stand for."""
    if values is None:
        return ""
    x, y, step = LIST_AT
    H, D = len(values["h_prev"]), len(values["x_t"])
    names = [f"h unit {k + 1}" for k in range(H)]
    names += list(features) or [f"x {k + 1}" for k in range(D)]
    rows = []
    for k, (name, value) in enumerate(zip(names, values["z_t"], strict=True)):
        rows.append(
            f'<text class="soft" x="{x - 8}" y="{y + k * step}" text-anchor="end" font-size="15" '
            f'fill="{SOFT}">{escape(name)}</text><text class="num" data-z="{k}" x="{x}" '
            f'y="{y + k * step}" font-size="15" fill="{INK}">{list_number(k, H, value)}</text>'
        )
    return "".join(rows)


def list_number(k: int, H: int, value: float) -> str:
    """Return one number of z_t: h with its sign, features as they are."""
    return signed(value) if k < H else f"{value:g}".replace("-", "−")


def _bars(values: Values | None, classes: Sequence[str]) -> str:
    """Return one bar per class of y_t, growing to the left from the read-out."""
    if values is None or "y_t" not in values:
        return ""
    right, y, length = BARS_AT
    y_t = np.asarray(values["y_t"])
    names = list(classes) or [f"class {k + 1}" for k in range(len(y_t))]
    rows, left = [], right - length - 44
    for k, (name, p) in enumerate(zip(names, y_t, strict=True)):
        at, w = y + 20 * k, round(length * float(p), 1)
        rows.append(
            f'<rect class="bar" data-bar="{k}" data-right="{right}" data-full="{length}" '
            f'x="{right - w}" y="{at - 6}" width="{w}" height="14" fill="{SOFT}"/>'
            f'<text class="halo" x="{left - 6}" y="{at + 6}" text-anchor="end" '
            f'fill="{INK}">{escape(name)}</text><text class="num halo" data-p="{k}" '
            f'x="{left}" y="{at + 6}" fill="{INK}">{p:.2f}</text>'
        )
    return "".join(rows)


def _legend() -> str:
    rows = []
    for k, sign in enumerate(("plus", "minus", "zero")):
        dash = f' stroke-dasharray="{DASH[sign]}"' if sign in DASH else ""
        x, y = KEY_AT[0], KEY_AT[1] + 20 * k
        rows.append(
            f'<g class="{sign}"><path class="line" d="M{x} {y}h26" stroke-width="3" '
            f'stroke="{SIGN_COLOR[sign]}"{dash}/></g><text class="soft" x="{x + 33}" '
            f'y="{y + 4}" font-size="14" fill="{SOFT}">{sign}</text>'
        )
    return "".join(rows)
