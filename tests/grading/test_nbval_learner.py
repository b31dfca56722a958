"""nbval on a learner's notebook is green when every check says what the solution's says."""

import os
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import nbformat
import pytest
from learners import ANSWERS, CHECKS, NAME, STUBS, code, place, save, solved

from lstm_course.grading.nbval.learner import with_checks
from lstm_course.grading.notebooks.reading import read_notebook

ROOT = Path(__file__).parents[2]
SOLUTION = nbformat.read(ROOT / "solutions" / f"{NAME}.ipynb", as_version=4)


def wild():
    """Return cells with two wrong answers and everything that nbval would look away for."""
    wrong = ANSWERS["forget-gate"].replace("[h_prev, x_t]", "[x_t, h_prev]")
    cells = solved(forget_gate=wrong, fading_memory=STUBS["fading-memory"])
    check = cells[place(cells, "forget-gate", "check")]
    check["source"] = "# NBVAL_SKIP\n" + check["source"]
    check["metadata"]["tags"] = ["nbval-skip", "raises-exception"]
    del cells[place(cells, "fading-memory", "check")]
    cells.insert(1, code("check = lambda *a: print('passed')"))
    return [*cells, {**code("# NBVAL_SKIP\n1 / 0"), "metadata": {"tags": ["raises-exception"]}}]


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    """Run pytest once over three learners' notebooks; return each one's green and red cells."""
    folder = tmp_path_factory.mktemp("learners")
    for who, content in {
        "tidy": [*solved(), code("print('a note of my own')")],
        "wild": wild(),
        "torn": b'{"cells": [',
    }.items():
        save(folder / "exercises", content, name=f"{who}-{NAME}.ipynb")
    (folder / "solutions").mkdir()
    nbformat.write(SOLUTION, folder / "solutions" / f"{NAME}.ipynb")
    (folder / "pytest.ini").write_text("[pytest]\n")
    plugins = ["guards", "learner"]
    command = [sys.executable, "-m", "pytest", "--nbval", "--nbval-current-env", "--junitxml=o.xml"]
    command += [part for name in plugins for part in ("-p", f"lstm_course.grading.nbval.{name}")]
    command += ["-p", "no:cacheprovider", "--continue-on-collection-errors", "exercises"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run(command, cwd=folder, env=environment, capture_output=True, timeout=120)
    found = {"tidy": {}, "wild": {}, "torn": {}}
    for case in ElementTree.parse(folder / "o.xml").iter("testcase"):
        place_of = case.get("classname") + case.get("name")
        who = next(who for who in found if who in place_of)
        found[who][case.get("name")] = case.find("failure") is None and case.find("error") is None
        if who == "torn":
            found[who]["why"] = case.find("error").text
    return found


def test_a_solved_notebook_is_green_whatever_its_own_cells_print(ran):
    assert all(ran["tidy"].values())
    checks = [name for name in ran["tidy"] if name.startswith("check")]
    assert checks == [f"check {i}" for i in CHECKS]


def test_nothing_in_the_learners_file_makes_a_wrong_answer_green(ran):
    red = [name for name, green in ran["wild"].items() if not green]
    assert red == ["check forget-gate", "check fading-memory", f"Cell {len(wild())}"]


def test_a_damaged_notebook_is_red_with_one_line(ran):
    assert "The file is damaged at line 1" in ran["torn"]["why"]


def names(path):
    cells = with_checks(read_notebook(path), SOLUTION)
    return [c.metadata.get("exercise") or c.metadata.number for c in cells]


def test_checks_stand_behind_their_answers_wherever_those_are(tmp_path):
    cells = [c for c in solved() if "check(" not in c["source"] or "import" in c["source"]]
    cells.append(cells.pop(place(cells, "memory-left")))
    order = names(save(tmp_path, cells))
    assert order[-2:] == [len(cells), "memory-left"]
    assert sorted(x for x in order if isinstance(x, str)) == sorted(CHECKS)


def test_an_answer_that_is_gone_is_checked_at_the_end(tmp_path):
    cells = solved()
    del cells[place(cells, "memory-left")]
    assert names(save(tmp_path, cells))[-1] == "memory-left"
