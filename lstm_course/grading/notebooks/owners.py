"""Whose is what: from a tree of folders and files to learners.

What a system such as Moodle has written into a name counts first. Else the folder in which a
notebook lies tells, folders left out that only say what is in them (`exercises`, `week4`); in
one folder the files' names do. Where that leaves open whose a notebook is, it gets a row of its
own and a remark: nobody gets points for what may be another's.
"""

from collections import Counter
from dataclasses import dataclass, field, replace

from .entries import Entry, Parts, entries_of
from .naming import lesson_numbers_behind, notebook_in, owner_in, without_last_number
from .tree import File, Folder

NAMELESS = "No learner's name stands in the file's name; it has a row of its own."
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


def learners(root: Folder) -> tuple[list[Learner], list[File]]:
    """Return everyone whose work lies in a folder, and files that are nobody's.

    Outside a class there is one learner without a name.
    """
    entries = entries_of(root)
    sent = _by_sender([entry for entry in entries if entry.sender])
    within = {entry.parts for entry in entries if entry.sender}
    placed, nobodys = _by_place([entry for entry in entries if not entry.sender], within)
    return [*sent, *placed], nobodys


def _by_sender(entries: list[Entry]) -> list[Learner]:
    """Return the learners whom a system has named; a number tells namesakes apart."""
    found: dict[tuple[str, str], Learner] = {}
    for entry in entries:
        key = (entry.sender.who, entry.sender.id)
        _give(found.setdefault(key, Learner(*key)), entry)
    namesakes = Counter(who for who, _ in found)
    for (who, number), learner in found.items():
        if namesakes[who] > 1:
            learner.name = f"{who} {number}"
    return sorted(found.values(), key=lambda learner: learner.name.casefold())


def _give(learner: Learner, entry: Entry, unclear: str = "") -> None:
    if entry.file is None:
        learner.hidden |= entry.folder is not None and entry.folder.hidden
        return
    learner.files.append(entry.file)
    if unclear and (entry.file.notebook or entry.file.meant):
        learner.unclear.append((entry.file, unclear))


def _by_place(entries: list[Entry], groups: set[Parts]) -> tuple[list[Learner], list[File]]:
    """Return the learners whom folders and files' names tell apart, and what is nobody's.

    Parameters
    ----------
    entries : list of Entry
        What no system has named.
    groups : set of tuple of str
        Folders that hold learners for sure.
    """
    entries, unclear = _with_names_of_files(entries, bool(groups))
    holding = {entry.parts for entry in entries if entry.file and entry.file.notebook}
    short = _shorter(holding)
    found = {parts: Learner("/".join(parts)) for parts in _rows(entries, holding, short, groups)}
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
    entries: list[Entry], in_a_class: bool
) -> tuple[list[Entry], dict[File | None, str]]:
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
                unclear[file] = NAMELESS
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
    entries: list[Entry],
    holding: set[Parts],
    short: dict[Parts, Parts],
    classes: set[Parts],
) -> list[Parts]:
    """Return everyone's names: whoever holds a notebook, and in a class those who hold none."""
    rows = {short.get(parts[:2], parts) for parts in holding}
    groups = {parts[:k] for parts in rows for k in range(len(parts))} - holding
    groups |= {()} if classes or not rows else set()
    for entry in entries:
        above = entry.parts[:-1]
        below = rows | classes
        by_itself = not any(row[: len(entry.parts)] == entry.parts for row in below)
        if entry.parts and above in groups and by_itself and (not above or _may_be_one(entry)):
            rows.add(entry.parts)
    return sorted(rows)


def _may_be_one(entry: Entry) -> bool:
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
