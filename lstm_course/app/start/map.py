"""The lessons on the diagram of the cell: each stands where its part does."""

import html
import re
from collections.abc import Callable, Sequence

from .lessons import Lesson

WIDTH, HEIGHT = 960, 480
Link = Callable[[str, str], str]  # folder and name of a notebook -> the attributes of a link to it
Spot = tuple[float, float, float, float]  # left, top, width, height

# where the part of a lesson stands, and whose color it wears
CELL: dict[str, tuple[Spot, str]] = {
    "03": ((212, 198, 180, 48), "i"),
    "04": ((212, 122, 180, 48), "f"),
    "05": ((212, 350, 180, 48), "o"),
    "06": ((212, 274, 180, 48), "c_tilde"),
    "07": ((480, 60, 180, 48), "c"),
    "08": ((480, 350, 180, 48), "h"),
    "09": ((480, 418, 180, 48), "guide"),
    "10": ((196, 0, 240, 42), "ink"),
}
FRAME: Spot = (180, 20, 510, 458)
LEFT, RIGHT = (0, 150), (750, 210)  # columns of the lessons before and after: left end, width
GAP, MOST = 14, 58  # between tiles of a column; the height of one
WIRES = (
    "M150 239H180",  # into the cell
    "M180 84H480M660 84H690",  # the cell state
    "M392 146H432V96",  # what is kept
    "M392 222H432V248M392 298H432V272",  # what is written
    "M444 260H570V108",
    "M392 374H480",  # what is shown
    "M620 108V350M620 398V418M660 374H690",
    "M690 239H750",  # out of the cell
)
DOTS = ((432, 84), (432, 260))  # where two values are multiplied
_MATH, _SUBSCRIPT = re.compile(r"\$([^$]*)\$"), re.compile(r"_\{?(t-1|\w)\}?")


def places(lessons: Sequence[Lesson]) -> dict[str, tuple[Spot, str]]:
    """Return where each lesson stands, and its color."""
    found = {one.name: CELL[one.name[:2]] for one in lessons if one.name[:2] in CELL}
    before = [one.name for one in lessons if one.name[:2] < min(CELL)]
    after = [one.name for one in lessons if one.name[:2] > max(CELL)]
    return {**_column(before, *LEFT), **found, **_column(after, *RIGHT)}


def _column(names: Sequence[str], left: int, width: int) -> dict[str, tuple[Spot, str]]:
    """Stand tiles one below the other, around the middle of the map."""
    if not names:
        return {}
    high = min(MOST, (HEIGHT - GAP * (len(names) - 1)) / len(names))
    top = (HEIGHT - (high + GAP) * len(names) + GAP) / 2
    return {
        name: ((left, top + (high + GAP) * k, width, high), "ink") for k, name in enumerate(names)
    }


def draw_map(lessons: Sequence[Lesson], link: Link) -> str:
    """Return the map as HTML: wires, and a tile that links to each lesson."""
    where = places(lessons)
    wires = "".join(f'<path d="{wire}"/>' for wire in WIRES)
    dots = "".join(f'<i class="dot" style="{_at((x, y))}">⊙</i>' for x, y in DOTS)
    tiles = "".join(_tile(one, *where[one.name], link) for one in lessons)
    return (
        f'<div class="map"><svg viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="none" '
        f'aria-hidden="true">{wires}</svg><div class="frame" style="{_at(FRAME)}"></div>'
        f"{dots}<ol>{tiles}</ol></div>"
    )


def _tile(lesson: Lesson, spot: Spot, tone: str, link: Link) -> str:
    number = lesson.name[:2]
    return (
        f'<li style="{_at(spot)} --tone: var(--lstm-{tone})"><a {link("notebooks", lesson.name)} '
        f'class="tile" data-lesson="{lesson.name}" data-title="{html.escape(lesson.title)}">'
        f'<b>{number}</b> <span class="name">{part_name(lesson.name)}</span> '
        f'<span class="points"></span></a></li>'
    )


def _at(spot: Sequence[float]) -> str:
    """Return a place as CSS, in shares of the map, so that it may be stretched."""
    sides = zip(("left", "top", "width", "height"), spot, (WIDTH, HEIGHT) * 2, strict=False)
    return " ".join(f"{name}: {100 * length / whole:.2f}%;" for name, length, whole in sides)


def part_name(name: str) -> str:
    """Return what a lesson is about, in the words of its file's name."""
    words = name[3:].replace("-", " ").capitalize()
    for proper in ("RNN", "PyTorch"):
        words = re.sub(rf"\b{proper}\b", proper, words, flags=re.I)
    return html.escape(words)


def draw_list(lessons: Sequence[Lesson], link: Link, folders: Sequence[str]) -> str:
    """Return every lesson with what one can do after it, and links to its notebooks.

    `folders` are those that are linked beside the lesson, where it has an exercise.
    """
    return f'<ol class="list">{"".join(_row(one, link, folders) for one in lessons)}</ol>'


def _row(lesson: Lesson, link: Link, folders: Sequence[str]) -> str:
    number = lesson.name[:2]
    words = [
        f"<a {link(folder, lesson.name)}>{folder.removesuffix('s').capitalize()} {number}</a>"
        for folder in folders
        if lesson.best
    ]
    points = f"{lesson.best} points" if lesson.best else ""
    return (
        f'<li data-lesson="{lesson.name}" data-best="{lesson.best}"><a class="title" '
        f"{link('notebooks', lesson.name)}>{html.escape(lesson.title)}</a>"
        f'<span class="can">{typeset(lesson.can)}</span>'
        f'<span class="links">{"".join(words)}</span><span class="points">{points}</span></li>'
    )


def typeset(text: str) -> str:
    """Return a lesson's promise as HTML, its symbols with real subscripts."""

    def symbol(found: re.Match) -> str:
        plain = found[1].replace(r"\tilde c", "c̃")
        return "<i>" + _SUBSCRIPT.sub(r"<sub>\1</sub>", plain).replace("t-1", "t−1") + "</i>"

    return _MATH.sub(symbol, html.escape(text, quote=False))
