"""Results as Markdown, JUnit XML, JSON and CSV."""

import csv
import io
import json
import re
from typing import Any

from junitparser import Error, Failure, JUnitXml, Skipped, TestCase, TestSuite

from ... import __version__
from ...checks.outcome import GRADER_FAILED, NOT_ATTEMPTED, Outcome
from ...exercises import find
from ..batch import Grades
from ..run import NotebookResult

_MARK = {True: "✅", False: "❌"}


def as_markdown(grades: Grades) -> str:
    """Return a summary for a job page: a table, what to do next, frequent causes."""
    share = grades.points / grades.max_points if grades.max_points else 0
    filled = round(20 * share)
    lines = [
        f"## LSTM course: {grades.points} of {grades.max_points} points",
        "",
        f"`{'█' * filled}{'░' * (20 - filled)}` {share:.0%}",
        "",
    ]
    lines += _class_lines(grades) if len(grades.learners) > 1 else _exercise_lines(grades)
    notes = [f"- {_place(r)}: {_cell(note)}" for r in grades.results for note in r.notes]
    notes += [f"- {_cell(f'{who}: {why}')}" for who, why in grades.without_notebook().items()]
    notes += [f"- {_cell(remark.text)}" for remark in grades.remarks]
    lines += ["", "**Notes**", "", *notes] if notes else []
    return "\n".join(lines) + "\n"


def _exercise_lines(grades: Grades) -> list[str]:
    lines = ["| notebook | exercise | points | outcome |", "|---|---|---:|---|"]
    for result in grades.results:
        for outcome in result.outcomes:
            said = f"{_mark(outcome)} {outcome.status}"
            why = "" if outcome.passed else outcome.cause
            points = f"{outcome.points}/{outcome.max_points}"
            text = _cell(" · ".join(filter(None, (said, why))))
            lines.append(f"| {result.name} | {outcome.exercise_id} | {points} | {text} |")
    return lines


def _class_lines(grades: Grades) -> list[str]:
    names = list(dict.fromkeys(result.name for result in grades.results))
    heads = ["learner", *names, "points"]
    lines = [f"| {' | '.join(heads)} |", f"|---|{'---:|' * (len(names) + 1)}"]
    for learner in grades.learners:
        theirs = {r.name: f"{r.points}/{r.max_points}" for r in grades.of(learner)}
        total = f"{_sum(grades.of(learner), 'points')}/{_sum(grades.of(learner), 'max_points')}"
        cells = [_cell(learner), *(theirs.get(name, "") for name in names), total]
        lines.append(f"| {' | '.join(cells)} |")
    causes = grades.causes()
    if causes:
        lines += ["", "**Most frequent causes**", "", "| learners | exercise | cause |"]
        lines += ["|---:|---|---|"]
        lines += [f"| {c.learners} | {c.exercise_id} | {_cell(c.cause)} |" for c in causes]
    return lines


def as_json(grades: Grades) -> str:
    """Return everything: totalPoints, maxPoints, and per exercise its outcome and cause."""
    content = {
        "courseVersion": __version__,
        "seed": grades.seed,
        "totalPoints": grades.points,
        "maxPoints": grades.max_points,
        "learners": [_learner(grades, learner) for learner in grades.learners],
        "causes": [vars(cause) for cause in grades.causes()],
        "remarks": [vars(remark) for remark in grades.remarks],
    }
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def _learner(grades: Grades, learner: str) -> dict[str, Any]:
    theirs = grades.of(learner)
    return {
        "learner": learner,
        "id": grades.ids.get(learner, ""),
        "totalPoints": _sum(theirs, "points"),
        "maxPoints": _sum(theirs, "max_points"),
        "notebooks": [
            {
                "name": result.name,
                "path": str(result.path) if result.path else None,
                "totalPoints": result.points,
                "maxPoints": result.max_points,
                "seconds": round(result.seconds, 2),
                "notes": list(result.notes),
                "exercises": [_exercise(outcome) for outcome in result.outcomes],
            }
            for result in theirs
        ],
    }


def _exercise(outcome: Outcome) -> dict[str, Any]:
    return {
        "id": outcome.exercise_id,
        "kind": find(outcome.exercise_id).kind,
        "outcome": outcome.status,
        "points": outcome.points,
        "maxPoints": outcome.max_points,
        "cause": outcome.cause,
        "named": outcome.named,
        "details": dict(outcome.details),
        "next": outcome.look,
    }


def as_csv(grades: Grades) -> str:
    """Return one row a learner: total, maximum, then points by exercise."""
    ids = [o.exercise_id for r in grades.results for o in r.outcomes]
    ids = list(dict.fromkeys(ids))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["learner", "points", "max_points", *ids])
    for learner in grades.learners:
        theirs = grades.of(learner)
        points = {o.exercise_id: o.points for r in theirs for o in r.outcomes}
        total, top = _sum(theirs, "points"), _sum(theirs, "max_points")
        writer.writerow([_harmless(learner), total, top, *(points.get(k, "") for k in ids)])
    return text.getvalue()


def as_junit(grades: Grades) -> str:
    """Return JUnit XML: one suite a notebook, one case an exercise.

    A wrong answer is a failure, the grader's own failure an error, a stub is skipped.
    """
    xml = JUnitXml("lstm-course")
    for result in grades.results:
        suite = TestSuite(_plain(_place(result)))
        suite.add_property("points", str(result.points))
        suite.add_property("max_points", str(result.max_points))
        for outcome in result.outcomes:
            suite.add_testcase(_case(result, outcome))
        suite.time = round(result.seconds, 3)
        xml.add_testsuite(suite)
    return xml.tostring().decode()


def _case(result: NotebookResult, outcome: Outcome) -> TestCase:
    case = TestCase(outcome.exercise_id, _plain(_place(result)))
    if not outcome.passed:
        kinds = {GRADER_FAILED: Error, NOT_ATTEMPTED: Skipped}
        kind = kinds.get(outcome.status, Failure)
        verdict = kind(_plain(outcome.cause or outcome.status), outcome.status)
        verdict.text = _plain(repr(outcome))
        case.result = [verdict]
    case.system_out = f"{outcome.points} of {outcome.max_points} points"
    return case


def _mark(outcome: Outcome) -> str:
    marks = {NOT_ATTEMPTED: "⬜", GRADER_FAILED: "⚠️"}
    return marks.get(outcome.status, _MARK[outcome.passed])


def _cell(text: str) -> str:
    """Return text that stays inside a Markdown table's cell."""
    text = re.sub(r"([\\`*_|<>\[\]])", r"\\\1", text)
    return re.sub(r"\s+", " ", text)


def _plain(text: str) -> str:
    """Return text without the characters that XML cannot hold."""
    return re.sub(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "?", text)


def _harmless(text: str) -> str:
    """Return text that a spreadsheet does not take for a formula."""
    return f"'{text}" if text[:1] in "=+-@" and text else text


def _place(result: NotebookResult) -> str:
    return "/".join(filter(None, (result.learner, result.name)))


def _sum(results: list[NotebookResult], what: str) -> int:
    return sum(getattr(result, what) for result in results)
