"""The cell of lessons 03 to 10, read with any part of it replaced."""

import numpy as np
import pytest

from lstm_course import equations, input_gate
from lstm_course import running_example as cell
from lstm_course.plots.diagram import explore


def test_it_reads_what_the_explorer_reads():
    hs, cs, ys = cell.follow("the cats which the dog saw were full")
    steps = explore("the cats which the dog saw were full")
    for name, rows in (("h_t", hs), ("c_t", cs), ("y_t", ys)):
        np.testing.assert_allclose(rows, [step.values[name] for step in steps], atol=1e-15)


def test_a_part_of_ones_own_is_called_with_what_its_equation_takes():
    seen = []

    def my_gate(h_prev, x_t, W_i, b_i):
        seen.append((h_prev.tolist(), x_t.tolist(), W_i.shape, b_i.shape))
        return input_gate(h_prev, x_t, W_i, b_i)

    mine, own = cell.follow(input_gate=my_gate), cell.follow()
    assert all(np.array_equal(a, b) for a, b in zip(mine, own, strict=True))
    assert seen[0] == ([-0.5, 0.5], [1.0, 1.0, 0.0], (5, 2), (2,)) and len(seen) == 6


@pytest.mark.parametrize("name", cell.PARTS)
def test_every_part_can_be_replaced_and_matters(name):
    changed = cell.follow(**{name: [0.2, 0.3, 0.5] if name == "output" else [0.3, 0.3]})
    own = cell.follow()
    assert any(not np.allclose(a, b) for a, b in zip(changed, own, strict=True))


@pytest.mark.parametrize("name", cell.WEIGHTS)
def test_every_set_of_weights_can_be_replaced_and_matters(name):
    changed = cell.follow(**{name: np.ones_like(getattr(cell, name))})
    if name == "b_y":  # the same for each class
        changed = cell.follow(b_y=[1.0, 0, 0])
    assert any(not np.allclose(a, b) for a, b in zip(changed, cell.follow(), strict=True))


def test_a_number_stands_at_every_word_and_in_every_unit():
    everywhere = cell.follow(input_gate=1)
    ones = cell.follow(input_gate=lambda h_prev, x_t, W_i, b_i: np.ones(2))
    assert all(np.array_equal(a, b) for a, b in zip(everywhere, ones, strict=True))
    hs, cs, _ = cell.follow(forget_gate=0.0, input_gate=0.0)
    assert not hs.any() and not cs.any()


def test_the_printed_line_has_memory_output_and_verb(capsys):
    cell.read("the cats which already ate")
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["word", "c_t", "h_t", "expects"]
    assert lines[-1].split() == ["ate", "+0.36", "+0.25", "+0.31", "+0.18", "were", "(0.67)"]
    cell.read("cats", output_gate=[0, 1])
    assert capsys.readouterr().out.splitlines()[1].endswith("0.00 +0.59   cannot tell")


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"inputgate": 1}, "no part 'inputgate'; did you mean 'input_gate'"),
        ({"W_g": 1}, "no part 'W_g'; did you mean 'W_"),
        ({"W_i": np.ones((3, 2))}, r"W_i has shape \(3, 2\); expected \(5, 2\)"),
        ({"input_gate": lambda *_: np.ones(3)}, r"input_gate has shape \(3,\); expected \(2,\)"),
        ({"output": [0.5, 0.5]}, r"output has shape \(2,\); expected \(3,\)"),
        ({"forget_gate": "open"}, "forget_gate must hold real numbers"),
    ],
)
def test_what_does_not_fit_is_said_by_its_name(wrong, message):
    with pytest.raises(ValueError, match=message):
        cell.follow(**wrong)


def test_the_sentence_that_a_curious_learner_types_fails_at_fish():
    hs, cs, ys = cell.follow("the cats which already ate the fish were full")
    words = cell.words_of("the cats which already ate the fish were full")
    verbs = dict(zip(words, map(cell.verb_of, ys), strict=True))
    assert verbs["ate"] == verbs["the"] == "were" and verbs["fish"] == "was"
    assert cs[4:6, 0].round(2).tolist() == [0.33, -0.30]


def test_reading_changes_no_weight():
    before = {name: getattr(cell, name).copy() for name in cell.WEIGHTS}
    cell.follow(W_i=np.ones((5, 2)), candidate=equations.candidate)
    assert all(np.array_equal(getattr(cell, name), kept) for name, kept in before.items())
