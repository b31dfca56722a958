"""What layers on top of each other, two directions and a projection do to shapes."""

from collections.abc import Callable

from numpy.typing import NDArray

from ..model import Predict, Wrong

NOTEBOOK = "15-to-pytorch-and-beyond"

_STACKED = {
    (3, 32, 20): "Both directions leave a state of their own: 3 layers times 2.",
    (2, 32, 20): "Each of the 3 layers leaves states, in both directions: 3 times 2.",
    (
        1,
        32,
        20,
    ): "One layer and one direction would leave this. Here are 3 layers and 2 directions.",
    (3, 32, 40): "The two directions stand side by side in the output, not in h_n: 3 times 2, 20.",
    (6, 32, 40): "The 6 counts both directions already: each row of h_n has 20 numbers.",
    (50, 32, 40): "This is the shape of the output: both directions side by side, at each step.",
    (
        50,
        32,
        20,
    ): "h_n has no axis for the steps: it is the last state, of each layer and direction.",
    (32, 6, 20): "Layers times directions come first, the sequences second.",
    (6, 50, 20): "The 50 is the number of steps; only the last h is left, for 32 sequences.",
    (6, 32, 10): "10 is input_size, D. A hidden state has hidden_size numbers.",
}
_PROJECTED = {
    (
        80,
        20,
    ): "Without proj_size it would be this. What the next step reads is h, and h has 5 numbers.",
    (20, 5): "20 is H. Four blocks stand below each other: 4H rows.",
    (5, 80): "PyTorch has the blocks along the rows: 4H first.",
    (80, 10): "10 is input_size: this is weight_ih_l0.",
    (20, 20): "Four blocks stand below each other, and h has 5 numbers.",
    (5, 20): "This is the projection itself, weight_hr_l0: from 20 numbers to 5.",
    (5, 5): "The gates have H = 20 numbers each, four blocks of them. Only h is projected.",
}


def _said(known: dict, order: str) -> Callable[[NDArray], str]:
    def explain(shape: NDArray) -> str:
        """Say what the shape is, if it is a known one."""
        numbers = tuple(int(n) for n in shape)
        return known.get(numbers, order if sorted(numbers) == sorted(_RIGHT[order]) else "")

    return explain


_ORDER_STACKED = "The three numbers are right, their order is not: layers · directions, N, H."
_ORDER_PROJECTED = "Both numbers are right, their order is not: the blocks stand along the rows."
_RIGHT = {_ORDER_STACKED: (6, 32, 20), _ORDER_PROJECTED: (80, 5)}

EXERCISES = (
    Predict(
        id="stacked-shape",
        notebook=NOTEBOOK,
        asks_for=("stacked_shape",),
        points=1,
        minutes=3,
        answer=(6, 32, 20),
        within=0,
        hints=(
            "Each layer leaves a last h, and each direction does.",
            "The first number is layers times directions; then sequences; then H.",
        ),
        look="Read the table of the three options in the lesson once more.",
        passed="Output and h_n put the two directions in different places. The output has (50, 32, "
        "40).",
        explain=_said(_STACKED, _ORDER_STACKED),
        wrong=tuple(Wrong(answer=shape, cause=cause) for shape, cause in _STACKED.items()),
    ),
    Predict(
        id="proj-size",
        notebook=NOTEBOOK,
        asks_for=("weight_hh_shape",),
        points=1,
        minutes=3,
        answer=(80, 5),
        within=0,
        hints=(
            "weight_hh reads the h of the step before. How many numbers has it here?",
            "Rows: four blocks of H. Columns: the numbers of h, after the projection.",
        ),
        look="Draw one step: where does h get its 5 numbers, and who reads them?",
        passed="c keeps 20 numbers, h has 5: with a projection the two are not of one size.",
        explain=_said(_PROJECTED, _ORDER_PROJECTED),
        wrong=tuple(Wrong(answer=shape, cause=cause) for shape, cause in _PROJECTED.items()),
    ),
)
