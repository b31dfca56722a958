"""The loss and its gradient."""

import math

import numpy as np
from numpy.typing import NDArray

from ...equations import softmax
from ..model import Case, Predict, WriteFunction, Wrong
from ..slips import Instead

NOTEBOOK = "12-training"


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
    return f"This would be right for a word of probability {y:.2g}. Each of the 31 has 1/31."


_SCORES = Case(
    inputs={"logits": np.array([[2.0, 0.0, 0.0], [0.0, 1.0, 0.0]]), "targets": np.array([0, 2])},
    label="2 rows, 3 classes",
)


def cross_entropy(logits, targets):
    """Return the mean surprise (equation 12.1)."""
    N = len(targets)
    shifted = logits - logits.max(axis=-1, keepdims=True)
    log_y = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    picked = log_y[np.arange(N), targets]
    loss = -picked.mean()
    return loss


def logit_gradient(logits, targets):
    """Return the gradient at the scores (equation 12.2)."""
    N, K = logits.shape
    y = softmax(logits)
    one_hot = np.eye(K)[targets]
    dlogits = (y - one_hot) / N
    return dlogits


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
        look="Use equation 12.1 with y_k = 1/31.",
        passed="A first loss far above log K means that something is wrong before training "
        "begins. Try it: what is the first loss of the lag task, with 2 classes?",
        wrong=(
            Wrong(answer=1 / 31, cause="This is the probability of the right word, not its log."),
            Wrong(answer=31.0, cause="This is the number of words. The loss is a logarithm."),
            Wrong(
                answer=math.log2(31), cause="This is in bits (log₂). Equation 12.1 has log, base e."
            ),
            Wrong(
                answer=math.log10(31),
                cause="This is log₁₀. Equation 12.1 has log, base e: np.log.",
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
        answer=cross_entropy,
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
        instead=(
            Instead(
                "loss",
                "-np.log(softmax(logits)[np.arange(N), targets]).mean()",
                "The log is taken of a softmax that has rounded to 0. The formula a_k - log Σ e^a "
                "never makes that 0.",
            ),
            Instead(
                "loss",
                "-np.log(np.maximum(softmax(logits)[np.arange(N), targets], 1e-12)).mean()",
                "The 1e-12 keeps the probability away from 0, so that no loss exceeds 27.6. It "
                "hides the inf; the loss is still wrong. Use a_k - log Σ e^a.",
            ),
            Instead(
                "loss",
                "-np.log((np.exp(logits) / np.exp(logits).sum(-1, keepdims=True))[np.arange(N), "
                "targets]).mean()",
                "exp(1000) is inf, and inf / inf is nan. Take each row's largest score away "
                "first, and take the log by formula.",
            ),
            Instead(
                "loss",
                "-np.log(softmax(softmax(logits)))[np.arange(N), targets].mean()",
                "softmax is there twice: these rows are probabilities, and the formula makes "
                "probabilities of them again. Put in the scores.",
            ),
            Instead(
                "loss",
                "-log_y.mean()",
                "All classes are averaged. Only the right class of each row counts.",
            ),
            Instead(
                "loss",
                "-log_y.max(-1).mean()",
                "This is the surprise at the likeliest class, not at the right one.",
            ),
            Instead(
                "loss",
                "-(np.eye(logits.shape[1])[targets] * log_y).mean()",
                "Divided by N · K. The mean runs over the N rows alone: with one-hot rows, add up "
                "over the classes first.",
            ),
            Instead(
                "loss",
                "-picked.mean() / np.log(2)",
                "This is in bits (log₂). Equation 12.1 has log, base e.",
            ),
            Instead(
                "loss",
                "-softmax(logits)[np.arange(N), targets].mean()",
                "The log is missing: this is minus the probability of the right class.",
            ),
            Instead(
                "loss",
                "-logits[np.arange(N), targets].mean()",
                "This is minus the score of the right class. log Σ e^a is missing.",
            ),
            Instead(
                "loss",
                "(np.log(np.exp(shifted).sum(-1)) - logits[np.arange(N), targets]).mean()",
                "The largest score is taken away inside the sum alone. Take it away from the "
                "right class's score as well, or the two no longer belong together.",
            ),
            Instead(
                "loss",
                "-(np.eye(logits.shape[1])[targets] * np.log(softmax(logits))).sum() / N",
                "softmax rounds to 0, and 0 · log 0 is nan, although these classes do not count. "
                "The formula a_k - log Σ e^a never makes that 0.",
            ),
            Instead(
                "loss",
                "-(np.eye(logits.shape[1])[targets] * np.log(softmax(logits))).mean()",
                "Divided by N · K: the mean runs over the zeros of the one-hot rows as well. And "
                "softmax rounds to 0 before the log: use a_k - log Σ e^a.",
            ),
            Instead(
                "loss",
                "-np.log(softmax(logits)[:, targets]).mean()",
                "[:, targets] picks whole columns, (N, N) numbers; each row needs its own entry, "
                "with np.arange(N). And softmax rounds to 0 before the log: use a_k - log Σ e^a.",
            ),
            Instead(
                "loss",
                "-np.log((np.exp(logits - logits.max()) / np.exp(logits - logits.max()).sum(-1, "
                "keepdims=True))[np.arange(N), targets]).mean()",
                "The largest score of the whole batch is taken away, so that a row far below it "
                "becomes 0 / 0. Each row has its own maximum; and take the log by formula.",
            ),
            Instead(
                "log_y",
                "shifted - np.log(np.exp(shifted).sum(axis=0))",
                "The sum runs over the rows of the batch. Each row has its own: axis=-1.",
            ),
            Instead(
                "loss",
                "-((logits.T - logits.T.max(-1, keepdims=True)) - np.log(np.exp(logits.T - "
                "logits.T.max(-1, keepdims=True)).sum(-1, keepdims=True))).T[np.arange(N), "
                "targets].mean()",
                "Maximum and sum run over the rows of the batch. Each row has its own: axis=-1.",
            ),
            Instead(
                "loss",
                "-np.log(softmax(logits)[np.arange(N), targets] + 1e-6).mean()",
                "The 1e-6 in the log keeps the probability away from 0. It hides the inf; the "
                "loss is still wrong there. Use a_k - log Σ e^a.",
            ),
            Instead(
                "loss",
                "-np.log(softmax(logits)[np.arange(N), targets] + 1e-7).mean()",
                "The 1e-7 in the log keeps the probability away from 0. It hides the inf; the "
                "loss is still wrong there. Use a_k - log Σ e^a.",
            ),
            Instead(
                "loss",
                "-np.log(softmax(logits)[np.arange(N), targets] + 1e-8).mean()",
                "The 1e-8 in the log keeps the probability away from 0. It hides the inf; the "
                "loss is still wrong there. Use a_k - log Σ e^a.",
            ),
            Instead(
                "loss",
                "-np.log(softmax(logits)[np.arange(N), targets] + 1e-9).mean()",
                "The 1e-9 in the log keeps the probability away from 0. It hides the inf; the "
                "loss is still wrong there. Use a_k - log Σ e^a.",
            ),
            Instead(
                "loss",
                "-np.log(softmax(logits)[np.arange(N), targets] + 1e-10).mean()",
                "The 1e-10 in the log keeps the probability away from 0. It hides the inf; the "
                "loss is still wrong there. Use a_k - log Σ e^a.",
            ),
            Instead(
                "loss",
                "-np.log(softmax(logits)[np.arange(N), targets] + 1e-15).mean()",
                "The 1e-15 in the log keeps the probability away from 0. It hides the inf; the "
                "loss is still wrong there. Use a_k - log Σ e^a.",
            ),
            Instead(
                "loss",
                "-np.log(softmax(logits)[np.arange(N), targets] + 1e-16).mean()",
                "The 1e-16 in the log keeps the probability away from 0. It hides the inf; the "
                "loss is still wrong there. Use a_k - log Σ e^a.",
            ),
        ),
    ),
    WriteFunction(
        id="logit-gradient",
        notebook=NOTEBOOK,
        asks_for=("logit_gradient",),
        points=2,
        minutes=6,
        answer=logit_gradient,
        example=_SCORES,
        draw=_draw_gradients,
        returns=("dlogits",),
        hints=(
            "Equation 12.2: probabilities, minus a row with a single 1, over the number of rows.",
            "In each row, 1 is taken away at the column of the right class and nowhere else.",
            "Two index arrays, np.arange(N) and targets, name one place per row.",
        ),
        look="Each row of the gradient sums to 0. Does yours?",
        passed="This is where every backward pass of the course begins. Nudge one score by 1e-6 "
        "and compare with the change of your cross_entropy.",
        instead=(
            Instead(
                "dlogits",
                "(y - one_hot) / logits.size",
                "Divided by N · K. The mean runs over the N rows only.",
            ),
            Instead(
                "dlogits",
                "-one_hot / y / N",
                "This is the gradient for the probabilities y, -1/y. Asked is the one for the "
                "scores before softmax.",
            ),
            Instead(
                "dlogits",
                "(y - 1) * one_hot / N",
                "Only the right class has a gradient. The others share the sum in softmax, so "
                "they have one as well.",
            ),
            Instead(
                "dlogits",
                "(y - np.isin(np.arange(K), targets)) / N",
                "[:, targets] names whole columns, so every row loses 1 at every class that "
                "occurs. np.arange(N) in place of the colon pairs row and class.",
            ),
            Instead(
                "dlogits",
                "(y - targets[:, None]) / N",
                "The number of the right class is taken away from its whole row. Taken away is a "
                "row with a single 1, at that class.",
            ),
            Instead(
                "dlogits",
                "(y - one_hot).mean(axis=0)",
                "The rows are averaged away. The loss is a mean over N rows, so each row's "
                "gradient is divided by N and keeps its place: (N, K).",
            ),
            Instead(
                "y",
                "np.exp(logits) / np.exp(logits).sum(axis=0)",
                "Your softmax sums down the columns, over the rows of the batch. The classes "
                "stand in a row: axis=-1.",
            ),
        ),
        builds_on=(),
    ),
)
