"""Demos: move a control, then read what the artists hold, what is said, and the alt text."""

import math
import re
from dataclasses import replace

import numpy as np
import pytest

import lstm_course.widgets as widgets
from lstm_course import running_example as cell
from lstm_course.widgets import first, gates, outputs, switches
from lstm_course.widgets.base import Demo

DEMOS = sorted([*(n for n in widgets.__all__ if n.endswith("_demo")), "gate_playground"])


@pytest.fixture(params=DEMOS)
def demo(request) -> Demo:
    return getattr(widgets, request.param)()


def elsewhere(control, position):
    """Another position of a control."""
    if control.kind == "text":
        return "the cats"
    last = len(control.stops) - 1
    if control.count:
        return [elsewhere(replace(control, count=0), one) for one in position]
    return 0 if position == last else last


def shown(demo):
    """All that a page is shown."""
    return demo.still, demo.frame()


def test_every_control_moves_the_picture_and_reset_restores_it(demo):
    start = shown(demo)
    for name, control in demo.controls.items():
        demo.move({name: elsewhere(control, demo.positions[name])})
        still, frame = shown(demo)
        assert frame["svg"] != start[1]["svg"] or frame["sentence"] != start[1]["sentence"], name
        assert frame["alt"] == f"{demo.title}. {frame['sentence']}"
        demo.reset()
        assert shown(demo) == start


def test_after_many_moves_the_picture_is_that_of_a_new_demo(request, demo):
    new = getattr(widgets, request.node.callspec.params["demo"])()
    for _ in range(2):
        for name, control in demo.controls.items():
            demo.move({name: elsewhere(control, demo.positions[name])})
    new.set(**demo.values)
    assert shown(demo) == shown(new)


def test_a_question_stands_in_every_demo_and_every_control_has_a_name(demo):
    assert demo.question.endswith(("?", "."))
    assert all(control.label for control in demo.controls.values())
    assert demo.alt.startswith(demo.title)


def test_every_colour_of_a_picture_follows_the_theme(demo):
    colors = set(re.findall(r"(?<!, )#[0-9a-fA-F]{3,8}\b(?!\))", "".join(map(str, shown(demo)))))
    ids = set(re.findall(r"url\((#\w+)\)|href=\"(#\w+)", "".join(map(str, shown(demo)))))
    assert colors - {one for pair in ids for one in pair} == set()


def test_a_handle_lies_where_its_control_would_put_it_and_inside_the_picture(demo):
    width, height = demo.spec()["box"]
    described, moving = demo.spec()["handles"], demo.frame()["handles"]
    for handle, fixed, path in zip(demo.handles, described, moving, strict=True):
        control, path = demo.controls[handle.control], path or fixed["path"]
        assert len(path) == len(control.stops)
        inside = np.array(path)[np.isfinite(path).all(axis=1)]
        assert (inside >= -1).all() and (inside <= [width + 1, height + 1]).all()


def test_a_place_to_press_lies_inside_the_picture_and_sets_what_its_control_can_have(demo):
    for size in ("wide", "narrow"):
        demo.resize(size)
        spec = demo.spec()
        for press in spec["presses"]:
            (x, y, w, h), (width, height) = press["box"], spec["box"]
            assert 0 <= x < x + w <= width and 0 <= y < y + h <= height
            demo.move({press["control"]: press["to"]})
            demo.move({press["control"]: press["back"]})


def test_a_small_window_gets_a_narrow_picture_and_the_way_back(demo):
    wide = shown(demo)
    demo.resize("narrow")
    assert demo.spec()["box"][0] < 260
    assert shown(demo)[1]["sentence"] == wide[1]["sentence"]
    demo.resize("wide")
    assert shown(demo)[1]["at"] == wide[1]["at"]
    assert demo.spec()["box"][0] > 400


def test_what_is_not_possible_is_said_with_what_is(demo):
    with pytest.raises(ValueError, match="no control is named 'g'; there are: "):
        demo.set(g=1)
    for name in demo.controls:
        with pytest.raises(ValueError, match="possible|expected"):
            demo.set(**{name: math.pi * 1e6})


def test_a_demo_starts_where_it_is_told():
    demo = widgets.half_life_demo(f=0.99)
    assert "69 steps" in demo.sentence
    demo.set(f=0.5)
    demo.reset()
    assert demo.values["f"] == 0.99
    with pytest.raises(ValueError, match="forget gate f is 3; possible: from 0.00 to 1.00"):
        widgets.half_life_demo(f=3)


def test_the_page_gets_once_where_a_place_that_stays_can_be_dragged_to(demo):
    fixed = [demo._path(h) if h.fixed else None for h in demo.handles]
    for name, control in demo.controls.items():
        demo.move({name: elsewhere(control, demo.positions[name])})
        assert [demo._path(h) if h.fixed else None for h in demo.handles] == fixed
        assert [one["path"] for one in demo.spec()["handles"]] == fixed


def test_reset_on_the_page_goes_back_to_where_the_demo_was_told_to_start():
    demo = widgets.half_life_demo(f=0.99)
    assert demo.spec()["controls"]["f"]["start"] == demo.positions["f"]


def test_the_half_life_is_said_and_drawn():
    demo = widgets.half_life_demo()
    assert demo.sentence == "f = 0.90: half is gone after 7 steps; 0.12 is left after 20."
    demo.set(f=0.99)
    curve, mark = demo.moving
    np.testing.assert_allclose(curve.get_ydata(), 0.99 ** np.arange(101))
    assert mark.get_xdata()[0] == 69
    demo.set(f=1.0)
    assert "nothing is ever lost" in demo.sentence


@pytest.mark.parametrize("f, step", [(0.9, 7), (0.99, 69), (0.5, 1), (0.0, 1), (1.0, None)])
def test_half_gone_is_the_first_step_with_half_or_less(f, step):
    assert gates.half_gone(f) == step
    if step:
        assert f**step <= 0.5 + 1e-12
        assert step == 1 or f ** (step - 1) > 0.5


def test_the_two_unit_gate_starts_at_the_running_example():
    a_i, i_t = switches.input_gate_of([*cell.h_prev, *cell.x_t])
    np.testing.assert_allclose(a_i, [2, -1])
    np.testing.assert_allclose(i_t, [0.8808, 0.2689], atol=1e-4)
    assert "i = 0.88" in widgets.two_unit_gate_demo().sentence


def test_a_negative_weight_turns_sigma_round():
    values = switches.squashers(-2.0, 1.0, [0.5, 10.0, -10.0])
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


@pytest.mark.parametrize("scale, word", [(0.1, "vanishes"), (0.5, "explodes"), (0.3, "neither")])
def test_the_gradient_is_put_into_words(scale, word):
    assert word in first.describe_norms(scale, first.gradient_norms(scale))


def test_temperature_sharpens_and_keeps_the_order():
    cold, hot = (outputs.at_temperature(outputs.SCORES, t) for t in (0.1, 10.0))
    assert cold.max() > 0.99 > 0.5 > hot.max()
    assert (np.argsort(cold) == np.argsort(hot)).all()


def test_the_hidden_state_demo_shows_equation_6():
    demo = widgets.hidden_state_demo()
    demo.set(c_t=10.0, o_t=0.5)
    _, mark, _ = demo.moving
    assert mark.get_ydata()[0] == pytest.approx(0.5 * math.tanh(10))
    assert "h = 0.500" in demo.sentence


def test_the_memory_of_the_candidate_demo_never_leaves_its_axis():
    demo = widgets.candidate_demo()
    for f, i, shift in [(1, 1, 2), (0.5, 0.1, 0), (1, 1, -2), (0, 0, 0)]:
        demo.set(f=f, i=i, shift=shift)
        low, high = demo.ax.get_ylim()
        for line in demo.moving:
            assert low <= line.get_ydata().min() and line.get_ydata().max() <= high


def test_the_slider_of_the_half_life_spends_its_way_where_something_happens():
    stops = widgets.half_life_demo().controls["f"].stops
    lives = [gates.half_gone(f) or 10_000 for f in stops]
    assert sum(life > 5 for life in lives) > len(stops) / 2
