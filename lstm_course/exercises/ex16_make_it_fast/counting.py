"""Count products, and tell a view from a copy."""

import numpy as np
from numpy.typing import NDArray

from ..model import Predict, Wrong

NOTEBOOK = "16-make-it-fast"

_TEXTBOOK = {
    12: "The first number is that of one step; there are 50.",
    4: "The first number is that of one step, forward alone. There are 50 steps, and a way back.",
    8: "The first number is that of one step, backward alone. There are 50, and forward as well.",
    200: "The first number is the forward pass alone, or one of two products backward.",
    400: "Either the forward pass is missing from the first number, or backward one of the two "
    "products: each gate has one for its dW and one for its share of dz.",
    450: "The first number has 9 a step. Forward there are 4; backward each of 4 blocks has two.",
    300: "The first number has 6 a step. Forward there are 4; backward each of 4 blocks has two.",
    500: "The first number has 10 a step. Forward there are 4; backward each of 4 blocks has two.",
}
_STACKED = {
    2: "The second number leaves the loop out: it takes one product a step, forward and backward.",
    3: "The second number counts each step's products once; there are 50 steps.",
    4: "The second number counts every product once. Two of the four stand in the loop, 50 times.",
    50: "The second number is one pass of two: forward and backward both keep one product a step.",
    51: "The second number keeps one product a step in one pass only, and there are two more "
    "outside of the loop.",
    52: "In the second number one pass keeps nothing in the loop. Forward h, backward dh need "
    "the step beside them: one product a step each.",
    100: "In the second number the loops are right. dW and dxs are missing: one product each.",
    101: "In the second number the loops are right. dW and dxs are one product each.",
    103: "In the second number one product is too many outside of the loop: dW and dxs are two.",
    104: "In the second number two products are too many outside of the loop: dW and dxs are two.",
    150: "In the second number 3 a step stay in the loop. dW and dxs need none: all rows of all "
    "steps go into one product each.",
    152: "In the second number 3 a step stay in the loop. Forward it keeps one, backward one.",
    200: "In the second number 4 a step stay in the loop. Forward it keeps one, backward one.",
}


def _explain_products(products: NDArray) -> str:
    """Say what each of the two counts leaves out, or counts too often."""
    textbook, stacked = products.tolist()
    if (textbook, stacked) == (102, 600):
        return "The two numbers have changed places: textbook first."
    said = [_TEXTBOOK.get(textbook, ""), _STACKED.get(stacked, "")]
    if not any(said):
        return ""
    if not said[0] and textbook != 600:
        said[0] = "The first number is not right."
    if not said[1] and stacked != 102:
        said[1] = "The second number is not right."
    return " ".join(filter(None, said))


EXERCISES = (
    Predict(
        id="count-products",
        notebook=NOTEBOOK,
        asks_for=("products",),
        points=2,
        minutes=6,
        answer=(600, 102),
        explain=_explain_products,
        hints=(
            "Textbook, one step: 4 products forward; backward 4 for dW and 4 for dz.",
            "Stacked, one step: which products need the step before or after? Those stay "
            "in the loop.",
            "Forward the loop keeps 1 a step. Backward it keeps 1 a step, for dh; dW and dxs "
            "are one product each for all steps together.",
        ),
        look="Count one step first, then multiply by 50 what is done at each step.",
        passed="A sixth of the calls for the same multiplications. Where the arrays are small, "
        "calls are what costs.",
        wrong=tuple(
            Wrong(answer=pair, cause=_explain_products(np.array(pair)))
            for pair in (
                (200, 50),
                (600, 150),
                (400, 102),
                (600, 100),
                (12, 102),
                (600, 52),
                (102, 600),
                (12, 2),
                (12, 3),
                (12, 4),
                (600, 4),
            )
        ),
    ),
    Predict(
        id="view-or-copy",
        notebook=NOTEBOOK,
        asks_for=("changed",),
        points=1,
        minutes=3,
        answer="b",
        choices="abcd",
        hints=(
            "Which of the three share memory with W? A slice does.",
            "A list of columns is no slice: NumPy has to collect the numbers into a new array.",
        ),
        look="Try np.shares_memory(W, part) for the three.",
        passed="A slice is a window, a list of columns is a photograph. LSTMParams hands out "
        "windows, so that training can change W_f in place.",
        wrong=(
            Wrong(
                answer="a",
                cause="third = third * 0 makes a new array and gives it the name `third`; "
                "W is not touched. Only *= works in place.",
            ),
            Wrong(
                answer="c",
                cause="W[:, [4, 5]] picks columns by a list, and that makes a copy.",
            ),
            Wrong(
                answer="d",
                cause="W[:, 2:4] is a slice, a view: changing it in place changes W.",
            ),
        ),
    ),
)
