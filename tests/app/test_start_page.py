"""The start page: from progress to Markdown, and the folder it is read from."""

import json
import logging
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from lstm_course.app import start_page
from lstm_course.app.start_page import Lesson, last_opened, next_step, page, read_lessons
from lstm_course.app.workspace import Progress
from lstm_course.guesses import FILE, Guess, keep

ROOT = Path(__file__).parents[2]
GATE, INPUT = "04-forget-gate", "03-input-gate"


def lesson(name, state=None, points=0, note=""):
    """Return a lesson; with a state, every exercise of it is in that state."""
    progress = None
    if state is not None:
        ids = [exercise.id for exercise in start_page.exercises_of(name)]
        progress = Progress(name, dict.fromkeys(ids, state), points, note)
    return Lesson(name, f"{name[:2]} · Title {name[:2]}", f"do a|b {name[:2]}", progress)


def course(third="not started", fourth="not started"):
    first = lesson("00-start-here")
    return [first, lesson(INPUT, third), lesson(GATE, fourth)]


@pytest.mark.parametrize(
    ("third", "fourth", "last", "name", "kind"),
    [
        ("not started", "not started", None, "00-start-here", "lesson"),
        ("started", "not started", None, INPUT, "exercise"),
        ("passed", "not started", None, GATE, "lesson"),
        ("started", "not started", ("notebooks", GATE), GATE, "lesson"),
        ("passed", "started", ("exercises", INPUT), GATE, "lesson"),
        ("started", "passed", ("solutions", INPUT), INPUT, "exercise"),
        ("started", "passed", None, INPUT, "exercise"),
        ("started", "passed", ("notebooks", "99-mine"), INPUT, "exercise"),
    ],
)
def test_it_goes_on_where_the_learner_was(third, fourth, last, name, kind):
    step = next_step(course(third, fourth), last)
    assert (step[0].name, step[1]) == (name, kind)


def test_when_all_is_passed_it_says_so():
    assert next_step(course("passed", "passed")) is None
    assert "## Every exercise is passed" in page(course("passed", "passed"))


def test_the_page_names_lessons_exercises_and_points():
    text = page([lesson("00-start-here"), lesson(INPUT, "started", 3), lesson(GATE, "passed", 7)])
    lines = text.splitlines()
    assert f"## Go on with [Exercise\xa003](exercises/{INPUT}.ipynb) · Title 03" in lines
    assert "You have 10 of 16 points." in lines
    assert "| [00 · Title 00](notebooks/00-start-here.ipynb) | do a\\|b 00 |  |  |" in lines
    assert (
        f"| [03 · Title 03](notebooks/{INPUT}.ipynb) | do a\\|b 03 | "
        f"[Exercise\xa003](exercises/{INPUT}.ipynb) | 3/9 |"
    ) in lines
    assert any(line.endswith(f"(exercises/{GATE}.ipynb) | ✓ 7/7 |") for line in lines)


def test_what_is_begun_elsewhere_and_what_is_odd_is_said():
    lessons = [lesson(INPUT, "started", 3), lesson(GATE, "started", note="an old one")]
    text = page(lessons, ("exercises", GATE))
    assert f"Begun: [Exercise\xa003](exercises/{INPUT}.ipynb)." in text
    assert "- Exercise 04: an old one" in text and "lstm-course update" in text


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
                "layout-restorer:data": {"main": {"current": "markdownviewer-widget:START.md"}},
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


def test_a_real_course_is_read_and_without_solutions_it_still_lists_the_lessons(tmp_path):
    for folder in ("notebooks", "exercises", "solutions"):
        (tmp_path / folder).mkdir()
        shutil.copy(ROOT / folder / f"{GATE}.ipynb", tmp_path / folder)
    (tmp_path / "notebooks" / "05-mine.ipynb").write_text("half")
    (tmp_path / "exercises" / f"{GATE}.ipynb").write_bytes(
        (ROOT / "solutions" / f"{GATE}.ipynb").read_bytes()
    )
    gate, mine = read_lessons(tmp_path)
    assert gate.title == "04 · Choose what to forget" and gate.done and gate.progress.points == 7
    assert gate.can.startswith("compute the forget gate $f_t$") and not gate.can.endswith(
        (".", "\\")
    )
    assert (mine.title, mine.can, mine.progress) == ("05-mine", "", None)
    shutil.rmtree(tmp_path / "solutions")
    assert [one.progress for one in read_lessons(tmp_path)] == [None, None]


@pytest.fixture
def server(tmp_path, monkeypatch):
    """Return a stand-in for JupyterLab's server on a course of one lesson."""
    for folder in ("notebooks", "exercises", "solutions"):
        (tmp_path / folder).mkdir()
        shutil.copy(ROOT / folder / f"{GATE}.ipynb", tmp_path / folder)
    monkeypatch.setenv("JUPYTERLAB_WORKSPACES_DIR", str(tmp_path / ".jupyter-user"))
    hooks = []
    contents = SimpleNamespace(register_post_save_hook=hooks.append, hooks=hooks)
    log = logging.getLogger("test")
    return SimpleNamespace(root_dir=str(tmp_path), contents_manager=contents, log=log)


def test_the_server_writes_the_page_at_its_start_and_when_an_exercise_is_saved(server):
    start_page._load_jupyter_server_extension(server)
    root, (saved,) = Path(server.root_dir), server.contents_manager.hooks
    assert "You have 0 of 7 points." in (root / "START.md").read_text(encoding="utf-8")
    exercise = root / "exercises" / f"{GATE}.ipynb"
    shutil.copy(ROOT / "solutions" / exercise.name, exercise)
    saved(model={}, os_path=str(root / "saved" / exercise.name), contents_manager=None)
    assert "You have 0 of 7 points." in (root / "START.md").read_text(encoding="utf-8")
    saved(model={}, os_path=str(exercise), contents_manager=None)
    assert "You have 7 of 7 points." in (root / "START.md").read_text(encoding="utf-8")


def test_a_course_that_cannot_be_written_has_no_page_and_its_layout_opens(server, monkeypatch):
    monkeypatch.setattr(start_page.os, "access", lambda path, mode: False)
    start_page._load_jupyter_server_extension(server)
    assert not Path(server.root_dir, "START.md").exists()
    assert not server.contents_manager.hooks
    assert any(Path(server.root_dir, ".jupyter-user").glob("default*"))


def test_saving_an_exercise_never_fails_because_of_the_page(server, monkeypatch, caplog):
    start_page._load_jupyter_server_extension(server)
    monkeypatch.setattr(start_page, "write_page", lambda root: 1 / 0)
    exercise = Path(server.root_dir, "exercises", f"{GATE}.ipynb")
    server.contents_manager.hooks[0](model={}, os_path=str(exercise), contents_manager=None)
    assert "START.md could not be written" in caplog.text


def test_the_contents_open_on_the_left_at_the_first_start_and_a_layout_left_stays(server):
    start_page._load_jupyter_server_extension(server)
    (layout,) = Path(server.root_dir, ".jupyter-user").glob("default*.jupyterlab-workspace")
    left = json.loads(layout.read_text())["data"]["layout-restorer:data"]["left"]
    assert left["current"] == "@jupyterlab/toc:plugin"
    layout.write_text('{"data": {"mine": 1}, "metadata": {"id": "default"}}')
    start_page._load_jupyter_server_extension(server)
    assert json.loads(layout.read_text())["data"] == {"mine": 1}


def test_the_page_tells_of_the_guesses_once_a_lesson_is_saved(server):
    start_page._load_jupyter_server_extension(server)
    root, (saved,) = Path(server.root_dir), server.contents_manager.hooks
    text = root / "START.md"
    assert "Your intuition" not in text.read_text(encoding="utf-8")
    keep(root / FILE, Guess("left-after-20", "What is left?", "0.40", "0.12", 0.28, 0.4))
    saved(model={}, os_path=str(root / "notebooks" / f"{GATE}.ipynb"), contents_manager=None)
    assert "You guessed once" in text.read_text(encoding="utf-8")
    assert "*What is left?* You said 0.40" in text.read_text(encoding="utf-8")


def test_a_lesson_tells_which_predictions_it_asks_for():
    asked = {lesson.name: lesson.asks for lesson in read_lessons(ROOT)}
    assert "knows-after-50" in asked["01-why-not-an-rnn"]
