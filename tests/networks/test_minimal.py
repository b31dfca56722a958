"""Scans, the cells that are scans, and one step of the sLSTM, against loops of plain numbers."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from lstm_course.networks import (
    BlindLSTM,
    MinGRUParams,
    MinLSTMParams,
    mingru_step,
    minlstm_step,
    new_blind_lstm,
    new_lstm,
    new_mingru,
    new_minlstm,
    scan,
    scan_backward,
    scan_loop,
    slstm_step,
)
from lstm_course.tasks import make_parity
from lstm_course.training import loss, loss_and_gradients, train

MAKERS = {"blind": new_blind_lstm, "minLSTM": new_minlstm, "minGRU": new_mingru}


def drawn(T, shape=(2, 3), seed=0):
    rng = np.random.default_rng(seed)
    return rng.uniform(-1, 1, (T, *shape)), rng.normal(size=(T, *shape)), rng.normal(size=shape)


@settings(deadline=None, max_examples=40)
@given(T=st.integers(1, 70), seed=st.integers(0, 9))
def test_scan_and_loop_give_the_same_for_every_length(T, seed):
    fs, us, c_0 = drawn(T, seed=seed)
    assert_allclose(scan(fs, us, c_0), scan_loop(fs, us, c_0), rtol=0, atol=1e-12)


def test_scan_and_loop_give_what_plain_numbers_give():
    fs, us, c_0 = drawn(9, (1,))
    c, expected = float(c_0[0]), []
    for f, u in zip(fs[:, 0].tolist(), us[:, 0].tolist(), strict=True):
        c = f * c + u
        expected.append(c)
    for way in (scan, scan_loop):
        assert_allclose(way(fs, us, c_0)[:, 0], expected, rtol=0, atol=1e-12)


def test_a_scan_leaves_its_inputs_as_they_are():
    given_ = drawn(8)
    before = [array.copy() for array in given_]
    scan(*given_)
    for array, old in zip(given_, before, strict=True):
        assert_allclose(array, old)


def test_the_way_back_through_a_scan_agrees_with_numbers():
    fs, us, c_0 = drawn(5)
    weights = np.random.default_rng(7).normal(size=us.shape)
    found = scan_backward(fs, scan(fs, us, c_0), c_0, weights)
    for array, gradient in zip((fs, us, c_0), found, strict=True):
        for place in np.ndindex(array.shape):
            assert gradient[place] == pytest.approx(
                slope(array, place, lambda: (scan_loop(fs, us, c_0) * weights).sum()), rel=1e-6
            )


def slope(array, place, value, eps=1e-5):
    kept = array[place]
    array[place] = kept + eps
    above = value()
    array[place] = kept - eps
    below = value()
    array[place] = kept
    return (above - below) / (2 * eps)


@pytest.mark.parametrize("name", MAKERS)
def test_every_gradient_agrees_with_numbers(name):
    rng = np.random.default_rng(1)
    model = MAKERS[name](rng, 2, 3, 2)
    xs, targets = make_parity(rng, 4, 5)
    xs = xs + rng.normal(0, 0.3, xs.shape)
    gradients = loss_and_gradients(model, xs, targets)[1]
    for key, array in model.parameters().items():
        for place in np.ndindex(array.shape):
            if name == "blind" and key == "W" and place[0] < 3:
                assert gradients[key][place] == 0
                continue
            numbers = slope(array, place, lambda: loss(model, xs, targets))
            assert gradients[key][place] == pytest.approx(numbers, rel=1e-6, abs=1e-9)


@pytest.mark.parametrize(
    ("name", "step"), [("minLSTM", minlstm_step), ("minGRU", mingru_step)], ids=["LSTM", "GRU"]
)
def test_stepping_gives_what_the_scan_gives(name, step):
    rng = np.random.default_rng(2)
    model, xs = MAKERS[name](rng, 2, 3, 2), rng.normal(size=(11, 4, 2))
    h_t = np.zeros((4, 3))
    for x_t, expected in zip(xs, model.forward(xs).hs, strict=True):
        h_t = step(model.params, h_t, x_t)
        assert_allclose(h_t, expected, rtol=0, atol=1e-12)


def test_a_step_gives_what_plain_numbers_give():
    σ = lambda a: 1 / (1 + math.exp(-a))  # noqa: E731
    W, b = np.array([[1.0, -2.0, 0.5]]), np.array([0.5, 1.0, -0.25])
    i, f, new = σ(2 * 1 + 0.5), σ(2 * -2 + 1), 2 * 0.5 - 0.25
    got = minlstm_step(MinLSTMParams(W, b), np.array([0.8]), np.array([2.0]))
    assert got[0] == pytest.approx(f / (f + i) * 0.8 + i / (f + i) * new)
    got = mingru_step(MinGRUParams(W[:, 1:], b[1:]), np.array([0.8]), np.array([2.0]))
    assert got[0] == pytest.approx((1 - f) * 0.8 + f * new)


def test_the_rows_for_h_stay_zero_while_a_blind_cell_trains():
    rng = np.random.default_rng(3)
    model = new_blind_lstm(rng, 2, 4, 2)
    before = model.params.W[4:].copy()
    train(model, lambda: make_parity(rng, 8, 6), 5, progress=False)
    assert isinstance(model, BlindLSTM) and (model.params.W[:4] == 0).all()
    assert (model.params.W[4:] != before).all()


def test_only_a_cell_that_sees_h_learns_parity():
    right = []
    for make in (new_lstm, new_blind_lstm):
        rng = np.random.default_rng(0)
        model = make(rng, 2, 16, 2)
        train(model, lambda rng=rng: make_parity(rng, 32, 20), 200, progress=False)
        xs, targets = make_parity(np.random.default_rng(1000), 200, 20)
        right.append((model.logits(xs)[-1].argmax(-1) == targets[-1]).mean())
    assert right[0] > 0.95 and right[1] < 0.65


@pytest.mark.parametrize("blocks", [MinLSTMParams, MinGRUParams])
def test_weights_that_do_not_fit_are_refused(blocks):
    with pytest.raises(ValueError, match="expected"):
        blocks(np.zeros((2, 7)), np.zeros(7))


# sLSTM


def plain_slstm(a_i, a_f, a_o, a_z, c, n):
    i, f = math.exp(a_i), math.exp(a_f)
    c, n = f * c + i * math.tanh(a_z), f * n + i
    return c / n / (1 + math.exp(-a_o)), c, n


def test_a_stable_step_gives_what_the_plain_formulas_give():
    rng = np.random.default_rng(5)
    c, n, m = np.zeros(1), np.zeros(1), np.full(1, -np.inf)
    plain_c = plain_n = 0.0
    for sums in rng.normal(size=(6, 4)):
        h, c, n, m = slstm_step(*sums[:, None], c, n, m)
        expected, plain_c, plain_n = plain_slstm(*sums, plain_c, plain_n)
        assert h[0] == pytest.approx(expected)
        assert c[0] * math.exp(m[0]) == pytest.approx(plain_c)


def test_exponents_of_any_size_neither_overflow_nor_leave_the_bounds():
    c, n, m = np.zeros(3), np.zeros(3), np.full(3, -np.inf)
    with np.errstate(all="raise", under="ignore"):
        for size in (1e4, 50.0, -1e4, 1e4):
            a = np.array([size, -size, 2.0])
            h, c, n, m = slstm_step(a, a[::-1], a, np.ones(3), c, n, m)
            assert np.isfinite(h).all() and (np.abs(h) <= 1).all()
