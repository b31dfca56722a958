"""Judge a function: call it on the exercise's cases and find the first that fails."""

from dataclasses import replace
from typing import Any

from numpy.random import Generator, default_rng

from ..exercises import WriteFunction, find
from .compare import close, parts, problem, unbundled
from .failure import Failure
from .outcome import Outcome
from .reply import Attempt, Reply, call_all
from .verdicts import failed, not_attempted, passed


def judge_function(exercise: WriteFunction, attempt: Attempt, rng: Generator) -> Outcome:
    """Call the function on every case; the first failure is reported, its cause first."""
    name = exercise.asks_for[0]
    if attempt.origin == "value":
        call = f"Hand in the function itself, without calling it: {exercise.call}"
        cause = f"{name} is a value; expected a function."
        return failed(exercise, "wrong type", cause, look=call, named=True)
    if attempt.origin == "course":
        return _not_own(exercise)
    cases = exercise.cases(rng)
    inputs = [list(case.inputs.values()) for case in cases]
    replies = attempt.calls(inputs, watch=exercise.silent)
    if replies[0].error == "NotImplementedError":
        return _earlier(exercise, attempt, replies) or not_attempted(
            exercise, "Replace the line `raise NotImplementedError` by your code."
        )
    exercise = _edition(exercise, inputs, replies)
    rights = [reply.value for reply in call_all(exercise.answer, inputs)]
    replies = [unbundled(*pair) for pair in zip(replies, rights, strict=True)]
    for k in range(len(cases)):
        if status := problem(exercise, replies[k], rights[k]):
            failure = Failure(exercise, attempt, cases, inputs, replies, rights, k, status)
            return _earlier(exercise, attempt, replies) or failure.outcome()
    return _not_own(exercise) if _borrows(exercise, attempt, inputs, replies) else passed(exercise)


def _edition(
    exercise: WriteFunction, inputs: list[list[Any]], replies: list[Reply]
) -> WriteFunction:
    """Return the exercise as it was when the answer was written: where more values are right."""
    if not exercise.formerly:
        return exercise
    before = replace(exercise, **exercise.formerly, formerly={})
    return max((exercise, before), key=lambda one: _right_parts(one, inputs, replies))


def _right_parts(exercise: WriteFunction, inputs: list[list[Any]], replies: list[Reply]) -> int:
    pairs = zip(call_all(exercise.answer, inputs), replies, strict=True)
    each = ((parts(right.value), parts(unbundled(got, right.value).value)) for right, got in pairs)
    return sum(close(a, b) for rights, values in each for a, b in zip(rights, values, strict=False))


def _borrows(
    exercise: WriteFunction, attempt: Attempt, inputs: list[list[Any]], replies: list[Reply]
) -> bool:
    """Tell whether the numbers come from the course's own function.

    It gives other numbers in a second run: where the answer's numbers follow, it made them.
    """
    names = [f"{f.__module__}:{f.__qualname__}" for f in exercise.course]
    used = [name for name in names if any(name in reply.used for reply in replies)]
    if not used:
        return False
    again = attempt.calls(inputs, used)
    return any(
        not new.error and not close(new.value, old.value)
        for new, old in zip(again, replies, strict=True)
    )


def _not_own(exercise: WriteFunction) -> Outcome:
    names = [function.__name__ for function in exercise.course] or list(exercise.asks_for[:1])
    cause = f"This is the course's own {names[0]}, and it is right. The exercise is to write it."
    look = "Write the formula with NumPy in the answer cell."
    return failed(exercise, "not your own", cause, look=look, named=True)


def _earlier(exercise: WriteFunction, attempt: Attempt, replies: list[Reply]) -> Outcome | None:
    """Blame an earlier answer that this one calls and that does not pass."""
    if not exercise.builds_on:
        return None
    called = {step.function for step in attempt.steps(list(exercise.example.inputs.values()))}
    called |= {reply.spot.function for reply in replies}
    for exercise_id in exercise.builds_on:
        other = find(exercise_id)
        name = other.asks_for[0]
        theirs = attempt.other(name) if name in called else None
        if theirs is not None and not judge_function(other, theirs, default_rng(0)).passed:
            cause = f"`{name}` above does not pass yet; mend it first."
            return failed(exercise, "builds on another", cause, look=other.call, named=True)
    return None
