"""Walk through what was handed in, and keep of the names above a file what may be a learner's."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from .naming import Sender, canvas, moodle, only_structure, owner_in
from .tree import File, Folder

Parts = tuple[str, ...]

_OF_THE_COURSE = ("solutions", "notebooks", "lstm_course", "source")
_ONE_LEARNERS = ("exercises", "solutions")
_LATER = "saved"  # where reset and update keep copies


@dataclass(frozen=True)
class Entry:
    """A file, or a folder itself, and the names above it that may be a learner's.

    It is settled where the folder is one learner's, whatever the files in it are called.
    """

    parts: Parts
    sender: Sender | None
    file: File | None = None
    folder: Folder | None = None
    settled: bool = False


def entries_of(root: Folder) -> list[Entry]:
    """Return every file and folder in a folder, with the names that may be a learner's."""
    root = _unwrapped(root)
    return list(_entries(root, (), None, root.name in _ONE_LEARNERS))


def is_course(folder: Folder) -> bool:
    """Tell whether a folder is a copy of the course: exercises and something else of it."""
    other = any(folder.child(name) for name in _OF_THE_COURSE)
    return folder.child("exercises") is not None and other


def _unwrapped(root: Folder) -> Folder:
    """Go into the one folder that an archive of a class holds."""
    while root.archive and len(root.folders) == 1 and not root.files and not is_course(root):
        (inner,) = root.folders
        if moodle(inner.name) or is_course(inner):
            break
        root = replace(inner, archive=True)
    return root


def _entries(
    folder: Folder, parts: Parts, sender: Sender | None, settled: bool = False
) -> Iterator[Entry]:
    """Yield the folder and all that lies in it; `settled` when it is one learner's for sure."""
    files, folders = folder.files, folder.folders
    yield Entry(parts, sender, folder=folder)
    if is_course(folder):
        settled = True
        folders = [inner for inner in folders if inner.name in ("exercises", _LATER)]
        files = [file for file in files if file.notebook or file.meant]
    senders = {} if sender or settled else _senders(folder)
    passed_over = _passed_over(folders, parts)
    for file in files:
        yield Entry(parts, senders.get(file.name, sender), file, settled=settled)
    for inner in folders:
        whose = senders.get(_whole_name(inner), sender)
        if inner.name == _LATER and (parts or settled or whose):
            yield from (Entry(parts, whose, _kept_from_before(f)) for f in inner.everything())
            continue
        plain = whose or settled or inner in passed_over
        below = parts if plain else (*parts, _shown_name(inner))
        yield from _entries(inner, below, whose, bool(settled or whose))


def _senders(folder: Folder) -> dict[str, Sender]:
    """Return whose each file and folder is that a system has named."""
    names = [file.name for file in folder.files] + [_whole_name(f) for f in folder.folders]
    found = {name: sender for name in names if (sender := moodle(name.removesuffix(".zip")))}
    flat = {name: sender for name in names if name not in found and (sender := canvas(name))}
    pieces = [sender.piece for sender in flat.values()]
    return {**found, **flat} if len(set(pieces)) == len(pieces) else found


def _whole_name(folder: Folder) -> str:
    return f"{folder.name}.zip" if folder.archive else folder.name


def _shown_name(folder: Folder) -> str:
    return (folder.archive and owner_in(folder.name)) or folder.name


def _passed_over(folders: list[Folder], parts: Parts) -> list[Folder]:
    """Return the folders whose names are nobody's: "exercises", or a learner's only archive.

    Where no name stands above, "test" or "3" may be somebody all the same: not when each of
    the numbered folders holds the lesson of its number.
    """
    structure = [folder for folder in folders if only_structure(folder.name)]
    if not parts:
        numbered = [folder for folder in structure if folder.name.isdigit()]
        lessons = all(_numbers(folder.holds()) == {int(folder.name)} for folder in numbered)
        structure = [
            folder
            for folder in structure
            if (lessons or folder not in numbered) and _stands_alone(folder, folders)
        ]
    archives = [folder for folder in folders if folder.archive and folder not in structure]
    return structure + (archives if parts and len(archives) == 1 else [])


def _stands_alone(folder: Folder, others: list[Folder]) -> bool:
    """Tell whether a folder holds notebooks, and none that one beside it holds, too."""
    held = folder.holds()
    return bool(held) and not any(held & other.holds() for other in others if other is not folder)


def _numbers(notebooks: set[str]) -> set[int]:
    return {int(name.split("-")[0]) for name in notebooks}


def _kept_from_before(file: File) -> File:
    why = "It lies in saved/, where reset and update keep copies."
    return replace(file, notebook="", why=why, meant=True)
