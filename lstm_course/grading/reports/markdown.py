"""Results as Markdown: a summary for a job's page, and what one learner is told."""

import re

from ...checks.outcome import GRADER_FAILED, NOT_ATTEMPTED, Outcome
from ..batch import Grades
from .sums import place, points_of
from .told import HEADLINE, TEXT, VALUES, told

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
    notes = [f"- {place(r)}: {_cell(note)}" for r in grades.results for note in r.notes]
    notes += [f"- {_cell(f'{who}: {why}')}" for who, why in grades.without_notebook().items()]
    notes += [f"- {_cell(remark.text)}" for remark in grades.remarks]
    lines += ["", "**Notes**", "", *notes] if notes else []
    return "\n".join(lines) + "\n"


def message(outcome: Outcome) -> str:
    """Return what a learner reads under an exercise, in the words of the notebook."""
    forms = {HEADLINE: lambda text: f"**{plain_text(text)}**", TEXT: plain_text, VALUES: _fenced}
    return "\n\n".join(forms[kind](text) for kind, text in told(outcome))


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
        points, best = points_of(grades.of(learner))
        cells = [_cell(learner), *(theirs.get(name, "") for name in names), f"{points}/{best}"]
        lines.append(f"| {' | '.join(cells)} |")
    causes = grades.causes()
    if causes:
        lines += ["", "**Most frequent causes**", "", "| learners | exercise | cause |"]
        lines += ["|---:|---|---|"]
        lines += [f"| {c.learners} | {c.exercise_id} | {_cell(c.cause)} |" for c in causes]
    return lines


def _mark(outcome: Outcome) -> str:
    marks = {NOT_ATTEMPTED: "⬜", GRADER_FAILED: "⚠️"}
    return marks.get(outcome.status, _MARK[outcome.passed])


def _cell(text: str) -> str:
    """Return text that stays inside a Markdown table's cell."""
    return re.sub(r"\s+", " ", plain_text(text))


def plain_text(text: str) -> str:
    """Return text in which nothing is taken for Markdown or HTML."""
    return re.sub(r"([\\`*_|<>\[\]])", r"\\\1", text)


def _fenced(text: str) -> str:
    """Return text as a block of code, whatever stands in it."""
    ticks = max(map(len, re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, ticks + 1)
    return f"{fence}text\n{text}\n{fence}"
