"""Results as JUnit XML."""

import re
from collections.abc import Sequence

from junitparser import Error, Failure, JUnitXml, Skipped, TestCase, TestSuite

from ...checks.outcome import GRADER_FAILED, NOT_ATTEMPTED, Outcome
from ..batch import Grades
from ..notebooks.finding import Remark
from ..run import NotebookResult
from .sums import place


def as_junit(grades: Grades) -> str:
    """Return JUnit XML: one suite a notebook, one case an exercise.

    A wrong answer is a failure, the grader's own failure an error, a stub is skipped. What
    is unclear is an error in a suite of its own.
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
    unclear = [remark for remark in grades.remarks if remark.unclear]
    if unclear:
        xml.add_testsuite(_unclear(unclear))
    return xml.tostring().decode()


def _unclear(remarks: Sequence[Remark]) -> TestSuite:
    suite = TestSuite("unclear")
    for remark in remarks:
        case = TestCase(_plain(remark.text), "unclear")
        case.result = [Error(_plain(remark.text), "unclear")]
        suite.add_testcase(case)
    return suite


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
