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
from lstm_course.gradcheck import numerical_gradient
from lstm_course.networks.by_hand import PRESETS, gradients, play, show_memory
from lstm_course.widgets.playground import GOAL, gate_playground, story


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


def test_the_gradients_of_the_goal_are_those_of_nudging():
    rng = np.random.default_rng(4)
    (f, i), c_tilde = rng.uniform(size=(2, STEPS)), rng.uniform(-1, 1, STEPS)

    def loss(c):
        return 0.5 * (c[-1] - GOAL) ** 2

    df, di, dc = gradients(f, i, c_tilde, goal=GOAL)
    nudged_f = numerical_gradient(lambda f: loss(play(f, i, c_tilde)), f)
    nudged_i = numerical_gradient(lambda i: loss(play(f, i, c_tilde)), i)
    # what is added at step t reaches c_t: a nudge of it is a nudge of c_t
    nudged_c = numerical_gradient(
        lambda extra: loss(play(f, np.ones(STEPS), i * c_tilde + extra)), np.zeros(STEPS)
    )
    for ours, numbers in ((df, nudged_f), (di, nudged_i), (dc, nudged_c)):
        np.testing.assert_allclose(ours, numbers, rtol=1e-6, atol=1e-9)


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


@pytest.fixture
def demo():
    return gate_playground(with_output=True)


def press(demo, name):
    """Press a word."""
    demo.set(**demo.presets[name])


def heights(line):
    """The heights of bars that are drawn as one line."""
    return line.get_ydata()[1::3]


def test_it_starts_in_the_middle_of_a_story_below_the_goal(demo):
    assert demo.values["step"] == 8
    np.testing.assert_allclose(demo.memory, [0, *[0.6] * 3, *[1] * 9, *[0] * 7])
    assert demo.sentence == (
        "Step 8: 1.00 · 1.00 + 0.00 · 0.60 = 1.00. It shows 0.76. After step 20 the memory is 0.00."
    )
    assert demo.alt == f"A memory and its gates over 20 steps. {demo.sentence}"


def test_a_word_sets_this_step_and_all_after_it_and_none_before(demo):
    for name, preset in PRESETS.items():
        demo.reset()
        press(demo, name)
        for row in ("f", "i"):
            np.testing.assert_array_equal(demo.values[row][:7], story()[row][:7])
            np.testing.assert_array_equal(demo.values[row][7:], getattr(preset, row))
        offers = np.full(13, preset.c_tilde) if preset.i else story()["c_tilde"][7:]
        np.testing.assert_array_equal(demo.values["c_tilde"][7:], offers)
        np.testing.assert_array_equal(
            demo.memory[7:], play(np.full(13, preset.f), preset.i, offers, c_0=1.0)
        )


def test_two_words_bring_the_memory_to_the_goal_and_that_is_said(demo):
    press(demo, "write")
    demo.set(step=9)
    press(demo, "keep")
    np.testing.assert_array_equal(demo.memory[7:], [2.0] * 13)
    assert demo.sentence.endswith("From step 8 on it stays at 2.")
    demo.set(step=20, i=1, c_tilde=1)
    assert demo.sentence.endswith("After step 20 the memory is 3.00.")


def test_one_step_alone_can_be_set(demo):
    f = demo.values["f"].copy()
    f[13] = 1
    demo.set(f=f)
    np.testing.assert_array_equal(demo.memory[4:], [1.0] * 16)


def test_every_entry_of_every_row_and_this_step_can_be_dragged(demo):
    rows = ["f", "i", "c_tilde", "o"]
    assert [(h.control, h.entry) for h in demo.handles] == [
        ("step", None),
        *((row, k) for row in rows for k in range(STEPS)),
    ]
    assert all(demo.controls[row].chosen_by == "step" for row in rows)


def test_the_picture_shows_what_was_computed(demo):
    demo.set(o=0.5)
    demo.set(step=12)
    press(demo, "count")
    lines = demo.picture.lines
    np.testing.assert_array_equal(lines["c_t"].get_ydata(), [0, *demo.memory[:12]])
    np.testing.assert_array_equal(lines["to_come"].get_xdata(), np.arange(12, STEPS + 1))
    np.testing.assert_array_equal(lines["to_come"].get_ydata(), demo.memory[11:])
    np.testing.assert_allclose(
        lines["h_t"].get_ydata(), demo.values["o"][:12] * np.tanh(demo.memory[:12])
    )
    for row, line in demo.picture.bars.items():
        np.testing.assert_array_equal(heights(line), demo.values[row])


@pytest.mark.parametrize("c_tilde", [-1, -0.5, 0.1, 1])
def test_the_memory_and_its_number_never_leave_the_axis(demo, c_tilde):
    demo.set(step=1)
    demo.set(f=1, i=1, c_tilde=c_tilde)
    low, high = demo.picture.memory.get_ylim()
    for step in range(1, STEPS + 1):
        demo.set(step=step)
        assert low < demo.memory.min() and demo.memory.max() < high
        assert low < demo.picture.text.get_position()[1] < high


def test_without_the_output_gate_nothing_is_shown_of_h():
    demo = gate_playground()
    assert "o" not in demo.controls and "o" not in demo.picture.bars
    assert "h_t" not in demo.picture.lines
    assert "shows" not in demo.sentence


def test_the_gradient_is_hidden_until_it_is_asked_for():
    demo = gate_playground(with_gradient=True)
    assert "∂L" not in demo.sentence and not len(demo.picture.d["f"].get_xdata())
    demo.set(helped="show")
    df, di, _ = gradients(*(demo.values[row] for row in ("f", "i", "c_tilde")), goal=GOAL)
    np.testing.assert_array_equal(heights(demo.picture.d["f"]), df)
    np.testing.assert_array_equal(heights(demo.picture.d["i"]), di)


def test_the_gate_that_lost_the_memory_stops_the_gradient_and_keep_lets_it_through():
    demo = gate_playground(with_gradient=True)
    np.testing.assert_array_equal(demo.dc, [0.0] * 13 + [-2.0] * 7)
    np.testing.assert_array_equal(np.flatnonzero(demo.df), [13])
    demo.set(step=14, f=1)
    np.testing.assert_array_equal(demo.dc, [-1.0] * 20)
    np.testing.assert_array_equal(demo.di, -demo.values["c_tilde"])


def test_what_is_no_playground_is_said():
    with pytest.raises(ValueError, match="forget gate f is 2; possible: from 0.0 to 1.0"):
        gate_playground(f=2)
    with pytest.raises(ValueError, match="this step is 21; possible: from 1 to 20"):
        gate_playground(step=21)
    np.testing.assert_array_equal(gate_playground(step=1, f=0.5).values["f"], [0.5] * STEPS)
