"""Controls are plain descriptions: values go to positions and back."""

import json

import numpy as np
import pytest

from lstm_course.widgets.controls import choice, line_of_text, scale, slider


def test_a_slider_has_every_step_from_end_to_end():
    control = slider("f", 0.9, 0, 1, 0.05)
    np.testing.assert_allclose(control.stops, np.arange(21) / 20)
    assert control.texts[:2] == ("0.00", "0.05") and control.texts[-1] == "1.00"
    assert [control.value(control.position(stop)) for stop in control.stops] == [*control.stops]


def test_a_number_goes_to_the_nearest_position():
    control = scale("f", 0.9, (0.5, 0.9, 0.99))
    assert [control.position(value) for value in (0.5, 0.6, 0.8, 0.98)] == [0, 0, 1, 2]


@pytest.mark.parametrize(
    ("control", "value", "message"),
    [
        (slider("gate", 0.5, 0, 1, 0.05), 1.5, "gate is 1.5; possible: from 0.00 to 1.00"),
        (slider("c", 0, -12, 12, 0.5, 1), -13, "c is -13; possible: from −12.0 to 12.0"),
        (slider("gate", 0.5, 0, 1, 0.05), float("nan"), "gate is nan; possible"),
        (slider("gate", 0.5, 0, 1, 0.05), "open", "gate is 'open'; possible: from 0.00"),
        (
            choice("order", ["Keras", "ONNX"], "ONNX"),
            "JAX",
            "order is 'JAX'; possible: Keras, ONNX",
        ),
        (line_of_text("sentence", "the cats"), 3, "expected a text such as 'the cats'"),
        (slider("f", 1.0, 0, 1, 0.05, count=3), [1, 0], r"f has shape \(2,\); expected 3 values"),
        (slider("f", 1.0, 0, 1, 0.05, count=2), [1, 2], "f is 2; possible: from 0.00 to 1.00"),
    ],
)
def test_a_value_that_is_not_possible_is_named_with_those_that_are(control, value, message):
    with pytest.raises(ValueError, match=message):
        control.position(value)


@pytest.mark.parametrize("position", [-1, 21, 0.5, "3", None])
def test_a_position_that_is_not_there_is_refused(position):
    with pytest.raises(ValueError, match="gate has no position"):
        slider("gate", 0.5, 0, 1, 0.05).value(position)


def test_a_row_of_controls_has_a_value_for_each():
    row = slider("f", 1.0, 0, 1, 0.25, count=3)
    assert row.position([0, 0.5, 1]) == [0, 2, 4]
    np.testing.assert_array_equal(row.value([0, 2, 4]), [0, 0.5, 1])
    assert slider("f", [0, 0.5, 1], 0, 1, 0.25, count=3).start == [0, 0.5, 1]


def test_one_value_fills_a_row_from_an_entry_on():
    row = slider("f", 1.0, 0, 1, 0.25, count=4, chosen_by="step")
    assert row.filled([4, 4, 4, 4], 2, 0.5) == [4, 4, 2, 2]
    assert row.described()["chosen_by"] == "step"


def test_a_control_is_described_in_plain_data_with_its_badge():
    described = slider("forget gate f", 0.9, 0, 1, 0.1, quantity="f_t").described()
    assert json.loads(json.dumps(described)) == described
    assert (described["badge"], described["tone"], described["start"]) == ("f_t", "f", 9)
    assert slider("gate", 0, 0, 1, 0.1, quantity="gate").described()["badge"] == ""
