"""How often is the grader wrong? Over the catalogue and a corpus of right answers.

Prints three counts with their goals: wrong answers accepted (0), right answers rejected (0),
catalogued causes named right (all). Every catalogued mistake and every right answer comes in
several ways of writing (tests/other_ways.py), for the gates and the candidate also in another
learner's words (tests/wrong_answers.py). Exit status 0 when all goals are met.

    uv run python benchmarks/grader_accuracy.py
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from other_ways import ways
from right_answers import RIGHT
from wrong_answers import OTHER_WORDS

from lstm_course.checks.diagnose import diagnose
from lstm_course.checks.outcome import Outcome
from lstm_course.checks.reply import Handed
from lstm_course.exercises import Exercise, Predict, SetValues, WriteFunction, all_exercises, find

DRAWS = 3


def judge(exercise: Exercise, answers: tuple, draw: int = 0) -> Outcome:
    """Return the outcome of one answer on one draw of inputs."""
    return diagnose(exercise, Handed(answers), np.random.default_rng(draw))


def wrong_answers() -> Iterator[tuple[Exercise, tuple, str]]:
    """Yield exercise, answer, and words of the cause that it should get."""
    for exercise in all_exercises().values():
        for wrong in exercise.wrong:
            if isinstance(exercise, WriteFunction):
                for way in ways(wrong.answer).values():
                    yield exercise, (way,), wrong.cause
            else:
                many = isinstance(exercise, SetValues)
                yield exercise, wrong.answer if many else (wrong.answer,), wrong.cause
    for exercise_id, pairs in OTHER_WORDS.items():
        for words, answer in pairs:
            yield find(exercise_id), (answer,), words


def right_answers() -> Iterator[tuple[Exercise, tuple]]:
    """Yield exercise and answer."""
    for exercise_id, answers in RIGHT.items():
        for answer in answers:
            for way in ways(answer).values():
                yield find(exercise_id), (way,)
    for exercise in all_exercises().values():
        if isinstance(exercise, SetValues):
            yield from ((exercise, setting) for setting in exercise.right)
        elif isinstance(exercise, Predict):
            yield exercise, (exercise.answer,)


def spoiled_answers() -> Iterator[tuple[Exercise, tuple]]:
    """Yield right answers spoiled in ways that no catalogue lists."""
    for exercise_id, answers in RIGHT.items():
        for answer in answers:
            exercise = find(exercise_id)
            yield exercise, (lambda *a, f=answer: _change(f(*a), lambda v: v * (1 + 1e-3)),)
            yield exercise, (lambda *a, f=answer: _change(f(*a), lambda v: v[..., None]),)
            yield exercise, (lambda *a, f=answer: _change(f(*a), lambda v: v.astype(str)),)
            yield exercise, (lambda *a: None,)
    for exercise in all_exercises().values():
        if isinstance(exercise, WriteFunction):
            yield exercise, (exercise.answer,)


def _change(value: object, change: object) -> object:
    if isinstance(value, tuple):
        return tuple(_change(part, change) for part in value)
    return change(np.asarray(value, dtype=float))


def main() -> int:
    """Print the counts and return the exit status."""
    catalogue = sum(len(exercise.wrong) for exercise in all_exercises().values())
    accepted = named = wrongs = 0
    for exercise, answers, words in wrong_answers():
        for draw in range(DRAWS):
            outcome = judge(exercise, answers, draw)
            wrongs, accepted = wrongs + 1, accepted + outcome.passed
            right_cause = words in outcome.cause
            named += right_cause
            if outcome.passed or not right_cause:
                print(f"  not named: {exercise.id}: {words:.60} -> {outcome.cause:.60}")
    for exercise, answers in spoiled_answers():
        outcome = judge(exercise, answers)
        wrongs, accepted = wrongs + 1, accepted + outcome.passed
        if outcome.passed:
            print(f"  accepted: {exercise.id}")
    rejected = rights = 0
    for exercise, answers in right_answers():
        for draw in range(DRAWS):
            outcome = judge(exercise, answers, draw)
            rights, rejected = rights + 1, rejected + (not outcome.passed)
            if not outcome.passed:
                print(f"  rejected: {exercise.id}: {outcome.cause:.80}")
    tries = sum(DRAWS for _ in wrong_answers())
    print(f"{len(all_exercises())} exercises, {catalogue} catalogued wrong answers")
    print(f"wrong accepted      {accepted:6d} of {wrongs:6d}   goal 0")
    print(f"right rejected      {rejected:6d} of {rights:6d}   goal 0")
    print(f"causes named right  {named:6d} of {tries:6d}   goal all ({named / tries:.1%})")
    return int(accepted > 0 or rejected > 0 or named < tries)


if __name__ == "__main__":
    sys.exit(main())
