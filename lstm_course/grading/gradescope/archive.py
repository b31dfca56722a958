"""Write the archive that Gradescope unpacks: two scripts, the course, what it needs.

Source: Gradescope, Autograder Specifications.
"""

import json
import re
import zipfile
from collections.abc import Iterator, Sequence
from importlib import metadata
from pathlib import Path

from ...checks.outcome import GRADER_FAILED, Outcome
from ...exercises import exercises_of
from ..batch import Grades
from ..reports.gradescope import as_gradescope
from ..run import NotebookResult

_PACKAGE = Path(__file__).parents[2]
_SCRIPTS = ("setup.sh", "run_autograder")
# What the lessons are read with, and the grader never imports
_NOT_FOR_GRADING = {"jupyterlab", "nbval", "ipykernel", "jupyter-client"}
_UNFINISHED = (
    "The grader did not come to an end. It may have met a limit of Gradescope's on time or "
    "memory. This says nothing about your answers; tell your instructor."
)


def write_archive(path: Path, notebooks: Sequence[str]) -> None:
    """Write the archive for an assignment.

    Parameters
    ----------
    path : Path
        The ZIP file to write.
    notebooks : sequence of str
        Names of the exercise notebooks that a learner hands in.
    """
    folder = Path(__file__).parent
    texts = {
        "requirements.txt": "\n".join(requirements()) + "\n",
        "notebooks.json": json.dumps(list(notebooks)) + "\n",
        "not_judged.json": as_gradescope(_unfinished(notebooks)),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in _SCRIPTS:
            _put(archive, name, (folder / name).read_bytes(), executable=True)
        for name, text in texts.items():
            _put(archive, name, text.encode())
        for file in _course():
            name = f"course/lstm_course/{file.relative_to(_PACKAGE).as_posix()}"
            _put(archive, name, file.read_bytes())


def requirements() -> list[str]:
    """Return what pip has to install for grading: what the course requires, less the lab."""
    wanted = metadata.requires("lstm-course") or []
    return [
        line for line in wanted if _name(line) not in _NOT_FOR_GRADING and "extra ==" not in line
    ]


def _name(requirement: str) -> str:
    return re.split(r"[^\w.-]", requirement, maxsplit=1)[0].lower().replace("_", "-")


def _unfinished(notebooks: Sequence[str]) -> Grades:
    results = [
        NotebookResult(
            name,
            None,
            tuple(
                Outcome(e.id, GRADER_FAILED, 0, e.points, _UNFINISHED) for e in exercises_of(name)
            ),
        )
        for name in notebooks
    ]
    return Grades(tuple(results), None)


def _course() -> Iterator[Path]:
    for file in sorted(_PACKAGE.rglob("*")):
        if file.is_file() and "__pycache__" not in file.parts:
            yield file


def _put(archive: zipfile.ZipFile, name: str, data: bytes, executable: bool = False) -> None:
    """Add a file that unpacks with the rights it needs, whatever system writes the archive."""
    entry = zipfile.ZipInfo(name)
    entry.create_system = 3  # the rights below are Unix's
    entry.external_attr = (0o100755 if executable else 0o100644) << 16
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, data)
