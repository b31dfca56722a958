"""Results as Gradescope's results.json: one test an exercise, the message as Markdown."""

import json
from typing import Any

from ...checks.outcome import Outcome
from ..batch import Grades
from ..run import NotebookResult
from .markdown import message, plain_text
from .sums import place


def as_gradescope(grades: Grades) -> str:
    """Return what a learner sees on Gradescope.

    Source: Gradescope, Autograder Specifications.
    """
    done = sum(outcome.passed for r in grades.results for outcome in r.outcomes)
    many = sum(len(result.outcomes) for result in grades.results)
    said = f"{grades.points} of {grades.max_points} points, {done} of {many} exercises passed."
    tests = [_note("The submission", remark.text) for remark in grades.remarks]
    for result in grades.results:
        tests += [_note(f"About {place(result)}.ipynb", note) for note in result.notes]
        tests += [_test(result, outcome) for outcome in result.outcomes]
    content = {
        "score": grades.points,
        "execution_time": round(sum(result.seconds for result in grades.results)),
        "output": said,
        "output_format": "md",
        "visibility": "visible",
        "tests": tests,
    }
    return json.dumps(content, indent=2) + "\n"


def _test(result: NotebookResult, outcome: Outcome) -> dict[str, Any]:
    return {
        "name": f"{place(result)}: {outcome.exercise_id}",
        "score": outcome.points,
        "max_score": outcome.max_points,
        "status": "passed" if outcome.passed else "failed",
        "output": message(outcome),
        "output_format": "md",
        "visibility": "visible",
    }


def _note(name: str, text: str) -> dict[str, Any]:
    """Return a line that costs nothing; it counts neither as passed nor as failed."""
    return {
        "name": name,
        "score": 0,
        "max_score": 0,
        "output": plain_text(text),
        "output_format": "md",
        "visibility": "visible",
    }
