"""The three ends of a check: passed, not attempted yet, failed."""

from collections.abc import Sequence

from ..exercises import Exercise
from .outcome import NOT_ATTEMPTED, PASSED, Outcome


def passed(exercise: Exercise) -> Outcome:
    """Say that all that was asked for is there."""
    return Outcome(
        exercise.id, PASSED, exercise.points, exercise.points, look=exercise.passed, named=True
    )


def not_attempted(exercise: Exercise, what: str) -> Outcome:
    """Say that nothing is there to judge; `what` says what to do."""
    return Outcome(exercise.id, NOT_ATTEMPTED, 0, exercise.points, cause=what, named=True)


def failed(
    exercise: Exercise,
    status: str,
    cause: str,
    details: tuple[tuple[str, str], ...] = (),
    look: str = "",
    trace: str = "",
    named: bool = False,
    line: tuple[int, str] | None = None,
) -> Outcome:
    """Say the first thing that is wrong, with its cause."""
    look = f'{look} hint("{exercise.id}") gives more.'.strip()
    return Outcome(
        exercise.id, status, 0, exercise.points, cause, details, look, trace, named, line
    )


def listed(names: Sequence[str]) -> str:
    """Return names as they stand in a sentence: "f, i and o"."""
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last
