"""The course inside nbgrader: its own stubs when releasing, its own grader when grading.

nbgrader's own pieces would give a value cell a stub that raises, and full points to a check
that never ran. In their place stand `Stubs` and `Grade`; everything else is nbgrader's.

Needs nbgrader (0.9 or later), which the course itself does not install.
"""

import json
import tempfile
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.converters import Autograde, GenerateAssignment
from nbgrader.preprocessors import ClearSolutions, Execute, NbGraderPreprocessor

from ...checks.outcome import Outcome
from ..notebooks.templates import fresh, mark_of
from ..process.kernel import Limits
from ..run import grade_notebook


def configure(config: Any) -> None:
    """Set nbgrader up for the course: call it with `get_config()` in nbgrader_config.py."""
    config.CourseDirectory.course_id = "lstm-course"
    config.GenerateAssignment.preprocessors = _with(
        GenerateAssignment, "preprocessors", ClearSolutions, Stubs
    )
    config.Autograde.autograde_preprocessors = _with(
        Autograde, "autograde_preprocessors", Execute, Grade
    )
    config.OverwriteCells.add_missing_cells = True


def _with(converter: type, trait: str, theirs: type, ours: type) -> list[type]:
    """Return nbgrader's own list of steps with one step replaced."""
    steps = converter.class_traits()[trait].default()
    if theirs not in steps:
        raise RuntimeError(f"this nbgrader has no {theirs.__name__} in {trait}; use 0.9")
    return [ours if step is theirs else step for step in steps]


class Stubs(NbGraderPreprocessor):
    """Turns a solved notebook into the one of `exercises/`, in place of ClearSolutions."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """Replace the cells; keep the metadata that nbgrader has added by now."""
        made = fresh(json.loads(nbformat.writes(nb)))
        return nbformat.from_dict(made), resources


class Grade(NbGraderPreprocessor):
    """Runs the course's grader, in place of Execute, and puts its word into the check cells.

    A check cell without output means full points to nbgrader, one with an error none. So the
    answers run in a process of their own, and a check that was edited, deleted or replaced
    changes nothing.
    """

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """Grade the notebook and store each outcome in its check cell.

        Raises
        ------
        RuntimeError
            When the grader itself failed: nbgrader then records no grade.
        """
        name = resources["nbgrader"]["notebook"] if "nbgrader" in resources else "notebook"
        folder = Path(resources.get("metadata", {}).get("path") or ".")
        with tempfile.NamedTemporaryFile(
            "w", suffix=".ipynb", prefix=f"{name}-", dir=folder, encoding="utf-8"
        ) as file:
            file.write(nbformat.writes(nb))
            file.flush()
            result = grade_notebook(Path(file.name), Limits())
        if result.grader_failed or not result.outcomes:
            raise RuntimeError(f"{name}: {[outcome.cause for outcome in result.outcomes]}")
        outcomes = {outcome.exercise_id: outcome for outcome in result.outcomes}
        for cell in nb.cells:
            exercise = _checked(cell)
            if exercise in outcomes:
                cell.execution_count = 1
                cell.outputs = _output(outcomes[exercise])
        return nb, resources


def _checked(cell: NotebookNode) -> str:
    """Return the exercise that a cell checks, also when nbgrader has added the cell back."""
    if mark_of(cell).get("role") == "check":
        return str(mark_of(cell)["exercise"])
    grade_id = cell.metadata.get("nbgrader", {}).get("grade_id", "")
    return grade_id.removeprefix("check-") if grade_id.startswith("check-") else ""


def _output(outcome: Outcome) -> list[NotebookNode]:
    if outcome.passed:
        return []
    lines = repr(outcome).splitlines()
    return [
        nbformat.v4.new_output("error", ename=outcome.status, evalue=outcome.cause, traceback=lines)
    ]
