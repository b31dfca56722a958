"""Exercise notebook 04 solved, then damaged in the ways that keep nbgrader from grading it.

Each function returns the bytes of a file.
"""

import codecs
import json
from pathlib import Path

from lstm_course.grading.notebooks.templates import mark_of, text_of

ROOT = Path(__file__).parents[1]
NAME = "04-forget-gate"
SOLVED = (ROOT / "solutions" / f"{NAME}.ipynb").read_bytes()


def changed(change):
    """Return the solved notebook after `change` of its cells."""
    notebook = json.loads(SOLVED)
    notebook["cells"] = change(notebook["cells"]) or notebook["cells"]
    return json.dumps(notebook, indent=1, ensure_ascii=False).encode()


def place(cells, exercise, role="answer"):
    marks = [{**mark_of(cell), "points": None} for cell in cells]
    return marks.index({"exercise": exercise, "role": role, "points": None})


def untouched():
    return (ROOT / "exercises" / f"{NAME}.ipynb").read_bytes()


def wild():
    """Delete one check, edit another, and put a wrong answer in."""

    def change(cells):
        del cells[place(cells, "memory-left", "check")]
        cells[place(cells, "forget-gate", "check")]["source"] = "check = print"
        answer = cells[place(cells, "forget-gate")]
        answer["source"] = text_of(answer).replace("[h_prev, x_t]", "[x_t, h_prev]")

    return changed(change)


def answer_twice():
    return changed(lambda cells: cells.insert(5, dict(cells[place(cells, "forget-gate")])))


def stub_above_the_answer():
    def change(cells):
        at = place(cells, "forget-gate")
        stub = "def forget_gate(h_prev, x_t, W_f, b_f):\n    raise NotImplementedError"
        cells.insert(at, {**cells[at], "source": stub, "id": "copied"})

    return changed(change)


def answer_in_two_cells():
    def change(cells):
        at = place(cells, "half-life-bias")
        first = {**cells[at], "source": "f = 0.5 ** (1 / 20)"}
        cells[at : at + 1] = [first, {**first, "source": "b_f = np.log(f / (1 - f))"}]

    return changed(change)


def check_twice():
    return changed(lambda cells: cells.insert(6, dict(cells[place(cells, "forget-gate", "check")])))


def answer_and_check_deleted():
    def change(cells):
        del cells[place(cells, "memory-left", "check")]
        del cells[place(cells, "memory-left")]

    return changed(change)


def saved_by_colab():
    """Drop the cells' ids and all metadata, and add what Colab adds."""

    def change(cells):
        return [{**cell, "metadata": {"id": "x1"}, "id": None} for cell in cells]

    notebook = json.loads(changed(change))
    for cell in notebook["cells"]:
        del cell["id"]
    notebook.update(nbformat_minor=0, metadata={"colab": {"provenance": []}})
    return json.dumps(notebook).encode()


def with_a_mark_of_the_byte_order():
    return codecs.BOM_UTF8 + SOLVED


def in_utf_16():
    return SOLVED.decode().encode("utf-16")


def half_written():
    return SOLVED[: SOLVED.index(b'"fading-memory"')]


def empty():
    return b""


def of_the_lesson():
    """Return the lesson, which somebody has taken for the exercise."""
    return (ROOT / "notebooks" / f"{NAME}.ipynb").read_bytes()


def answer_as_markdown():
    return changed(
        lambda cells: cells[place(cells, "memory-left")].update(cell_type="markdown", outputs=[])
    )


DAMAGED = [
    answer_twice,
    stub_above_the_answer,
    answer_in_two_cells,
    check_twice,
    answer_and_check_deleted,
    saved_by_colab,
    with_a_mark_of_the_byte_order,
    in_utf_16,
    half_written,
    empty,
    of_the_lesson,
    answer_as_markdown,
]
