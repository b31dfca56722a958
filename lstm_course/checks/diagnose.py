"""The one comparison of the course, used in the notebook and by the grader.

Attempted? raises? shape? numbers? values? properties? The first failure is reported, its
cause first.
"""

from numpy.random import Generator

from ..exercises import Exercise, SetValues, WriteFunction
from .functions import judge_function
from .outcome import Outcome
from .predictions import judge_prediction
from .reply import Attempt
from .settings import judge_settings
from .verdicts import failed, not_attempted


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
        return not_attempted(exercise, f"Put your answer in place of `...` in {names}.")
    if attempt.origin == "missing":
        return not_attempted(exercise, f"There is no {names} in the notebook.")
    if isinstance(exercise, WriteFunction):
        return judge_function(exercise, attempt, rng)
    if attempt.origin != "value":
        return failed(exercise, "wrong type", f"{names} is a function; expected a value.")
    if isinstance(exercise, SetValues):
        return judge_settings(exercise, attempt)
    return judge_prediction(exercise, attempt)
