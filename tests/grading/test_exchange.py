"""Results that go elsewhere: as JSON and back, to Gradescope, to Moodle, to Canvas."""

import csv
import io
import json
import zipfile
from dataclasses import fields, replace
from pathlib import Path

import pytest

from lstm_course.app import command as cli
from lstm_course.checks.outcome import GRADER_FAILED, NOT_ATTEMPTED, PASSED, Outcome
from lstm_course.grading.batch import Grades
from lstm_course.grading.notebooks.finding import Remark
from lstm_course.grading.reports.data import NoResults, as_json, from_json
from lstm_course.grading.reports.gradescope import as_gradescope
from lstm_course.grading.reports.spreadsheet import as_canvas, as_csv, as_moodle
from lstm_course.grading.run import NotebookResult

ROOT = Path(__file__).parents[2]
NAME = "04-forget-gate"
WRONG = Outcome(
    "forget-gate", "wrong values", 0, 2, "x_t comes before h_prev <here> | `W_f` *is* right.",
    (("inputs", "h_prev = [1. 2.]\nx_t = [3.]"), ("yours", "[0.5]"), ("yours", "````")),
    "Equation 2 joins h_prev first.", "Traceback", True,
)  # fmt: skip
RIGHT = Outcome("fading-memory", PASSED, 2, 2)
UNTOUCHED = Outcome("memory-left", NOT_ATTEMPTED, 0, 1, "Put your answer there.")
UNJUDGED = Outcome("half-life-bias", GRADER_FAILED, 0, 2, "The grader failed: ValueError: x")


def one(*outcomes, learner="", path=f"{NAME}.ipynb", notes=()):
    return NotebookResult(NAME, path and Path(path), outcomes, notes, learner, 1.25)


def run(*results, **more):
    return Grades(results, 7, **more)


def rows(text):
    return list(csv.reader(io.StringIO(text)))


# ---- JSON, and back


def test_everything_comes_back_from_json():
    grades = run(
        one(WRONG, RIGHT, learner="anna", notes=("odd",)),
        one(UNTOUCHED, learner="ben", path=None),
        remarks=(Remark("one line", "anna", True), Remark("another")),
        ids={"ben": "123"},
        share=(3, 20),
    )
    assert from_json(as_json(grades)) == grades


def test_no_field_of_an_outcome_is_lost_on_the_way():
    """Texts that the example leaves empty are set, so that a new field cannot be forgotten."""
    whole = replace(WRONG, points=1, line=(4, "di = dc * c_prev"))
    full = run(one(whole))
    (outcome,) = from_json(as_json(full)).results[0].outcomes
    assert outcome == full.results[0].outcomes[0]
    assert all(getattr(outcome, f.name) for f in fields(Outcome) if f.compare)


def test_results_of_an_exercise_that_is_gone_come_back():
    gone = run(one(replace(RIGHT, exercise_id="of-another-course")))
    assert from_json(as_json(gone)) == gone


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"learners": [1]}', '{"learners": 3}', "nonsense"]
)
def test_a_file_of_another_kind_is_told_so(text):
    with pytest.raises(NoResults, match="holds no results"):
        from_json(text)


# ---- Gradescope


def test_gradescope_shows_score_and_maximum_of_each_exercise():
    content = json.loads(as_gradescope(run(one(WRONG, RIGHT, UNTOUCHED))))
    assert content["score"] == 2
    assert [(t["score"], t["max_score"], t["status"]) for t in content["tests"]] == [
        (0, 2, "failed"),
        (2, 2, "passed"),
        (0, 1, "failed"),
    ]
    assert content["output"] == "2 of 5 points, 1 of 3 exercises passed."


def test_gradescope_shows_the_words_of_the_check_as_markdown_to_everyone():
    wrong, right, untouched = json.loads(as_gradescope(run(one(WRONG, RIGHT, UNTOUCHED))))["tests"]
    assert wrong["output"] == (
        "**forget-gate: wrong values**\n\n"
        "x_t comes before h_prev \\<here\\> \\| \\`W_f\\` \\*is\\* right.\n\n".replace("_", "\\_")
        + "`````text\n"
        "inputs  h_prev = [1. 2.]\n"
        "        x_t = [3.]\n"
        "yours   [0.5]\n"
        "yours   ````\n"
        "`````\n\n"
        "Next: Equation 2 joins h\\_prev first."
    )
    assert right["output"] == "**fading-memory: passed, 2 of 2 points.**"
    assert untouched["output"] == "**memory-left: not attempted yet. Put your answer there.**"
    for test in (wrong, right, untouched):
        assert (test["output_format"], test["visibility"]) == ("md", "visible")


def test_what_costs_nothing_is_shown_on_gradescope_too():
    practice = replace(WRONG, max_points=0)
    grades = run(
        one(practice, notes=("It was read as UTF-16.",)), remarks=(Remark("b.txt is no notebook."),)
    )
    tests = json.loads(as_gradescope(grades))["tests"]
    assert [(t["score"], t["max_score"], t["visibility"]) for t in tests] == [(0, 0, "visible")] * 3
    assert [t["output"][:12] for t in tests] == ["b.txt is no ", "It was read ", "**forget-gat"]


# ---- Moodle


def moodle(who, number="1234567"):
    return f"{who}_{number}_assignsubmission_file/{NAME}.ipynb"


def test_moodle_reads_one_grade_a_learner_with_the_causes_as_feedback():
    anna = "Anna Schmidt"
    result = one(WRONG, RIGHT, learner=anna, path=moodle(anna), notes=("a < b",))
    head, row = rows(as_moodle(run(result, ids={anna: "1234567"})))
    sheet = dict(zip(head, row, strict=True))
    feedback = sheet.pop("Feedback comments")
    assert sheet == {
        "Identifier": "Participant 1234567",
        "Full name": "Anna Schmidt",
        "Grade": "2",
        "Maximum Grade": "4",
        "Last modified (grade)": "-",
    }
    assert feedback.startswith("<p>a &lt; b</p><p><strong>forget-gate: wrong values</strong></p>")
    assert "&lt;here&gt;" in feedback and "<p>Next: Equation 2" in feedback


def test_a_learner_without_a_number_keeps_a_row():
    assert rows(as_moodle(run(one(RIGHT, learner="anna"))))[1][:3] == ["", "anna", "2"]


def test_the_number_of_one_system_is_not_told_to_the_other():
    """There it may be somebody else's."""
    ids = {"anna": "12345"}
    from_moodle = run(one(RIGHT, learner="anna", path=moodle("anna")), ids=ids)
    from_canvas = run(one(RIGHT, learner="anna", path=f"anna_12345_6_{NAME}.ipynb"), ids=ids)
    assert [rows(as_moodle(g))[-1][0] for g in (from_moodle, from_canvas)] == [
        "Participant 12345",
        "",
    ]
    assert [rows(as_canvas(g))[-1][1] for g in (from_moodle, from_canvas)] == ["", "12345"]


@pytest.mark.parametrize("form, grade", [(as_moodle, 2), (as_canvas, 5)])
def test_nobody_is_given_a_grade_that_was_not_judged(form, grade):
    assert rows(form(run(one(RIGHT, UNJUDGED, learner="anna"))))[-1][grade] == ""


# ---- Canvas


def test_canvas_reads_one_column_a_notebook_with_its_points_possible():
    late = one(RIGHT, learner="schmidtanna", path=f"schmidtanna_LATE_12345_67_{NAME}.ipynb")
    none = one(WRONG, learner="millerben", path=None)
    ids = {"schmidtanna": "12345", "millerben": "222"}
    head, possible, anna, ben = rows(as_canvas(run(late, none, ids=ids)))
    assert head == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", NAME]
    assert possible == ["    Points Possible", "", "", "", "", "2"]
    assert anna == ["schmidtanna", "12345", "", "", "", "2"]
    assert ben == ["millerben", "222", "", "", "", "0"]


@pytest.mark.parametrize("form", [as_csv, as_moodle, as_canvas])
def test_no_name_is_a_formula(form):
    assert "'=1+1" in rows(form(run(one(RIGHT, learner="=1+1"))))[-1]


# ---- from an export to an import


MOODLE = "Anna Lee_123_assignsubmission_file"


@pytest.mark.parametrize(
    "form, sent, row",
    [
        ("moodle", f"{MOODLE}/{NAME}.ipynb", "Participant 123,Anna Lee,7"),
        ("moodle", f"{MOODLE}_{NAME}.ipynb", "Participant 123,Anna Lee,7"),
        ("canvas", f"leeanna_LATE_123_456_{NAME}.ipynb", "leeanna,123,,,,7"),
    ],
)
def test_an_export_graded_as_it_is_gives_an_import(tmp_path, form, sent, row):
    export, sheet = tmp_path / "export.zip", tmp_path / "sheet.csv"
    other = sent.replace("nna", "my").replace("123", "124").replace("456", "457")
    with zipfile.ZipFile(export, "w") as file:
        file.write(ROOT / "solutions" / f"{NAME}.ipynb", sent)
        file.write(ROOT / "exercises" / f"{NAME}.ipynb", other)
    assert cli.main(["grade", str(export), "--csv", f"{form}={sheet}"]) == 1
    assert f"\n{row}" in sheet.read_text(encoding="utf-8")
