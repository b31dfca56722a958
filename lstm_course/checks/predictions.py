"""Judge a prediction: numbers, or a letter."""

import numpy as np
from numpy.typing import NDArray

from ..exercises import Predict, Wrong
from ..exercises.typed import is_exactly, is_typed, recognised, relation, slip
from .forms import formed
from .outcome import Outcome
from .reply import Attempt
from .values import short
from .verdicts import failed, passed


def judge_prediction(exercise: Predict, attempt: Attempt) -> Outcome:
    """Hold a guess against the answer, within what the exercise allows."""
    (value,) = attempt.values()
    shape = exercise.choices or np.shape(exercise.answer)
    got, status, cause, look = formed(exercise.asks_for[0], value, shape)
    if status:
        return failed(exercise, status, cause, look=look, named=True)
    return _letter(exercise, got) if exercise.choices else _numbers(exercise, got)


def _letter(exercise: Predict, letter: str) -> Outcome:
    if letter == exercise.answer:
        return passed(exercise)
    wrong = next(wrong for wrong in exercise.wrong if wrong.answer == letter)
    return _not_it(exercise, letter, wrong.cause, wrong.look, named=True)


def _numbers(exercise: Predict, got: NDArray) -> Outcome:
    right = np.asarray(exercise.answer, dtype=float)
    far = np.abs(got - right) > exercise.within + 1e-9
    if not far.any():
        return passed(exercise)
    cause, look = _why(exercise, got, right)
    if cause:
        return _not_it(exercise, short(got), cause, look, named=True)
    return _not_it(exercise, short(got), _where(got, right, far))


def _why(exercise: Predict, got: NDArray, right: NDArray) -> tuple[str, str]:
    """Return the first that explains a value, and what to look at: nothing where nothing does."""
    known = [(wrong.answer, wrong) for wrong in exercise.wrong]
    found = recognised(got, known)
    exactly = any(is_exactly(got, wrong.answer) for wrong in found)
    if not exactly and exercise.within and is_typed(got, right):
        return "This is the right number, to too few digits.", ""
    if found:
        return _both(found[:2])
    explain = exercise.explain or (lambda value: "")
    if right.ndim:
        return explain(got), ""
    value, number = float(got), float(right)
    return slip(value, number) or explain(got) or relation(value, number), ""


def _both(found: list[Wrong]) -> tuple[str, str]:
    """Return one explanation, or two that give the same numbers as what they are: two."""
    if len(found) == 1:
        return found[0].cause, found[0].look
    return f"Two things would explain this. {found[0].cause} Or: {found[1].cause}", ""


def _where(got: NDArray, right: NDArray, far: NDArray) -> str:
    """Say which numbers are not right."""
    if right.ndim == 0:
        return f"Your number is too {'large' if got > right else 'small'}."
    off = [str(k + 1) for k in np.flatnonzero(far)]
    if len(off) == right.size:
        return "None of the numbers is right." if right.size > 2 else "Neither number is right."
    *most, last = off
    many = f"Numbers {', '.join(most)} and {last} are" if most else f"Number {last} is"
    return f"{many} not right; the rest is."


def _not_it(
    exercise: Predict, yours: str, cause: str, look: str = "", named: bool = False
) -> Outcome:
    rows = (("yours", yours),)
    return failed(exercise, "not it", cause, rows, look or exercise.look, named=named)
