"""Find the bugs in a descent."""

from collections.abc import Callable

import numpy as np

from ...equations import softmax
from ..model import Case, WriteFunction, Wrong

NOTEBOOK = "12-training"


def _descent(
    inside: bool = True,
    each: Callable = len,
    sign: float = -1.0,
    once: bool = False,
    y: Callable = softmax,
    wants: float = 1.0,
) -> Callable:
    """Return plain gradient steps with one thing changed."""

    def descend(W, xs, targets, lr, steps):  # noqa: ANN001, ANN202
        start = W
        for _ in range(min(steps, 1) if once else steps):
            at = W if inside else start
            off = y(xs @ at) - wants * np.eye(W.shape[1])[targets]
            W = W + sign * lr * xs.T @ off / each(targets)
        return W

    return descend


def _in_place(inside: bool) -> Callable:
    def descend(W, xs, targets, lr, steps):  # noqa: ANN001, ANN202
        W += _descent(inside)(W, xs, targets, lr, steps) - W
        return W

    return descend


def _points(rng: np.random.Generator, N: int, D: int, K: int, lr: float, steps: int) -> dict:
    return {
        "W": rng.normal(size=(D, K)),
        "xs": rng.normal(size=(N, D)),
        "targets": rng.integers(0, K, N),
        "lr": lr,
        "steps": steps,
    }


def _draw_points(rng: np.random.Generator) -> list[Case]:
    return [
        Case(inputs=_points(rng, 5, 2, 3, 0.4, 1), label="one step"),
        Case(inputs=_points(rng, 6, 4, 3, 0.5, 4), label="four steps"),
    ]


EXERCISES = (
    WriteFunction(
        id="descend",
        notebook=NOTEBOOK,
        asks_for=("descend",),
        kind="find the bug",
        points=2,
        minutes=8,
        answer=_descent(),
        example=Case(
            inputs={
                "W": np.zeros((1, 2)),
                "xs": np.array([[1.0], [2.0]]),
                "targets": np.array([0, 1]),
                "lr": 1.0,
                "steps": 2,
            },
            label="2 rows, 2 steps",
        ),
        draw=_draw_points,
        returns=("W",),
        hints=(
            "Follow one call with steps = 2 by hand. At which W is the second gradient taken?",
            "A gradient holds at one place only. After a step, the place is another.",
            "Two things change: where the gradient is computed, and the operator that moves W.",
        ),
        look="There are two bugs. One shows for steps above 1, the other in W after the call.",
        passed="You found a bug that gives no error and a loss that falls at first. Plot the loss "
        "of both versions over the number of steps.",
        wrong=(
            Wrong(
                answer=_in_place(inside=False),
                cause="This does the same as descend_broken: both bugs are still there.",
            ),
            Wrong(
                answer=_descent(inside=False),
                cause="The gradient is taken once, at the first W. Every step needs its own.",
            ),
            Wrong(
                answer=_in_place(inside=True),
                cause="The values are right, but the W that was given is changed: `-=` writes "
                "into it.",
                look="Print W after the call.",
            ),
            Wrong(
                answer=_descent(sign=1.0),
                cause="The steps go uphill. Take the gradient away from W.",
            ),
            Wrong(
                answer=_descent(each=lambda targets: 1),
                cause="The gradient is a sum over the rows; the division by N is missing.",
            ),
            Wrong(
                answer=_descent(once=True),
                cause="There is one step, whatever `steps` says. Is the return inside the loop?",
            ),
            Wrong(
                answer=lambda W, xs, targets, lr, steps: _descent()(W, xs, targets, lr, steps + 1),
                cause="One step too many is taken: W after `steps` steps has moved `steps` times.",
            ),
            Wrong(
                answer=lambda W, xs, targets, lr, steps: _descent()(
                    W, xs, targets, lr, max(steps - 1, 0)
                ),
                cause="One step is missing: W after `steps` steps has moved `steps` times.",
            ),
            Wrong(
                answer=_descent(wants=0.0),
                cause="The one-hot rows are not taken away: every score goes down, the right one, "
                "too.",
            ),
            Wrong(
                answer=_descent(y=lambda scores: scores),
                cause="The scores xs W are compared with the one-hot rows. softmax is missing.",
            ),
            Wrong(
                answer=lambda W, xs, targets, lr, steps: _descent()(0 * W, xs, targets, lr, steps),
                cause="Training starts from zeros. It starts from the W that was given.",
                look="Call it with steps = 0: W must come back.",
            ),
        ),
    ),
)
