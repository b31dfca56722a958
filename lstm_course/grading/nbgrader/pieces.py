"""The course inside nbgrader: its own stubs when releasing, its own grader when grading.

nbgrader's own pieces would give a value cell a stub that raises, full points to a check that
never ran, and none to a file that is damaged or a cell that stands twice. In their place
stand `Stubs`, `Grade` and `Reader`; everything else is nbgrader's.

Needs nbgrader (0.9 or later), which the course itself does not install.
"""

import json
import tempfile
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import NotebookExporter
from nbformat import NotebookNode
from nbgrader.converters import Autograde, GenerateAssignment
from nbgrader.preprocessors import ClearSolutions, Execute, NbGraderPreprocessor
from nbgrader.utils import is_grade, is_solution

from ...checks.outcome import NOT_ATTEMPTED, Outcome
from ..notebooks.templates import fresh
from ..process.kernel import Limits
from ..run import NotebookResult, grade_notebook
from .structure import restored


def configure(config: Any) -> None:
    """Set nbgrader up for the course: call it with `get_config()` in nbgrader_config.py."""
    config.CourseDirectory.course_id = "lstm-course"
    config.GenerateAssignment.preprocessors = _with(
        GenerateAssignment, "preprocessors", ClearSolutions, Stubs
    )
    config.Autograde.autograde_preprocessors = _with(
        Autograde, "autograde_preprocessors", Execute, Grade
    )
    config.Autograde.exporter_class = Reader
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


class Reader(NotebookExporter):
    """Reads what a learner handed in, whatever happened to it, in place of nbconvert's.

    The file in `submitted/` stays as it is; what nbgrader works on has the released
    structure.
    """

    def from_file(
        self, file_stream: Any, resources: Any = None, **more: Any
    ) -> tuple[NotebookNode, Any]:
        """Read one notebook and send it through nbgrader's steps."""
        released = self._released(resources["nbgrader"])
        made = released and restored(Path(file_stream.name), released)
        if not made:
            return super().from_file(file_stream, resources, **more)
        return self.from_notebook_node(nbformat.from_dict(made), resources, **more)

    def _released(self, which: dict[str, str]) -> dict[str, Any] | None:
        """Return the unsolved notebook; None for one that is not of the course."""
        path = _file(self.parent, self.parent.coursedir.source_directory, {**which, "student": "."})
        if not path.exists():
            return None
        source = json.loads(path.read_text(encoding="utf-8"))
        return fresh(source) if "lstm_course" in source["metadata"] else None


class Grade(NbGraderPreprocessor):
    """Runs the course's grader, in place of Execute, and puts its word into the check cells.

    A check cell without output means full points to nbgrader, one with an error none. So the
    answers run in a process of their own, and a check that was edited, deleted or replaced
    changes nothing. Graded is the file as it was handed in.
    """

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """Grade the notebook and store each outcome in its check cell.

        Raises
        ------
        RuntimeError
            When the grader itself failed: nbgrader then records no grade.
        """
        converter = self.parent.parent
        handed_in = _file(converter, converter.coursedir.submitted_directory, resources["nbgrader"])
        result = _grade(handed_in, Path(resources["metadata"]["path"] or "."))
        if result.grader_failed:
            causes = [outcome.cause for outcome in result.outcomes]
            raise RuntimeError(f"{handed_in.name}: {causes}")
        outcomes = {outcome.exercise_id: outcome for outcome in result.outcomes}
        for cell in nb.cells:
            if _judges(cell):
                cell.execution_count = 1
                cell.outputs = _output(_of(cell, outcomes))
        nb.cells[:0] = [_note(note) for note in result.notes]
        return nb, resources


def _file(converter: Any, directory: str, which: dict[str, str]) -> Path:
    """Return where a notebook lies in one of nbgrader's folders."""
    folder = converter.coursedir.format_path(directory, which["student"], which["assignment"])
    return Path(folder) / f"{which['notebook']}.ipynb"


def _grade(handed_in: Path, folder: Path) -> NotebookResult:
    """Grade a file among those that nbgrader has put beside it: the assignment's own."""
    with tempfile.NamedTemporaryFile(
        suffix=".ipynb", prefix=f"{handed_in.stem}-", dir=folder
    ) as file:
        file.write(handed_in.read_bytes())
        file.flush()
        return grade_notebook(Path(file.name), Limits())


def _judges(cell: NotebookNode) -> bool:
    """Tell whether nbgrader reads points from what a cell has put out."""
    return cell.cell_type == "code" and is_grade(cell) and not is_solution(cell)


def _of(cell: NotebookNode, outcomes: dict[str, Outcome]) -> Outcome:
    """Return what a check says; a check without an outcome never gives points."""
    exercise = cell.metadata.nbgrader.grade_id.removeprefix("check-")
    cause = f"The notebook holds no answer to {exercise} that the course's grader knows."
    return outcomes.get(exercise) or Outcome(exercise, NOT_ATTEMPTED, 0, 0, cause)


def _output(outcome: Outcome) -> list[NotebookNode]:
    if outcome.passed:
        return []
    lines = repr(outcome).splitlines()
    return [
        nbformat.v4.new_output("error", ename=outcome.status, evalue=outcome.cause, traceback=lines)
    ]


def _note(text: str) -> NotebookNode:
    return nbformat.v4.new_markdown_cell(f"**About the file:** {text}")
