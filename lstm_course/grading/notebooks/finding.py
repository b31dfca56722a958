"""Find out what there is to grade: a notebook, a learner's folder, or a class of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ...exercises import exercises_of, notebooks

_WHOLE_COURSE = ("exercises", "solutions")
_NOT_HANDED_IN = ("saved", "solutions", "notebooks", "source", "node_modules", "venv", "env")


class NothingToGrade(Exception):
    """A path that cannot be graded, with the reason in one line."""


@dataclass(frozen=True)
class Submission:
    """One notebook that is to be graded.

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
    """

    name: str
    path: Path | None
    learner: str = ""
    notes: tuple[str, ...] = ()


def find_submissions(paths: Sequence[Path], expected: Sequence[str] = ()) -> list[Submission]:
    """Return every notebook to grade, and an entry for every one that is missing.

    Parameters
    ----------
    paths : sequence of Path
        Notebooks, folders of notebooks, or folders of learners' folders.
    expected : sequence of str
        Names of the notebooks that every learner has to hand in. When empty: a folder
        called exercises or solutions has to hold the whole course; in a class everyone
        has to hand in what anyone does.

    Raises
    ------
    NothingToGrade
        When a path does not exist or holds no exercise notebook.
    """
    found: list[Submission] = []
    for path in paths:
        here = _in_path(path)
        if not here:
            first = next(iter(notebooks()), "none yet")
            raise NothingToGrade(
                f"{path} is no exercise notebook of this course and holds none; expected names "
                f"such as {first}.ipynb."
            )
        found += here
    return _with_missing(found, expected or _expected(paths, found))


def notebook_name(path: Path) -> str:
    """Return which exercise notebook a file is, by its name or else by what it holds."""
    by_name = next((name for name in notebooks() if name in path.name), "")
    if by_name:
        return by_name
    from .reading import read_notebook

    return read_notebook(path).name


def _in_path(path: Path) -> list[Submission]:
    if not path.exists():
        raise NothingToGrade(f"There is no file or folder {path}.")
    if path.is_file():
        if path.suffix != ".ipynb":
            raise NothingToGrade(f"{path} is no notebook; expected a name that ends in .ipynb.")
        name = notebook_name(path)
        return [Submission(name, path)] if name else []
    here = _files(path) or _files(path / "exercises")
    if here:
        return _of_one_folder(here)
    return [
        submission
        for folder in sorted(filter(Path.is_dir, path.iterdir()))
        if not _skipped(folder)
        for submission in _of_learner(folder, path)
    ]


def _of_learner(folder: Path, root: Path) -> list[Submission]:
    """Return the notebooks of one learner's folder, wherever in it they lie."""
    exercises = folder / "exercises"
    start = exercises if exercises.is_dir() else folder
    files = [p for p in sorted(start.rglob("*.ipynb")) if not _inside_skipped(p, start)]
    learner = folder.relative_to(root).as_posix()
    return _one_each(files, learner)


def _of_one_folder(files: list[Path]) -> list[Submission]:
    """Return one learner's notebooks, or a class's when names carry the learner in front."""
    owners = {file: _owner(file) for file in files}
    if not any(owners.values()):
        return _one_each(files, "")
    return [
        submission
        for owner in dict.fromkeys(owners.values())
        for submission in _one_each([f for f in files if owners[f] == owner], owner)
    ]


def _owner(file: Path) -> str:
    """Return what stands before the notebook's name: "anna" in anna_03-input-gate.ipynb."""
    name = next((n for n in notebooks() if n in file.stem), "")
    return file.stem.split(name)[0].strip("_- .") if name else ""


def _one_each(files: Iterable[Path], learner: str) -> list[Submission]:
    """Take one file for each notebook; a copy beside the original is named and left alone."""
    by_name: dict[str, list[Path]] = {}
    for file in files:
        by_name.setdefault(notebook_name(file), []).append(file)
    chosen = []
    for name in (name for name in notebooks() if name in by_name):
        same = sorted(by_name[name], key=lambda file: (len(file.stem), file.as_posix()))
        also = ", ".join(file.name for file in same[1:])
        notes = (f"Not graded, a second copy: {also}.",) if also else ()
        chosen.append(Submission(name, same[0], learner, notes))
    return chosen


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return [file for file in sorted(folder.glob("*.ipynb")) if notebook_name(file)]


def _expected(paths: Sequence[Path], found: list[Submission]) -> list[str]:
    if any(path.is_dir() and _is_whole_course(path) for path in paths):
        return notebooks()
    handed_in = {submission.name for submission in found}
    many = len({submission.learner for submission in found}) > 1
    return [name for name in notebooks() if many and name in handed_in]


def _is_whole_course(path: Path) -> bool:
    folder = path.resolve()
    return folder.name in _WHOLE_COURSE or (
        not _files(folder) and bool(_files(folder / "exercises"))
    )


def _with_missing(found: list[Submission], expected: Sequence[str]) -> list[Submission]:
    complete = []
    for learner in dict.fromkeys(submission.learner for submission in found):
        theirs = [s for s in found if s.learner == learner]
        have = {submission.name for submission in theirs}
        gone = [Submission(n, None, learner) for n in expected if n not in have and exercises_of(n)]
        complete += sorted([*theirs, *gone], key=lambda s: notebooks().index(s.name))
    return complete


def _skipped(folder: Path) -> bool:
    return folder.name.startswith((".", "__")) or folder.name in _NOT_HANDED_IN


def _inside_skipped(path: Path, start: Path) -> bool:
    return any(_skipped(part) for part in path.relative_to(start).parents if part.name)
