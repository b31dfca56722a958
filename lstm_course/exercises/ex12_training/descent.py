"""Find the bugs in a descent."""

import numpy as np

from ...equations import softmax
from ..model import Case, WriteFunction, Wrong

NOTEBOOK = "12-training"


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
        Case(inputs=_points(rng, 6, 5, 3, 0.5, 4), label="four steps"),
    ]


def descend(W, xs, targets, lr, steps):
    """Return W after some steps against the gradient."""
    one_hot = np.eye(W.shape[1])[targets]
    for _ in range(steps):
        y = softmax(xs @ W)
        dW = xs.T @ (y - one_hot) / len(targets)
        W = W - lr * dW
    return W


def one_gradient(W, xs, targets, lr, steps):
    """Take the gradient once, at the first W, as the broken one of the notebook does."""
    dW = xs.T @ (softmax(xs @ W) - np.eye(W.shape[1])[targets]) / len(targets)
    for _ in range(steps):
        W = W - lr * dW
    return W


def from_zeros(W, xs, targets, lr, steps):
    """Start from zeros in place of W."""
    return descend(0 * W, xs, targets, lr, steps)


EXERCISES = (
    WriteFunction(
        id="descend",
        notebook=NOTEBOOK,
        asks_for=("descend",),
        kind="find the bug",
        points=2,
        minutes=8,
        answer=descend,
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
                answer=one_gradient,
                cause="The gradient is taken once, at the first W. Every step needs its own.",
            ),
            Wrong(
                answer=from_zeros,
                cause="Training starts from zeros. It starts from the W that was given.",
                look="Call it with steps = 0: W must come back.",
            ),
        ),
    ),
)
