"""Read a learner's notebook, whatever happened to it, and find the answers in it."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ...exercises import Exercise, exercises_of, find, notebooks
from ...exercises import UnknownExercise as _Unknown
from .mending import Unreadable, read_json

_CALLS = ("check", "hint")


@dataclass(frozen=True)
class Cell:
    """A code cell of a learner's notebook.

    Attributes
    ----------
    number : int
        Its place among all cells, from 1.
    source : str
        Its code.
    exercise : str
        The id in its metadata when it is an answer cell; otherwise empty.
    conflict : bool
        Whether merge-conflict markers stood in it.
    """

    number: int
    source: str
    exercise: str = ""
    conflict: bool = False

    @property
    def only_checks(self) -> bool:
        """Whether it holds nothing but calls of check and hint."""
        return only_checks(self.source)

    @property
    def defines(self) -> frozenset[str]:
        """Names that it defines, as far as its text tells."""
        return sets_names(self.source)


@dataclass(frozen=True)
class Notebook:
    """What the grader needs of a learner's file.

    Attributes
    ----------
    path : Path
        The file.
    name : str
        Which exercise notebook it is, such as "04-forget-gate"; empty when that is not known.
    cells : tuple of Cell
        Its code cells in order.
    version : str
        The course version that it was made with; empty when not recorded.
    notes : tuple of str
        What is odd about the file.
    broken : str
        Why exercises that are not in `cells` could not be read; empty for a whole file.
    """

    path: Path
    name: str
    cells: tuple[Cell, ...] = ()
    version: str = ""
    notes: tuple[str, ...] = ()
    broken: str = ""
    answers: dict[str, tuple[Cell, ...]] = field(default_factory=dict)

    @property
    def exercises(self) -> list[Exercise]:
        """The exercises that it has to hold, in order, whether they are there or not."""
        return exercises_of(self.name)


def read_notebook(path: Path) -> Notebook:
    """Read a notebook; damage becomes a note, or the reason why nothing could be read."""
    name = _name_in(path.name)
    try:
        found = read_json(path)
    except Unreadable as unreadable:
        return Notebook(path, name or _name_in(unreadable.text), broken=str(unreadable))
    raw, notes = _as_version_4(found.content, list(found.notes))
    course = _dict(_dict(raw.get("metadata")).get("lstm_course"))
    cells = _code_cells(raw, found.conflicts)
    name = _known(course.get("notebook")) or name or _name_from(cells)
    answers = {e.id: _answers(e, cells) for e in exercises_of(name)}
    return Notebook(
        path, name, cells, str(course.get("version", "")), tuple(notes), found.broken, answers
    )


def _answers(exercise: Exercise, cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """Return the cells to grade an exercise after: those of its id, and any that defines it."""
    names = set(exercise.asks_for)
    own = {exercise.id, ""}
    return tuple(
        cell
        for cell in cells
        if cell.exercise == exercise.id
        or (cell.defines & names and (cell.exercise in own or not _has_own_cell(exercise, cells)))
    )


def _has_own_cell(exercise: Exercise, cells: tuple[Cell, ...]) -> bool:
    """Tell whether some cell still carries the exercise's id."""
    return any(cell.exercise == exercise.id for cell in cells)


def _code_cells(raw: dict[str, Any], conflicts: frozenset[int]) -> tuple[Cell, ...]:
    cells = raw.get("cells")
    numbered = enumerate(cells if isinstance(cells, list) else [])
    return tuple(
        Cell(k + 1, _source(cell), _exercise_id(cell), k in conflicts)
        for k, cell in numbered
        if isinstance(cell, dict) and cell.get("cell_type") == "code"
    )


def _exercise_id(cell: dict[str, Any]) -> str:
    """Return the id of an answer cell: the course's own key, or else nbgrader's."""
    metadata = _dict(cell.get("metadata"))
    course, nbgrader = _dict(metadata.get("lstm_course")), _dict(metadata.get("nbgrader"))
    if course:
        return str(course.get("exercise", "")) if course.get("role") == "answer" else ""
    known = _find(str(nbgrader.get("grade_id", ""))) if nbgrader.get("solution") else None
    return known.id if known else ""


def _source(cell: dict[str, Any]) -> str:
    source = cell.get("source", cell.get("input", ""))
    return "".join(map(str, source)) if isinstance(source, list) else str(source)


def _as_version_4(raw: dict[str, Any], notes: list[str]) -> tuple[dict[str, Any], list[str]]:
    """Bring an old notebook format up to version 4."""
    version = raw.get("nbformat", 4)
    if version == 4 or "cells" in raw:
        return raw, notes
    import nbformat  # takes a second, and almost no file needs it

    try:
        worksheets = [
            {"metadata": {}, **sheet, "cells": [{"metadata": {}, **c} for c in sheet["cells"]]}
            for sheet in raw["worksheets"]
        ]
        whole = nbformat.from_dict(
            {"metadata": {}, "nbformat_minor": 0, **raw, "worksheets": worksheets}
        )
        return nbformat.convert(whole, 4), [*notes, f"It is in notebook format {version}."]
    except Exception:
        return {}, [*notes, f"It is in notebook format {version!r}, which cannot be read."]


def _name_in(text: str) -> str:
    """Return the exercise notebook whose name stands in a text."""
    return next((name for name in notebooks() if name in text), "")


def _name_from(cells: tuple[Cell, ...]) -> str:
    """Return the notebook to which most of the exercises in the cells belong."""
    text = "\n".join(cell.source for cell in cells)
    checked = re.findall(r"check\(\s*[\"']([\w-]+)[\"']", text)
    ids = [*checked, *(cell.exercise for cell in cells)]
    votes = [exercise.notebook for exercise in map(_find, ids) if exercise]
    return max(dict.fromkeys(votes), key=votes.count, default="")


def _known(name: Any) -> str:
    return name if name in notebooks() else ""


def _find(exercise_id: str) -> Exercise | None:
    try:
        return find(exercise_id)
    except _Unknown:
        return None


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _parse(source: str) -> list[ast.stmt]:
    """Return the statements of a cell; none when it is not plain Python."""
    lines = (
        "" if line.lstrip().startswith(("%", "!", "?")) else line for line in source.split("\n")
    )
    try:
        return ast.parse("\n".join(lines)).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []


def _is_check(statement: ast.stmt) -> bool:
    call = statement.value if isinstance(statement, ast.Expr) else None
    return isinstance(call, ast.Call) and getattr(call.func, "id", "") in _CALLS


def only_checks(source: str) -> bool:
    """Tell whether a cell holds nothing but calls of check and hint."""
    body = _parse(source)
    return bool(body) and all(map(_is_check, body))


def sets_names(source: str) -> frozenset[str]:
    """Return the names that a cell sets, as far as its text tells."""
    body = _parse(source)
    if not body:
        return frozenset(re.findall(r"^(?:def\s+)?(\w+)\s*(?:=(?!=)|\()", source, re.MULTILINE))
    return frozenset(name for statement in body for name in _names_set_by(statement))


def _names_set_by(node: ast.AST) -> Iterator[str]:
    """Yield the names that a statement sets in the notebook, not those inside functions."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        yield node.id
    elif isinstance(node, ast.alias):
        yield (node.asname or node.name).split(".")[0]
    elif not isinstance(node, ast.Lambda | ast.ListComp | ast.SetComp | ast.DictComp):
        for child in ast.iter_child_nodes(node):
            yield from _names_set_by(child)
