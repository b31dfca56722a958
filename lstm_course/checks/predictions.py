"""Judge a prediction: numbers, or a letter."""

import numpy as np
from numpy.typing import NDArray

from ..exercises import Predict, Wrong
from ..exercises.typed import recognised, relation
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
    found = recognised(got, [(wrong.answer, wrong) for wrong in exercise.wrong])
    if found:
        cause, look = _both(found[:2])
    else:
        cause, look = _explained(exercise, got, right), ""
    if cause:
        return _not_it(exercise, short(got), cause, look, named=True)
    return _not_it(exercise, short(got), _where(got, right, far))


def _both(found: list[Wrong]) -> tuple[str, str]:
    """Return one explanation, or two that give the same numbers as what they are: two."""
    if len(found) == 1:
        return found[0].cause, found[0].look
    return f"Two things would explain this. {found[0].cause} Or: {found[1].cause}", ""


def _explained(exercise: Predict, got: NDArray, right: NDArray) -> str:
    """Return what the exercise says of this value, or how it is made from the right one."""
    made = relation(float(got), float(right)) if right.ndim == 0 else ""
    return made or (exercise.explain(got) if exercise.explain else "")


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
