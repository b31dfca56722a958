"""How long does grading take? Against nbgrader's autograde and against nbclient.

Prints the time for the solved course (goal: under 10 s on 2 cores), for 100 submissions of one
notebook (under 40 s), for one check in a notebook (under 1 s), the ratio of grading a notebook
to running it with nbclient, which only runs it, and the ratio of grading 20 submissions to
nbgrader's autograde on the same files (goal: a third). All is timed in one run, one after the
other, each with the start of its command. nbgrader wants an environment of its own:

    uv venv nbgrader-env && uv pip install --python nbgrader-env nbgrader -e .
    uv run python benchmarks/grader_speed.py --nbgrader nbgrader-env/bin/python
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
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

ROOT = Path(__file__).resolve().parent.parent
NAME = "04-forget-gate"
ONE = ROOT / "solutions" / f"{NAME}.ipynb"
JOBS = os.cpu_count() or 1


def seconds(work: Callable) -> float:
    """Return how long a call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def grade(path: Path) -> float:
    """Return how long the command takes for a notebook or a folder; everything must pass."""
    command = [sys.executable, "-m", "lstm_course.app.command", "grade", str(path)]
    return seconds(lambda: subprocess.run(command, check=True, capture_output=True))


def grade_copies(count: int) -> float:
    """Return how long the command takes for one solved notebook of so many learners."""
    with tempfile.TemporaryDirectory() as folder:
        for k in range(count):
            hand_in(Path(folder) / f"learner{k:03d}")
        return grade(Path(folder))


def hand_in(folder: Path) -> None:
    """Put the solved notebook into a learner's folder."""
    folder.mkdir(parents=True)
    shutil.copy(ONE, folder)


def autograde(python: str, count: int, configured: bool) -> float:
    """Return how long nbgrader's autograde takes for the same files.

    Configured as INSTRUCTORS.md says, it calls the course's grader; without, it runs the cells
    itself, as it does for everybody else's notebooks.
    """
    programs = os.pathsep.join([str(Path(python).parent), os.environ["PATH"]])
    with tempfile.TemporaryDirectory() as folder:
        gradebook = Path(folder)
        environment = {**os.environ, "PATH": programs, "JUPYTER_CONFIG_DIR": folder}

        def nbgrader(command: str) -> None:
            words = [python, "-m", "nbgrader", command, NAME]
            subprocess.run(words, cwd=folder, env=environment, check=True, capture_output=True)

        if configured:
            shutil.copy(ROOT / "nbgrader_config.py", gradebook)
        hand_in(gradebook / "source" / NAME)
        nbgrader("generate_assignment")
        for k in range(count):
            hand_in(gradebook / "submitted" / f"learner{k:03d}" / NAME)
        return seconds(lambda: nbgrader("autograde"))


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
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--nbgrader", metavar="PYTHON", help="a Python that has nbgrader")
    options = parser.parse_args()
    peer = statistics.median(seconds(run_with_nbclient) for _ in range(3))
    ours = statistics.median(grade(ONE) for _ in range(3))
    print(f"one notebook: nbclient runs it in {peer:.2f} s, the command grades it in {ours:.2f} s")
    print(f"ratio grader / nbclient {ours / peer:.2f}")
    if options.nbgrader:
        print_beside_nbgrader(options.nbgrader, 20)
    check, slowest = slowest_check()
    print(f"solved course           {grade(ROOT / 'solutions'):6.1f} s  goal  10 s ({JOBS} jobs)")
    print(f"100 submissions         {grade_copies(100):6.1f} s  goal  40 s ({JOBS} jobs)")
    print(f"slowest check           {check:6.3f} s  goal   1 s ({slowest})")


def print_beside_nbgrader(python: str, count: int) -> None:
    """Print how long the same submissions take here and there."""
    ours = grade_copies(count)
    for configured, how in ((False, "by itself"), (True, "with the course's grader")):
        theirs = autograde(python, count, configured)
        print(f"{count} submissions: nbgrader {how} {theirs:.1f} s, the command {ours:.1f} s")
        print(f"ratio grader / nbgrader {ours / theirs:.2f}  goal 0.33")


if __name__ == "__main__":
    main()
