"""Lesson 17's last exercise: the run that it suggests beats the bigrams, and how it is judged."""

import numpy as np
import pytest

from lstm_course.exercises import find
from lstm_course.networks import new_lstm
from lstm_course.tasks import CHARACTERS, load_wonderland, make_streams, passes, split_text
from lstm_course.training import load_results, train

BEAT = find("beat-the-bigrams")


@pytest.mark.parametrize("seed", [0, 1])
def test_the_suggested_run_is_below_the_goal_and_an_untrained_model_is_not(seed):
    training, _ = split_text(load_wonderland())
    model = new_lstm(np.random.default_rng(seed), len(CHARACTERS), 48, len(CHARACTERS), carry=True)

    def judged():
        readout = model.readout
        return BEAT.judge(model.params.W, model.params.b, readout.W_y, readout.b_y)

    assert "unigrams" in judged().cause
    train(model, passes(*make_streams(training, 32), 32, model.reset), 300, progress=False)
    assert judged() is None


def test_every_stored_seed_meets_the_goal():
    rows = load_results("text")["training_and_validation"]["carried on"]
    assert len(rows) == 16 and max(validation for _, validation in rows) < 8
