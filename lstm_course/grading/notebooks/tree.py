"""What was handed in, as a tree of folders and files: ZIP archives count as folders."""

import os
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from .archives import Refused, unpack
from .naming import notebook_in
from .reading import read_notebook

_DEEPEST = 12  # folders and archives in one another
_OF_PROGRAMS = ("node_modules", "site-packages")
_ARCHIVES = (".7z", ".rar", ".tar", ".gz", ".tgz", ".bz2", ".xz")
_KINDS = {
    ".py": "Python code", ".html": "a web page", ".htm": "a web page", ".pdf": "a PDF",
    ".docx": "a text document", ".doc": "a text document", ".odt": "a text document",
    ".md": "a text", ".rtf": "a text document",
    **dict.fromkeys(_ARCHIVES, "an archive that is no ZIP"),
}  # fmt: skip
_MAYBE_NOTEBOOK = (".json", ".txt", "")


@dataclass(frozen=True)
class File:
    """A file that somebody handed in.

    Attributes
    ----------
    shown : str
        Its place as it is shown to people, below what was given to the command.
    path : Path
        Where it lies, for an archive's file after unpacking.
    notebook : str
        Which exercise notebook it is; empty when it is none.
    why : str
        Why it is none; empty for a file that need not be one, such as data.
    meant : bool
        Whether somebody took it for a notebook of the course, or packed one in it.
    """

    shown: str
    path: Path
    notebook: str = ""
    why: str = ""
    meant: bool = False

    @property
    def name(self) -> str:
        """The file's own name."""
        return self.shown.rsplit("/", 1)[-1]

    @property
    def stem(self) -> str:
        """The file's own name up to ".ipynb", or else up to its ending."""
        lower = self.name.lower()
        return self.name[: lower.index(".ipynb")] if ".ipynb" in lower else Path(self.name).stem


@dataclass
class Folder:
    """A folder or an archive that somebody handed in."""

    name: str
    shown: str
    files: list[File] = field(default_factory=list)
    folders: list["Folder"] = field(default_factory=list)
    archive: bool = False
    hidden: bool = False

    def everything(self) -> Iterator[File]:
        """Yield all files in it and below."""
        yield from self.files
        for folder in self.folders:
            yield from folder.everything()

    def holds(self) -> set[str]:
        """Return which exercise notebooks are in it and below."""
        return {file.notebook for file in self.everything() if file.notebook}

    def child(self, name: str) -> "Folder | None":
        """Return the folder of that name in it."""
        return next((folder for folder in self.folders if folder.name == name), None)


def scan(path: Path, shown: str = "") -> Folder:
    """Return what lies in a folder or a ZIP archive and below.

    Left out: hidden files, and folders that programs make (`node_modules`, an environment of
    Python's).
    """
    shown = shown or path.name or path.resolve().name
    folder = Folder(path.resolve().name if path.is_dir() else path.stem, shown)
    if path.is_dir():
        _fill(folder, path, 0)
    else:
        _fill_from(folder, path, 0)
    return folder


def look_at(path: Path, shown: str) -> File:
    """Return what a file is: it is what it holds, not what it is called."""
    suffix, called_one = path.suffix.lower(), ".ipynb" in path.name.lower()
    if path.is_symlink():
        return File(shown, path, why="It is a link.", meant=called_one)
    if not called_one and not (suffix in _MAYBE_NOTEBOOK and _looks_like_one(path)):
        return _other(path, shown)
    notebook = read_notebook(path)
    if notebook.name:
        return File(shown, path, notebook.name)
    why = notebook.broken or "It holds no exercise of this course."
    return File(shown, path, why=why, meant=called_one)


def _other(path: Path, shown: str) -> File:
    """Return a file that is no notebook."""
    suffix, named = path.suffix.lower(), bool(notebook_in(path.stem))
    kind = _KINDS.get(suffix, "no notebook" if named else "")
    meant = named or suffix in _ARCHIVES
    return File(shown, path, why=f"It is {kind}." if kind else "", meant=meant)


def _fill(folder: Folder, path: Path, depth: int) -> None:
    try:
        entries = sorted(path.iterdir())
    except OSError as error:
        why = f"The folder cannot be read: {error.strerror}."
        folder.files.append(File(folder.shown, path, why=why, meant=True))
        return
    for entry in entries:
        name = unicodedata.normalize("NFC", entry.name)
        shown = f"{folder.shown}/{name}"
        if name.startswith((".", "__")):
            folder.hidden = True
        elif entry.is_dir():
            _add_folder(folder, entry, Folder(name, shown), depth)
        elif entry.suffix.lower() == ".zip":
            inner = Folder(name[:-4], shown, archive=True)
            _fill_from(inner, entry, depth + 1)
            folder.folders.append(inner)
        else:
            folder.files.append(look_at(entry, shown))


def _add_folder(folder: Folder, path: Path, inner: Folder, depth: int) -> None:
    if path.name in _OF_PROGRAMS or (path / "pyvenv.cfg").exists():
        return
    if depth >= _DEEPEST or (depth and path.is_symlink()):
        why = "It is a link." if path.is_symlink() else "It lies too deep."
        inner.files.append(File(inner.shown, path, why=why, meant=True))
    else:
        _fill(inner, path, depth + 1)
    if ".ipynb" in inner.name.lower() and not inner.holds():
        inner.files.append(File(inner.shown, path, why="It is a folder, no file.", meant=True))
    folder.folders.append(inner)


def _fill_from(folder: Folder, archive: Path, depth: int) -> None:
    folder.archive = True
    try:
        if depth >= _DEEPEST:
            raise Refused("It lies too deep.")
        unpacked, refused = unpack(archive)
    except Refused as why:
        text = f"{why} Nothing of this archive is graded."
        folder.files.append(File(folder.shown, archive, why=text, meant=True))
        return
    _fill(folder, unpacked, depth)
    for name, why in refused:
        if not os.path.basename(name).startswith("."):
            folder.files.append(File(f"{folder.shown}/{name}", archive, why=why, meant=True))


def _looks_like_one(path: Path) -> bool:
    """Tell whether a file that is not called a notebook may be one, by how it begins."""
    try:
        with open(path, "rb") as file:
            start = file.read(100_000)
    except OSError:
        return False
    text = start.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return text[:1] == b"{" and b'"cells"' in text
