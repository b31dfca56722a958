"""Grade many notebooks, several at a time, and sum up a class."""

import secrets
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field, replace
from pathlib import Path
from zlib import crc32

from ..checks.outcome import NOT_ATTEMPTED, Outcome
from ..exercises import exercises_of
from .notebooks.finding import Collected, Remark, Submission
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
    seed : int or None
        With it, the same inputs are drawn again; None for results of several runs.
    remarks : tuple of Remark
        What was left out or is unclear in what was handed in, or in what was put together.
    ids : dict
        Learner to the number that Moodle or Canvas gave; only those that have one.
    share : tuple of int, or None
        (3, 20) for the third of twenty shares of a class; None for all of it.
    """

    results: tuple[NotebookResult, ...]
    seed: int | None
    remarks: tuple[Remark, ...] = ()
    ids: dict[str, str] = field(default_factory=dict)
    share: tuple[int, int] | None = None

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
        """0: everyone passed everything; 1: some did not, or it is unclear whose some work is.

        3: the grader itself failed.
        """
        if any(result.grader_failed for result in self.results):
            return 3
        unclear = any(remark.unclear for remark in self.remarks)
        return 0 if all(o.passed for r in self.results for o in r.outcomes) and not unclear else 1

    def of(self, learner: str) -> list[NotebookResult]:
        """Return one learner's results."""
        return [result for result in self.results if result.learner == learner]

    def without_notebook(self) -> dict[str, str]:
        """Return the learners of a class who handed in no notebook, each with the reason."""
        found = {}
        for learner in self.learners if len(self.learners) > 1 else ():
            theirs = self.of(learner)
            if all(result.path is None for result in theirs):
                found[learner] = next((o.cause for r in theirs for o in r.outcomes), "")
        return found

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
    handed_in: Collected | Sequence[Submission],
    limits: Limits,
    jobs: int = 1,
    seed: int | None = None,
    on_result: Callable[[NotebookResult], None] = lambda result: None,
) -> Grades:
    """Grade every submission.

    Parameters
    ----------
    handed_in : Collected or sequence of Submission
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
    if not isinstance(handed_in, Collected):
        handed_in = Collected(tuple(handed_in))
    results: list[NotebookResult | None] = [None] * len(handed_in.submissions)
    with ThreadPoolExecutor(max_workers=max(1, jobs)) as pool:
        waiting = {
            pool.submit(_grade, submission, limits, [seed, _own_number(submission)]): k
            for k, submission in enumerate(handed_in.submissions)
        }
        for done in as_completed(waiting):
            results[waiting[done]] = done.result()
            on_result(done.result())
    return Grades(tuple(results), seed, handed_in.remarks, handed_in.ids)


def _grade(submission: Submission, limits: Limits, seed: list[int]) -> NotebookResult:
    if submission.path is None:
        exercises = exercises_of(submission.name)
        result = missing_notebook(submission.name, exercises, submission.reason)
    else:
        files = (submission.path, *submission.copies)
        result = _best([grade_notebook(path, limits, seed) for path in files])
        result = replace(result, path=Path(submission.shown or submission.path))
    notes = (*submission.notes, *result.notes)
    return replace(result, learner=submission.learner, notes=notes)


def _best(results: list[NotebookResult]) -> NotebookResult:
    """Take the best outcome of each exercise over several files of one notebook.

    Of equal ones that of the file with the most points counts, then that of the newest.
    """
    first, *others = sorted(results, key=lambda result: -result.points)
    outcomes = list(first.outcomes)
    for result in others:
        for k, outcome in enumerate(result.outcomes):
            better = (outcome.points, _tried(outcome)) > (outcomes[k].points, _tried(outcomes[k]))
            outcomes[k] = outcome if better else outcomes[k]
    seconds = sum(result.seconds for result in results)
    return replace(first, outcomes=tuple(outcomes), seconds=seconds)


def _tried(outcome: Outcome) -> bool:
    return outcome.status != NOT_ATTEMPTED


def _own_number(submission: Submission) -> int:
    """Return a number that stays a learner's own, whoever else is graded beside them."""
    return crc32(f"{submission.learner}/{submission.name}".encode())


def _went_wrong(outcome: Outcome) -> bool:
    return not outcome.passed and outcome.status != NOT_ATTEMPTED
