"""Write softmax, and find the bug in one."""

import numpy as np

from ...equations import softmax
from ..model import Case, WriteFunction, Wrong
from ..slips import Instead

NOTEBOOK = "09-softmax-output"


def _draw_scores(rng: np.random.Generator) -> list[Case]:
    rows = rng.normal(0, 2, (4, 3))
    apart = np.array([[0.0, 1.0, -1.0], [1000.0, 1001.0, 999.0]])
    return [
        Case(inputs={"a": rows}, label="a batch of 4 rows of 3 scores"),
        Case(inputs={"a": apart}, label="two rows far apart"),
        Case(inputs={"a": np.array([1000.0, 1001.0, -1000.0])}, label="large scores"),
    ]


def by_rows(a):
    """Return the softmax of each row."""
    powers = np.exp(a - a.max(axis=-1, keepdims=True))
    p = powers / powers.sum(axis=-1, keepdims=True)
    return p


def probabilities(scores):
    """Return the softmax of each row."""
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    p = powers / powers.sum(axis=-1, keepdims=True)
    return p


def probabilities_broken(scores):
    """Return what the broken one of the notebook does."""
    powers = np.exp(scores - scores.max())
    return powers / powers.sum()


EXERCISES = (
    WriteFunction(
        id="softmax",
        notebook=NOTEBOOK,
        asks_for=("softmax",),
        points=3,
        minutes=7,
        answer=by_rows,
        example=Case(inputs={"a": np.array([0.0, 1.0, 2.0])}, label=""),
        draw=_draw_scores,
        returns=("p",),
        hints=(
            "First make it right for one vector: exponentials, divided by their sum.",
            "Then large scores: subtract the largest of each row before the exponential.",
            "Then a batch: max and sum with axis=-1 and keepdims=True.",
        ),
        look="Check the row sums first, then the scores 1000 and 1001.",
        passed="Stable, and right for a batch. Try your softmax on [-1000, -1000].",
        instead=(
            Instead(
                "p",
                "sigmoid(a)",
                "This is σ of each score. The classes exclude each other: a row must add up to 1.",
            ),
            Instead(
                "p",
                "softmax(softmax(a))",
                "softmax is taken twice. The second time flattens nearly everything.",
            ),
            Instead(
                "p",
                "np.log(softmax(a) + 1e-300)",
                "This is the logarithm of softmax. Asked are the probabilities.",
            ),
            Instead(
                "p",
                "a / a.sum(axis=-1, keepdims=True)",
                "The scores are divided by their sum, without the exponential. Scores can be "
                "negative; powers cannot.",
            ),
            Instead(
                "p",
                "powers / (a - a.max(axis=-1, keepdims=True)).sum(axis=-1, keepdims=True)",
                "The powers are divided by the sum of the shifted scores. It is their own sum.",
            ),
            Instead(
                "powers",
                "np.exp(a)",
                "Large scores overflow: e^1000 is inf, and inf / inf is nan. Subtract the largest "
                "score of the row first.",
            ),
            Instead(
                "p",
                "np.exp(a) / np.exp(a).sum()",
                "The sum runs over the whole batch, and e^1000 overflows. Each row adds up to 1 "
                "by itself, after its largest score is taken away.",
            ),
            Instead(
                "p",
                "np.exp(a) / np.exp(a).sum(axis=0)",
                "The sum runs down the columns, over the samples, and e^1000 overflows. The "
                "classes stand in a row: axis=-1.",
            ),
            Instead(
                "p",
                "np.exp(a - a.max()) / np.exp(a - a.max()).sum()",
                "The sum runs over the whole batch. Each row is a sample and adds up to 1 by "
                "itself.",
                "Print your result for two rows and the sum of each row.",
            ),
            Instead(
                "p",
                "np.exp(a - a.max(axis=0)) / np.exp(a - a.max(axis=0)).sum(axis=0)",
                "The sum runs down the columns, over the samples. The classes stand in a row: "
                "axis=-1.",
                "Print your result for two rows and the sum of each row.",
            ),
        ),
        course=(softmax,),
    ),
    WriteFunction(
        id="row-sums",
        notebook=NOTEBOOK,
        asks_for=("probabilities",),
        kind="find the bug",
        points=2,
        minutes=5,
        answer=probabilities,
        example=Case(inputs={"scores": np.array([[0.0, 1.0, 2.0], [0.0, 0.0, 0.0]])}, label=""),
        draw=lambda rng: [
            Case(inputs={"scores": rng.normal(0, 2, (5, 3))}, label="a batch of 5 rows"),
            Case(
                inputs={"scores": np.array([[0.0, 1, 2, 3], [900, 901, 902, 903]])},
                label="two rows far apart",
            ),
            Case(inputs={"scores": rng.normal(0, 2, (3, 3))}, label="3 rows of 3 classes"),
        ],
        returns=("p",),
        hints=(
            "scores.max() is one number for the whole batch. What should each row subtract?",
            "powers.sum() is one number as well. Each row must be divided by its own sum.",
            "Give both the axis of the classes, and keep the dimension so that the shapes fit.",
        ),
        look="Print the row sums of your result.",
        passed="A row sum is the cheapest test of a softmax. Write it down as an assert.",
        instead=(
            Instead(
                "powers",
                "np.exp(scores)",
                "The shift is gone: e^900 overflows. Each row subtracts its own maximum.",
            ),
            Instead(
                "p",
                "np.exp(scores) / np.exp(scores).sum()",
                "The sum is taken over the whole batch, and e^900 overflows. A row adds up to 1 "
                "by itself.",
            ),
            Instead(
                "p",
                "np.exp(scores) / np.exp(scores).sum(axis=0)",
                "The sum runs down the columns, over the samples, and e^900 overflows. It runs "
                "along a row.",
            ),
            Instead(
                "p",
                "np.exp(scores - scores.max(axis=0)) / np.exp(scores - "
                "scores.max(axis=0)).sum(axis=0)",
                "Maximum and sum run down the columns, over the samples. They run along a row.",
            ),
        ),
        course=(softmax,),
        builds_on=("softmax",),
        wrong=(
            Wrong(
                answer=probabilities_broken,
                cause="This does the same as probabilities_broken: one maximum and one sum for "
                "the whole batch.",
            ),
        ),
    ),
)
