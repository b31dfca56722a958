"""Exercises of lesson 09: turn the state into a choice."""

from collections.abc import Callable
from typing import Any

import numpy as np

from .. import running_example as ex
from ..equations import output, sigmoid, softmax
from .model import Case, Finding, Predict, SetValues, WriteFunction, Wrong

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


def _over(axis: int | None, shift: str = "row") -> Callable:
    """Return softmax with its sum along another axis, and one of several shifts."""

    def wrong(a: np.ndarray) -> np.ndarray:
        with np.errstate(over="ignore", invalid="ignore"):
            powers = np.exp(a - _SHIFTS[shift](a))
            return powers / powers.sum(axis=axis, keepdims=axis is not None)

    return wrong


def _wrong_sums(axis: int | None, shifts: tuple[str, ...], **words: str) -> tuple[Wrong, ...]:
    """Return one mistake in the sum, whatever is subtracted before the exponential."""
    return tuple(Wrong(answer=_over(axis, shift), **words) for shift in shifts)


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


def _draw_output(rng: np.random.Generator) -> list[Case]:
    def case(batch: tuple, label: str) -> Case:
        inputs = {
            "h_t": rng.uniform(-1, 1, (*batch, 4)),
            "W_y": rng.normal(0, 2, (4, 3)),
            "b_y": rng.normal(0, 1, 3),
        }
        return Case(inputs=inputs, label=label)

    return [case((), "one vector, H = 4, K = 3"), case((5,), "a batch of 5, H = 4, K = 3")]


def _judge_read_out(W: np.ndarray, b: np.ndarray) -> Finding | None:
    plural, singular = softmax([0.3, 0.2] @ W + b), softmax([-0.3, 0.2] @ W + b)
    got = f"plural: were {plural[1]:.2f}   singular: was {singular[0]:.2f}"
    asked = "both 0.90 or more"
    if plural[1] < 0.5 and singular[0] < 0.5:
        return Finding(
            cause="The verbs have changed places: the columns are [was, were].",
            got=got,
            expected=asked,
        )
    if abs(plural[1] - 0.5) < 1e-9 and abs(singular[0] - 0.5) < 1e-9:
        cause = "Both verbs get the same in both cases: unit 1 plays no part."
        return Finding(cause=cause, got=got, expected=asked)
    if min(plural[1], singular[0]) < 0.5:
        cause = "One verb gets the larger share in both cases: unit 1 must decide, not the bias."
        return Finding(cause=cause, got=got, expected=asked)
    if min(plural[1], singular[0]) < 0.9:
        cause = "The right verb leads, but not by enough. Larger weights make the choice sharper."
        return Finding(cause=cause, got=got, expected=asked)
    return None


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
        id="output",
        notebook=NOTEBOOK,
        asks_for=("output",),
        points=2,
        minutes=4,
        answer=output,
        example=Case(
            inputs={"h_t": np.array([0.28, 0.16]), "W_y": ex.W_y, "b_y": ex.b_y},
            label="",
            shown=("h_t",),
            note="W_y, b_y as in the lesson",
        ),
        draw=_draw_output,
        returns=("y_t",),
        hints=(
            "Scores first, probabilities second.",
            "The scores are h_t @ W_y + b_y, one per class.",
            "Hand the scores to the softmax that you wrote above.",
        ),
        look="Compare the scores with your pencil: [-1.12, 1.12, 0.32].",
        passed="All seven equations are yours. Try W_y ten times as large: how sure is it now?",
        wrong=(
            Wrong(  # 33
                answer=lambda h, W, b: softmax(h),
                cause="This is softmax(h_t): W_y and b_y play no part, and there is one "
                "probability per unit, not per class.",
            ),
            Wrong(  # 22
                answer=lambda h, W, b: softmax(h @ W),
                cause="The bias b_y is missing.",
            ),
            Wrong(
                answer=lambda h, W, b: h @ W + b,
                cause="These are the scores. softmax is missing.",
            ),
            Wrong(  # 39
                answer=lambda h, W, b: sigmoid(h @ W + b),
                cause="This is σ of each score. One word is chosen out of K: softmax.",
            ),
            Wrong(  # 38
                answer=lambda h, W, b: softmax(softmax(h @ W + b)),
                cause="softmax is taken twice.",
            ),
            Wrong(
                answer=lambda h, W, b: softmax(h @ W) + b,
                cause="b_y is added after softmax: the rows no longer add up to 1.",
            ),
            Wrong(  # 35
                answer=lambda h, W, b: _over(0)(h @ W + b),
                cause="Right for one vector. In a batch your softmax sums over the samples; "
                "the classes stand in a row.",
            ),
            *(
                Wrong(  # 35
                    answer=lambda h, W, b, shift=shift: _over(None, shift)(h @ W + b),
                    cause="Right for one vector. In a batch your softmax takes one sum for all "
                    "samples; each row adds up to 1 by itself.",
                )
                for shift in ("row", "all")
            ),
            Wrong(
                answer=lambda h, W, b: softmax(h @ W - b),
                cause="The bias b_y is subtracted; it is added.",
            ),
            Wrong(
                answer=lambda h, W, b: np.log(softmax(h @ W + b)),
                cause="This is the logarithm of y_t. Asked are the probabilities.",
            ),
            Wrong(
                answer=lambda h, W, b: np.argmax(h @ W + b, axis=-1),
                cause="This is the number of the likeliest class. Asked is a probability for "
                "each class.",
            ),
            Wrong(
                answer=lambda h, W, b: softmax(np.tanh(h) @ W + b),
                cause="h_t goes through tanh once more. Equation 6 has done that.",
            ),
            Wrong(
                answer=lambda h, W, b: softmax(np.tanh(h @ W + b)),
                cause="The scores go through tanh: then no class can be far ahead. They need "
                "no bound.",
            ),
            Wrong(  # 24
                answer=lambda h, W, b: softmax(W @ h + b),
                cause="The product is the wrong way round: with rows as samples it is h_t @ W_y.",
            ),
        ),
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
                answer=_over(None),
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
    Predict(
        id="four-classes",
        notebook=NOTEBOOK,
        asks_for=("largest",),
        points=1,
        minutes=4,
        answer=float(np.exp(2) / (np.exp(2) + 3)),
        within=0.02,
        hints=(
            "h lies between -1 and 1. Which h is best for class 1?",
            "One 1 and three times -1. Only differences count: the same as 2 and three times 0.",
        ),
        look="Write the best h down and take its softmax.",
        passed="This bound comes from tanh, and no training lifts it. W_y does.",
        wrong=(
            Wrong(
                answer=1.0,
                cause="That would need a score far above the others. h differs by 2 at the most.",
            ),
            Wrong(
                answer=float(np.e / (np.e + 3)),
                cause="This is for the others at 0. They can go down to -1.",
            ),
            Wrong(
                answer=float(np.exp(2) / (np.exp(2) + 2)),
                cause="This is the bound for three classes. Here there are four.",
            ),
            Wrong(
                answer=0.25,
                cause="This is the even choice, for four equal numbers.",
            ),
            Wrong(
                answer=float(np.exp(2) / (np.exp(2) + 1)),
                cause="This is the bound for two classes. Here three others share the rest.",
            ),
            Wrong(
                answer=float(np.exp(2) / (np.exp(2) + 4)),
                cause="There are three other classes, not four.",
            ),
        ),
    ),
    SetValues(
        id="read-it-off",
        notebook=NOTEBOOK,
        asks_for=("W_y", "b_y"),
        points=2,
        minutes=5,
        shapes=((2, 2), (2,)),
        judge=_judge_read_out,
        right=(
            ([[-5, 5], [0, 0]], [0, 0]),
            ([[0, 10], [0, 0]], [0, 0]),
            ([[-20, 20], [1, 1]], [3, 3]),
        ),
        hints=(
            "Unit 1 carries the number. Which sign does each verb want of it?",
            "The two scores must differ by 2.2 for 0.9, and h of unit 1 is only 0.3.",
        ),
        look="Compute both scores for h = [0.3, 0.2] with a pencil.",
        passed="Small states can give sure answers: W_y scales. What happens at h = [0, 0.2]?",
        wrong=(
            Wrong(
                answer=([[5, -5], [0, 0]], [0, 0]),
                cause="The verbs have changed places: the columns are [was, were].",
            ),
            Wrong(
                answer=([[-1, 1], [0, 0]], [0, 0]),
                cause="The right verb leads, but not by enough. h is 0.3 here, so weights of 1 "
                "give scores that differ by 0.6.",
            ),
            Wrong(
                answer=([[0, 0], [-5, 5]], [0, 0]),
                cause="These weights read unit 2, which is the same in both cases. The number is "
                "in unit 1.",
            ),
            Wrong(
                answer=([[0, 0], [0, 0]], [-3, 3]),
                cause="Only the bias decides, so the answer is the same in both cases.",
            ),
        ),
    ),
)
