"""PyTorch's two biases."""

import numpy as np
from numpy.typing import NDArray

from ..model import Finding, SetValues, Wrong

NOTEBOOK = "15-to-pytorch-and-beyond"


def _judge_biases(bias_ih: NDArray, bias_hh: NDArray) -> Finding | None:
    """Add the two as PyTorch does and look at the four blocks."""
    total = bias_ih + bias_hh
    i, f, g, o = np.split(total, 4)
    got = f"b_i = {i.round(2)}, b_f = {f.round(2)}, b_g = {g.round(2)}, b_o = {o.round(2)}"
    expected = "b_f = 1 for both units, and 0 in the other blocks"
    if np.allclose(f, 1, atol=0.005) and np.allclose([i, g, o], 0, atol=0.005):
        return None
    ones = [k for k, block in enumerate((i, f, g, o)) if np.allclose(block, 1, atol=0.005)]
    only = (
        np.isclose(total, 1, atol=0.005).sum() == 2 and np.isclose(total, 0, atol=0.005).sum() == 6
    )
    if np.allclose(bias_ih, bias_hh) and np.allclose(f, 2, atol=0.005):
        cause = "PyTorch adds the two biases: 1 and 1 make b_f = 2."
    elif np.allclose(f, 1, atol=0.005):
        cause = "b_f is right. Another block is not 0: look at all eight sums."
    elif only and len(ones) == 1:
        cause = f"This is {_BLOCKS[ones[0]]}. f is the second."
    elif np.allclose(f[0], f[1], atol=0.005):
        cause = f"b_f is {f[0]:.3g} for both units. The order is i, f, g, o."
    else:
        cause = "b_f is not 1. The order is i, f, g, o, with two numbers in each block."
    return Finding(cause=cause, got=got, expected=expected)


_BLOCKS = {
    0: "the first block, the input gate",
    2: "the third block, the candidate",
    3: "the fourth block, the output gate",
}


EXERCISES = (
    SetValues(
        id="two-biases",
        notebook=NOTEBOOK,
        asks_for=("bias_ih", "bias_hh"),
        points=1,
        minutes=5,
        shapes=((8,), (8,)),
        judge=_judge_biases,
        right=(
            ([0, 0, 1, 1, 0, 0, 0, 0], [0] * 8),
            ([0] * 8, [0, 0, 1, 1, 0, 0, 0, 0]),
            ([0, 0, 0.5, 0.5, 0, 0, 0, 0], [0, 0, 0.5, 0.5, 0, 0, 0, 0]),
            ([1, 0, 2, 1, 3, 0, 0, -1], [-1, 0, -1, 0, -3, 0, 0, 1]),
        ),
        hints=(
            "For H = 2 each bias has 8 numbers: two for each block, in the order i, f, g, o.",
            "The forget block is numbers 3 and 4. The cell gets the sum of both arrays there.",
            "One of the two arrays may be all zeros.",
        ),
        look="Add both arrays with a pencil.",
        passed="b_f is 1 and nothing else has changed. Many scripts set both and report 1.",
        wrong=(
            Wrong(  # 57
                answer=([0, 0, 1, 1, 0, 0, 0, 0], [0, 0, 1, 1, 0, 0, 0, 0]),
                cause="PyTorch adds the two biases: 1 and 1 make b_f = 2.",
            ),
            Wrong(
                answer=([1] * 8, [0] * 8),
                cause="This sets all four blocks to 1; asked is the forget block alone.",
            ),
            Wrong(
                answer=([0.5] * 8, [0.5] * 8),
                cause="This sets all four blocks to 1; asked is the forget block alone.",
            ),
            Wrong(
                answer=([0, 1, 0, 0, 0, 0, 0, 0], [0] * 8),
                cause="Your 1 is the input gate of unit 2. Each block has H = 2 numbers: "
                "the forget block is numbers 3 and 4.",
            ),
            Wrong(
                answer=([0, 1, 0, 0, 0, 1, 0, 0], [0] * 8),
                cause="The 1s stand where b_f would be if the numbers went unit by unit. The "
                "blocks come first: i of both units, then f of both units.",
            ),
            *(
                Wrong(  # 56
                    answer=(np.repeat(np.arange(4) == k, 2).astype(float), [0] * 8),
                    cause=f"This is {name}. f is the second.",
                )
                for k, name in _BLOCKS.items()
            ),
        ),
    ),
)
