"""Find out what there is to grade: a notebook, a learner's folder, or a class of them."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ...exercises import exercises_of, notebooks
from .entries import is_course
from .owners import Learner
from .roots import NothingToGrade, everyone_in
from .tree import File, Folder

__all__ = ["Collected", "NothingToGrade", "Remark", "Submission", "collect", "find_submissions"]
_WHOLE_COURSE = ("exercises", "solutions")
_MOST_COPIES = 10


@dataclass(frozen=True)
class Submission:
    """One notebook of one learner that is to be graded.

    Attributes
    ----------
    name : str
        Which exercise notebook.
    path : Path or None
        The file; None when the learner has none.
    learner : str
        Whose it is; empty outside a class.
    notes : tuple of str
        What is odd about where it lies.
    copies : tuple of Path
        Further files of the same notebook; of each exercise the best counts.
    shown : str
        The file's place as people know it, also inside an archive.
    reason : str
        Why there is no file; empty where there is one.
    """

    name: str
    path: Path | None
    learner: str = ""
    notes: tuple[str, ...] = ()
    copies: tuple[Path, ...] = ()
    shown: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Remark:
    """One line about what was handed in: a file left out, or one that may be another's.

    Attributes
    ----------
    text : str
        The line, with the file's place.
    learner : str
        Whose row it concerns; empty for files that are nobody's, and outside a class.
    unclear : bool
        Whether it leaves open if everyone's work was graded: the exit status is then not 0.
    """

    text: str
    learner: str = ""
    unclear: bool = False


@dataclass(frozen=True)
class Collected:
    """All that was handed in.

    Attributes
    ----------
    submissions : tuple of Submission
        Every notebook of every learner, in order, the missing ones, too.
    remarks : tuple of Remark
        What was left out or is unclear.
    ids : dict
        Learner to the number that Moodle or Canvas gave; only those that have one.
    """

    submissions: tuple[Submission, ...]
    remarks: tuple[Remark, ...] = ()
    ids: dict[str, str] = field(default_factory=dict)


def find_submissions(paths: Sequence[Path], expected: Sequence[str] = ()) -> list[Submission]:
    """Return every notebook to grade, and an entry for every one that is missing."""
    return list(collect(paths, expected).submissions)


def collect(paths: Sequence[Path], expected: Sequence[str] = ()) -> Collected:
    """Return every notebook to grade, every one that is missing, and what was left out.

    Parameters
    ----------
    paths : sequence of Path
        Notebooks, folders, ZIP archives; of one learner or of a class.
    expected : sequence of str
        Names of the notebooks that every learner has to hand in. When empty: a folder
        called exercises or solutions has to hold the whole course; in a class everyone
        has to hand in what anyone does.

    Raises
    ------
    NothingToGrade
        When a path does not exist, or no exercise notebook is in any of them.
    """
    everyone, nobodys, roots = everyone_in(paths)
    held = {file.notebook for one in everyone for file in one.files} - {""}
    if not held and not (expected and everyone):
        raise NothingToGrade(_nothing(paths, [f for root in roots for f in root.everything()]))
    wanted = expected or _expected(paths, roots, held, len(everyone) > 1)
    submissions = [s for one in everyone for s in _of(one, wanted)]
    remarks = [_left_out(file) for file in nobodys]
    remarks += [remark for one in everyone for remark in _remarks(one)]
    ids = {one.name: one.id for one in everyone if one.id}
    return Collected(tuple(submissions), tuple(remarks), ids)


def _nothing(paths: Sequence[Path], files: list[File]) -> str:
    """Say that there is nothing to grade, and what there is instead."""
    named = ", ".join(map(str, paths))
    first = next(iter(notebooks()), "none yet")
    text = f"{named} is no exercise notebook of this course and holds none; expected files "
    text += f"such as {first}.ipynb."
    why = next((f" {file.shown}: {file.why}" for file in files if file.why), "")
    return text + why


def _expected(
    paths: Sequence[Path], roots: list[Folder], held: set[str], several: bool
) -> list[str]:
    if any(map(_holds_the_course, roots)) or any(
        path.resolve().name in _WHOLE_COURSE for path in paths if path.is_dir()
    ):
        return notebooks()
    return [name for name in notebooks() if several and name in held]


def _holds_the_course(folder: Folder) -> bool:
    exercises = folder.child("exercises")
    beside = any(file.notebook for file in folder.files)
    return is_course(folder) or (exercises is not None and not beside)


# ---- one learner


def _of(one: Learner, expected: Sequence[str]) -> list[Submission]:
    """Return a learner's notebooks in the order of the course."""
    files: dict[str, list[File]] = {}
    for file in one.files:
        if file.notebook:
            files.setdefault(file.notebook, []).append(file)
    wanted = [n for n in notebooks() if n in files or (n in expected and exercises_of(n))]
    return [
        _present(one, name, files[name]) if name in files else _missing(one, name)
        for name in wanted
    ]


def _present(one: Learner, name: str, files: list[File]) -> Submission:
    """Return a notebook with its copies: the newest first, of those alike only one."""
    by_name = sorted(files, key=lambda file: (len(file.name), file.shown))
    alike: dict[str, File] = {}
    for file in by_name:
        alike.setdefault(_digest(file.path), file)
    first, *others = sorted(alike.values(), key=_newest, reverse=True)
    notes = []
    if len(files) > 1:
        names = [file.name for file in by_name]
        unlike = len(set(names)) == len(names)
        shown = ", ".join(names if unlike else (file.shown for file in by_name))
        notes.append(f"{len(files)} files of it: {shown}. Of each exercise the best counts.")
    if len(others) >= _MOST_COPIES:
        notes.append(f"Only the {_MOST_COPIES} newest were graded.")
    copies = tuple(file.path for file in others[: _MOST_COPIES - 1])
    return Submission(name, first.path, one.name, tuple(notes), copies, first.shown)


def _missing(one: Learner, name: str) -> Submission:
    return Submission(name, None, one.name, reason=_why_nothing(one))


def _why_nothing(one: Learner) -> str:
    """Say what a learner handed in who handed in no notebook; empty when there was some."""
    if any(file.notebook for file in one.files):
        return ""
    if not one.files:
        return "Only hidden files were handed in." if one.hidden else "The folder is empty."
    said = [f"{file.name} ({_lower(file.why)})" if file.why else file.name for file in one.files]
    more = f" and {len(said) - 3} more" if len(said) > 3 else ""
    return f"Handed in: {', '.join(said[:3])}{more}."


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:].rstrip(".")


def _newest(file: File) -> float:
    try:
        return file.path.stat().st_mtime
    except OSError:
        return 0.0


def _digest(path: Path) -> str:
    try:
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return str(path)


def _remarks(one: Learner) -> list[Remark]:
    unclear = [Remark(f"{file.shown}: {why}", one.name, True) for file, why in one.unclear]
    if _why_nothing(one):
        return unclear
    return unclear + [_left_out(file, one.name) for file in one.files if file.meant and file.why]


def _left_out(file: File, learner: str = "") -> Remark:
    return Remark(f"{file.shown}: left out. {file.why}", learner)
