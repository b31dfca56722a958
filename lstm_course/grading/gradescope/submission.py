"""Grade what one learner has submitted to Gradescope, and write its results.json.

Run by `run_autograder` as `python -m lstm_course.grading.gradescope.submission FOLDER RESULTS
NOTEBOOKS`: what was submitted, where the results go, a list of the notebooks asked for.
"""

import json
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ..batch import Grades, grade_all
from ..notebooks.finding import Collected, NothingToGrade, Remark, Submission, collect
from ..process.kernel import Limits
from ..reports.gradescope import as_gradescope

# Where a container's limit on memory stands; 768 MB on Gradescope unless the assignment has more
_CONTAINER = (
    Path("/sys/fs/cgroup/memory.max"),
    Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"),
)


def grade_submission(folder: Path, names: Sequence[str], limits: Limits) -> Grades:
    """Grade one learner's submission, however deep in folders it lies.

    Parameters
    ----------
    folder : Path
        What was submitted.
    names : sequence of str
        The notebooks that the assignment asks for. Each gets a result.
    limits : Limits
        For the learner's process.
    """
    found, remarks = _found(folder, names)
    asked = [_together(name, [one for one in found if one.name == name]) for name in names]
    other = [one.path.name for one in found if one.name not in names and one.path]
    remarks += [Remark(f"Not asked for here: {', '.join(other)}.")] if other else []
    return grade_all(Collected(tuple(asked), tuple(remarks)), limits)


def main(arguments: Sequence[str]) -> None:
    """Grade, print the points for the instructor, write the results all at once."""
    folder, results, notebooks = map(Path, arguments)
    names = json.loads(notebooks.read_text(encoding="utf-8"))
    grades = grade_submission(folder, names, Limits(memory=_memory()))
    draft = results.with_name(f".{results.name}.new")
    draft.write_text(as_gradescope(grades), encoding="utf-8")
    os.replace(draft, results)
    print(f"{grades.points} of {grades.max_points} points")


def _found(folder: Path, names: Sequence[str]) -> tuple[list[Submission], list[Remark]]:
    try:
        collected = collect([folder], names)
        return list(collected.submissions), list(collected.remarks)
    except NothingToGrade:
        handed_in = sorted(path.name for path in folder.rglob("*") if path.is_file())
        wanted = " and ".join(f"{name}.ipynb" for name in names)
        listed = ", ".join(handed_in) or "nothing"
        return [], [Remark(f"No notebook of the course; expected {wanted}, got {listed}.")]


def _together(name: str, found: list[Submission]) -> Submission:
    """Make files that look like several learners' one's; of each exercise the best counts."""
    files = [file for one in found if one.path for file in (one.path, *one.copies)]
    if not files:
        return replace(found[0], learner="") if found else Submission(name, None)
    first = next(one for one in found if one.path)
    notes = tuple(dict.fromkeys(note for one in found for note in one.notes))
    return replace(first, learner="", notes=notes, copies=tuple(files[1:]))


def _memory() -> int:
    """Return what the learner's process may use, so that the grader itself has room."""
    most = Limits().memory
    for path in _CONTAINER:
        text = path.read_text().strip() if path.exists() else ""
        if text.isdecimal():
            most = min(most, int(text) * 3 // 4)
    return most


if __name__ == "__main__":
    main(sys.argv[1:])
