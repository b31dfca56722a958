"""The house is one column: each wing imports only from wings above it.

Up to and with ``checks`` nothing asks the operating system for anything, so that this part
runs anywhere, a browser's Python included.
"""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "lstm_course"
ORDER = """
equations cell sequence gradcheck running_example guesses
tasks plots networks training widgets exercises checks
grading app
""".split()
ANYWHERE = ORDER[: ORDER.index("checks") + 1]
# What a browser's Python has: pictures, sliders, IPython's display
FRONT = {"numpy", "matplotlib", "IPython", "ipywidgets", "anywidget", "traitlets"}
THIRD_PARTY = {
    **dict.fromkeys(ANYWHERE, FRONT),
    **dict.fromkeys(
        "equations cell sequence gradcheck running_example guesses tasks".split(), {"numpy"}
    ),
    "plots": {"numpy", "matplotlib", "IPython"},
    "networks": {"numpy"},
    "training": {"numpy", "IPython", "ipywidgets", "threadpoolctl"},  # it does without the last
    "exercises": {"numpy"},
    "checks": {"numpy", "IPython"},
}
# Parts of the standard library that ask the operating system, or start something
SYSTEM = set(
    """
    concurrent ctypes fcntl multiprocessing os platform resource shutil signal socket subprocess
    tempfile webbrowser
    """.split()
)


def parts():
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        if name != "__init__":
            yield name, path


def imported(path):
    """Yield (level, module) for every import of a file, absolute ones with level 0."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            if node.module is None:
                yield from ((node.level, alias.name) for alias in node.names)
            else:
                yield node.level, node.module
        elif isinstance(node, ast.Import):
            yield from ((0, alias.name) for alias in node.names)


def own_imports(path):
    depth = len(path.relative_to(PACKAGE).parts)
    for level, module in imported(path):
        if level == depth:
            yield module.split(".")[0]
        elif level == 0 and module.startswith("lstm_course."):
            yield module.split(".")[1]


def tops(path):
    """Return the libraries that a file imports, the course itself left out."""
    return {module.split(".")[0] for level, module in imported(path) if level == 0} - {
        "lstm_course"
    }


def each_part(names=ORDER):
    chosen = [(name, path) for name, path in parts() if name in names]
    ids = [str(path.relative_to(PACKAGE).with_suffix("")) for _, path in chosen]
    return pytest.mark.parametrize("name, path", chosen, ids=ids)


def test_every_module_has_its_place():
    assert {name for name, _ in parts()} == set(ORDER)


@each_part()
def test_it_imports_only_from_above(name, path):
    below = set(ORDER[ORDER.index(name) + 1 :])
    assert below & set(own_imports(path)) - {"__version__"} == set()


@each_part(ANYWHERE)
def test_it_needs_only_the_libraries_that_it_may(name, path):
    assert tops(path) - sys.stdlib_module_names <= THIRD_PARTY[name]


@each_part(ANYWHERE)
def test_it_asks_the_operating_system_for_nothing(name, path):
    assert tops(path) & SYSTEM == set()


@each_part()
def test_no_module_repeats_the_name_of_its_folder(name, path):
    folder = path.parent.name
    assert folder == "lstm_course" or folder.rstrip("s") not in path.stem.split("_")


def test_every_wing_says_in_one_sentence_what_it_is_for():
    for wing in (path for path in PACKAGE.iterdir() if (path / "__init__.py").exists()):
        said = ast.get_docstring(ast.parse((wing / "__init__.py").read_text(encoding="utf-8")))
        assert said and said.split("\n\n")[0].count(".") <= 1, wing.name


def test_importing_the_course_imports_numpy_and_nothing_else():
    code = "import sys, lstm_course; print(*{m.split('.')[0] for m in sys.modules})"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(run.stdout.split()) & (FRONT | {"nbformat", "psutil", "rich"}) == {"numpy"}


def test_a_check_runs_without_what_only_the_grader_needs_and_starts_nothing():
    missing = "psutil nbformat nbval pytest rich junitparser jupyter_client zmq threadpoolctl"
    code = (
        "import sys, threading\n"
        f"sys.modules.update(dict.fromkeys({missing.split()!r}))\n"
        "import numpy as np\n"
        "from lstm_course import networks, plots, sigmoid, tasks, training, widgets\n"
        "from lstm_course.checks import check, hint\n"
        "gate = lambda h, x, W, b: sigmoid(np.concatenate([h, x], axis=-1) @ W + b)\n"
        "print(check('forget-gate', gate).status, threading.active_count())"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (run.stdout.strip(), run.stderr) == ("passed 1", "")
