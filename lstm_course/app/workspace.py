"""A learner's exercise notebooks: restore them, bring them up to date, see how far they are.

Nothing is written before a dated copy of it is on the disk, and every file is replaced at
once or not at all: whatever happens half-way, the learner's work is in the notebook or in
the copy.
"""

import difflib
import functools
import json
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from .. import __version__
from ..exercises import Exercise, UnknownExercise, all_exercises, exercises_of, find, notebooks
from ..grading.notebooks.mending import Unreadable, read_json
from ..grading.notebooks.merging import merge
from ..grading.notebooks.recognising import recognised
from ..grading.notebooks.templates import fresh, is_stub, mark_of, text_of
from ..guesses import FILE as GUESSES

FORMER_NAMES = {"19-project": "17-project"}  # what an older course called it


class WorkspaceError(Exception):
    """Something that cannot be done, said in one line."""


@dataclass(frozen=True)
class Progress:
    """How far one notebook is, as its cells tell; nothing is run.

    Attributes
    ----------
    name : str
        Such as "04-forget-gate".
    states : dict
        Exercise id to "passed" (at the last run of its check), "started" or "not started".
    points : int
        Of the exercises that passed.
    note : str
        What is odd, in one line; empty when nothing is.
    """

    name: str
    states: dict[str, str]
    points: int = 0
    note: str = ""


def _in_one_line(work: Callable) -> Callable:
    """Turn what the disk refuses into one line: nothing is half done then, only not done."""

    @functools.wraps(work)
    def run(*arguments: Any) -> Any:
        try:
            return work(*arguments)
        except OSError as error:
            where, why = error.filename or "The notebook", error.strerror or error
            line = f"{where} cannot be written: {why}. Nothing is changed."
            if isinstance(error, PermissionError):
                line += " Where the whole folder cannot, copy it to a place of your own."
            raise WorkspaceError(line) from None

    return run


class Workspace:
    """The course's folder: `exercises/`, `solutions/` and `saved/`.

    Parameters
    ----------
    root : Path
        The folder that holds them.
    newer : Path or None
        The folder of a newer course; None takes templates from this one.
    """

    def __init__(self, root: Path, newer: Path | None = None) -> None:
        self.root = root
        self._templates = (newer or root) / "solutions"
        if not self._templates.is_dir():
            raise WorkspaceError(
                f"{self._templates.parent} holds no folder solutions; run this in the course's "
                "folder, the one with exercises and solutions in it"
            )

    @classmethod
    def around(cls, start: Path, newer: Path | None = None) -> "Workspace":
        """Return the workspace that `start` lies in.

        Raises
        ------
        WorkspaceError
            When neither `start` nor a folder above it holds exercises and solutions.
        """
        for folder in (start, *start.parents):
            if (folder / "solutions").is_dir():
                return cls(folder, newer)
        raise WorkspaceError(
            f"{start} is not inside the course; run this in the course's folder, "
            "the one with exercises and solutions in it"
        )

    def path(self, name: str) -> Path:
        """Return where the learner's notebook of that name is."""
        return self.root / "exercises" / f"{name}.ipynb"

    def names(self) -> list[str]:
        """Return the exercise notebooks that have a template."""
        return [name for name in notebooks() if (self._templates / f"{name}.ipynb").exists()]

    def template(self, name: str) -> dict[str, Any]:
        """Return the unsolved notebook."""
        path = self._templates / f"{name}.ipynb"
        try:
            return fresh(json.loads(path.read_text(encoding="utf-8")))
        except FileNotFoundError:
            raise WorkspaceError(f"there is no solutions/{name}.ipynb to restore from") from None
        except OSError as error:
            raise WorkspaceError(f"{path} cannot be read: {error.strerror}") from None
        except (ValueError, KeyError, TypeError) as error:
            raise WorkspaceError(f"{path} is damaged ({error}); get it again") from None

    @_in_one_line
    def reset(self, name: str) -> Path | None:
        """Put the template back; return the dated copy of what was there, if anything was."""
        template, path = self.template(name), self.path(name)
        copy = self.save(path)
        write(path, template)
        return copy

    @_in_one_line
    def reset_exercise(self, exercise: Exercise) -> Path | None:
        """Put the template of one exercise back and leave the rest of the notebook alone."""
        path = self.path(exercise.notebook)
        template = self.template(exercise.notebook)
        if not path.exists():
            write(path, template)
            return None
        cells = self._cells(path)
        known = recognised(cells, template["cells"])
        others = [cell for cell in known if mark_of(cell).get("exercise") != exercise.id]
        merged = merge(others, template, anew=frozenset({exercise.id}))
        copy = self.save(path)
        write(path, merged)
        return copy

    @_in_one_line
    def forget_guesses(self) -> Path | None:
        """Take the learner's guesses away; return the dated copy of them, if there were any."""
        path = self.root / GUESSES
        copy = self.save(path)
        path.unlink(missing_ok=True)
        return copy

    @_in_one_line
    def update(self, name: str) -> tuple[str, Path | None]:
        """Bring one notebook up to date; return what was done, and the dated copy if any.

        Work under the name that an older course gave the notebook is carried over, unless
        there is work under both names.
        """
        path, template = self.path(name), self.template(name)
        former = self.path(FORMER_NAMES.get(name, name))
        if former != path and former.exists() and self._is_fresh(path, template):
            merged = merge(self._cells(former), template)
            copy = self.save(former)
            write(path, merged)
            former.unlink()
            return f"carried over from {former.name}", copy
        if not path.exists():
            write(path, template)
            return "new", None
        cells = self._cells(path)
        merged = merge(cells, template)
        if _texts(merged["cells"]) == _texts(cells) and self._version(path) == __version__:
            return "up to date", None
        copy = self.save(path)
        write(path, merged)
        return "updated", copy

    def _is_fresh(self, path: Path, template: dict[str, Any]) -> bool:
        """Tell whether nothing of the learner's is in a notebook, or there is none."""
        return not path.exists() or _texts(self._cells(path)) == _texts(template["cells"])

    def save(self, path: Path) -> Path | None:
        """Put a dated copy into saved/, byte by byte; return it, or None without a file."""
        if not path.exists():
            return None
        if not path.is_file():
            raise WorkspaceError(f"{path} is a folder, no file; move it away first")
        folder = self.root / "saved"
        folder.mkdir(exist_ok=True)
        stem = f"{path.parent.name}-{path.stem}-{time.strftime('%Y%m%d-%H%M%S')}"
        data, number = _content(path), 1
        while True:
            more = "" if number == 1 else f"-{number}"
            copy = folder / f"{stem}{more}{path.suffix}"
            try:
                file = open(copy, "xb")
            except FileExistsError:
                number += 1
                continue
            _fill(file, copy, data)
            return copy

    def progress(self, name: str) -> Progress:
        """Return how far a notebook is."""
        exercises = exercises_of(name)
        nothing = {exercise.id: "not started" for exercise in exercises}
        if not self.path(name).exists():
            return Progress(name, nothing, note="there is no such file in exercises")
        try:
            cells = recognised(self._cells(self.path(name)), self.template(name)["cells"])
        except WorkspaceError as error:
            return Progress(name, nothing, note=str(error))
        states = {exercise.id: _state(exercise, cells) for exercise in exercises}
        points = sum(e.points for e in exercises if states[e.id] == "passed")
        version = self._version(self.path(name))
        note = "" if version == __version__ else f"made with course version {version or 'unknown'}"
        return Progress(name, states, points, note)

    def _cells(self, path: Path) -> list[dict[str, Any]]:
        try:
            found = read_json(path)
        except Unreadable as unreadable:
            raise WorkspaceError(f"{path.name}: {unreadable}") from None
        cells = found.content.get("cells")
        if found.broken or found.conflicts or not isinstance(cells, list):
            why = found.broken or "Merge-conflict markers stand in it, or it is an old format."
            raise WorkspaceError(f"{path.name}: {why}")
        return [cell for cell in cells if isinstance(cell, dict)]

    def _version(self, path: Path) -> str:
        metadata = read_json(path).content.get("metadata", {})
        course = metadata.get("lstm_course") if isinstance(metadata, dict) else None
        return str(course.get("version", "")) if isinstance(course, dict) else ""


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise WorkspaceError(f"{path} cannot be read: {error.strerror}") from None


def _fill(file: IO[bytes], path: Path, data: bytes) -> None:
    """Write a new file to the disk; leave none behind that is not whole."""
    try:
        with file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def write(path: Path, notebook: dict[str, Any]) -> None:
    """Replace a file at once or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.new")
    text = json.dumps(notebook, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    try:
        with open(draft, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def notebook_or_exercise(text: str) -> str | Exercise:
    """Return what a learner means by "03", "03-input-gate", a file name, or an exercise id.

    Raises
    ------
    WorkspaceError
        With the nearest exercise id, in one line.
    """
    stem = Path(text).name.removesuffix(".ipynb")
    for name in notebooks():
        if stem == name or (stem.isdigit() and int(stem) == int(name.split("-")[0])):
            return name
    try:
        return find(stem)
    except UnknownExercise:
        near = difflib.get_close_matches(stem, all_exercises(), n=1)
        guess = f" Did you mean {near[0]}?" if near else ""
        wanted = "expected a notebook's number, such as 03, or the id of an exercise"
        raise WorkspaceError(f"got {text!r}; {wanted}.{guess}") from None


def _state(exercise: Exercise, cells: list[dict[str, Any]]) -> str:
    marked = [(mark_of(cell), cell) for cell in cells]
    mine = [
        (mark.get("role"), cell) for mark, cell in marked if mark.get("exercise") == exercise.id
    ]
    answers = [text_of(cell) for role, cell in mine if role == "answer"]
    if all(map(is_stub, answers)):
        return "not started"
    said = json.dumps([cell.get("outputs", []) for role, cell in mine if role == "check"])
    return "passed" if f"{exercise.id}: passed" in said else "started"


def _texts(cells: list[dict[str, Any]]) -> list[tuple[Any, str, dict[str, Any]]]:
    return [(cell.get("cell_type"), text_of(cell), mark_of(cell)) for cell in cells]
