"""Get the content out of a notebook file that is damaged.

Half-written files, merge-conflict markers, other encodings: what can still be read is
read, and what was wrong is said in one line.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MAX_BYTES = 1_000_000_000
_CONFLICT = re.compile(
    r"^<{7}[^\n]*\n(.*?)(?:^\|{7}[^\n]*\n.*?)?^={7}[^\n]*\n(.*?)^>{7}[^\n]*(?:\n|\Z)",
    re.MULTILINE | re.DOTALL,
)
_MARKER = re.compile(r"^(?:<{7}|>{7})(?=[ \r\n]|\Z)", re.MULTILINE)


class Unreadable(Exception):
    """Nothing in the file can be graded; `text` is what stands in it."""

    def __init__(self, why: str, text: str = "") -> None:
        super().__init__(why)
        self.text = text


@dataclass(frozen=True)
class Found:
    """What a file holds.

    Attributes
    ----------
    content : dict
        The notebook as JSON.
    notes : tuple of str
        What was repaired.
    broken : str
        Why cells may be missing at the end; empty for a whole file.
    conflicts : frozenset of int
        Places of the cells in which the two sides of a merge differ.
    """

    content: dict[str, Any]
    notes: tuple[str, ...] = ()
    broken: str = ""
    conflicts: frozenset[int] = frozenset()


def read_json(path: Path) -> Found:
    """Read a notebook file.

    Raises
    ------
    Unreadable
        When no cell can be read, with the reason in one line.
    """
    text, notes = _text(path)
    if not text.strip():
        raise Unreadable("The file is empty. Was it saved?")
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        marker = _MARKER.search(text)
        return (
            _merged(text, notes, marker)
            if marker
            else _half_written(text, notes, _damage(text, error))
        )
    if not isinstance(content, dict) or not ("cells" in content or "worksheets" in content):
        raise Unreadable("The file holds no notebook: it has no cells.", text)
    return Found(content, notes)


def _text(path: Path) -> tuple[str, tuple[str, ...]]:
    try:
        if path.exists() and not path.is_file():
            raise Unreadable("It is no file.")
        if path.stat().st_size > MAX_BYTES:
            raise Unreadable(f"The file is larger than {MAX_BYTES / 1e9:g} GB.")
        data = path.read_bytes()
    except OSError as error:
        raise Unreadable(f"The file cannot be read: {error.strerror}.") from None
    if wide := _wide(data):
        text = data.decode(wide, errors="replace").lstrip("\ufeff")
        return text, (f"It was read as {wide[:6].upper()}.",)
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        note = f"It is not UTF-8 (line {line}); it was read as Latin-1."
        return data.decode("latin-1"), (note,)


def _wide(data: bytes) -> str:
    """Return the encoding of text with two or four bytes a letter; empty for any other."""
    if data[:4] in (b"\xff\xfe\0\0", b"\0\0\xfe\xff"):
        return "utf-32"
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    start = data[:2].replace(b"\0", b"")
    if len(data) > 2 and len(start) == 1 and start in b"{ \n":
        return "utf-16-le" if data[1] == 0 else "utf-16-be"
    return ""


def _what_it_is(text: str) -> str:
    """Say what a file is that is no JSON, if that can be told; empty otherwise."""
    start = text.lstrip()[:200].lower()
    kinds = {"pk\x03\x04": "a ZIP archive", "%pdf": "a PDF", "<!doctype html": "a web page"}
    kinds |= {"<html": "a web page", "{\\rtf": "a text document"}
    kind = next((kind for sign, kind in kinds.items() if start.startswith(sign)), "")
    return f"The file is {kind}, not a notebook." if kind else ""


def _damage(text: str, error: Exception) -> str:
    """Say why a file is no JSON."""
    line = getattr(error, "lineno", 1)
    why = f"The file is damaged at line {line}: it is no complete JSON. Was it saved to the end?"
    return _what_it_is(text) or why


def _half_written(text: str, notes: tuple[str, ...], why: str) -> Found:
    """Take the cells that are complete."""
    start = re.search(r'"cells"\s*:\s*\[', text)
    cells, position = [], start.end() if start else len(text)
    decoder = json.JSONDecoder()
    while position < len(text):
        position += len(text[position:]) - len(text[position:].lstrip(" \t\r\n,"))
        try:
            cell, position = decoder.raw_decode(text, position)
        except (ValueError, RecursionError):
            break
        cells.append(cell)
    if not cells:
        raise Unreadable(why, text)
    return Found({"cells": cells, "nbformat": 4}, notes, broken=why)


def one_side(source: str) -> tuple[str, bool]:
    """Return a cell's text without merge-conflict markers, and whether it had any."""
    if not _MARKER.search(source):
        return source, False
    return _CONFLICT.sub(lambda match: match.group(1), source), True


def _merged(text: str, notes: tuple[str, ...], marker: re.Match[str]) -> Found:
    """Take one side of each merge conflict, and note the cells in which the sides differ."""
    line = text[: marker.start()].count("\n") + 1
    why = f"The file has merge-conflict markers (first at line {line}). Settle them and save."
    sides = []
    for side in (1, 2):
        try:
            sides.append(json.loads(_CONFLICT.sub(lambda m, k=side: m.group(k), text)))
        except (ValueError, RecursionError):
            continue
    sides = [
        side for side in sides if isinstance(side, dict) and isinstance(side.get("cells"), list)
    ]
    if not sides:
        return _half_written(text, notes, why)
    mine, other = (_sources(side) for side in (sides[0], sides[-1]))
    differ = frozenset(k for k, source in enumerate(mine) if source not in other)
    every = frozenset(range(len(mine))) if len(sides) == 1 else differ
    return Found(sides[0], (*notes, why), "", every)


def _sources(content: dict[str, Any]) -> list[str]:
    cells = content["cells"]
    return [json.dumps(cell.get("source")) if isinstance(cell, dict) else "" for cell in cells]
