"""Find the bugs in a cell without biases."""

import numpy as np

from ...equations import sigmoid
from ..gates import join
from ..model import Case, WriteFunction, Wrong
from ..slips import Instead
from .cell import step_case

NOTEBOOK = "10-the-whole-cell"


def cell_mended(x_t, h_prev, c_prev, W_i, W_f, W_o, W_c):
    """Return h_t and c_t of a cell without biases."""
    z_t = join(h_prev, x_t)
    i_t = sigmoid(z_t @ W_i)
    f_t = sigmoid(z_t @ W_f)
    c_tilde = np.tanh(z_t @ W_c)
    c_t = f_t * c_prev + i_t * c_tilde
    o_t = sigmoid(z_t @ W_o)
    h_t = o_t * np.tanh(c_t)
    return h_t, c_t


def cell_broken(x_t, h_prev, c_prev, W_i, W_f, W_o, W_c):
    """Return what the broken one of the notebook does."""
    z_t = np.stack([h_prev, x_t], axis=-1).reshape(*h_prev.shape[:-1], -1)
    i_t, f_t, o_t = (sigmoid(z_t @ W) for W in (W_i, W_f, W_o))
    c_t = f_t * c_prev + i_t * np.tanh(z_t @ W_c)
    return o_t * c_t, c_t


EXERCISES = (
    WriteFunction(
        id="broken-cell",
        notebook=NOTEBOOK,
        asks_for=("cell_mended",),
        kind="find the bug",
        points=3,
        minutes=7,
        answer=cell_mended,
        example=Case(
            inputs={
                "x_t": np.array([3.0, 4.0]),
                "h_prev": np.array([1.0, 2.0]),
                "c_prev": np.array([1.0, -1.0]),
            }
            | {f"W_{g}": 0.1 * np.array([[1.0, 0], [0, 2], [-1, 0], [0, 1]]) for g in "ifoc"},
            label="",
            shown=("x_t", "h_prev", "c_prev"),
            note="every W = [[0.1, 0], [0, 0.2], [-0.1, 0], [0, 0.1]]",
        ),
        draw=lambda rng: [
            step_case(rng, (), 3, 3, "one vector, D = H = 3", False),
            step_case(rng, (4,), 3, 3, "a batch of 4, D = H = 3", False),
            step_case(rng, (4,), 2, 3, "a batch of 4, D = 2, H = 3", False),
        ],
        returns=("h_t", "c_t"),
        hints=(
            "Print z_t for the h and x above. In which order do the four numbers stand?",
            "np.concatenate along the last axis gives [h, x]. No reshape is needed.",
            "Then compare the last line with equation 6.",
        ),
        look="z_t must be [1, 2, 3, 4] here. What is yours?",
        passed="Only a comparison with numbers finds this one: shapes, ranges and training all "
        "look normal.",
        instead=(
            Instead(
                "z_t",
                "np.stack([h_prev, x_t], axis=-1).reshape(*h_prev.shape[:-1], -1)",
                "z_t has h and x in turn: h1, x1, h2, x2. The equations have [h_prev, x_t].",
            ),
            Instead(
                "z_t",
                "np.stack([h_prev, x_t], axis=0).reshape(*h_prev.shape[:-1], -1)",
                "Right for one vector. With a batch the reshape reads all rows of h_prev before "
                "those of x_t, so that samples get mixed. np.concatenate with axis=-1 joins row "
                "by row.",
            ),
            Instead(
                "return",
                "h_t, np.tanh(c_t)",
                "h_t is right. The c_t that you return has been through tanh: return the memory "
                "itself.",
            ),
        ),
        wrong=(
            Wrong(
                answer=cell_broken,
                cause="This does the same as cell_broken: both bugs are still there.",
            ),
        ),
    ),
)
