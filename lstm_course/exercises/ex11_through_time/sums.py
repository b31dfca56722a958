"""Back through σ and tanh to the sums.

Numbers in comments are those of the course's list of wrong answers.
"""

from collections.abc import Callable

import numpy as np

from ...equations import sigmoid
from ..model import Case, WriteFunction, Wrong
from .backward import to_sums
from .inputs import NOTEBOOK, draw


def _slopes(
    gate: Callable = lambda s: s * (1 - s),
    squash: Callable = lambda g: 1 - g**2,
    order: str = "ifoc",
    axis: int = -1,
) -> Callable:
    """Return da with other derivatives, or the blocks in another order."""

    def sums(di, df, do, dg, i, f, o, g):  # noqa: ANN001, ANN202
        parts = {"i": di * gate(i), "f": df * gate(f), "o": do * gate(o), "c": dg * squash(g)}
        return np.concatenate([parts[k] for k in order], axis=axis)

    return sums


SUM_MISTAKES = (
    Wrong(  # 47
        answer=_slopes(gate=lambda s: sigmoid(s) * (1 - sigmoid(s))),
        cause="σ is taken a second time. i_t, f_t and o_t have been through σ: "
        "σ′ = s (1 - s), with s the gate itself.",
    ),
    Wrong(  # 47
        answer=_slopes(squash=lambda g: 1 - np.tanh(g) ** 2),
        cause="tanh is taken a second time. c̃_t has been through tanh: tanh′ = 1 - c̃_t².",
    ),
    Wrong(  # 48
        answer=_slopes(gate=lambda s: 1),
        cause="The gates' derivative is left out: σ′ = s (1 - s).",
    ),
    Wrong(  # 48
        answer=_slopes(squash=lambda g: 1),
        cause="The candidate's derivative is left out: tanh′ = 1 - c̃_t².",
    ),
    Wrong(
        answer=_slopes(gate=lambda s: 1 - s**2),
        cause="The gates have the derivative of tanh. They are made by σ: s (1 - s).",
    ),
    Wrong(
        answer=_slopes(squash=lambda g: g * (1 - g)),
        cause="The candidate has the derivative of σ. It is made by tanh: 1 - c̃_t².",
    ),
    Wrong(
        answer=_slopes(squash=lambda g: (1 - g) ** 2),
        cause="You wrote (1 - c̃_t)². The derivative is 1 - c̃_t²: square first.",
    ),
    Wrong(  # 56
        answer=_slopes(order="ifco"),
        cause="The last two blocks have changed places. The order here is i, f, o, c̃.",
    ),
    Wrong(  # 56
        answer=_slopes(order="fioc"),
        cause="The first two blocks have changed places. The order here is i, f, o, c̃.",
    ),
    Wrong(  # 47
        answer=_slopes(
            gate=lambda s: sigmoid(s) * (1 - sigmoid(s)), squash=lambda g: 1 - np.tanh(g) ** 2
        ),
        cause="σ and tanh are taken a second time. The values that come in have been through "
        "them: σ′ = s (1 - s) and tanh′ = 1 - g², with s and g as they are.",
    ),
    Wrong(  # 48
        answer=_slopes(gate=lambda s: 1, squash=lambda g: 1),
        cause="All four derivatives are left out: σ′ = s (1 - s) for the gates, tanh′ = 1 - c̃_t².",
    ),
    Wrong(
        answer=_slopes(gate=lambda s: s),
        cause="The gates are multiplied by s alone. σ′ = s (1 - s): the other factor is missing.",
    ),
    Wrong(
        answer=_slopes(gate=lambda s: 1 - s),
        cause="The gates are multiplied by 1 - s alone. σ′ = s (1 - s): the other factor is "
        "missing.",
    ),
    Wrong(
        answer=_slopes(gate=sigmoid),
        cause="The gates are multiplied by σ of the gate. The slope is s (1 - s), with s the "
        "gate itself.",
    ),
    Wrong(
        answer=_slopes(squash=lambda g: 1 - g),
        cause="You wrote 1 - c̃_t. The derivative is 1 - c̃_t²: the square is missing.",
    ),
)


def _four(*inputs):  # noqa: ANN002, ANN202
    return np.split(to_sums(*inputs), 4, axis=-1)


FORM_MISTAKES = (
    Wrong(
        answer=_slopes(axis=0),
        cause="Right for one vector, but a batch is joined along the wrong axis: the four blocks "
        "stand side by side in a row, axis=-1.",
    ),
    Wrong(
        answer=lambda *inputs: tuple(_four(*inputs)),
        cause="You return four arrays. Put them side by side in one: np.concatenate, axis=-1.",
    ),
    Wrong(
        answer=lambda *inputs: np.stack(_four(*inputs)),
        cause="np.stack puts the four on top of each other, along an axis of its own. Side by "
        "side in a row is np.concatenate, axis=-1.",
    ),
)

EXERCISE = WriteFunction(
    id="back-to-sums",
    notebook=NOTEBOOK,
    asks_for=("back_to_sums",),
    points=2,
    minutes=5,
    answer=to_sums,
    example=Case(
        inputs={
            "di_t": np.array([0.5, 1.0]),
            "df_t": np.array([-1.0, 2.0]),
            "do_t": np.array([1.0, -0.5]),
            "dc_tilde": np.array([2.0, 1.0]),
            "i_t": np.array([0.9, 0.5]),
            "f_t": np.array([0.2, 0.8]),
            "o_t": np.array([0.6, 0.3]),
            "c_tilde": np.array([0.8, -0.5]),
        },
        label="",
    ),
    draw=draw("di_t", "df_t", "do_t", "dc_tilde", "i_t", "f_t", "o_t", "c_tilde"),
    returns=("da",),
    hints=(
        "a is the sum before σ or tanh; each da is the gradient times the slope there.",
        "The slope can be had from the result: σ′ is s (1 - s), tanh′ is 1 - g².",
        "Four arrays of H numbers, joined along the last axis in the order i, f, o, c̃.",
    ),
    look="Unit 1 of the input gate: 0.5 · 0.9 · 0.1 = 0.045.",
    passed="All four sums in one row of 4H numbers. What is da for a gate that is fully open?",
    wrong=(*SUM_MISTAKES, *FORM_MISTAKES),
)
