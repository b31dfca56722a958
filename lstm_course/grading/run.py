"""Grade one notebook: run its cells in order and judge each exercise after its answer."""

import time
from dataclasses import dataclass, replace
from pathlib import Path

from numpy.random import default_rng

from .. import __version__
from ..checks.diagnose import diagnose
from ..checks.outcome import GRADER_FAILED, NOT_ATTEMPTED, Outcome
from ..exercises import Exercise
from .notebooks.reading import Cell, Notebook, read_notebook
from .process.folder import copy_of
from .process.kernel import GraderFailure, KernelStopped, Limits
from .process.session import CellRun, KernelAttempt, Session


@dataclass(frozen=True)
class NotebookResult:
    """How one notebook of one learner stands.

    Attributes
    ----------
    name : str
        Which exercise notebook, such as "04-forget-gate".
    path : Path or None
        The file; None when the learner has none.
    outcomes : tuple of Outcome
        One for each exercise of the notebook, whatever the file holds.
    notes : tuple of str
        What is odd about the file, one line each.
    learner : str
        Whose it is; empty when a single notebook or folder is graded.
    seconds : float
        How long it took.
    """

    name: str
    path: Path | None
    outcomes: tuple[Outcome, ...]
    notes: tuple[str, ...] = ()
    learner: str = ""
    seconds: float = 0.0

    @property
    def points(self) -> int:
        """Points earned."""
        return sum(outcome.points for outcome in self.outcomes)

    @property
    def max_points(self) -> int:
        """Points to be had; the same for every learner."""
        return sum(outcome.max_points for outcome in self.outcomes)

    @property
    def grader_failed(self) -> bool:
        """Whether some exercise could not be judged through no fault of the learner's."""
        return any(outcome.status == GRADER_FAILED for outcome in self.outcomes)


def grade_notebook(
    path: Path, limits: Limits, seed: int | list[int] | None = None
) -> NotebookResult:
    """Grade one notebook; every exercise gets an outcome, whatever happens.

    Parameters
    ----------
    path : Path
        The learner's file. It is read and never written.
    limits : Limits
        What the learner's code may use.
    seed : int, list of int or None
        Seeds the inputs; None draws fresh ones.
    """
    started = time.perf_counter()
    notebook = read_notebook(path)
    notes = [*notebook.notes, *filter(None, [notebook.broken]), *_version_note(notebook)]
    try:
        with copy_of(path.parent, notes) as folder, Session(folder, limits) as session:
            tries = _Tries(notebook, session, limits, seed)
            tries.go()
            notes += session.notes
            outcomes = [tries.best(exercise) for exercise in notebook.exercises]
    except Exception as error:
        cause = f"The grader failed: {type(error).__name__}: {error}"
        outcomes = [_outcome(e, GRADER_FAILED, cause) for e in notebook.exercises]
    seconds = time.perf_counter() - started
    return NotebookResult(notebook.name, path, tuple(outcomes), tuple(notes), "", seconds)


def missing_notebook(name: str, exercises: list[Exercise], reason: str = "") -> NotebookResult:
    """Return the result for a notebook that was not handed in: no points, the same maximum."""
    cause = " ".join(filter(None, (f"There is no notebook {name}.ipynb.", reason)))
    return NotebookResult(name, None, tuple(_outcome(e, NOT_ATTEMPTED, cause) for e in exercises))


class _Tries:
    """All outcomes seen for each exercise while a notebook runs."""

    def __init__(
        self, notebook: Notebook, session: Session, limits: Limits, seed: int | list[int] | None
    ) -> None:
        self._notebook = notebook
        self._session = session
        self._limits = limits
        self._rng = default_rng(seed)
        self._seen: dict[str, list[tuple[bool, Outcome]]] = {e.id: [] for e in notebook.exercises}

    def go(self) -> None:
        """Run the cells in order, then once more what needed a name from further down."""
        for cell in self._notebook.cells:
            if cell.source.strip() and not cell.only_checks:
                self._cell(cell, self._asked_after(cell))
        for exercise in self._notebook.exercises:
            if "NameError" in self.best(exercise).cause:
                for cell in self._notebook.answers[exercise.id]:
                    self._cell(cell, [exercise])

    def best(self, exercise: Exercise) -> Outcome:
        """Return a pass if there was one, else the last try in the exercise's own cells."""
        seen = self._seen[exercise.id]
        if not seen:
            return self._nothing(exercise)
        passed = [outcome for _, outcome in seen if outcome.passed]
        own = [outcome for mine, outcome in seen if mine] or [outcome for _, outcome in seen]
        tried = [outcome for outcome in own if outcome.status != NOT_ATTEMPTED]
        return (passed or tried or own)[-1]

    def _asked_after(self, cell: Cell) -> list[Exercise]:
        answers = self._notebook.answers
        return [e for e in self._notebook.exercises if cell in answers[e.id]]

    def _cell(self, cell: Cell, exercises: list[Exercise]) -> None:
        if cell.conflict and exercises:
            cause = "Merge-conflict markers stand in this answer. Settle them and save."
            self._note(cell, exercises, "merge conflict", cause)
            return
        try:
            ran = self._session.run(cell, self._seconds(exercises))
        except KernelStopped as stopped:
            self._note(cell, exercises, stopped.status, stopped.cause)
            return
        for exercise in exercises:
            self._keep(cell, exercise, self._judge(exercise, ran))

    def _seconds(self, exercises: list[Exercise]) -> float:
        """Return the limit of a cell; a cell of the learner's own may be part of any answer."""
        return self._limits.seconds_for(exercises or self._notebook.exercises)

    def _judge(self, exercise: Exercise, ran: CellRun) -> Outcome:
        try:
            attempt = KernelAttempt(self._session.kernel(), exercise.asks_for)
            outcome = diagnose(exercise, attempt, self._rng)
        except KernelStopped as stopped:
            self._session.stop()
            return _outcome(exercise, stopped.status, stopped.cause)
        except GraderFailure:
            raise
        except Exception as error:
            cause = f"The grader failed: {type(error).__name__}: {error}"
            return _outcome(exercise, GRADER_FAILED, cause)
        if ran.error and not outcome.passed:
            return _outcome(exercise, ran.status, ran.cause)
        if ran.missing and attempt.origin in ("missing", "stub"):
            return _outcome(exercise, ran.missing.status, ran.missing.cause)
        if "MemoryError:" in outcome.cause:
            return replace(outcome, status="too much memory")
        return outcome

    def _note(self, cell: Cell, exercises: list[Exercise], status: str, cause: str) -> None:
        for exercise in exercises:
            self._keep(cell, exercise, _outcome(exercise, status, cause))

    def _keep(self, cell: Cell, exercise: Exercise, outcome: Outcome) -> None:
        self._seen[exercise.id].append((cell.exercise == exercise.id, outcome))

    def _nothing(self, exercise: Exercise) -> Outcome:
        if self._notebook.broken:
            return _outcome(exercise, "damaged file", self._notebook.broken)
        names = " and ".join(exercise.asks_for)
        return _outcome(exercise, NOT_ATTEMPTED, f"There is no cell with {names}.")


def _outcome(exercise: Exercise, status: str, cause: str) -> Outcome:
    return Outcome(exercise.id, status, 0, exercise.points, cause)


def _version_note(notebook: Notebook) -> list[str]:
    if notebook.version in ("", __version__):
        return []
    return [
        f"It was made with course version {notebook.version}; installed is {__version__}. "
        "`lstm-course update` brings it up to date."
    ]
