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
    if re.search(r"^<{7}", text, re.MULTILINE) and re.search(r"^>{7}", text, re.MULTILINE):
        return _merged(text, notes)
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        return _half_written(text, notes, error)
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
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace"), ("It was read as UTF-16.",)
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        note = f"It is not UTF-8 (line {line}); it was read as Latin-1."
        return data.decode("latin-1"), (note,)


def _half_written(text: str, notes: tuple[str, ...], error: Exception) -> Found:
    """Take the cells that are complete."""
    line = getattr(error, "lineno", 1)
    why = f"The file is damaged at line {line}: it is no complete JSON. Was it saved to the end?"
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


def _merged(text: str, notes: tuple[str, ...]) -> Found:
    """Take one side of each merge conflict, and note the cells in which the sides differ."""
    line = text[: re.search(r"^<{7}", text, re.MULTILINE).start()].count("\n") + 1
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
        raise Unreadable(why, text)
    mine, other = (_sources(side) for side in (sides[0], sides[-1]))
    differ = frozenset(k for k, source in enumerate(mine) if source not in other)
    every = frozenset(range(len(mine))) if len(sides) == 1 else differ
    return Found(sides[0], (*notes, why), "", every)


def _sources(content: dict[str, Any]) -> list[str]:
    cells = content["cells"]
    return [json.dumps(cell.get("source")) if isinstance(cell, dict) else "" for cell in cells]
