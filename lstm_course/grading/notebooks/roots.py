"""From the paths that a command names to everyone whose work lies in them."""

import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from .owners import Learner, learners
from .tree import File, Folder, look_at, scan


class NothingToGrade(Exception):
    """A path that cannot be graded, with the reason in one line."""


def everyone_in(paths: Sequence[Path]) -> tuple[list[Learner], list[File], list[Folder]]:
    """Return everyone, the files that are nobody's, and the folders that were looked through.

    Raises
    ------
    NothingToGrade
        When a path does not exist.
    """
    roots = _roots(paths)
    everyone, nobodys = _together([(label, root, *learners(root)) for label, root in roots.items()])
    if len(paths) == 1 and _is_notebook_file(paths[0]):
        for one in everyone:  # one file is one learner's, whatever it is called
            one.name = ""
    return everyone, nobodys, list(roots.values())


def _roots(paths: Sequence[Path]) -> dict[str, Folder]:
    """Return one folder for each that was named, by a label, and one for all files named."""
    for path in paths:
        if not path.exists():
            raise NothingToGrade(f"There is no file or folder {path}.")
    if len(paths) == 1 and not _is_notebook_file(paths[0]):
        return {"": scan(paths[0])}
    whole = list(dict.fromkeys(path.resolve() for path in paths))
    whole = [path for path in whole if not any(above in whole for above in path.parents)]
    top = _above_all(whole)
    labels = {path: path.relative_to(top).as_posix() for path in whole}
    loose = Folder(top.name, "")
    for path in filter(_is_notebook_file, whole):
        place = _down_to(loose, path.relative_to(top).parts[:-1])
        place.files.append(look_at(path, labels[path]))
    folders = [path for path in whole if not _is_notebook_file(path)]
    roots = {labels[path].removesuffix(".zip"): scan(path, labels[path]) for path in folders}
    return roots | ({"": loose} if loose.files or loose.folders else {})


def _together(
    found: list[tuple[str, Folder, list[Learner], list[File]]],
) -> tuple[list[Learner], list[File]]:
    """Bring learners of several folders together; the folder tells namesakes apart."""
    count = Counter((one.name, one.id) for _, _, everyone, _ in found for one in everyone)
    several = sum(len(everyone) or 1 for _, _, everyone, _ in found) > 1
    by_name: dict[tuple[str, str], Learner] = {}
    nobodys: list[File] = []
    for label, root, everyone, rest in found:
        if several and not everyone:
            everyone, rest = [Learner("", "", list(root.everything()), [], root.hidden)], []
        nobodys += rest
        for one in everyone:
            if several and not one.id and (not one.name or count[one.name, ""] > 1):
                one.name = "/".join(filter(None, (label, one.name)))
            if several and not one.name:  # files beside folders, and nobody's name in theirs
                one.name = next((file.name for file in one.files), "")
                one.unclear += [
                    (file, "No learner's name stands in its own.") for file in one.files
                ]
            same = by_name.setdefault((one.name, one.id), one)
            if same is not one:
                same.files += one.files
                same.unclear += one.unclear
    return list(by_name.values()), nobodys


def _is_notebook_file(path: Path) -> bool:
    return path.is_file() and path.suffix.lower() != ".zip"


def _above_all(paths: list[Path]) -> Path:
    try:
        return Path(os.path.commonpath([path.parent for path in paths]))
    except ValueError:
        raise NothingToGrade("The paths lie on different drives; grade them one by one.") from None


def _down_to(folder: Folder, parts: tuple[str, ...]) -> Folder:
    for part in parts:
        inner = folder.child(part)
        if inner is None:
            inner = Folder(part, f"{folder.shown}/{part}".lstrip("/"))
            folder.folders.append(inner)
        folder = inner
    return folder
