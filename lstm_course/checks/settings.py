"""Judge values that a learner set: the exercise's own judge tries them out."""

from dataclasses import replace

import numpy as np

from ..exercises import SetValues, Wrong
from ..exercises.typed import is_typed
from .forms import formed
from .outcome import Outcome
from .reply import Attempt
from .verdicts import failed, passed


def judge_settings(exercise: SetValues, attempt: Attempt) -> Outcome:
    """Look at the values one by one, then try them out together."""
    received = []
    for name, value, shape in zip(
        exercise.asks_for, attempt.values(), exercise.shapes, strict=True
    ):
        got, status, cause, look = formed(name, value, shape, exercise.limits)
        if status:
            return failed(exercise, status, cause, look=look, named=True)
        received.append(got)
    with np.errstate(all="ignore"):
        finding = exercise.judge(*received)
    if finding is None:
        return passed(exercise)
    wrong = _catalogued(exercise, received) or finding
    rows = (("happens", finding.got), ("asked for", finding.expected))
    details = tuple((label, text) for label, text in rows if text)
    look = wrong.look or exercise.look
    outcome = failed(exercise, "not there yet", wrong.cause, details, look, named=True)
    return replace(outcome, band=finding.band)


def _catalogued(exercise: SetValues, received: list) -> Wrong | None:
    """Return the catalogued setting that this one is."""
    if not all(isinstance(shape, tuple) for shape in exercise.shapes):
        return None
    for wrong in exercise.wrong:
        if all(map(is_typed, received, wrong.answer)):
            return wrong
    return None
