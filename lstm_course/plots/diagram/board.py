"""The diagram with its boxes and no wires, to draw them."""

from html import escape
from typing import NamedTuple

from ..palette import INK, PAPER, SOFT, THEME
from .draw import FONT, stylesheet, symbol_of
from .layout import BOXES as DRAWN
from .layout import HEIGHT, TONES, WIDTH
from .readings import SYMBOL
from .wires import BOXES


class Port(NamedTuple):
    """A box of the board: its middle, its size, what stands in it and whose color it wears."""

    x: int
    y: int
    w: int
    h: int
    sign: str
    tone: str


_ENDS = {  # what comes in and goes out
    "x_t": (34, 408),
    "h_prev": (34, 336),
    "c_prev": (34, 62),
    "c_t": (706, 62),
    "h_t": (706, 372),
    "y_t": (490, 446),
}

_BELOW = (
    "join",
    "times_i",
    "x_t",
    "times_o",
    "softmax",
    "y_t",
)  # where the name stands clear of wires


def _port(name: str) -> Port:
    if name in _ENDS:
        return Port(*_ENDS[name], 52, 30, SYMBOL.get(name, name), TONES[name])
    box = DRAWN[name]
    tone = TONES[box.tone] if box.tone and box.tone != "c_t" else "ink"
    return Port(box.x, box.y, box.w, box.h or box.w, box.sign, tone)


PORTS = {name: _port(name) for name in BOXES}


def empty_diagram() -> str:
    """Draw every box of the diagram with its name, and no wire.

    Returns
    -------
    str
        An SVG element; boxes carry `data-port`, and what is drawn goes into `.drawn`.
    """
    ports = "".join(_draw(name, port) for name, port in PORTS.items())
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="lstm-diagram" role="group" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        f'aria-label="The boxes of the LSTM without wires" font-family="{FONT}" font-size="16">'
        f'<style>{stylesheet()}</style><rect class="page" width="{WIDTH}" height="{HEIGHT}" '
        f'rx="8" fill="{PAPER}"/><g class="drawn"/><path class="pull" fill="none" '
        f'stroke="{SOFT}" stroke-width="2.5"/>{ports}</svg>'
    )


def _draw(name: str, port: Port) -> str:
    round_ = 16 if name not in _ENDS and port.w == port.h else 7
    x, y = port.x - port.w // 2, port.y - port.h // 2
    line = y + port.h + 15 if name in _BELOW else y - 6
    return (
        f'<g class="box port" data-port="{name}" data-x="{port.x}" data-y="{port.y}" '
        f'data-w="{port.w}" data-h="{port.h}" style="--tone: var(--lstm-{port.tone})">'
        f"<title>{name}: {escape(BOXES[name])}</title>"
        f'<rect x="{x}" y="{y}" width="{port.w}" height="{port.h}" rx="{round_}" fill="{PAPER}" '
        f'stroke="{THEME[port.tone].light}" stroke-width="2.5"/>'
        f'<text x="{port.x}" y="{port.y + 6}" text-anchor="middle" fill="{INK}">'
        f"{symbol_of(port.sign)}</text>"
        f'<text class="soft halo name" x="{port.x}" y="{line}" text-anchor="middle" '
        f'font-size="12.5" fill="{SOFT}">{name}</text></g>'
    )
