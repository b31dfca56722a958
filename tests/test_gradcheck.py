"""The check itself: it measures right, it finds every kind of mistake, and it says which."""

import ast
import inspect

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from lstm_course import gradcheck
from lstm_course.gradcheck import (
    GradientError,
    check_gradients,
    compare_gradients,
    numerical_gradient,
    relative_error,
)


@pytest.fixture
def rng():
    return np.random.default_rng(5)


@given(st.lists(st.floats(-3, 3), min_size=1, max_size=5))
@settings(deadline=None, derandomize=True)
def test_numerical_gradient_of_a_cubic(a):
    a = np.array(a)
    assert_allclose(numerical_gradient(lambda x: (x**3).sum(), a), 3 * a**2, atol=1e-7)


@pytest.mark.parametrize("shape", [(), (3,), (2, 3), (2, 1, 3)])
def test_every_entry_of_any_shape_is_taken(shape, rng):
    a, weights = rng.normal(size=shape), rng.normal(size=shape)
    gradient = numerical_gradient(lambda x: (weights * x).sum(), a)
    assert gradient.shape == shape
    assert_allclose(gradient, weights, rtol=1e-8)


def test_the_array_is_neither_changed_nor_handed_out(rng):
    a = rng.normal(size=4)
    before = a.copy()

    def spoil(x):
        loss = (x**2).sum()
        x[:] = 0
        return loss

    assert_allclose(numerical_gradient(spoil, a), 2 * before, rtol=1e-8)
    assert_array_equal(a, before)


def test_float32_and_whole_numbers_are_nudged_in_float64():
    for a in (np.array([1, 2]), np.array([1, 2], np.float32)):
        assert_allclose(numerical_gradient(lambda x: (x**2).sum(), a), [2, 4], rtol=1e-9)


def test_numerical_gradient_uses_eps():
    gradient = numerical_gradient(lambda x: float(np.abs(x).sum()), np.array([0.5]), eps=1.0)
    assert_allclose(gradient, [0.5])


@pytest.mark.parametrize(
    ("loss", "message"),
    [
        (lambda x: x, r"the loss has shape \(2,\); expected one number. Try \.sum\(\)"),
        (lambda x: np.inf, r"the loss is inf with entry \[0\] nudged"),
        (lambda x: np.nan, r"the loss is nan with entry \[0\] nudged"),
    ],
    ids=["array", "inf", "nan"],
)
def test_a_loss_that_is_no_number_is_refused(loss, message):
    with pytest.raises(ValueError, match=message):
        numerical_gradient(loss, np.ones(2))


def test_relative_error_by_hand():
    error = relative_error([100.0, 1.0, 0.5, np.nan], [100.0, 1.5, -0.5, 1.0])
    assert_allclose(error, [0, 0.5 / 1.5, 1, np.inf])
    assert_allclose(relative_error([1e-9], [0]), [1e-5])


# A small loss with a known gradient: L = ½ Σ (x W + b)²


def loss(W, b, x):
    return 0.5 * ((x @ W + b) ** 2).sum()


@pytest.fixture
def case(rng):
    params = {"W": rng.normal(size=(3, 3)), "b": rng.normal(size=3), "x": rng.normal(size=(4, 3))}
    y = params["x"] @ params["W"] + params["b"]
    return params, {"W": params["x"].T @ y, "b": y.sum(axis=0), "x": y @ params["W"].T}


def test_right_gradients_pass_with_their_errors(case):
    params, grads = case
    before = {name: a.copy() for name, a in params.items()}
    errors = check_gradients(loss, params, grads)
    assert errors.keys() == params.keys() and max(errors.values()) < 1e-7
    for name, a in params.items():
        assert_array_equal(a, before[name])


@pytest.mark.parametrize("entry", list(np.ndindex(3, 3)))
def test_one_wrong_entry_anywhere_fails(case, entry):
    params, grads = case
    grads["W"][entry] += 1e-4 * np.abs(grads["W"]).max()
    row = rf"wrong in 1 of 9 entries\n  worst at W\[{entry[0]}, {entry[1]}\]: analytic"
    with pytest.raises(GradientError, match=row):
        check_gradients(loss, params, grads)


def one_row(g, change):
    changed = g.copy()
    changed[1] = change(changed[1])
    return changed


MISTAKES = {
    "sign": (lambda g: -g, "sign is turned round: analytic = -numeric everywhere"),
    "factor": (lambda g: 2 * g, r"factor .* analytic = 2 · numeric everywhere"),
    "mean": (lambda g: g / 4, r"factor .* analytic = 0\.25 · numeric everywhere"),
    "zero": (lambda g: 0 * g, "analytic is 0 everywhere"),
    "nan": (lambda g: np.nan * g, "analytic gradient is not finite"),
    "transposed": (lambda g: g.T, r"transposed\. Try \.T"),
    "row of zeros": (lambda g: one_row(g, lambda r: 0 * r), "analytic is 0 in row 1"),
    "row with sign": (lambda g: one_row(g, lambda r: -r), "analytic = -numeric in row 1"),
    "column": (lambda g: one_row(g.T, lambda r: 3 * r).T, "analytic = 3 · numeric in column 1"),
    "one path": (lambda g: one_row(g, lambda r: r + [1, 2, 4]), "all wrong ones are in row 1"),
    "other": (lambda g: g + np.arange(1, 10).reshape(3, 3), "no single factor explains it"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_found_and_its_reason_named(case, mistake):
    params, grads = case
    change, reason = MISTAKES[mistake]
    with pytest.raises(GradientError, match=reason) as error:
        check_gradients(loss, params, grads | {"W": change(grads["W"])})
    message = str(error.value)
    assert message.startswith("the gradient for W is wrong in ")
    assert "analytic" in message and "numeric" in message and "relative error" in message


def test_a_sum_over_the_batch_left_out_is_named(case):
    params, grads = case
    per_row = params["x"] @ params["W"] + params["b"]
    with pytest.raises(GradientError, match=r"leading axes \(4,\).*its sum over them is right"):
        check_gradients(loss, params, grads | {"b": per_row})


def test_other_shapes_are_named():
    with pytest.raises(GradientError, match=r"shape \(3, 2\); expected \(2, 3\).*Try \.T"):
        compare_gradients({"W": np.ones((3, 2))}, {"W": np.ones((2, 3))})
    with pytest.raises(
        GradientError, match=r"shape \(2,\); expected \(3,\), the shape of b itself"
    ):
        compare_gradients({"b": np.ones(2)}, {"b": np.ones(3)})


def test_a_missing_gradient_is_named(case):
    params, grads = case
    del grads["b"]
    with pytest.raises(GradientError, match="no gradient for b; .* got W, x"):
        check_gradients(loss, params, grads)


def test_wrong_slices_of_three_axes_are_named():
    n = np.ones((4, 2, 3))
    a = n.copy()
    a[2] = [[5, 6, 7], [1, 2, 3]]
    with pytest.raises(GradientError, match="at index 2 of axis 0"):
        compare_gradients({"xs": a}, {"xs": n})


def test_a_gradient_that_is_zero_may_be_zero(case):
    params, grads = case
    params["unused"], grads["unused"] = np.ones(2), np.zeros(2)
    check_gradients(lambda unused, **rest: loss(**rest), params, grads)
    grads["unused"] = np.array([0, 1e-3])
    with pytest.raises(GradientError, match="the gradient for unused"):
        check_gradients(lambda unused, **rest: loss(**rest), params, grads)


def test_the_tolerance_is_the_one_asked_for(case):
    params, grads = case
    grads["W"] *= 1 + 1e-4
    check_gradients(loss, params, grads, tol=1e-3)
    with pytest.raises(GradientError, match=r"allowed: 1e-05"):
        check_gradients(loss, params, grads, tol=1e-5)


def test_gradcheck_knows_no_model():
    tree = ast.parse(inspect.getsource(gradcheck))
    imports = {
        name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names
    } | {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert imports == {"numpy", "numpy.typing", "collections.abc"}
