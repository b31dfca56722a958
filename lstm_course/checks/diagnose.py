"""The one comparison of the course, used in the notebook and by the grader.

Attempted? raises? shape? numbers? values? properties? The first failure is reported, its
cause first. A wrong answer is recognised by what it does: each catalogued wrong answer is
run on the same inputs, and one that does the same names the cause.
"""

from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
from numpy.random import Generator

from ..exercises import Case, Exercise, Predict, SetValues, WriteFunction, Wrong
from .compare import brief, got_and_expected, problem, same_reply, short, unbundled
from .guess import guess
from .outcome import NOT_ATTEMPTED, PASSED, Outcome
from .reply import Attempt, Reply, call_all


def diagnose(exercise: Exercise, attempt: Attempt, rng: Generator) -> Outcome:
    """Compare one answer with its exercise.

    Parameters
    ----------
    exercise : Exercise
        What was asked.
    attempt : Attempt
        The answer: `values()` for values, `calls(inputs)` for a function.
    rng : Generator
        Draws the inputs that a function is called with.

    Returns
    -------
    Outcome
        Passed, not attempted yet, or the first failure.
    """
    names = " and ".join(exercise.asks_for)
    if attempt.origin == "stub":
        return _not_attempted(exercise, f"Put your answer in place of `...` in {names}.")
    if attempt.origin == "missing":
        return _not_attempted(exercise, f"There is no {names} in the notebook.")
    if isinstance(exercise, WriteFunction):
        return _function(exercise, attempt, rng)
    if attempt.origin != "value":
        return _fail(exercise, "wrong type", f"{names} is a function; expected a value.")
    return (_settings if isinstance(exercise, SetValues) else _prediction)(exercise, attempt)


def _function(exercise: WriteFunction, attempt: Attempt, rng: Generator) -> Outcome:
    name = exercise.asks_for[0]
    if attempt.origin == "value":
        call = f"Hand in the function itself, without calling it: {exercise.call}"
        return _fail(exercise, "wrong type", f"{name} is a value; expected a function.", look=call)
    if attempt.origin == "course":
        return _not_own(exercise)
    cases = exercise.cases(rng)
    inputs = [list(case.inputs.values()) for case in cases]
    replies = attempt.calls(inputs)
    if replies[0].error == "NotImplementedError":
        line = "Replace the line `raise NotImplementedError` by your code."
        return _not_attempted(exercise, line)
    rights = [reply.value for reply in call_all(exercise.answer, inputs)]
    replies = [unbundled(*pair) for pair in zip(replies, rights, strict=True)]
    for k in range(len(cases)):
        status = problem(exercise, replies[k], rights[k])
        if status:
            return _explain(exercise, status, cases, inputs, replies, rights, k)
    return _not_own(exercise) if _borrows(exercise, replies) else _pass(exercise)


def _borrows(exercise: WriteFunction, replies: list[Reply]) -> bool:
    """Tell whether the answer only passes the work on to the course's own function."""
    answer = exercise.answer
    name = f"{answer.__module__}:{getattr(answer, '__qualname__', '')}"
    return any(name in reply.used for reply in replies)


def _not_own(exercise: WriteFunction) -> Outcome:
    name = exercise.asks_for[0]
    cause = f"This is the course's own {name}, and it is right. The exercise is to write it."
    look = "Write the formula with NumPy in the answer cell."
    return _fail(exercise, "not your own", cause, look=look)


def _explain(
    exercise: WriteFunction,
    status: str,
    cases: list[Case],
    inputs: list[list[Any]],
    replies: list[Reply],
    rights: list[Any],
    k: int,
) -> Outcome:
    """Turn the first failing case `k` into an outcome, with the catalogued cause if any."""
    wrong = recognise(exercise, inputs, replies)
    cause = wrong.cause if wrong else guess(exercise, status, replies, rights, k)
    return _fail(
        exercise,
        status,
        cause,
        details=got_and_expected(exercise, cases[k], replies[k], rights[k]),
        look=_next(exercise, wrong, status),
        trace=replies[k].trace,
        named=wrong is not None,
    )


def _next(exercise: Exercise, wrong: Wrong | None, status: str) -> str:
    if wrong is None and status == "error":
        return "Read the error's last words and look at the line it names."
    return (wrong.look if wrong else "") or exercise.look


def recognise(
    exercise: WriteFunction, inputs: list[list[Any]], replies: list[Reply]
) -> Wrong | None:
    """Return the catalogued wrong answer that does the same on all inputs, if there is one."""
    for wrong in exercise.wrong:
        theirs = call_all(wrong.answer, inputs)
        if all(same_reply(mine, other) for mine, other in zip(replies, theirs, strict=True)):
            return wrong
    return None


def _settings(exercise: SetValues, attempt: Attempt) -> Outcome:
    arrays = []
    values = attempt.values()
    for name, value, shape in zip(exercise.asks_for, values, exercise.shapes, strict=True):
        if shape is None:
            arrays.append(value)
            continue
        try:
            array = _numbers(value)
        except (TypeError, ValueError):
            cause = f"{name} is {brief(value)}; expected {_wanted(shape)}."
            return _fail(exercise, "wrong type", cause, look=exercise.look)
        if array.shape != shape:
            cause = f"{name} has shape {array.shape}; expected {shape}, {_wanted(shape)}."
            return _fail(exercise, "wrong shape", cause, look=exercise.look)
        if not np.isfinite(array).all():
            cause = f"{name} holds nan or inf; expected finite numbers."
            return _fail(exercise, "not a number", cause, look=exercise.look)
        arrays.append(array)
    finding = exercise.judge(*arrays)
    if finding is None:
        return _pass(exercise)
    for wrong in exercise.wrong:
        if None not in exercise.shapes and all(
            map(partial(np.allclose, rtol=exercise.near), arrays, wrong.answer)
        ):
            finding = replace(finding, cause=wrong.cause, look=wrong.look)
    rows = (("happens", finding.got), ("asked for", finding.expected))
    details = tuple((label, text) for label, text in rows if text)
    look = finding.look or exercise.look
    return _fail(exercise, "not there yet", finding.cause, details, look, named=True)


def _prediction(exercise: Predict, attempt: Attempt) -> Outcome:
    (value,) = attempt.values()
    if exercise.choices:
        return _choice(exercise, value)
    try:
        got = _numbers(value)
    except (TypeError, ValueError):
        got = np.array(np.nan)
    right = np.asarray(exercise.answer, dtype=float)
    if not np.isfinite(got).all():
        cause = f"{exercise.asks_for[0]} is {brief(value)}; expected {_wanted(right.shape)}."
        return _fail(exercise, "wrong type", cause, look=exercise.look)
    if got.shape == right.shape and (np.abs(got - right) <= exercise.within + 1e-9).all():
        return _pass(exercise)
    for wrong in exercise.wrong:
        named = np.asarray(wrong.answer, dtype=float)
        if got.shape == named.shape and (np.abs(got - named) <= exercise.within + 1e-9).all():
            return _fail(
                exercise,
                "not it",
                wrong.cause,
                (("yours", short(got)),),
                wrong.look or exercise.look,
                named=True,
            )
    cause = f"Expected {_wanted(right.shape)}; got {_wanted(got.shape)}."
    if got.shape == right.shape:
        far = np.argwhere(np.abs(got - right) > exercise.within + 1e-9)[0]
        side = "large" if got[tuple(far)] > right[tuple(far)] else "small"
        which = f"Number {far[0] + 1}" if got.ndim else "Your number"
        cause = f"{which} is too {side}."
    return _fail(exercise, "not it", cause, (("yours", short(got)),), exercise.look)


def _numbers(value: Any) -> np.ndarray:
    """Return numbers as floats; text that looks like a number is no number."""
    array = np.asarray(value)
    if array.dtype.kind not in "fiub" or array.size == 0:
        raise TypeError("no real numbers")
    return array.astype(float)


def _choice(exercise: Predict, value: Any) -> Outcome:
    letter = value.strip().lower() if isinstance(value, str) else value
    if letter == exercise.answer:
        return _pass(exercise)
    for wrong in exercise.wrong:
        if letter == wrong.answer:
            look = wrong.look or exercise.look
            return _fail(exercise, "not it", wrong.cause, (("yours", letter),), look, named=True)
    letters = ", ".join(f'"{c}"' for c in exercise.choices)
    cause = f"{exercise.asks_for[0]} is {brief(value)}; expected one of {letters}."
    return _fail(exercise, "wrong type", cause, look=exercise.look)


def _wanted(shape: tuple[int, ...]) -> str:
    if shape == ():
        return "one number"
    return " by ".join(map(str, shape)) + " numbers"


def _pass(exercise: Exercise) -> Outcome:
    return Outcome(
        exercise.id, PASSED, exercise.points, exercise.points, look=exercise.passed, named=True
    )


def _not_attempted(exercise: Exercise, what: str) -> Outcome:
    return Outcome(exercise.id, NOT_ATTEMPTED, 0, exercise.points, cause=what, named=True)


def _fail(
    exercise: Exercise,
    status: str,
    cause: str,
    details: tuple[tuple[str, str], ...] = (),
    look: str = "",
    trace: str = "",
    named: bool = False,
) -> Outcome:
    look = f'{look} hint("{exercise.id}") gives more.'.strip()
    return Outcome(exercise.id, status, 0, exercise.points, cause, details, look, trace, named)
