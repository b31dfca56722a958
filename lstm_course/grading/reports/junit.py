"""Results as JUnit XML."""

import re

from junitparser import Error, Failure, JUnitXml, Skipped, TestCase, TestSuite

from ...checks.outcome import GRADER_FAILED, NOT_ATTEMPTED, Outcome
from ..batch import Grades
from ..run import NotebookResult
from .sums import place


def as_junit(grades: Grades) -> str:
    """Return JUnit XML: one suite a notebook, one case an exercise.

    A wrong answer is a failure, the grader's own failure an error, a stub is skipped. What
    could not be settled is an error of a suite of its own.
    """
    xml = JUnitXml("lstm-course")
    for result in grades.results:
        suite = TestSuite(_plain(place(result)))
        suite.add_property("points", str(result.points))
        suite.add_property("max_points", str(result.max_points))
        for outcome in result.outcomes:
            suite.add_testcase(_case(result, outcome))
        suite.time = round(result.seconds, 3)
        xml.add_testsuite(suite)
    if grades.gaps:
        suite = TestSuite("not settled")
        for gap in grades.gaps:
            case = TestCase(_plain(gap), "not settled")
            case.result = [Error(_plain(gap), "not settled")]
            suite.add_testcase(case)
        xml.add_testsuite(suite)
    return xml.tostring().decode()


def _case(result: NotebookResult, outcome: Outcome) -> TestCase:
    case = TestCase(outcome.exercise_id, _plain(place(result)))
    if not outcome.passed:
        kinds = {GRADER_FAILED: Error, NOT_ATTEMPTED: Skipped}
        kind = kinds.get(outcome.status, Failure)
        verdict = kind(_plain(outcome.cause or outcome.status), outcome.status)
        verdict.text = _plain(repr(outcome))
        case.result = [verdict]
    case.system_out = f"{outcome.points} of {outcome.max_points} points"
    return case


def _plain(text: str) -> str:
    """Return text without the characters that XML cannot hold."""
    return re.sub(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "?", text)
