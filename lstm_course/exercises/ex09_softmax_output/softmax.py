"""Write softmax, and find the bug in one.

Numbers in comments are those of the course's list of wrong answers.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from ...equations import sigmoid, softmax
from ..model import Case, WriteFunction, Wrong

NOTEBOOK = "09-softmax-output"


def _naive(a: np.ndarray) -> np.ndarray:
    """Return softmax without the shift: overflows above 709."""
    with np.errstate(over="ignore", invalid="ignore"):
        return np.exp(a) / np.exp(a).sum(axis=-1, keepdims=True)


def _row_max(a: np.ndarray) -> np.ndarray:
    return a.max(axis=-1, keepdims=True)


_SHIFTS: dict[str, Callable[[np.ndarray], Any]] = {
    "row": _row_max,
    "all": np.max,
    "column": lambda a: a.max(axis=0),
    "none": lambda a: 0,
}


def over(axis: int | None, shift: str = "row") -> Callable:
    """Return softmax with its sum along another axis, and one of several shifts."""

    def wrong(a: np.ndarray) -> np.ndarray:
        with np.errstate(over="ignore", invalid="ignore"):
            powers = np.exp(a - _SHIFTS[shift](a))
            return powers / powers.sum(axis=axis, keepdims=axis is not None)

    return wrong


def _wrong_sums(axis: int | None, shifts: tuple[str, ...], **words: str) -> tuple[Wrong, ...]:
    """Return one mistake in the sum, whatever is subtracted before the exponential."""
    return tuple(Wrong(answer=over(axis, shift), **words) for shift in shifts)


def _unshaped(a: np.ndarray) -> np.ndarray:
    powers = np.exp(a - a.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1)


def _unshaped_and_naive(a: np.ndarray) -> np.ndarray:
    with np.errstate(over="ignore", invalid="ignore"):
        return np.exp(a) / np.exp(a).sum(axis=-1)


def _one_shift(a: np.ndarray) -> np.ndarray:
    with np.errstate(invalid="ignore"):
        powers = np.exp(a - a.max())
        return powers / powers.sum(axis=-1, keepdims=True)


def _all_one(a: np.ndarray) -> np.ndarray:
    powers = np.exp(a - a.max())
    return powers / powers.sum()


def _in_place(a: np.ndarray) -> np.ndarray:
    a -= a.max(axis=-1, keepdims=True)
    return softmax(a)


SOFTMAX_MISTAKES = (
    Wrong(  # 36
        answer=_naive,
        cause="Large scores overflow: e^1000 is inf, and inf / inf is nan. Subtract the largest "
        "score of the row first.",
    ),
    *_wrong_sums(  # 35
        None,
        ("row", "all", "column", "none"),
        cause="The sum runs over the whole batch. Each row is a sample and adds up to 1 by itself.",
        look="Print your result for two rows and the sum of each row.",
    ),
    *_wrong_sums(  # 35
        0,
        ("row", "column", "none"),
        cause="The sum runs down the columns, over the samples. The classes stand in a row: "
        "axis=-1.",
        look="Print your result for two rows and the sum of each row.",
    ),
    *_wrong_sums(
        1,
        ("row", "none"),
        cause="One vector has no axis 1, so your softmax works for a batch alone. The last axis "
        "is axis=-1 in both.",
    ),
    *_wrong_sums(
        -1,
        ("column",),
        cause="The largest score of each column is subtracted. Each row has its own maximum: "
        "axis=-1.",
    ),
    Wrong(
        answer=_unshaped_and_naive,
        cause="The sums have shape (N,) and NumPy lays them along the classes. keepdims=True keeps "
        "them as a column (N, 1). Scores of 1000 overflow as well.",
        look="Print powers.sum(axis=-1).shape for a batch.",
    ),
    Wrong(
        answer=_unshaped,
        cause="The sums have shape (N,) and NumPy lays them along the classes. keepdims=True keeps "
        "them as a column (N, 1).",
        look="Print powers.sum(axis=-1).shape for a batch.",
    ),
    Wrong(
        answer=_one_shift,
        cause="The largest score of the whole batch is subtracted. A row far below it becomes "
        "0 / 0. Each row has its own maximum.",
    ),
    Wrong(  # 39
        answer=sigmoid,
        cause="This is σ of each score. The classes exclude each other: a row must add up to 1.",
    ),
    Wrong(  # 38
        answer=lambda a: softmax(softmax(a)),
        cause="softmax is taken twice. The second time flattens nearly everything.",
    ),
    Wrong(
        answer=lambda a: np.exp(a - a.max(axis=-1, keepdims=True)),
        cause="The powers are right, but they are not divided by their sum.",
    ),
    Wrong(
        answer=lambda a: a / a.sum(axis=-1, keepdims=True),
        cause="The scores are divided by their sum, without the exponential. Scores can be "
        "negative; powers cannot.",
    ),
    Wrong(
        answer=lambda a: np.log(softmax(a) + 1e-300),
        cause="This is the logarithm of softmax. Asked are the probabilities.",
    ),
    Wrong(
        answer=_in_place,
        cause="The values are right, but your function changes the scores in place: `a -= …` "
        "writes into the caller's array.",
    ),
)


def _draw_scores(rng: np.random.Generator) -> list[Case]:
    rows = rng.normal(0, 2, (4, 3))
    apart = np.array([[0.0, 1.0, -1.0], [1000.0, 1001.0, 999.0]])
    return [
        Case(inputs={"a": rows}, label="a batch of 4 rows of 3 scores"),
        Case(inputs={"a": apart}, label="two rows far apart"),
        Case(inputs={"a": np.array([1000.0, 1001.0, -1000.0])}, label="large scores"),
    ]


EXERCISES = (
    WriteFunction(
        id="softmax",
        notebook=NOTEBOOK,
        asks_for=("softmax",),
        points=3,
        minutes=7,
        answer=softmax,
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
        wrong=SOFTMAX_MISTAKES,
    ),
    WriteFunction(
        id="row-sums",
        notebook=NOTEBOOK,
        asks_for=("probabilities",),
        kind="find the bug",
        points=2,
        minutes=5,
        answer=softmax,
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
        wrong=(
            Wrong(
                answer=_all_one,
                cause="This does the same as probabilities_broken: one maximum and one sum for "
                "the whole batch.",
            ),
            Wrong(
                answer=over(None),
                cause="Each row subtracts its own maximum now. The sum is still taken over the "
                "whole batch.",
            ),
            *_wrong_sums(
                None,
                ("column", "none"),
                cause="The sum is still taken over the whole batch. A row must add up to 1.",
            ),
            Wrong(
                answer=_one_shift,
                cause="Each row has its own sum now. The maximum is still that of the whole "
                "batch: a row far below it becomes 0 / 0.",
            ),
            *_wrong_sums(
                0,
                ("row", "column", "none"),
                cause="The sum runs down the columns, over the samples. It must run along a row.",
            ),
            *_wrong_sums(
                -1,
                ("column",),
                cause="Each row has its own sum now. The maximum is taken down the columns; it "
                "must be that of the row.",
            ),
            Wrong(
                answer=_unshaped,
                cause="Without keepdims=True the sums of the rows are laid along the classes: an "
                "error, or wrong numbers when N = K.",
            ),
            Wrong(
                answer=_naive,
                cause="The sums are right now, but the shift is gone: e^900 overflows.",
            ),
        ),
    ),
)
