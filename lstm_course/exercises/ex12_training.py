"""Exercises of lesson 12: train with Adam and clipping.

Numbers in comments are those of the course's list of wrong answers.
"""

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from ..equations import softmax
from .model import Case, Predict, WriteFunction, Wrong

NOTEBOOK = "12-training"
BETA_1, BETA_2, EPS = 0.9, 0.999, 1e-8


def _logs(logits: NDArray) -> NDArray:
    shifted = logits - logits.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))


def _picked(rows: NDArray, targets: NDArray) -> NDArray:
    return rows[np.arange(len(targets)), targets]


def _cross_entropy(logits: NDArray, targets: NDArray) -> NDArray:
    return -_picked(_logs(logits), targets).mean()


def _one_hot(logits: NDArray, targets: NDArray) -> NDArray:
    return np.eye(logits.shape[-1])[targets]


def _logit_gradient(logits: NDArray, targets: NDArray) -> NDArray:
    return (softmax(logits) - _one_hot(logits, targets)) / len(targets)


def _gradient_by_columns(logits: NDArray, targets: NDArray) -> NDArray:
    y = softmax(logits)
    y[:, targets] -= 1
    return y / len(targets)


def _classes(rng: np.random.Generator, N: int, K: int, scale: float = 1.0) -> dict:
    return {"logits": scale * rng.normal(size=(N, K)), "targets": rng.integers(0, K, N)}


def _draw_losses(rng: np.random.Generator) -> list[Case]:
    surest = _classes(rng, 3, 4, 1000)
    surest["targets"] = surest["logits"].argmax(-1)
    unlikely = _classes(rng, 3, 4, 1000)
    unlikely["targets"] = unlikely["logits"].argmin(-1)
    return [
        Case(inputs=_classes(rng, 5, 4), label="5 rows, 4 classes"),
        Case(inputs=surest, label="scores near 1000, the largest is the right class"),
        Case(inputs=unlikely, label="scores near 1000, the smallest is the right class"),
    ]


def _draw_gradients(rng: np.random.Generator) -> list[Case]:
    return [
        Case(inputs=_classes(rng, 5, 4), label="5 rows, 4 classes"),
        Case(inputs=_classes(rng, 2, 7), label="2 rows, 7 classes"),
    ]


_SCORES = Case(
    inputs={"logits": np.array([[2.0, 0.0, 0.0], [0.0, 1.0, 0.0]]), "targets": np.array([0, 2])},
    label="2 rows, 3 classes",
)


def _length(*arrays: NDArray) -> float:
    return np.sqrt(sum((a**2).sum() for a in arrays))


def _clip(dW: NDArray, db: NDArray, limit: float) -> tuple[NDArray, NDArray]:
    share = min(1.0, limit / _length(dW, db))
    return dW * share, db * share


def _clip_in_place(dW: NDArray, db: NDArray, limit: float) -> tuple[NDArray, NDArray]:
    share = min(1.0, limit / _length(dW, db))
    dW *= share
    db *= share
    return dW, db


def _scaled(norm: Callable, longest: bool = True) -> Callable:
    """Return a clipping with another measure of length, or one that scales always."""

    def clip(dW: NDArray, db: NDArray, limit: float) -> tuple[NDArray, NDArray]:
        share = limit / norm(dW, db)
        share = min(1.0, share) if longest else share
        return dW * share, db * share

    return clip


def _gradients(rng: np.random.Generator, scale: float, limit: float) -> dict:
    dW, db = scale * rng.normal(size=(5, 3)), scale * rng.normal(size=4)
    return {"dW": dW, "db": db, "limit": limit}


def _draw_clips(rng: np.random.Generator) -> list[Case]:
    return [
        Case(inputs=_gradients(rng, 3.0, 2.0), label="a long gradient, limit 2"),
        Case(inputs=_gradients(rng, 0.05, 2.0), label="a short gradient, limit 2"),
        Case(inputs=_gradients(rng, 20.0, 0.5), label="a very long gradient, limit 0.5"),
    ]


def _adam(
    beta_1: float = BETA_1,
    beta_2: float = BETA_2,
    first: Callable = lambda m, beta, k: m / (1 - beta**k),
    second: Callable = lambda v, beta, k: v / (1 - beta**k),
    square: Callable = np.square,
    root: Callable = lambda v: np.sqrt(v) + EPS,
    sign: float = -1.0,
) -> Callable:
    """Return a step of Adam with one thing changed."""

    def step(p, g, m, v, k, lr):  # noqa: ANN001, ANN202
        m = beta_1 * m + (1 - beta_1) * g
        v = beta_2 * v + (1 - beta_2) * square(g)
        move = lr * first(m, beta_1, k) / root(second(v, beta_2, k))
        return p + sign * move, m, v

    return step


def _adam_keeps_corrected(p, g, m, v, k, lr):  # noqa: ANN001, ANN202
    m = (BETA_1 * m + (1 - BETA_1) * g) / (1 - BETA_1**k)
    v = (BETA_2 * v + (1 - BETA_2) * g**2) / (1 - BETA_2**k)
    return p - lr * m / (np.sqrt(v) + EPS), m, v


def _adam_old_mean(p, g, m, v, k, lr):  # noqa: ANN001, ANN202
    _, m_new, v_new = _adam()(p, g, m, v, k, lr)
    return _adam()(p, 0 * g, m / BETA_1, v / BETA_2, k, lr)[0], m_new, v_new


def _adam_in_place(p, g, m, v, k, lr):  # noqa: ANN001, ANN202
    new, m_new, v_new = _adam()(p, g, m, v, k, lr)
    p -= p - new
    m += m_new - m
    v += v_new - v
    return new, m_new, v_new


def _state(rng: np.random.Generator, shape: tuple, size: float, k: int) -> dict:
    fresh = k == 1
    return {
        "p": rng.normal(size=shape),
        "g": size * rng.normal(size=shape),
        "m": np.zeros(shape) if fresh else 0.5 * size * rng.normal(size=shape),
        "v": np.zeros(shape) if fresh else 0.1 * size**2 * rng.uniform(0.5, 1.5, shape),
        "k": k,
        "lr": float(rng.uniform(0.05, 0.15)),
    }


def _draw_states(rng: np.random.Generator) -> list[Case]:
    return [
        Case(inputs=_state(rng, (3,), 1.0, 1), label="the first step, 3 parameters"),
        Case(inputs=_state(rng, (4, 3), 1.0, 7), label="step 7, a matrix"),
        Case(inputs=_state(rng, (5,), 2e-4, 3), label="step 3, small gradients"),
    ]


def _descent(
    inside: bool = True, each: Callable = len, sign: float = -1.0, once: bool = False
) -> Callable:
    """Return plain gradient steps with one thing changed."""

    def descend(W, xs, targets, lr, steps):  # noqa: ANN001, ANN202
        start = W
        for _ in range(min(steps, 1) if once else steps):
            at = W if inside else start
            y = softmax(xs @ at) - np.eye(W.shape[1])[targets]
            W = W + sign * lr * xs.T @ y / each(targets)
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
    Predict(
        id="first-loss",
        notebook=NOTEBOOK,
        asks_for=("first_loss",),
        points=1,
        minutes=3,
        answer=math.log(31),
        within=0.02,
        hints=(
            "A network that knows nothing gives every word the same probability.",
            "With 31 words that is 1/31 for the right one. The loss is its surprise, -log y.",
        ),
        look="Use equation T1 with y_k = 1/31.",
        passed="A first loss far above log K means that something is wrong before training "
        "begins. Try it: what is the first loss of the lag task, with 2 classes?",
        wrong=(
            Wrong(answer=1 / 31, cause="This is the probability of the right word, not its log."),
            Wrong(answer=31.0, cause="This is the number of words. The loss is a logarithm."),
            Wrong(
                answer=math.log2(31), cause="This is in bits (log₂). Equation T1 has log, base e."
            ),
            Wrong(answer=-math.log(31), cause="The size is right; a loss is -log y."),
            Wrong(answer=0.0, cause="A loss of 0 belongs to a network that is right and sure."),
            Wrong(answer=1 - 1 / 31, cause="This is the share of wrong guesses, the error."),
        ),
    ),
    WriteFunction(
        id="cross-entropy",
        notebook=NOTEBOOK,
        asks_for=("cross_entropy",),
        points=2,
        minutes=8,
        answer=_cross_entropy,
        example=_SCORES,
        draw=_draw_losses,
        returns=("loss",),
        hints=(
            "Start from -log softmax(a)_k and write the log of the fraction as a difference.",
            "log softmax(a)_k = a_k - log Σ e^a. Take the row's largest score away from all "
            "scores first; the result is the same and no exponential overflows.",
            "Row n's own score stands at logits[n, targets[n]]; two index arrays pick all at once.",
        ),
        look="Print softmax(logits) for scores near 1000, then its log.",
        passed="Your loss is finite for any finite scores. Try it on scores of 1e6.",
        wrong=(
            Wrong(  # 40
                answer=lambda a, k: -np.log(_picked(softmax(a), k)).mean(),
                cause="You take the log of a softmax that has rounded to 0. The formula "
                "a_k - log Σ e^a never makes that 0.",
            ),
            Wrong(  # 40
                answer=lambda a, k: -np.log(np.maximum(_picked(softmax(a), k), 1e-12)).mean(),
                cause="The probability is kept above 1e-12, so that no loss exceeds 27.6. It hides "
                "the inf; the loss is still wrong and has no gradient there.",
            ),
            Wrong(  # 36
                answer=lambda a, k: (np.log(np.exp(a).sum(-1)) - _picked(a, k)).mean(),
                cause="exp(1000) overflows. Take each row's largest score away first.",
            ),
            Wrong(  # 36
                answer=lambda a, k: (
                    -np.log(_picked(np.exp(a) / np.exp(a).sum(-1, keepdims=True), k)).mean()
                ),
                cause="exp(1000) is inf, and inf / inf is nan. Take each row's largest score away "
                "first, and take the log by formula.",
            ),
            Wrong(  # 38
                answer=lambda a, k: _cross_entropy(softmax(a), k),
                cause="softmax is there twice: these rows are probabilities, and the formula makes "
                "probabilities of them again. Put in the scores.",
            ),
            Wrong(  # 35
                answer=lambda a, k: -_picked(_logs(a.T).T, k).mean(),
                cause="The sum runs over the rows of the batch. Each row has its own: axis=-1.",
            ),
            Wrong(
                answer=lambda a, k: -_picked(_logs(a), k).sum(),
                cause="This is the sum over the rows. Asked is the mean, so that the loss does not "
                "grow with the batch.",
            ),
            Wrong(
                answer=lambda a, k: _picked(_logs(a), k).mean(),
                cause="The sign: log y is negative, the loss is -log y.",
            ),
            Wrong(
                answer=lambda a, k: -_logs(a).mean(),
                cause="All classes are averaged. Only the right class of each row counts.",
            ),
            Wrong(
                answer=lambda a, k: -_logs(a).max(-1).mean(),
                cause="This is the surprise at the likeliest class, not at the right one.",
            ),
            Wrong(
                answer=lambda a, k: _cross_entropy(a, k) / math.log(2),
                cause="This is in bits (log₂). Equation T1 has log, base e.",
            ),
        ),
    ),
    WriteFunction(
        id="logit-gradient",
        notebook=NOTEBOOK,
        asks_for=("logit_gradient",),
        points=2,
        minutes=6,
        answer=_logit_gradient,
        example=_SCORES,
        draw=_draw_gradients,
        returns=("dlogits",),
        hints=(
            "Equation T2: probabilities, minus a row with a single 1, over the number of rows.",
            "In each row, 1 is taken away at the column of the right class and nowhere else.",
            "Two index arrays, np.arange(N) and targets, name one place per row.",
        ),
        look="Each row of the gradient sums to 0. Does yours?",
        passed="This is where every backward pass of the course begins. Nudge one score by 1e-6 "
        "and compare with the change of your cross_entropy.",
        wrong=(
            Wrong(
                answer=lambda a, k: softmax(a) - _one_hot(a, k),
                cause="The loss is a mean over N rows, so the gradient is divided by N.",
            ),
            Wrong(
                answer=lambda a, k: (_one_hot(a, k) - softmax(a)) / len(k),
                cause="The sign is turned: this points downhill. A gradient points uphill, and the "
                "training step takes it away.",
            ),
            Wrong(
                answer=lambda a, k: softmax(a) / len(k),
                cause="The 1 of the right class is not taken away: with this every score goes "
                "down, the right one, too.",
            ),
            Wrong(
                answer=lambda a, k: (softmax(a) - _one_hot(a, k)) / a.size,
                cause="Divided by N · K. The mean runs over the N rows only.",
            ),
            Wrong(
                answer=lambda a, k: (softmax(a) - 1) * _one_hot(a, k) / len(k),
                cause="Only the right class has a gradient. The others share the sum in softmax, "
                "so they have one as well.",
            ),
            Wrong(
                answer=lambda a, k: -_one_hot(a, k) / softmax(a) / len(k),
                cause="This is the gradient for the probabilities y, -1/y. Asked is the one for "
                "the scores before softmax.",
            ),
            Wrong(
                answer=_gradient_by_columns,
                cause="[:, targets] names whole columns, so every row loses 1 at every class that "
                "occurs. np.arange(N) in place of the colon pairs row and class.",
            ),
        ),
    ),
    WriteFunction(
        id="clip-norm",
        notebook=NOTEBOOK,
        asks_for=("clip_by_norm",),
        points=2,
        minutes=6,
        answer=_clip,
        example=Case(
            inputs={"dW": np.array([[3.0, 0.0]]), "db": np.array([0.0, 4.0]), "limit": 1.0},
            label="a gradient of length 5, limit 1",
        ),
        draw=_draw_clips,
        returns=("dW", "db"),
        hints=(
            "First one number: the length of dW and db laid end to end.",
            "Square all entries of both, add everything up, take the root. The share is "
            "limit / length, and never above 1.",
            "min(1, …) keeps short gradients as they are; both arrays get the same share.",
        ),
        look="Compare the direction before and after: the ratio of two entries must not change.",
        passed="Your gradient can no longer throw the weights far away. Try it with limit = 1e9.",
        wrong=(
            Wrong(  # 54
                answer=lambda w, b, limit: (np.clip(w, -limit, limit), np.clip(b, -limit, limit)),
                cause="Every entry is cut by itself, which turns the gradient to another "
                "direction. All entries are multiplied by one and the same number.",
            ),
            Wrong(
                answer=lambda w, b, limit: (np.minimum(w, limit), np.minimum(b, limit)),
                cause="Entries are cut from above only, and each by itself. All entries are "
                "multiplied by one and the same number.",
            ),
            Wrong(
                answer=lambda w, b, limit: (
                    w * min(1, limit / _length(w)),
                    b * min(1, limit / _length(b)),
                ),
                cause="Each array is clipped by its own length. The length is that of both "
                "together, and both get the same share.",
            ),
            Wrong(
                answer=_scaled(_length, longest=False),
                cause="Short gradients are made longer. The share is at most 1.",
            ),
            Wrong(
                answer=_scaled(lambda w, b: _length(w, b) ** 2),
                cause="The root is missing: this is the length squared.",
            ),
            Wrong(
                answer=_scaled(lambda w, b: np.abs(w).sum() + np.abs(b).sum()),
                cause="This adds absolute values. The length is the root of the sum of squares.",
            ),
            Wrong(
                answer=_scaled(lambda w, b: max(np.abs(w).max(), np.abs(b).max())),
                cause="This takes the largest entry for the length.",
            ),
            Wrong(
                answer=_scaled(lambda w, b: _length(w) + _length(b)),
                cause="Two lengths are added. Add the squares of both arrays, then take one root.",
            ),
            Wrong(
                answer=lambda w, b, limit: _scaled(_length)(w, b, 1.0),
                cause="The limit is 1, whatever `limit` says.",
            ),
            Wrong(
                answer=_clip_in_place,
                cause="The values are right, but dW and db are changed in place by `*=`.",
                look="Print dW after the call.",
            ),
        ),
    ),
    WriteFunction(
        id="adam-step",
        notebook=NOTEBOOK,
        asks_for=("adam_step",),
        points=3,
        minutes=10,
        answer=_adam(),
        example=Case(
            inputs={
                "p": np.array([1.0, 1.0]),
                "g": np.array([2.0, -0.5]),
                "m": np.zeros(2),
                "v": np.zeros(2),
                "k": 1,
                "lr": 0.1,
            },
            label="the first step",
        ),
        draw=_draw_states,
        returns=("p", "m", "v"),
        hints=(
            "Five lines: m, v, m̂, v̂, p. Take them from T4 and T5 in this order.",
            "m̂ and v̂ are used for the step only; returned are m and v as they are before the "
            "correction.",
            "At k = 1 the correction undoes the factor 1 - β, so the first step has size lr in "
            "every entry.",
        ),
        look="On the first step every entry moves by lr, whatever the size of its gradient.",
        passed="This is the optimizer behind most networks you have heard of. Multiply g by 1000 "
        "at k = 1 and see what happens to the step.",
        wrong=(
            Wrong(
                answer=_adam(first=lambda m, b, k: m, second=lambda v, b, k: v),
                cause="m and v are not corrected. They start at 0, so divide by 1 - βᵏ.",
            ),
            Wrong(
                answer=_adam(second=lambda v, b, k: v),
                cause="v is not corrected; m is. Both start at 0.",
            ),
            Wrong(
                answer=_adam(first=lambda m, b, k: m),
                cause="m is not corrected; v is. Both start at 0.",
            ),
            Wrong(
                answer=_adam(first=lambda m, b, k: m / (1 - b), second=lambda v, b, k: v / (1 - b)),
                cause="The correction does not depend on k. It is 1 - β to the power of k, and "
                "fades as k grows.",
            ),
            Wrong(
                answer=_adam(
                    first=lambda m, b, k: m / (1 - b ** (k + 1)),
                    second=lambda v, b, k: v / (1 - b ** (k + 1)),
                ),
                cause="The exponent is one too large: k counts from 1 already.",
            ),
            Wrong(
                answer=_adam(BETA_2, BETA_1),
                cause="β₁ and β₂ have changed places: 0.9 belongs to the mean m, 0.999 to v.",
            ),
            Wrong(
                answer=_adam(root=lambda v: v + EPS),
                cause="The root is missing: the step is m̂ / (√v̂ + ε).",
            ),
            Wrong(
                answer=_adam(square=lambda g: g, root=lambda v: np.sqrt(np.abs(v)) + EPS),
                cause="g goes into v without the square.",
            ),
            Wrong(
                answer=_adam(root=lambda v: np.sqrt(v + EPS)),
                cause="ε stands inside the root. There it acts like a gradient of 1e-4; in T5 it "
                "is added after the root.",
            ),
            Wrong(
                answer=_adam(sign=1.0),
                cause="The step goes uphill. Take it away from p.",
            ),
            Wrong(
                answer=_adam_keeps_corrected,
                cause="The corrected m̂ and v̂ are returned. The next step would correct them "
                "again; return m and v.",
            ),
            Wrong(
                answer=_adam_old_mean,
                cause="The step is taken with the old m and v. Update them first.",
            ),
            Wrong(
                answer=_adam_in_place,
                cause="The values are right, but p, m and v are changed in place.",
                look="Look for `+=`, `-=` and `*=`.",
            ),
        ),
    ),
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
        ),
    ),
    Predict(
        id="which-bias",
        notebook=NOTEBOOK,
        asks_for=("choice",),
        points=1,
        minutes=4,
        answer="c",
        choices="abcd",
        hints=(
            "How much of a memory is left after 80 steps with f = σ(0), σ(1) and σ(3)?",
            "0.5⁸⁰, 0.73⁸⁰ and 0.95⁸⁰ are about 1e-24, 1e-11 and 0.02.",
        ),
        look="Read the row of lag 80 in the stored map of the lesson.",
        passed="The start of one bias decides what can be learned. Would b_f = 5 be better still? "
        "The row of lag 120 has an answer.",
        wrong=(
            Wrong(
                answer="a",
                cause="Training moves b_f only along a gradient, and with f = 0.5 none comes back "
                "over 80 steps. Of three seeds none learned it.",
            ),
            Wrong(
                answer="b",
                cause="1 is the usual choice, and 0.73⁸⁰ is 1e-11. Of three seeds none learned "
                "lag 80 within 600 steps.",
            ),
            Wrong(
                answer="d",
                cause="The RNN beats an LSTM with b_f = 0 at lags 40 and 60. At lag 80 it is at "
                "chance in all three seeds, too.",
            ),
        ),
    ),
)
