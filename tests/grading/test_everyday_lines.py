"""An everyday line in one notebook changes nothing for the others and costs only itself."""

import os
import sys
import sysconfig
import tempfile
import uuid
from pathlib import Path

import pytest
from learners import ANSWERS, IMPORTS, code, save, solved

from lstm_course.grading.process.kernel import Limits
from lstm_course.grading.process.landlock import restrict_changes
from lstm_course.grading.process.startup.sitecustomize import Guard, Kept
from lstm_course.grading.run import grade_notebook

FORGET = ANSWERS["forget-gate"]
NEW_PIP = "import subprocess, sys\nsubprocess.run([sys.executable, '-m', 'pip', {}], check=True)"


def grade(tmp_path, *first, seconds=30, **changes):
    """Grade a solved notebook that begins with some more cells."""
    cells = [code(IMPORTS), *map(code, first), *solved(**changes)[1:]]
    return grade_notebook(save(tmp_path, cells), Limits(seconds=seconds), seed=0)


def notes(tmp_path, line):
    """Return what is said of a cell; the answers pass, and its last line has run."""
    result = grade(tmp_path, f"{line}\nran = 1", "assert ran == 1")
    assert result.points == 7, result
    return result.notes


@pytest.fixture
def installed():
    """Return a file among the packages that everyone is graded with."""
    path = Path(sysconfig.get_path("purelib")) / f"probe_{uuid.uuid4().hex}.py"
    path.write_text("whole = True")
    yield path
    path.unlink()


@pytest.mark.parametrize(
    "line, named",
    [
        ("!pip install six==1.16", "pip install six==1.16"),
        ("!pip3 uninstall -y six", "pip3 uninstall -y six"),
        ("!conda install -y six", "conda install -y six"),
        ("!uv pip install six", "uv pip install six"),
        ("%pip install six==1.16", "pip install six==1.16"),
        ("%conda install six", "conda install six"),
        (NEW_PIP.format("'install', 'six'"), "pip install six"),
        ("import os\nos.system('pip install six')", "pip install six"),
    ],
)
def test_what_installs_is_not_run_and_said_in_one_line(tmp_path, line, named):
    said = f"Cell 2: `{named}` is not run while grading; nothing is installed or removed."
    assert notes(tmp_path, line) == (said,)


def test_pip_inside_python_is_an_import_that_fails(tmp_path):
    (said,) = notes(tmp_path, "import pip\npip.main(['install', 'six'])")
    assert "pip is not available while grading" in said


@pytest.mark.parametrize(
    "line",
    [
        "import os\nos.remove({path!r})",
        "import os\nos.rename({path!r}, 'mine.py')",
        "import pathlib\npathlib.Path({path!r}).write_text('')",
        "import shutil, os\nshutil.rmtree(os.path.dirname({path!r}))",
        pytest.param(
            "import os\nos.symlink({path!r}, 'link')\nopen('link', 'w')",
            marks=pytest.mark.skipif(os.name == "nt", reason="a link may need more rights"),
        ),
    ],
)
def test_a_line_that_would_change_a_package_is_refused_and_the_next_one_runs(
    tmp_path, installed, line
):
    (said,) = notes(tmp_path, line.format(path=str(installed)))
    assert "PermissionError" in said and "stays as it is while grading" in said
    assert installed.read_text() == "whole = True"


def test_a_python_that_a_cell_starts_changes_no_package_either(tmp_path, installed):
    remove = f"import os; os.remove({str(installed)!r})"
    line = f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {remove!r}])"
    (said,) = notes(tmp_path, line)
    assert said.startswith("Cell 2:") and "stays as it is" in said
    assert installed.exists()


@pytest.fixture(scope="session")
def linux_refuses():
    """Skip where the system has no Landlock; asked in a process of its own."""
    import multiprocessing

    with multiprocessing.get_context("spawn").Pool(1) as pool:
        if not pool.apply(restrict_changes, (["/"],)):
            pytest.skip("this system cannot refuse changes by programs")


@pytest.mark.parametrize(
    "line", ["!rm -f {}", "!echo x > {}", '!{{sys.executable}} -I -c \'open("{}", "w")\'']
)
def test_on_linux_no_program_changes_a_package(tmp_path, installed, linux_refuses, line):
    assert notes(tmp_path, "import sys\n" + line.format(installed)) == ()
    assert installed.read_text() == "whole = True"


ORDINARY = {
    "own files": "import os\nos.makedirs('a/b')\nopen('a/b/c', 'w').close()\nos.remove('a/b/c')",
    "own folders": "import os, shutil\nos.makedirs('a/b')\nshutil.rmtree('a')",
    "home": "import os\nopen(os.path.expanduser('~/notes.txt'), 'w').close()",
    "temporary": "import tempfile\nwith tempfile.TemporaryFile() as file: file.write(b'x')",
    "system's temporary": (
        "import os\nplace = os.path.join({temporary!r}, 'x')\n"
        "open(place, 'w').close()\nos.remove(place)"
    ),
    "nowhere": "import os\nopen(os.devnull, 'w').write('x')",
    "existing folder": "import os\nos.makedirs(os.path.dirname(os.__file__), exist_ok=True)",
    "own module": "open('mine.py', 'w').write('y = 2')\nfrom mine import y",
    "arrays": "np.savez('mine.npz', a=1)\nwith np.load('mine.npz') as file: file['a']",
}


@pytest.mark.parametrize("name", ORDINARY)
def test_what_a_notebook_may_do_it_does(tmp_path, name):
    kept = Path(sys.prefix).resolve().is_relative_to(Path(tempfile.gettempdir()).resolve())
    if kept and name == "system's temporary":
        pytest.skip("the packages lie in the system's temporary folder, which is kept whole then")
    line = ORDINARY[name].format(temporary=str(tmp_path))
    assert notes(tmp_path, line) == ()


def guard(tmp_path):
    """Return a guard over folders of a made-up system, and what was refused."""
    place = tmp_path / "tmp" / "lstm-course-1234"
    for folder in (place / "answers", tmp_path / "tmp" / "venv", tmp_path / "home"):
        folder.mkdir(parents=True)
    told = []
    kept = [str(tmp_path / "tmp" / "venv")]
    return Guard(str(place), str(tmp_path / "tmp"), kept, told.append), told


@pytest.mark.parametrize(
    "path, allowed",
    [
        ("tmp/lstm-course-1234/answers/x", True),
        ("tmp/lstm-course-5678/answers/x", False),  # another learner's copy
        ("tmp/lstm-course-1234", True),
        ("tmp/other", True),
        ("tmp", False),
        ("tmp/venv/x", False),
        ("tmp/lstm-course-1234/answers/../../venv/x", False),
        ("home/x", False),
    ],
)
def test_the_guard_tells_a_notebooks_own_folders_from_others(tmp_path, path, allowed):
    see, told = guard(tmp_path)
    path = str(tmp_path / path)
    events = [("open", (path, "w", 0)), ("os.mkdir", (path, 0o777, -1)), ("os.remove", (path, -1))]
    for event in events:
        if allowed:
            see(*event)
        else:
            with pytest.raises(Kept, match="stays as it is while grading"):
                see(*event)
    see("open", (path, "r", 0))
    assert len(told) == (0 if allowed else 3)


MISSING = "import no_such_package as nsp"


@pytest.mark.parametrize(
    "cell, words",
    [
        (f"{MISSING}\nnsp.set_theme()", "No module named 'no_such_package'"),
        (f"{MISSING}; nsp.set_theme()", "No module named 'no_such_package'"),
        (
            "from google.colab import drive\ndrive.mount('/content/drive')",
            "No module named 'google",
        ),
        ("from math import no_such_name", "cannot import name 'no_such_name'"),
        ("%tensorflow_version 2.x", "`%tensorflow_version` not found"),
        ("%load_ext no_such_extension", "no_such_extension"),
    ],
)
def test_a_failing_import_costs_only_what_needs_it(tmp_path, cell, words):
    result = grade(tmp_path, f"{cell}\nran = 1", forget_gate=f"{cell}\nassert ran == 1\n{FORGET}")
    assert result.points == 7, result
    assert len(result.notes) == 2
    for note in result.notes:
        assert words in note and note.endswith("What does not need it was run all the same.")


@pytest.mark.parametrize("name", ["widget", "notebook", "inline", "qt"])
def test_any_way_of_showing_pictures_is_accepted(tmp_path, name):
    assert notes(tmp_path, f"%matplotlib {name}") == ()


def outcome(result):
    assert result.points == 5
    return next(o for o in result.outcomes if o.exercise_id == "forget-gate")


def test_a_name_that_is_missing_later_is_told_with_the_import_that_failed(tmp_path):
    answer = "def forget_gate(h_prev, x_t, W_f, b_f):\n    return nsp.sigmoid(h_prev)"
    cause = outcome(grade(tmp_path, MISSING, forget_gate=answer)).cause
    assert (
        "`nsp` is not defined (NameError), because of: No module named 'no_such_package'" in cause
    )


def test_an_answer_that_cannot_be_defined_is_told_with_the_import_that_failed(tmp_path):
    answer = f"@nsp.compile\n{FORGET}"
    found = outcome(grade(tmp_path, MISSING, forget_gate=answer))
    assert found.status == "error"
    assert "because of: No module named 'no_such_package'" in found.cause


def test_a_value_that_stays_open_is_told_with_the_import_that_failed(tmp_path):
    result = grade(tmp_path, MISSING, memory_left="left = ...\nleft = nsp.power(0.9, 10)")
    found = next(o for o in result.outcomes if o.exercise_id == "memory-left")
    assert "because of: No module named 'no_such_package'" in found.cause


def test_a_cell_that_runs_twice_is_noted_once(tmp_path):
    answer = f"{MISSING}\n{FORGET}".replace("sigmoid", "squash")
    cells = [
        code(IMPORTS),
        *solved(forget_gate=answer)[1:],
        code("from lstm_course import sigmoid as squash"),
    ]
    result = grade_notebook(save(tmp_path, cells), Limits(), seed=0)
    assert result.points == 7 and len(result.notes) == 1, result


def test_an_error_that_no_import_explains_ends_its_cell(tmp_path):
    result = grade(tmp_path, f"{MISSING}\n1 / 0\nran = 1", "assert ran == 1")
    assert result.points == 7
    assert any("ZeroDivisionError" in note for note in result.notes)
    assert any("NameError: name 'ran'" in note for note in result.notes)


def test_the_line_of_a_failing_import_is_the_cells_own(tmp_path):
    (tmp_path / "mine.py").write_text("\n" * 30 + "import no_such_package")
    (note,) = grade(tmp_path, "x = 1\nimport mine").notes
    assert "ModuleNotFoundError in line 2" in note
