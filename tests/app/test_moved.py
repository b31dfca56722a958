"""The project was notebook 17 of an older course: its learner's work moves to 19."""

import copy
import json
from pathlib import Path

from lstm_course.app import workspace
from lstm_course.app.workspace import Workspace
from lstm_course.grading.notebooks.templates import fresh, mark_of, text_of

ROOT = Path(__file__).parents[2]
OLD, NEW = "17-project", "19-project"
SOLVED = json.loads((ROOT / "solutions" / f"{NEW}.ipynb").read_text(encoding="utf-8"))
MINE = "mse = 2 / 3 / 16  # mine"


def made(folder, **learners):
    """Return a workspace; each of the learner's notebooks has an answer, or is as handed out."""
    (folder / "solutions").mkdir()
    (folder / "solutions" / f"{NEW}.ipynb").write_text(json.dumps(SOLVED), encoding="utf-8")
    for name, answer in learners.items():
        workspace.write(folder / "exercises" / f"{name}.ipynb", notebook(answer))
    return Workspace(folder)


def notebook(answer):
    found = copy.deepcopy(fresh(SOLVED))
    if answer:
        answer_in(found)["source"] = answer
    return found


def answer_in(found):
    wanted = {"exercise": "guess-adding", "role": "answer"}
    return next(cell for cell in found["cells"] if wanted.items() <= mark_of(cell).items())


def answered(path):
    return text_of(answer_in(json.loads(path.read_text(encoding="utf-8"))))


def test_a_project_under_its_former_name_is_carried_over_and_a_copy_is_kept(tmp_path):
    space = made(tmp_path, **{OLD: MINE})
    done, copied = space.update(NEW)
    assert done == "carried over from 17-project.ipynb"
    assert answered(space.path(NEW)) == answered(copied) == MINE
    assert not space.path(OLD).exists()
    assert space.update(NEW)[0] == "up to date"


def test_a_new_notebook_that_nobody_wrote_in_takes_the_work_over(tmp_path):
    space = made(tmp_path, **{OLD: MINE, NEW: None})
    space.update(NEW)
    assert answered(space.path(NEW)) == MINE


def test_work_under_both_names_stays_as_it_is(tmp_path):
    space = made(tmp_path, **{OLD: MINE, NEW: "mse = 0.04"})
    space.update(NEW)
    assert answered(space.path(NEW)) == "mse = 0.04"
    assert answered(space.path(OLD)) == MINE


def test_a_former_notebook_that_cannot_be_read_is_left_alone(tmp_path):
    space = made(tmp_path, **{OLD: MINE})
    space.path(OLD).write_text("{ no notebook", encoding="utf-8")
    try:
        space.update(NEW)
    except workspace.WorkspaceError:
        pass
    assert space.path(OLD).read_text(encoding="utf-8") == "{ no notebook"
