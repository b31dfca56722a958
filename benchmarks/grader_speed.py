"""How long does grading take? Against nbclient, which only runs a notebook.

Prints the time for the solved course (goal: under 15 s on 2 cores), for 100 submissions of one
notebook (under 120 s), for one check in a notebook (under 1 s), and the ratio of grading a
notebook to running it with nbclient, both timed in one run, one after the other.

    uv run python benchmarks/grader_speed.py
"""

import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import nbformat
import numpy as np
from nbclient import NotebookClient

from lstm_course.checks.diagnose import diagnose
from lstm_course.checks.reply import Handed
from lstm_course.exercises import all_exercises
from lstm_course.grading.batch import grade_all
from lstm_course.grading.notebooks.finding import find_submissions
from lstm_course.grading.process.kernel import Limits

ROOT = Path(__file__).resolve().parent.parent
ONE = ROOT / "solutions" / "04-forget-gate.ipynb"
JOBS = os.cpu_count() or 1


def seconds(work: Callable) -> float:
    """Return how long a call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def grade(path: Path, jobs: int = JOBS) -> None:
    """Grade a notebook or a folder; everything in it must pass."""
    found = [submission for submission in find_submissions([path]) if submission.path]
    grades = grade_all(found, Limits(), jobs)
    assert grades.exit_status == 0, [o for r in grades.results for o in r.outcomes if not o.passed]


def run_with_nbclient() -> None:
    """Run the notebook as nbconvert would."""
    notebook = nbformat.read(ONE, as_version=4)
    NotebookClient(notebook, kernel_name="python3").execute()


def slowest_check() -> tuple[float, str]:
    """Return the longest time that the check of a right answer takes, and its exercise."""
    times = []
    for exercise in all_exercises().values():
        answer = getattr(exercise, "answer", None)
        answers = exercise.right[0] if hasattr(exercise, "right") else (answer,)
        hand_in = Handed(answers if not callable(answer) else (lambda *a, f=answer: f(*a),))
        rng = np.random.default_rng(0)
        took = seconds(lambda e=exercise, h=hand_in, r=rng: diagnose(e, h, r))
        times.append((took, exercise.id))
    return max(times)


def main() -> None:
    """Print the table."""
    peer = statistics.median(seconds(run_with_nbclient) for _ in range(3))
    ours = statistics.median(seconds(lambda: grade(ONE, 1)) for _ in range(3))
    course = seconds(lambda: grade(ROOT / "solutions"))
    with tempfile.TemporaryDirectory() as folder:
        for k in range(100):
            (Path(folder) / f"learner{k:03d}").mkdir()
            shutil.copy(ONE, Path(folder) / f"learner{k:03d}")
        many = seconds(lambda: grade(Path(folder)))
    check, slowest = slowest_check()
    print(f"one notebook: nbclient runs it in {peer:.2f} s, the grader grades it in {ours:.2f} s")
    print(f"ratio grader / nbclient {ours / peer:.2f}")
    print(f"solved course           {course:6.1f} s  goal  15 s ({JOBS} jobs)")
    print(f"100 submissions         {many:6.1f} s  goal 120 s ({JOBS} jobs)")
    print(f"slowest check           {check:6.3f} s  goal   1 s ({slowest})")


if __name__ == "__main__":
    main()
