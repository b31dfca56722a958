"""Judge a function: call it on the exercise's cases and find the first that fails.

A wrong answer is recognised by what it does: each catalogued wrong answer is run on the same
inputs, and one that does the same names the cause.
"""

from typing import Any

from numpy.random import Generator

from ..exercises import Case, Exercise, WriteFunction, Wrong
from .compare import got_and_expected, problem, same_reply, unbundled
from .guess import guess
from .outcome import Outcome
from .reply import Attempt, Reply, call_all
from .verdicts import failed, not_attempted, passed


def judge_function(exercise: WriteFunction, attempt: Attempt, rng: Generator) -> Outcome:
    """Call the function on every case; the first failure is reported, its cause first."""
    name = exercise.asks_for[0]
    if attempt.origin == "value":
        call = f"Hand in the function itself, without calling it: {exercise.call}"
        return failed(exercise, "wrong type", f"{name} is a value; expected a function.", look=call)
    if attempt.origin == "course":
        return _not_own(exercise)
    cases = exercise.cases(rng)
    inputs = [list(case.inputs.values()) for case in cases]
    replies = attempt.calls(inputs)
    if replies[0].error == "NotImplementedError":
        line = "Replace the line `raise NotImplementedError` by your code."
        return not_attempted(exercise, line)
    rights = [reply.value for reply in call_all(exercise.answer, inputs)]
    replies = [unbundled(*pair) for pair in zip(replies, rights, strict=True)]
    for k in range(len(cases)):
        status = problem(exercise, replies[k], rights[k])
        if status:
            return _explain(exercise, status, cases, inputs, replies, rights, k)
    return _not_own(exercise) if _borrows(exercise, replies) else passed(exercise)


def _borrows(exercise: WriteFunction, replies: list[Reply]) -> bool:
    """Tell whether the answer only passes the work on to the course's own function."""
    answer = exercise.answer
    name = f"{answer.__module__}:{getattr(answer, '__qualname__', '')}"
    return any(name in reply.used for reply in replies)


def _not_own(exercise: WriteFunction) -> Outcome:
    name = exercise.asks_for[0]
    cause = f"This is the course's own {name}, and it is right. The exercise is to write it."
    look = "Write the formula with NumPy in the answer cell."
    return failed(exercise, "not your own", cause, look=look)


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
    return failed(
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
