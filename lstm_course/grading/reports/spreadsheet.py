"""Results as CSV: plain, and as Moodle and Canvas import grades."""

import csv
import io
from collections.abc import Iterable, Sequence
from html import escape

from ..batch import Grades
from ..run import NotebookResult
from .sums import points_of
from .told import HEADLINE, TEXT, VALUES, told

_MOODLE = (
    "Identifier", "Full name", "Grade", "Maximum Grade", "Last modified (grade)",
    "Feedback comments",
)  # fmt: skip
_NEVER = "-"  # when the grade was last changed in Moodle
_CANVAS = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
_AS_HTML = {
    HEADLINE: "<p><strong>{}</strong></p>",
    TEXT: "<p>{}</p>",
    VALUES: "<pre>{}</pre>",
}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(grades: Grades) -> str:
    """Return one row a learner: total, maximum, then points by exercise."""
    ids = [o.exercise_id for r in grades.results for o in r.outcomes]
    ids = list(dict.fromkeys(ids))
    rows: list[Sequence[object]] = [["learner", "points", "max_points", *ids]]
    for learner in grades.learners:
        theirs = grades.of(learner)
        points = {o.exercise_id: o.points for r in theirs for o in r.outcomes}
        row = [_harmless(learner), *points_of(theirs), *(points.get(k, "") for k in ids)]
        rows.append(row)
    return _table(rows)


def as_moodle(grades: Grades) -> str:
    """Return a grading worksheet of Moodle's: one grade a learner, the causes as feedback.

    Nobody gets a grade where the grader itself failed: an empty one changes nothing.
    """
    rows: list[Sequence[object]] = [_MOODLE]
    numbers = grades.ids if _from_moodle(grades) else {}
    for learner in grades.learners:
        theirs = grades.of(learner)
        points, best = points_of(theirs)
        grade = "" if any(result.grader_failed for result in theirs) else points
        identifier = f"Participant {numbers[learner]}" if learner in numbers else ""
        row = [identifier, _harmless(learner), grade, best, _NEVER, _feedback(theirs)]
        rows.append(row)
    return _table(rows)


def as_canvas(grades: Grades) -> str:
    """Return a gradebook of Canvas's: one column a notebook, with the points possible.

    Nobody gets a grade where the grader itself failed: an empty one changes nothing.
    """
    best = {result.name: result.max_points for result in grades.results}
    rows: list[Sequence[object]] = [[*_CANVAS, *best]]
    rows.append(["    Points Possible", "", "", "", "", *best.values()])
    numbers = {} if _from_moodle(grades) else grades.ids
    for learner in grades.learners:
        theirs = {result.name: _grade(result) for result in grades.of(learner)}
        cells = [theirs.get(name, "") for name in best]
        rows.append([_harmless(learner), numbers.get(learner, ""), "", "", "", *cells])
    return _table(rows)


def _from_moodle(grades: Grades) -> bool:
    """Tell whose numbers the learners have: Moodle's or Canvas's, by the names of their files."""
    return any("_assignsubmission_" in str(result.path) for result in grades.results)


def _grade(result: NotebookResult) -> object:
    return "" if result.grader_failed else result.points


def _feedback(results: Iterable[NotebookResult]) -> str:
    """Return what to tell a learner, as the HTML of Moodle's feedback comments."""
    parts = []
    for result in results:
        parts += [f"<p>{escape(note)}</p>" for note in result.notes]
        for outcome in result.outcomes:
            parts += [_AS_HTML[kind].format(escape(text)) for kind, text in told(outcome)]
    return "".join(parts)


def _table(rows: Iterable[Sequence[object]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def _harmless(text: str) -> str:
    """Return text that a spreadsheet does not take for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
