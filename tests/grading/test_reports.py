"""What `lstm-course grade` finds, prints and writes, for one learner and for a class."""

import csv
import io
import json
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from learners import ANSWERS, NAME, STUBS, code, notebook, save, solved
from rich.console import Console

from lstm_course.app import command as cli
from lstm_course.checks.outcome import GRADER_FAILED, NOT_ATTEMPTED, PASSED, Outcome
from lstm_course.exercises import notebooks
from lstm_course.grading.batch import Grades, grade_all
from lstm_course.grading.notebooks.finding import NothingToGrade, find_submissions
from lstm_course.grading.process.kernel import Limits
from lstm_course.grading.reports.data import as_json
from lstm_course.grading.reports.junit import as_junit
from lstm_course.grading.reports.markdown import as_markdown
from lstm_course.grading.reports.spreadsheet import as_csv
from lstm_course.grading.reports.table import print_grades
from lstm_course.grading.run import NotebookResult

FILE = Path(f"{NAME}.ipynb")
SWAPPED = ANSWERS["forget-gate"].replace("[h_prev, x_t]", "[x_t, h_prev]")
CAUSE = "x_t comes before h_prev. The equations have [h_prev, x_t]"


def outcome(status, exercise="forget-gate", points=2, cause="why"):
    earned = points if status == PASSED else 0
    return Outcome(exercise, status, earned, points, "" if status == PASSED else cause)


def grades(*rows):
    """Return grades from (learner, statuses of forget-gate and fading-memory)."""
    results = [
        NotebookResult(
            NAME, FILE, (outcome(a), outcome(b, "fading-memory")), ("odd|note",), learner, 0.5
        )
        for learner, a, b in rows
    ]
    return Grades(tuple(results), seed=7)


CLASS = grades(("anna", PASSED, PASSED), ("=ben", "error", "error"), ("cem", "error", PASSED))


# ---- what is graded


def third():
    """Return notebook 03, all of it missing but one cell that tells what it is."""
    content = notebook([code("", "input-gate")])
    content["metadata"]["lstm_course"]["notebook"] = "03-input-gate"
    return content


def paths(found):
    return [(s.learner, s.name, s.path and s.path.name) for s in found]


def test_one_notebook(tmp_path):
    path = save(tmp_path, solved())
    assert paths(find_submissions([path])) == [("", NAME, path.name)]


def test_a_folder_called_exercises_has_to_hold_the_whole_course(tmp_path):
    save(tmp_path / "exercises", solved())
    for path in (tmp_path / "exercises", tmp_path):
        found = find_submissions([path])
        assert [s.name for s in found] == notebooks()
        assert [s.name for s in found if s.path] == [NAME]


def test_another_folder_has_to_hold_what_it_holds(tmp_path):
    save(tmp_path / "mine", solved())
    assert len(find_submissions([tmp_path / "mine"])) == 1


def test_a_class_of_folders_wants_from_everyone_what_anyone_hands_in(tmp_path):
    save(tmp_path / "anna", solved())
    save(tmp_path / "ben" / "course" / "exercises", solved())
    save(tmp_path / "cem", third(), name="03-input-gate.ipynb")
    save(tmp_path / "cem" / "saved", solved())
    save(tmp_path / "anna" / ".ipynb_checkpoints", solved())
    found = paths(find_submissions([tmp_path]))
    here, other = f"{NAME}.ipynb", "03-input-gate.ipynb"
    assert found == [
        ("anna", "03-input-gate", None),
        ("anna", NAME, here),
        ("ben", "03-input-gate", None),
        ("ben", NAME, here),
        ("cem", "03-input-gate", other),
        ("cem", NAME, None),
    ]


def test_a_flat_folder_carries_the_learner_in_the_name(tmp_path):
    for who in ("anna_", "ben-miller ", ""):
        save(tmp_path, solved(), name=f"{who}{NAME}.ipynb")
    learners = {s.learner for s in find_submissions([tmp_path])}
    assert learners == {"anna", "ben-miller", f"{NAME}.ipynb"}


def test_a_renamed_notebook_is_known_by_what_it_holds(tmp_path):
    path = save(tmp_path, solved(), name="homework.ipynb")
    assert find_submissions([path])[0].name == NAME


def test_a_copy_that_is_the_same_is_named_and_graded_once(tmp_path):
    save(tmp_path, solved())
    save(tmp_path, solved(), name=f"{NAME}-Copy1.ipynb")
    (found,) = find_submissions([tmp_path])
    assert found.path.name == f"{NAME}.ipynb" and f"{NAME}-Copy1.ipynb" in found.notes[0]
    assert found.copies == ()


def test_expected_notebooks_are_asked_for(tmp_path):
    path = save(tmp_path, solved())
    assert [s.name for s in find_submissions([path], ["03-input-gate", NAME])] == [
        "03-input-gate",
        NAME,
    ]


def test_nothing_to_grade_is_said(tmp_path):
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "other.ipynb").write_text('{"cells": [], "nbformat": 4}')
    for path, words in (
        (tmp_path / "gone", "no file or folder"),
        (tmp_path / "a.txt", "a.txt is no exercise notebook"),
        (tmp_path / "other.ipynb", "no exercise notebook of this course"),
        (tmp_path, "no exercise notebook of this course"),
    ):
        with pytest.raises(NothingToGrade, match=words):
            find_submissions([path])


# ---- what is written


def test_the_exit_status_tells_the_learner_from_the_grader():
    assert grades(("", PASSED, PASSED)).exit_status == 0
    assert grades(("", PASSED, NOT_ATTEMPTED)).exit_status == 1
    assert grades(("", "error", GRADER_FAILED)).exit_status == 3


def test_the_most_frequent_causes_come_first_and_count_learners_once():
    causes = CLASS.causes()
    assert [(c.exercise_id, c.learners) for c in causes] == [
        ("forget-gate", 2),
        ("fading-memory", 1),
    ]


def test_a_damaged_file_is_one_cause_however_many_exercises_it_has():
    torn = grades(("anna", "damaged file", "damaged file"))
    assert [(c.exercise_id, c.learners) for c in torn.causes()] == [(NAME, 1)]


def test_json_holds_points_outcomes_and_causes():
    content = json.loads(as_json(CLASS))
    assert (content["totalPoints"], content["maxPoints"], content["seed"]) == (6, 12, 7)
    learner = content["learners"][1]
    assert (learner["learner"], learner["totalPoints"], learner["maxPoints"]) == ("=ben", 0, 4)
    exercise = learner["notebooks"][0]["exercises"][0]
    assert exercise["outcome"] == "error" and exercise["cause"] == "why"
    assert content["causes"][0] == {"exercise_id": "forget-gate", "cause": "why", "learners": 2}


def test_csv_has_one_row_a_learner_and_no_formula():
    rows = list(csv.DictReader(io.StringIO(as_csv(CLASS))))
    assert [row["learner"] for row in rows] == ["anna", "'=ben", "cem"]
    assert [row["points"] for row in rows] == ["4", "0", "2"]
    assert rows[2]["forget-gate"] == "0" and rows[2]["fading-memory"] == "2"


def test_junit_tells_wrong_from_not_attempted_and_from_the_graders_failure():
    odd = outcome("error", cause="a \x00 b <&>")
    results = [
        NotebookResult(NAME, None, (o,))
        for o in (outcome(PASSED), odd, outcome(NOT_ATTEMPTED), outcome(GRADER_FAILED))
    ]
    xml = ElementTree.fromstring(as_junit(Grades(tuple(results), 0)))
    kinds = [[child.tag for child in case] for case in xml.iter("testcase")]
    assert [k[0] for k in kinds] == ["system-out", "failure", "skipped", "error"]
    assert xml.find(".//failure").get("message") == "a ? b <&>"


def test_markdown_keeps_its_table_whatever_the_cause():
    odd = Grades((NotebookResult(NAME, None, (outcome("error", cause="a | b\nc `d`"),)),), 0)
    lines = as_markdown(odd).splitlines()
    row = next(line for line in lines if "forget-gate" in line)
    assert row.replace("\\|", "").count("|") == 5
    summary = as_markdown(CLASS)
    assert "| =ben | 0/4 | 0/4 |" in summary and "Most frequent causes" in summary


def text_of(some):
    console = Console(file=io.StringIO(), width=100)
    print_grades(some, console)
    return console.file.getvalue()


def test_the_terminal_shows_causes_and_counts():
    assert "wrong [red]values" in text_of(grades(("", PASSED, "wrong [red]values")))
    said = text_of(CLASS)
    assert "=ben" in said and "Most frequent causes" in said
    assert "6 of 12 points, 3 of 6 exercises passed." in said


# ---- the command, from end to end


def test_a_class_is_graded_with_every_report(tmp_path, monkeypatch, capsys):
    save(tmp_path / "class" / "anna", solved())
    save(tmp_path / "class" / "ben", solved(forget_gate=SWAPPED))
    save(tmp_path / "class" / "cem", solved(forget_gate=f"# mine\n{SWAPPED}"))
    save(tmp_path / "class" / "dana", solved(forget_gate=STUBS["forget-gate"]))
    out = tmp_path / "out"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "step.md"))
    reports = [f"--{kind}={out / kind}" for kind in ("json", "csv", "junit", "summary")]
    status = cli.main(["grade", str(tmp_path / "class"), "--jobs", "2", "--seed", "3", *reports])
    assert status == 1
    content = json.loads((out / "json").read_text(encoding="utf-8"))
    assert [one["totalPoints"] for one in content["learners"]] == [7, 5, 5, 5]
    (cause,) = content["causes"]
    assert cause["learners"] == 2 and cause["cause"].startswith(CAUSE)
    assert content["seed"] == 3
    assert (tmp_path / "step.md").read_bytes() == (out / "summary").read_bytes()
    assert "22 of 28 points, 13 of 16 exercises passed." in capsys.readouterr().out
    assert (out / "csv").read_text(encoding="utf-8").count("\n") == 5
    assert len(ElementTree.parse(out / "junit").findall(".//testcase")) == 16


def test_everything_passed_is_status_0(tmp_path):
    assert cli.main(["grade", str(save(tmp_path, solved()))]) == 0


def test_the_table_is_printed_where_the_output_knows_no_greek(tmp_path, monkeypatch):
    output = io.TextIOWrapper(io.BytesIO(), encoding="cp1252")  # a pipe on Windows
    monkeypatch.setattr("sys.stdout", output)
    path = save(tmp_path, solved(forget_gate="raise ValueError('σ')"))
    assert cli.main(["grade", str(path)]) == 1
    output.flush()
    said = output.buffer.getvalue().decode("cp1252")
    assert "ValueError" in said and "σ" not in said


def test_a_class_of_the_whole_course_fits_80_columns():
    def result(learner, name, status, path=FILE):
        return NotebookResult(name, path, (outcome(status, points=12),), (), learner)

    names = notebooks()
    results = [result("anna-schmidt", name, PASSED) for name in names]
    results += [result("ben", name, PASSED) for name in names[:-2]]
    results += [result("ben", names[-2], GRADER_FAILED)]
    results += [result("ben", names[-1], NOT_ATTEMPTED, path=None)]
    output = io.StringIO()
    print_grades(Grades(tuple(results), seed=7), Console(file=output, width=80))
    lines = [line.strip() for line in output.getvalue().splitlines()]
    best = len(names) * 12
    assert f"anna-schmidt {'12 ' * len(names)}{best}/{best}" in lines
    ben = next(line for line in lines if line.startswith("ben"))
    assert ben.split()[1:] == ["12"] * (len(names) - 2) + ["0!", "–", f"{best - 24}/{best}"]
    assert "– not handed in   ! the grader failed on some" in lines
    assert max(map(len, output.getvalue().splitlines())) <= 80


def test_two_jobs_say_what_one_says(tmp_path):
    for who in "abc":
        save(tmp_path / who, solved(forget_gate=SWAPPED))
    found = find_submissions([tmp_path])
    one, two = (grade_all(found, Limits(), jobs, seed=5) for jobs in (1, 2))
    assert [r.outcomes for r in one.results] == [r.outcomes for r in two.results]


def test_fresh_inputs_are_drawn_each_time(tmp_path):
    found = find_submissions([save(tmp_path, solved())])
    first, second = (grade_all(found, Limits()) for _ in range(2))
    assert first.seed != second.seed


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["grade", "nowhere"], "There is no file or folder nowhere."),
        (["grade", "a.ipynb", "--expect", "77"], "There is no exercise notebook '77'"),
        (["grade", "a.ipynb", "--timeout", "0"], "a number above 0"),
        (["grade", "a.ipynb", "--json", "a.ipynb/x.json"], "cannot be written"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(tmp_path, monkeypatch, capsys, arguments, words):
    monkeypatch.chdir(tmp_path)
    save(tmp_path, b"", name=f"a-{NAME}.ipynb").rename(tmp_path / "a.ipynb")
    save(tmp_path, solved(), name="a.ipynb")
    status = cli.main(arguments)
    said = capsys.readouterr().err
    assert status == 2 and words in said
    assert said.startswith("lstm-course grade: ") and said.count("\n") == 1
