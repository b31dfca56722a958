"""How far a learner is, for the start page: points, where to go on, and guesses."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ...exercises import notebooks
from ...guesses import FILE, read
from ..workspace import Progress, Workspace, WorkspaceError
from .intuition import intuition
from .lessons import Lesson, read_lessons

_OPEN = re.compile(r"(notebooks|exercises|solutions)/(.+)\.ipynb$")
Place = tuple[str, str]  # folder and name of a notebook


def progress(root: Path, last: Place | None = None) -> dict[str, Any]:
    """Return all that the page shows of a learner's work, ready for JSON.

    Parameters
    ----------
    root : Path
        The course's folder.
    last : (str, str), optional
        Folder and name of the notebook that the learner had in front, such as
        ("exercises", "04-forget-gate").

    Returns
    -------
    dict
        "lessons": name to points, begun, done and note, of those with an exercise; "next": folder
        and name, or None when all is passed; "intuition": see there.
    """
    lessons = read_lessons(root)
    graded = _graded(root, [lesson.name for lesson in lessons])
    asked = {name: lesson.name for lesson in lessons for name in lesson.asks}
    return {
        "lessons": {name: _row(one) for name, one in graded.items()},
        "next": next_step(lessons, graded, last),
        "intuition": intuition(read(root / FILE), asked),
    }


def _graded(root: Path, names: Sequence[str]) -> dict[str, Progress]:
    try:
        space, known = Workspace(root), set(notebooks())
    except WorkspaceError:  # a class copy without solutions/ has lessons, too
        return {}
    return {name: space.progress(name) for name in names if name in known}


def _row(progress: Progress) -> dict[str, Any]:
    state = {"begun": begun(progress), "done": done(progress)}
    return {"points": progress.points, **state, "note": progress.note}


def begun(progress: Progress) -> bool:
    """Whether an answer is there."""
    return set(progress.states.values()) != {"not started"}


def done(progress: Progress) -> bool:
    """Whether every exercise passed."""
    return set(progress.states.values()) == {"passed"}


def next_step(
    lessons: Sequence[Lesson], graded: Mapping[str, Progress], last: Place | None = None
) -> Place | None:
    """Return folder and name of the notebook to go on with; None when all is passed.

    It is what was open last; without that, the last exercise begun. From an exercise that is
    passed it goes on to the lesson after it.
    """
    names = [lesson.name for lesson in lessons]
    started = [name for name in names if name in graded and begun(graded[name])]
    folder, name = "notebooks", names[0] if names else ""
    if last and last[1] in names:
        folder, name = "notebooks" if last[0] == "notebooks" else "exercises", last[1]
    elif started:
        folder, name = "exercises", started[-1]
    if folder == "notebooks" or name not in graded or not done(graded[name]):
        return ("notebooks" if name not in graded else folder, name) if name else None
    later = names[names.index(name) + 1 :]
    if later:
        return "notebooks", later[0]
    open_ones = (name for name in names if name in graded and not done(graded[name]))
    return next((("exercises", name) for name in open_ones), None)


def last_opened(workspace: Mapping[str, Any]) -> Place | None:
    """Return folder and name of JupyterLab's notebook in front, or else the last one opened."""
    data = workspace.get("data", {})
    front = (data.get("layout-restorer:data", {}).get("main") or {}).get("current") or ""
    opened = data.get("docmanager:recents", {}).get("opened", [])
    for path in (front.partition(":")[2], *(one.get("path", "") for one in opened)):
        match = _OPEN.match(path)
        if match:
            return match[1], match[2]
    return None
