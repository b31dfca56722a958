"""The archive for Gradescope, laid out and run as Gradescope does."""

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from learners import ANSWERS, NAME, save, solved

from lstm_course.app import command as cli
from lstm_course.grading.gradescope import submission
from lstm_course.grading.gradescope.archive import requirements

ROOT = Path(__file__).parents[2]
SWAPPED = ANSWERS["forget-gate"].replace("[h_prev, x_t]", "[x_t, h_prev]")
OTHER = "03-input-gate"
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Gradescope runs Linux")


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    path = tmp_path_factory.mktemp("out") / "new" / "autograder.zip"
    assert cli.main(["gradescope", "04", "--out", str(path)]) == 0
    return path


@pytest.fixture
def root(archive, tmp_path):
    """Lay the folders out as Gradescope does, with this environment as the grader's."""
    folder = unpacked(archive, tmp_path / "auto grader")
    (folder / "environment").symlink_to(sys.prefix, target_is_directory=True)
    return folder


def unpacked(archive, folder):
    """Unpack with the rights that the archive asks for, as unzip does."""
    for name in ("source", "submission", "results"):
        (folder / name).mkdir(parents=True)
    with zipfile.ZipFile(archive) as file:
        for entry in file.infolist():
            path = Path(file.extract(entry, folder / "source"))
            path.chmod(entry.external_attr >> 16)
    shutil.copy(folder / "source" / "run_autograder", folder)
    return folder


def run(folder, script="run_autograder", **environment):
    done = subprocess.run(
        [folder / script], cwd=folder, capture_output=True, text=True,
        env={**os.environ, **environment},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return results(folder)


def grade(folder):
    """Do what the script starts, in this process: sooner done."""
    parts = ("submission", "results/results.json", "source/notebooks.json")
    submission.main([str(folder / part) for part in parts])
    return results(folder)


def results(folder):
    """Return the results after looking for everything that Gradescope's form asks for."""
    content = json.loads((folder / "results" / "results.json").read_text(encoding="utf-8"))
    assert content["visibility"] == "visible"
    for test in content["tests"]:
        assert 0 <= test["score"] <= test["max_score"]
        assert (test["output_format"], test["visibility"]) == ("md", "visible")
    assert content["score"] == sum(test["score"] for test in content["tests"])
    assert sum(test["max_score"] for test in content["tests"]) == 7
    return content


def said(content):
    return "\n".join(test["output"] for test in content["tests"])


# ---- what is in it


def test_the_archive_has_its_scripts_at_the_root_and_they_can_be_started(root):
    for script in ("setup.sh", "run_autograder"):
        path = root / "source" / script
        assert os.access(path, os.X_OK) and path.read_text().startswith("#!/usr/bin/env bash\n")
        subprocess.run(["bash", "-n", path], check=True)


def test_the_archive_holds_the_whole_course_and_no_leftovers(root):
    def files(package):
        return {p.relative_to(package) for p in package.rglob("*") if "__pycache__" not in p.parts}

    held = files(root / "source" / "course" / "lstm_course")
    assert held == files(ROOT / "lstm_course")


def test_pip_is_asked_for_what_grading_imports_and_not_for_the_lab():
    names = {re.split(r"[^\w-]", line)[0] for line in requirements()}
    assert {"numpy", "psutil", "nbformat", "rich", "junitparser", "ipywidgets"} <= names
    assert not {"jupyterlab", "nbval"} & names


def test_grading_imports_nothing_that_pip_was_not_asked_for():
    missing = "jupyterlab nbval ipykernel jupyter_client"
    code = (
        "import sys\n"
        f"sys.modules.update(dict.fromkeys({missing.split()!r}))\n"
        "import lstm_course.grading.gradescope.submission, lstm_course.grading.process.inside"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_setup_asks_for_the_python_that_the_course_asks_for():
    script = (ROOT / "lstm_course" / "grading" / "gradescope" / "setup.sh").read_text()
    wanted = re.search(r'requires-python = ">=(\d+)\.(\d+)"', (ROOT / "pyproject.toml").read_text())
    assert f"sys.version_info < ({wanted[1]}, {wanted[2]})" in script


# ---- submissions


def test_a_right_submission_gets_every_point(root):
    save(root / "submission", solved())
    content = run(root)
    assert content["score"] == 7
    assert {test["status"] for test in content["tests"]} == {"passed"}


def test_a_wrong_answer_is_told_its_cause(root):
    save(root / "submission", solved(forget_gate=SWAPPED))
    content = run(root)
    assert content["score"] == 5
    assert "x\\_t comes before h\\_prev. The equations have" in said(content)


def test_nothing_submitted_is_nothing_earned_and_said(root):
    content = run(root)
    assert content["score"] == 0
    assert f"expected {NAME}.ipynb, got nothing." in said(content)


def test_what_was_submitted_instead_is_named(root):
    (root / "submission" / "answers.pdf").write_bytes(b"%PDF")
    assert "got answers.pdf." in said(grade(root))


def test_a_broken_file_gets_its_reason(root):
    save(root / "submission", b'{"cells": [')
    told = run(root)
    assert told["score"] == 0 and "The file is damaged at line 1" in said(told)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"PK\x03\x04"])
def test_a_file_of_another_kind_gets_its_reason(root, content):
    save(root / "submission", content)
    told = grade(root)
    assert told["score"] == 0 and "file" in said(told)


def test_another_name_and_a_folder_around_it_change_nothing(root):
    save(root / "submission" / "my work" / "week 4", solved(), name="homework final (2).ipynb")
    assert run(root)["score"] == 7


def test_a_name_in_front_is_no_other_learner(root):
    save(root / "submission", solved(), name=f"anna_{NAME}.ipynb")
    content = grade(root)
    assert content["score"] == 7
    assert content["tests"][0]["name"] == f"{NAME}: memory-left"


def test_of_two_files_the_better_one_counts(root):
    save(root / "submission" / "old", solved(forget_gate=SWAPPED))
    save(root / "submission" / "new", solved())
    assert grade(root)["score"] == 7


def test_a_notebook_of_another_lesson_is_named_and_costs_nothing(root):
    shutil.copy(ROOT / "solutions" / f"{OTHER}.ipynb", root / "submission")
    save(root / "submission", solved())
    content = grade(root)
    assert content["score"] == 7 and f"{OTHER}.ipynb" in said(content)


# ---- the grader


def test_results_stand_where_the_grader_does_not_start(root):
    (root / "environment").unlink()
    content = run(root)
    assert content["score"] == 0 and "tell your instructor" in said(content)


def test_results_stand_where_the_grader_breaks_off(root):
    save(root / "submission", solved())
    (root / "source" / "notebooks.json").write_text("nonsense")
    assert "tell your instructor" in said(run(root))


def test_results_of_an_earlier_run_never_stay(root):
    (root / "results" / "results.json").write_text('{"score": 7}')
    (root / "environment").unlink()
    assert run(root)["score"] == 0


def test_the_script_finds_its_folders_from_where_it_lies_or_is_told(root, tmp_path):
    save(root / "submission", solved())
    assert run(root, "source/run_autograder")["score"] == 7
    (root / "results" / "results.json").unlink()
    elsewhere = shutil.copy(root / "run_autograder", tmp_path)
    subprocess.run([elsewhere], check=True, env={**os.environ, "GRADESCOPE_ROOT": str(root)})
    assert results(root)["score"] == 7


# ---- setup.sh


APT = """
echo "apt-get $*" >>log
[[ $* != *"install"*python3.13* ]] || exit 100
[[ $* != *"install"*python3.12* ]] || cp python python3.12
"""
PYTHON = """
echo "python $*" >>log
[[ $* != *venv* ]] || { mkdir -p "$3/bin" "$3/site"; cp "$0" "$3/bin/python"; }
[[ $* != *purelib* ]] || echo "${0%/bin/*}/site"
"""


def stand_in(path, text):
    path.write_text(f"#!/bin/bash\n{text}")
    path.chmod(0o755)


def test_setup_takes_a_newer_python_from_apt_where_there_is_none(root, tmp_path):
    """With stand-ins: each python3 too old, an apt that has no 3.13 but 3.12, a pip."""
    tools = tmp_path / "bin"
    tools.mkdir()
    for old in ("python3", "python3.11", "python3.12", "python3.13", "python3.14"):
        stand_in(tools / old, "exit 1")
    stand_in(tools / "apt-get", APT)
    stand_in(tools / "python", PYTHON)
    (root / "environment").unlink()
    setup = ["bash", root / "source" / "setup.sh"]
    subprocess.run(setup, check=True, cwd=tools, env={"PATH": f"{tools}:/usr/bin:/bin"})
    calls = (tools / "log").read_text()
    assert "apt-get install -y --no-install-recommends python3.12 python3.12-venv" in calls
    assert f"-m pip install --no-cache-dir -r {root}/source/requirements.txt" in calls
    assert (root / "environment" / "site" / "lstm_course" / "cell.py").exists()


@pytest.mark.skipif("GRADESCOPE_SETUP" not in os.environ, reason="installs from pip's index")
def test_setup_makes_an_environment_that_grades(archive, tmp_path):
    root = unpacked(archive, tmp_path)
    subprocess.run(["bash", root / "source" / "setup.sh"], check=True)
    shutil.copy(ROOT / "solutions" / f"{NAME}.ipynb", root / "submission")
    assert run(root, PYTHONPATH="")["score"] == 7


# ---- the command


def test_an_archive_that_cannot_be_written_is_one_line(tmp_path, capsys):
    (tmp_path / "file").write_text("")
    assert cli.main(["gradescope", "04", "--out", str(tmp_path / "file" / "a.zip")]) == 2
    said = capsys.readouterr().err
    assert said.startswith("lstm-course gradescope: ") and said.count("\n") == 1


def test_an_unknown_notebook_is_one_line(capsys):
    assert cli.main(["gradescope", "77"]) == 2
    assert "There is no exercise notebook '77'" in capsys.readouterr().err
