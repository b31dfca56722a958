"""Find the bugs in the way back of a memory with given gates."""

import numpy as np

from ..model import Case, WriteFunction, Wrong
from ..slips import Instead
from .inputs import NOTEBOOK


def _memory_case(rng: np.random.Generator, T: int, N: int, D: int, H: int) -> Case:
    return Case(
        inputs={
            "dcs": rng.normal(0, 1, (T, N, H)),
            "xs": rng.normal(0, 1, (T, N, D)),
            "fs": rng.uniform(0.2, 0.95, (T, N, H)),
            "W": rng.normal(0, 1, (D, H)),
        },
        label=f"T = {T}, N = {N}, D = {D}, H = {H}",
    )


def backward_mended(dcs, xs, fs, W):
    """Return the way back of c_t = f_t ⊙ c_{t-1} + x_t W."""
    dW = np.zeros_like(W)
    dc_back = np.zeros_like(dcs[0])
    for t in reversed(range(len(xs))):
        dc_t = dcs[t] + dc_back
        dW += xs[t].T @ dc_t
        dc_back = dc_t * fs[t]
    return dW, dc_back


def backward_broken(dcs, xs, fs, W):
    """Return what the broken one of the notebook does."""
    return xs[0].T @ dcs[0], dcs[0] * fs[0]


def backward_through_f(dcs, xs, fs, W):
    """Take dW from the gradient that has passed f_t already."""
    dW, dc = np.zeros_like(W), np.zeros_like(dcs[0])
    for t in reversed(range(len(xs))):
        dc = (dcs[t] + dc) * fs[t]
        dW += xs[t].T @ dc
    return dW, dc


def backward_late_f(dcs, xs, fs, W):
    """Multiply what comes back by the f of the step where it arrives."""
    dW, dc = np.zeros_like(W), np.zeros_like(dcs[0])
    for t in reversed(range(len(xs))):
        dc = dcs[t] + fs[t] * dc
        dW += xs[t].T @ dc
    return dW, dc


EXERCISE = WriteFunction(
    id="missing-plus",
    notebook=NOTEBOOK,
    asks_for=("backward_mended",),
    kind="find the bug",
    points=3,
    minutes=6,
    answer=backward_mended,
    example=Case(
        inputs={
            "dcs": np.ones((2, 1, 1)),
            "xs": np.array([[[1.0]], [[2.0]]]),
            "fs": np.full((2, 1, 1), 0.5),
            "W": np.ones((1, 1)),
        },
        label="",
    ),
    draw=lambda rng: [_memory_case(rng, 4, 2, 3, 5), _memory_case(rng, 7, 1, 2, 3)],
    returns=("dW", "dc_0"),
    hints=(
        "Each W serves all steps. What happens to the dW of the last step when the loop "
        "reaches the one before it?",
        "dc_back is computed in the last line of the loop. Where is it read?",
        "One = should be +=, and one line should add dc_back to what comes from above.",
    ),
    look="Follow two steps with a pencil: f = 0.5, x = 1 and 2, dc = 1 from above at both.",
    passed="Both bugs leave shapes, signs and sizes plausible: only numbers find them.",
    instead=(
        Instead(
            "dc_t",
            "dcs[t]",
            "dc_t is only what comes from above: dc_back, from the step after, plays "
            "no part in it.",
        ),
        Instead(
            "dc_back",
            "dc_t * fs[t - 1]",
            "dc_back is multiplied by f of the wrong step. c_{t-1} goes into c_t through f_t.",
        ),
        Instead(
            "dc_back",
            "dc_t",
            "f_t is missing: on its way to c_{t-1} the gradient is multiplied by it.",
        ),
        Instead(
            "return",
            "dW, dc_t",
            "dc_0 is returned as the gradient at c_1: the last product with f is missing. Equation "
            "5 leads from c_0 to c_1 through f_1, so dc_0 = dc_1 ⊙ f_1.",
            "Follow f = 0.5 with a pencil: which number leaves the loop?",
        ),
        Instead(
            "dW",
            "xs[t].T @ dcs[t]",
            "dW is taken from dcs[t], what comes from above. W acts on c_t as a whole, "
            "so it needs dc_t with both parts.",
        ),
    ),
    wrong=(
        Wrong(
            answer=backward_broken,
            cause="This does the same as backward_broken: both bugs are still there.",
        ),
        Wrong(
            answer=backward_through_f,
            cause="dc_t is multiplied by f_t before dW is taken from it. x_t W goes into c_t "
            "without f_t; only the way to c_{t-1} has it.",
        ),
        Wrong(
            answer=backward_late_f,
            cause="dc_back is multiplied by f_t where it arrives. It comes from c_{t+1} and has "
            "passed f_{t+1}; f_t is for the way on to c_{t-1}.",
        ),
    ),
)
