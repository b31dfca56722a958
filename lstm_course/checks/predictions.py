"""Judge a prediction: numbers, or a letter."""

from typing import Any

import numpy as np

from ..exercises import Predict
from .compare import brief, numbers_of, short, wanted
from .outcome import Outcome
from .reply import Attempt
from .verdicts import failed, passed


def judge_prediction(exercise: Predict, attempt: Attempt) -> Outcome:
    """Hold a guess against the answer, within what the exercise allows."""
    (value,) = attempt.values()
    if exercise.choices:
        return _choice(exercise, value)
    try:
        got = numbers_of(value)
    except (TypeError, ValueError):
        got = np.array(np.nan)
    right = np.asarray(exercise.answer, dtype=float)
    if not np.isfinite(got).all():
        cause = f"{exercise.asks_for[0]} is {brief(value)}; expected {wanted(right.shape)}."
        return failed(exercise, "wrong type", cause, look=exercise.look)
    if got.shape == right.shape and (np.abs(got - right) <= exercise.within + 1e-9).all():
        return passed(exercise)
    for wrong in exercise.wrong:
        named = np.asarray(wrong.answer, dtype=float)
        if got.shape == named.shape and (np.abs(got - named) <= exercise.within + 1e-9).all():
            return failed(
                exercise,
                "not it",
                wrong.cause,
                (("yours", short(got)),),
                wrong.look or exercise.look,
                named=True,
            )
    cause = f"Expected {wanted(right.shape)}; got {wanted(got.shape)}."
    if got.shape == right.shape:
        far = np.argwhere(np.abs(got - right) > exercise.within + 1e-9)[0]
        side = "large" if got[tuple(far)] > right[tuple(far)] else "small"
        which = f"Number {far[0] + 1}" if got.ndim else "Your number"
        cause = f"{which} is too {side}."
    return failed(exercise, "not it", cause, (("yours", short(got)),), exercise.look)


def _choice(exercise: Predict, value: Any) -> Outcome:
    letter = value.strip().lower() if isinstance(value, str) else value
    if letter == exercise.answer:
        return passed(exercise)
    for wrong in exercise.wrong:
        if letter == wrong.answer:
            look = wrong.look or exercise.look
            return failed(exercise, "not it", wrong.cause, (("yours", letter),), look, named=True)
    letters = ", ".join(f'"{c}"' for c in exercise.choices)
    cause = f"{exercise.asks_for[0]} is {brief(value)}; expected one of {letters}."
    return failed(exercise, "wrong type", cause, look=exercise.look)
