"""Take a newer course over this one without losing anything that stands in it.

Every file that is about to be replaced and is no version of the course's own is copied to
`saved/` first. `exercises/` is left to `lstm-course update`, which brings answers along.
"""

import os
import shutil
import subprocess
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from .workspace import WorkspaceError

_LEFT_ALONE = ("exercises", "saved", ".git")


@dataclass(frozen=True)
class Pulled:
    """What a pull did.

    Attributes
    ----------
    version : str
        What the course is at now: a commit, or the folder that it came from.
    replaced : int
        How many files are new or other than before.
    saved : Path or None
        The folder with copies of what the learner had changed; None when that was nothing.
    kept : int
        How many copies are in it.
    """

    version: str
    replaced: int
    saved: Path | None
    kept: int


def pull(root: Path, source: str) -> Pulled:
    """Replace everything but `exercises/` by a newer course.

    Parameters
    ----------
    root : Path
        The course's folder.
    source : str
        A remote's name or address for git, or the folder of a newer course.

    Raises
    ------
    WorkspaceError
        When that cannot be done, in one line; nothing is replaced then.
    """
    folder = Path(source).expanduser()
    if (folder / "solutions").is_dir() and not (folder / ".git").exists():
        return _from_folder(root, folder)
    return _from_git(root, source)


# ---- from a folder


def _from_folder(root: Path, newer: Path) -> Pulled:
    if newer.resolve() == root.resolve():
        raise WorkspaceError(f"{newer} is this course itself; --from names a newer one")
    files = [path.relative_to(newer) for path in _files(newer)]
    other = [name for name in files if not _same(root / name, newer / name)]
    saved, kept = _save(root, other)
    for name in other:
        _replace(newer / name, root / name)
    return Pulled(str(newer), len(other), saved, kept)


def _files(folder: Path) -> Iterable[Path]:
    for path in sorted(folder.iterdir()):
        if path.name in _LEFT_ALONE or path.name in ("__pycache__", ".venv", "uv.lock"):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _files(path)
        elif path.is_file():
            yield path


def _same(mine: Path, theirs: Path) -> bool:
    return mine.is_file() and mine.read_bytes() == theirs.read_bytes()


def _replace(source: Path, target: Path) -> None:
    """Put one file over another at once or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.new")
    try:
        shutil.copy2(source, draft)
        os.replace(draft, target)
    finally:
        draft.unlink(missing_ok=True)


# ---- with git


def _from_git(root: Path, source: str) -> Pulled:
    git = _Git(root)
    if Path(git("rev-parse", "--show-toplevel").strip()).resolve() != root.resolve():
        raise WorkspaceError(
            f"{root} is not the top of its git checkout; name a folder with --from"
        )
    if not _is_known(git, source):
        raise WorkspaceError(
            f"there is no remote {source}; add it with `git remote add {source} ADDRESS`, or name "
            "an address or a folder with --from"
        )
    git("fetch", "--quiet", "--no-tags", "--", source, "HEAD")
    new = git("rev-parse", "FETCH_HEAD").strip()
    if not git("ls-tree", new, "--", "solutions").strip():
        raise WorkspaceError(f"{source} holds no folder solutions: it is no copy of the course")
    other = _differing(git, root, new)
    known = set(git("rev-list", "--objects", "--no-object-names", new).split())
    saved, kept = _save(root, [name for name, blob in other.items() if blob not in known])
    gone = [
        Path(n)
        for n, blob in _blobs(git, root, _no_longer_there(git, new)).items()
        if blob in known
    ]
    if other:
        git("checkout", "--quiet", new, "--", ".", *(f":(exclude){n}" for n in _LEFT_ALONE[:2]))
    if gone:
        git("rm", "--quiet", "--cached", "--force", "--", *map(str, gone))
        for name in gone:
            (root / name).unlink(missing_ok=True)
    return Pulled(new[:10], len(other) + len(gone), saved, kept)


class _Git:
    """Runs git in a folder; what fails is said in one line."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(self, *arguments: str, given: str = "") -> str:
        command = ["git", "-c", "core.quotePath=false", *arguments]
        quiet = {**os.environ, "GIT_TERMINAL_PROMPT": "0"}
        try:
            done = subprocess.run(
                command, cwd=self._folder, env=quiet, capture_output=True, input=given,
                encoding="utf-8", errors="surrogateescape",
            )  # fmt: skip
        except FileNotFoundError:
            raise WorkspaceError("git is not installed; name a folder with --from") from None
        if done.returncode:
            said = done.stderr.strip().split("\n")
            raise WorkspaceError(f"git {arguments[0]}: {said[-1].strip() or done.returncode}")
        return done.stdout


def _is_known(git: _Git, source: str) -> bool:
    address = ":" in source or "/" in source or "\\" in source or Path(source).exists()
    return address or source in git("remote").split()


def _differing(git: _Git, root: Path, new: str) -> dict[Path, str]:
    """Return each file of the newer course that is another here, and what is here."""
    listed = git("ls-tree", "-r", "-z", new).split("\0")
    theirs = {}
    for line in filter(None, listed):
        about, name = line.split("\t", 1)
        if name.split("/")[0] not in _LEFT_ALONE:
            theirs[name] = about.split()[2]
    mine = _blobs(git, root, theirs)
    return {Path(name): mine.get(name, "") for name in theirs if mine.get(name) != theirs[name]}


def _blobs(git: _Git, root: Path, names: Iterable[str]) -> dict[str, str]:
    """Return git's name for what each file holds now; files that are not there are left out."""
    there = [name for name in names if (root / name).is_file() and "\n" not in name]
    blobs = git("hash-object", "--stdin-paths", given="\n".join(there)).split() if there else []
    return dict(zip(there, blobs, strict=True))


def _no_longer_there(git: _Git, new: str) -> list[str]:
    theirs = set(git("ls-tree", "-r", "-z", "--name-only", new).split("\0"))
    mine = set(git("ls-files", "-z").split("\0"))
    return sorted(n for n in mine - theirs if n and n.split("/")[0] not in _LEFT_ALONE)


# ---- copies


def _save(root: Path, names: Iterable[Path]) -> tuple[Path | None, int]:
    """Copy files into a dated folder in saved/, under their own names."""
    there = [name for name in names if (root / name).is_file()]
    if not there:
        return None, 0
    (root / "saved").mkdir(exist_ok=True)
    stem, number = f"course-{time.strftime('%Y%m%d-%H%M%S')}", 1
    while True:
        folder = root / "saved" / (stem if number == 1 else f"{stem}-{number}")
        try:
            folder.mkdir()
            break
        except FileExistsError:
            number += 1
    try:
        for name in there:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(root / name, folder / name)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return folder, len(there)
