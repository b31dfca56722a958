"""Each module of the package may import only from those above it."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "lstm_course"
ORDER = """
equations cell blas sequence gradcheck rnn variants convert running_example
tasks losses progress
palette figures plots curves history frameworks
training models probes results recipes
diagram play
widgets
exercises
grading workspace start_page lab_kernel lab cli
""".split()
THIRD_PARTY = {
    "equations": {"numpy"},
    "cell": {"numpy"},
    "blas": {"numpy", "threadpoolctl"},
    "sequence": {"numpy"},
    "gradcheck": {"numpy"},
    "tasks": {"numpy"},
    "diagram": {"numpy"},
    "plots": {"numpy", "matplotlib"},
    "curves": {"numpy", "matplotlib"},
    "exercises": {"numpy"},
}


def parts():
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        if name != "__init__":
            yield name, path


def imported(path):
    """Yield (level, module) for every import of a file, absolute ones with level 0."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            if node.module is None or (node.level and not node.module):
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


def test_every_module_has_its_place():
    assert {name for name, _ in parts()} == set(ORDER)


@pytest.mark.parametrize(
    "name, path", list(parts()), ids=lambda value: getattr(value, "stem", value)
)
def test_it_imports_only_from_above(name, path):
    below = set(ORDER[ORDER.index(name) + 1 :])
    assert below & set(own_imports(path)) - {"__version__"} == set()


@pytest.mark.parametrize(
    "name, path", list(parts()), ids=lambda value: getattr(value, "stem", value)
)
def test_it_needs_only_the_libraries_that_it_may(name, path):
    if name in THIRD_PARTY:
        tops = {module.split(".")[0] for level, module in imported(path) if level == 0}
        assert tops - sys.stdlib_module_names - {"lstm_course"} <= THIRD_PARTY[name]


def test_importing_the_course_imports_numpy_and_nothing_else():
    code = "import sys, lstm_course; print(*{m.split('.')[0] for m in sys.modules})"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {"matplotlib", "ipywidgets", "IPython", "anywidget", "nbformat", "PIL", "rich"}
    assert "numpy" in run.stdout.split()
    assert heavy & set(run.stdout.split()) == set()
