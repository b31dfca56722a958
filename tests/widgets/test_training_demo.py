"""Demos of lessons 12 and 14: what they record, draw and say."""

import numpy as np
import pytest

from lstm_course.plots.heat import LEVELS
from lstm_course.widgets import saturation_demo, training_demo
from lstm_course.widgets.saturation import gate_values
from lstm_course.widgets.training import (
    EVERY,
    STEPS,
    record_training,
    shade,
    stored_recordings,
)


def test_a_recording_has_one_look_before_training_and_one_every_few_steps():
    recording = record_training(3.0)
    assert recording.losses.shape == (STEPS,)
    assert recording.apart.shape == (STEPS // EVERY + 1, 31, 16)
    assert recording.fs.shape == (STEPS // EVERY + 1, 16)
    assert recording.accuracy[0] < 0.65 and recording.accuracy[-1] == 1


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_lag_30_is_learned_with_a_forget_bias_of_1_and_not_with_0(seed):
    learned, not_learned = record_training(1.0, seed), record_training(0.0, seed)
    assert learned.accuracy[-1] == 1 and not_learned.accuracy[-1] < 0.65
    apart = {
        name: np.abs(r.apart[-1, -1]).max() for name, r in (("1", learned), ("0", not_learned))
    }
    assert apart["1"] > 3 and apart["0"] < 0.1


def test_the_slider_moves_through_the_training():
    demo = training_demo()
    before = demo.frame()["svg"]
    demo.set(step=90)
    assert demo.frame()["svg"] != before
    assert "after 90 steps 100 %" in demo.sentence
    recording = stored_recordings()["1"]
    f, loss, now, *shades = demo.moving
    np.testing.assert_array_equal(loss.get_ydata(), recording.losses[:90])
    np.testing.assert_allclose(f.get_ydata(), recording.fs[:31].mean(axis=1))
    assert now.get_xdata()[0] == 90
    strongest = np.rint(LEVELS * np.clip(shade(recording.apart[30]), -1, 1)).T == LEVELS
    drawn = np.nansum(np.diff(np.reshape(shades[-1].get_xdata(), (-1, 3))[:, :2]))
    assert drawn == pytest.approx(strongest.sum()) and strongest.sum() > 20


def test_the_training_starts_at_its_beginning_and_shows_nothing_of_what_is_to_come():
    demo = training_demo()
    assert demo.values["step"] == 0
    f, loss, now, *_ = demo.moving
    assert len(loss.get_xdata()) == 0 and list(f.get_xdata()) == [0] == list(now.get_xdata())
    assert demo.play.control == "step"


def test_the_stored_recordings_say_what_fresh_ones_say():
    fresh, stored = record_training(1.0), stored_recordings()["1"]
    np.testing.assert_allclose(stored.losses[:20], fresh.losses[:20], atol=2e-3)
    assert stored.apart.shape == fresh.apart.shape and stored.fs.shape == fresh.fs.shape
    half_a_shade = 0.5 / LEVELS
    assert np.abs(shade(stored.apart[0]) - shade(fresh.apart[0])).max() < half_a_shade
    assert stored.accuracy[-1] == fresh.accuracy[-1] == 1


def test_the_margin_decides_what_counts_as_saturated():
    demo = saturation_demo()
    demo.set(task="cats, trained")
    shares = {g: round(100 * (v > 0.9).mean()) for g, v in gate_values("cats, trained").items()}
    assert f"i_t 2 % and {shares['i']} %" in demo.sentence and shares["i"] > 50
    demo.set(margin=0.02)
    assert f"i_t 2 % and {shares['i']} %" not in demo.sentence


def test_the_shares_stand_above_the_panels_and_no_bar_leaves_them():
    for task in ("lag 20, untrained", "lag 20, trained", "cats, trained"):
        demo = saturation_demo(task=task)
        bars, texts = demo.moving[:6], demo.moving[-6:]
        top = demo.ax.get_ylim()[1]
        assert max(np.nanmax(outline.get_data().values) for outline in bars) <= top
        f_open = 100 * (gate_values(task)["f"] > 0.9).mean()
        assert texts[3].get_text() == f"open {f_open:.0f} %"


def test_filling_after_a_sentence_is_not_counted():
    sizes = {gate: values.size for gate, values in gate_values("cats, trained").items()}
    assert len(set(sizes.values())) == 1
    assert 0 < sizes["f"] < 200 * 19 * 16 and sizes["f"] % 16 == 0


@pytest.mark.parametrize("margin", [0.02, 0.1, 0.34])
def test_what_is_drawn_strong_is_what_the_shares_count(margin):
    demo = saturation_demo(task="cats, trained", margin=margin)
    for strong, (gate, values) in zip(
        demo.moving[3:6], gate_values("cats, trained").items(), strict=True
    ):
        counted = ((values < margin) | (values > 1 - margin)).mean()
        assert np.nansum(strong.get_data().values) == pytest.approx(counted, abs=1e-3), gate


def test_a_difference_ten_times_as_large_is_a_third_of_the_scale_stronger():
    np.testing.assert_allclose(
        shade(np.array([0, 0.005, 0.1, 1, -1, 10])), [0, 0, 1 / 3, 2 / 3, -2 / 3, 1]
    )


def test_the_memory_of_the_first_symbol_reaches_the_end_only_after_the_training():
    demo = training_demo()
    assert "unit 14 tells the two symbols apart best: by 0.02" in demo.sentence
    demo.set(step=39)
    assert "by 4.43" in demo.sentence
    demo.set(forget_bias="0")
    assert "no unit's memories are 0.01 apart" in demo.sentence
