"""Four arrays into one.

Numbers in comments are those of the course's list of wrong answers.
"""

from collections.abc import Callable

import numpy as np

from ... import running_example as ex
from ..model import Case, WriteFunction, Wrong

NOTEBOOK = "16-make-it-fast"

PARTS = [f"{array}_{k}" for array in "Wb" for k in "ifoc"]


def stacked(order: str = "ifoc", axis: int = 1) -> Callable:
    """Return W and b from their eight parts, right or in another order."""

    def stack_params(W_i, W_f, W_o, W_c, b_i, b_f, b_o, b_c):  # noqa: ANN001, ANN202
        W = {"i": W_i, "f": W_f, "o": W_o, "c": W_c}
        b = {"i": b_i, "f": b_f, "o": b_o, "c": b_c}
        joined = np.concatenate([W[k] for k in order], axis=axis)
        return joined, np.concatenate([b[k] for k in order])

    return stack_params


def _interleaved(*parts):  # noqa: ANN002, ANN202
    W, b = np.stack(parts[:4], axis=-1), np.stack(parts[4:], axis=-1)
    return W.reshape(len(W), -1), b.ravel()


def _parts(rng: np.random.Generator, D: int, H: int) -> dict[str, np.ndarray]:
    shapes = {name: (H + D, H) if name[0] == "W" else (H,) for name in PARTS}
    return {name: rng.normal(0, 1, shape) for name, shape in shapes.items()}


STACK_MISTAKES = (
    Wrong(
        answer=stacked(axis=0),
        cause="The four W are joined one below the other. They share their rows, so they stand "
        "side by side: axis=1.",
        look="One product z_t @ W needs W with H + D rows and 4H columns.",
    ),
    Wrong(
        answer=lambda *p: (np.stack(p[:4]), np.stack(p[4:])),
        cause="np.stack makes a new axis. Four matrices side by side are one wide matrix: "
        "np.concatenate along axis 1.",
    ),
    Wrong(  # 56
        answer=stacked("ifco"),
        cause="The order is i, f, c, o: that of PyTorch and Keras. This course has i, f, o, c.",
    ),
    Wrong(  # 56
        answer=stacked("iofc"),
        cause="The order is i, o, f, c: that of ONNX. This course has i, f, o, c.",
    ),
    Wrong(
        answer=stacked("fioc"),
        cause="The input gate and the forget gate have changed places. The order is i, f, o, c.",
    ),
    Wrong(
        answer=_interleaved,
        cause="The columns of the four blocks alternate. A block keeps its H columns together, "
        "so that one slice takes it out again.",
    ),
    Wrong(
        answer=lambda *p: (stacked()(*p)[0], np.stack(p[4:])),
        cause="W is right; b has shape (4, H). It is added to rows of 4H numbers, so it is one "
        "row, (4H,).",
    ),
    Wrong(  # 56
        answer=lambda *p: (stacked()(*p)[0], stacked("ifco")(*p)[1]),
        cause="W is right; in b the last two blocks have changed places. The order is i, f, o, c "
        "in both.",
    ),
    Wrong(  # 56
        answer=lambda *p: (stacked("ifco")(*p)[0], stacked()(*p)[1]),
        cause="b is right; in W the last two blocks have changed places. The order is i, f, o, c "
        "in both.",
    ),
    Wrong(
        answer=lambda *p: (np.stack(p[:4]).reshape(len(p[0]), -1), stacked()(*p)[1]),
        cause="reshape gives W the right shape and the wrong places: it reads on row by row. "
        "np.concatenate along axis 1 puts them side by side.",
    ),
    Wrong(
        answer=lambda *p: stacked()(*p)[::-1],
        cause="The two results have changed places: W first, then b.",
    ),
)

EXERCISES = (
    WriteFunction(
        id="stack-params",
        notebook=NOTEBOOK,
        asks_for=("stack_params",),
        points=2,
        minutes=5,
        answer=stacked(),
        example=Case(
            inputs={name: getattr(ex, name) for name in PARTS},
            label="",
            note="the parts of the running example",
            shown=(),
        ),
        draw=lambda rng: [
            Case(inputs=_parts(rng, 2, 3), label="H = 3, D = 2"),
            Case(inputs=_parts(rng, 6, 4), label="H = 4, D = 6"),
        ],
        returns=("W", "b"),
        hints=(
            "All four W have the same rows: the numbers of h, then those of x.",
            "np.concatenate of the four W along axis 1, and of the four b.",
            "The shapes are (H + D, 4H) and (4H,), in the order i, f, o, c.",
        ),
        look="Print the shapes: (5, 2) four times becomes (5, 8).",
        passed="One array for four. Change W[0, 0] and look at W_i: is it still the same memory?",
        wrong=STACK_MISTAKES,
    ),
)
