"""What every built notebook keeps to; the build itself and nbval test the rest."""

import ast
import json
import re
from collections import Counter
from pathlib import Path

import nbformat
import numpy as np
import pytest

from lstm_course import sigmoid, widgets
from lstm_course.widgets.ways import Slide
from tools.execute import execute
from tools.showing import shows_a_figure

ROOT = Path(__file__).resolve().parent.parent
ALL = sorted(
    path for f in ("notebooks", "exercises", "solutions") for path in (ROOT / f).glob("*.ipynb")
)
LESSONS = [path for path in ALL if path.parent.name == "notebooks"]
EXERCISES = [path for path in ALL if path.parent.name == "exercises"]
SOURCES = sorted((ROOT / "source").glob("*/*.md"))
_CODE_BLOCK = re.compile(r"^```.*?^```|^---\n.*?^---\n|^    .*?$", re.M | re.S)
_SET = re.compile(r"`[^`\n]*`|\$\$.*?\$\$|\$[^$\n]+\$|\]\([^)]*\)|\{\{[^}]*\}\}", re.S)
_RAW = re.compile(r"[A-Za-z]\u0303?_[\w{]+|[fhcoixgw]\u0303?(?= = )")
_IMPORT = re.compile(r"^(import|from) ", re.M)
_ALT = re.compile(r"<img\b[^>]*\balt=(\"[^\"]{21,}\"|'[^']{21,}')")


def each(paths):
    """Run a test once per notebook, under its folder and name."""
    ids = [f"{path.parent.name}/{path.stem}" for path in paths]
    return pytest.mark.parametrize("path", paths, ids=ids)


def read(path):
    return nbformat.read(path, as_version=4)


def code_of(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def described(output):
    """Whether a picture has words beside it: alt text in HTML, or a sentence as plain text."""
    data = output.get("data", {})
    plain = "".join(data.get("text/plain", ""))
    sentence = len(plain) > 20 and not plain.startswith("<")
    return sentence or bool(_ALT.search("".join(data.get("text/html", ""))))


def folded(cell):
    return cell.metadata.get("jupyter", {}).get("source_hidden", False)


def role(cell):
    return cell.metadata.get("lstm_course", {}).get("role")


def imports_only(code):
    kinds = [type(node) for node in ast.parse(code).body]
    rng = code.rstrip().splitlines()[-1].startswith("rng = ")
    kinds = kinds[:-1] if rng else kinds
    return bool(kinds) and set(kinds) <= {ast.Import, ast.ImportFrom}


def raw_symbols(source):
    """Return what in the prose of a source file looks like mathematics and is not set as such."""
    return _RAW.findall(_SET.sub(" ", _CODE_BLOCK.sub("", source)))


def draws_only(code):
    return shows_a_figure(code) and "print(" not in code


def mark(cell):
    return cell.metadata.get("lstm_course", {})


def is_code(cell):
    """Whether a learner reads it as code; a question is seen as a card."""
    return cell.cell_type == "code" and "guess" not in mark(cell)


def longest_run_of_code(notebook):
    kinds = "".join("c" if is_code(cell) else "m" for cell in notebook.cells)
    return max(map(len, kinds.split("m")))


def prose(notebook):
    """Return the words of the Markdown cells; formulas, link targets and tags are no words."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "markdown"]
    text = "\n".join(
        c.source for c in cells if c.metadata.get("lstm_course", {}).get("role") is None
    )
    text = re.sub(r"\$\$.*?\$\$|\$[^$\n]+\$|<[^>]+>|\]\([^)]*\)", " ", text, flags=re.S)
    return re.findall(r"[^\W_][\w'’-]*", text)


def own_cells(notebook):
    """Return the cells that the source holds; the build adds one of links.

    A question and the words that answer it count as part of the text around them, which they
    would be without folding.
    """
    return [c for c in notebook.cells if mark(c).get("role") != "links" and not is_aside(c)]


def is_aside(cell):
    return "guess" in mark(cell) or ("answers" in mark(cell) and cell.cell_type == "markdown")


def test_there_are_lessons_and_exercises():
    assert LESSONS and EXERCISES


@each(LESSONS)
def test_a_lesson_has_25_to_50_cells(path):
    cells = read(path).cells
    assert 25 < len(cells) and len(own_cells(read(path))) <= 50  # one of them holds links


@each(LESSONS)
def test_a_lesson_has_at_most_2000_words(path):
    assert len(prose(read(path))) <= 2000


@each(LESSONS)
def test_a_lesson_has_a_title_and_says_what_you_will_do_and_need_and_how_long(path):
    first = read(path).cells[0].source
    assert first.startswith(f"# {path.stem[:2]} · ")
    for words in ("You will", "You need", "Time"):
        assert f"**{words}**" in first


@each(LESSONS)
def test_the_import_cell_of_a_lesson_has_at_most_8_lines(path):
    first = code_of(read(path))[0].source
    assert _IMPORT.search(first)
    assert len([line for line in first.splitlines() if line.strip()]) <= 8


@each(ALL)
def test_a_cell_that_a_learner_must_read_has_at_most_12_lines(path):
    """What a learner writes may be longer."""
    to_read = [c for c in code_of(read(path)) if not folded(c) and role(c) != "answer"]
    assert [c.source for c in to_read if len(c.source.splitlines()) > 12] == []


@each(ALL)
def test_no_cell_has_more_than_25_lines(path):
    assert max(len(cell.source.splitlines()) for cell in code_of(read(path))) <= 25


@each(ALL)
def test_cells_that_only_import_or_draw_open_folded(path):
    plumbing = [c for c in code_of(read(path)) if imports_only(c.source) or draws_only(c.source)]
    assert plumbing
    assert [cell.source for cell in plumbing if not folded(cell)] == []


@each(ALL)
def test_the_words_for_a_figure_stand_beside_the_code_and_not_in_it(path):
    figures = [cell for cell in code_of(read(path)) if "show(" in cell.source]
    assert [cell.source for cell in figures if "alt=" in cell.source] == []
    assert [c.source for c in figures if shows_a_figure(c.source) and "alt" not in c.metadata] == []


@each(SOURCES)
def test_no_symbol_stands_raw_in_prose(path):
    """Symbols are typeset, names in code are code."""
    assert raw_symbols(path.read_text(encoding="utf-8")) == []


@each(LESSONS)
def test_results_are_printed_as_numbers(path):
    streams = [out.text for c in code_of(read(path)) for out in c.outputs if "text" in out]
    assert [text for text in streams if re.search(r"\b(True|False)\b", text)] == []


@each(LESSONS)
def test_there_are_never_more_than_two_code_cells_in_a_row(path):
    assert longest_run_of_code(read(path)) <= 2


@each(ALL)
def test_every_picture_is_described_in_words(path):
    outputs = [out for cell in code_of(read(path)) for out in cell.outputs]
    pictures = [o for o in outputs if "image/png" in o.get("data", {})]
    assert [o.data.get("text/plain") for o in pictures if not described(o)] == []


@each(ALL)
def test_ids_are_unique(path):
    """Read as plain JSON: nbformat repairs ids while it reads."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    ids = Counter(cell["id"] for cell in cells)
    assert [name for name, count in ids.items() if count > 1] == []


@each(ALL)
def test_links_between_notebooks_lead_somewhere(path):
    text = "\n".join(cell.source for cell in read(path).cells if cell.cell_type == "markdown")
    targets = re.findall(r"\]\(([^)#:]+\.ipynb)[^)]*\)", text)
    assert [target for target in targets if not (path.parent / target).exists()] == []


@each(LESSONS)
def test_every_lesson_from_01_has_an_exercise_and_a_solution(path):
    for folder in ("exercises", "solutions"):
        expected = not path.stem.startswith("00")
        assert (ROOT / folder / path.name).exists() is expected


@each(EXERCISES)
def test_an_unsolved_exercise_runs_to_the_end_and_every_check_says_not_attempted(path):
    done = execute(read(path), path.parent)
    checks = [c for c in code_of(done) if c.metadata.get("lstm_course", {}).get("role") == "check"]
    said = ["".join(o.data["text/plain"] for o in c.outputs if "data" in o) for c in checks]
    assert checks
    assert [text for text in said if "not attempted" not in text] == []


# Predictions


def predictions(notebook):
    """Return name, the prediction, and the cells that answer it, for each that is asked."""
    scope = {name: getattr(widgets, name) for name in widgets.__all__}
    scope |= {"np": np, "sigmoid": sigmoid}
    for cell in notebook.cells:
        name = mark(cell).get("guess")
        if name:
            answers = [other for other in notebook.cells if mark(other).get("answers") == name]
            yield name, eval(cell.source, dict(scope)), answers


def numbers_in(cells):
    outputs = [out for cell in cells for out in cell.get("outputs", [])]
    texts = [out.get("text", "") + out.get("data", {}).get("text/plain", "") for out in outputs]
    words = [cell.source for cell in cells if cell.cell_type == "markdown"]
    text = "\n".join([*texts, *words]).replace("−", "-")
    return [float(number) for number in re.findall(r"-?\d+\.?\d*(?:e-?\d+)?", text)]


def shows_a_demo(cells):
    outputs = [out for cell in cells for out in cell.get("outputs", [])]
    return any(o.get("data", {}).get("text/plain", "").startswith("Demo:") for o in outputs)


@each(LESSONS)
def test_the_number_that_answers_a_question_is_printed_by_what_it_unfolds(path):
    for name, prediction, answers in predictions(read(path)):
        if isinstance(prediction.way, Slide) and not shows_a_demo(answers):
            shown = float(prediction.way.text(prediction.right).replace("−", "-"))
            assert shown in numbers_in(answers), name


@each(LESSONS)
def test_what_a_question_keeps_in_the_notebook_does_not_tell_its_answer(path):
    notebook = read(path)
    kept = {mark(c)["guess"]: c.outputs for c in notebook.cells if "guess" in mark(c)}
    for name, prediction, _ in predictions(notebook):
        [output] = kept[name]
        assert set(output.data) == {"text/plain", "text/html"}
        assert output.data["text/plain"] == f"Guess: {prediction.question}"


def test_no_two_predictions_of_the_course_have_one_name():
    names = Counter(mark(c).get("guess") for path in LESSONS for c in read(path).cells)
    assert [name for name, count in names.items() if name and count > 1] == []


# The helpers above, tried on notebooks that break the rules


def png(**beside):
    return nbformat.v4.new_output("display_data", data={"image/png": "", **beside})


def test_a_figure_without_words_is_seen():
    assert not described(png(**{"text/plain": "<Figure size 640x480 with 1 Axes>"}))
    assert not described(png(**{"text/plain": "a figure"}))
    assert not described(png(**{"text/html": "<img src='x' alt=''>"}))
    assert described(png(**{"text/plain": "Two bars: unit 1 at 0.27, unit 2 at 0.88."}))
    assert described(png(**{"text/html": '<img src="x" alt="Two bars: 0.27 and 0.88.">'}))


def test_three_code_cells_in_a_row_are_seen():
    kinds = [nbformat.v4.new_code_cell, nbformat.v4.new_markdown_cell]
    cells = [kinds[letter == "m"]("1") for letter in "cmcccm"]
    assert longest_run_of_code(nbformat.v4.new_notebook(cells=cells)) == 3


def test_raw_symbols_are_seen():
    assert raw_symbols("The gate f_t, then c̃_t and h_{t-1}; f = 0.9.") == [
        *("f_t", "c̃_t", "h_{t", "f"),
    ]
    assert raw_symbols("Set $f_t$, `b_f = 1` in\n```{code-cell}\nb_f = 1\n```\n$$x_t$$") == []


def test_formulas_and_link_targets_are_not_counted_as_words():
    text = nbformat.v4.new_markdown_cell("Two words $a + b$ [linked here](../a/b.ipynb) $$\nx\n$$")
    assert len(prose(nbformat.v4.new_notebook(cells=[text]))) == 4


@each(LESSONS)
def test_a_demo_does_not_ask_again_what_was_answered_just_before(path):
    cells = read(path).cells
    asked = {
        question.lower()
        for cell in cells
        if "guess" in mark(cell)
        for question in re.findall(r'"([^"]+\?)"', cell.source)
    }
    alts = [o.get("data", {}).get("text/html", "") for c in cells for o in c.get("outputs", [])]
    demos = re.findall(r'alt="Demo, not running. ([^"?]+\?)', "".join(alts))
    assert not [question for question in demos if question.lower() in asked]


def test_a_solution_says_so_in_its_title_and_first_line_and_a_lesson_does_not_lead_there():
    for path in sorted((ROOT / "solutions").glob("*.ipynb")):
        title, _, first, *_ = text_of_first_cell(path).split("\n")
        assert title.startswith(f"# Solution {path.name[:2]} · ")
        assert first.startswith("**The worked answers.** ← [Lesson ")
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        assert "[Solution" not in path.read_text(encoding="utf-8")


def text_of_first_cell(path):
    return nbformat.read(path, as_version=4).cells[0].source
