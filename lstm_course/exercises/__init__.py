"""Every graded exercise of the course: one module, or one package, per exercise notebook."""

import difflib
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from .model import (
    PAIRS,
    SENTENCE,
    Band,
    Case,
    Exercise,
    Finding,
    Predict,
    Reasoned,
    SetValues,
    Shape,
    WriteFunction,
    Wrong,
)
from .slips import Instead

__all__ = [
    "PAIRS",
    "SENTENCE",
    "Band",
    "Case",
    "Exercise",
    "Finding",
    "Instead",
    "Predict",
    "Reasoned",
    "SetValues",
    "Shape",
    "UnknownExercise",
    "Wrong",
    "WriteFunction",
    "all_exercises",
    "exercises_of",
    "find",
    "notebooks",
]


class UnknownExercise(KeyError):
    """No exercise has this id."""

    def __str__(self) -> str:
        """Return the line itself; KeyError would put it in quotes."""
        return self.args[0]


@cache
def all_exercises() -> dict[str, Exercise]:
    """Return every exercise by id, in the order of the course."""
    modules = sorted(m.name for m in iter_modules(__path__) if m.name.startswith("ex"))
    every = [e for name in modules for e in import_module(f"{__package__}.{name}").EXERCISES]
    return {exercise.id: exercise for exercise in every}


def find(exercise_id: str) -> Exercise:
    """Return the exercise of that id.

    Raises
    ------
    UnknownExercise
        With the nearest id, in one line.
    """
    known = all_exercises()
    if isinstance(exercise_id, str) and exercise_id in known:
        return known[exercise_id]
    text = exercise_id if isinstance(exercise_id, str) else ""
    near = difflib.get_close_matches(text, known, n=1, cutoff=0.4)
    guess = f' Did you mean "{near[0]}"?' if near else " It stands in bold above the exercise."
    raise UnknownExercise(f"No exercise has the id {_line(exercise_id)}.{guess}")


def _line(value: Any) -> str:
    return f"{' '.join(repr(value).split()):.60}"


def notebooks() -> list[str]:
    """Return the names of the exercise notebooks, in order; a warm-up in a lesson is in none."""
    graded = (exercise for exercise in all_exercises().values() if exercise.points)
    return list(dict.fromkeys(exercise.notebook for exercise in graded))


def exercises_of(notebook: str) -> list[Exercise]:
    """Return the exercises of one notebook, in order; empty when there is no such notebook."""
    return [e for e in all_exercises().values() if e.notebook == notebook]
