"""A file that does not say in which order its blocks stand."""

import numpy as np
from numpy.typing import NDArray

from ..model import Predict, Wrong

NOTEBOOK = "15-to-pytorch-and-beyond"
PLACES = (2, 0, 3, 1)  # of i, f, o and c; tests/networks/test_convert.py finds them in the file
_KNOWN = {
    (0, 1, 2, 3): "This is the order of this course. The file has another: compare the outputs.",
    (0, 1, 3, 2): "This is the order of PyTorch and Keras. The file has another.",
    (0, 2, 1, 3): "This is the order of ONNX. The file has another.",
    (
        1,
        3,
        0,
        2,
    ): "This says which block stands at each place. Asked is the place of each block: of "
    "i, f, o and c.",
    (3, 1, 4, 2): "The places are counted from 1. Asked is 0 to 3.",
    (
        2,
        3,
        0,
        1,
    ): "This is the order of the lesson's file, o, c, i, f. The exercise has another file.",
}


def _explain_places(numbers: NDArray) -> str:
    """Say what these places are, or that they are no places."""
    places = tuple(int(n) for n in numbers)
    if places in _KNOWN:
        return _KNOWN[places]
    if sorted(places) != [0, 1, 2, 3]:
        return "Four blocks stand at four places: each of 0, 1, 2 and 3 comes once."
    right = sum(np.equal(places, PLACES))
    return f"Of the four places {right} fit. Which order gives the outputs to 1e-6?"


EXERCISES = (
    Predict(
        id="foreign-file",
        notebook=NOTEBOOK,
        asks_for=("places",),
        points=2,
        minutes=8,
        answer=PLACES,
        within=0,
        hints=(
            "permutations(range(4)) gives all 24 ways to choose the places of i, f, o and c.",
            "For each: put the blocks of W and of b in that order, run lstm_forward, compare hs.",
            "The right one is off by less than 1e-6, with one of p, q and p + q.",
        ),
        look="Print the smallest difference for p, for q and for p + q.",
        passed="Outputs told what the file did not: the order, and that q alone is the bias.",
        explain=_explain_places,
        wrong=tuple(
            Wrong(answer=places, cause=_explain_places(np.array(places)))
            for places in (*_KNOWN, (1, 0, 3, 2), (0, 2, 3, 1), (1, 1, 0, 0))
        ),
    ),
)
