"""Inputs tell mistakes apart: no size of a drawn case can pass for another."""

from itertools import combinations

import numpy as np
import pytest

from lstm_course.exercises import WriteFunction, all_exercises, find

FUNCTIONS = [e for e in all_exercises().values() if isinstance(e, WriteFunction)]
# the axes of an input from the last one on; N rows, or T steps, may stand before them
AXES = {
    **dict.fromkeys(("x_t", "xs"), "D"),
    **dict.fromkeys(("logits", "scores", "ys"), "K"),
}
HIDDEN = {
    "h_prev", "h_0", "c_0", "c_prev", "h_t", "c_t", "dh_t", "dc_t", "dc_next", "f_t", "i_t", "o_t",
    "c_tilde", "di_t", "df_t", "do_t", "dc_tilde", "fs", "i_s", "offers", "dhs", "hs", "cs", "dcs",
}  # fmt: skip
SEQUENCES = {"xs", "fs", "i_s", "offers", "dhs", "dcs"}
ON_PURPOSE = {
    ("gate-for-a-batch", "a batch of 3 rows, H = 3, D = 2"): "its bug shows nothing but at N = H",
    ("row-sums", "3 rows of 3 classes"): "a forgotten keepdims raises an error elsewhere",
    ("broken-cell", "one vector, D = H = 3"): "its bug raises an error where D is not H",
    ("broken-cell", "a batch of 4, D = H = 3"): "its bug raises an error where D is not H",
}


def sizes(case):
    """Return the sizes of a case by their letters, those of joined rows and blocks too."""
    found = {}
    for name, value in case.inputs.items():
        letter = AXES.get(name) or ("H" if name in HIDDEN else "")
        shape = np.shape(value)
        if not letter or not shape:
            continue
        found.setdefault(letter, shape[-1])
        rows = shape[:-1] if name not in SEQUENCES else shape[1:-1]
        if name in SEQUENCES and len(shape) > 1:
            found.setdefault("T", shape[0])
        if len(rows) == 1 and name not in ("hs", "cs"):
            found.setdefault("N", rows[0])
    if any(name[0] == "W" for name in case.inputs) and "H" in found:
        found |= {f"{k}H": k * found["H"] for k in (2, 3, 4)}
    if "H" in found and "D" in found:
        found["H + D"] = found["H"] + found["D"]
    return found


@pytest.mark.parametrize("exercise", FUNCTIONS, ids=lambda e: e.id)
def test_no_number_of_rows_or_steps_passes_for_another_size(exercise):
    for case in exercise.draw(np.random.default_rng(0)):
        if (exercise.id, case.label) in ON_PURPOSE:
            continue
        found = sizes(case)
        for one, other in combinations(found, 2):
            counts = {one, other} & {"N", "T"} or {one, other} == {"H", "D"}
            if counts and 1 not in (found[one], found[other]):
                told = f"{case.label}: {one} and {other} are both {found[one]}"
                assert found[one] != found[other], told


def test_what_coincides_on_purpose_is_still_there():
    for exercise_id, label in ON_PURPOSE:
        labels = [case.label for case in find(exercise_id).draw(np.random.default_rng(0))]
        assert label in labels


BLOCKS = {
    "to-pytorch": ("W", "b"),
    "from-pytorch": ("weight_ih", "weight_hh", "bias_ih", "bias_hh"),
    "fresh-and-trained": ("kernel", "recurrent_kernel", "bias"),
    "one-product": ("W", "b"),
    "halve-the-gates": ("W", "b"),
    "back-to-weights": ("W",),
}


@pytest.mark.parametrize("exercise_id", BLOCKS)
def test_the_example_of_an_order_has_four_different_blocks(exercise_id):
    inputs = find(exercise_id).example.inputs
    for name in BLOCKS[exercise_id]:
        value = inputs[name]
        axis = int(np.argmax([n % 4 == 0 for n in value.shape[::-1]]))
        blocks = np.split(value, 4, axis=value.ndim - 1 - axis)
        for one, other in combinations(blocks, 2):
            assert not np.array_equal(one, other), f"{exercise_id}: {name} {value}"


def test_the_example_of_stacked_parameters_has_four_different_parts():
    inputs = find("stack-params").example.inputs
    for what in "Wb":
        parts = [value for name, value in inputs.items() if name[0] == what]
        assert len(parts) == 4
        assert not any(np.array_equal(a, b) for a, b in combinations(parts, 2))
