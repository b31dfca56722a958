"""START.md, the page that `lstm-course lab` opens: lessons, points, guesses, where to go on.

JupyterLab's server loads this module as an extension, so that the page is there before the
browser is, and is written anew whenever a notebook is saved.
"""

import json
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..exercises import exercises_of, notebooks
from ..guesses import FILE, Guess, read
from .intuition import intuition
from .workspace import Progress, Workspace, WorkspaceError

PAGE = "START.md"
_WILL = re.compile(r"^\*\*You will\*\* (.+?)\.?\\?$", re.M)
_OPEN = re.compile(r"(notebooks|exercises|solutions)/(.+)\.ipynb$")
_TABLE = ["| lesson | afterwards you can | exercise | points |", "|---|---|---|---:|"]
_FOOT = """\
Points are as of the last run of each check. This page is written at each start and whenever a \
notebook is saved; close and open it, or reload the browser's page, to see the newest.

Shift + Enter runs a cell. The list on the left shows the sections of what is open. In \
JupyterLab's terminal (File, New, Terminal) `lstm-course reset 03` puts exercise 03 back and \
keeps a copy of yours; `lstm-course status` shows every exercise by name."""
# Sidebar of the very first start: the table of contents instead of the files
_LAYOUT = {"left": {"collapsed": False, "visible": True, "current": "@jupyterlab/toc:plugin"}}


@dataclass(frozen=True)
class Lesson:
    """One row of the page.

    Attributes
    ----------
    name, title, can : str
        Such as "04-forget-gate", "04 · Choose what to forget" and what the learner can do after it.
    progress : Progress or None
        Of the exercise notebook of that name; None where there is none.
    asks : tuple of str
        The predictions that the lesson asks for.
    """

    name: str
    title: str
    can: str
    progress: Progress | None = None
    asks: tuple[str, ...] = ()

    @property
    def best(self) -> int:
        """Points that can be reached."""
        return sum(exercise.points for exercise in exercises_of(self.name))

    @property
    def begun(self) -> bool:
        """Whether an answer is there."""
        return bool(self.progress) and set(self.progress.states.values()) != {"not started"}

    @property
    def done(self) -> bool:
        """Whether every exercise passed."""
        return bool(self.progress) and set(self.progress.states.values()) == {"passed"}

    def link(self, kind: str) -> str:
        """Return a Markdown link to the "lesson" or to the "exercise"."""
        folder, text = {
            "lesson": ("notebooks", self.title),
            "exercise": ("exercises", f"Exercise\N{NO-BREAK SPACE}{self.name[:2]}"),
        }[kind]
        return f"[{text}]({folder}/{self.name}.ipynb)"


def page(
    lessons: Sequence[Lesson],
    last: tuple[str, str] | None = None,
    guesses: Mapping[str, Guess] | None = None,
) -> str:
    """Return the start page as Markdown.

    Parameters
    ----------
    lessons : sequence of Lesson
        In the course's order.
    last : (str, str), optional
        Folder and name of the notebook that the learner had in front, such as
        ("exercises", "04-forget-gate").
    guesses : dict, optional
        What the learner guessed, by the name of the prediction.
    """
    step = next_step(lessons, last)
    others = [one for one in lessons if one.begun and not one.done and (one, "exercise") != step]
    rows = [_row(lesson) for lesson in lessons]
    parts = ["# LSTM, one equation at a time", f"## {_go_on(step)}", _sum(lessons)]
    if others:
        parts.append(f"Begun: {', '.join(one.link('exercise') for one in others)}.")
    asked = {name: lesson.link("lesson") for lesson in lessons for name in lesson.asks}
    parts += ["\n".join([*_TABLE, *rows]), *_notes(lessons)]
    parts += [intuition(guesses or {}, asked), _FOOT]
    return "\n\n".join(part for part in parts if part) + "\n"


def next_step(
    lessons: Sequence[Lesson], last: tuple[str, str] | None = None
) -> tuple[Lesson, str] | None:
    """Return where to go on, a lesson and "lesson" or "exercise"; None when all is passed.

    It is what was open last; without that, the last exercise begun. From an exercise that is
    passed it goes on to the lesson after it.
    """
    names = [lesson.name for lesson in lessons]
    place, kind = 0, "lesson"
    begun = [k for k, lesson in enumerate(lessons) if lesson.begun]
    if last and last[1] in names:
        place, kind = names.index(last[1]), "lesson" if last[0] == "notebooks" else "exercise"
    elif begun:
        place, kind = begun[-1], "exercise"
    if kind == "lesson" or not lessons[place].done:
        return lessons[place], kind
    if place + 1 < len(lessons):
        return lessons[place + 1], "lesson"
    return next(((one, "exercise") for one in lessons if one.progress and not one.done), None)


def _go_on(step: tuple[Lesson, str] | None) -> str:
    if step is None:
        return "Every exercise is passed"
    lesson, kind = step
    topic = "" if kind == "lesson" else f" · {lesson.title.partition(' · ')[2]}"
    return f"Go on with {lesson.link(kind)}{topic}"


def _sum(lessons: Sequence[Lesson]) -> str:
    graded = [lesson for lesson in lessons if lesson.progress]
    points = sum(lesson.progress.points for lesson in graded)
    best = sum(lesson.best for lesson in graded)
    return f"You have {points} of {best} points." if graded else ""


def _row(lesson: Lesson) -> str:
    exercise, points = "", ""
    if lesson.progress:
        exercise = lesson.link("exercise")
        points = f"{'✓ ' if lesson.done else ''}{lesson.progress.points}/{lesson.best}"
    cells = [lesson.link("lesson"), lesson.can.replace("|", "\\|"), exercise, points]
    return f"| {' | '.join(cells)} |"


def _notes(lessons: Sequence[Lesson]) -> list[str]:
    """Say what is odd about an exercise's file, and which command helps."""
    odd = [lesson.progress for lesson in lessons if lesson.progress and lesson.progress.note]
    lines = [f"- Exercise {one.name[:2]}: {one.note}" for one in odd]
    advice = "Try `lstm-course update` in JupyterLab's terminal (File, New, Terminal)."
    return ["\n".join([*lines, "", advice])] if odd else []


def read_lessons(root: Path) -> list[Lesson]:
    """Return the lessons of a course with the learner's progress; nothing is run."""
    try:
        space = Workspace(root)
        names = set(notebooks())
    except WorkspaceError:  # a class copy without solutions/ has lessons, too
        names = set()
    found = []
    for path in sorted((root / "notebooks").glob("[0-9][0-9]-*.ipynb")):
        title, can, asks = _words_of(path)
        progress = space.progress(path.stem) if path.stem in names else None
        found.append(Lesson(path.stem, title, can, progress, asks))
    return found


def _words_of(path: Path) -> tuple[str, str, tuple[str, ...]]:
    """Return the title of a lesson, what it promises, and which predictions it asks for."""
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        source = cells[0]["source"]
        text = source if isinstance(source, str) else "".join(source)
        will = _WILL.search(text)
        marks = [cell.get("metadata", {}).get("lstm_course", {}) for cell in cells]
        asks = tuple(str(mark["guess"]) for mark in marks if "guess" in mark)
    except (OSError, ValueError, LookupError, TypeError, AttributeError):  # a learner's accident
        return path.stem, "", ()
    return text.partition("\n")[0].lstrip("# "), will[1] if will else "", asks


def last_opened(workspace: dict[str, Any]) -> tuple[str, str] | None:
    """Return folder and name of the notebook in front, or else the last one opened."""
    data = workspace.get("data", {})
    front = (data.get("layout-restorer:data", {}).get("main") or {}).get("current") or ""
    opened = data.get("docmanager:recents", {}).get("opened", [])
    for path in (front.partition(":")[2], *(one.get("path", "") for one in opened)):
        match = _OPEN.match(path)
        if match:
            return match[1], match[2]
    return None


def write_page(root: Path) -> None:
    """Write the page of a course, at once or not at all."""
    last = last_opened(_workspaces().load("default"))
    text = page(read_lessons(root), last, read(root / FILE))
    draft = root / f".{PAGE}.new"
    draft.write_text(text, encoding="utf-8", newline="\n")
    os.replace(draft, root / PAGE)


def _workspaces():
    from jupyterlab_server.workspaces_handler import WorkspacesManager

    return WorkspacesManager(os.environ["JUPYTERLAB_WORKSPACES_DIR"])


def _first_layout() -> None:
    """Open the table of contents, unless there is a layout that the learner left."""
    spaces = _workspaces()
    if not spaces.load("default")["data"]:
        layout = {"data": {"layout-restorer:data": _LAYOUT}, "metadata": {"id": "default"}}
        spaces.save("default", json.dumps(layout))


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": __name__}]


def _load_jupyter_server_extension(server: Any) -> None:
    root = Path(server.root_dir)

    def refresh(model: dict[str, Any], os_path: str, **_: Any) -> None:
        if Path(os_path).parent.name not in ("exercises", "notebooks"):
            return
        try:
            write_page(root)
        except Exception as error:  # whatever is wrong with the page, saving must not fail
            server.log.warning("%s could not be written: %s", PAGE, error)

    _first_layout()
    if os.access(root, os.W_OK):  # elsewhere `lab` has said so and opens the first lesson
        server.contents_manager.register_post_save_hook(refresh)
        write_page(root)
