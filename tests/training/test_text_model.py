"""The language model of lesson 17: what is measured on it, and what it writes by itself."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from lstm_course import softmax
from lstm_course.networks import new_lstm
from lstm_course.tasks import (
    CHARACTERS,
    bigram_table,
    encode_text,
    load_wonderland,
    one_hot,
    split_text,
)
from lstm_course.training import load_text_model, perplexity, sample_text, train_text

K = len(CHARACTERS)


@pytest.fixture(scope="module")
def model():
    return load_text_model()


def test_a_model_of_zeros_has_a_perplexity_of_one_in_k():
    model = new_lstm(np.random.default_rng(0), K, 2, K)
    for array in model.parameters().values():
        array[:] = 0
    assert perplexity(model, encode_text("alice in wonderland")) == pytest.approx(K)


def test_perplexity_is_one_over_the_geometric_mean_of_what_came(model):
    ids = encode_text("alice was")
    ys = softmax(model.logits(one_hot(ids[:-1], K)[:, None])[:, 0])
    product = np.prod([y[k] for y, k in zip(ys, ids[1:], strict=True)])
    assert perplexity(model, ids) == pytest.approx(product ** (-1 / 8))


def test_measuring_and_sampling_leave_the_carried_state_alone(model):
    model = new_lstm(np.random.default_rng(0), K, 4, K, carry=True)
    model.logits(one_hot(encode_text("alice"), K)[:, None])
    before = [state.copy() for state in model.state]
    perplexity(model, encode_text("the hatter"))
    sample_text(model, "the ", 3, 1.0, np.random.default_rng(0))
    assert model.carry
    for state, old in zip(model.state, before, strict=True):
        assert_allclose(state, old)


def test_what_is_drawn_is_read_as_if_it_had_been_given(model):
    text, ys = sample_text(model, "alice ", 12, 1.0, np.random.default_rng(0))
    ids = encode_text("alice " + text)
    given = softmax(model.logits(one_hot(ids[:-1], K)[:, None])[:, 0])
    assert_allclose(given[5:], ys, rtol=0, atol=1e-12)


def test_a_low_temperature_takes_the_likeliest(model):
    text, ys = sample_text(model, "alice ", 30, 1e-3, np.random.default_rng(0))
    assert text == "".join(CHARACTERS[k] for k in ys.argmax(-1))


def test_the_stored_model_and_a_short_run_know_more_than_the_bigrams(model):
    training, validation = split_text(load_wonderland())
    pairs = bigram_table(training, K)
    bigrams = np.exp(-np.log(pairs[validation[:-1], validation[1:]]).mean())
    assert perplexity(model, validation) < 0.6 * bigrams
    quick, _ = train_text(0, steps=200)
    assert perplexity(quick, validation) < bigrams
