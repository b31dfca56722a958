"""Halve the gates' blocks, so that one tanh serves all four.

Numbers in comments are those of the course's list of wrong answers.
"""

from collections.abc import Callable

import numpy as np

from ..model import Case, WriteFunction, Wrong

NOTEBOOK = "16-make-it-fast"


def halved(which: slice = slice(0, 3), by: float = 0.5, *, of_b: bool = True) -> Callable:
    """Return W and b with the columns of some blocks scaled."""

    def halve_gates(W, b):  # noqa: ANN001, ANN202
        H = len(b) // 4
        scale = np.ones(4 * H)
        scale[(which.start or 0) * H : which.stop * H] = by
        return W * scale, b * scale if of_b else b + 0

    return halve_gates


def _halved_in_place(W, b):  # noqa: ANN001, ANN202
    H = len(b) // 4
    W[:, : 3 * H] *= 0.5
    b[: 3 * H] *= 0.5
    return W, b


def _halved_through_a_view(W, b):  # noqa: ANN001, ANN202
    H = len(b) // 4
    gates = W[:, : 3 * H]
    gates *= 0.5
    return W, np.concatenate([b[: 3 * H] / 2, b[3 * H :]])


def _rows_halved(W, b):  # noqa: ANN001, ANN202
    H = len(b) // 4
    W = W.copy()
    W[: 3 * H] *= 0.5
    return W, halved()(W, b)[1]


def _three_columns(W, b):  # noqa: ANN001, ANN202
    W, b = W.copy(), b.copy()
    W[:, :3] *= 0.5
    b[:3] *= 0.5
    return W, b


def _b_in_place(W, b):  # noqa: ANN001, ANN202
    W = halved()(W, b)[0]
    b[: 3 * (len(b) // 4)] *= 0.5
    return W, b


HALF_MISTAKES = (
    Wrong(
        answer=halved(slice(0, 4)),
        cause="The candidate's block is halved as well. Only the gates need tanh(a / 2); the "
        "candidate is tanh(a).",
    ),
    Wrong(
        answer=halved(slice(3, 4)),
        cause="The candidate's block is halved. It is the three gates that need tanh(a / 2).",
    ),
    Wrong(
        answer=halved(slice(0, 1)),
        cause="Only the input gate's block is halved. There are three gates: 3H columns.",
    ),
    Wrong(
        answer=halved(slice(0, 2)),
        cause="Only the first two blocks are halved. There are three gates: 3H columns.",
    ),
    Wrong(
        answer=halved(slice(1, 4)),
        cause="The last three blocks are halved. The gates are the first three, i, f and o.",
    ),
    Wrong(
        answer=_three_columns,
        cause="Three columns are halved. Each block has H columns, so it is 3 * H of them.",
    ),
    Wrong(
        answer=halved(by=0.25),
        cause="The gates' columns are quartered. The ½ before the bracket comes later, in the "
        "cell; W and b are halved.",
    ),
    Wrong(
        answer=lambda W, b: (W + 0, halved()(W, b)[1]),
        cause="b is right; W is not halved. a / 2 means that every part of the sum is halved.",
    ),
    Wrong(  # 25
        answer=_b_in_place,
        cause="The numbers are right, and W is copied. b is changed in place: copy it as well.",
    ),
    Wrong(
        answer=halved(of_b=False),
        cause="W is right; b is not halved. a / 2 means that every part of the sum is halved.",
    ),
    Wrong(
        answer=halved(by=2.0),
        cause="The gates' columns are doubled. σ(a) = ½ (1 + tanh(a / 2)): halve them.",
    ),
    Wrong(
        answer=_rows_halved,
        cause="Rows of W are halved. A block is a group of columns: W[:, :3 * H].",
    ),
    Wrong(  # 25
        answer=_halved_in_place,
        cause="The numbers are right, but W and b are changed in place. After a second call "
        "the gates are quartered. Work on a copy.",
    ),
    Wrong(
        answer=_halved_through_a_view,
        cause="The numbers are right, but a slice of W is a view: changing it changes W itself. "
        "Copy W first.",
    ),
    Wrong(
        answer=halved(slice(3, 4), by=2.0),
        cause="The candidate's block is doubled. tanh(a) and tanh(a / 2) are asked for, so the "
        "gates' blocks are halved and the candidate's stays.",
    ),
    Wrong(
        answer=lambda W, b: (halved()(W, b)[0], b / 2),
        cause="W is right. b is halved in all four blocks; the candidate's stays, as in W.",
    ),
    Wrong(
        answer=lambda W, b: (W / 2, halved()(W, b)[1]),
        cause="b is right. W is halved in all four blocks; the candidate's stays, as in b.",
    ),
    Wrong(
        answer=lambda W, b: (W + 0, b + 0),
        cause="Nothing is halved: both arrays come back as they were.",
        look="Does your line write into the copy that you return?",
    ),
)

EXERCISES = (
    WriteFunction(
        id="halve-the-gates",
        notebook=NOTEBOOK,
        asks_for=("halve_gates",),
        points=3,
        minutes=7,
        answer=halved(),
        example=Case(
            inputs={"W": np.array([[2.0, 4, 6, 8], [1, 1, 1, 1]]), "b": np.array([1.0, 2, 3, 4])},
            label="H = 1, D = 1",
        ),
        draw=lambda rng: [
            Case(
                inputs={
                    "W": rng.normal(0, 1, (H + D, 4 * H)),
                    "b": rng.normal(0, 1, 4 * H),
                },
                label=f"H = {H}, D = {D}",
            )
            for H, D in ((3, 2), (2, 9))
        ],
        returns=("W", "b"),
        hints=(
            "σ(a) = ½ (1 + tanh(a / 2)), and a is z_t W + b. Halving W and b halves a.",
            "Only the gates need a / 2: the first 3H columns. H is a quarter of the length of b.",
            "Make a copy of W and of b, then multiply the first 3H columns of the copies by 0.5.",
        ),
        look="For the example the first three columns are halved and the last one stays.",
        passed="One tanh now serves all four blocks; ½ + ½ times the first three gives the gates.",
        wrong=HALF_MISTAKES,
    ),
)
