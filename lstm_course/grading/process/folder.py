"""A copy of a learner's folder: what their code writes or deletes is the copy's."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

AT_MOST = 50_000_000
_A_FOLDER_COSTS = 100_000  # so that nobody's whole home is copied
_LEFT_OUT = ("__pycache__", "node_modules", "venv", "saved")


@contextmanager
def copy_of(folder: Path) -> Iterator[Path]:
    """Give a copy of a folder, with what is in it and below, until the context ends.

    Left out: notebooks, hidden files, links, and what goes beyond 50 MB.
    """
    with tempfile.TemporaryDirectory(prefix="lstm-course-", ignore_cleanup_errors=True) as place:
        target = Path(place) / "work"
        shutil.copytree(folder, target, ignore=_Budget().leave_out)
        yield target


class _Budget:
    """Decides what is copied, as long as there is room."""

    def __init__(self) -> None:
        self._left = AT_MOST

    def leave_out(self, directory: str, names: list[str]) -> list[str]:
        """Return the names that are not copied; called by copytree for each folder."""
        return [name for name in sorted(names) if not self._takes(Path(directory) / name)]

    def _takes(self, path: Path) -> bool:
        if path.name.startswith(".") or path.name in _LEFT_OUT or path.suffix == ".ipynb":
            return False
        if path.is_symlink() or not os.access(path, os.R_OK):
            return False
        if not (path.is_file() or path.is_dir()):
            return False
        size = path.stat().st_size if path.is_file() else _A_FOLDER_COSTS
        fits = size <= self._left
        self._left -= size if fits else 0
        return fits
