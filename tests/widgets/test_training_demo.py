"""Demos of lessons 12 and 14: what they record, draw and say."""

import numpy as np
import pytest

from lstm_course.widgets import saturation_demo, training_demo
from lstm_course.widgets.training import (
    EVERY,
    STEPS,
    gate_values,
    record_training,
    stored_recordings,
)


def test_a_recording_has_one_look_before_training_and_one_every_few_steps():
    recording = record_training(3.0)
    assert recording.losses.shape == (STEPS,)
    assert recording.fs.shape == recording.cs.shape == (STEPS // EVERY + 1, 31, 2)
    assert recording.accuracy[0] < 0.65 and recording.accuracy[-1] == 1


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_lag_30_is_learned_with_a_forget_bias_of_1_and_not_with_0(seed):
    learned, not_learned = record_training(1.0, seed), record_training(0.0, seed)
    assert learned.accuracy[-1] == 1 and not_learned.accuracy[-1] < 0.65
    apart = {name: np.ptp(r.cs[-1, -1]) for name, r in (("1", learned), ("0", not_learned))}
    assert apart["1"] > 3 and apart["0"] < 0.1


def test_the_slider_moves_through_the_training():
    demo = training_demo()
    before = demo.frame()["svg"]
    demo.set(step=90)
    assert demo.frame()["svg"] != before
    assert "after 90 steps 100 %" in demo.sentence
    recording = stored_recordings()["1"]
    loss, now, *_, memory, _ = demo.moving
    np.testing.assert_array_equal(loss.get_ydata(), recording.losses[:90])
    assert now.get_xdata()[0] == 90
    np.testing.assert_array_equal(memory.get_ydata(), recording.cs[30, :, 0])


def test_the_training_starts_at_its_beginning_and_shows_nothing_of_what_is_to_come():
    demo = training_demo()
    assert demo.values["step"] == 0
    assert len(demo.moving[0].get_xdata()) == 0
    assert demo.play.control == "step"


def test_the_stored_recordings_say_what_fresh_ones_say():
    fresh, stored = record_training(1.0), stored_recordings()["1"]
    np.testing.assert_allclose(stored.losses[:20], fresh.losses[:20], atol=2e-3)
    assert stored.cs.shape == fresh.cs.shape and stored.fs.shape == fresh.fs.shape
    assert stored.accuracy[-1] == fresh.accuracy[-1] == 1


def test_the_margin_decides_what_counts_as_saturated():
    demo = saturation_demo()
    demo.set(task="cats, trained")
    shares = {g: round(100 * (v > 0.9).mean()) for g, v in gate_values("cats, trained").items()}
    assert f"i 2 % and {shares['i']} %" in demo.sentence and shares["i"] > 50
    demo.set(margin=0.02)
    assert f"i 2 % and {shares['i']} %" not in demo.sentence


def test_the_shares_stand_above_the_panels_and_no_bar_leaves_them():
    for task in ("lag 20, untrained", "lag 20, trained", "cats, trained"):
        demo = saturation_demo(task=task)
        bars, texts = demo.moving[:3], demo.moving[-6:]
        top = demo.ax.get_ylim()[1]
        assert max(outline.get_data().values.max() for outline in bars) <= top
        f_open = 100 * (gate_values(task)["f"] > 0.9).mean()
        assert texts[3].get_text() == f"{f_open:.0f} %"


def test_filling_after_a_sentence_is_not_counted():
    sizes = {gate: values.size for gate, values in gate_values("cats, trained").items()}
    assert len(set(sizes.values())) == 1
    assert 0 < sizes["f"] < 200 * 19 * 16 and sizes["f"] % 16 == 0
