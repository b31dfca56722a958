"""tools/build.py: one source for every notebook, and nothing that a person wrote is lost."""

import json
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from lstm_course.exercises import find
from lstm_course.grading.notebooks.templates import assigned_names, unsolved
from tools.build import main
from tools.compare import Target, serialize, surplus, without_outputs
from tools.links import Course
from tools.notebooks import BuildError, exercise_line, fingerprint, is_untouched, make, read_source

LESSON = """# 04 · Choose what to forget

Text.

```{code-cell} ipython3
print(1 + 1)
```
"""
EXERCISE = """# Exercise 04 · Choose what to forget

{{ forget-gate }}

```{code-cell} ipython3
import numpy as np

from lstm_course import sigmoid
from lstm_course.checks import check
```

```{code-cell} ipython3
:answer: forget-gate
def forget_gate(h_prev, x_t, W_f, b_f):
    ### BEGIN SOLUTION
    z_t = np.concatenate([h_prev, x_t], axis=-1)
    return sigmoid(z_t @ W_f + b_f)
    ### END SOLUTION
```

```{code-cell} ipython3
:check: forget-gate
check("forget-gate", forget_gate)
```
"""
NAME = "04-forget-gate"


@pytest.fixture
def course(tmp_path):
    """Return a course of one lesson and one exercise, not yet built."""
    for folder, text in (("lessons", LESSON), ("exercises", EXERCISE)):
        (tmp_path / "source" / folder).mkdir(parents=True)
        (tmp_path / "source" / folder / f"{NAME}.md").write_text(text, encoding="utf-8")
    return tmp_path


def source_of(text, tmp_path):
    path = tmp_path / "source.md"
    path.write_text(text, encoding="utf-8")
    return read_source(path)


def write(course, kind, notebook=None):
    """Put a notebook on disk as a build would, without running it."""
    target = Target(NAME, kind, course)
    notebook = notebook or target.expected(Course.read(course / "source"))
    target.path.parent.mkdir(exist_ok=True)
    target.path.write_text(serialize(notebook), encoding="utf-8")
    return target.path


def read(path):
    return nbformat.read(path, as_version=4)


# From a solved cell to a template


def test_a_solution_in_a_function_becomes_a_stub_that_raises_when_called():
    source = "def f(x):\n    '''Doc.'''\n    ### BEGIN SOLUTION\n    return x\n    ### END SOLUTION"
    stub = "def f(x):\n    '''Doc.'''\n    # YOUR CODE HERE\n    raise NotImplementedError"
    assert unsolved(source) == stub


def test_a_stub_keeps_the_lines_before_and_after_the_solution():
    lines = ["def f(x):", "    a = 1", "    ### BEGIN SOLUTION", "    b = 2"]
    source = "\n".join([*lines, "    ### END SOLUTION", "    return b"])
    assert unsolved(source).splitlines()[1] == "    a = 1"
    assert unsolved(source).splitlines()[-1] == "    return b"


def test_a_solution_at_the_margin_hands_out_the_names_asked_for():
    source = "### BEGIN SOLUTION\nf = 0.9\nb_f, W_f = f, 2\n### END SOLUTION\nprint(b_f)"
    assert unsolved(source, ("b_f",)) == "# YOUR CODE HERE\nb_f = ...\nprint(b_f)"
    assert unsolved(source) == "# YOUR CODE HERE\nf = ...\nb_f = ...\nW_f = ...\nprint(b_f)"


def test_names_are_those_assigned_at_the_top_level():
    code = "a = 1\nb: int = 2\n(c, [d, *e]) = x\nfor i in y:\n    pass\nz[0] = 1\na = 3"
    assert assigned_names(code) == ["a", "b", "c", "d", "e", "i"]


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("a = 1", "needs ### BEGIN SOLUTION"),
        ("### BEGIN SOLUTION\na = 1", "do not pair up"),
        ("### END SOLUTION\n### BEGIN SOLUTION", "do not pair up"),
        ("### BEGIN SOLUTION\nprint(1)\n### END SOLUTION", "must assign a name"),
        ("### BEGIN SOLUTION\ndef f(): pass\n### END SOLUTION", "put the markers inside"),
        ("### BEGIN SOLUTION\na =\n### END SOLUTION", "is not Python"),
    ],
)
def test_a_faulty_answer_cell_is_refused(source, message):
    with pytest.raises(ValueError, match=message):
        unsolved(source)


# From a source to notebooks


def test_the_exercise_has_a_stub_and_the_solution_keeps_its_markers(tmp_path):
    source = source_of(EXERCISE, tmp_path)
    exercise, solution = make(source, NAME, "exercise"), make(source, NAME, "solution")
    assert "### BEGIN SOLUTION" in solution.cells[2].source
    assert exercise.cells[2].source.endswith("# YOUR CODE HERE\n    raise NotImplementedError")


def test_a_token_becomes_the_line_with_points_and_minutes(tmp_path):
    made = make(source_of(EXERCISE, tmp_path), NAME, "exercise")
    assert "**forget-gate** · 2 points · about 5 minutes" in made.cells[0].source


def test_a_limit_of_an_exercises_own_stands_in_its_line():
    assert exercise_line(find("project")).endswith(" · may run for 3 minutes")
    assert "may run" not in exercise_line(find("forget-gate"))


def test_answer_and_check_carry_the_keys_of_the_course_and_of_nbgrader(tmp_path):
    answer, check = make(source_of(EXERCISE, tmp_path), NAME, "exercise").cells[2:4]
    assert answer.metadata.lstm_course == {"exercise": "forget-gate", "role": "answer", "points": 2}
    assert answer.metadata.nbgrader == {
        "schema_version": 3,
        "grade_id": "forget-gate",
        "cell_type": "code",
        "grade": False,
        "solution": True,
        "locked": False,
        "task": False,
    }
    assert check.metadata.lstm_course.role == "check"
    assert check.metadata.nbgrader == {
        "schema_version": 3,
        "grade_id": "check-forget-gate",
        "cell_type": "code",
        "grade": True,
        "solution": False,
        "locked": True,
        "task": False,
        "points": 2,
    }
    assert (check.metadata.deletable, check.metadata.editable) == (False, False)
    assert "deletable" not in answer.metadata


def test_ids_are_unique_stable_and_shared_by_exercise_and_solution(tmp_path):
    twice = EXERCISE + "\n```{code-cell}\nx = 1\n```\n" * 2
    made = {kind: make(source_of(twice, tmp_path), NAME, kind) for kind in ("exercise", "solution")}
    ids = [cell.id for cell in made["exercise"].cells]
    assert ids == [cell.id for cell in made["solution"].cells]
    assert len(set(ids)) == len(ids) == 6
    longer = make(source_of(twice.replace("{{", "Text.\n\n+++\n\n{{"), tmp_path), NAME, "solution")
    assert [cell.id for cell in longer.cells[2:]] == ids[1:]


def test_a_changed_answer_keeps_its_id(tmp_path):
    changed = EXERCISE.replace("    return", "    # eq. 2\n    return")
    ids = [make(source_of(t, tmp_path), NAME, "solution").cells[2].id for t in (EXERCISE, changed)]
    assert ids[0] == ids[1]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ((":answer: forget-gate", ":answer: forget-gat"), 'cell 3: .*Did you mean "forget-gate"'),
        ((":check: forget-gate\n", ""), "expected one answer cell and below it one check cell"),
        ((":answer: forget-gate\n", ""), "cell 3: ### BEGIN SOLUTION without"),
        ((":check: forget-gate", ":tags: [raises-exception]"), "cell 4: the tag"),
        ((":check: forget-gate", ":chek: forget-gate"), "cell 4: unknown option :chek:"),
        (("{{ forget-gate }}", "{{ forget }}"), "cell 1: No exercise has the id"),
    ],
)
def test_a_faulty_source_is_refused_with_the_cell(tmp_path, change, message):
    with pytest.raises(BuildError, match=message):
        make(source_of(EXERCISE.replace(*change), tmp_path), NAME, "exercise")


FIGURE = """# 04 · Choose what to forget

```{code-cell} ipython3
:folded: true
:alt: >-
:   Two bars: unit 1 at 0.27,
:   unit 2 at 0.88.
from lstm_course.plots import plot_gate, show
show(plot_gate([0.27, 0.88]))
```
"""
WORDS = "Two bars: unit 1 at 0.27, unit 2 at 0.88."


def test_the_words_for_a_figure_and_its_fold_become_metadata(tmp_path):
    cell = make(source_of(FIGURE, tmp_path), NAME, "lesson").cells[1]
    assert cell.metadata == {"alt": WORDS, "jupyter": {"source_hidden": True}}
    assert cell.source.startswith("from lstm_course.plots import")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("unit 1 at 0.27,\n:   unit 2 at 0.88.", ""), "cell 2: a figure is shown; say in :alt:"),
        (("show(plot_gate([0.27, 0.88]))", "x = 1"), "cell 2: :alt: stands where no figure"),
        ((":folded: true", ":folded: often"), "cell 2: :folded: is true or left out"),
    ],
)
def test_a_figure_without_words_and_words_without_a_figure_are_refused(tmp_path, change, message):
    with pytest.raises(BuildError, match=message):
        make(source_of(FIGURE.replace(*change), tmp_path), NAME, "lesson")


def test_the_words_for_figures_are_kept_in_the_package_and_checked(course, capsys):
    (course / "source" / "lessons" / f"{NAME}.md").write_text(FIGURE, encoding="utf-8")
    assert main([], root=course) == 0
    kept = course / "lstm_course" / "plots" / "alt" / f"{NAME}.json"
    assert list(json.loads(kept.read_text(encoding="utf-8")).values()) == [WORDS]
    kept.write_text("{}\n", encoding="utf-8")
    capsys.readouterr()
    assert main(["--check"], root=course) == 1
    assert "its figures have other words" in capsys.readouterr().out


def test_a_lesson_holds_no_answer_cells(tmp_path):
    with pytest.raises(BuildError, match="belong in source/exercises/"):
        make(source_of(EXERCISE, tmp_path), NAME, "lesson")


def test_a_source_begins_with_a_title(tmp_path):
    with pytest.raises(BuildError, match="must begin with a title"):
        source_of("Text.\n", tmp_path)


# Links


@pytest.fixture
def three():
    """Return a course of three lessons, the last two with exercises."""
    titles = {("lessons", f"0{n}-n"): f"0{n} · Title {n}" for n in range(3)}
    return Course(titles | {("exercises", f"0{n}-n"): f"Exercise 0{n}" for n in (1, 2)})


def test_links_follow_the_order_of_work(three):
    following = [three.links(name, kind)[1].split("\n\n")[1] for name, kind in three.all()]
    assert following[:5] == [
        "**Next:** [Lesson 01 · Title 1](01-n.ipynb)",
        "**Next:** [Exercise 01](../exercises/01-n.ipynb)",
        "**Next:** [Lesson 02 · Title 2](../notebooks/02-n.ipynb)",
        "**Next:** [Lesson 02 · Title 2](../notebooks/02-n.ipynb)",
        "**Next:** [Exercise 02](../exercises/02-n.ipynb)",
    ]


def test_links_lead_only_to_notebooks_that_exist(three):
    assert three.links("00-n", "lesson")[0] == "[Lesson 01](01-n.ipynb) →"
    assert three.links("02-n", "solution")[0] == (
        "← [Lesson 02](../notebooks/02-n.ipynb) · [Exercise 02](../exercises/02-n.ipynb)"
    )


def test_every_notebook_leads_back_and_on_from_its_top(three):
    assert three.links("01-n", "lesson")[0] == (
        "← [Lesson 00](00-n.ipynb) · [Exercise 01](../exercises/01-n.ipynb) · "
        "[Lesson 02](02-n.ipynb) →"
    )
    assert three.links("01-n", "exercise")[0] == (
        "← [Lesson 01](../notebooks/01-n.ipynb) · [Solution 01](../solutions/01-n.ipynb) · "
        "[Lesson 02](../notebooks/02-n.ipynb) →"
    )


def test_a_lone_notebook_has_no_links():
    assert Course({("lessons", "00-n"): "00 · Title"}).links("00-n", "lesson") == ("", "")


# Build and check


def test_a_build_writes_three_notebooks_that_pass_the_check_and_a_second_build_nothing(
    course, capsys
):
    assert main([], root=course) == 0
    lesson, solution = (read(course / f / f"{NAME}.ipynb") for f in ("notebooks", "solutions"))
    assert lesson.cells[1].outputs[0].text == "2\n"
    assert "passed" in solution.cells[3].outputs[0].data["text/plain"]
    assert "widgets" not in lesson.metadata
    assert main(["--check"], root=course) == 0
    capsys.readouterr()
    assert main([], root=course) == 0
    assert capsys.readouterr().out == "0 built, 3 up to date\n"


def test_two_builds_write_the_same_bytes(course):
    path = course / "notebooks" / f"{NAME}.ipynb"
    assert main([NAME], root=course) == 0
    first = path.read_bytes()
    assert main(["--all", "04"], root=course) == 0
    assert path.read_bytes() == first


def test_a_failing_cell_stops_the_build_names_the_place_and_writes_nothing(course, capsys):
    source = course / "source" / "lessons" / f"{NAME}.md"
    source.write_text(LESSON.replace("1 + 1", "1 + one"), encoding="utf-8")
    assert main([], root=course) == 1
    error = capsys.readouterr().err
    assert f"source/lessons/{NAME}.md: cell 2 failed: print(1 + one)" in error
    assert "NameError: name 'one' is not defined" in error
    assert not (course / "notebooks" / f"{NAME}.ipynb").exists()


def test_an_output_that_changes_from_run_to_run_stops_the_build(course, capsys):
    source = course / "source" / "lessons" / f"{NAME}.md"
    source.write_text(LESSON.replace("1 + 1", "object()"), encoding="utf-8")
    assert main([], root=course) == 1
    assert "its output holds a memory address" in capsys.readouterr().err


def test_the_check_needs_no_kernel(course):
    code = (
        "import sys; from pathlib import Path; from tools.build import main\n"
        f"main(['--check'], root=Path({str(course)!r}))\n"
        "print(sorted({'nbclient', 'ipykernel'} & set(sys.modules)))"
    )
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_the_check_names_what_is_missing_surplus_not_run_or_run(course, capsys):
    write(course, "lesson")
    exercise = read(write(course, "exercise"))
    exercise.cells[1].execution_count = 1
    write(course, "exercise", exercise)
    (course / "exercises" / "99-old.ipynb").write_text("{}")
    assert main(["--check"], root=course) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[:4] == [
        f"notebooks/{NAME}.ipynb: cell 2 has not been run",
        f"exercises/{NAME}.ipynb: carries outputs; an exercise is handed out without",
        f"solutions/{NAME}.ipynb: is missing",
        "exercises/99-old.ipynb: has no source",
    ]


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (lambda nb: nb.cells[2].update(source="x = 1"), "cell 3 differs from its source (source)"),
        (lambda nb: nb.cells[3].metadata.pop("editable"), "cell 4 differs"),
        (lambda nb: nb.cells.pop(), "has 4 cells, its source gives 5"),
        (lambda nb: nb.metadata.lstm_course.update(version="0"), "the notebook's own metadata"),
    ],
)
def test_the_check_sees_every_edit(course, capsys, edit, message):
    notebook = read(write(course, "exercise"))
    edit(notebook)
    write(course, "exercise", notebook)
    main(["--check"], root=course)
    assert f"exercises/{NAME}.ipynb: {message}" in capsys.readouterr().out


def test_a_stored_error_fails_the_check(course, capsys):
    notebook = read(write(course, "lesson"))
    error = nbformat.v4.new_output("error", ename="E", evalue="", traceback=[])
    notebook.cells[1] |= {"execution_count": 1, "outputs": [error]}
    write(course, "lesson", notebook)
    assert main(["--check"], root=course) == 1
    assert "cell 2 stores an error" in capsys.readouterr().out


def test_an_unknown_name_is_answered_with_the_known_ones(course, capsys):
    assert main(["05"], root=course) == 1
    assert f"no source for '05'; there are: {NAME}" in capsys.readouterr().err


# Nothing that a learner wrote is lost


def answered(notebook):
    notebook.cells[2].source = "def forget_gate(h_prev, x_t, W_f, b_f):\n    return 1"


def run(notebook):
    notebook.cells[1].execution_count = 1


@pytest.mark.parametrize("work", [answered, run])
def test_a_learners_exercise_is_not_overwritten(course, capsys, work):
    notebook = read(write(course, "exercise"))
    work(notebook)
    before = write(course, "exercise", notebook).read_bytes()
    assert main([], root=course) == 1
    assert "holds answers or outputs that somebody wrote. Nothing" in capsys.readouterr().err
    assert (course / "exercises" / f"{NAME}.ipynb").read_bytes() == before


def test_a_half_saved_exercise_is_not_overwritten(course):
    path = write(course, "exercise")
    path.write_text(path.read_text(encoding="utf-8")[:500], encoding="utf-8")
    assert main([], root=course) == 1
    assert len(path.read_text(encoding="utf-8")) == 500


def test_force_copies_a_learners_exercise_to_saved_before_it_builds(course, monkeypatch):
    monkeypatch.setattr("tools.build.time.strftime", lambda form: "20260101-120000")
    (course / "source" / "lessons" / f"{NAME}.md").unlink()
    for _ in range(2):
        notebook = read(write(course, "exercise"))
        answered(notebook)
        before = write(course, "exercise", notebook).read_bytes()
        assert main(["--force"], root=course) == 0
    copies = sorted((course / "saved").iterdir())
    assert [copy.read_bytes() for copy in copies] == [before, before]
    assert is_untouched(read(course / "exercises" / f"{NAME}.ipynb"))


def test_an_older_build_is_overwritten_and_a_lesson_edited_by_hand_is_not(course, capsys):
    old = write(course, "lesson")
    source = course / "source" / "lessons" / f"{NAME}.md"
    source.write_text(LESSON.replace("Text.", "New text."), encoding="utf-8")
    assert main([], root=course) == 0
    assert "New text." in old.read_text(encoding="utf-8")
    edited = read(old)
    edited.cells[0].source += " By hand."
    write(course, "lesson", edited)
    assert main([], root=course) == 1
    assert f"was edited by hand; edit source/lessons/{NAME}.md" in capsys.readouterr().err


def test_the_fingerprint_covers_cells_and_not_outputs(course):
    notebook = read(write(course, "lesson"))
    before = fingerprint(notebook)
    notebook.cells[1].execution_count = 3
    assert fingerprint(notebook) == before
    notebook.cells[1].source += " "
    assert fingerprint(notebook) != before


def test_surplus_looks_in_all_three_folders(course):
    for folder in ("notebooks", "exercises", "solutions"):
        (course / folder).mkdir()
        (course / folder / "x.ipynb").write_text("{}")
    found = surplus(course, Course.read(course / "source"))
    assert found == ["exercises/x.ipynb", "notebooks/x.ipynb", "solutions/x.ipynb"]


def test_without_outputs_changes_nothing_in_its_argument(course):
    notebook = read(write(course, "lesson"))
    notebook.cells[1].execution_count = 3
    without_outputs(notebook)
    assert notebook.cells[1].execution_count == 3
