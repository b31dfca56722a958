"""What the check says of a wrong answer that is in no catalogue."""

import numpy as np
import pytest

from lstm_course.checks.diagnose import diagnose
from lstm_course.checks.reply import Handed
from lstm_course.exercises import find

SEEDS = range(3)
CLOSE = "Close, but only to two digits"


def causes(exercise_id, answer):
    """Return what is said, for three draws of inputs."""
    own = (lambda *arguments: answer(*arguments),)
    exercise = find(exercise_id)
    outcomes = [diagnose(exercise, Handed(own), np.random.default_rng(k)) for k in SEEDS]
    assert not any(outcome.passed for outcome in outcomes)
    return [outcome.cause for outcome in outcomes]


def changed(answer, **results):
    """Return an answer with some of its results changed, by their place r0, r1, …"""

    def with_changes(*arguments):
        values = list(answer(*arguments))
        for place, change in results.items():
            values[int(place[1:])] = change(values[int(place[1:])])
        return tuple(values)

    return with_changes


SEQUENCE, STEP = find("sequence-backward").answer, find("step-backward").answer


@pytest.mark.parametrize(
    ("exercise_id", "answer", "said"),
    [
        (
            "back-to-gates",
            lambda *a: tuple(find("back-to-gates").answer(*a)[k] for k in (4, 0, 1, 2, 3)),
            "in the place of another: dc_prev, di_t, df_t, do_t, dc_tilde for",
        ),
        (
            "sequence-backward",
            lambda *a: tuple(SEQUENCE(*a)[k] for k in (0, 1, 3, 2, 4)),
            "in the place of another: dW, db, dh_0, dxs, dc_0 for",
        ),
        ("lstm-step", lambda *a: find("lstm-step").answer(*a)[1], "Only c_t comes back"),
        (
            "step-backward",
            changed(STEP, r3=np.cbrt),
            "dW, db, dx_t and dc_prev are right; dh_prev is not.",
        ),
        (
            "sequence-backward",
            changed(SEQUENCE, r0=np.negative, r1=np.negative, r4=np.negative),
            "Every number has the wrong sign.",
        ),
        ("sequence-backward", changed(SEQUENCE, r1=lambda b: 3 * b), "3 times the right one."),
        (
            "back-to-weights",
            changed(find("back-to-weights").answer, r0=lambda w: w / len(w)),
            "with other inputs the factor is another.",
        ),
        (
            "step-backward",
            changed(STEP, r1=lambda b: b[None]),
            "db has shape (1, 8), expected (8,). The numbers are right, in another shape.",
        ),
        (
            "back-to-weights",
            changed(find("back-to-weights").answer, r2=np.transpose),
            "The numbers are transposed.",
        ),
        (
            "sequence-backward",
            changed(SEQUENCE, r2=np.square, r0=np.square),
            "db, dh_0 and dc_0 are right; dW and dxs are not.",
        ),
        ("forget-gate", lambda *a: find("forget-gate").answer(*a) * 1.001, "1.001 times"),
    ],
)
def test_what_can_be_seen_is_said(exercise_id, answer, said):
    for cause in causes(exercise_id, answer):
        assert said in cause


def with_step(step):
    """Return a whole sequence backward with another step in it."""
    right = find("sequence-backward").right
    names = {**right._names, "step_backward": step}
    answer = right.build()
    answer._names = names
    return answer


def rounded_gates(h, x, W, b):
    """Round the sum on the way."""
    return 1 / (1 + np.exp(-(np.concatenate([h, x], axis=-1) @ W + b).round(2)))


@pytest.mark.parametrize(
    ("exercise_id", "answer"),
    [
        ("forget-gate", rounded_gates),
        ("forget-gate", lambda *a: find("forget-gate").answer(*a).round(2)),
        ("step-backward", lambda *a: tuple(part.round(3) for part in STEP(*a))),
    ],
)
def test_rounding_is_named(exercise_id, answer):
    said = causes(exercise_id, answer)
    assert all(cause.startswith(CLOSE) or "is rounded to two digits" in cause for cause in said)


@pytest.mark.parametrize(
    "step",
    [
        lambda *a: STEP(*a[:4], (a[4] + a[9]) / 2, *a[5:]),  # c between the steps
        lambda *a: STEP(*a[:3], a[8] * np.tanh(a[9]), *a[4:]),  # another h for h_prev
        lambda *a: STEP(0.99 * a[0], *a[1:]),  # a little of dh is lost
        lambda *a: STEP(a[0], 0.9 * a[1], *a[2:]),
    ],
)
def test_a_mistake_in_a_formula_is_not_called_a_rounding(step):
    for exercise_id, answer in (
        ("step-backward", step),
        ("sequence-backward", with_step(step)),
    ):
        assert not any(cause.startswith(CLOSE) for cause in causes(exercise_id, answer))
