"""Bring a learner's cells together with a newer template. Pure: no file is touched.

The template gives the order. Each of the learner's cells finds its place in it: answers by
exercise id, given cells by cell id, both by their content where those are lost, cells of the
learner's own behind the cell they stood behind. What has no place any more is parked at the end
as text, where it cannot run.
"""

import re
import secrets
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from .cells import only_checks, sets_names
from .recognising import answers_alone, recognised, same_text
from .templates import is_stub, mark_of, text_of

Cell = dict[str, Any]
PARKED = (
    "## Kept from before\n\nThese cells had no place in the course's newer notebook. "
    "They do not run here; copy what you need."
)
_COURSE_ID = re.compile(r"[0-9a-f]{12}")


@dataclass
class _Places:
    """Where each cell of the learner's goes: on a cell of the template, behind one, or away."""

    on: dict[int, list[Cell]] = field(default_factory=dict)
    behind: dict[int, list[Cell]] = field(default_factory=dict)
    parked: list[Cell] = field(default_factory=list)


def merge(
    learner: list[Cell], template: dict[str, Any], anew: frozenset[str] = frozenset()
) -> dict[str, Any]:
    """Return the template with everything in it that the learner wrote.

    Parameters
    ----------
    learner : list of dict
        The cells of the learner's notebook.
    template : dict
        The unsolved notebook of the newer course.
    anew : set of str
        Exercises that get their stub even where the answer stands in another cell.
    """
    learner = recognised(learner, template["cells"])
    places = _place(learner, template["cells"])
    given_ids = {str(cell.get("id", "")) for cell in template["cells"]}
    others = [cell for cell in learner if mark_of(cell) or str(cell.get("id", "")) not in given_ids]
    cells = list(places.behind.get(-1, []))
    for k, given in enumerate(template["cells"]):
        if k in places.on:
            cells += places.on[k]
        elif mark_of(given).get("exercise") in anew or not _answered_elsewhere(
            given, others, template["cells"]
        ):
            cells.append(deepcopy(given))
        cells += places.behind.get(k, [])
    if places.parked:
        heading = {"cell_type": "markdown", "metadata": {}, "source": PARKED}
        cells += [heading, *map(_as_text, places.parked)]
    return {**deepcopy(template), "nbformat_minor": 5, "cells": list(_with_ids(cells))}


def _place(learner: list[Cell], template: list[Cell]) -> _Places:
    places, anchor = _Places(), -1
    keys = {("cell", str(cell.get("id", ""))): k for k, cell in enumerate(template)}
    keys |= {_key(cell): k for k, cell in enumerate(template)}
    for cell in learner:
        at = keys.get(_key(cell))
        if at is None:
            if _from_an_older_course(cell):
                places.parked += [cell] if _worth_keeping(cell) else []
            else:
                places.behind.setdefault(anchor, []).append(_free(cell))
            continue
        anchor = at
        _settle(places, at, cell, template[at])
    return places


def _settle(places: _Places, at: int, cell: Cell, given: Cell) -> None:
    """Put a learner's cell on its place in the template."""
    role = mark_of(given).get("role")
    if role == "answer":
        if not is_stub(text_of(cell)):
            cell_id = cell.get("id") or given.get("id", "")
            kept = {**cell, "id": cell_id, "metadata": deepcopy(given["metadata"])}
            places.on.setdefault(at, []).append(kept)
    elif role == "check" and not only_checks(text_of(cell)):
        places.behind.setdefault(at, []).append(_free(cell))
    elif same_text(cell, given):
        outputs = {k: cell[k] for k in ("outputs", "execution_count") if k in cell}
        places.on[at] = [{**deepcopy(given), **outputs}]
    elif role == "check" or at in places.on:
        places.behind.setdefault(at, []).append(_free(cell))
    else:  # a given cell that the learner changed
        places.on[at] = [deepcopy(cell)]


def _key(cell: Cell) -> tuple[str, str]:
    mark = mark_of(cell)
    if mark.get("role") in ("answer", "check", "links"):
        return (mark["role"], str(mark.get("exercise", "")))
    return ("cell", str(cell.get("id", "")))


def _from_an_older_course(cell: Cell) -> bool:
    """Tell whether a cell without a place came from the course and not from the learner."""
    named = bool(mark_of(cell).get("role"))
    return named or bool(_COURSE_ID.fullmatch(str(cell.get("id", ""))))


def _worth_keeping(cell: Cell) -> bool:
    """Tell whether an old course's cell can hold something that the learner wrote."""
    text = text_of(cell)
    if cell.get("cell_type") != "code" or not text.strip():
        return False
    return not (only_checks(text) or is_stub(text))


def _answered_elsewhere(given: Cell, learner: list[Cell], template: list[Cell]) -> bool:
    """Tell whether the answer to a template's cell stands in a cell of another place.

    A stub below it would undo it.
    """
    mark = mark_of(given)
    if mark.get("role") != "answer":
        return False
    names = answers_alone(str(mark["exercise"]), template)
    if not names or any(_key(cell) == _key(given) for cell in learner):
        return False
    code = (text_of(cell) for cell in learner if cell.get("cell_type") == "code")
    return any(names <= sets_names(text) and not is_stub(text) for text in code)


def _free(cell: Cell) -> Cell:
    """Return a cell of the learner's own, free to be edited and deleted, outputs kept."""
    metadata = cell.get("metadata") if isinstance(cell.get("metadata"), dict) else {}
    ours = ("lstm_course", "nbgrader", "deletable", "editable") if _is_check(cell) else ()
    return {**cell, "metadata": {k: v for k, v in metadata.items() if k not in ours}}


def _is_check(cell: Cell) -> bool:
    return mark_of(cell).get("role") == "check"


def _as_text(cell: Cell) -> Cell:
    title = mark_of(cell).get("exercise", "")
    fence = f"```python\n{text_of(cell)}\n```"
    source = f"**{title}**\n\n{fence}" if title else fence
    return {"cell_type": "markdown", "metadata": {}, "source": source}


def _with_ids(cells: list[Cell]) -> Iterator[Cell]:
    """Yield the cells with what notebook format 4.5 asks for; no id stands twice."""
    seen: set[str] = set()
    for cell in cells:
        cell_id = str(cell.get("id", ""))
        if not re.fullmatch(r"[\w-]{1,64}", cell_id) or cell_id in seen:
            cell_id = secrets.token_hex(4)
        seen.add(cell_id)
        whole = {"metadata": {}, "source": "", **cell, "id": cell_id}
        if whole["cell_type"] == "code":
            whole = {"outputs": [], "execution_count": None, **whole}
        yield whole
