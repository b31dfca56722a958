"""nbval on a learner's notebook, as a pytest plugin: `pytest exercises/03-input-gate.ipynb`.

The learner's cells run in their order. Behind each answer stands the check cell of the
*solution* with the solution's stored output, whatever the learner's file holds there. So the
run is green exactly when the notebook runs and every check says what it says in the
solution; tags, comments and missing checks change nothing. Points come from
`lstm-course grade`; this is the second view.

Use it with `pytest_plugins = ["lstm_course.grading.nbval.learner"]` in the root conftest.py.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest

from ..notebooks.reading import Notebook, read_notebook

try:
    import nbval.plugin as nbval
except ImportError:  # nothing to add to
    nbval = None


def pytest_configure(config: pytest.Config) -> None:
    """Put a `collect` that knows learners' notebooks in place of nbval's until pytest ends."""
    if nbval is None:
        return
    patch = pytest.MonkeyPatch()
    config.add_cleanup(patch.undo)
    patch.setattr(nbval.IPyNbFile, "collect", collector(nbval.IPyNbFile.collect))


def collector(collect: Callable) -> Callable:
    """Return a `collect` that takes learners' notebooks and leaves the others to nbval."""

    def run(file: Any) -> Iterator[Any]:
        if Path(file.path).parent.name != "exercises":
            yield from collect(file)
            return
        notebook = read_notebook(Path(file.path))
        if notebook.broken or not notebook.name:
            why = notebook.broken or "It is no exercise notebook of this course."
            raise file.CollectError(f"{file.path}: {why}")
        file.nb = nbformat.v4.new_notebook(cells=with_checks(notebook, _solution(file, notebook)))
        file.compare_outputs = False  # of the learner's own cells, that is
        for number, cell in enumerate(file.nb.cells):
            exercise = cell.metadata.get("exercise", "")
            name = f"check {exercise}" if exercise else f"Cell {cell.metadata.number}"
            options = defaultdict(bool, check=bool(exercise))
            yield nbval.IPyNbCell.from_parent(
                file, name=name, cell_num=number, cell=cell, options=options
            )

    return run


def with_checks(notebook: Notebook, solution: nbformat.NotebookNode) -> list[Any]:
    """Return the learner's cells in order, and behind each answer the solution's check.

    Parameters
    ----------
    notebook : Notebook
        The learner's.
    solution : NotebookNode
        Of the same name, with outputs.
    """
    checks = {
        mark["exercise"]: cell
        for cell in solution.cells
        if (mark := cell.metadata.get("lstm_course", {})).get("role") == "check"
    }
    after: dict[int, list[str]] = {}
    last = max((cell.number for cell in notebook.cells), default=0)
    for exercise_id in checks:
        answers = notebook.answers.get(exercise_id, ())
        place = max((cell.number for cell in answers), default=last)
        after.setdefault(place, []).append(exercise_id)
    cells = []
    for cell in notebook.cells:
        if cell.source.strip() and not cell.only_checks:
            cells.append(_code(cell.source, number=cell.number))
        cells += [_check(checks[i], i) for i in after.pop(cell.number, ())]
    return cells + [_check(checks[i], i) for rest in after.values() for i in rest]


def _check(cell: nbformat.NotebookNode, exercise_id: str) -> nbformat.NotebookNode:
    source = f"from lstm_course.checks import check\n{cell.source}"
    made = _code(source, exercise=exercise_id)
    made.outputs = cell.outputs
    return made


def _code(source: str, **metadata: Any) -> nbformat.NotebookNode:
    return nbformat.v4.new_code_cell(source, metadata=metadata, execution_count=1)


def _solution(file: Any, notebook: Notebook) -> nbformat.NotebookNode:
    path = Path(file.path).parents[1] / "solutions" / f"{notebook.name}.ipynb"
    if not path.exists():
        raise file.CollectError(f"{path} is missing: there is nothing to compare with")
    return nbformat.read(path, as_version=4)
