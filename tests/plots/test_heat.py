"""Heat maps: what is drawn is what was given."""

import numpy as np
import pytest

from lstm_course.plots.figures import new_axes
from lstm_course.plots.heat import LEVELS, HeatMap, draw_ramp
from lstm_course.plots.palette import SIGNS


def test_fields_of_one_shade_beside_each_other_are_one_line():
    heat = HeatMap(new_axes(), 2, lambda values: values)
    heat.show([[1, 1, 0, -1], [0, 0, 0, 1]])
    lowest, highest = heat.artists[0], heat.artists[-1]
    np.testing.assert_array_equal(lowest.get_data(), [[0.75, 1, np.nan], [0, 0, np.nan]])
    xs, ys = highest.get_data()
    np.testing.assert_array_equal(xs, [0, 0.5, np.nan, 0.75, 1, np.nan])
    np.testing.assert_array_equal(ys, [0, 0, np.nan, 1, 1, np.nan])
    assert all(len(line.get_xdata()) == 0 for line in heat.artists[1:-1])


def test_each_sign_has_its_color_and_it_grows_pale_towards_zero():
    heat = HeatMap(new_axes(), 1, lambda values: values)
    assert [line.get_color() for line in heat.artists] == [SIGNS[0]] * LEVELS + [SIGNS[1]] * LEVELS
    strengths = [line.get_alpha() for line in heat.artists]
    assert strengths[:LEVELS] == strengths[LEVELS:][::-1]
    assert strengths[0] == 1 and strengths[LEVELS] == 1 / LEVELS


def test_values_beyond_the_scale_have_the_full_color():
    heat = HeatMap(new_axes(), 1, lambda values: values / 4)
    heat.show([[-40.0, 4.0, 0.1]])
    assert [len(heat.artists[k].get_xdata()) for k in (0, -1)] == [3, 3]


def test_another_number_of_rows_is_refused():
    with pytest.raises(ValueError, match=r"shape \(3, 1\); expected 2 rows"):
        HeatMap(new_axes(), 2, lambda values: values).show([[1], [2], [3]])


def test_the_ramp_has_every_shade_once():
    ax = new_axes()
    draw_ramp(ax)
    assert len(ax.lines) == 2 * LEVELS
    assert all(len(line.get_xdata()) == 3 for line in ax.lines)
