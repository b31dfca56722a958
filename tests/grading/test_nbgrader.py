"""The course as an nbgrader source; runs where nbgrader is installed."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

pytest.importorskip("nbgrader")

from lstm_course.exercises import exercises_of, notebooks
from lstm_course.grading.notebooks.templates import mark_of, text_of

ROOT = Path(__file__).parents[2]
NAME = "04-forget-gate"


def nbgrader(folder, *arguments):
    """Run one of nbgrader's commands and return what it said."""
    environment = {**os.environ, "JUPYTER_CONFIG_DIR": str(folder)}
    command = [sys.executable, "-m", "nbgrader", *arguments]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stderr


def cells_of(path):
    return json.loads(path.read_text(encoding="utf-8"))["cells"]


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """Give a class folder with one assignment released, and three learners' work in it."""
    monkeypatch = pytest.MonkeyPatch()  # nbgrader starts alembic, which stands beside Python
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent), prepend=os.pathsep)
    folder = tmp_path_factory.mktemp("class")
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    (folder / "source" / NAME).mkdir(parents=True)
    shutil.copy(ROOT / "solutions" / f"{NAME}.ipynb", folder / "source" / NAME)
    nbgrader(folder, "generate_assignment", NAME)
    stubs = folder / "release" / NAME / f"{NAME}.ipynb"
    solved = ROOT / "solutions" / f"{NAME}.ipynb"
    for who, file in (("solved", solved), ("untouched", stubs), ("wild", solved)):
        target = folder / "submitted" / who / NAME
        target.mkdir(parents=True)
        shutil.copy(file, target / f"{NAME}.ipynb")
    _make_wild(folder / "submitted" / "wild" / NAME / f"{NAME}.ipynb")
    nbgrader(folder, "autograde", NAME)
    yield folder
    monkeypatch.undo()


def _make_wild(path):
    """Delete one check, edit another, put a wrong answer in, and never run a cell."""
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        mark = mark_of(cell)
        if mark.get("role") == "answer" and mark["exercise"] == "forget-gate":
            cell.source = cell.source.replace("[h_prev, x_t]", "[x_t, h_prev]")
        if mark.get("role") == "check" and mark["exercise"] == "forget-gate":
            cell.source = "check = print"
    notebook.cells = [
        c for c in notebook.cells
        if mark_of(c) != {**mark_of(c), "exercise": "memory-left", "role": "check"}
    ]  # fmt: skip
    nbformat.write(notebook, path)


def points(folder, who):
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}") as book:
        submission = book.find_submission(NAME, who)
        return submission.score, submission.max_score


def test_release_gives_the_notebook_of_exercises(course):
    released = cells_of(course / "release" / NAME / f"{NAME}.ipynb")
    ours = cells_of(ROOT / "exercises" / f"{NAME}.ipynb")
    assert [text_of(cell) for cell in released] == [text_of(cell) for cell in ours]
    assert [mark_of(cell) for cell in released] == [mark_of(cell) for cell in ours]


def test_a_solved_notebook_gets_full_points(course):
    full = sum(exercise.points for exercise in exercises_of(NAME))
    assert points(course, "solved") == (full, full)


def test_an_untouched_notebook_gets_none_of_them(course):
    assert points(course, "untouched") == (0, 7)


def test_deleted_and_edited_checks_change_nothing(course):
    """forget-gate is wrong and costs its 2 points; memory-left is right without its check."""
    assert points(course, "wild") == (5, 7)


def test_feedback_names_the_cause(course):
    graded = cells_of(course / "autograded" / "wild" / NAME / f"{NAME}.ipynb")
    errors = [o for c in graded if c["cell_type"] == "code" for o in c["outputs"]]
    assert [error["ename"] for error in errors] == ["wrong values"]
    assert errors[0]["evalue"].startswith("x_t comes before h_prev")


def test_every_solution_is_valid_nbgrader():
    from nbgrader.nbgraderformat import MetadataValidator

    for name in notebooks():
        path = ROOT / "solutions" / f"{name}.ipynb"
        if path.exists():
            MetadataValidator().validate_nb(nbformat.read(path, as_version=4))
