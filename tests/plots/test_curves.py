"""Curves with names, and probabilities."""

import numpy as np
import pytest

from lstm_course.plots.curves import plot_curves, plot_probabilities
from lstm_course.plots.palette import style_of


def test_a_quantity_keeps_its_color_and_others_differ():
    ax = plot_curves({"c_t": [1, 2], "a": [2, 1], "b": [0, 0]})
    colors = [line.get_color() for line in ax.lines]
    assert colors[0] == style_of("c_t").color
    assert len(set(colors)) == 3
    assert [text.get_text() for text in ax.texts][-1] == "a" or len(ax.texts) == 3


def test_names_do_not_overlap_where_curves_end_together():
    ax = plot_curves({"a": [0, 1.0], "b": [0, 1.0], "c": [1, 0.0]})
    heights = sorted(text.xy[1] for text in ax.texts)
    low, high = ax.get_ylim()
    assert np.diff(heights).min() >= 0.08 * (high - low)


def test_words_stand_under_the_steps():
    ax = plot_curves({"c_t": [1, 2]}, words=["cats", "ate"])
    assert [t.get_text() for t in ax.get_xticklabels()] == ["cats", "ate"]


@pytest.mark.parametrize(
    "call, said",
    [
        (lambda: plot_curves({}), "expected a dict"),
        (lambda: plot_curves({"a": [1, 2]}, x=[1]), r"a has shape \(2,\); expected \(1,\)"),
        (lambda: plot_probabilities([0.5, 0.5], ["was"]), "there are 1 classes"),
    ],
)
def test_bad_input_is_one_clear_line(call, said):
    with pytest.raises(ValueError, match=said):
        call()


def test_probabilities_are_bars_from_0_to_1():
    ax = plot_probabilities([0.25, 0.75], ["was", "were"])
    assert [bar.get_height() for bar in ax.patches] == [0.25, 0.75]
    assert ax.get_ylabel() and ax.get_ylim()[0] == 0
