"""A trained LSTM run with changed gates or cut weights."""

import numpy as np
import pytest

from lstm_course.networks.models import new_lstm
from lstm_course.training.altered import (
    altered_logits,
    cut_h,
    cut_own_loop,
    cut_readout,
    cut_row,
)
from lstm_course.training.probes import ablate


@pytest.fixture
def model():
    return new_lstm(np.random.default_rng(0), 3, 4, 2)


@pytest.fixture
def xs():
    return np.random.default_rng(1).standard_normal((6, 5, 3))


def test_gates_left_as_they_are_give_the_scores_of_the_model(model, xs):
    scores = altered_logits(model, xs, lambda t, gates: gates)
    np.testing.assert_allclose(scores, model.logits(xs), rtol=1e-12)


def test_a_change_sees_input_forget_and_output_gate_of_each_step(model, xs):
    seen = []
    altered_logits(model, xs, lambda t, gates: seen.append((t, gates.copy())) or gates)
    trace = model.forward(xs)
    for t, gates in seen:
        np.testing.assert_allclose(gates, [trace.is_[t], trace.fs[t], trace.os[t]], rtol=1e-12)
    assert [t for t, _ in seen] == list(range(6))


def test_a_shut_output_gate_leaves_the_bias_of_the_read_out(model, xs):
    scores = altered_logits(model, xs, lambda t, gates: gates * [[[1]], [[1]], [[0]]])
    np.testing.assert_array_equal(scores, np.broadcast_to(model.readout.b_y, scores.shape))


def test_cutting_row_and_read_out_is_the_ablation(model, xs):
    both = cut_row(cut_readout(model, 2), 2)
    np.testing.assert_array_equal(both.logits(xs), ablate(model, 2).logits(xs))


def test_cutting_every_row_is_cutting_h(model, xs):
    cut = model
    for unit in range(4):
        cut = cut_row(cut, unit)
    np.testing.assert_array_equal(cut.logits(xs), cut_h(model).logits(xs))
    assert (cut_h(model).params.W[4:] == model.params.W[4:]).all()  # x is still read


def test_cutting_its_own_loop_takes_one_weight_of_each_gate_and_the_candidate(model):
    params, changed = model.params, cut_own_loop(model, 1).params
    for part in ("W_i", "W_f", "W_o", "W_c"):
        different = getattr(params, part) != getattr(changed, part)
        assert np.argwhere(different).tolist() == [[1, 1]] and getattr(changed, part)[1, 1] == 0


@pytest.mark.parametrize("cut", [cut_readout, cut_row, cut_own_loop])
def test_a_cut_leaves_the_model_itself_alone(model, xs, cut):
    before = model.logits(xs)
    cut(model, 0)
    np.testing.assert_array_equal(model.logits(xs), before)
