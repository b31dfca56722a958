"""What a demo leaves in a notebook: its picture under a veil, and, to be played, its frames.

The picture is an image with its data inside, the only vector form that JupyterLab shows in a
notebook that is not trusted. The frames lie inside the image, packed, where no viewer minds
them; the site takes them out (`packed_frames`).
"""

import base64
import html
import itertools
import json
import re
import textwrap
import zlib
from typing import Any

from ..plots import vector
from ..plots.pixels import png
from ..plots.shown import picture_bundle
from ..plots.theme import variable
from .base import Demo

with_frames = False  # set while notebooks are built
RUN = "Run this cell to move it  ⇧ ↵"
FIRST = "Right after opening: Run ▸ Run All Above Selected Cell first"
MARGIN, LINE = 13, 16
_PACKED = re.compile(r'<metadata id="lstm-frames">([^<]*)</metadata>')


def stored_bundle(demo: Demo) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return a demo's picture as data and metadata of a Jupyter output.

    A browser reads the `<img>`, other viewers the PNG, a terminal and nbval the fixed sentence.
    """
    frames = stored_demo(demo) if demo.stored is not None and with_frames else None
    svg, (width, height) = card(demo, frames)
    alt = f"Demo, not running. {demo.question} {demo.alt}"
    data, metadata = picture_bundle(svg, png(demo.figure), alt, (1.5 * width, 1.5 * height))
    return {**data, "text/plain": f"Demo: {demo.title}. Run this cell to move it."}, metadata


def card(demo: Demo, frames: dict[str, Any] | None = None) -> tuple[str, tuple[float, float]]:
    """Return a demo that does not run as an SVG, and its size.

    Question on top, the picture pale, and over it what to do.
    """
    size = tuple(vector.DPI * inches for inches in demo.figure.get_size_inches())
    packed = packing(frames) if frames else ""
    return framed(demo.question, demo.still + demo.frame()["svg"], size, packed)


def framed(
    question: str, picture: str, size: tuple[float, float], packed: str = ""
) -> tuple[str, tuple[float, float]]:
    """Return a pale picture with its question and the veil as an SVG, and its size."""
    width, height = size
    lines = textwrap.wrap(question, 68)
    top, across = 18 + LINE * len(lines), width + 2 * MARGIN
    down = top + height + 2 * MARGIN
    words = "".join(
        f'<text x="{MARGIN}" y="{20 + LINE * k}" font-size="11" font-weight="600" '
        f'style="stroke: none; fill: {variable("ink")}">{html.escape(line)}</text>'
        for k, line in enumerate(lines)
    )
    inside = (
        f'{packed}<rect x=".5" y=".5" width="{across - 1:.0f}" height="{down - 1:.0f}" rx="8" '
        f'style="fill: {variable("paper")}; stroke: {variable("line")}"/>'
        f'<path d="M.5 {top} V8.5 q0-8 8-8 H{across - 8.5:.1f} q8 0 8 8 V{top} z" '
        f'style="fill: {variable("card")}; stroke: {variable("line")}"/>{words}'
        f'<g class="pale" opacity=".38" transform="translate({MARGIN} {top + MARGIN})">'
        f"{picture}</g>"
        f'<g class="veil">{_pill(across / 2, top + MARGIN + height / 2)}</g>'
    )
    return vector.document(inside, across, down), (across, down)


def _pill(x: float, y: float) -> str:
    """Draw the words of the veil."""
    return (
        f'<rect x="{x - 98}" y="{y - 22}" width="196" height="27" rx="13.5" '
        f'style="fill: {variable("ink")}"/>'
        f'<text x="{x}" y="{y - 4.5}" font-size="11.5" font-weight="600" text-anchor="middle" '
        f'xml:space="preserve" style="stroke: none; fill: {variable("paper")}">{RUN}</text>'
        f'<rect x="{x - 150}" y="{y + 9}" width="300" height="16" rx="4" '
        f'style="fill: {variable("paper")}"/>'
        f'<text x="{x}" y="{y + 20.5}" font-size="9" text-anchor="middle" '
        f'style="fill: {variable("soft")}">{FIRST}</text>'
    )


def stored_demo(demo: Demo) -> dict[str, Any]:
    """Return a demo with a frame for every stored position, to be played without a kernel.

    `Demo.stored` says which positions: values by the name of a control. A control that it does
    not name stays where it starts and is left out.

    Returns
    -------
    dict
        "spec" as `Demo.spec` gives it, with the stored positions alone; "frames", one for each
        combination, the last control changing fastest; "stills", of which each frame names one.
    """
    names = list(demo.stored)
    before = dict(demo.positions)
    places = [[demo.controls[n].position(value) for value in demo.stored[n]] for n in names]
    demo.move(demo._start)
    stills: dict[str, int] = {}
    frames = [_stored_frame(demo, places, at, stills) for at in _combinations(places)]
    demo.move(before)
    spec = demo.spec()
    spec["controls"] = {
        name: _only(spec["controls"][name], where)
        for name, where in zip(names, places, strict=True)
    }
    spec["presets"] = {}
    spec["handles"] = [
        {**handle, "path": _fewer(handle["path"], places[names.index(handle["control"])])}
        for handle in spec["handles"]
        if handle["control"] in names
    ]
    if len(spec["handles"]) < len(demo.handles):
        spec["hint"] = ""  # it may name what cannot be dragged here
    spec["presses"] = _presses(spec["presses"], dict(zip(names, places, strict=True)))
    if demo.play and demo.play.control not in names:
        spec["play"] = None
    return {"spec": spec, "stills": list(stills), "frames": frames}


def _combinations(places: list[list[int]]) -> Any:
    return itertools.product(*(range(len(where)) for where in places))


def _only(control: dict[str, Any], where: list[int]) -> dict[str, Any]:
    """Return a control as the page knows it, with some of its positions alone."""
    start = min(range(len(where)), key=lambda k: abs(where[k] - control["start"]))
    return {**control, "texts": [control["texts"][at] for at in where], "start": start}


def _presses(presses: list[dict[str, Any]], places: dict[str, list[int]]) -> list[dict[str, Any]]:
    """Return the places to press whose both positions are stored."""
    return [
        {**press, **{key: places[press["control"]].index(press[key]) for key in ("to", "back")}}
        for press in presses
        if {press["to"], press["back"]} <= set(places.get(press["control"], []))
    ]


def _fewer(path: list | None, where: list[int]) -> list | None:
    return path and [path[at] for at in where]


def _stored_frame(demo: Demo, places: list, at: tuple, stills: dict[str, int]) -> dict[str, Any]:
    names = list(demo.stored)
    demo.move({name: places[k][at[k]] for k, name in enumerate(names)})
    frame = demo.frame()
    paths = [
        _fewer(path, places[names.index(handle.control)])
        for handle, path in zip(demo.handles, frame["handles"], strict=True)
        if handle.control in names
    ]
    still = stills.setdefault(demo.still, len(stills))
    return {**frame, "at": dict(zip(names, at, strict=True)), "handles": paths, "still": still}


def packing(frames: dict[str, Any]) -> str:
    """Return frames as a part of an image that no viewer minds."""
    return f'<metadata id="lstm-frames">{pack(frames)}</metadata>'


def pack(frames: dict[str, Any]) -> str:
    """Return frames as a short text."""
    text = json.dumps(frames, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return base64.b64encode(zlib.compress(text.encode(), 9)).decode()


def packed_frames(picture: str) -> str:
    """Return the frames in the `text/html` of a stored output, still packed, or ''."""
    found = re.search(r"data:image/svg\+xml;base64,([A-Za-z0-9+/=]*)", picture)
    packed = found and _PACKED.search(base64.b64decode(found[1]).decode())
    return packed[1] if packed else ""


def unpacked(packed: str) -> dict[str, Any]:
    """Return what was packed."""
    return json.loads(zlib.decompress(base64.b64decode(packed)))
