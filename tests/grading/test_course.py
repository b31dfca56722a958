"""The course's own notebooks: solved ones score full, handed-out ones nothing."""

from pathlib import Path

from lstm_course.checks.outcome import NOT_ATTEMPTED
from lstm_course.exercises import notebooks
from lstm_course.grading.batch import grade_all
from lstm_course.grading.notebooks.finding import find_submissions
from lstm_course.grading.process.kernel import Limits

ROOT = Path(__file__).parents[2]


def grade(folder):
    found = find_submissions([ROOT / folder])
    assert [submission.name for submission in found] == notebooks()
    assert all(submission.path for submission in found), "every notebook is built"
    return grade_all(found, Limits(seconds=120), jobs=2)


def test_every_solution_scores_full():
    grades = grade("solutions")
    for result in grades.results:
        for outcome in result.outcomes:
            assert outcome.passed, f"{result.name}: {outcome!r}"
        assert result.notes == ()
    assert grades.exit_status == 0 and grades.points == grades.max_points > 0


def test_nothing_is_attempted_in_what_is_handed_out():
    grades = grade("exercises")
    statuses = {o.exercise_id: o.status for r in grades.results for o in r.outcomes}
    assert set(statuses.values()) == {NOT_ATTEMPTED}, statuses
    assert [result.notes for result in grades.results if result.notes] == []
