"""Find the bugs in the way back of a memory with given gates.

Numbers in comments are those of the course's list of wrong answers.
"""

from collections.abc import Callable

import numpy as np

from ..model import Case, WriteFunction, Wrong
from .inputs import NOTEBOOK


def _memory_back(
    *,
    into_W: Callable = lambda dc_t, above: dc_t,
    left: Callable = lambda dc_t, dc_back: dc_back,
    add: Callable = np.add,
    at_c: Callable = lambda above, back, f_t: above + back,
    carried: Callable = lambda dc_t, fs, t, back: dc_t * fs[t],
    order: Callable = reversed,
) -> Callable:
    """Return the way back of c_t = f_t ⊙ c_{t-1} + x_t W, right or with one thing changed."""

    def memory_backward(dcs, xs, fs, W):  # noqa: ANN001, ANN202
        dW, dc_back = np.zeros_like(W), np.zeros_like(dcs[0])
        for t in order(range(len(xs))):
            dc_t = at_c(dcs[t], dc_back, fs[t])
            dW = add(dW, xs[t].T @ into_W(dc_t, dcs[t]))
            dc_back = carried(dc_t, fs, t, dc_back)
        return dW, left(dc_t, dc_back)

    return memory_backward


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


def _lost(above: np.ndarray, back: np.ndarray, f_t: np.ndarray) -> np.ndarray:
    return above + 0 * back


MEMORY_LOOP_MISTAKES = (
    Wrong(
        answer=_memory_back(add=lambda old, new: new, at_c=_lost),
        cause="This does the same as backward_broken: both bugs are still there.",
    ),
    Wrong(  # 50
        answer=_memory_back(at_c=_lost),
        cause="dW is added up now. dc_t is still only what comes from above: dc_back, from the "
        "step after, is computed and never used.",
    ),
    Wrong(  # 49
        answer=_memory_back(add=lambda old, new: new),
        cause="dc_back is used now. dW is still overwritten at each step: += and not =.",
    ),
    Wrong(  # 45
        answer=_memory_back(carried=lambda dc_t, fs, t, back: dc_t),
        cause="Both bugs are gone, and so is f_t: on its way to c_{t-1} the gradient is "
        "multiplied by it.",
    ),
    Wrong(
        answer=_memory_back(carried=lambda dc_t, fs, t, back: dc_t * fs[t - 1]),
        cause="dc_back is multiplied by f of the wrong step. c_{t-1} goes into c_t through f_t.",
    ),
    Wrong(
        answer=_memory_back(order=iter),
        cause="The loop runs forward now. The way back starts at the last step.",
    ),
    Wrong(
        answer=_memory_back(add=lambda old, new: old - new),
        cause="dW is subtracted. A step against the gradient comes later, in training.",
    ),
    Wrong(
        answer=_memory_back(left=lambda dc_t, dc_back: dc_t),
        cause="dc_0 is returned as the gradient at c_1: the last product with f is missing. "
        "Equation 5 leads from c_0 to c_1 through f_1, so dc_0 = dc_1 ⊙ f_1.",
        look="Follow f = 0.5 with a pencil: which number leaves the loop?",
    ),
    Wrong(
        answer=_memory_back(carried=lambda dc_t, fs, t, back: back + dc_t * fs[t]),
        cause="dc_back piles up: it is added to itself. What step t hands on replaces what came "
        "from step t + 1; only dW is added up.",
    ),
    Wrong(
        answer=_memory_back(
            at_c=lambda above, back, f_t: (above + back) * f_t,
            carried=lambda dc_t, fs, t, back: dc_t,
        ),
        cause="dc_t is multiplied by f_t before dW is taken from it. x_t W goes into c_t without "
        "f_t; only the way to c_{t-1} has it.",
    ),
    Wrong(
        answer=_memory_back(
            at_c=lambda above, back, f_t: above + f_t * back,
            carried=lambda dc_t, fs, t, back: dc_t,
        ),
        cause="dc_back is multiplied by f_t where it arrives. It comes from c_{t+1} and has "
        "passed f_{t+1}; f_t is for the way on to c_{t-1}.",
    ),
    Wrong(
        answer=_memory_back(into_W=lambda dc_t, above: above),
        cause="dW is taken from dcs[t], what comes from above. W acts on c_t as a whole, so it "
        "needs dc_t with both parts.",
    ),
    Wrong(
        answer=_memory_back(order=lambda steps: reversed(steps[1:])),
        cause="The loop ends before step 0. range(T - 1, 0, -1) leaves 0 out; reversed(range(T)) "
        "does not.",
    ),
)

EXERCISE = WriteFunction(
    id="missing-plus",
    notebook=NOTEBOOK,
    asks_for=("backward_mended",),
    kind="find the bug",
    points=3,
    minutes=6,
    answer=_memory_back(),
    example=Case(
        inputs={
            "dcs": np.ones((2, 1, 1)),
            "xs": np.array([[[1.0]], [[2.0]]]),
            "fs": np.full((2, 1, 1), 0.5),
            "W": np.ones((1, 1)),
        },
        label="",
    ),
    draw=lambda rng: [_memory_case(rng, 4, 2, 3, 5), _memory_case(rng, 6, 1, 2, 3)],
    returns=("dW", "dc_0"),
    hints=(
        "Each W serves all steps. What happens to the dW of the last step when the loop "
        "reaches the one before it?",
        "dc_back is computed in the last line of the loop. Where is it read?",
        "One = should be +=, and one line should add dc_back to what comes from above.",
    ),
    look="Follow two steps with a pencil: f = 0.5, x = 1 and 2, dc = 1 from above at both.",
    passed="Both bugs leave shapes, signs and sizes plausible: only numbers find them.",
    wrong=MEMORY_LOOP_MISTAKES,
)
