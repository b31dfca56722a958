"""What the start page knows of the lessons and of a learner's work."""

import shutil
from pathlib import Path

import pytest

from lstm_course.app.start.lessons import Lesson, read_lessons
from lstm_course.app.start.progress import last_opened, next_step, progress
from lstm_course.app.workspace import Progress
from lstm_course.guesses import FILE, Guess, keep

ROOT = Path(__file__).parents[2]
START, INPUT, GATE = "00-start-here", "03-input-gate", "04-forget-gate"
LESSONS = [Lesson(name, name) for name in (START, INPUT, GATE)]


def graded(third="not started", fourth="not started"):
    return {
        name: Progress(name, {f"{name}-a": state, f"{name}-b": state})
        for name, state in ((INPUT, third), (GATE, fourth))
    }


@pytest.mark.parametrize(
    ("third", "fourth", "last", "expected"),
    [
        ("not started", "not started", None, ("notebooks", START)),
        ("started", "not started", None, ("exercises", INPUT)),
        ("passed", "not started", None, ("notebooks", GATE)),
        ("started", "not started", ("notebooks", GATE), ("notebooks", GATE)),
        ("passed", "started", ("exercises", INPUT), ("notebooks", GATE)),
        ("started", "passed", ("solutions", INPUT), ("exercises", INPUT)),
        ("started", "passed", None, ("exercises", INPUT)),
        ("started", "passed", ("notebooks", "99-mine"), ("exercises", INPUT)),
        ("passed", "passed", None, None),
    ],
)
def test_it_goes_on_where_the_learner_was(third, fourth, last, expected):
    assert next_step(LESSONS, graded(third, fourth), last) == expected


def test_without_any_exercise_it_goes_on_with_the_lesson_that_was_open():
    assert next_step(LESSONS, {}, ("exercises", GATE)) == ("notebooks", GATE)
    assert next_step([], {}) is None


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({}, None),
        ({"layout-restorer:data": {"main": None}}, None),
        (
            {"layout-restorer:data": {"main": {"current": f"notebook:exercises/{GATE}.ipynb"}}},
            ("exercises", GATE),
        ),
        (
            {
                "layout-restorer:data": {"main": {"current": "launcher:1"}},
                "docmanager:recents": {
                    "opened": [{"path": "notebooks"}, {"path": f"notebooks/{INPUT}.ipynb"}]
                },
            },
            ("notebooks", INPUT),
        ),
    ],
)
def test_the_notebook_in_front_is_read_from_jupyterlabs_layout(data, expected):
    assert last_opened({"data": data}) == expected


@pytest.fixture
def course(tmp_path):
    """Return a course of one lesson, unsolved."""
    for folder in ("notebooks", "exercises", "solutions"):
        (tmp_path / folder).mkdir()
        shutil.copy(ROOT / folder / f"{GATE}.ipynb", tmp_path / folder)
    return tmp_path


def test_a_real_lesson_is_read_and_a_broken_one_keeps_its_name(course):
    (course / "notebooks" / "05-mine.ipynb").write_text("half")
    gate, mine = read_lessons(course)
    assert gate.title == "04 · Choose what to forget" and gate.best == 7
    words = (ROOT / "source" / "lessons" / f"{GATE}.md").read_text(encoding="utf-8")
    assert f"**You will** {gate.can}.\\\n" in words and len(gate.can) > 20
    assert (mine.title, mine.can, mine.asks) == ("05-mine", "", ())


def test_a_lesson_tells_which_predictions_it_asks_for():
    asked = {lesson.name: lesson.asks for lesson in read_lessons(ROOT)}
    assert "was-or-were" in asked[START]


def test_points_come_from_the_exercise_notebook(course):
    nothing = {"points": 0, "begun": False, "done": False, "note": ""}
    assert progress(course)["lessons"] == {GATE: nothing}
    solved = (course / "solutions" / f"{GATE}.ipynb").read_bytes()
    (course / "exercises" / f"{GATE}.ipynb").write_bytes(solved)
    everything = {"points": 7, "begun": True, "done": True, "note": ""}
    assert progress(course)["lessons"] == {GATE: everything}
    assert progress(course)["next"] is None


def test_a_class_copy_without_solutions_has_lessons_and_no_points(course):
    shutil.rmtree(course / "solutions")
    assert progress(course) == {"lessons": {}, "next": ("notebooks", GATE), "intuition": None}


def test_what_is_odd_about_an_exercise_is_said(course):
    (course / "exercises" / f"{GATE}.ipynb").unlink()
    assert "no such file" in progress(course)["lessons"][GATE]["note"]


def test_guesses_are_summed_up_with_the_lesson_that_asked(course):
    keep(course / FILE, Guess("left-after-20", "What is left?", "0.40", "0.12", 0.28, 0.4))
    known = progress(course)["intuition"]
    assert (known["guessed"], known["close"]) == (1, 0)
    assert known["surprises"][0]["lesson"] == GATE
