"""Give a learner's cells the course's ids and metadata back, where a program has dropped them.

Google Colab and others save cells under new ids and keep metadata in part. A given cell is then
known by its text, a check by the exercise that it names, an answer by the names that it sets.
"""

import re
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from ...exercises import Exercise, UnknownExercise, find
from .cells import only_checks, sets_names
from .templates import mark_of, text_of

Cell = dict[str, Any]
CHECKED = re.compile(r"""check\(\s*["']([\w-]+)["']""")
_BUILT_LINE = re.compile(r"^(\*\*[\w-]+\*\* · .*|.*\]\(\.\./.*|.*\.ipynb\).*)$", re.MULTILINE)


def recognised(learner: list[Cell], template: list[Cell]) -> list[Cell]:
    """Return a learner's cells with what ties them to the course.

    Parameters
    ----------
    learner, template : list of dict
        The cells of the learner's notebook, and of the one as handed out.
    """
    places = {str(cell.get("id", "")): k for k, cell in enumerate(template)}
    places.pop("", None)
    found: dict[int, int] = {}
    taken = {k for cell in learner if (k := places.get(str(cell.get("id", "")))) is not None}
    marks = {_role(cell) for cell in learner if mark_of(cell)}
    free = [k for k, cell in enumerate(template) if k not in taken and _role(cell) not in marks]
    unknown = [j for j, c in enumerate(learner) if not mark_of(c) and c.get("id") not in places]
    for match in (_by_text, _by_check, _by_names):
        for j, k in match(learner, template, unknown, free):
            if j in unknown and k in free:
                found[j] = k
                unknown.remove(j)
                free.remove(k)
    return [
        _tied(cell, template[found[j]]) if j in found else _marked(cell, template, places)
        for j, cell in enumerate(learner)
    ]


def same_text(cell: Cell, given: Cell) -> bool:
    """Compare two cells without the lines that the build writes: links, points, minutes."""
    return _written(cell) == _written(given) and cell.get("cell_type") == given.get("cell_type")


def answers_alone(exercise_id: str, template: list[Cell]) -> set[str]:
    """Return the names that an exercise asks for; none where another one asks for them, too."""
    asked = {e.id: frozenset(e.asks_for) for e in _exercises(template)}
    names = asked.get(exercise_id, frozenset())
    return set(names) if Counter(asked.values())[names] == 1 else set()


def _by_text(
    learner: list[Cell], template: list[Cell], unknown: list[int], free: list[int]
) -> Iterator[tuple[int, int]]:
    left = list(free)
    for j in list(unknown):
        if text_of(learner[j]).strip():
            k = next((k for k in left if same_text(learner[j], template[k])), None)
            if k is not None:
                left.remove(k)
                yield j, k


def _by_check(
    learner: list[Cell], template: list[Cell], unknown: list[int], free: list[int]
) -> Iterator[tuple[int, int]]:
    checks = {e: k for k in free for e in [_exercise(template[k], "check")] if e}
    for j in list(unknown):
        text = text_of(learner[j])
        if only_checks(text):
            yield from ((j, checks[e]) for e in CHECKED.findall(text)[:1] if e in checks)


def _by_names(
    learner: list[Cell], template: list[Cell], unknown: list[int], free: list[int]
) -> Iterator[tuple[int, int]]:
    """Yield answers: of the cells that set the names the last one above the exercise's check."""
    sets = {j: sets_names(text_of(learner[j])) for j in unknown if _is_code(learner[j])}
    checked = [set(CHECKED.findall(text_of(cell))) for cell in learner]
    for k in list(free):
        exercise_id = _exercise(template[k], "answer")
        names = set(find(exercise_id).asks_for) if exercise_id else set()
        check = next((j for j, ids in enumerate(checked) if exercise_id in ids), None)
        setting = [j for j in sets if names and names <= sets[j] and (check is None or j < check)]
        between = checked[setting[-1] : check] if setting else []
        if setting and (
            answers_alone(exercise_id, template) or (check is not None and not any(between))
        ):
            yield setting[-1], k


def _tied(cell: Cell, given: Cell) -> Cell:
    metadata = cell.get("metadata") if isinstance(cell.get("metadata"), dict) else {}
    given_metadata = deepcopy(given.get("metadata", {}))
    return {**cell, "id": given.get("id", ""), "metadata": {**metadata, **given_metadata}}


def _marked(cell: Cell, template: list[Cell], places: dict[str, int]) -> Cell:
    """Return a cell that kept the course's id with the metadata of the given one."""
    k = places.get(str(cell.get("id", "")))
    return cell if k is None or mark_of(cell) else _tied(cell, template[k])


def _role(cell: Cell) -> tuple[str, str]:
    mark = mark_of(cell)
    if mark.get("role") in ("answer", "check", "links"):
        return (mark["role"], str(mark.get("exercise", "")))
    return ("cell", str(cell.get("id", "")))


def _exercise(cell: Cell, role: str) -> str:
    mark = mark_of(cell)
    known = mark.get("role") == role and any(
        e.id == mark.get("exercise") for e in _exercises([cell])
    )
    return str(mark["exercise"]) if known else ""


def _exercises(template: list[Cell]) -> list[Exercise]:
    ids = dict.fromkeys(str(mark_of(cell).get("exercise", "")) for cell in template)
    found = []
    for exercise_id in filter(None, ids):
        try:
            found.append(find(exercise_id))
        except UnknownExercise:
            continue
    return found


def _is_code(cell: Cell) -> bool:
    return cell.get("cell_type") == "code"


def _written(cell: Cell) -> str:
    lines = _BUILT_LINE.sub("", text_of(cell)).strip().split("\n")
    return "\n".join(line.rstrip() for line in lines)
