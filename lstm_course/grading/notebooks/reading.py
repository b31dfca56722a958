"""Read a learner's notebook, whatever happened to it, and find the answers in it."""

import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from ...exercises import Exercise, WriteFunction, all_exercises, exercises_of, find, notebooks
from ...exercises import UnknownExercise as _Unknown
from .cells import Cell, parsed
from .mending import Unreadable, one_side, read_json
from .naming import notebook_in

_CHECKED = re.compile(r"""check\(\s*["']([\w-]+)["']""")
_MARKED = re.compile(r'"(?:exercise|grade_id)":\s*"(?:check-)?([\w-]+)"')
_FENCE = re.compile(r"\A```(?:python|py)?[ \t]*\n(.*?)\n?```\Z", re.DOTALL)


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
    try:
        found = read_json(path)
    except Unreadable as unreadable:
        name = _name_from_text(unreadable.text) or notebook_in(path.name)
        return Notebook(path, name, broken=str(unreadable))
    raw, notes = as_version_4(found.content, list(found.notes))
    course = _dict(_dict(raw.get("metadata")).get("lstm_course"))
    if course.get("kind") == "lesson":
        return Notebook(path, "", broken="It is a lesson, not an exercise notebook.")
    every = _cells(raw, found.conflicts, notes)
    name = _name_of(course, every, path.name)
    cells, more = _with_answers_as_text(every, exercises_of(name))
    answers = {e.id: _answers(e, cells) for e in exercises_of(name)}
    version = str(course.get("version", ""))
    return Notebook(path, name, cells, version, (*notes, *more), found.broken, answers)


def _name_of(course: dict[str, Any], cells: tuple[Cell, ...], called: str) -> str:
    """Return which exercise notebook a file is: by what it holds, then by what it is called."""
    named, held = _known(course.get("notebook")), _voted(cells)
    if named and (named in held or not held):
        return named
    if held:
        return held[0]
    called, defined = notebook_in(called), _by_definitions(cells)
    return called if called in defined or not defined else defined[0]


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


def _cells(raw: dict[str, Any], conflicts: frozenset[int], notes: list[str]) -> tuple[Cell, ...]:
    """Return all cells; of two sides in merge-conflict markers the first."""
    cells = raw.get("cells")
    found = []
    for k, cell in enumerate(cells if isinstance(cells, list) else []):
        if isinstance(cell, dict):
            source, torn = one_side(_source(cell))
            kind, exercise = str(cell.get("cell_type", "")), _exercise_id(cell)
            found.append(Cell(k + 1, source, exercise, torn or k in conflicts, kind))
            if torn and kind == "code":
                notes.append(f"Cell {k + 1} has merge-conflict markers. Settle them and save.")
    return tuple(found)


def _with_answers_as_text(
    every: tuple[Cell, ...], exercises: list[Exercise]
) -> tuple[tuple[Cell, ...], list[str]]:
    """Return the code cells, among them answers that were turned into Markdown or raw text."""
    cells, notes = [], []
    code = [cell for cell in every if cell.kind == "code"]
    for cell in every:
        if cell.kind == "code":
            cells.append(cell)
            continue
        source = _FENCE.sub(r"\1", cell.source.strip())
        for exercise in exercises:
            if _stands_in_text(exercise, replace(cell, source=source), code):
                cells.append(replace(cell, source=source, kind="code"))
                notes.append(
                    f"Cell {cell.number}, the answer to {exercise.id}, is a {cell.kind} cell; "
                    "it was run as code."
                )
                break
    return tuple(cells), notes


def _stands_in_text(exercise: Exercise, cell: Cell, code: list[Cell]) -> bool:
    """Tell whether a cell of text is the answer to an exercise that no code cell answers."""
    names = set(exercise.asks_for)
    if not parsed(cell.source) or any(names <= other.defines for other in code):
        return False
    return cell.exercise == exercise.id or names <= cell.defines


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


def as_version_4(raw: dict[str, Any], notes: list[str]) -> tuple[dict[str, Any], list[str]]:
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


def _voted(cells: tuple[Cell, ...]) -> list[str]:
    """Return the notebooks whose exercises the cells carry or check, most of them first."""
    ids = [i for cell in cells for i in (*_CHECKED.findall(cell.source), cell.exercise)]
    return _most([exercise.notebook for exercise in map(_find, ids) if exercise])


def _by_definitions(cells: tuple[Cell, ...]) -> list[str]:
    """Return the notebooks that ask for functions which the cells define, most of them first."""
    defined = {name for cell in cells if cell.kind == "code" for name in cell.defines}
    every = all_exercises().values()
    functions = [exercise for exercise in every if isinstance(exercise, WriteFunction)]
    return _most([e.notebook for e in functions if {*e.asks_for} <= defined])


def _name_from_text(text: str) -> str:
    """Return the notebook to which most ids in a file belong that cannot be read."""
    ids = [*_CHECKED.findall(text.replace('\\"', '"')), *_MARKED.findall(text)]
    voted = _most([exercise.notebook for exercise in map(_find, ids) if exercise])
    return voted[0] if voted else ""


def _most(votes: list[str]) -> list[str]:
    return sorted(dict.fromkeys(votes), key=lambda name: -votes.count(name))


def _known(name: Any) -> str:
    return name if name in notebooks() else ""


def _find(exercise_id: str) -> Exercise | None:
    try:
        return find(exercise_id)
    except _Unknown:
        return None


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
