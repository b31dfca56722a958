"""Lesson 11: the paths of the gradient, its demo, and the exercises against nudged numbers."""

import numpy as np
import pytest

from lstm_course.cell import LSTMParams, init_params
from lstm_course.exercises import find
from lstm_course.gradcheck import GradientError, check_gradients
from lstm_course.sequence import lstm_backward, lstm_forward
from lstm_course.training.results import load_results
from lstm_course.widgets import gradient_paths_demo
from lstm_course.widgets.through_time import (
    HIGHEST,
    LOWEST,
    USUAL,
    gradient_paths,
    median_paths,
    random_paths,
)


@pytest.mark.parametrize("bias", [0, 1, 3])
@pytest.mark.parametrize("seed", [0, 1])
def test_the_whole_gradient_is_that_of_the_stored_sweep(bias, seed):
    stored = load_results("gradients")
    whole = random_paths(bias, 1 / np.sqrt(40), seed)["whole"]
    at = np.array(stored["lags"]) - 1
    np.testing.assert_allclose(whole[at], stored["norms"][f"LSTM, b_f = {bias}"][seed], rtol=1e-3)


@pytest.mark.parametrize(
    ("name", "bias", "scale"),
    [*((f"LSTM, b_f = {b}", b, USUAL) for b in (0, 1, 3)),
     ("LSTM, b_f = 3, large weights (1)", 3, 1.0)],
)  # fmt: skip
def test_the_demo_shows_the_numbers_of_the_stored_table(name, bias, scale):
    stored = load_results("gradients")
    whole = median_paths(bias, scale)["whole"][np.array(stored["lags"]) - 1]
    np.testing.assert_allclose(whole, stored["medians"][name], rtol=1e-3)


def test_the_whole_gradient_at_the_first_state_is_that_of_lstm_backward():
    rng = np.random.default_rng(4)
    params, xs, dh = init_params(rng, 2, 3), rng.normal(size=(6, 2)), rng.normal(size=3)
    dc_0 = lstm_backward(params, lstm_forward(params, xs), None, dh_T=dh).dc_0
    assert gradient_paths(params, xs, dh)["whole"][-1] == pytest.approx(np.linalg.norm(dc_0))


def test_along_c_the_gradient_is_multiplied_by_f_alone():
    rng = np.random.default_rng(5)
    params, xs, dh = init_params(rng, 2, 3), rng.normal(size=(6, 2)), rng.normal(size=3)
    trace = lstm_forward(params, xs)
    start = dh * trace.os[-1] * (1 - np.tanh(trace.cs[-1]) ** 2)
    along = [np.linalg.norm(start * np.prod(trace.fs[-k:], axis=0)) for k in range(1, 7)]
    np.testing.assert_allclose(gradient_paths(params, xs, dh)["along c"], along)


def test_without_weights_for_h_the_highway_is_the_only_way():
    rng = np.random.default_rng(6)
    params, xs, dh = init_params(rng, 2, 3), rng.normal(size=(6, 2)), rng.normal(size=3)
    params.W[:3] = 0
    np.testing.assert_allclose(gradient_paths(params, xs, dh)["through h and gates"], 0, atol=1e-15)


@pytest.mark.parametrize(
    ("bias", "scale", "verdict"), [(0, USUAL, "vanishes"), (3, USUAL, "stays"), (3, 1, "explodes")]
)
def test_the_demo_says_what_becomes_of_the_gradient(bias, scale, verdict):
    demo = gradient_paths_demo()
    demo.set(forget_bias=bias, scale=scale)
    assert demo.sentence.endswith(f"the gradient {verdict}.")
    whole, *_ = demo.moving
    np.testing.assert_allclose(whole.get_ydata(), median_paths(bias, scale)["whole"])


@pytest.mark.parametrize("bias", [0, 1, 6])
@pytest.mark.parametrize("scale", [0.05, USUAL, 1])
def test_the_name_of_each_curve_stands_at_its_end_and_no_two_overlap(bias, scale):
    demo = gradient_paths_demo(forget_bias=bias, scale=scale)
    lines, names = demo.moving[:3], demo.moving[3:]
    assert [text.get_color() for text in names] == [line.get_color() for line in lines]
    places = sorted(text.get_position()[1] for text in names)
    assert (np.diff(np.log10(places)) > 1.89).all()
    assert LOWEST < places[0] and places[-1] < HIGHEST
    order = [float(line.get_ydata()[-1]) for line in lines]
    by_end = sorted(zip(order, names, strict=True), key=lambda pair: pair[0])
    heights = [text.get_position()[1] for _, text in by_end]
    assert heights == sorted(heights)


def check_every_entry(backward):
    rng = np.random.default_rng(1)
    arrays = {
        "W": rng.normal(size=(5, 8)),
        "b": rng.normal(size=8),
        "xs": rng.normal(size=(4, 3, 3)),
        "h_0": rng.normal(size=(3, 2)),
        "c_0": rng.normal(size=(3, 2)),
    }
    W, b, xs, h_0, c_0 = arrays.values()
    dhs, trace = rng.normal(size=(4, 3, 2)), lstm_forward(LSTMParams(W, b), xs, h_0, c_0)
    hs, cs = np.concatenate([h_0[None], trace.hs]), np.concatenate([c_0[None], trace.cs])
    gates = np.concatenate([trace.is_, trace.fs, trace.os, trace.c_tildes], axis=-1)

    def loss(W, b, xs, h_0, c_0):
        return (dhs * lstm_forward(LSTMParams(W, b), xs, h_0, c_0).hs).sum()

    gradients = dict(zip(arrays, backward(dhs, xs, hs, cs, gates, W), strict=True))
    return check_gradients(loss, arrays, gradients)


def test_the_right_backward_pass_survives_a_check_of_every_entry():
    assert max(check_every_entry(find("sequence-backward").answer).values()) < 1e-6


@pytest.mark.parametrize(
    "slip",
    [slip for slip in find("sequence-backward").slips if slip.rank < 0],
    ids=lambda slip: slip.cause[:30],
)
def test_no_wrong_backward_pass_survives_a_check_of_every_entry(slip):
    with pytest.raises(GradientError):
        check_every_entry(slip.answer)
