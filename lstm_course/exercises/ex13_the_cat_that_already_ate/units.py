"""Switch units off."""

from functools import cache

import numpy as np

from ...tasks import make_agreement
from ...training.probes import ablate, agreement_errors
from ...training.results import load_cat_model
from ..model import ROUNDING, Case, Finding, SetValues, WriteFunction, Wrong
from ..slips import Instead

NOTEBOOK = "13-the-cat-that-already-ate"


def _draw_weights(rng: np.random.Generator) -> list[Case]:
    def case(H: int, D: int, K: int, unit: int) -> Case:
        inputs = {"W": rng.normal(size=(H + D, 4 * H)), "W_y": rng.normal(size=(H, K))}
        return Case(inputs=inputs | {"unit": unit}, label=f"H = {H}, D = {D}, K = {K}, unit {unit}")

    return [case(3, 4, 5, 2), case(4, 5, 6, 1)]


@cache
def _four_attractors():  # noqa: ANN202
    return load_cat_model(), make_agreement(np.random.default_rng(7), 200, attractors=4)


def _judge_unit(unit: np.ndarray) -> Finding | None:
    """Switch the unit off and count the wrong verbs at four attractors."""
    model, test = _four_attractors()
    k = float(unit)
    if k != int(k) or not 0 <= k < model.params.H:
        cause = f"There is no unit {k:g}: the model has units 0 to {model.params.H - 1}."
        return Finding(cause=cause)
    if int(k) == 8:
        return Finding(cause="Unit 8 is the one that you know. Asked is another.")
    share = agreement_errors(ablate(model, int(k)), *test).mean()
    if share >= 0.3 - ROUNDING:
        return None
    few = "The model does without this unit." if share < 0.05 else "The model misses it a little."
    return Finding(
        cause=few,
        got=f"without unit {int(k)}: {share:.1%} wrong at four attractors",
        expected="30 % or more",
    )


def switch_off(W, W_y, unit):  # noqa: ANN001, ANN201
    """Return both arrays without what reads a unit."""
    H = len(W_y)
    W_off = np.where(np.arange(len(W))[:, None] == unit, 0, W)
    W_y_off = np.where(np.arange(H)[:, None] == unit, 0, W_y)
    return W_off, W_y_off


EXERCISES = (
    WriteFunction(
        id="switch-off",
        notebook=NOTEBOOK,
        asks_for=("switch_off",),
        points=3,
        minutes=7,
        answer=switch_off,
        example=Case(
            inputs={
                "W": np.arange(1.0, 25.0).reshape(3, 8),
                "W_y": np.array([[1.0, 2, 3], [4, 5, 6]]),
                "unit": 1,
            },
            label="",
            shown=("W_y", "unit"),
            note="W = np.arange(1.0, 25.0).reshape(3, 8), H = 2, D = 1",
        ),
        draw=_draw_weights,
        returns=("W", "W_y"),
        hints=(
            "Which rows of W multiply h of this unit? Think of z_t = [h, x].",
            "h comes first in z_t, so unit k is row k of W. In W_y it is row k as well.",
            "Copy both arrays first; then set one row of each to 0.",
        ),
        look="In the example row 1 of W and row 1 of W_y must be 0, and nothing else.",
        passed="You can take any unit out of any LSTM of this course. Try unit 8 of the stored "
        "model.",
        instead=(
            Instead(
                "return",
                "W, W_y",
                "Nothing is switched off: both arrays come back as they were.",
                "Does your line write into the copy that you return?",
            ),
            Instead(
                "W_off",
                "W",
                "The next step still hears the unit: set its row of W to 0 as well.",
            ),
            Instead(
                "W_y_off",
                "W_y",
                "The read-out still hears the unit: set its row of W_y to 0 as well.",
            ),
            Instead(
                "W_off",
                "np.where(np.arange(W.shape[1]) % H == unit, 0, W)",
                "This cuts what the unit reads: its columns. Asked is what reads the unit: its "
                "row of W.",
            ),
            Instead(
                "W_off",
                "np.where(np.arange(W.shape[1]) == 0 * H + unit, 0, W)",
                "One column of W is one gate of one unit: what reads z_t. What reads the unit is "
                "a row.",
            ),
            Instead(
                "W_off",
                "np.where(np.arange(W.shape[1]) == 1 * H + unit, 0, W)",
                "One column of W is one gate of one unit: what reads z_t. What reads the unit is "
                "a row.",
            ),
            Instead(
                "W_off",
                "np.where(np.arange(W.shape[1]) == 2 * H + unit, 0, W)",
                "One column of W is one gate of one unit: what reads z_t. What reads the unit is "
                "a row.",
            ),
            Instead(
                "W_off",
                "np.where(np.arange(W.shape[1]) == 3 * H + unit, 0, W)",
                "One column of W is one gate of one unit: what reads z_t. What reads the unit is "
                "a row.",
            ),
            Instead(
                "W_off",
                "np.where((np.arange(len(W))[:, None] == unit) | (np.arange(W.shape[1]) % H == "
                "unit), 0, W)",
                "The row is right. The columns are too much: the unit's own gates stay.",
            ),
            Instead(
                "W_off",
                "np.where(np.arange(len(W))[:, None] == H + unit, 0, W)",
                "This row belongs to x. The rows of h come first: unit k is row k.",
            ),
            Instead(
                "W_off",
                "np.where(np.arange(len(W))[:, None] == len(W) - H + unit, 0, W)",
                "The rows of x are counted first, D + unit. In W the rows of h come first: unit k "
                "is row k.",
            ),
            Instead(
                "W_off",
                "np.where(np.arange(len(W))[:, None] < H, 0, W)",
                "All rows of h are set to 0: every unit is silent. One unit is one row.",
            ),
            Instead(
                "W_off",
                "np.where((np.arange(len(W))[:, None] == unit) & (np.arange(W.shape[1]) == unit), "
                "0, W)",
                "One number of W is set to 0. The unit's row has 4H numbers.",
            ),
            Instead(
                "W_y_off",
                "np.where(np.arange(W_y.shape[1]) == unit, 0, W_y)",
                "W_y has one row per unit and one column per word. This silences a word.",
            ),
            Instead(
                "W_y_off",
                "np.where((np.arange(H)[:, None] == unit) & (np.arange(W_y.shape[1]) == unit), 0, "
                "W_y)",
                "One number of W_y is set to 0. The unit's row has one for each word.",
            ),
            Instead(
                "return",
                "np.delete(W, unit, axis=0), np.delete(W_y, unit, axis=0)",
                "The rows are taken out, so that nothing fits the model any more. Set them to 0 "
                "and leave the shapes.",
            ),
            Instead(
                "W_off",
                "np.where((np.arange(len(W))[:, None] == unit) & (np.arange(W.shape[1]) // H == "
                "0), 0, W)",
                "Only the input gate no longer hears the unit. Its row of W has 4H numbers, one "
                "for each column of all four blocks.",
            ),
            Instead(
                "W_off",
                "np.where((np.arange(len(W))[:, None] == unit) & (np.arange(W.shape[1]) // H == "
                "1), 0, W)",
                "Only the forget gate no longer hears the unit. Its row of W has 4H numbers, one "
                "for each column of all four blocks.",
            ),
            Instead(
                "W_off",
                "np.where((np.arange(len(W))[:, None] == unit) & (np.arange(W.shape[1]) // H == "
                "2), 0, W)",
                "Only the output gate no longer hears the unit. Its row of W has 4H numbers, one "
                "for each column of all four blocks.",
            ),
            Instead(
                "W_off",
                "np.where((np.arange(len(W))[:, None] == unit) & (np.arange(W.shape[1]) // H == "
                "3), 0, W)",
                "Only the candidate no longer hears the unit. Its row of W has 4H numbers, one "
                "for each column of all four blocks.",
            ),
            Instead(
                "return",
                "np.where(np.arange(len(W))[:, None] == unit - 1, 0, W), np.where(np.arange(H)[:, "
                "None] == unit - 1, 0, W_y)",
                "This is the unit before, unit - 1. Units count from 0, as rows do.",
            ),
            Instead(
                "return",
                "np.where(np.arange(len(W))[:, None] < unit, 0, W), np.where(np.arange(H)[:, "
                "None] < unit, 0, W_y)",
                "All rows before the unit's are set to 0: [:unit] is a slice. One row is [unit].",
            ),
        ),
    ),
    SetValues(
        id="second-unit",
        notebook=NOTEBOOK,
        asks_for=("unit",),
        points=2,
        minutes=6,
        shapes=((),),
        judge=_judge_unit,
        right=((3,), (3.0,), (np.int64(3),)),
        hints=(
            "ablate(model, k) gives a model without unit k; agreement_errors(…).mean() its error.",
            "Try all sixteen in a loop, with the sentences above, and leave 8 out.",
        ),
        look="Print the error without each unit in turn.",
        passed="At four attractors the model leans on a second unit. Is it needed at one?",
        wrong=(
            Wrong(answer=(8,), cause="Unit 8 is the one that you know. Asked is another."),
            Wrong(answer=(16,), cause="There is no unit 16: the model has units 0 to 15."),
            Wrong(answer=(2,), cause="The model does without this unit."),
            Wrong(answer=(0.5,), cause="There is no unit 0.5: the model has units 0 to 15."),
        ),
    ),
)
