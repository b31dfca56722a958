"""Grade many notebooks, several at a time, and sum up a class."""

import secrets
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace

from ..checks.outcome import NOT_ATTEMPTED, Outcome
from ..exercises import exercises_of
from .notebooks.finding import Submission
from .process.kernel import Limits
from .run import NotebookResult, grade_notebook, missing_notebook


@dataclass(frozen=True)
class Cause:
    """A cause and how many learners met it, in an exercise or, for a file, in a notebook."""

    exercise_id: str
    cause: str
    learners: int


@dataclass(frozen=True)
class Grades:
    """All results of one run, in the order in which they were asked for.

    Attributes
    ----------
    results : tuple of NotebookResult
        One for each notebook of each learner.
    seed : int
        With it, the same inputs are drawn again.
    """

    results: tuple[NotebookResult, ...]
    seed: int

    @property
    def learners(self) -> list[str]:
        """The learners, in order; one empty name outside a class."""
        return list(dict.fromkeys(result.learner for result in self.results))

    @property
    def points(self) -> int:
        """Points earned, over all learners."""
        return sum(result.points for result in self.results)

    @property
    def max_points(self) -> int:
        """Points to be had, over all learners."""
        return sum(result.max_points for result in self.results)

    @property
    def exit_status(self) -> int:
        """0: everything passed; 1: some did not; 3: the grader itself failed."""
        if any(result.grader_failed for result in self.results):
            return 3
        return 0 if all(o.passed for r in self.results for o in r.outcomes) else 1

    def of(self, learner: str) -> list[NotebookResult]:
        """Return one learner's results."""
        return [result for result in self.results if result.learner == learner]

    def causes(self, most: int = 10) -> list[Cause]:
        """Return the most frequent causes over the class, the most frequent first."""
        met: dict[tuple[str, str], set[str]] = {}
        for result in self.results:
            for outcome in filter(_went_wrong, result.outcomes):
                damaged = outcome.status == "damaged file"  # one cause for the whole notebook
                where = result.name if damaged else outcome.exercise_id
                met.setdefault((where, outcome.cause), set()).add(result.learner)
        found = [Cause(exercise, cause, len(who)) for (exercise, cause), who in met.items()]
        return sorted(found, key=lambda cause: -cause.learners)[:most]


def grade_all(
    submissions: Sequence[Submission],
    limits: Limits,
    jobs: int = 1,
    seed: int | None = None,
    on_result: Callable[[NotebookResult], None] = lambda result: None,
) -> Grades:
    """Grade every submission.

    Parameters
    ----------
    submissions : sequence of Submission
        What to grade.
    limits : Limits
        For each learner's process.
    jobs : int
        How many notebooks at a time.
    seed : int or None
        Seeds the inputs; None draws fresh ones.
    on_result : function
        Called after each notebook, for a progress bar.
    """
    seed = secrets.randbits(32) if seed is None else seed
    results: list[NotebookResult | None] = [None] * len(submissions)
    with ThreadPoolExecutor(max_workers=max(1, jobs)) as pool:
        waiting = {
            pool.submit(_grade, submission, limits, [seed, k]): k
            for k, submission in enumerate(submissions)
        }
        for done in as_completed(waiting):
            results[waiting[done]] = done.result()
            on_result(done.result())
    return Grades(tuple(results), seed)


def _grade(submission: Submission, limits: Limits, seed: list[int]) -> NotebookResult:
    if submission.path is None:
        result = missing_notebook(submission.name, exercises_of(submission.name))
    else:
        result = grade_notebook(submission.path, limits, seed)
    notes = (*submission.notes, *result.notes)
    return replace(result, learner=submission.learner, notes=notes)


def _went_wrong(outcome: Outcome) -> bool:
    return not outcome.passed and outcome.status != NOT_ATTEMPTED
