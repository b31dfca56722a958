"""Everyone who handed in something has a row, and nobody has another's points."""

import io
import json
import os
import zipfile
from pathlib import Path

import pytest
from learners import ANSWERS, NAME, STUBS, as_text, solved
from rich.console import Console

from lstm_course.app import command as cli
from lstm_course.grading.batch import grade_all
from lstm_course.grading.notebooks import archives
from lstm_course.grading.notebooks.finding import collect
from lstm_course.grading.notebooks.naming import canvas, moodle, owner_in
from lstm_course.grading.process.kernel import Limits
from lstm_course.grading.reports.table import print_grades

ROOT = Path(__file__).parents[2]
FILE, OTHER = f"{NAME}.ipynb", "03-input-gate"
RIGHT = as_text(solved())
UNTOUCHED = as_text(solved(**{key.replace("-", "_"): text for key, text in STUBS.items()}))
LESSON = (ROOT / "notebooks" / FILE).read_text(encoding="utf-8")
THIRD = (ROOT / "exercises" / f"{OTHER}.ipynb").read_text(encoding="utf-8")


def zipped(files):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, zipped(content) if isinstance(content, dict) else content)
    return data.getvalue()


def lay_out(folder, files):
    """Write files; a dict becomes a ZIP archive, None an empty folder."""
    for name, content in files.items():
        path = folder / name
        if content is None:
            path.mkdir(parents=True)
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        content = zipped(content) if isinstance(content, dict) else content
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def rows(folder, files, *paths, expected=()):
    """Return each learner's file of notebook 04, or why there is none, and the collection."""
    lay_out(folder, files)
    found = collect([folder / path for path in paths] or [folder], expected)
    table = {s.learner: s.path or s.reason for s in found.submissions if s.name == NAME}
    return table, found


def unclear(found):
    return [remark.text for remark in found.remarks if remark.unclear]


# ---- nobody is dropped


NO_NOTEBOOK = {
    "answer.py": ("x = 1", "it is Python code"),
    "answer.html": ("<html>", "it is a web page"),
    "answer.pdf": ("%PDF", "it is a PDF"),
    "photo.png": ("png", "photo.png"),
    f"{NAME}.docx": ("x", "it is a text document"),
    "answers.7z": ("7z", "it is an archive that is no ZIP"),
    "answers.zip": ("PK", "it is no ZIP archive"),
    "locked/sub/x.zip": (b"PK\x05\x06" + b"\0" * 18, "The folder is empty."),
    FILE: (LESSON, "it is a lesson"),
    "other.ipynb": ('{"cells": [], "nbformat": 4}', "it holds no exercise of this course"),
    f"{FILE}/inside.txt": ("x", "it is a folder"),
    ".ipynb_checkpoints/x-checkpoint.ipynb": (RIGHT, "Only hidden files"),
}


@pytest.mark.parametrize("name", NO_NOTEBOOK)
def test_whoever_handed_in_no_notebook_has_a_row_that_says_what_there_was(tmp_path, name):
    content, words = NO_NOTEBOOK[name]
    table, _ = rows(tmp_path, {f"anna/{FILE}": RIGHT, f"ben/{name}": content})
    assert list(table) == ["anna", "ben"]
    assert words in table["ben"] and "\n" not in table["ben"]


def test_an_empty_folder_has_a_row(tmp_path):
    table, _ = rows(tmp_path, {f"anna/{FILE}": RIGHT, "ben": None})
    assert table["ben"] == "The folder is empty."


@pytest.mark.parametrize("name", ["env", "source", "saved", "solutions", "test", "notebooks", "3"])
def test_no_name_of_a_learners_folder_is_passed_over(tmp_path, name):
    table, found = rows(tmp_path, {f"anna/{FILE}": RIGHT, f"{name}/{FILE}": RIGHT})
    assert sorted(table) == sorted(["anna", name]) and all(
        isinstance(p, Path) for p in table.values()
    )
    assert not unclear(found)
    table, _ = rows(tmp_path, {f"{name}2": None})
    assert table[f"{name}2"] == "The folder is empty."


ODD_NAMES = [
    "04-forget-gate.IPYNB",
    f"{FILE}.txt",
    f"{FILE}.json",
    "homework",
    f"{FILE} (1)",
    "x.txt",
]


@pytest.mark.parametrize("name", ODD_NAMES)
def test_a_notebook_by_any_name_is_one(tmp_path, name):
    table, _ = rows(tmp_path, {f"anna/{name}": RIGHT})
    assert table["anna"].name == name


def test_data_and_modules_beside_a_notebook_need_no_reason(tmp_path):
    files = {FILE: RIGHT, "helper.py": "", "data/x.csv": "1", "plot.png": "", "notes.md": ""}
    table, found = rows(tmp_path, files)
    assert list(table) == [""] and found.remarks == ()


def test_what_was_taken_for_a_notebook_and_is_none_is_named(tmp_path):
    _, found = rows(tmp_path, {FILE: RIGHT, "scratch.ipynb": '{"cells": [], "nbformat": 4}'})
    (remark,) = found.remarks
    assert "scratch.ipynb: left out. It holds no exercise" in remark.text and not remark.unclear


# ---- whose it is


BY_NAME = {
    "04-forget-gate_learner7": "learner7",
    "04-forget-gate_learner 7": "learner 7",
    "04-forget-gate-anna-maria (2)": "anna-maria",
    "Copy of hw4_anna_04-forget-gate-final": "anna",
    "anna_04_Forget_Gate": "anna",
    "forget gate Anna Lee": "Anna Lee",
    "04-forget-gate_12345678": "12345678",
    "exercises-04-forget-gate-20260101-120000": "",
    "04-forget-gate-Copy1": "",
    "04-forget-gate (1)": "",
    "04-forget-gate-1": "",
    "homework 4 final v2": "",
}


@pytest.mark.parametrize("stem", BY_NAME)
def test_whose_a_file_is_by_its_name(stem):
    assert owner_in(stem) == BY_NAME[stem]


def test_names_behind_the_notebooks_name_are_learners(tmp_path):
    files = {f"04-forget-gate_learner{k}.ipynb": RIGHT + " " * k for k in range(3)}
    table, found = rows(tmp_path, files)
    assert list(table) == ["learner0", "learner1", "learner2"] and not unclear(found)


def test_names_of_files_that_say_nothing_else_are_learners(tmp_path):
    table, _ = rows(tmp_path, {"anna.ipynb": RIGHT, "ben.ipynb": UNTOUCHED, "cem.html": "<p>"})
    assert list(table) == ["anna", "ben", "cem"]


def test_lesson_numbers_behind_names_are_no_names(tmp_path):
    _, found = rows(tmp_path, {"anna_03.ipynb": THIRD, "anna_04.ipynb": RIGHT})
    assert [(s.learner, s.name) for s in found.submissions] == [("anna", OTHER), ("anna", NAME)]


def test_loose_files_beside_folders_hide_nobody_and_are_unclear(tmp_path):
    files = {FILE: RIGHT, f"anna/{FILE}": RIGHT, f"ben_{FILE}": RIGHT, "roster.csv": "x"}
    table, found = rows(tmp_path, files)
    assert sorted(table) == [FILE, "anna", "ben"]
    assert len(unclear(found)) == 1 and "No learner's name" in unclear(found)[0]


def test_nested_days_are_no_learners(tmp_path):
    files = {f"monday/{FILE[:0]}learner{k}/{FILE}": RIGHT for k in (1, 2)}
    files |= {f"tuesday/learner1/{FILE}": UNTOUCHED, "tuesday/learner3": None}
    table, found = rows(tmp_path, files)
    assert list(table) == [
        "monday/learner1",
        "monday/learner2",
        "tuesday/learner1",
        "tuesday/learner3",
    ]
    assert not unclear(found)


def test_weeks_bring_one_learners_notebooks_together(tmp_path):
    files = {f"week3/anna/{OTHER}.ipynb": THIRD, f"week4/anna/{FILE}": RIGHT}
    _, found = rows(tmp_path, files)
    assert [(s.learner, s.name) for s in found.submissions] == [("anna", OTHER), ("anna", NAME)]


@pytest.mark.parametrize("where", ["old", "submission 2", "exercises"])
def test_folders_within_a_learners_that_are_nobodys_name_are_theirs(tmp_path, where):
    files = {f"anna/{FILE}": UNTOUCHED, f"anna/{where}/{FILE}": RIGHT, f"ben/{FILE}": RIGHT}
    table, found = rows(tmp_path, files)
    assert list(table) == ["anna", "ben"] and not unclear(found)


def test_a_folder_within_that_may_be_somebodys_gives_its_points_to_nobody_else(tmp_path):
    files = {f"anna/{FILE}": UNTOUCHED, f"anna/ben/{FILE}": RIGHT, f"cem/{FILE}": RIGHT}
    table, found = rows(tmp_path, files)
    assert list(table) == ["anna", "anna/ben", "cem"] and len(unclear(found)) == 1


def test_numbers_are_learners_unless_each_holds_its_lesson(tmp_path):
    table, _ = rows(tmp_path / "a", {f"{k}/{FILE}": RIGHT for k in (3, 4, 5)})
    assert list(table) == ["3", "4", "5"]
    table, _ = rows(tmp_path / "b", {f"03/{OTHER}.ipynb": THIRD, f"04/{FILE}": RIGHT})
    assert list(table) == [""]


def test_several_paths_are_one_class(tmp_path):
    files = {f"class/anna/{FILE}": RIGHT, f"class/ben/{FILE}": RIGHT, "class/eve/x.py": ""}
    files |= {"days.zip": {f"monday/cem/{FILE}": RIGHT, f"monday/dana/{FILE}": RIGHT}}
    files |= {f"fay_{FILE}": RIGHT}
    table, found = rows(tmp_path, files, "class", "days.zip", f"fay_{FILE}")
    assert sorted(table) == ["anna", "ben", "cem", "dana", "eve", "fay"] and not unclear(found)
    table, _ = rows(tmp_path, {}, "class/anna", "class/ben", "class/eve", "class/anna")
    assert sorted(table) == ["anna", "ben", "eve"]
    table, _ = rows(tmp_path, {}, f"class/anna/{FILE}", f"class/ben/{FILE}")
    assert sorted(table) == ["anna", "ben"]


def test_namesakes_of_two_folders_stay_two(tmp_path):
    files = {f"{day}/{who}/{FILE}": RIGHT for day in ("mon", "tue") for who in ("anna", day + "i")}
    table, _ = rows(tmp_path, files, "mon", "tue")
    assert sorted(table) == ["mon/anna", "moni", "tue/anna", "tuei"]


@pytest.mark.skipif(os.name != "posix", reason="a link may need rights elsewhere")
def test_a_link_to_somebody_elses_notebook_is_not_followed(tmp_path):
    lay_out(tmp_path, {f"anna/{FILE}": RIGHT, "ben": None})
    (tmp_path / "ben" / FILE).symlink_to(tmp_path / "anna" / FILE)
    table, _ = rows(tmp_path, {})
    assert "it is a link" in table["ben"]


# ---- what Moodle, Canvas and archives give


def test_moodles_export_is_read_as_it_is(tmp_path):
    folder = "_assignsubmission_file"
    export = {
        f"Anna Lee_101{folder}_/{FILE}": RIGHT,
        f"Anna Lee_102{folder}/mine.ipynb": UNTOUCHED,
        f"Ben O'Neil_103{folder}/all.zip": {f"deep/{FILE}": RIGHT},
        "Cem_104_assignsubmission_onlinetext/onlinetext.html": "<p>",
        f"Zoë Ånd_105{folder}/x/y/{FILE}": RIGHT,
    }
    table, found = rows(tmp_path, {"export.zip": export}, "export.zip")
    assert list(table) == ["Anna Lee 101", "Anna Lee 102", "Ben O'Neil", "Cem", "Zoë Ånd"]
    assert table["Cem"] == "Handed in: onlinetext.html (it is a web page)."
    assert isinstance(table["Ben O'Neil"], Path) and isinstance(table["Zoë Ånd"], Path)
    assert found.ids["Zoë Ånd"] == "105" and not unclear(found)
    flat = {name.replace("/", "_"): text for name, text in export.items()}
    assert list(rows(tmp_path, {"flat.zip": flat}, "flat.zip")[0]) == list(table)


def test_anonymous_and_group_submissions_of_moodle_stay_apart(tmp_path):
    export = {f"Participant_{k}_assignsubmission_file/{FILE}": RIGHT for k in (7, 8)}
    export[f"Team A_9_assignsubmission_file/{FILE}"] = RIGHT
    export[f"Default group_assignsubmission_file/{FILE}"] = RIGHT
    table, _ = rows(tmp_path, {"m.zip": export}, "m.zip")
    assert sorted(table) == ["Default group", "Participant 7", "Participant 8", "Team A"]


def test_canvas_export_is_read_as_it_is(tmp_path):
    export = {
        "leeanna_LATE_101_9001_04-forget-gate-1.ipynb": RIGHT,
        "leeanna_LATE_101_9002_old.ipynb": UNTOUCHED,
        "o_neilben_102_9003_hw_4.zip": {FILE: RIGHT},
        "kimcem_103_9004_answer.html": "<p>",
        "zoe_104_text.html": "<p>",
        "anon_Ab1cD_9005_x.ipynb": RIGHT,
    }
    table, found = rows(tmp_path, {"submissions.zip": export}, "submissions.zip")
    assert sorted(table) == ["anon", "kimcem", "leeanna", "o_neilben", "zoe"]
    assert found.ids == {
        "anon": "Ab1cD", "kimcem": "103", "leeanna": "101", "o_neilben": "102", "zoe": "104"
    }  # fmt: skip
    (late,) = [s for s in found.submissions if s.learner == "leeanna"]
    assert len(late.copies) == 1 and "Of each exercise the best counts" in late.notes[0]


def test_names_that_only_look_like_canvas_tell_nobodys_number():
    assert canvas("hw_4_1_anna.ipynb") is None and canvas(f"{NAME}_learner7.ipynb") is None
    assert moodle("Anna Lee") is None


def test_zips_of_learners_are_their_folders(tmp_path):
    clone = {
        f"lstm-course-main/exercises/{FILE}": RIGHT,
        f"lstm-course-main/solutions/{FILE}": RIGHT,
    }
    files = {"anna.zip": {FILE: RIGHT}, f"ben_{NAME}.zip": {f"x/{FILE}": RIGHT}, "cem.zip": clone}
    table, found = rows(tmp_path, files)
    assert list(table) == ["anna", "ben", "cem"] and not found.remarks
    assert all(submission.copies == () for submission in found.submissions)
    assert found.submissions[0].shown == f"{tmp_path.name}/anna.zip/{FILE}"


REFUSED = {
    "slip": ({f"../{FILE}": RIGHT}, "would land outside"),
    "absolute": ({f"/tmp/{FILE}": RIGHT}, "would land outside"),
    "drive": ({f"C:\\{FILE}": RIGHT}, "would land outside"),
    "nested slip": ({"in.zip": {f"a/../../{FILE}": RIGHT}}, "would land outside"),
    "many": ({str(k): b"" for k in range(51)}, "more than 50 files"),
    "one large": ({FILE: RIGHT + " " * 1_000_000}, "larger than 1 MB"),
    "torn": (zipped({FILE: RIGHT})[:-40], "no ZIP archive, or only part"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_an_archive_that_cannot_be_trusted_costs_its_learner_alone(tmp_path, monkeypatch, name):
    monkeypatch.setattr(archives, "MOST_FILES", 50)
    monkeypatch.setattr(archives, "MOST_BYTES_OF_A_FILE", 1_000_000)
    content, words = REFUSED[name]
    table, _ = rows(tmp_path, {f"anna/{FILE}": RIGHT, "ben/work.zip": content})
    assert words in table["ben"] and "\n" not in table["ben"]
    assert not (tmp_path / FILE).exists()


def test_an_archive_that_unpacks_to_too_much_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "MOST_BYTES", 1000)
    table, _ = rows(tmp_path, {f"anna/{FILE}": RIGHT, "ben.zip": {FILE: RIGHT}})
    assert "unpacks to more than" in table["ben"]


def test_archives_in_archives_end_somewhere(tmp_path):
    inner = {FILE: RIGHT}
    for _ in range(20):
        inner = {"x.zip": inner}
    table, _ = rows(tmp_path, {f"anna/{FILE}": RIGHT, "ben.zip": inner})
    assert "too deep" in table["ben"]


# ---- a file is what it holds


def test_a_wrong_name_changes_nobodys_maximum(tmp_path):
    files = {f"anna/{FILE}": RIGHT, f"ben/{OTHER}.ipynb": RIGHT}
    bare = json.loads(RIGHT)
    for cell in [bare, *bare["cells"]]:
        cell["metadata"] = {}
    files[f"cem/{OTHER}.ipynb"] = json.dumps(bare)
    bare["cells"] = [cell for cell in bare["cells"] if "check(" not in cell["source"]]
    files[f"dana/{OTHER}.ipynb"] = json.dumps(bare)
    torn = json.dumps(json.loads(RIGHT))[:-400]
    files[f"eve/{OTHER}.ipynb"] = torn
    _, found = rows(tmp_path, files)
    assert [(s.learner, s.name) for s in found.submissions] == [
        (who, NAME) for who in ("anna", "ben", "cem", "dana", "eve")
    ]


# ---- from end to end


def test_answers_in_a_copy_beside_the_untouched_original_count(tmp_path):
    half = as_text(solved(forget_gate=STUBS["forget-gate"], fading_memory=STUBS["fading-memory"]))
    other = as_text(solved(memory_left=STUBS["memory-left"], half_life_bias="b_f = 7"))
    files = {FILE: UNTOUCHED, f"{NAME} (1).ipynb": half, f"{NAME}-Copy1.ipynb": other}
    _, found = rows(tmp_path, files)
    grades = grade_all(found, Limits(), seed=1)
    assert (grades.points, grades.max_points, grades.exit_status) == (7, 7, 0)
    assert "3 files of it" in grades.results[0].notes[0]


def test_status_0_means_that_everyone_passed(tmp_path):
    lay_out(tmp_path, {f"anna/{FILE}": RIGHT, f"ben/{FILE}": RIGHT})
    assert cli.main(["grade", str(tmp_path)]) == 0
    lay_out(tmp_path, {"cem/answer.py": ""})
    assert cli.main(["grade", str(tmp_path)]) == 1


def test_what_is_unclear_is_status_1_and_a_line(tmp_path, capsys):
    lay_out(tmp_path, {f"anna/{FILE}": RIGHT, FILE: RIGHT})
    assert cli.main(["grade", str(tmp_path), "--json", str(tmp_path / "out" / "g.json")]) == 1
    said = " ".join(capsys.readouterr().out.split())
    assert "unclear" in said and "No learner's name stands in the file's" in said
    assert "14 of 14 points" in said
    remarks = json.loads((tmp_path / "out" / "g.json").read_text(encoding="utf-8"))["remarks"]
    assert [remark["unclear"] for remark in remarks] == [True]


def odd_class(size):
    """Return what a class handed in, in every odd way, and everyone's points."""
    wrong = as_text(solved(forget_gate=ANSWERS["forget-gate"].replace("np.", "numpy_gone.")))
    bom, wide = b"\xef\xbb\xbf" + RIGHT.encode(), RIGHT.encode("utf-16")
    clone = {f"course/{part}/{FILE}": UNTOUCHED for part in ("notebooks", "solutions")}
    whole = {f"course/exercises/{FILE}": RIGHT, **clone}
    ways = [
        ({FILE: RIGHT}, 7), ({FILE: UNTOUCHED}, 0), ({FILE: wrong}, 5), ({"a.py": "x"}, 0),
        ({"a.html": "<p>"}, 0), ({"a.zip": b"PK"}, 0), ({}, 0), ({f"{NAME}.IPYNB": RIGHT}, 7),
        ({f"{FILE}.txt": RIGHT}, 7), ({f"{OTHER}.ipynb": RIGHT}, 7), ({FILE: bom}, 7),
        ({FILE: wide}, 7), ({FILE: RIGHT[: RIGHT.index("def fade")]}, 5), (whole, 7),
        ({FILE: UNTOUCHED, f"{NAME} (1).ipynb": RIGHT}, 7), ({FILE: ""}, 0), ({FILE: LESSON}, 0),
        ({"work.zip": {f"x/{FILE}": RIGHT}}, 7), ({"work.zip": {f"../{FILE}": RIGHT}}, 0),
        ({"homework.ipynb": RIGHT, "data.csv": "1"}, 7),
    ]  # fmt: skip
    files, points = {}, {}
    for k in range(size):
        who = f"learner{k:02d}" if k % 20 else ("env", "source", "solutions")[k // 20]
        handed_in, points[who] = ways[k % 20]
        files |= {f"{who}/{name}": content for name, content in handed_in.items()} or {who: None}
    return files, points


def test_of_sixty_odd_submissions_everyone_has_one_row_with_a_file_or_a_reason(tmp_path):
    files, points = odd_class(60)
    table, found = rows(tmp_path, files)
    assert len(points) == len(found.submissions) == 60 and set(table) == set(points)
    assert all(points[who] == 0 for who, path in table.items() if isinstance(path, str))
    assert not unclear(found)


def test_of_twenty_odd_submissions_everyone_has_the_right_points(tmp_path):
    files, points = odd_class(20)
    _, found = rows(tmp_path, files)
    grades = grade_all(found, Limits(), jobs=2, seed=1)
    assert {who: sum(r.points for r in grades.of(who)) for who in grades.learners} == points
    assert {who: sum(r.max_points for r in grades.of(who)) for who in grades.learners} == (
        dict.fromkeys(points, 7)
    )
    assert grades.exit_status == 1
    output = io.StringIO()
    print_grades(grades, Console(file=output, width=100))
    lines = [line.split() for line in output.getvalue().splitlines() if line.strip()]
    assert {line[0]: line[-1] for line in lines if line[0] in points} == {
        who: f"{earned}/7" for who, earned in points.items()
    }
    nothing = [line for line in lines if line[:3] == ["nothing", "to", "grade"]]
    assert len(nothing) == 6 and "6 of 20 learners handed in no notebook." in output.getvalue()
