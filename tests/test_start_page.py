"""The page that `lstm-course lab` opens says where to go on."""

import shutil
from pathlib import Path

import pytest

from lstm_course.start_page import Lesson, last_opened, next_step, page, read_lessons
from lstm_course.workspace import Progress

ROOT = Path(__file__).parents[1]


def lesson(name, *states, points=0, note=""):
    exercise = {f"e{k}": state for k, state in enumerate(states)}
    progress = Progress(name, exercise, points, note) if states else None
    return Lesson(name, f"{name[:2]} · Title", "do it", progress)


FRESH = [
    lesson("00-start-here"),
    lesson("03-input-gate", "not started", "not started"),
    lesson("04-forget-gate", "not started"),
]


def test_a_newcomer_begins_with_the_first_lesson():
    assert next_step(FRESH) == (FRESH[0], "lesson")
    assert "## Go on with [00 · Title](notebooks/00-start-here.ipynb)" in page(FRESH)


def test_it_goes_on_with_what_was_open_last():
    assert next_step(FRESH, ("exercises", "03-input-gate")) == (FRESH[1], "exercise")
    assert next_step(FRESH, ("notebooks", "04-forget-gate")) == (FRESH[2], "lesson")
    assert next_step(FRESH, ("notebooks", "99-nothing")) == (FRESH[0], "lesson")


def test_without_that_it_goes_on_with_the_last_exercise_begun_and_names_the_others():
    lessons = [
        lesson("03-input-gate", "passed", "not started", points=2),
        lesson("04-forget-gate", "started"),
    ]
    assert next_step(lessons) == (lessons[1], "exercise")
    assert "Begun: [Exercise 03](exercises/03-input-gate.ipynb)." in page(lessons)


def test_from_an_exercise_that_is_passed_it_leads_to_the_next_lesson_or_to_what_is_left():
    done, left = lesson("04-forget-gate", "passed"), lesson("03-input-gate", "started")
    assert next_step([done, FRESH[1]], ("exercises", done.name)) == (FRESH[1], "lesson")
    assert next_step([left, done], ("exercises", done.name)) == (left, "exercise")
    assert next_step([done], ("exercises", done.name)) is None
    assert "Every exercise is passed" in page([done])


def test_a_row_shows_the_points_and_a_note_says_what_helps():
    text = page([lesson("04-forget-gate", "passed", points=7, note="the file is damaged")])
    assert "| [Exercise 04](exercises/04-forget-gate.ipynb) | ✓ 7/7 |" in text
    assert "You have 7 of 7 points." in text
    assert "- Exercise 04: the file is damaged" in text and "lstm-course update" in text


@pytest.fixture
def course(tmp_path):
    for folder in ("notebooks", "exercises", "solutions"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    return tmp_path


def test_the_course_itself_has_a_row_for_each_lesson_with_the_points_of_its_exercises(course):
    shutil.copy(course / "solutions" / "04-forget-gate.ipynb", course / "exercises")
    lessons = read_lessons(course)
    assert [one.name for one in lessons] == sorted(p.stem for p in (course / "notebooks").iterdir())
    assert all(one.can and " · " in one.title for one in lessons)
    done = {one.name for one in lessons if one.done}
    assert done == {"04-forget-gate"} and sum(one.best for one in lessons) == 185


def test_a_damaged_lesson_does_not_keep_the_page_from_being_written(course):
    (course / "notebooks" / "05-output-gate.ipynb").write_text("no JSON", encoding="utf-8")
    assert [one.title for one in read_lessons(course)][5] == "05-output-gate"


def test_the_notebook_in_front_counts_and_then_the_one_opened_last():
    front = {"layout-restorer:data": {"main": {"current": "notebook:exercises/04-x.ipynb"}}}
    recent = {
        "docmanager:recents": {"opened": [{"path": "START.md"}, {"path": "notebooks/a.ipynb"}]}
    }
    assert last_opened({"data": front | recent}) == ("exercises", "04-x")
    assert last_opened({"data": recent}) == ("notebooks", "a")
    assert last_opened({}) is None
