"""The one comparison of the course, used in the notebook and by the grader.

Attempted? raises? shape? numbers? values? properties? The first failure is reported, its
cause first.
"""

from collections.abc import Sequence

from numpy.random import Generator

from ..exercises import Exercise, SetValues, WriteFunction
from .functions import judge_function
from .outcome import Outcome
from .predictions import judge_prediction
from .reply import Attempt
from .settings import judge_settings
from .verdicts import failed, listed, not_attempted


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
    if isinstance(exercise, WriteFunction):
        lacking = _lacking(exercise, [attempt.origin])
        return lacking or judge_function(exercise, attempt, rng)
    lacking = _lacking(exercise, [value.kind for value in attempt.values()])
    judge = judge_settings if isinstance(exercise, SetValues) else judge_prediction
    return lacking or judge(exercise, attempt)


def _lacking(exercise: Exercise, kinds: Sequence[str]) -> Outcome | None:
    """Say which names hold nothing yet, one by one; None when all hold something."""
    named = list(zip(exercise.asks_for, kinds, strict=True))
    missing = [name for name, kind in named if kind == "missing"]
    stubs = [name for name, kind in named if kind == "stub"]
    there = [name for name, kind in named if kind not in ("missing", "stub")]
    if there == list(exercise.asks_for):
        return None
    if stubs == list(exercise.asks_for):
        return not_attempted(exercise, f"Put your answer in place of `...` in {listed(stubs)}.")
    if missing == list(exercise.asks_for):
        return not_attempted(exercise, f"There is no {listed(missing)} in the notebook.")
    said = [
        f"{listed(names)} {one if len(names) == 1 else many}"
        for names, one, many in (
            (missing, "is missing", "are missing"),
            (stubs, "still holds `...`", "still hold `...`"),
            (there, "is there", "are there"),
        )
        if names
    ]
    cause = f"{'; '.join(said)}."
    if not there:
        return not_attempted(exercise, cause)
    return failed(exercise, "incomplete", cause, look="Look for a misspelt name.", named=True)
