"""Switch units off."""

from functools import cache

import numpy as np

from ...tasks import make_agreement
from ...training.probes import ablate, agreement_errors
from ...training.results import load_cat_model
from ..model import ROUNDING, Case, Finding, SetValues, WriteFunction, Wrong

NOTEBOOK = "13-the-cat-that-already-ate"


def _off(W: np.ndarray, W_y: np.ndarray, unit: int) -> tuple[np.ndarray, np.ndarray]:
    W, W_y = W.copy(), W_y.copy()
    W[unit], W_y[unit] = 0, 0
    return W, W_y


def _off_in_place(W: np.ndarray, W_y: np.ndarray, unit: int) -> tuple[np.ndarray, np.ndarray]:
    W[unit], W_y[unit] = 0, 0
    return W, W_y


def _off_where(rows: tuple = (), columns: tuple = (), read_out: str = "row"):  # noqa: ANN202
    """Return an ablation that zeroes other rows or columns; each offset is in units of H."""

    def off(W, W_y, unit):  # noqa: ANN001, ANN202
        H = len(W_y)
        W, W_y = W.copy(), W_y.copy()
        for offset in rows:
            W[offset * H + unit] = 0
        for offset in columns:
            W[:, offset * H + unit] = 0
        if read_out == "row":
            W_y[unit] = 0
        elif read_out == "column":
            W_y[:, unit] = 0
        return W, W_y

    return off


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


def _off_one_copied(which: int):  # noqa: ANN202
    def off(W, W_y, unit):  # noqa: ANN001, ANN202
        arrays = [W, W_y]
        arrays[which] = arrays[which].copy()
        return _off_in_place(*arrays, unit)

    return off


def _off_one_block(k: int):  # noqa: ANN202
    def off(W, W_y, unit):  # noqa: ANN001, ANN202
        H = len(W_y)
        W, W_y = W.copy(), W_y.copy()
        W[unit, k * H : (k + 1) * H], W_y[unit] = 0, 0
        return W, W_y

    return off


def _without_row(W: np.ndarray, row: int | slice) -> np.ndarray:
    W = W.copy()
    W[row] = 0
    return W


EXERCISES = (
    WriteFunction(
        id="switch-off",
        notebook=NOTEBOOK,
        asks_for=("switch_off",),
        points=3,
        minutes=7,
        answer=_off,
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
        wrong=(
            Wrong(
                answer=_off_in_place,
                cause="The values are right, but the model that came in has lost its unit, too: "
                "copy W and W_y first.",
            ),
            Wrong(
                answer=_off_where(rows=(0,), read_out="none"),
                cause="The read-out still hears the unit: set its row of W_y to 0 as well.",
            ),
            Wrong(
                answer=_off_where(rows=(), read_out="row"),
                cause="The next step still hears the unit: set its row of W to 0 as well.",
            ),
            Wrong(
                answer=_off_where(columns=(0, 1, 2, 3)),
                cause="You cut what the unit reads: its columns. Asked is what reads the unit: "
                "its row of W.",
            ),
            *(
                Wrong(
                    answer=_off_where(columns=(k,)),
                    cause="One column of W is one gate of one unit: what reads z_t. What reads the "
                    "unit is a row.",
                )
                for k in range(4)
            ),
            Wrong(
                answer=_off_where(rows=(0,), columns=(0, 1, 2, 3)),
                cause="The row is right. The columns are too much: the unit's own gates stay.",
            ),
            Wrong(
                answer=_off_where(rows=(1,)),
                cause="This row belongs to x. The rows of h come first: unit k is row k.",
            ),
            Wrong(
                answer=_off_where(rows=(0,), read_out="column"),
                cause="W_y has one row per unit and one column per word. You silenced a word.",
            ),
            Wrong(
                answer=_off_one_copied(0),
                cause="The values are right, and W is copied. W_y is changed in place: copy it as "
                "well.",
            ),
            Wrong(
                answer=_off_one_copied(1),
                cause="The values are right, and W_y is copied. W is changed in place: copy it as "
                "well.",
            ),
            Wrong(
                answer=lambda W, W_y, unit: (
                    np.delete(W, unit, axis=0),
                    np.delete(W_y, unit, axis=0),
                ),
                cause="The rows are taken out, so that nothing fits the model any more. Set them "
                "to 0 and leave the shapes.",
            ),
            *(
                Wrong(
                    answer=_off_one_block(k),
                    cause=f"Only the {name} no longer hears the unit. Its row of W has 4H "
                    "numbers, one for each column of all four blocks.",
                )
                for k, name in enumerate(("input gate", "forget gate", "output gate", "candidate"))
            ),
            Wrong(
                answer=lambda W, W_y, unit: (W + 0, W_y + 0),
                cause="Nothing is switched off: both arrays come back as they were.",
                look="Does your line write into the copy that you return?",
            ),
            Wrong(
                answer=lambda W, W_y, unit: (
                    _without_row(W, len(W) - len(W_y) + unit),
                    _without_row(W_y, unit),
                ),
                cause="You counted past the rows of x, D + unit. In W the rows of h come first: "
                "unit k is row k.",
            ),
            Wrong(
                answer=lambda W, W_y, unit: _off(W, W_y, unit - 1),
                cause="This is the unit before, unit - 1. Units count from 0, as rows do.",
            ),
            Wrong(
                answer=lambda W, W_y, unit: (
                    _without_row(W, slice(0, unit)),
                    _without_row(W_y, slice(0, unit)),
                ),
                cause="All rows before the unit's are set to 0: [:unit] is a slice. One row is "
                "[unit].",
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
