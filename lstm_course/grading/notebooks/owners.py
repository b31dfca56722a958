"""Whose is what: from a tree of folders and files to learners.

What a system such as Moodle has written into a name counts first. Else the folder in which a
notebook lies tells, folders left out that only say what is in them (`exercises`, `week4`); in
one folder the files' names do. Where that leaves open whose a notebook is, it gets a row of its
own and a remark: nobody gets points for what may be another's.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import combinations

from .naming import (
    Sender,
    canvas,
    lesson_numbers_behind,
    moodle,
    notebook_in,
    only_structure,
    owner_in,
    without_last_number,
)
from .tree import File, Folder

Parts = tuple[str, ...]

_OF_THE_COURSE = ("solutions", "notebooks", "lstm_course", "source")
_ONE_LEARNERS = ("exercises", "solutions")
_LATER = "saved"  # where reset and update keep copies
_NAMELESS = "No learner's name stands in its own; it has a row of its own."
_BESIDE = "Its folder lies inside one with notebooks: it has a row of its own."
_DEPTH = "It lies one folder deeper than others: it has a row of its own."


@dataclass
class Learner:
    """What one learner handed in.

    Attributes
    ----------
    name : str
        As the table shows it; empty outside a class.
    id : str
        The learner's number in the system that collected the files; empty where none is known.
    files : list of File
        All of it, notebooks or not.
    unclear : list of (File, str)
        Files that may be somebody else's, each with the reason.
    hidden : bool
        Whether there are hidden files, too.
    """

    name: str
    id: str = ""
    files: list[File] = field(default_factory=list)
    unclear: list[tuple[File, str]] = field(default_factory=list)
    hidden: bool = False


@dataclass(frozen=True)
class _Entry:
    """A file, or a folder itself, and the names above it that may be a learner's.

    It is settled where the folder is one learner's, whatever the files in it are called.
    """

    parts: Parts
    sender: Sender | None
    file: File | None = None
    folder: Folder | None = None
    settled: bool = False


def learners(root: Folder) -> tuple[list[Learner], list[File]]:
    """Return everyone whose work lies in a folder, and files that are nobody's.

    Outside a class there is one learner without a name.
    """
    root = _unwrapped(root)
    entries = list(_entries(root, (), None, root.name in _ONE_LEARNERS))
    sent = _by_sender([entry for entry in entries if entry.sender])
    placed, nobodys = _by_place([entry for entry in entries if not entry.sender], bool(sent))
    return [*sent, *placed], nobodys


def is_course(folder: Folder) -> bool:
    """Tell whether a folder is a copy of the course: exercises and something else of it."""
    other = any(folder.child(name) for name in _OF_THE_COURSE)
    return folder.child("exercises") is not None and other


# ---- from the tree to entries


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
) -> Iterator[_Entry]:
    """Yield the folder and all that lies in it; `settled` when it is one learner's for sure."""
    files, folders = folder.files, folder.folders
    yield _Entry(parts, sender, folder=folder)
    if is_course(folder):
        settled = True
        folders = [inner for inner in folders if inner.name in ("exercises", _LATER)]
        files = [file for file in files if file.notebook or file.meant]
    senders = {} if sender or settled else _senders(folder)
    passed_over = _passed_over(folders, parts)
    for file in files:
        yield _Entry(parts, senders.get(file.name, sender), file, settled=settled)
    for inner in folders:
        whose = senders.get(_whole_name(inner), sender)
        if inner.name == _LATER and (parts or settled or whose):
            yield from (_Entry(parts, whose, _kept_from_before(f)) for f in inner.everything())
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
    """Return the folders whose names are nobody's: "exercises", or a learner's only archive."""
    structure = [folder for folder in folders if only_structure(folder.name)]
    if not parts and any(a.holds() & b.holds() for a, b in combinations(structure, 2)):
        structure = []  # "1", "2", "3" are people when all of them hold the same notebook
    archives = [folder for folder in folders if folder.archive and folder not in structure]
    return structure + (archives if parts and len(archives) == 1 else [])


def _kept_from_before(file: File) -> File:
    why = "It lies in saved/, where reset and update keep copies."
    return replace(file, notebook="", why=why, meant=True)


# ---- from entries to learners


def _by_sender(entries: list[_Entry]) -> list[Learner]:
    """Return the learners whom a system has named; a number tells namesakes apart."""
    found: dict[tuple[str, str], Learner] = {}
    for entry in entries:
        key = (entry.sender.who, entry.sender.id)
        _give(found.setdefault(key, Learner(*key)), entry)
    namesakes = Counter(who for who, _ in found)
    for (who, number), learner in found.items():
        if namesakes[who] > 1:
            learner.name = f"{who} {number}"
    return list(found.values())


def _give(learner: Learner, entry: _Entry, unclear: str = "") -> None:
    if entry.file is None:
        learner.hidden |= entry.folder is not None and entry.folder.hidden
        return
    learner.files.append(entry.file)
    if unclear and (entry.file.notebook or entry.file.meant):
        learner.unclear.append((entry.file, unclear))


def _by_place(entries: list[_Entry], in_a_class: bool) -> tuple[list[Learner], list[File]]:
    """Return the learners whom folders and files' names tell apart, and what is nobody's."""
    entries, unclear = _with_names_of_files(entries, in_a_class)
    holding = {entry.parts for entry in entries if entry.file and entry.file.notebook}
    short = _shorter(holding)
    found = {parts: Learner("/".join(parts)) for parts in _rows(entries, holding, short, in_a_class)}
    nobodys = []
    for entry in entries:
        parts = short.get(entry.parts[:2], entry.parts)
        row = next((p for k in range(len(parts), -1, -1) if (p := parts[:k]) in found), None)
        if row is not None:
            why = unclear.get(entry.file, "") or _why_unclear(row, holding)
            _give(found[row], entry, why)
        elif entry.file and entry.file.why:
            nobodys.append(entry.file)
    return list(found.values()), nobodys


def _with_names_of_files(
    entries: list[_Entry], in_a_class: bool
) -> tuple[list[_Entry], dict[File | None, str]]:
    """Give files a part of their own where names tell several learners of one folder apart."""
    by_parts: dict[Parts, list[File]] = {}
    for entry in entries:
        if entry.file and not entry.settled:
            by_parts.setdefault(entry.parts, []).append(entry.file)
    holding = {parts for parts, files in by_parts.items() if any(f.notebook for f in files)}
    in_a_class = in_a_class or bool(holding - {()})
    moved: dict[File | None, Parts] = {}
    unclear: dict[File | None, str] = {}
    for parts, files in by_parts.items():
        flat = not parts and holding == {()}
        for file, owner in _owners(files, parts, in_a_class and not parts, flat).items():
            moved[file] = (*parts, owner or file.name)
            if not owner:
                unclear[file] = _NAMELESS
    return [replace(e, parts=moved.get(e.file, e.parts)) for e in entries], unclear


def _owners(files: list[File], parts: Parts, loose: bool, flat: bool) -> dict[File, str]:
    """Return whose each file of a folder is by its name; empty when all are one learner's.

    Parameters
    ----------
    files : list of File
        What lies in the folder.
    parts : tuple of str
        Whose folder it is, as far as its place tells.
    loose : bool
        Whether they lie beside learners' folders.
    flat : bool
        Whether all notebooks lie in this one folder, so that any other file may be a learner's.
    """
    held = [file.notebook for file in files if file.notebook]
    numbered = lesson_numbers_behind({f.stem: f.notebook for f in files if f.notebook})
    owners = {}
    for file in files:
        if file.notebook or file.meant or (flat and file.why):
            stem = without_last_number(file.stem) if numbered else file.stem
            told = notebook_in(stem) or numbered or loose or len(set(held)) < len(held)
            owners[file] = owner_in(stem) if told else ""
    names = {owner.lower() for file, owner in owners.items() if file.notebook or file.meant}
    names -= {"", "/".join(parts).lower()}
    if flat and not names:  # one learner's own folder
        return {}
    return owners if loose or len(names) > (1 if parts else 0) else {}


def _shorter(holding: set[Parts]) -> dict[Parts, Parts]:
    """Return two names that stand for one learner: others' folders tell how deep learners lie."""
    if not any(len(parts) == 1 for parts in holding):
        return {}
    below = Counter(parts[:1] for parts in holding if len(parts) > 1)
    alone = [top for top, count in below.items() if count == 1 and top not in holding]
    return {parts[:2]: parts[:1] for parts in holding if len(parts) > 1 and parts[:1] in alone}


def _rows(
    entries: list[_Entry], holding: set[Parts], short: dict[Parts, Parts], in_a_class: bool
) -> list[Parts]:
    """Return everyone's names: whoever holds a notebook, and in a class those who hold none."""
    rows = {short.get(parts[:2], parts) for parts in holding}
    groups = {parts[:k] for parts in rows for k in range(len(parts))} - holding
    groups |= {()} if in_a_class or not rows else set()
    for entry in entries:
        above = entry.parts[:-1]
        by_itself = not any(row[: len(entry.parts)] == entry.parts for row in rows)
        if entry.parts and above in groups and by_itself and (not above or _may_be_one(entry)):
            rows.add(entry.parts)
    return sorted(rows)


def _may_be_one(entry: _Entry) -> bool:
    """Tell whether something without a notebook in a group is a learner's and no data."""
    if entry.folder is None:
        return bool(entry.file and entry.file.why)
    files = list(entry.folder.everything())
    return not files or any(file.why for file in files)


def _why_unclear(row: Parts, holding: set[Parts]) -> str:
    if any(row[:k] in holding for k in range(1, len(row))):
        return _BESIDE
    deeper = len(row) > 1 and any(len(parts) == 1 for parts in holding)
    return _DEPTH if deeper else ""
