"""``check`` and ``hint``, and what they share with the grader: call, compare, name the cause."""

from typing import Any

from numpy.random import default_rng

from ..exercises import UnknownExercise, find
from .diagnose import diagnose
from .outcome import Message, Outcome
from .reply import Handed
from .verdicts import listed

__all__ = ["check", "hint"]

_rungs: dict[str, int] = {}


def check(exercise_id: str, *answers: Any) -> Outcome | Message:
    """Check an answer and say what to do next.

    Parameters
    ----------
    exercise_id : str
        Stands in bold above the exercise, such as "forget-gate".
    *answers
        What the exercise asks for: your function, or your values.

    Returns
    -------
    Outcome
        Passed, not attempted yet, or the first thing that is wrong with its likely cause.
        A call that cannot be checked gives a Message with the call to make.
    """
    try:
        exercise = find(exercise_id)
    except UnknownExercise as unknown:
        return Message(str(unknown))
    if len(answers) != len(exercise.asks_for):
        return Message(f"{exercise_id} asks for {listed(exercise.asks_for)}: {exercise.call}")
    return diagnose(exercise, Handed(answers), default_rng(0))


def hint(exercise_id: str) -> Message:
    """Give the next hint; each call says a little more.

    Parameters
    ----------
    exercise_id : str
        Stands in bold above the exercise, such as "forget-gate".
    """
    try:
        exercise = find(exercise_id)
    except UnknownExercise as unknown:
        return Message(str(unknown))
    rung = min(_rungs.get(exercise_id, 0), len(exercise.hints) - 1)
    _rungs[exercise_id] = rung + 1
    last = " (the last one)" if rung == len(exercise.hints) - 1 else ""
    return Message(f"Hint {rung + 1} of {len(exercise.hints)}{last}: {exercise.hints[rung]}")
