"""A long text cut in two, laid side by side and read in pieces; the tables of counts."""

from itertools import islice

import numpy as np
import pytest
from numpy.testing import assert_allclose

from lstm_course.tasks import (
    CHARACTERS,
    bigram_table,
    decode_text,
    load_wonderland,
    make_parity,
    make_streams,
    passes,
    split_text,
    unigram_table,
)


def test_training_and_validation_share_no_character_and_lose_none():
    text = load_wonderland()
    training, validation = split_text(text)
    assert decode_text(np.concatenate([training, validation])) == text.lower()
    assert len(training) == int(0.9 * len(text))


def test_the_text_has_only_characters_that_a_model_can_name():
    text = load_wonderland()
    assert set(text.lower()) <= set(CHARACTERS)
    assert text.startswith("Alice was beginning to get very tired")
    assert 60_000 < len(text) < 80_000


def test_streams_follow_each_other_and_pieces_follow_each_other():
    ids = np.arange(21) % 35
    xs, targets = make_streams(ids, 2)
    assert xs.shape == (10, 2, 35)
    assert (xs.argmax(-1).T.ravel() == ids[:20]).all()
    assert (targets.T.ravel() == ids[1:21]).all()
    calls = []
    pieces = list(islice(passes(xs, targets, 4, lambda: calls.append(1)), 5))
    assert [p[1][0, 0] for p in pieces] == [1, 5, 1, 5, 1] and len(calls) == 3


def test_too_many_streams_are_refused():
    with pytest.raises(ValueError, match="more than"):
        make_streams(np.zeros(5, int), 5)


def test_tables_count_each_once_more():
    ids = np.array([0, 1, 0, 1, 2])
    assert_allclose(unigram_table(ids, 3), [3 / 8, 3 / 8, 2 / 8])
    assert_allclose(
        bigram_table(ids, 3), [[1, 3, 1], [2, 1, 2], [1, 1, 1]] / np.array([5, 5, 3])[:, None]
    )


def test_parity_counts_the_ones_so_far():
    xs, targets = make_parity(np.random.default_rng(0), 3, 40)
    for n in range(3):
        odd = 0
        for bit, target in zip(xs[:, n].argmax(-1), targets[:, n], strict=True):
            odd = odd ^ int(bit)
            assert target == odd
