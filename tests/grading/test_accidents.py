"""Whatever happens to one exercise, it gets one clear line and the others are graded."""

import json
import os
from concurrent.futures import ThreadPoolExecutor

import pytest
from learners import (
    ANSWERS,
    CHECKS,
    IMPORTS,
    NAME,
    POINTS,
    STUBS,
    as_text,
    code,
    conflict,
    notebook,
    place,
    save,
    solved,
    version_3,
)

from lstm_course.checks.outcome import NOT_ATTEMPTED
from lstm_course.grading.process.folder import copy_of
from lstm_course.grading.process.kernel import Limits
from lstm_course.grading.run import grade_notebook

LIMITS = Limits(seconds=30, memory=600_000_000, output=2_000_000, processes=5)
IMPATIENT = Limits(seconds=2.5, memory=600_000_000, output=2_000_000, processes=5)
FORGET = ANSWERS["forget-gate"]


def gate(body):
    return f"import os, sys\ndef forget_gate(h_prev, x_t, W_f, b_f):\n    {body}"


def grade(tmp_path, content, limits=LIMITS, **kwargs):
    result = grade_notebook(save(tmp_path, content, **kwargs), limits, seed=0)
    assert result.max_points == 7
    assert [o.exercise_id for o in result.outcomes] == list(POINTS)
    return result


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """Return a function that gives one case's result; a table's cases are graded two at a time."""
    started = {}

    with ThreadPoolExecutor(2) as pool:

        def result_of(cases, name):
            if id(cases) not in started:
                started[id(cases)] = {
                    key: pool.submit(grade, tmp_path_factory.mktemp("case"), content)
                    for key, content in cases.items()
                }
            return started[id(cases)][name].result()

        yield result_of


def outcome_of(result, exercise="forget-gate"):
    return next(o for o in result.outcomes if o.exercise_id == exercise)


def assert_only(result, status, words, exercise="forget-gate"):
    """Assert that one exercise has this outcome in one line, and all others passed."""
    for outcome in result.outcomes:
        assert outcome.passed == (outcome.exercise_id != exercise), repr(outcome)
    outcome = outcome_of(result, exercise)
    assert (outcome.status, outcome.points) == (status, 0)
    assert words in outcome.cause
    assert "\n" not in outcome.cause and len(outcome.cause) < 200


def assert_all_pass(result):
    for outcome in result.outcomes:
        assert outcome.passed, repr(outcome)
    assert result.points == 7


HOG = "kept = []\n    while True: kept.append(bytearray(20_000_000))"
CHILDREN = (
    "import subprocess, time\n"
    "    nap = [sys.executable, '-c', 'import time; time.sleep(60)']\n"
    "    kept = [subprocess.Popen(nap) for _ in range(12)]\n    time.sleep(60)"
)
KILLED = "signal SIGKILL" if os.name == "posix" else "exit status 9"
FORKS = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork a process")
IN_THE_FUNCTION = {
    "os._exit": (gate("os._exit(0)"), "stopped", "exit status 0"),
    "sys.exit": (gate("sys.exit()"), "error", "SystemExit"),
    "killed": (gate("os.kill(os.getpid(), 9)"), "stopped", KILLED),
    "hog": (gate(HOG), "too much memory", "emory"),
    "one large array": (gate("return np.ones(10**9)"), "too much memory", "emory"),
    "flood": (gate("while True: print('x' * 10_000)"), "too much output", "printed more than 2 MB"),
    "input": (gate("return input('f? ')"), "error", "input() waits for someone to type"),
    "children": (gate(CHILDREN), "too many processes", "processes"),
    "recursion": (gate("return forget_gate(h_prev, x_t, W_f, b_f)"), "error", "RecursionError"),
    "control codes": (gate("raise ValueError('\\x1b[2J \\udc80 x')"), "error", "?[2J ? x"),
    "interrupt": (gate("raise KeyboardInterrupt"), "error", "KeyboardInterrupt"),
    "huge result": (gate("return np.zeros((3000, 3000))"), "wrong shape", "(3000, 3000)"),
    "own error": (
        "class Odd(Exception):\n    def __str__(self): raise ValueError\n"
        + gate("raise Odd"),
        "error",
        "Odd",
    ),
    "returns itself": (gate("return forget_gate"), "wrong type", "function"),
    "returns a fake array": (
        "class Fake:\n    shape = (2,)\n    def __eq__(self, other): return True\n"
        "    def __array__(self, *a, **k): raise TypeError\n" + gate("return Fake()"),
        "wrong type",
        "Fake",
    ),
}  # fmt: skip
IN_THE_CELL = {
    "os._exit": (f"import os\nos._exit(3)\n{FORGET}", "stopped", "exit status 3"),
    "sys.exit": (f"import sys\nsys.exit()\n{FORGET}", "error", "SystemExit"),
    "input": (f"name = input()\n{FORGET}", "error", "input() waits"),
    "syntax": (FORGET.replace("):", ")"), "syntax error", "in line 1"),
    "indent": (FORGET.replace("    return", "  return"), "syntax error", "in line 4"),
    "null": (FORGET + "\n\0", "syntax error", "in line 5: source code string cannot contain null"),
    "raises": (f"1 / 0\n{FORGET}", "error", "ZeroDivisionError in line 1"),
    "fork and die": (
        "import os, time\nif os.fork() == 0: 1 / 0\ntime.sleep(0.2)\n1 / 0",
        "error",
        "ZeroDivisionError in line 4",
    ),
    "flood": ("while True: print('x' * 10_000)", "too much output", "printed more than"),
}


def forking_marked(cases):
    """Return the names; those of cases that fork are skipped where nothing can."""
    return [pytest.param(name, marks=FORKS) if "fork" in name else name for name in cases]


WILD_FUNCTIONS = {name: solved(forget_gate=row[0]) for name, row in IN_THE_FUNCTION.items()}
WILD_CELLS = {name: solved(forget_gate=row[0]) for name, row in IN_THE_CELL.items()}


@pytest.mark.parametrize("name", IN_THE_FUNCTION)
def test_a_function_that_goes_wild_costs_its_own_points_only(graded, name):
    _, status, words = IN_THE_FUNCTION[name]
    assert_only(graded(WILD_FUNCTIONS, name), status, words)


@pytest.mark.parametrize("name", forking_marked(IN_THE_CELL))
def test_a_cell_that_goes_wild_costs_its_own_points_only(graded, name):
    _, status, words = IN_THE_CELL[name]
    assert_only(graded(WILD_CELLS, name), status, words)


def test_an_endless_loop_is_stopped(tmp_path):
    result = grade(tmp_path, solved(forget_gate=gate("while True: pass")), IMPATIENT)
    assert_only(result, "out of time", "more than 2.5 seconds")


def test_an_endless_loop_between_the_answers_is_stopped_and_named(tmp_path):
    cells = solved()
    cells.insert(1, code("while True: pass"))
    result = grade(tmp_path, cells, IMPATIENT)
    assert_all_pass(result)
    assert any("Cell 2" in note and "2.5 seconds" in note for note in result.notes)


def test_a_cell_that_raises_before_the_answer_is_named_and_passed_over(tmp_path):
    cells = solved()
    cells.insert(1, code("print(no_such_name)"))
    result = grade(tmp_path, cells)
    assert_all_pass(result)
    assert any(note.startswith("Cell 2 raises NameError") for note in result.notes)


def without(cells, exercise, role):
    del cells[place(cells, exercise, role)]
    return cells


def moved(cells, exercise, role, to):
    cells.insert(to, cells.pop(place(cells, exercise, role)))
    return cells


def split(cells):
    """Split the answer as JupyterLab does: both pieces carry the metadata."""
    at = place(cells, "half-life-bias")
    first, second = cells[at]["source"].split("\n")
    cells[at : at + 1] = [code(first, "half-life-bias"), code(second, "half-life-bias")]
    return cells


def merged(cells):
    """Merge two answers and a check into one cell, which keeps the first one's metadata."""
    a, b = place(cells, "forget-gate"), place(cells, "fading-memory")
    check = CHECKS["forget-gate"]
    cells[a]["source"] = f"{cells[a]['source']}\n\n{check}\n\n{cells[b]['source']}"
    del cells[b]
    return cells


def check_first(cells):
    """Merge an answer into its check cell: the check's metadata is what remains."""
    a = place(cells, "forget-gate")
    cells[a + 1]["source"] = f"{cells[a]['source']}\n{cells[a + 1]['source']}"
    del cells[a]
    return cells


def copied(cells, first, second):
    at = place(cells, "forget-gate")
    cells[at : at + 1] = [code(first, "forget-gate"), code(second, "forget-gate")]
    return cells


def no_metadata(cells):
    return [{**cell, "metadata": {}} for cell in cells]


def edited_check(cells):
    cells[place(cells, "forget-gate", "check")]["source"] = "check = lambda *a: 1 / 0\ncheck()"
    return cells


def helper_below(cells):
    """Define a helper of one's own further down than the function that uses it."""
    source = FORGET.replace("sigmoid", "squash")
    cells[place(cells, "forget-gate")]["source"] = source
    return [*cells, code("def squash(a):\n    return 1 / (1 + np.exp(-a))")]


REARRANGED = {
    "check deleted": without(solved(), "forget-gate", "check"),
    "check edited": edited_check(solved()),
    "check moved up": moved(solved(), "forget-gate", "check", 0),
    "answer moved above its imports": moved(solved(), "half-life-bias", "answer", 0),
    "answer moved to the end": moved(solved(), "forget-gate", "answer", 12),
    "answer split": split(solved()),
    "answers merged": merged(solved()),
    "answer merged into its check": check_first(solved()),
    "copy right, then stub": copied(solved(), FORGET, STUBS["forget-gate"]),
    "copy stub, then right": copied(solved(), STUBS["forget-gate"], FORGET),
    "copy broken, then right": copied(solved(), "def forget_gate(:", FORGET),
    "metadata lost": no_metadata(solved()),
    "a fork that comes back": solved(forget_gate=f"import os\nchild = os.fork()\n{FORGET}"),
    "helper in another cell": helper_below(solved()),
    "magics": solved(forget_gate=f"%%time\n{FORGET}"),
    "written in a new cell": [
        *solved(forget_gate=STUBS["forget-gate"]), code(FORGET)
    ],
    "answer imported by a line of one's own": solved(
        forget_gate=FORGET.replace("np.", "numpy.").replace("def", "import numpy\ndef", 1)
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", forking_marked(REARRANGED))
def test_cells_may_be_moved_copied_split_and_merged(graded, name):
    assert_all_pass(graded(REARRANGED, name))


def test_a_deleted_answer_cell_does_not_shrink_the_maximum(tmp_path):
    result = grade(tmp_path, without(solved(), "forget-gate", "answer"))
    assert_only(result, NOT_ATTEMPTED, "There is no cell with forget_gate.")


def test_stubs_are_not_attempted(tmp_path):
    changes = {key.replace("-", "_"): value for key, value in STUBS.items()}
    result = grade(tmp_path, solved(**changes))
    assert {outcome.status for outcome in result.outcomes} == {NOT_ATTEMPTED}


MEND = as_text(solved())
FILES = {
    "wrong kernel name": as_text(solved(), kernelspec={"name": "julia-1.9", "language": "julia"}),
    "notebook format 3": json.dumps(version_3(solved())),
    "byte order mark": b"\xef\xbb\xbf" + MEND.encode(),
    "two byte order marks": b"\xef\xbb\xbf" * 2 + MEND.encode(),
    "UTF-16": MEND.encode("utf-16"),
    "UTF-16 without its mark": MEND.encode("utf-16-be"),
    "UTF-32": MEND.encode("utf-32"),
    "Latin-1": MEND.replace("Return f_t.", "Größe: f_t").encode("latin-1"),
    "100 MB of output": as_text(
        [*solved(), {**code("1"), "outputs": [{"output_type": "stream", "text": "x" * 10**8}]}]
    ),
    "cells of other kinds": json.dumps(
        {**notebook(solved()), "cells": [None, 3, {}, *notebook(solved())["cells"]]}
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_an_odd_file_is_graded_in_full(graded, name):
    assert_all_pass(graded(FILES, name))


UNREADABLE = {
    "empty": (b"", "The file is empty"),
    "spaces": (b"\n \n", "The file is empty"),
    "no JSON": (b"hello", "The file is damaged at line 1"),
    "another JSON": (b'{"a": 1}', "it has no cells"),
    "a list": (b"[1, 2]", "it has no cells"),
    "cut off early": (MEND[:30].encode(), "no complete JSON"),
    "zeros": (b"\0" * 4096, "damaged"),
    "folder": (None, "It is no file"),
    "nested": (b"[" * 100_000, "damaged"),
    "web page": (b"<!DOCTYPE html><html></html>", "a web page, not a notebook"),
    "archive": (b"PK\x03\x04" + b"\0" * 30, "a ZIP archive, not a notebook"),
    "half a merge": (b"<<<<<<< HEAD\n{", "merge-conflict markers"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_an_unreadable_file_says_why_and_keeps_the_maximum(tmp_path, name):
    content, words = UNREADABLE[name]
    if content is None:
        (tmp_path / f"{NAME}.ipynb").mkdir()
        result = grade_notebook(tmp_path / f"{NAME}.ipynb", LIMITS)
        assert result.max_points == 7
    else:
        result = grade(tmp_path, content)
    for outcome in result.outcomes:
        assert (outcome.status, outcome.points) == ("damaged file", 0)
        assert words in outcome.cause and "\n" not in outcome.cause
    assert len(result.notes) == 1 and words in result.notes[0]


def test_of_a_half_written_file_the_whole_cells_are_graded(tmp_path):
    cut = MEND.index("def fade") + 30
    result = grade(tmp_path, MEND[:cut])
    assert_only(result, "damaged file", "no complete JSON", "fading-memory")


def test_a_merge_conflict_costs_the_answer_it_stands_in(tmp_path):
    text = conflict(MEND, "left = 0.9**10", "left = 0.35")
    result = grade(tmp_path, text)
    assert_only(result, "merge conflict", "Settle them", "memory-left")
    assert any("first at line" in note for note in result.notes)


def test_a_merge_conflict_outside_the_answers_costs_nothing(tmp_path):
    assert_all_pass(grade(tmp_path, conflict(MEND, "**memory-left**", "**memory left**")))


def test_conflict_markers_in_a_cell_are_called_that(tmp_path):
    torn = f"<<<<<<< HEAD\n{FORGET}\n=======\nforget_gate = 1\n>>>>>>> upstream/main"
    result = grade(tmp_path, solved(forget_gate=torn))
    assert_only(result, "merge conflict", "Settle them")
    half = grade(tmp_path, solved(forget_gate=f"{FORGET}\n>>>>>>> upstream/main\n"))
    assert_only(half, "merge conflict", "Settle them")


def test_conflict_markers_outside_the_answers_cost_nothing_and_are_named(tmp_path):
    cells = solved()
    cells[0]["source"] = f"<<<<<<< HEAD\n{IMPORTS}\n=======\nimport numpy\n>>>>>>> theirs"
    result = grade(tmp_path, cells)
    assert_all_pass(result)
    assert result.notes == ("Cell 1 has merge-conflict markers. Settle them and save.",)


def test_the_cells_before_half_a_merge_are_graded(tmp_path):
    result = grade(tmp_path, MEND.replace("def fade", "\n<<<<<<< HEAD\n", 1))
    assert_only(result, "damaged file", "merge-conflict markers", "fading-memory")


@pytest.mark.parametrize("kind", ["markdown", "raw"])
@pytest.mark.parametrize("marked", [True, False])
@pytest.mark.parametrize("fence", ["{}", "```python\n{}\n```"])
def test_an_answer_that_was_turned_into_text_is_found(tmp_path, kind, marked, fence):
    cells = solved()
    at = place(cells, "forget-gate")
    mark = cells[at]["metadata"] if marked else {}
    cells[at] = {"cell_type": kind, "source": fence.format(FORGET), "metadata": mark, "id": ""}
    result = grade(tmp_path, cells)
    assert_all_pass(result)
    assert f"is a {kind} cell; it was run as code" in result.notes[0]


def test_text_with_code_in_it_is_no_answer_where_there_is_one(tmp_path):
    cells = solved(forget_gate=ANSWERS["forget-gate"].replace("[h_prev, x_t]", "[x_t, h_prev]"))
    text = {"cell_type": "markdown", "source": FORGET, "metadata": {}, "id": ""}
    result = grade(tmp_path, [*cells, text])
    assert_only(result, "wrong values", "x_t comes before h_prev")
    assert result.notes == ()


TAMPERING = {
    "everything is close": "np.allclose = np.array_equal = np.isclose = lambda *a, **k: True",
    "broken numpy": "np.array = np.asarray = np.concatenate = np.exp = np.log = None",
    "no more code": (
        "def skip(lines):\n    return ['pass\\n']\n"
        "get_ipython().input_transformers_cleanup.append(skip)"
    ),
    "other transformer": "get_ipython().input_transformers_post.append(lambda lines: [])",
    "ast transformer": (
        "import ast\nclass Skip(ast.NodeTransformer):\n"
        "    def visit_FunctionDef(self, node):\n        return ast.Pass()\n"
        "get_ipython().ast_transformers.append(Skip())"
    ),
    "grading replaced": (
        "import lstm_course.checks.reply as r\n"
        "r.call_once = r.call_all = lambda *a: r.Reply(value=np.array([0.27, 0.88]))"
    ),
    "closed output": "import sys\nsys.stdout.close(); sys.stderr.close()",
    "stolen output": "import sys\nsys.stdout = sys.stderr = None",
}


SWAPPED = FORGET.replace("[h_prev, x_t]", "[x_t, h_prev]")
TAMPERED = {
    name: [code(IMPORTS), code(trick), *solved(forget_gate=SWAPPED)]
    for name, trick in TAMPERING.items()
}


@pytest.mark.parametrize("name", TAMPERING)
def test_tampering_does_not_change_any_points(graded, name):
    assert_only(graded(TAMPERED, name), "wrong values", "x_t comes before h_prev")


def test_replaced_numpy_functions_are_put_back_and_named(tmp_path):
    cells = solved()
    cells.insert(1, code("np.concatenate = print"))
    result = grade(tmp_path, cells)
    assert_all_pass(result)
    assert "Cell 2 replaces np.concatenate; the grader put it back." in result.notes


def test_the_answers_cannot_be_imported(tmp_path):
    peek = (
        "from lstm_course.exercises import find\n"
        "forget_gate = lambda *a: find('forget-gate').answer(*a)"
    )
    result = grade(tmp_path, solved(forget_gate=peek))
    assert_only(result, "error", "not available while grading")


@pytest.mark.parametrize(
    "answer",
    [
        "from lstm_course import forget_gate",
        "import lstm_course\nforget_gate = lambda *a: lstm_course.forget_gate(*a)",
        "import functools, lstm_course\nforget_gate = functools.partial(lstm_course.forget_gate)",
    ],
)
def test_the_course_function_is_not_an_answer(tmp_path, answer):
    assert_only(grade(tmp_path, solved(forget_gate=answer)), "not your own", "the course's own")


def test_the_learners_folder_is_left_alone(tmp_path):
    (tmp_path / "numbers.txt").write_text("0.5")
    wipe = "import os\nfor name in os.listdir(): os.remove(name)\nopen('new.txt', 'w').write('x')"
    cells = [*solved(), code("print(open('numbers.txt').read())"), code(wipe)]
    path = save(tmp_path, cells)
    before = path.read_bytes()
    result = grade_notebook(path, LIMITS, seed=0)
    assert_all_pass(result)
    assert result.notes == ()
    assert sorted(p.name for p in tmp_path.iterdir()) == [path.name, "numbers.txt"]
    assert path.read_bytes() == before


def test_the_folder_is_copied_without_notebooks_links_and_what_is_too_large(tmp_path, monkeypatch):
    folder = tmp_path / "theirs"
    (folder / "data").mkdir(parents=True)
    (folder / "data" / "small.txt").write_text("x" * 100)
    (folder / "data" / "zlarge.txt").write_text("x" * 10_000)
    (folder / ".git").mkdir()
    if os.name == "posix":  # elsewhere a link may need rights that a learner lacks
        (folder / "link").symlink_to(tmp_path)
    save(folder, [])
    monkeypatch.setattr("lstm_course.grading.process.folder.AT_MOST", 105_000)
    with copy_of(folder) as copied:
        found = sorted(p.relative_to(copied).as_posix() for p in copied.rglob("*"))
    assert found == ["data", "data/small.txt"]
    assert not copied.exists()


def test_secrets_and_the_rest_of_the_course_process_stay_outside(tmp_path, monkeypatch):
    monkeypatch.setenv("GITHUB_TOKEN", "hidden")
    look = "import os\nif 'GITHUB_TOKEN' in os.environ: raise ValueError('seen')"
    assert grade(tmp_path, [*solved(), code(look)]).notes == ()


def test_another_course_version_is_said(tmp_path):
    content = notebook(solved())
    content["metadata"]["lstm_course"]["version"] = "0.0.1"
    notes = grade(tmp_path, content).notes
    assert any("version 0.0.1" in note and "lstm-course update" in note for note in notes)


def test_a_failure_of_the_grader_is_never_called_wrong(tmp_path, monkeypatch):
    def broken(exercise, attempt, rng):
        if exercise.id == "forget-gate":
            raise RuntimeError("a bug of ours")
        return real(exercise, attempt, rng)

    from lstm_course.grading import run

    real = run.diagnose
    monkeypatch.setattr(run, "diagnose", broken)
    result = grade(tmp_path, solved())
    assert result.grader_failed
    assert_only(result, "not judged", "a bug of ours")


def test_an_imports_cell_that_is_gone_is_said(tmp_path):
    result = grade(tmp_path, solved()[1:])
    assert "NameError" in outcome_of(result).cause
    assert outcome_of(result, "memory-left").passed
    assert IMPORTS.startswith("import numpy")
