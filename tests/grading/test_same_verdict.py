"""`check` in the notebook and `grade` say the same of the same answer, in the same words."""

import contextlib
import io
import json
import linecache
import warnings
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from lstm_course.checks.diagnose import diagnose
from lstm_course.checks.reply import Handed
from lstm_course.exercises import WriteFunction, find
from lstm_course.grading.process.kernel import Kernel, Limits
from lstm_course.grading.process.session import KernelAttempt

ROOT = Path(__file__).parents[2]
LIMITS = Limits(seconds=60)
TUNING = json.loads((ROOT / "tests" / "data" / "answers.json").read_text(encoding="utf-8"))
FUNCTIONS = [a for a in TUNING if isinstance(find(a["exercise"]), WriteFunction)]
VALUES = [a for a in TUNING if not isinstance(find(a["exercise"]), WriteFunction)]
FUNCTION = "forget-gate"
H, D = 3, 4


def written(text):
    """Return answers to several exercises that ask for values; `@` stands for the name."""
    ids = ("memory-left", "half-life-bias", "pass-one-feature", "batch-first", "unstick-a-gate")
    names = {i: find(i).asks_for[0] for i in (*ids, "draw-the-wires")}
    return [{"exercise": i, "code": text.replace("@", name)} for i, name in names.items()]


WIRES = json.dumps([list(wire) for wire in find("draw-the-wires").right[0][0]])
SILENT = """class Silent:
    __hash__ = None
    def __eq__(self, other): return True
    def __repr__(self): raise RuntimeError
    def __array__(self, *options, **more): raise RuntimeError
"""
ODD = [
    *written("@ = None"),
    *written("@ = {1, 2, 3}"),
    *written("@ = {0.35}"),
    *written("@ = frozenset('abc')"),
    *written("@ = {'a': 1, 'b': 2}"),
    *written("@ = {1: 2}"),
    *written("@ = {}.items()"),
    *written("@ = zip([1, 2], [3, 4])"),
    *written("@ = range(3)"),
    *written("@ = (x for x in 'abc')"),
    *written("@ = map(float, '123')"),
    *written("@ = np.float32(0.35)"),
    *written("@ = [np.float64(0.35)]"),
    *written("@ = (np.int64(1), np.int64(32), np.int64(20))"),
    *written("@ = np.array([1, 32, 20], dtype=object)"),
    *written("@ = np.array(['a', None], dtype=object)"),
    *written("@ = np.array('d')"),
    *written("@ = np.str_(' D. ')"),
    *written("@ = ['d']"),
    *written("@ = b'd'"),
    *written("@ = 'd\\x1b[2J\\udc80'"),
    *written("@ = '(d)'"),
    *written("@ = 'x' * 100_000"),
    *written("@ = 3 + 4j"),
    *written("@ = np.array([1j, 2])"),
    *written("@ = True"),
    *written("@ = 10**400"),
    *written("@ = 10**30"),
    *written("from fractions import Fraction\n@ = Fraction(35, 100)"),
    *written("from decimal import Decimal\n@ = Decimal('0.35')"),
    *written("import datetime\n@ = datetime.date(2020, 1, 1)"),
    *written("@ = np.array(['2020'], dtype='datetime64')"),
    *written("@ = np.array([(1, 2.0)], dtype=[('a', int), ('b', float)])"),
    *written("@ = np.matrix([[1, 32, 20]])"),
    *written("@ = np.ma.array([1, 32, 20], mask=[0, 1, 0])"),
    *written("@ = np.array([])"),
    *written("@ = []"),
    *written("@ = [[1], [2, 3]]"),
    *written("@ = np.inf"),
    *written("@ = [-np.inf, np.inf, -np.inf]"),
    *written("@ = np.nan"),
    *written("@ = print"),
    *written("@ = lambda: 3"),
    *written("@ = int"),
    *written("@ = object()"),
    *written("@ = [object(), object()]"),
    *written("@ = []\n@.append(@)"),
    *written("@ = np.zeros((3, 3, 3))"),
    *written("@ = np.zeros(1_000_001)"),
    *written("@ = ['a'] * 2000"),
    *written(f"{SILENT}@ = Silent()"),
    *written(f"{SILENT}@ = [Silent()]"),
    {"exercise": "draw-the-wires", "code": f"wires = {{tuple(w) for w in {WIRES}}}"},
    {"exercise": "draw-the-wires", "code": f"wires = np.array({WIRES})"},
    {"exercise": "draw-the-wires", "code": f"wires = np.array({WIRES}, dtype=object)"},
    {"exercise": "draw-the-wires", "code": f"wires = [set(w) for w in {WIRES}]"},
    {"exercise": "draw-the-wires", "code": f"wires = dict({WIRES})"},
    {"exercise": "draw-the-wires", "code": f"wires = {WIRES}[3:]"},
    {"exercise": "count-products", "code": "products = {600, 102}"},
    {"exercise": "view-or-copy", "code": "changed = [2, 3]"},
    {"exercise": "count-weights", "code": "count = [640]"},
    {"exercise": "first-loss", "code": "first_loss = 3,43"},
    {"exercise": "project", "code": "W = b = W_y = b_y = seeds = baseline = None"},
    {"exercise": "project", "code": "W = b = W_y = b_y = seeds = baseline = [[1, 2], [3]]"},
    {"exercise": "project", "code": "W = b = W_y = b_y = seeds = baseline = np.float32([1, 2])"},
]  # fmt: skip
RETURNED = (
    "{1, 2}", "{'f': 1}", "{1: 2}", "np.array([None, 1.0], dtype=object)", "np.array(['a', 'b'])",
    "'text'", "[[1.0], [1.0, 2.0]]", "object()", "lambda: 3", "3j", "np.array([1j, 2])", "...",
    "[object()]", "(h_prev, object())", "range(3)", "np.float32(0.5)", "h_prev.no_such_thing",
    "np.zeros((0, 2))", "1 / 0", "int('\\x1b[2J')", "np.log(-1.0) + h_prev", "b'x'", "10**400",
)  # fmt: skip
ODD += [
    {"exercise": FUNCTION, "code": f"def forget_gate(h_prev, x_t, W_f, b_f): return {value}"}
    for value in RETURNED
]
ODD += [{"exercise": FUNCTION, "code": code} for code in ("forget_gate = 3", "forget_gate = ...")]


@cache
def given_cells(notebook):
    """Return the code that an exercise notebook gives: imports and helpers, no check."""
    cells = json.loads((ROOT / "exercises" / f"{notebook}.ipynb").read_text(encoding="utf-8"))
    kept = []
    for cell in cells["cells"]:
        role = cell["metadata"].get("lstm_course", {}).get("role", "")
        if cell["cell_type"] == "code" and role not in ("answer", "check"):
            kept.append("".join(cell["source"]))
    return kept


class Notebook:
    """What a learner's own notebook would hold: cells run in this process."""

    def __init__(self):
        self.names = {"__name__": "__main__"}

    def run(self, source):
        """Run a cell; return the name of its error."""
        file = f"<cell {hash(source)}>"
        linecache.cache[file] = (len(source), None, source.splitlines(True), file)
        with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                exec(compile(source, file, "exec"), self.names)
            except Exception as error:
                return type(error).__name__
        return ""


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """Return a function that gives the two outcomes of an answer, from `check` and `grade`.

    One notebook and one kernel see all answers in the same order.
    """
    notebook, ready = Notebook(), set()
    with Kernel(tmp_path_factory.mktemp("kernel"), LIMITS) as kernel:

        def run(source):
            kernel.allow()
            errors = notebook.run(source), kernel.run(source)["error"]
            assert errors[0] == errors[1], source

        def outcomes(answer, seed=0):
            exercise = find(answer["exercise"])
            if exercise.notebook not in ready:
                for cell in (*given_cells(exercise.notebook), "import numpy as np"):
                    run(cell)
                ready.add(exercise.notebook)
            run(answer["code"])
            if any(name not in notebook.names for name in exercise.asks_for):
                return None  # Python's own NameError in the notebook
            handed = Handed(tuple(notebook.names[name] for name in exercise.asks_for))
            attempts = handed, KernelAttempt(kernel, exercise.asks_for)
            return [diagnose(exercise, a, np.random.default_rng(seed)) for a in attempts]

        yield outcomes


def in_words(outcome):
    """Return all that a learner reads; the traceback names other files."""
    return replace(outcome, trace="")


@pytest.mark.parametrize("answers", [VALUES, FUNCTIONS, ODD], ids=["values", "functions", "odd"])
def test_notebook_and_grader_say_the_same(both, answers):
    differ = []
    for answer in answers:
        found = both(answer)
        if found and in_words(found[0]) != in_words(found[1]):
            differ.append(f"{answer['exercise']}\n{answer['code']}\n{found[0]!r}\n{found[1]!r}")
    assert not differ, "\n\n".join(differ)


# One number in a list is that number, whatever the answer's author thought of it
TAKEN = [("plural-nouns-only", "w = [5, 5, 0]\nb = [-7.5]")]


def test_values_of_the_tuning_set_are_judged_and_nine_of_ten_wrong_ones_are_named(both):
    named = []
    for answer in VALUES:
        if not (found := both(answer)):
            continue
        taken = (answer["exercise"], answer["code"].strip()) in TAKEN
        assert found[0].passed == (answer["kind"] == "right" or taken), f"{answer}\n{found[0]!r}"
        if not found[0].passed:
            named.append(found[0].named)
    assert sum(named) >= 0.9 * len(named) > 100
