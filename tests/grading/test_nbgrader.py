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

from handed_in import DAMAGED, NAME, ROOT, SOLVED, untouched, wild

from lstm_course.exercises import exercises_of, notebooks
from lstm_course.grading.notebooks.templates import mark_of, text_of
from lstm_course.grading.process.kernel import Limits
from lstm_course.grading.run import grade_notebook


def nbgrader(folder, *arguments):
    """Run one of nbgrader's commands and return what it said."""
    environment = {**os.environ, "JUPYTER_CONFIG_DIR": str(folder)}
    command = [sys.executable, "-m", "nbgrader", *arguments]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stderr


def cells_of(path):
    return json.loads(path.read_text(encoding="utf-8"))["cells"]


HANDED_IN = {
    "solved": SOLVED,
    "untouched": untouched(),
    "wild": wild(),
    **{kind.__name__: kind() for kind in DAMAGED},
}


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """Give a class folder with one assignment released, and every learner's work graded."""
    monkeypatch = pytest.MonkeyPatch()  # nbgrader starts alembic, which stands beside Python
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent), prepend=os.pathsep)
    folder = tmp_path_factory.mktemp("class")
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    (folder / "source" / NAME).mkdir(parents=True)
    shutil.copy(ROOT / "solutions" / f"{NAME}.ipynb", folder / "source" / NAME)
    nbgrader(folder, "generate_assignment", NAME)
    for who, content in HANDED_IN.items():
        target = submitted(folder, who)
        target.parent.mkdir(parents=True)
        target.write_bytes(content)
    nbgrader(folder, "autograde", NAME)
    yield folder
    monkeypatch.undo()


def submitted(folder, who):
    return folder / "submitted" / who / NAME / f"{NAME}.ipynb"


def autograded(folder, who):
    return cells_of(folder / "autograded" / who / NAME / f"{NAME}.ipynb")


def points(folder, who):
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}") as book:
        submission = book.find_submission(NAME, who)
        return submission.score, submission.max_score


def grade_ids(cells):
    marks = [cell["metadata"].get("nbgrader", {}) for cell in cells]
    return [mark["grade_id"] for mark in marks if mark]


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


@pytest.mark.parametrize("who", HANDED_IN)
def test_nbgrader_gives_the_points_that_grade_gives(course, who):
    result = grade_notebook(submitted(course, who), Limits())
    assert points(course, who) == (result.points, 7)


@pytest.mark.parametrize(
    "who",
    "answer_twice stub_above_the_answer answer_in_two_cells check_twice saved_by_colab "
    "with_a_mark_of_the_byte_order in_utf_16".split(),
)
def test_damage_that_leaves_the_answers_costs_nothing(course, who):
    assert points(course, who) == (7, 7)


@pytest.mark.parametrize("who", HANDED_IN)
def test_the_file_that_was_handed_in_stays_as_it_is(course, who):
    assert submitted(course, who).read_bytes() == HANDED_IN[who]


@pytest.mark.parametrize("who", HANDED_IN)
def test_each_cell_of_nbgraders_stands_once_with_what_the_learner_wrote(course, who):
    cells = autograded(course, who)
    assert sorted(grade_ids(cells)) == sorted(grade_ids(autograded(course, "solved")))
    if points(course, who) == (7, 7):
        assert "b_f = np.log(f / (1 - f))" in "\n".join(map(text_of, cells))


def test_feedback_names_the_cause(course):
    graded = autograded(course, "wild")
    errors = [o for c in graded if c["cell_type"] == "code" for o in c["outputs"]]
    assert [error["ename"] for error in errors] == ["wrong values"]
    assert errors[0]["evalue"].startswith("x_t comes before h_prev")


def test_feedback_says_what_is_odd_about_the_file(course):
    said = text_of(autograded(course, "in_utf_16")[0])
    assert said == "**About the file:** It was read as UTF-16."


def test_every_solution_is_valid_nbgrader():
    from nbgrader.nbgraderformat import MetadataValidator

    for name in notebooks():
        path = ROOT / "solutions" / f"{name}.ipynb"
        if path.exists():
            MetadataValidator().validate_nb(nbformat.read(path, as_version=4))
