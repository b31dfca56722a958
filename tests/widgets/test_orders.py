"""Lesson 15: the picture of the block orders and the demo of a wrong one."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from lstm_course.networks.convert import ORDERS
from lstm_course.plots.orders import plot_orders
from lstm_course.widgets.orders import order_demo, read_as


def test_reading_in_the_order_of_storing_changes_nothing():
    right = read_as("this course", "this course")
    assert_allclose(right[0], [0.28, 0.16], atol=0.005)
    for name in ORDERS:
        assert_allclose(read_as(name, name), right, rtol=0, atol=1e-12)


def test_swapped_candidate_and_output_gate_show_only_after_the_first_word():
    off = np.abs(read_as("PyTorch", "this course") - read_as("PyTorch", "PyTorch")).max(axis=1)
    assert off[0] < 1e-12 and off[1] > 0.1


@pytest.mark.parametrize(("order", "words"), [("Keras", "is right"), ("ONNX", "from cats on")])
def test_the_demo_follows_its_list_and_says_what_it_shows(order, words):
    demo = order_demo(order="this course")
    assert "wrong from which on" in demo.sentence
    demo.set(order=order)
    assert words in demo.sentence and order in demo.sentence
    assert_allclose(demo.moving[1].get_ydata(), read_as("PyTorch", order)[:, 1])
    demo.reset()
    assert demo.values["order"] == "this course"


def test_the_picture_has_one_block_per_letter_and_refuses_other_letters():
    ax = plot_orders(ORDERS)
    assert len(ax.patches) == 4 * len(ORDERS)
    assert [text.get_text() for text in ax.texts[4:8]] == [
        "$i_t$",
        "$f_t$",
        r"$\tilde{c}_t$",
        "$o_t$",
    ]
    with pytest.raises(ValueError, match="each once"):
        plot_orders({"mine": "ifog"})


def test_the_first_step_away_from_the_right_order_does_the_most_harm():
    demo = order_demo()
    harm = {}
    for order in demo.controls["order"].stops:
        demo.set(order=order)
        gap, _, worst = demo.moving
        harm[order] = np.ptp(gap.get_xy()[:, 1]) and worst.get_text()
    assert list(harm)[1] == "ONNX" and harm["ONNX"] == "off by 0.92"
    assert harm["PyTorch"] == harm["Keras"] == ""


def test_right_and_read_are_both_to_be_seen_where_they_are_the_same():
    ring = order_demo().ax.lines[0]
    assert ring.get_markersize() > 2 * order_demo().moving[1].get_markersize()
