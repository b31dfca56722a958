"""The gate playground and its challenges: presets do what they say, every good setting passes."""

import numpy as np
import pytest

from lstm_course.exercises.challenges import (
    NOISE,
    NUMBERS,
    STEPS,
    add_up,
    as_finding,
    hold_through_noise,
    replace_at_step_10,
    show_at_the_end,
)
from lstm_course.networks.by_hand import PRESETS, play, show_memory
from lstm_course.widgets.playground import gate_playground


def run(name, c_0, steps=4):
    preset = PRESETS[name]
    return play(preset.f, preset.i, np.full(steps, preset.c_tilde), c_0=c_0)


def test_presets_do_what_they_say():
    np.testing.assert_array_equal(run("keep", 0.7), [0.7] * 4)
    assert run("write", 0.7)[0] == pytest.approx(1.7)
    np.testing.assert_array_equal(run("replace", 0.7), [PRESETS["replace"].c_tilde] * 4)
    np.testing.assert_array_equal(run("erase", 0.7), [0.0] * 4)
    np.testing.assert_allclose(run("count", 0.0), [0.1, 0.2, 0.3, 0.4])
    for name, preset in PRESETS.items():
        assert f"f = {preset.f:g}, i = {preset.i:g}" in preset.says, name


def test_play_follows_equation_5_by_hand():
    c = play([0.5, 1.0, 0.0], [1.0, 0.5, 1.0], [1.0, -1.0, 0.25], c_0=2.0)
    np.testing.assert_array_equal(c, [2.0, 1.5, 0.25])
    np.testing.assert_allclose(show_memory([1, 0, 0.5], c), [np.tanh(2.0), 0, 0.5 * np.tanh(0.25)])


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        (([0.5, 1.5], 0, [1, 1]), r"f is 1.5 at step 2; a gate lies between 0 and 1"),
        ((1, -0.1, [1, 1]), "i is -0.1; a gate"),
        (([1, 1], [0, 0, 0], 1), "one number each, or one per step"),
        ((1, float("nan"), 1), "holds nan"),
    ],
)
def test_settings_that_are_no_gates_are_named(settings, message):
    with pytest.raises(ValueError, match=message):
        play(*settings)


def gates(**at):
    """Return keep at every step, but for the steps given as f=…, i=… at step 10."""
    f, i = np.ones(STEPS), np.zeros(STEPS)
    for step, (f_value, i_value) in ((int(k[1:]), v) for k, v in at.items()):
        f[step - 1], i[step - 1] = f_value, i_value
    return f, i


def at_the_end(value=1.0):
    o = np.zeros(STEPS)
    o[-1] = value
    return o


@pytest.mark.parametrize(
    "trial",
    [
        hold_through_noise(1, 0),
        hold_through_noise(0.999, 0.01),
        hold_through_noise(np.ones(STEPS), np.where(NOISE > 0, 0.01, 0.0)),
        add_up(1, 1),
        add_up(0.99, 1),
        add_up(np.ones(len(NUMBERS)), 0.98),
        replace_at_step_10(*gates(s10=(0, 1))),
        replace_at_step_10(*gates(s10=(0.05, 1))),
        replace_at_step_10(*gates(s10=(0.02, 0.9))),
        show_at_the_end(1, 0, at_the_end()),
        show_at_the_end(0.999, 0.01, at_the_end(0.95)),
        show_at_the_end(1, 0, np.maximum(at_the_end(), 0.1)),
    ],
)
def test_every_setting_that_does_the_job_is_accepted(trial):
    assert trial.broke is None
    assert as_finding(trial) is None


@pytest.mark.parametrize(
    ("trial", "step", "cause"),
    [
        (hold_through_noise(0.9, 0), 2, "f is too small"),
        (hold_through_noise(0.99, 0), 11, "f is too small"),
        (hold_through_noise(1, 1), 1, "noise is written"),
        (hold_through_noise(*gates(s13=(1, 1))), 13, "noise is written"),
        (add_up(0.9, 1), 3, "part of the sum so far is lost"),
        (add_up(1, 0.5), 1, "not all of the new number"),
        (add_up(0, 1), 2, "part of the sum so far is lost"),
        (replace_at_step_10(*gates(s10=(1, 1))), 10, "the old value is still"),
        (replace_at_step_10(*gates(s10=(0, 0.5))), 10, "not all of it"),
        (replace_at_step_10(*gates(s11=(0, 1))), 10, "the old value is still"),
        (replace_at_step_10(*gates(s10=(0, 1), s13=(1, 1))), 13, "noise is written"),
        (replace_at_step_10(*gates(s10=(0, 1), s16=(0, 0))), 16, "f is too small"),
        (show_at_the_end(1, 0, 1), 1, "shown before the end"),
        (show_at_the_end(1, 0, 0), 20, "o hides it"),
        (show_at_the_end(0.8, 0, at_the_end()), 1, "the memory fades"),
        (show_at_the_end(1, 0, np.roll(at_the_end(), -1)), 19, "shown before the end"),
    ],
)
def test_a_setting_that_fails_names_its_step_and_cause(trial, step, cause):
    assert trial.broke == step
    assert cause in trial.cause
    assert f"breaks at step {step}:" in as_finding(trial).cause


def start_from(demo, name):
    """Press a preset."""
    demo.set(**demo.presets[name])


@pytest.fixture
def demo():
    return gate_playground(with_output=True)


def test_a_preset_moves_the_sliders_and_what_follows_only(demo):
    start_from(demo, "write")
    demo.set(steps=2)
    start_from(demo, "keep")
    demo.set(steps=5)
    np.testing.assert_array_equal(demo.memory[:5], [1, 2, 2, 2, 2])
    assert (demo.values["f"], demo.values["i"]) == (1, 0)
    start_from(demo, "erase")
    np.testing.assert_array_equal(demo.memory[4:7], [2, 0, 0])


def test_each_preset_in_the_playground_gives_the_memory_of_play(demo):
    for name, preset in PRESETS.items():
        demo.reset()
        start_from(demo, name)
        offer = demo.values["c_tilde"]
        np.testing.assert_array_equal(demo.memory, play(preset.f, preset.i, np.full(STEPS, offer)))


def test_the_picture_shows_what_was_computed(demo):
    start_from(demo, "count")
    demo.set(o=0.5)
    demo.set(steps=4)
    lines = demo.lines
    np.testing.assert_allclose(lines["c_t"].get_ydata(), [0, 0.1, 0.2, 0.3, 0.4])
    np.testing.assert_allclose(lines["h_t"].get_ydata(), 0.5 * np.tanh([0.1, 0.2, 0.3, 0.4]))
    np.testing.assert_array_equal(lines["next"].get_xdata(), np.arange(4, STEPS + 1))
    np.testing.assert_array_equal(lines["o_t"].get_ydata(), np.full(STEPS, 0.5))
    assert demo.sentence == (
        "After step 4 the memory is 0.40 and shows 0.19. Next: 1.00 · 0.40 + 1.00 · 0.10 = 0.50."
    )
    assert demo.alt == f"A memory and its gates over 20 steps. {demo.sentence}"


def test_going_back_forgets_the_steps_taken_back(demo):
    start_from(demo, "write")
    demo.set(steps=6)
    demo.set(steps=3)
    start_from(demo, "keep")
    demo.set(steps=6)
    np.testing.assert_array_equal(demo.memory[:6], [1, 2, 3, 3, 3, 3])


def test_reset_forgets_the_steps_and_the_end_is_said(demo):
    before = demo.frame()["svg"]
    start_from(demo, "write")
    demo.set(steps=STEPS)
    assert "beyond the picture" in demo.sentence and "last step" in demo.sentence
    assert demo.frame()["svg"] != before
    demo.reset()
    assert demo.frame()["svg"] == before
    assert demo.track.taken == []


def test_offers_come_from_the_sequence_that_was_chosen(demo):
    start_from(demo, "write")
    demo.set(offers="numbers to add up")
    np.testing.assert_allclose(demo.memory[:10], np.cumsum(NUMBERS))
    demo.set(offers="noise")
    np.testing.assert_array_equal(demo.lines["c_tilde"].get_ydata(), NOISE)


def test_without_the_output_gate_nothing_is_shown_of_h():
    demo = gate_playground()
    assert "o" not in demo.controls
    assert not {"h_t", "o_t"} & set(demo.lines)
    demo.set(steps=1)
    assert "shows" not in demo.sentence
