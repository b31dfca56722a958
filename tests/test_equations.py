"""The seven equations against a scalar loop, by hand, and on bad input."""

import numpy as np
import pytest
import scalar_lstm
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

import lstm_course as course

H, D, K = 2, 3, 4
GATES = {"i": course.input_gate, "f": course.forget_gate, "o": course.output_gate}
BLOCKS = GATES | {"c": course.candidate}
finite = st.floats(-1e4, 1e4)


@pytest.fixture
def rng():
    return np.random.default_rng(7)


def weights(rng):
    return rng.normal(size=(H + D, H)), rng.normal(size=H)


@pytest.mark.parametrize("block", BLOCKS)
def test_a_block_equals_the_scalar_loop(block, rng):
    h_prev, x_t = rng.normal(size=(5, H)), rng.normal(size=(5, D))
    W, b = weights(rng)
    squash = np.tanh if block == "c" else np.vectorize(scalar_lstm.sigmoid)
    expected = [
        squash(scalar_lstm.affine([*h, *x], W, b)) for h, x in zip(h_prev, x_t, strict=True)
    ]
    assert_allclose(BLOCKS[block](h_prev, x_t, W, b), expected, rtol=1e-13)


@pytest.mark.parametrize("block", BLOCKS)
def test_the_first_H_rows_of_W_belong_to_h_prev(block):
    W = np.array([[1.0, 0], [0, 1], [0, 0], [0, 0], [0, 0]])
    h_prev, x_t = np.array([2.0, -1.0]), np.array([9.0, 9.0, 9.0])
    squash = np.tanh if block == "c" else course.sigmoid
    assert_allclose(BLOCKS[block](h_prev, x_t, W, np.zeros(2)), squash(h_prev))


def test_cell_state_by_hand():
    c_t = course.cell_state([0.5, 1.0], [2.0, -3.0], [1.0, 0.25], [0.5, -1.0])
    assert_array_equal(c_t, [1.5, -3.25])


def test_hidden_state_by_hand():
    assert_allclose(course.hidden_state([0.5, 1.0], [1.0, -30.0]), [0.3807970779778824, -1.0])


def test_output_by_hand():
    y_t = course.output([1.0, -1.0], [[1.0, 0.0], [0.0, 1.0]], [0.0, 0.0])
    assert_allclose(y_t, [0.8807970779778823, 0.11920292202211755])


def test_output_equals_the_scalar_loop(rng):
    h_t, W_y, b_y = rng.normal(size=(5, H)), rng.normal(size=(H, K)), rng.normal(size=K)
    expected = [scalar_lstm.softmax(scalar_lstm.affine(h, W_y, b_y)) for h in h_t]
    assert_allclose(course.output(h_t, W_y, b_y), expected, rtol=1e-13)


@given(a=st.lists(finite, min_size=1, max_size=6))
@settings(deadline=None, derandomize=True)
def test_sigmoid_equals_the_scalar_form_and_stays_in_range(a):
    s = course.sigmoid(a)
    assert ((s >= 0) & (s <= 1)).all()
    assert_allclose(s, [scalar_lstm.sigmoid(v) for v in a], rtol=1e-12, atol=1e-15)


@given(a=st.lists(finite, min_size=1, max_size=6), shift=finite)
@settings(deadline=None, derandomize=True)
def test_softmax_sums_to_one_and_ignores_a_shift(a, shift):
    y = course.softmax(a)
    assert (y >= 0).all()
    assert_allclose(y.sum(), 1)
    assert_allclose(y, scalar_lstm.softmax(a), rtol=1e-12, atol=1e-300)
    assert_allclose(course.softmax(np.array(a) + shift), y, rtol=1e-9, atol=1e-12)


def test_sigmoid_and_softmax_stand_ten_thousand_without_a_warning():
    assert_array_equal(course.sigmoid([-1e4, 0, 1e4]), [0, 0.5, 1])
    assert_array_equal(course.softmax([[1e4, -1e4], [-1e4, 1e4]]), [[1, 0], [0, 1]])


@pytest.mark.parametrize("leading", [(), (4,), (2, 3)])
def test_any_leading_shape_gives_the_same_rows(leading, rng):
    h_prev, x_t = rng.normal(size=(*leading, H)), rng.normal(size=(*leading, D))
    W, b = weights(rng)
    i_t = course.input_gate(h_prev, x_t, W, b)
    assert i_t.shape == (*leading, H)
    for k in np.ndindex(leading):
        assert_allclose(i_t[k], course.input_gate(h_prev[k], x_t[k], W, b), rtol=1e-14)


def test_softmax_works_along_the_last_axis_only(rng):
    a = rng.normal(size=(2, 3, K))
    assert_allclose(course.softmax(a).sum(axis=-1), np.ones((2, 3)))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_type_of_the_numbers_is_kept(dtype, rng):
    h, x = rng.normal(size=(5, H)).astype(dtype), rng.normal(size=(5, D)).astype(dtype)
    W, b = (w.astype(dtype) for w in weights(rng))
    gate = course.forget_gate(h, x, W, b)
    c_t = course.cell_state(gate, h, gate, course.candidate(h, x, W, b))
    y_t = course.output(course.hidden_state(gate, c_t), W[:H], b)
    assert {a.dtype for a in (gate, c_t, y_t)} == {np.dtype(dtype)}


def test_lists_and_whole_numbers_are_taken_as_floats():
    W, b = [[1, 0], [0, 1], [1, 1], [0, 0], [0, 0]], [0, -1]
    i_t = course.input_gate([1, 0], [0, 0, 2], W, b)
    assert i_t.dtype == np.float64
    assert_allclose(i_t, [scalar_lstm.sigmoid(1), scalar_lstm.sigmoid(-1)])


def test_an_empty_batch_gives_an_empty_batch():
    h, x = np.zeros((0, H)), np.zeros((0, D))
    for gate in BLOCKS.values():
        assert gate(h, x, np.zeros((H + D, H)), np.zeros(H)).shape == (0, H)
    assert course.cell_state(h, h, h, h).shape == course.hidden_state(h, h).shape == (0, H)
    assert course.output(h, np.zeros((H, K)), np.zeros(K)).shape == (0, K)


def test_no_function_changes_what_it_is_given(rng):
    arrays = [rng.normal(size=s) for s in [(5, H), (5, D), (H + D, H), (H,), (H, K), (K,)]]
    before = [a.copy() for a in arrays]
    h, x, W, b, W_y, b_y = arrays
    for gate in BLOCKS.values():
        gate(h, x, W, b)
    course.hidden_state(h, course.cell_state(h, h, h, h))
    course.output(h, W_y, b_y)
    for a, same in zip(arrays, before, strict=True):
        assert_array_equal(a, same)


h, x, W, b = np.zeros(H), np.zeros(D), np.zeros((H + D, H)), np.zeros(H)
BAD = {
    "W too short": (lambda: course.forget_gate(h, x, W[1:], b), r"W_f has shape \(4, 2\).* 5 rows"),
    "W with one axis": (lambda: course.input_gate(h, x, b, b), r"W_i has shape \(2,\)"),
    "wrong bias": (
        lambda: course.output_gate(h, x, W, x),
        r"b_o has shape \(3,\); expected \(2,\)",
    ),
    "scalar h": (lambda: course.candidate(1.0, x, W, b), "h_prev is the single number 1.0"),
    "other batch": (lambda: course.input_gate(np.zeros((4, H)), x, W, b), "all sizes but the last"),
    "nan": (
        lambda: course.input_gate([0, np.nan], x, W, b),
        r"h_prev holds nan \(first at \[1\]\)",
    ),
    "nan in W": (
        lambda: course.candidate(h, x, W * np.nan, b),
        r"W_c holds nan \(first at \[0, 0\]",
    ),
    "text": (lambda: course.input_gate(["a", "b"], x, W, b), "h_prev must hold real numbers"),
    "ragged": (lambda: course.cell_state([[1], [1, 2]], h, h, h), "f_t must hold real numbers"),
    "complex": (lambda: course.sigmoid([1j]), "a must hold real numbers"),
    "other units": (lambda: course.cell_state(h, x, h, h), r"same shape.*c_prev \(3,\)"),
    "one unit": (lambda: course.hidden_state(h, [1.0]), r"same shape.*c_t \(1,\)"),
    "no classes": (lambda: course.softmax([]), r"at least one score per row"),
    "scalar score": (lambda: course.softmax(1.0), r"at least one score per row"),
    "wrong W_y": (lambda: course.output(x, np.zeros((H, K)), np.zeros(K)), "h_t has 3 columns"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_gives_one_line_that_names_it(case):
    call, message = BAD[case]
    with pytest.raises(ValueError, match=message) as error:
        call()
    assert "\n" not in str(error.value)
