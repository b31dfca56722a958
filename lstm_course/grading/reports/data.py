"""Results as JSON, and back: everything that the other reports are made of."""

import json
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any

from ... import __version__
from ...checks.outcome import Outcome
from ...exercises import UnknownExercise, find
from ..batch import Grades
from ..notebooks.finding import Remark
from ..run import NotebookResult
from .sums import points_of

_KEYS = {"exercise_id": "id", "status": "outcome", "look": "next"}
_ELSEWHERE = ("learner", "outcomes")  # fields that stand above or below in the file


class NoResults(Exception):
    """A file that `grade --json` did not write, with the reason in one line."""


def as_json(grades: Grades) -> str:
    """Return everything: totalPoints, maxPoints, and per exercise its outcome and cause."""
    content = {
        "courseVersion": __version__,
        "seed": grades.seed,
        "share": list(grades.share) if grades.share else None,
        "remarks": [vars(remark) for remark in grades.remarks],
        "totalPoints": grades.points,
        "maxPoints": grades.max_points,
        "learners": [_learner(grades, learner) for learner in grades.learners],
        "causes": [vars(cause) for cause in grades.causes()],
    }
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def from_json(text: str) -> Grades:
    """Return the results that `as_json` has written.

    Raises
    ------
    NoResults
        When the text is something else.
    """
    try:
        content = json.loads(text)
        results = [
            _result(notebook, learner["learner"])
            for learner in content["learners"]
            for notebook in learner["notebooks"]
        ]
        ids = {one["learner"]: one["id"] for one in content["learners"] if one["id"]}
        remarks = tuple(Remark(**remark) for remark in content["remarks"])
        share = tuple(content["share"]) if content["share"] else None
        return Grades(tuple(results), content["seed"], remarks, ids, share)
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        raise NoResults(f"it holds no results of `grade --json` ({error!r})") from None


def _learner(grades: Grades, learner: str) -> dict[str, Any]:
    theirs = grades.of(learner)
    points, best = points_of(theirs)
    return {
        "learner": learner,
        "id": grades.ids.get(learner, ""),
        "totalPoints": points,
        "maxPoints": best,
        "notebooks": [_notebook(result) for result in theirs],
    }


def _notebook(result: NotebookResult) -> dict[str, Any]:
    return {
        **_record(result),
        "path": str(result.path) if result.path else None,
        "seconds": round(result.seconds, 3),
        "totalPoints": result.points,
        "maxPoints": result.max_points,
        "exercises": [{**_record(o), "kind": _kind(o)} for o in result.outcomes],
    }


def _result(record: dict[str, Any], learner: str) -> NotebookResult:
    outcomes = tuple(_read(Outcome, exercise) for exercise in record["exercises"])
    path = Path(record["path"]) if record["path"] else None
    return _read(NotebookResult, record, learner=learner, outcomes=outcomes, path=path)


def _kind(outcome: Outcome) -> str:
    """Return the kind of an exercise; empty when another version of the course had it."""
    try:
        return find(outcome.exercise_id).kind
    except UnknownExercise:
        return ""


def _record(thing: Any) -> dict[str, Any]:
    """Take what is told; a field that is no part of the comparison is for a notebook's eyes."""
    told = [field.name for field in fields(thing) if field.compare]
    names = [name for name in told if name not in _ELSEWHERE]
    return {_key(name): getattr(thing, name) for name in names}


def _read(kind: type, record: dict[str, Any], **known: Any) -> Any:
    """Make a dataclass of what a file holds; what an older course did not write stays unset."""
    for field in fields(kind):
        key = _key(field.name)
        if field.name not in known and (key in record or field.default is MISSING):
            known[field.name] = _as_tuples(record[key])
    return kind(**known)


def _as_tuples(value: Any) -> Any:
    return tuple(map(_as_tuples, value)) if isinstance(value, list) else value


def _key(name: str) -> str:
    """Return a field's name as the file has it: max_points is maxPoints."""
    first, *more = _KEYS.get(name, name).split("_")
    return first + "".join(word.title() for word in more)
