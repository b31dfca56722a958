"""Demos: move a slider, then read what the artists hold, what is said, and the alt text."""

import io
import math

import numpy as np
import pytest
from matplotlib.text import Text
from PIL import Image

import lstm_course.widgets as widgets
from lstm_course import running_example as cell
from lstm_course.widgets import first, gates, outputs
from lstm_course.widgets.base import Demo

DEMOS = sorted(name for name in widgets.__all__ if name.endswith("_demo"))


@pytest.fixture(params=DEMOS)
def demo(request) -> Demo:
    demo = getattr(widgets, request.param)()
    if not isinstance(demo, Demo):
        pytest.skip("has a test file of its own")
    return demo


def move(control):
    """Put a control somewhere else."""
    if hasattr(control, "options"):
        control.value = next(option for option in control.options if option != control.value)
    elif isinstance(control.value, str):
        control.value = "the cats"
    else:
        control.value = control.min if control.value == control.max else control.max


def test_every_control_moves_the_picture_and_reset_restores_it(demo):
    start, sentence, alt = demo.picture.png, demo.sentence, demo.picture.alt
    for control in demo.controls.values():
        move(control)
        assert (demo.picture.png, demo.sentence) != (start, sentence)
        assert demo.picture.alt.endswith(demo.sentence)
        demo.reset.click()
        assert (demo.picture.png, demo.sentence, demo.picture.alt) == (start, sentence, alt)


def test_after_many_moves_the_picture_is_that_of_a_new_demo(request, demo):
    new = getattr(widgets, request.node.callspec.params["demo"])()
    for _ in range(2):
        for control in demo.controls.values():
            move(control)
    for name, control in new.controls.items():
        control.value = demo.controls[name].value
    moved, fresh = (np.asarray(d.figure.canvas.buffer_rgba()) for d in (demo, new))
    np.testing.assert_array_equal(moved, fresh)


def test_every_control_says_what_it_is(demo):
    assert all(len(control.description) >= 1 for control in demo.controls.values())
    assert demo.picture.alt.startswith(demo.title)


def test_the_picture_is_a_white_png_of_the_figures_size(demo):
    picture = Image.open(io.BytesIO(demo.picture.png)).convert("RGB")
    assert picture.size == demo.figure.canvas.get_width_height()
    assert picture.getpixel((2, 2)) == (255, 255, 255)


def test_it_reads_the_same_where_nothing_runs(demo):
    before, _ = demo._repr_mimebundle_()
    for control in demo.controls.values():
        move(control)
    after, _ = demo._repr_mimebundle_()
    assert before["text/plain"] == after["text/plain"]
    assert demo.title in before["text/plain"]
    assert before["image/png"] and "alt=" in before["text/html"]


def test_the_half_life_is_said_and_drawn():
    demo = widgets.half_life_demo()
    assert demo.sentence == "f = 0.90: half is gone after 7 steps; 0.12 is left after 20."
    demo.controls["f"].value = 0.99
    curve, mark = demo.moving
    np.testing.assert_allclose(curve.get_ydata(), 0.99 ** np.arange(101))
    assert mark.get_xdata()[0] == 69
    demo.controls["f"].value = 1.0
    assert "nothing is ever lost" in demo.sentence


@pytest.mark.parametrize("f, step", [(0.9, 7), (0.99, 69), (0.5, 1), (0.0, 1), (1.0, None)])
def test_half_gone_is_the_first_step_with_half_or_less(f, step):
    assert gates.half_gone(f) == step
    if step:
        assert f**step <= 0.5 + 1e-12
        assert step == 1 or f ** (step - 1) > 0.5


def test_the_two_unit_gate_starts_at_the_running_example():
    a_i, i_t = gates.input_gate_of(cell.h_prev[1], 1.0, 0.0)
    np.testing.assert_allclose(a_i, [2, -1])
    np.testing.assert_allclose(i_t, [0.8808, 0.2689], atol=1e-4)
    assert "i = 0.88" in widgets.two_unit_gate_demo().sentence


def test_a_negative_weight_turns_sigma_round():
    values = gates.squashers(-2.0, 1.0, [0.5, 10.0, -10.0])
    np.testing.assert_allclose(values["sigmoid"], [0.5, 0, 1], atol=1e-6)
    np.testing.assert_array_equal(values["step"], [0, 0, 1])
    np.testing.assert_allclose(values["tanh"], [0, -1, 1], atol=1e-6)


def test_a_sigma_candidate_never_lets_a_kept_memory_down():
    with_sigma = gates.memory_of_offers("σ", 1.0, 0.5, 0.0)
    with_tanh = gates.memory_of_offers("tanh", 1.0, 0.5, 0.0)
    assert (np.diff(with_sigma) > 0).all()
    assert (np.diff(with_tanh) < 0).any()


def test_what_is_held_is_shown_only_while_the_gate_is_open():
    c, o, h = gates.held_and_shown(0.0, 1.0, "at step 20")
    assert (c == 1).all()
    np.testing.assert_allclose(h, [0.0] * 19 + [math.tanh(1)])
    assert o.sum() == 1


def test_a_gate_scales_the_wave():
    _, signal, passed = first.gated_wave(0.25)
    np.testing.assert_allclose(passed, signal / 4)


@pytest.mark.parametrize("scale, word", [(0.1, "vanishes"), (0.5, "explodes"), (0.3, "neither")])
def test_the_gradient_is_put_into_words(scale, word):
    assert word in first.describe_norms(scale, first.gradient_norms(scale))


def test_temperature_sharpens_and_keeps_the_order():
    cold, hot = (outputs.at_temperature(outputs.SCORES, t) for t in (0.1, 10.0))
    assert cold.max() > 0.99 > 0.5 > hot.max()
    assert (np.argsort(cold) == np.argsort(hot)).all()


def test_the_hidden_state_demo_shows_equation_6():
    demo = widgets.hidden_state_demo()
    demo.controls["c_t"].value, demo.controls["o_t"].value = 10.0, 0.5
    _, mark = demo.moving
    assert mark.get_ydata()[0] == pytest.approx(0.5 * math.tanh(10))
    assert "h = 0.500" in demo.sentence


LONG = "the cats which already ate" + " near the dog" * 4


@pytest.mark.parametrize("first", ["cat", "cats"])
def test_the_longest_cat_sentence_of_every_unit_stays_inside_the_picture(first):
    demo = widgets.cat_demo()
    demo.controls["sentence"].value = LONG.replace("cats", first)
    assert f"After “{demo.controls['sentence'].value}”" in demo.sentence
    for unit in demo.controls["shown"].options:
        demo.controls["shown"].value = unit
        for line in demo.figure.findobj(lambda artist: artist in demo.moving[:7]):
            low, high = line.axes.get_ylim()
            assert low < line.get_ydata().min() and line.get_ydata().max() < high


def test_the_words_of_a_cat_sentence_stand_apart_and_inside_the_picture():
    demo = widgets.cat_demo()
    demo.controls["sentence"].value = LONG
    words = [artist for artist in demo.moving[7:] if artist.get_text()]
    assert [text.get_text() for text in words] == LONG.split()
    boxes = [text.get_window_extent() for text in words]
    assert all(box.y0 > 0 and box.x0 > 0 for box in boxes)
    assert np.diff([text.get_position()[0] for text in words]).min() >= 0.99


def test_a_cat_sentence_with_more_words_than_fit_is_refused_with_a_reason():
    demo = widgets.cat_demo()
    demo.controls["sentence"].value = LONG + " near the dog"
    assert "20 words before the verb; expected 1 to 17" in demo.sentence


def test_words_that_stay_are_not_drawn_again_and_words_that_go_leave_no_trace(monkeypatch):
    demo = widgets.cat_demo()
    start, sentence = demo.picture.png, demo.controls["sentence"].value
    drawn = []
    draw = Text.draw
    monkeypatch.setattr(Text, "draw", lambda self, r: drawn.append(self) or draw(self, r))
    demo.controls["shown"].value = "unit 0"
    assert not drawn and demo.picture.png != start
    demo.controls["shown"].value = "unit 8"
    assert demo.picture.png == start
    demo.controls["sentence"].value = "the cat"
    assert drawn
    shorter = demo.picture.png
    demo.controls["sentence"].value = sentence
    assert demo.picture.png == start != shorter
    demo.controls["sentence"].value = "the cat"
    assert demo.picture.png == shorter
