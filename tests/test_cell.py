"""Parameters, one step forward, one step backward."""

import copy

import numpy as np
import pytest
import scalar_lstm
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from lstm_course.cell import (
    LSTMParams,
    Readout,
    init_params,
    init_readout,
    lstm_step,
    lstm_step_backward,
)
from lstm_course.gradcheck import check_gradients

D, H = 3, 2
PARTS = [f"{array}_{k}" for array in "Wb" for k in "ifoc"]


@pytest.fixture
def rng():
    return np.random.default_rng(3)


def some_params(rng, D=D, H=H):
    return LSTMParams(rng.normal(size=(H + D, 4 * H)), rng.normal(size=4 * H))


def a_step(rng, leading=(), params=None):
    params = params or some_params(rng)
    sizes = params.D, params.H, params.H
    return params, *(rng.normal(size=(*leading, size)) for size in sizes)


# Parameters


def test_the_blocks_stand_in_the_order_i_f_o_c(rng):
    W, b = rng.normal(size=(H + D, 4 * H)), rng.normal(size=4 * H)
    params = LSTMParams(W, b)
    assert list(params.parts()) == PARTS
    for k, block in enumerate("ifoc"):
        assert_array_equal(params.parts()[f"W_{block}"], W[:, k * H : (k + 1) * H])
        assert_array_equal(params.parts()[f"b_{block}"], b[k * H : (k + 1) * H])


@pytest.mark.parametrize("name", PARTS)
def test_a_part_is_a_view_of_the_stacked_array(name, rng):
    params = some_params(rng)
    getattr(params, name)[...] = 42
    assert (params.W == 42).sum() + (params.b == 42).sum() == getattr(params, name).size


def test_from_parts_gives_the_same_parts_back_as_copies(rng):
    parts = {k: rng.normal(size=(H + D, H) if k[0] == "W" else H) for k in PARTS}
    params = LSTMParams.from_parts(**parts)
    for name in PARTS:
        assert_array_equal(getattr(params, name), parts[name])
        assert not np.shares_memory(getattr(params, name), parts[name])
    assert (params.D, params.H) == (D, H)
    assert repr(params) == "LSTMParams(D=3, H=2, float64)"


def test_arrays_of_floats_are_kept_so_that_training_can_change_them(rng):
    W, b = rng.normal(size=(H + D, 4 * H)), np.zeros(4 * H)
    params = LSTMParams(W, b)
    assert params.W is W and params.b is b


def test_params_are_frozen(rng):
    with pytest.raises(AttributeError):
        some_params(rng).W = np.zeros((5, 8))


def test_a_deep_copy_shares_nothing(rng):
    params = some_params(rng)
    twin = copy.deepcopy(params)
    twin.W_f[...] = 9
    assert not (params.W == 9).any()


def test_lists_and_whole_numbers_become_floats():
    params = LSTMParams([[1] * 8] * 5, [0] * 8)
    assert params.W.dtype == params.b.dtype == np.float64


def test_float32_weights_stay_float32(rng):
    params = init_params(rng, D, H, dtype=np.float32)
    assert params.W.dtype == params.b.dtype == np.float32


def part_error(**changed):
    parts = {k: np.zeros((H + D, H) if k[0] == "W" else H) for k in PARTS}
    return lambda: LSTMParams.from_parts(**{**parts, **changed})


def init(*args, **kwargs):
    return lambda: init_params(*args, **kwargs)


RNG = np.random.default_rng(0)
BAD_PARAMS = {
    "W flat": (lambda: LSTMParams(np.zeros(8), np.zeros(8)), r"W has shape \(8,\).*\(H \+ D, 4H\)"),
    "columns not 4H": (lambda: LSTMParams(np.zeros((5, 6)), np.zeros(6)), r"W has shape \(5, 6\)"),
    "no input row": (lambda: LSTMParams(np.zeros((2, 8)), np.zeros(8)), "more than H rows"),
    "no unit": (lambda: LSTMParams(np.zeros((3, 0)), np.zeros(0)), r"W has shape \(3, 0\)"),
    "b": (
        lambda: LSTMParams(np.zeros((5, 8)), np.zeros(2)),
        r"b has shape \(2,\); expected \(8,\)",
    ),
    "nan": (lambda: LSTMParams(np.full((5, 8), np.nan), np.zeros(8)), "W holds nan"),
    "text": (lambda: LSTMParams("W", np.zeros(8)), "W must hold real numbers"),
    "part flat": (part_error(W_i=np.zeros(5)), r"W_i has shape \(5,\); expected \(H \+ D, H\)"),
    "part rows": (part_error(W_o=np.zeros((4, 2))), r"W_o has shape \(4, 2\); expected \(5, 2\)"),
    "part bias": (part_error(b_c=np.zeros(3)), r"b_c has shape \(3,\); expected \(2,\)"),
    "part nan": (part_error(b_f=[0, np.nan]), "b_f holds nan"),
    "seed for rng": (init(0, D, H), r"rng is 0; expected a generator"),
    "H of 0": (init(RNG, D, 0), "H is 0; expected a whole number"),
    "D of 2.5": (init(RNG, 2.5, H), "D is 2.5; expected a whole number"),
    "readout": (lambda: Readout(np.zeros((2, 3)), np.zeros(2)), r"expected \(H, K\) and \(K,\)"),
    "K of 0": (lambda: init_readout(RNG, H, 0), "K is 0; expected a whole number"),
}


@pytest.mark.parametrize("case", BAD_PARAMS)
def test_bad_parameters_give_one_line_that_names_them(case):
    call, message = BAD_PARAMS[case]
    with pytest.raises(ValueError, match=message) as error:
        call()
    assert "\n" not in str(error.value)


def test_init_params_has_only_the_forget_bias_and_the_scale_asked_for(rng):
    params = init_params(rng, 40, 60, forget_bias=3, scale=0.5)
    assert_array_equal(params.b, np.repeat([0, 3, 0, 0], 60))
    assert_allclose(params.W.std(), 0.5, rtol=0.02)
    assert_allclose(init_params(rng, 40, 60).W.std(), 0.1, rtol=0.02)
    assert_array_equal(init_params(rng, 40, 60).b_f, np.ones(60))


def test_an_input_bias_is_set_beside_the_forget_bias(rng):
    params = init_params(rng, 4, 6, forget_bias=2, input_bias=-3)
    assert_array_equal(params.b, np.repeat([-3, 2, 0, 0], 6))


def test_the_same_seed_draws_the_same_weights_in_both_types():
    single, double = (
        init_params(np.random.default_rng(5), D, H, dtype=t) for t in (np.float32, np.float64)
    )
    assert_array_equal(single.W, double.W.astype(np.float32))


def test_readout_knows_its_sizes(rng):
    readout = init_readout(rng, 400, 25, dtype=np.float32)
    assert (readout.H, readout.K, readout.W_y.dtype) == (400, 25, np.float32)
    assert_allclose(readout.W_y.std(), 0.05, rtol=0.05)
    assert not readout.b_y.any()


# One step forward


def test_a_step_equals_the_scalar_loop(rng):
    params, x_t, h_prev, c_prev = a_step(rng, (6,))
    step = lstm_step(params, x_t, h_prev, c_prev)
    for n in range(6):
        expected = scalar_lstm.step(params.parts(), x_t[n], h_prev[n], c_prev[n])
        got = [step.i_t, step.f_t, step.o_t, step.c_tilde, step.c_t, step.h_t]
        for name, array in zip(["i", "f", "o", "c_tilde", "c", "h"], got, strict=True):
            assert_allclose(array[n], expected[name], rtol=1e-12, err_msg=name)


def test_a_step_by_hand():
    """One unit, one input, all weights 0: gates are ½, the candidate tanh(1)."""
    zeros = {f"W_{k}": [[0], [0]] for k in "ifoc"} | {f"b_{k}": [0] for k in "ifo"}
    step = lstm_step(LSTMParams.from_parts(**zeros, b_c=[1]), [5], [7], [2])
    assert_allclose(step.c_t, [0.5 * 2 + 0.5 * 0.7615941559557649])
    assert_allclose(step.h_t, [0.5 * np.tanh(1.3807970779778824)])


@pytest.mark.parametrize("leading", [(), (1,), (4,), (2, 3), (0,)])
def test_a_step_takes_any_leading_shape(leading, rng):
    params, x_t, h_prev, c_prev = a_step(rng, leading)
    step = lstm_step(params, x_t, h_prev, c_prev)
    assert step.h_t.shape == step.c_t.shape == step.i_t.shape == (*leading, H)
    for k in np.ndindex(leading):
        alone = lstm_step(params, x_t[k], h_prev[k], c_prev[k])
        assert_allclose(step.h_t[k], alone.h_t, rtol=1e-13)


def test_open_forget_gate_and_shut_input_gate_keep_c_exactly(rng):
    params, x_t, h_prev, c_prev = a_step(rng, (4,))
    params.W[...] = 0
    params.b_f[:], params.b_i[:] = 1e4, -1e4
    assert_array_equal(lstm_step(params, x_t, h_prev, c_prev).c_t, c_prev)


@given(
    x=st.lists(st.floats(-1e4, 1e4), min_size=D, max_size=D),
    h=st.lists(st.floats(-1, 1), min_size=H, max_size=H),
    c=st.lists(st.floats(-1e4, 1e4), min_size=H, max_size=H),
)
@settings(deadline=None, derandomize=True)
def test_gates_stay_in_range_and_nothing_overflows(x, h, c):
    step = lstm_step(some_params(np.random.default_rng(1)), x, h, c)
    for gate in (step.i_t, step.f_t, step.o_t):
        assert ((gate >= 0) & (gate <= 1)).all()
    assert (np.abs(step.c_tilde) <= 1).all() and (np.abs(step.h_t) <= 1).all()
    assert (np.abs(step.c_t) <= np.abs(c) + 1).all()


# One step backward


def step_loss(dh_t, dc_t):
    def loss(x_t, h_prev, c_prev, **parts):
        step = lstm_step(LSTMParams.from_parts(**parts), x_t, h_prev, c_prev)
        return (step.h_t * dh_t).sum() + (step.c_t * dc_t).sum()

    return loss


@pytest.mark.parametrize("leading", [(), (4,), (2, 3)])
def test_every_gradient_of_a_step_is_right(leading, rng):
    params, x_t, h_prev, c_prev = a_step(rng, leading)
    dh_t, dc_t = rng.normal(size=(2, *leading, H))
    g = lstm_step_backward(dh_t, dc_t, lstm_step(params, x_t, h_prev, c_prev), params)
    check_gradients(
        step_loss(dh_t, dc_t),
        {"x_t": x_t, "h_prev": h_prev, "c_prev": c_prev, **params.parts()},
        {"x_t": g.dx_t, "h_prev": g.dh_prev, "c_prev": g.dc_prev, **g.parts()},
    )


def test_gradient_views_stand_where_their_parameters_stand(rng):
    params, x_t, h_prev, c_prev = a_step(rng)
    g = lstm_step_backward(np.ones(H), np.zeros(H), lstm_step(params, x_t, h_prev, c_prev), params)
    for k, block in enumerate("ifoc"):
        assert np.shares_memory(getattr(g, f"dW_{block}"), g.dW)
        assert_array_equal(getattr(g, f"dW_{block}"), g.dW[:, k * H : (k + 1) * H])
        assert_array_equal(getattr(g, f"db_{block}"), g.db[k * H : (k + 1) * H])


def test_no_argument_of_a_step_is_changed(rng):
    params, *arrays = a_step(rng, (4,))
    dh_t, dc_t = rng.normal(size=(2, 4, H))
    everything = [params.W, params.b, *arrays, dh_t, dc_t]
    before = [a.copy() for a in everything]
    step = lstm_step(params, *arrays)
    values = [a.copy() for a in step]
    lstm_step_backward(dh_t, dc_t, step, params)
    for a, same in zip([*everything, *step], [*before, *values], strict=True):
        assert_array_equal(a, same)


def test_float32_stays_float32_both_ways(rng):
    params = init_params(rng, D, H, dtype=np.float32)
    x_t, h_prev, c_prev = (np.ones((4, s), np.float32) for s in (D, H, H))
    step = lstm_step(params, x_t, h_prev, c_prev)
    g = lstm_step_backward(h_prev, c_prev, step, params)
    assert {a.dtype for a in [*step, *vars(g).values()]} == {np.dtype(np.float32)}


ZERO = LSTMParams(np.zeros((H + D, 4 * H)), np.zeros(4 * H))
x, h = np.zeros((4, D)), np.zeros((4, H))
STEP = lstm_step(ZERO, x, h, h)
BAD_STEP = {
    "x of other size": ((ZERO, h, h, h), r"x_t has shape \(4, 2\); expected \(\.\.\., 3\)"),
    "x a number": ((ZERO, 1.0, h, h), r"x_t has shape \(\)"),
    "h without batch": ((ZERO, x, h[0], h), r"h_prev has shape \(2,\); expected \(4, 2\)"),
    "c without batch": ((ZERO, x, h, h[0]), r"c_prev has shape \(2,\); expected \(4, 2\)"),
    "h empty": ((ZERO, x, [], h), r"h_prev has shape \(0,\)"),
    "nan": ((ZERO, x * np.nan, h, h), "x_t holds nan"),
    "text": ((ZERO, "cat", h, h), "x_t must hold real numbers"),
}


@pytest.mark.parametrize("case", BAD_STEP)
def test_a_bad_step_gives_one_line_that_names_it(case):
    args, message = BAD_STEP[case]
    with pytest.raises(ValueError, match=message) as error:
        lstm_step(*args)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("name", ["dh_t", "dc_t"])
def test_a_bad_gradient_gives_one_line_that_names_it(name):
    args = {"dh_t": h, "dc_t": h} | {name: h[0]}
    with pytest.raises(ValueError, match=rf"{name} has shape \(2,\); expected \(4, 2\)"):
        lstm_step_backward(**args, step=STEP, params=ZERO)
