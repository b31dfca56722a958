"""A copy of a learner's folder: what their code writes or deletes is the copy's."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

AT_MOST = 100_000_000
_A_FOLDER_COSTS = 100_000  # so that nobody's whole home is copied
_LEFT_OUT = ("__pycache__", "node_modules", "venv")
_NAMED = 3


@contextmanager
def copy_of(folder: Path, notes: list[str] | None = None) -> Iterator[Path]:
    """Give a copy of a folder, with what is in it and below, until the context ends.

    Left out: notebooks, hidden files, links to what lies elsewhere, and what goes beyond
    100 MB, the largest files first.

    Parameters
    ----------
    folder : Path
        Where the notebook lies.
    notes : list of str or None
        Gets a line when something was too large.
    """
    budget = _Budget(folder)
    with tempfile.TemporaryDirectory(prefix="lstm-course-", ignore_cleanup_errors=True) as place:
        target = Path(place) / "work"
        shutil.copytree(folder, target, ignore=budget.leave_out)
        if notes is not None:
            notes += budget.notes()
        yield target


class _Budget:
    """Decides what is copied, as long as there is room."""

    def __init__(self, folder: Path) -> None:
        self._left = AT_MOST
        self._root = folder.resolve()
        self._too_large: list[str] = []

    def leave_out(self, directory: str, names: list[str]) -> list[str]:
        """Return the names that are not copied; called by copytree for each folder."""
        offered = [Path(directory) / name for name in sorted(names)]
        wanted = sorted(filter(self._wants, offered), key=lambda path: (path.is_dir(), _size(path)))
        taken = {path.name for path in wanted if self._has_room(path)}
        return [name for name in names if name not in taken]

    def notes(self) -> list[str]:
        """Say in one line what was too large; nothing when all was copied."""
        if not self._too_large:
            return []
        named, more = self._too_large[:_NAMED], len(self._too_large[_NAMED:])
        rest = f" and {more} more" if more else ""
        room = f"{AT_MOST / 1e6:g} MB"
        return [f"Not there while grading, which copies {room}: {', '.join(named)}{rest}."]

    def _wants(self, path: Path) -> bool:
        if path.name.startswith(".") or path.name in _LEFT_OUT or path.suffix == ".ipynb":
            return False
        if path.is_symlink() and not (path.is_file() and self._is_below(path.resolve())):
            return False
        return (path.is_file() or path.is_dir()) and os.access(path, os.R_OK)

    def _is_below(self, path: Path) -> bool:
        return path.is_relative_to(self._root)

    def _has_room(self, path: Path) -> bool:
        size = _size(path)
        if size > self._left:
            self._too_large.append(path.name)
            return False
        self._left -= size
        return True


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else _A_FOLDER_COSTS
