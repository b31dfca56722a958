"""A memory against the band that a task allows."""

import numpy as np
import pytest

from lstm_course.plots.band import plot_band


def test_the_band_lies_around_the_goal_and_the_first_step_outside_is_marked():
    seen, goal = np.array([1.0, 1.05, 1.3, 1.0]), np.ones(4)
    ax = plot_band(seen, goal, 0.1, broke=3)
    assert [round(bar.get_y(), 3) for bar in ax.patches] == [0.9] * 4
    assert [round(bar.get_height(), 3) for bar in ax.patches] == [0.2] * 4
    memory, ring = ax.lines
    assert memory.get_ydata() == pytest.approx(seen)
    assert (ring.get_xdata()[0], ring.get_ydata()[0]) == (3, 1.3)


def test_a_memory_that_runs_away_leaves_the_band_readable():
    ax = plot_band(np.geomspace(1, 1e6, 20), np.ones(20), 0.1, broke=2)
    assert ax.get_ylim()[1] < 3


def test_one_goal_a_step_is_asked_for():
    with pytest.raises(ValueError, match=r"seen has shape \(3,\) and goal \(2,\)"):
        plot_band(np.zeros(3), np.zeros(2), 0.1)
