"""What was handed in, brought to the structure that nbgrader released; without nbgrader."""

import json

import nbformat
import pytest
from handed_in import (
    DAMAGED,
    NAME,
    SOLVED,
    answer_in_two_cells,
    changed,
    empty,
    half_written,
    of_the_lesson,
    untouched,
)

from lstm_course.grading.nbgrader.structure import restored
from lstm_course.grading.notebooks.templates import fresh, text_of

RELEASED = fresh(json.loads(SOLVED))
ANSWER = "left = 0.9**10"


def restore(folder, content):
    path = folder / f"{NAME}.ipynb"
    path.write_bytes(content)
    return restored(path, RELEASED)


def marks(cells):
    found = [(c["metadata"].get("nbgrader", {}).get("grade_id"), c["cell_type"]) for c in cells]
    return sorted((name, kind) for name, kind in found if name)


@pytest.mark.parametrize("kind", DAMAGED)
def test_each_of_nbgraders_cells_stands_once_and_the_notebook_is_valid(tmp_path, kind):
    made = restore(tmp_path, kind())
    assert marks(made["cells"]) == marks(RELEASED["cells"])
    nbformat.validate(nbformat.from_dict(made))


@pytest.mark.parametrize("content", [SOLVED, untouched()], ids=["solved", "untouched"])
def test_a_notebook_as_it_was_released_is_left_alone(tmp_path, content):
    assert restore(tmp_path, content) is None


@pytest.mark.parametrize("kind", [k for k in DAMAGED if k not in (empty, of_the_lesson)])
def test_what_the_learner_wrote_stays_in_it(tmp_path, kind):
    code = "\n".join(text_of(cell) for cell in restore(tmp_path, kind())["cells"])
    kept = "sigmoid(z_t @ W_f + b_f)" if kind.__name__ == "answer_and_check_deleted" else ANSWER
    assert kept in code


def test_pieces_of_an_answer_all_stay_and_one_of_them_is_the_answer(tmp_path):
    cells = restore(tmp_path, answer_in_two_cells())["cells"]
    pieces = [
        c for c in cells if text_of(c) in ("f = 0.5 ** (1 / 20)", "b_f = np.log(f / (1 - f))")
    ]
    assert [bool(c["metadata"].get("nbgrader")) for c in pieces] == [False, True]


def test_a_mark_that_nbgrader_does_not_know_is_taken_off(tmp_path):
    def change(cells):
        cells[0]["metadata"] = {"nbgrader": {"grade_id": "", "grade": True}}

    assert marks(restore(tmp_path, changed(change))["cells"]) == marks(RELEASED["cells"])


def test_cells_that_a_half_written_file_lacks_are_those_handed_out(tmp_path):
    cells = restore(tmp_path, half_written())["cells"]
    assert text_of(cells[-1]) == text_of(RELEASED["cells"][-1])
