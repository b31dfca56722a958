"""Bring what a learner handed in to the structure that nbgrader released. Pure but for reading.

nbgrader stops at a file that it cannot read, and at a cell whose id is missing or stands
twice. Here each of its cells stands once, with the learner's answers in place.
"""

from copy import deepcopy
from pathlib import Path
from typing import Any

import nbformat

from ...exercises import UnknownExercise, find
from ..notebooks.cells import sets_names
from ..notebooks.mending import Unreadable, read_json
from ..notebooks.merging import merge
from ..notebooks.reading import as_version_4
from ..notebooks.templates import is_stub, mark_of, text_of

Cell = dict[str, Any]


def restored(path: Path, released: dict[str, Any]) -> dict[str, Any] | None:
    """Return a learner's notebook in the released structure.

    Parameters
    ----------
    path : Path
        The learner's file. It is read and never written.
    released : dict
        The unsolved notebook, as it was handed out.

    Returns
    -------
    dict or None
        None when the file already is as nbgrader wants it.
    """
    if _as_released(path, released):
        return None
    merged = merge(_cells(path), released)
    return {**merged, "cells": _each_once(merged["cells"], released["cells"])}


def _as_released(path: Path, released: dict[str, Any]) -> bool:
    """Tell whether nbgrader can read the file and finds each of its cells once."""
    try:
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
    except Exception:
        return False
    given = [(_grade_id(cell), cell["cell_type"]) for cell in released["cells"] if _grade_id(cell)]
    found = [(_grade_id(cell), cell["cell_type"]) for cell in notebook["cells"] if _marked(cell)]
    return sorted(found) == sorted(given)


def _cells(path: Path) -> list[Cell]:
    """Return what can be read of a file's cells; none of a file that holds no notebook."""
    try:
        raw, _ = as_version_4(read_json(path).content, [])
    except Unreadable:
        return []
    cells = raw.get("cells")
    kinds = ("code", "markdown", "raw")
    whole = [cell for cell in cells if isinstance(cell, dict)] if isinstance(cells, list) else []
    return [{**c, "source": text_of(c)} for c in whole if c.get("cell_type") in kinds]


def _each_once(cells: list[Cell], released: list[Cell]) -> list[Cell]:
    """Give nbgrader's mark to one cell for each of its ids, and to no other."""
    cells = [deepcopy(cell) for cell in cells]
    behind = -1
    for given in filter(_grade_id, released):
        mine = [k for k, c in enumerate(cells) if _grade_id(c) == _grade_id(given)]
        mine = mine or _answers_without_a_mark(cells, given)
        if not mine:
            cells.insert(behind + 1, deepcopy(given))
            mine = [behind + 1]
        changed = [k for k in mine if text_of(cells[k]) != text_of(given)]
        behind = (changed or mine)[-1]
        for k in mine:
            cells[k]["metadata"].pop("nbgrader", None)
        cells[behind] = _as_type_of(given, cells[behind])
    known = set(map(_grade_id, released))
    for cell in cells:
        if _grade_id(cell) not in known:
            cell["metadata"].pop("nbgrader", None)
    return cells


def _as_type_of(given: Cell, cell: Cell) -> Cell:
    """Return a cell with the metadata of the released one, and as code where that is code."""
    code = {"outputs": [], "execution_count": None} if given["cell_type"] == "code" else {}
    kept = {**code, **cell, "cell_type": given["cell_type"]}
    kept["metadata"] = {**cell["metadata"], **deepcopy(given["metadata"])}
    extra = () if code else ("outputs", "execution_count")
    return {key: value for key, value in kept.items() if key not in extra}


def _answers_without_a_mark(cells: list[Cell], given: Cell) -> list[int]:
    """Return the places of cells that define what a released answer cell asks for."""
    try:
        names = set(find(_grade_id(given)).asks_for)
    except UnknownExercise:
        return []
    return [
        k
        for k, cell in enumerate(cells)
        if cell["cell_type"] == "code"
        and not mark_of(cell)
        and names <= sets_names(text_of(cell))
        and not is_stub(text_of(cell))
    ]


def _marked(cell: Cell) -> bool:
    return bool(cell.get("metadata", {}).get("nbgrader"))


def _grade_id(cell: Cell) -> str:
    mark = cell["metadata"].get("nbgrader") if isinstance(cell.get("metadata"), dict) else None
    return str(mark.get("grade_id", "")) if isinstance(mark, dict) else ""
