"""The fast path against the scalar loop, the readable step, and by numbers."""

import numpy as np
import pytest
import scalar_lstm
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from lstm_course import sequence
from lstm_course.cell import LSTMParams, init_params, lstm_step, lstm_step_backward
from lstm_course.gradcheck import check_gradients
from lstm_course.sequence import lstm_backward, lstm_forward

T, N, D, H = 4, 3, 3, 2
NAMES = {"is_": "i", "fs": "f", "os": "o", "c_tildes": "c_tilde", "cs": "c", "hs": "h"}


@pytest.fixture
def rng():
    return np.random.default_rng(11)


def some_params(rng, D=D, H=H):
    return LSTMParams(rng.normal(size=(H + D, 4 * H)), rng.normal(size=4 * H))


def a_run(rng, T=T, N=N, D=D, H=H):
    """Return params, xs, h_0, c_0."""
    state = rng.normal(size=(2, N, H))
    return some_params(rng, D, H), rng.normal(size=(T, N, D)), *state


def by_steps(params, xs, h, c, dhs, dh, dc):
    """Return steps, and dW, db, dxs, dh_0, dc_0, all made by the readable step."""
    steps = []
    for x_t in xs:
        steps.append(lstm_step(params, x_t, h, c))
        h, c = steps[-1].h_t, steps[-1].c_t
    dW, db, dxs = 0, 0, []
    for step, dh_t in zip(steps[::-1], dhs[::-1], strict=True):
        g = lstm_step_backward(dh_t + dh, dc, step, params)
        dW, db, dh, dc = dW + g.dW, db + g.db, g.dh_prev, g.dc_prev
        dxs.append(g.dx_t)
    return steps, {"dW": dW, "db": db, "dxs": np.array(dxs[::-1]), "dh_0": dh, "dc_0": dc}


# Forward


def test_a_sequence_equals_the_scalar_loop(rng):
    params, xs, h_0, c_0 = a_run(rng, T=6)
    trace = lstm_forward(params, xs, h_0, c_0)
    for n in range(N):
        steps = scalar_lstm.sequence(params.parts(), xs[:, n], h_0[n], c_0[n])
        for ours, theirs in NAMES.items():
            expected = [step[theirs] for step in steps]
            assert_allclose(getattr(trace, ours)[:, n], expected, rtol=1e-11, err_msg=ours)


def test_the_state_starts_at_zero_when_left_out(rng):
    params, xs, h_0, _ = a_run(rng)
    left_out, zeros = lstm_forward(params, xs), lstm_forward(params, xs, 0 * h_0, 0 * h_0)
    assert_array_equal(left_out.hs, zeros.hs)
    assert not left_out.h_0.any() and not left_out.c_0.any()


def test_the_trace_gives_back_what_went_in_and_the_last_state(rng):
    params, xs, h_0, c_0 = a_run(rng)
    trace = lstm_forward(params, xs, h_0, c_0)
    for got, expected in [(trace.xs, xs), (trace.h_0, h_0), (trace.c_0, c_0)]:
        assert_array_equal(got, expected)
    assert_array_equal(trace.h_T, trace.hs[-1])
    assert_array_equal(trace.c_T, trace.cs[-1])
    assert repr(trace) == "Trace(T=4, N=3, D=3, H=2, float64)"


def test_going_on_from_the_last_state_equals_one_long_sequence(rng):
    params, xs, h_0, c_0 = a_run(rng, T=7)
    whole, first = lstm_forward(params, xs, h_0, c_0), lstm_forward(params, xs[:3], h_0, c_0)
    second = lstm_forward(params, xs[3:], first.h_T, first.c_T)
    assert_allclose(np.concatenate([first.hs, second.hs]), whole.hs, rtol=1e-12)


def test_open_forget_gates_and_shut_input_gates_keep_c_exactly(rng):
    params, xs, h_0, c_0 = a_run(rng, T=50)
    params.W[...] = 0
    params.b_f[:], params.b_i[:] = 1e4, -1e4
    assert_array_equal(lstm_forward(params, xs, h_0, c_0).c_T, c_0)


@given(size=st.floats(0, 1e4), seed=st.integers(0, 2**32 - 1))
@settings(deadline=None, derandomize=True, max_examples=40)
def test_gates_stay_in_range_and_nothing_overflows(size, seed):
    rng = np.random.default_rng(seed)
    params, xs, h_0, c_0 = a_run(rng)
    trace = lstm_forward(params, size * xs, np.clip(h_0, -1, 1), c_0)
    for gate in (trace.is_, trace.fs, trace.os):
        assert ((gate >= 0) & (gate <= 1)).all()
    assert (np.abs(trace.hs) <= 1).all()
    g = lstm_backward(params, trace, np.ones((T, N, H)))
    assert all(np.isfinite(a).all() for a in vars(g).values())


# Forward and backward against the readable step

SIZES = st.tuples(*(st.integers(1, most) for most in (9, 5, 4, 5)))


@given(size=SIZES, seed=st.integers(0, 2**32 - 1), cached=st.sampled_from([1, 20, 2**15]))
@settings(deadline=None, derandomize=True, max_examples=60)
def test_a_sequence_equals_its_steps_whatever_the_stretches(size, seed, cached):
    rng = np.random.default_rng(seed)
    T, N, _, H = size
    params, xs, h_0, c_0 = a_run(rng, *size)
    dhs, (dh_T, dc_T) = rng.normal(size=(T, N, H)), rng.normal(size=(2, N, H))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sequence, "CACHED_NUMBERS", cached)
        patch.setattr(sequence, "ENOUGH_ROWS", 1)
        trace = lstm_forward(params, xs, h_0, c_0)
        g = lstm_backward(params, trace, dhs, dh_T, dc_T)
    steps, expected = by_steps(params, xs, h_0, c_0, dhs, dh_T, dc_T)
    assert_allclose(trace.hs, [s.h_t for s in steps], rtol=1e-9, atol=1e-12)
    assert_allclose(trace.cs, [s.c_t for s in steps], rtol=1e-9, atol=1e-12)
    for name, array in expected.items():
        assert_allclose(getattr(g, name), array, rtol=1e-8, atol=1e-11, err_msg=name)


@pytest.mark.parametrize("size", [(20, 33, 5, 64), (3, 96, 5, 60), (3, 2, 3, 1)])
def test_a_batch_as_in_training_equals_its_steps(size, rng):
    params, xs, h_0, c_0 = a_run(rng, *size)
    dhs, dh_T, dc_T = rng.normal(size=(len(xs), *h_0.shape)), *rng.normal(size=(2, *h_0.shape))
    trace = lstm_forward(params, xs, h_0, c_0)
    g = lstm_backward(params, trace, dhs, dh_T, dc_T)
    steps, expected = by_steps(params, xs, h_0, c_0, dhs, dh_T, dc_T)
    assert_allclose(trace.hs, [s.h_t for s in steps], rtol=1e-9, atol=1e-12)
    assert_allclose(trace.cs, [s.c_t for s in steps], rtol=1e-9, atol=1e-12)
    for name, array in expected.items():
        assert_allclose(getattr(g, name), array, rtol=1e-8, atol=1e-10, err_msg=name)


# Backward by numbers


def sequence_loss(dhs, dh_T, dc_T):
    def loss(xs, h_0, c_0, **parts):
        trace = lstm_forward(LSTMParams.from_parts(**parts), xs, h_0, c_0)
        return (trace.hs * dhs).sum() + (trace.h_T * dh_T).sum() + (trace.c_T * dc_T).sum()

    return loss


@pytest.mark.parametrize("batch", [(N,), ()], ids=["batch", "one sequence"])
def test_every_gradient_of_a_sequence_is_right(batch, rng):
    params = some_params(rng)
    xs, dhs = rng.normal(size=(T, *batch, D)), rng.normal(size=(T, *batch, H))
    h_0, c_0, dh_T, dc_T = rng.normal(size=(4, *batch, H))
    g = lstm_backward(params, lstm_forward(params, xs, h_0, c_0), dhs, dh_T, dc_T)
    check_gradients(
        sequence_loss(dhs, dh_T, dc_T),
        {"xs": xs, "h_0": h_0, "c_0": c_0, **params.parts()},
        {"xs": g.dxs, "h_0": g.dh_0, "c_0": g.dc_0, **g.parts()},
    )


def test_no_gradient_from_above_means_zeros(rng):
    params, xs, h_0, c_0 = a_run(rng)
    trace = lstm_forward(params, xs, h_0, c_0)
    dh_T = rng.normal(size=(N, H))
    dhs = np.zeros((T, N, H))
    dhs[-1] = dh_T
    left_out, given_there = (
        lstm_backward(params, trace, None, dh_T),
        lstm_backward(params, trace, dhs),
    )
    assert_allclose(left_out.dW, given_there.dW, rtol=1e-13)
    assert_allclose(left_out.dc_0, given_there.dc_0, rtol=1e-13)


# Promises to the caller


def test_rows_of_a_batch_do_not_know_each_other(rng):
    params, xs, h_0, c_0 = a_run(rng)
    dhs = rng.normal(size=(T, N, H))
    trace = lstm_forward(params, xs, h_0, c_0)
    g, total = lstm_backward(params, trace, dhs), 0
    for n in range(N):
        alone = lstm_forward(params, xs[:, n], h_0[n], c_0[n])
        assert alone.hs.shape == (T, H) and alone.h_T.shape == (H,)
        assert_allclose(alone.hs, trace.hs[:, n], rtol=1e-12)
        g_alone = lstm_backward(params, alone, dhs[:, n])
        assert_allclose(g_alone.dxs, g.dxs[:, n], rtol=1e-11, atol=1e-14)
        assert_allclose(g_alone.dc_0, g.dc_0[n], rtol=1e-11, atol=1e-14)
        total = total + g_alone.dW
    assert_allclose(total, g.dW, rtol=1e-11, atol=1e-13)


def test_no_argument_is_changed_and_none_is_shared(rng):
    params, xs, h_0, c_0 = a_run(rng)
    dhs, (dh_T, dc_T) = rng.normal(size=(T, N, H)), rng.normal(size=(2, N, H))
    everything = [params.W, params.b, xs, h_0, c_0, dhs, dh_T, dc_T]
    before = [a.copy() for a in everything]
    trace = lstm_forward(params, xs, h_0, c_0)
    hs, cs = trace.hs.copy(), trace.cs.copy()
    g = lstm_backward(params, trace, dhs, dh_T, dc_T)
    assert_array_equal(lstm_backward(params, trace, dhs, dh_T, dc_T).dW, g.dW)
    for a, same in zip([*everything, trace.hs, trace.cs], [*before, hs, cs], strict=True):
        assert_array_equal(a, same)
    results = [trace.hs, trace.cs, *vars(g).values()]
    assert not any(np.shares_memory(a, r) for a in everything for r in results)


def test_float32_stays_float32_and_near_float64(rng):
    single = init_params(np.random.default_rng(0), 20, 30, dtype=np.float32)
    double = init_params(np.random.default_rng(0), 20, 30)
    xs, dhs = rng.normal(size=(25, 8, 20)), rng.normal(size=(25, 8, 30))
    trace, exact = lstm_forward(single, xs.astype(np.float32)), lstm_forward(double, xs)
    assert trace.hs.dtype == trace.cs.dtype == trace.fs.dtype == np.float32
    assert_allclose(trace.hs, exact.hs, atol=2e-6)
    g, g_exact = lstm_backward(single, trace, dhs), lstm_backward(double, exact, dhs)
    assert {a.dtype for a in vars(g).values()} == {np.dtype(np.float32)}
    assert_allclose(g.dW, g_exact.dW, atol=2e-5 * np.abs(g_exact.dW).max())


def test_whole_numbers_and_lists_are_taken_as_floats(rng):
    params = some_params(rng)
    trace = lstm_forward(params, [[1, 0, 0], [0, 1, 0]])
    assert trace.hs.shape == (2, H) and trace.hs.dtype == np.float64
    assert_array_equal(trace.hs, lstm_forward(params, np.eye(3)[:2]).hs)
    assert lstm_backward(params, trace, [[1, 0], [0, 1]]).dxs.shape == (2, D)


ZERO = LSTMParams(np.zeros((H + D, 4 * H)), np.zeros(4 * H))
xs, h = np.zeros((T, N, D)), np.zeros((N, H))
BAD_FORWARD = {
    "no step": ((xs[:0],), r"xs has shape \(0, 3, 3\), no step \(T = 0\)"),
    "no sequence": ((xs[:, :0],), r"xs has shape \(4, 0, 3\), no sequence \(N = 0\)"),
    "no step alone": ((xs[:0, 0],), r"no step \(T = 0\)"),
    "an empty list": (([],), r"xs has shape \(0,\)"),
    "other D": ((xs[:, :, :2],), r"xs has shape \(4, 3, 2\); expected \(T, N, 3\), time first"),
    "one axis": ((xs[0, 0],), r"xs has shape \(3,\); expected \(T, N, 3\)"),
    "four axes": ((xs[None],), r"xs has shape \(1, 4, 3, 3\)"),
    "batch first": ((xs, np.zeros((T, H))), r"h_0 has shape \(4, 2\).*try xs\.swapaxes\(0, 1\)"),
    "h_0 flat": ((xs, h[0]), r"h_0 has shape \(2,\); expected \(3, 2\)"),
    "c_0 other H": ((xs, h, xs[0]), r"c_0 has shape \(3, 3\); expected \(3, 2\)"),
    "nan": ((xs * np.nan,), r"xs holds nan \(first at \[0, 0, 0\]\)"),
    "nan state": ((xs, h * np.nan), "h_0 holds nan"),
    "text": ((["the", "cat"],), "xs must hold real numbers"),
}


@pytest.mark.parametrize("case", BAD_FORWARD)
def test_a_bad_sequence_gives_one_line_that_names_it(case):
    args, message = BAD_FORWARD[case]
    with pytest.raises(ValueError, match=message) as error:
        lstm_forward(ZERO, *args)
    assert "\n" not in str(error.value)


TRACE = lstm_forward(ZERO, xs)
OTHER = LSTMParams(np.zeros((5, 4)), np.zeros(4))
BAD_BACKWARD = {
    "dhs of other T": (
        (ZERO, TRACE, TRACE.hs[1:]),
        r"dhs has shape \(3, 3, 2\); expected \(4, 3, 2",
    ),
    "dhs nan": ((ZERO, TRACE, TRACE.hs * np.nan), "dhs holds nan"),
    "dh_T flat": ((ZERO, TRACE, TRACE.hs, h[0]), r"dh_T has shape \(2,\); expected \(3, 2\)"),
    "dc_T flat": ((ZERO, TRACE, TRACE.hs, h, h[0]), r"dc_T has shape \(2,\); expected \(3, 2\)"),
    "other params": ((OTHER, TRACE, TRACE.hs), r"Trace\(T=4.* was not made with LSTMParams\(D=4"),
}


@pytest.mark.parametrize("case", BAD_BACKWARD)
def test_a_bad_gradient_gives_one_line_that_names_it(case):
    args, message = BAD_BACKWARD[case]
    with pytest.raises(ValueError, match=message) as error:
        lstm_backward(*args)
    assert "\n" not in str(error.value)
