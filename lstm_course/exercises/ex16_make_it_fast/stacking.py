"""Four arrays into one."""

import numpy as np

from ... import running_example as ex
from ..model import Case, WriteFunction
from ..slips import Instead

NOTEBOOK = "16-make-it-fast"

PARTS = [f"{array}_{k}" for array in "Wb" for k in "ifoc"]


def _parts(rng: np.random.Generator, D: int, H: int) -> dict[str, np.ndarray]:
    shapes = {name: (H + D, H) if name[0] == "W" else (H,) for name in PARTS}
    return {name: rng.normal(0, 1, shape) for name, shape in shapes.items()}


def stack_params(W_i, W_f, W_o, W_c, b_i, b_f, b_o, b_c):
    """Return W and b from their eight parts."""
    W = np.concatenate([W_i, W_f, W_o, W_c], axis=1)
    b = np.concatenate([b_i, b_f, b_o, b_c])
    return W, b


EXERCISES = (
    WriteFunction(
        id="stack-params",
        notebook=NOTEBOOK,
        asks_for=("stack_params",),
        points=2,
        minutes=5,
        answer=stack_params,
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
        instead=(
            Instead(
                "W",
                "np.concatenate([W_i, W_f, W_o, W_c])",
                "The four W are joined one below the other. They share their rows, so they stand "
                "side by side: axis=1.",
                "One product z_t @ W needs W with H + D rows and 4H columns.",
            ),
            Instead(
                "return",
                "np.stack([W_i, W_f, W_o, W_c]), np.stack([b_i, b_f, b_o, b_c])",
                "np.stack makes a new axis. Four matrices side by side are one wide matrix: "
                "np.concatenate along axis 1.",
            ),
            Instead(
                "b",
                "np.stack([b_i, b_f, b_o, b_c])",
                "b has shape (4, H). It is added to rows of 4H numbers, so it is one row, (4H,).",
            ),
            Instead(
                "return",
                "np.stack([W_i, W_f, W_o, W_c], axis=-1).reshape(len(W_i), -1), np.stack([b_i, "
                "b_f, b_o, b_c], axis=-1).ravel()",
                "The columns of the four blocks alternate. A block keeps its H columns together, "
                "so that one slice takes it out again.",
            ),
            Instead(
                "W",
                "np.stack([W_i, W_f, W_o, W_c]).reshape(len(W_i), -1)",
                "reshape gives W the right shape and the wrong places: it reads on row by row. "
                "np.concatenate along axis 1 puts them side by side.",
            ),
        ),
    ),
)
