"""The loss and its gradient.

Numbers in comments are those of the course's list of wrong answers.
"""

import math

import numpy as np
from numpy.typing import NDArray

from ...equations import softmax
from ..model import Case, Predict, WriteFunction, Wrong

NOTEBOOK = "12-training"


def _logs(logits: NDArray) -> NDArray:
    shifted = logits - logits.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))


def _picked(rows: NDArray, targets: NDArray) -> NDArray:
    return rows[np.arange(len(targets)), targets]


def _cross_entropy(logits: NDArray, targets: NDArray) -> NDArray:
    return -_picked(_logs(logits), targets).mean()


def _fractions(logits: NDArray) -> NDArray:
    """Return softmax without a shift of its own: nan where a whole row has become 0."""
    return np.exp(logits) / np.exp(logits).sum(axis=-1, keepdims=True)


def _one_hot(logits: NDArray, targets: NDArray) -> NDArray:
    return np.eye(logits.shape[-1])[targets]


def _logit_gradient(logits: NDArray, targets: NDArray) -> NDArray:
    return (softmax(logits) - _one_hot(logits, targets)) / len(targets)


def _gradient_by_columns(logits: NDArray, targets: NDArray) -> NDArray:
    y = softmax(logits)
    y[:, targets] -= 1
    return y / len(targets)


def _gradient_by_rows(logits: NDArray, targets: NDArray) -> NDArray:
    y = softmax(logits)
    y[targets] -= 1
    return y / len(targets)


def _classes(rng: np.random.Generator, N: int, K: int, scale: float = 1.0) -> dict:
    return {"logits": scale * rng.normal(size=(N, K)), "targets": rng.integers(0, K, N)}


def _draw_losses(rng: np.random.Generator) -> list[Case]:
    one_low = _classes(rng, 5, 4)
    one_low["logits"][0, one_low["targets"][0] - 1] = -800  # not the right class
    surest = _classes(rng, 3, 4, 1000)
    surest["targets"] = surest["logits"].argmax(-1)
    unlikely = _classes(rng, 3, 4, 1000)
    unlikely["targets"] = unlikely["logits"].argmin(-1)
    apart = _classes(rng, 3, 4)
    apart["logits"] += [[400], [0], [-400]]
    return [
        Case(inputs=one_low, label="5 rows, 4 classes, and one score of -800"),
        Case(inputs=surest, label="scores near 1000, the largest is the right class"),
        Case(inputs=unlikely, label="scores near 1000, the smallest is the right class"),
        Case(inputs=apart, label="3 rows far apart: scores near 400, 0 and -400"),
    ]


def _draw_gradients(rng: np.random.Generator) -> list[Case]:
    return [
        Case(inputs=_classes(rng, 5, 4), label="5 rows, 4 classes"),
        Case(inputs=_classes(rng, 2, 7), label="2 rows, 7 classes"),
    ]


def _explain_loss(loss: NDArray) -> str:
    """Say which probability a loss belongs to."""
    if loss < 0:
        return "A loss is -log y. y is below 1, so its log is below 0 and the loss above."
    y = math.exp(-loss)
    return f"This is the surprise at a word of probability {y:.2g}. Each of the 31 has 1/31."


_SCORES = Case(
    inputs={"logits": np.array([[2.0, 0.0, 0.0], [0.0, 1.0, 0.0]]), "targets": np.array([0, 2])},
    label="2 rows, 3 classes",
)


EXERCISES = (
    Predict(
        id="first-loss",
        notebook=NOTEBOOK,
        asks_for=("first_loss",),
        points=1,
        minutes=3,
        answer=math.log(31),
        within=0.01,
        explain=_explain_loss,
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
            Wrong(
                answer=math.log10(31),
                cause="This is log₁₀. Equation T1 has log, base e: np.log.",
            ),
            Wrong(answer=-math.log(31), cause="The size is right; a loss is -log y."),
            Wrong(
                answer=math.log(31) / 31,
                cause="This is log 31 divided by 31. The loss is -log y of the right word alone, "
                "not times y.",
            ),
            Wrong(answer=math.log(30), cause="This is for 30 words. There are 31."),
            Wrong(answer=math.log(32), cause="This is for 32 words. There are 31."),
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
                cause="The 1e-12 keeps the probability away from 0, so that no loss exceeds 27.6. "
                "It hides the inf; the loss is still wrong. Use a_k - log Σ e^a.",
            ),
            Wrong(  # 36
                answer=lambda a, k: (np.log(np.exp(a).sum(-1)) - _picked(a, k)).mean(),
                cause="exp(1000) overflows. Take each row's largest score away first.",
            ),
            Wrong(  # 36
                answer=lambda a, k: -np.log(_picked(_fractions(a), k)).mean(),
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
            Wrong(
                answer=lambda a, k: (
                    np.log(np.exp(a - a.max()).sum(-1)) - _picked(a - a.max(), k)
                ).mean(),
                cause="The largest score of the whole batch is taken away. A row far below it "
                "becomes log 0. Each row has its own maximum.",
            ),
            Wrong(
                answer=lambda a, k: (
                    np.log(np.exp(a - a.max(-1, keepdims=True)).sum(-1)) - _picked(a, k)
                ).mean(),
                cause="The largest score is taken away inside the sum alone. Take it away from the "
                "right class's score as well, or the two no longer belong together.",
            ),
            Wrong(
                answer=lambda a, k: -_logs(a)[:, k].mean(),
                cause="[:, targets] picks whole columns, (N, N) numbers. Each row needs its own "
                "entry: np.arange(N) in place of the colon.",
            ),
            Wrong(
                answer=lambda a, k: -_picked(_logs(a), k),
                cause="This is one loss per row. Asked is their mean, one number.",
            ),
            Wrong(
                answer=lambda a, k: -(_one_hot(a, k) * _logs(a)).mean(),
                cause="Divided by N · K: the mean runs over the zeros of the one-hot rows as well. "
                "Sum over the classes, then the mean over the rows.",
            ),
            Wrong(
                answer=lambda a, k: -softmax(a)[np.arange(len(k)), k].mean(),
                cause="The log is missing: this is minus the probability of the right class.",
            ),
            Wrong(
                answer=lambda a, k: -_picked(a, k).mean(),
                cause="This is minus the score of the right class. log Σ e^a is missing.",
            ),
            Wrong(  # 35
                answer=lambda a, k: (
                    np.log(np.exp(a - a.max(-1, keepdims=True)).sum())
                    - _picked(a - a.max(-1, keepdims=True), k)
                ).mean(),
                cause="One sum of exponentials serves the whole batch. Each row has its own: "
                "axis=-1.",
            ),
            *(
                Wrong(  # 40
                    answer=lambda a, k, eps=eps: -np.log(_picked(softmax(a), k) + eps).mean(),
                    cause=f"The {eps:g} in the log keeps the probability away from 0. It hides "
                    "the inf; the loss is still wrong there. Use a_k - log Σ e^a.",
                )
                for eps in (1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-15, 1e-16)
            ),
            Wrong(  # 40
                answer=lambda a, k: -np.log(_picked(_fractions(a - a.max()), k)).mean(),
                cause="The largest score of the whole batch is taken away, so that a row far "
                "below it becomes 0 / 0. Each row has its own maximum; and take the log by "
                "formula.",
            ),
            Wrong(
                answer=lambda a, k: (
                    np.log(np.exp(a - a.max(0)).sum(-1)) - _picked(a - a.max(0), k)
                ).mean(),
                cause="The largest score of each column is taken away. What is taken away must be "
                "the same for all classes of a row: axis=-1.",
                look="Print what you take away from row 0: is it one number?",
            ),
            Wrong(  # 40
                answer=lambda a, k: -np.log(softmax(a)[:, k]).mean(),
                cause="[:, targets] picks whole columns, (N, N) numbers; each row needs its own "
                "entry, with np.arange(N). And softmax rounds to 0 before the log: use a_k - log "
                "Σ e^a.",
            ),
            Wrong(  # 40
                answer=lambda a, k: -(_one_hot(a, k) * np.log(softmax(a))).sum() / len(k),
                cause="softmax rounds to 0, and 0 · log 0 is nan, although these classes do not "
                "count. The formula a_k - log Σ e^a never makes that 0.",
            ),
            Wrong(  # 40
                answer=lambda a, k: -(_one_hot(a, k) * np.log(softmax(a))).mean(),
                cause="Divided by N · K: the mean runs over the zeros of the one-hot rows as "
                "well. And softmax rounds to 0 before the log: use a_k - log Σ e^a.",
            ),
            Wrong(
                answer=lambda a, k: -_logs(a)[k].mean(),
                cause="[targets] takes whole rows: the class is used as the number of a sample. "
                "Each row needs one entry: [np.arange(N), targets].",
                look="Print the shape of what you pick: it must be (N,).",
            ),
            Wrong(
                answer=lambda a, k: _cross_entropy(a - a.max(-1), k),
                cause="A row's maximum, or its sum, has shape (N,) and does not fit (N, K). Keep "
                "the axis: keepdims=True gives (N, 1).",
                look="Print logits.max(axis=-1).shape, with and without keepdims=True.",
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
            Wrong(  # 35
                answer=lambda a, k: (np.exp(a) / np.exp(a).sum(axis=0) - _one_hot(a, k)) / len(k),
                cause="Your softmax sums down the columns, over the rows of the batch. The classes "
                "stand in a row: axis=-1.",
            ),
            Wrong(  # 35
                answer=lambda a, k: (np.exp(a) / np.exp(a).sum() - _one_hot(a, k)) / len(k),
                cause="Your softmax takes one sum for the whole batch. Each row adds up to 1 by "
                "itself.",
            ),
            Wrong(
                answer=lambda a, k: softmax(a) - _one_hot(a, k) / len(k),
                cause="Only the one-hot rows are divided by N. Put the difference in brackets "
                "first.",
            ),
            Wrong(
                answer=lambda a, k: (softmax(a) - _one_hot(a, k)) / a.shape[1],
                cause="Divided by K, the number of classes. The loss is a mean over the N rows.",
            ),
            Wrong(
                answer=lambda a, k: (a - _one_hot(a, k)) / len(k),
                cause="These are the scores minus the one-hot rows. softmax is missing.",
            ),
            Wrong(
                answer=lambda a, k: _one_hot(a, k) - softmax(a),
                cause="The sign is turned, and the division by N is missing.",
            ),
            Wrong(
                answer=lambda a, k: (softmax(a) - k[:, None]) / len(k),
                cause="The number of the right class is taken away from its whole row. Taken away "
                "is a row with a single 1, at that class.",
            ),
            Wrong(
                answer=lambda a, k: (softmax(a) - _one_hot(a, k)).mean(axis=0),
                cause="The rows are averaged away. The loss is a mean over N rows, so each row's "
                "gradient is divided by N and keeps its place: (N, K).",
            ),
            Wrong(
                answer=_gradient_by_rows,
                cause="[targets] names whole rows: the class is used as the number of a sample. "
                "Each row loses 1 at one place: [np.arange(N), targets].",
            ),
            Wrong(
                answer=lambda a, k: (softmax(a) - k) / len(k),
                cause="Shape (N,) does not fit (N, K). If these are the targets: take away a row "
                "with a single 1 for each sample. If it is a sum: keepdims=True.",
                look="Print np.eye(3)[[0, 2]].",
            ),
        ),
    ),
)
