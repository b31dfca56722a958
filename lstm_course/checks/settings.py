"""Judge values that a learner set: the exercise's own judge tries them out."""

from dataclasses import replace
from functools import partial

import numpy as np

from ..exercises import SetValues
from .compare import brief, numbers_of, wanted
from .outcome import Outcome
from .reply import Attempt
from .verdicts import failed, passed


def judge_settings(exercise: SetValues, attempt: Attempt) -> Outcome:
    """Look at the values one by one, then try them out together."""
    arrays = []
    values = attempt.values()
    for name, value, shape in zip(exercise.asks_for, values, exercise.shapes, strict=True):
        if shape is None:
            arrays.append(value)
            continue
        try:
            array = numbers_of(value)
        except (TypeError, ValueError):
            cause = f"{name} is {brief(value)}; expected {wanted(shape)}."
            return failed(exercise, "wrong type", cause, look=exercise.look)
        if array.shape != shape:
            cause = f"{name} has shape {array.shape}; expected {shape}, {wanted(shape)}."
            return failed(exercise, "wrong shape", cause, look=exercise.look)
        if not np.isfinite(array).all():
            cause = f"{name} holds nan or inf; expected finite numbers."
            return failed(exercise, "not a number", cause, look=exercise.look)
        arrays.append(array)
    finding = exercise.judge(*arrays)
    if finding is None:
        return passed(exercise)
    for wrong in exercise.wrong:
        if None not in exercise.shapes and all(
            map(partial(np.allclose, rtol=exercise.near), arrays, wrong.answer)
        ):
            finding = replace(finding, cause=wrong.cause, look=wrong.look)
    rows = (("happens", finding.got), ("asked for", finding.expected))
    details = tuple((label, text) for label, text in rows if text)
    look = finding.look or exercise.look
    return failed(exercise, "not there yet", finding.cause, details, look, named=True)
