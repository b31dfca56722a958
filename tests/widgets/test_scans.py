"""Demos of lessons 17 and 18: a scan round by round, and a model that runs free."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from lstm_course.tasks import CHARACTERS
from lstm_course.widgets import sampling_demo, scan_demo
from lstm_course.widgets.sampling import written
from lstm_course.widgets.scans import after_rounds


@pytest.mark.parametrize("rounds", [0, 1, 2, 3, 4, 16])
def test_after_k_rounds_the_scan_has_two_to_the_k_steps_and_the_loop_k(rounds):
    right, loop, scan = after_rounds(0.9, rounds)
    assert np.isfinite(loop).sum() == rounds
    done = min(2**rounds, 16)
    assert_allclose(scan[:done], right[:done], rtol=0, atol=1e-12)
    assert done == 16 or np.abs(scan - right).max() > 0.1


def test_the_demo_says_how_far_each_is():
    demo = scan_demo()
    demo.set(rounds=4)
    assert demo.sentence.endswith("the loop has 4 of 16 steps, the scan 16 of 16.")


def test_the_marked_character_is_the_next_one_that_is_written():
    demo = sampling_demo()
    demo.set(letters=3, temperature=0.5)
    drawn, ys = written(0.5, "first")
    mark = demo.moving[-2]
    assert CHARACTERS[int(mark.get_xdata()[0])] == drawn[3]
    heights = [bar.get_height() for bar in demo.moving[:-2]]
    assert_allclose(heights, ys[3])
    assert f"alice {drawn[:3]}" in demo.sentence.replace("¶", "\n")
