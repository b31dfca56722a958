"""Mistakes that are composed: a rule fits wherever its form occurs."""

import ast

import numpy as np
import pytest

from lstm_course.checks.compare import close
from lstm_course.checks.explain import frozen, run
from lstm_course.exercises import WriteFunction, all_exercises, find
from lstm_course.exercises.slips import Instead, Right, slips_of
from lstm_course.exercises.slips.pattern import filled, match, parsed, rewritten

FUNCTIONS = [e for e in all_exercises().values() if isinstance(e, WriteFunction)]
by_id = pytest.mark.parametrize("exercise", FUNCTIONS, ids=lambda e: e.id)


def gate(z_t, W_i, b_i):
    """Return a gate; what a learner may get wrong in it is composed below."""
    i_t = z_t @ W_i + b_i
    return i_t


def twice(z_t, W_i, b_i):
    """Call it two times."""
    first = gate(z_t, W_i, b_i)
    second = first + gate(2 * z_t, W_i, b_i)
    return second


INPUTS = [[np.array([1.0, 2.0]), np.eye(2), np.array([0.5, -0.5])]]


def inputs(exercise, seed=0):
    return [list(c.inputs.values()) for c in exercise.cases(np.random.default_rng(seed))]


def test_a_letter_stands_for_any_expression_and_for_the_same_one_twice():
    assert match(parsed("X * (1 - X)"), parsed("f(a) * (1 - f(a))"), {})
    assert not match(parsed("X * (1 - X)"), parsed("a * (1 - b)"), {})
    assert match(parsed("Z @ W_ + b_"), parsed("z @ W_f + b_f"), {})
    assert not match(parsed("Z @ W_ + b_"), parsed("z @ V + b"), {})


def test_a_form_is_written_in_another():
    node = parsed("sigmoid(z @ W_i + b_i)")
    assert ast.unparse(rewritten("sigmoid(A + b_)", "sigmoid(A) + b_", node)) == (
        "sigmoid(z @ W_i) + b_i"
    )
    with pytest.raises(ValueError):
        rewritten("np.tanh(A)", "A", node)
    assert ast.unparse(filled("np.tanh(X)", {"X": node})) == f"np.tanh({ast.unparse(node)})"


def test_the_right_answer_built_from_its_tree_does_what_it_does():
    assert close(Right(twice, [gate]).build()(*INPUTS[0]), twice(*INPUTS[0]))


def test_a_slip_leaves_the_right_answer_as_it_is():
    right = Right(twice, [gate])
    for slip in slips_of(right, INPUTS):
        run(slip.answer, INPUTS[0])
    assert close(right.build()(*INPUTS[0]), twice(*INPUTS[0]))


def test_what_is_called_brings_its_mistakes_along():
    slips = slips_of(Right(twice, [gate]), INPUTS)
    inherited = [slip for slip in slips if slip.inherited]
    (no_bias,) = (slip for slip in inherited if slip.cause == "b_i is missing in i_t.")
    z, W, b = INPUTS[0]
    assert close(no_bias.answer(z, W, b), 3 * z @ W)


def test_of_two_edits_the_one_inside_the_other_is_made_first():
    slips = {slip.cause: slip for slip in slips_of(Right(gate), INPUTS)}
    outer, inner = slips["b_i is missing in i_t."], slips["i_t has 1 - z_t where z_t belongs."]
    both = outer.right.build((*outer.edits, *inner.edits))
    z, W, b = INPUTS[0]
    assert close(both(z, W, b), (1 - z) @ W)


def test_a_line_of_the_exercises_own_is_told_before_the_rules():
    own = Instead("i_t", "z_t @ W_i", "The bias was forgotten.")
    slips = slips_of(Right(gate), INPUTS, [own])
    assert min(slips, key=lambda slip: slip.rank).cause == own.cause
    with pytest.raises(ValueError, match="no line"):
        slips_of(Right(gate), INPUTS, [Instead("f_t", "z_t", "")])


@pytest.mark.parametrize(
    ("exercise_id", "places"),
    [
        ("lstm-step", ("i_t", "f_t", "o_t", "c_tilde")),
        ("three-gates", ("i_t", "f_t", "o_t")),
        ("gru-step", ("r_t", "u_t", "n_t")),
    ],
)
def test_every_gate_has_the_mistakes_of_a_gate(exercise_id, places):
    causes = [slip.cause for slip in find(exercise_id).slips]
    for place in places:
        letter = {"c_tilde": "c"}.get(place, place[0])
        assert f"b_{letter} is missing in {place}." in causes
        assert any(
            f"tanh is missing in {place}." in c or f"in {place}: it goes" in c for c in causes
        )
    assert any(all(place in cause for place in places) for cause in causes)


@by_id
def test_every_slip_can_be_told(exercise):
    for slip in exercise.slips:
        assert slip.cause[-1] in ".:?)", slip.cause
        assert "{place" not in slip.cause and "_new" not in slip.cause, slip.cause


@by_id
def test_the_right_answer_matches_the_steps_that_it_is_told_by(exercise):
    """An answer of one line would leave nothing to point at."""
    names = [n.id for n in ast.walk(next(reversed(exercise.right.trees.values())))
             if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)]  # fmt: skip
    assert names, exercise.id


@by_id
def test_the_draw_does_not_decide_over_a_mistake_of_the_exercises_own(exercise):
    """A mistake that fails for one draw fails for every draw."""
    for one in (*exercise.wrong, *(slip for slip in exercise.slips if slip.rank < 0)):
        for seed in range(12):
            cases = inputs(exercise, seed)
            rights = [run(exercise.answer, frozen(case)).value for case in cases]
            did = [run(one.answer, case) for case in cases]
            assert any(
                d.error or not close(d.value, r) for d, r in zip(did, rights, strict=True)
            ), f"passes with seed {seed}: {one.cause}"
