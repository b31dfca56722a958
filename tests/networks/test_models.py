"""Models, the RNN baseline, the variants and the probes, each against numbers or by hand."""

import numpy as np
import pytest

from lstm_course import tasks
from lstm_course.equations import sigmoid
from lstm_course.gradcheck import check_gradients
from lstm_course.networks import (
    GRUParams,
    gru_forward,
    gru_step,
    init_gru,
    peephole_step,
)
from lstm_course.networks.models import new_gru, new_lstm, new_rnn
from lstm_course.networks.rnn import RNNParams, init_rnn, rnn_backward, rnn_forward
from lstm_course.training import loss as loss_of
from lstm_course.training import loss_and_gradients, probes, train
from lstm_course.training.recipes import new_model

MAKERS = {"lstm": new_lstm, "rnn": new_rnn, "gru": new_gru}
TARGETS = {
    "class at the end": np.array([2, 0]),
    "class at every step": np.array([[1, 2], [-1, 0], [2, 2], [0, -1]]),
    "number at the end": np.array([[0.5, 1, 0], [-1, 2, 0]]),
    "numbers at every step": np.linspace(-1, 1, 24).reshape(4, 2, 3),
}


@pytest.mark.parametrize("targets", TARGETS.values(), ids=TARGETS)
@pytest.mark.parametrize("kind", MAKERS)
def test_every_gradient_of_every_model_agrees_with_numbers(kind, targets):
    rng = np.random.default_rng(0)
    model, xs = MAKERS[kind](rng, 5, 3, 3), rng.standard_normal((4, 2, 5))
    parameters = model.parameters()
    for p in parameters.values():
        p += 0.3 * rng.standard_normal(p.shape)  # biases away from zero

    def loss(**trial):
        saved = {name: p.copy() for name, p in parameters.items()}
        for name, p in parameters.items():
            p[...] = trial[name]
        value = loss_of(model, xs, targets)
        for name, p in parameters.items():
            p[...] = saved[name]
        return value

    value, gradients = loss_and_gradients(model, xs, targets)
    assert value == loss_of(model, xs, targets) and gradients.keys() == parameters.keys()
    check_gradients(loss, {name: p.copy() for name, p in parameters.items()}, gradients)


def test_rnn_gradients_for_inputs_and_start_agree_with_numbers():
    rng = np.random.default_rng(1)
    params, xs, h_0 = init_rnn(rng, 4, 3), rng.standard_normal((5, 2, 4)), rng.random((2, 3))
    dhs = rng.standard_normal((5, 2, 3))

    def loss(W, b, xs, h_0):
        return float((rnn_forward(RNNParams(W, b), xs, h_0).hs * dhs).sum())

    gradients, flow = rnn_backward(params, rnn_forward(params, xs, h_0), dhs)
    check_gradients(loss, {"W": params.W, "b": params.b, "xs": xs, "h_0": h_0}, gradients)
    assert np.array_equal(flow[-1], dhs[-1])


def test_rnn_step_by_hand():
    # h_1 = tanh(1·0 + 2·0.5 + 0.1) = tanh(1.1); h_2 = tanh(1·h_1 + 2·0 + 0.1)
    params = RNNParams(np.array([[1.0], [2.0]]), np.array([0.1]))
    hs = rnn_forward(params, np.array([[[0.5]], [[0.0]]])).hs[:, 0, 0]
    assert np.allclose(hs, [np.tanh(1.1), np.tanh(np.tanh(1.1) + 0.1)])


def test_an_orthogonal_start_stretches_every_state_by_its_gain():
    W_h = init_rnn(np.random.default_rng(0), 4, 30, gain=1.1, orthogonal=True).W[:30]
    np.testing.assert_allclose(W_h @ W_h.T, 1.1**2 * np.eye(30), atol=1e-12)


def test_orthogonal_starts_turn_either_way_and_have_no_sign_of_their_own():
    """A factor as QR leaves it, without its signs, has a mean trace far below 0."""
    starts = [
        init_rnn(np.random.default_rng(seed), 1, 3, orthogonal=True).W[:3] for seed in range(300)
    ]
    assert abs(np.mean([np.trace(W_h) for W_h in starts])) < 0.2
    assert {round(np.linalg.det(W_h)) for W_h in starts} == {-1, 1}


def test_a_gain_scales_the_recurrent_weights_and_leaves_the_others_alone():
    plain, scaled = (
        init_rnn(np.random.default_rng(0), 4, 300, gain=gain).W for gain in (None, 1.5)
    )
    np.testing.assert_allclose(scaled[:300].std() * np.sqrt(300), 1.5, rtol=0.02)
    np.testing.assert_array_equal(scaled[300:], plain[300:])


def test_rnn_and_gru_shapes_that_do_not_fit_are_named():
    with pytest.raises(ValueError, match=r"expected \(H \+ D, H\) and \(H,\)"):
        RNNParams(np.zeros((3, 2)), np.zeros(3))
    with pytest.raises(ValueError, match=r"xs has shape \(2, 1, 9\); expected \(T, N, 4\)"):
        rnn_forward(init_rnn(np.random.default_rng(0), 4, 3), np.zeros((2, 1, 9)))
    with pytest.raises(ValueError, match=r"\(H \+ D, 2H\)"):
        GRUParams(np.zeros((5, 3)), np.zeros(6), np.zeros((5, 3)), np.zeros(3))


def test_gru_step_by_hand():
    # one unit, one input; r = σ(0) = 1/2, u = σ(log 3) = 3/4, n = tanh(1/2·0.8 + 1)
    params = GRUParams(np.zeros((2, 2)), np.array([0, np.log(3)]), np.ones((2, 1)), np.zeros(1))
    h_t = gru_step(params, np.array([0.8]), np.array([1.0]))
    assert np.allclose(h_t, 0.75 * 0.8 + 0.25 * np.tanh(1.4))


def test_gru_sequence_equals_its_steps():
    rng = np.random.default_rng(0)
    params, xs = init_gru(rng, 4, 3), rng.standard_normal((6, 2, 4))
    h_t, hs = np.zeros((2, 3)), gru_forward(params, xs).hs
    for t in range(6):
        h_t = gru_step(params, h_t, xs[t])
        assert np.allclose(hs[t], h_t)


def test_peepholes_of_zero_give_the_plain_cell():
    rng = np.random.default_rng(0)
    model, xs = new_lstm(rng, 4, 3, 2), rng.standard_normal((1, 5, 4))
    h_0, c_0 = rng.random((2, 5, 3))
    from lstm_course.sequence import lstm_forward

    trace = lstm_forward(model.params, xs, h_0, c_0)
    h_t, c_t = peephole_step(model.params, np.zeros((3, 3)), h_0, c_0, xs[0])
    assert np.allclose(h_t, trace.h_T) and np.allclose(c_t, trace.c_T)


def test_peepholes_let_the_output_gate_see_the_new_cell_state():
    model = new_lstm(np.random.default_rng(0), 1, 1, 1, forget_bias=0.0)
    model.params.W[:] = 0  # all gates ½, candidate 0
    peepholes = np.array([[0.0], [np.log(3)], [2.0]])  # p_i, p_f, p_o
    h_t, c_t = peephole_step(model.params, peepholes, np.zeros(1), np.ones(1), np.zeros(1))
    assert np.allclose(c_t, 0.75) and np.allclose(h_t, sigmoid(1.5) * np.tanh(0.75))


def test_carry_goes_on_where_the_last_batch_ended_and_reset_starts_anew():
    rng = np.random.default_rng(0)
    model, xs = new_lstm(rng, 3, 4, 2, carry=True), rng.standard_normal((10, 2, 3))
    whole = model.logits(xs)
    model.reset()
    first, second = model.logits(xs[:6]), model.logits(xs[6:])
    assert np.allclose(np.concatenate([first, second]), whole)
    model.reset()
    assert np.allclose(model.logits(xs[:6]), first)


def test_cut_follows_the_stream_without_a_gap():
    xs, targets = tasks.make_reber_stream(np.random.default_rng(0), 2, 25)
    pieces = list(tasks.cut(xs, targets, 10))
    assert len(pieces) == 2
    assert np.array_equal(np.concatenate([p[0] for p in pieces]), xs[:20])
    assert np.array_equal(np.concatenate([p[1] for p in pieces]), targets[:20])
    with pytest.raises(ValueError, match="length is 26; expected 1 to T = 25"):
        list(tasks.cut(xs, targets, 26))


def test_a_forget_bias_of_1000_takes_the_forget_gate_out_for_good():
    rng = np.random.default_rng(0)
    model = new_lstm(rng, 6, 4, 2, forget_bias=1000.0)
    train(model, lambda: tasks.make_lag(rng, 8, 5), 30, progress=False)
    assert (model.params.b_f == 1000).all()
    assert (model.forward(tasks.make_lag(rng, 8, 5)[0]).fs == 1).all()


def test_nan_weights_end_in_the_message_of_training():
    rng = np.random.default_rng(0)
    model = new_lstm(rng, 6, 4, 2)
    model.params.W[0, 0] = np.nan
    with pytest.raises(FloatingPointError, match="step 1: the loss is nan"):
        train(model, lambda: tasks.make_lag(rng, 8, 5), 5, progress=False)


def test_targets_of_no_known_form_are_named():
    model = new_lstm(np.random.default_rng(0), 3, 4, 2)
    with pytest.raises(ValueError, match="targets holds float64 in shape"):
        loss_of(model, np.zeros((2, 1, 3)), np.zeros(1))
    with pytest.raises(ValueError, match="kind is 'cnn'; expected one of lstm, rnn, gru"):
        new_model(np.random.default_rng(0), "cnn", 1, 1, 1)


def test_accuracy_counts_only_what_counts():
    model = new_lstm(np.random.default_rng(0), 3, 4, 2)
    model.readout.W_y[:] = 0
    model.readout.b_y[:] = [0, 1]  # always says 1
    targets = np.array([[1, 0], [-1, 1], [-1, -1]])
    assert model.accuracy(np.zeros((3, 2, 3)), targets) == pytest.approx(2 / 3)


def test_saturation_by_hand_and_for_values_that_are_no_gate():
    assert probes.saturation([0.05, 0.1, 0.5, 0.95]) == (0.25, 0.25)
    with pytest.raises(ValueError, match="goes through sigmoid first"):
        probes.saturation([0.5, 1.5])


def test_correlations_by_hand():
    labels = np.array([0, 0, 1, 1])
    states = np.stack([labels, -2.0 * labels, [1, 1, 1, 1], [0, 1, 0, 1]], axis=1)
    assert np.allclose(probes.correlations(states, labels), [1, -1, 0, 0])
    steady = probes.steady_correlations(np.stack([states, states[:, ::-1]]), labels)
    assert np.allclose(steady, [0, 0, 0, 0])
    with pytest.raises(ValueError, match="both singular and plural"):
        probes.correlations(states, np.ones(4))


@pytest.mark.parametrize("kind", MAKERS)
def test_nothing_reads_an_ablated_unit_and_the_model_itself_is_unchanged(kind):
    rng = np.random.default_rng(0)
    model, xs = MAKERS[kind](rng, 3, 4, 2), rng.standard_normal((5, 2, 3))
    before, without = model.logits(xs), probes.ablate(model, 1)
    after = without.logits(xs)
    assert np.array_equal(model.logits(xs), before) and not np.allclose(after, before)
    for name, p in without.parameters().items():
        if name.startswith("W") and name != "W_y":
            p.reshape(len(p), -1, 4)[..., 1] += 5  # what unit 1 itself receives
            p[1] = 0
    assert not np.allclose(without.forward(xs).hs[..., 1], model.forward(xs).hs[..., 1])
    assert np.allclose(without.logits(xs), after)  # unit 1 does something else, nobody notices
    with pytest.raises(ValueError, match=r"numbers from 0 to 3"):
        probes.ablate(model, 4)


def test_agreement_errors_of_a_model_that_always_says_the_singular():
    rng = np.random.default_rng(0)
    model = new_lstm(rng, len(tasks.WORDS), 4, len(tasks.WORDS))
    model.readout.W_y[:] = 0
    model.readout.b_y[[tasks.WORDS.index(verb) for verb, _ in tasks.VERBS]] = 1
    xs, targets = tasks.make_agreement(rng, 50)
    errors = probes.agreement_errors(model, xs, targets)
    assert np.array_equal(errors, tasks.subject_is_plural(xs))
