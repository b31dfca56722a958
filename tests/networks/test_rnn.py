"""The gradient of a random recurrent network on its way back (lesson 01)."""

import numpy as np
import pytest

from lstm_course.networks.rnn import gradient_norms


def last_state(W, xs, nudge, at):
    """Return h_T of a scalar loop, with `nudge` added to h after step `at`."""
    h = np.zeros(W.shape[1])
    for t, x in enumerate(xs):
        h = np.tanh(np.concatenate([h, x]) @ W)
        h = h + nudge if t == at else h
    return h


@pytest.mark.parametrize("lag", [0, 1, 4])
def test_the_norm_at_a_lag_is_what_nudging_that_step_gives(lag):
    T, H, scale = 7, 4, 0.6
    rng = np.random.default_rng(3)
    W, xs = scale * rng.normal(size=(H + 3, H)), rng.normal(size=(T, 3))
    step = 1e-5
    dh = [
        np.sum(last_state(W, xs, e, T - 1 - lag) - last_state(W, xs, -e, T - 1 - lag))
        / (2 * step * H**0.5)
        for e in step * np.eye(H)
    ]
    norms = gradient_norms(scale, seed=3, T=T, H=H)
    assert norms.shape == (T,)
    assert norms[lag] == pytest.approx(np.linalg.norm(dh), rel=1e-7)


def test_small_weights_vanish_and_large_ones_explode():
    medians = [
        np.median([gradient_norms(scale, seed=s)[99] for s in range(5)])
        for scale in (0.1, 0.3, 0.5)
    ]
    assert medians[0] < 1e-20 and 0.1 < medians[1] < 10 and medians[2] > 1e6
