"""What the options of a framework's layer mean."""

import numpy as np
from numpy.typing import NDArray

from ..model import Predict, Wrong

NOTEBOOK = "15-to-pytorch-and-beyond"


_LAYERS = {
    32: "The first number counts layers, here one; N stands second.",
    50: "The first number counts layers, here one. No axis counts the steps: the last h is left.",
    2: "h and c come back as two arrays. The first number counts layers, here one.",
}
_BATCH = {
    50: "The 50 is the number of steps; only the last h is left.",
    1: "The second number is N: there are 32 sequences.",
    20: "The second number is N: there are 32 sequences.",
}
_SIZES = {
    10: "10 is input_size, D. A hidden state has hidden_size numbers.",
    30: "h_n is no joined vector [h, x]: it has hidden_size numbers.",
    80: "Four blocks make one h: it has hidden_size numbers.",
    40: "One direction is asked for: hidden_size numbers.",
}
_WHOLE = {
    (32, 1, 20): "batch_first moves N to the front in input and output, not in the states.",
    (32, 50, 20): "This is the shape of the output: one h for each step. h_n is the last one.",
    (50, 32, 20): "This is the output of a layer without batch_first.",
}


def _explain_state(shape: NDArray) -> str:
    """Say what the whole shape is, or what each of its numbers would count."""
    numbers = tuple(shape.tolist())
    if numbers in _WHOLE:
        return _WHOLE[numbers]
    if sorted(numbers) == [1, 20, 32]:
        return "The three numbers are right, their order is not: layers, sequences, H."
    known = zip((_LAYERS, _BATCH, _SIZES), numbers, (1, 32, 20), strict=True)
    return " ".join([about[n] for about, n, right in known if n != right and n in about][:2])


EXERCISES = (
    Predict(
        id="batch-first",
        notebook=NOTEBOOK,
        asks_for=("h_n_shape",),
        points=1,
        minutes=3,
        answer=(1, 32, 20),
        within=0,
        hints=(
            "How many states are left after the last step, for how many sequences, of what size?",
            "batch_first changes the order of input and output. Does it change the state's?",
            "The first number counts layers, the last is H.",
        ),
        look="Read the table in the lesson once more.",
        passed="You read what the manual says, not what the option's name suggests.",
        explain=_explain_state,
        wrong=tuple(
            Wrong(answer=shape, cause=_explain_state(np.array(shape)))
            for shape in (*_WHOLE, (1, 50, 20), (1, 32, 10), (1, 20, 32), (50, 32, 10))
        ),
    ),
    Predict(
        id="units",
        notebook=NOTEBOOK,
        asks_for=("statement",),
        points=1,
        minutes=3,
        answer="b",
        choices="abcd",
        hints=(
            "Which of T, N, D, H is `units`?",
            "Does any weight's shape contain the number of steps?",
            "Without return_sequences, one h per sequence comes out.",
        ),
        look="Write down the shapes of kernel and recurrent_kernel.",
        passed="The number of steps is in no weight: the same cell is used at each step.",
        wrong=(
            Wrong(  # 59
                answer="a",
                cause="units is not the number of time steps. It is H, the numbers in h.",
            ),
            Wrong(
                answer="c",
                cause="This would be right with return_sequences=True. Without it, only the last "
                "h comes out.",
            ),
            Wrong(
                answer="d",
                cause="The layer keeps H = 50 numbers per sequence, whatever D is; 8 is only the "
                "height of kernel.",
            ),
        ),
    ),
)
