"""One step, written from the equations."""

import numpy as np

from ... import running_example as ex
from ...equations import sigmoid
from ..gates import join
from ..model import Case, WriteFunction
from .cell import step_case

NOTEBOOK = "10-the-whole-cell"


_EXAMPLE = Case(
    inputs={"x_t": ex.x_t, "h_prev": ex.h_prev, "c_prev": ex.c_prev}
    | {f"W_{g}": getattr(ex, f"W_{g}") for g in "ifoc"}
    | {f"b_{g}": getattr(ex, f"b_{g}") for g in "ifoc"},
    label="",
    shown=("x_t", "h_prev", "c_prev"),
    note="weights as in the lessons",
)


def lstm_step(x_t, h_prev, c_prev, W_i, W_f, W_o, W_c, b_i, b_f, b_o, b_c):
    """Return h_t and c_t (eqs. 1 to 6)."""
    z_t = join(h_prev, x_t)
    i_t = sigmoid(z_t @ W_i + b_i)
    f_t = sigmoid(z_t @ W_f + b_f)
    c_tilde = np.tanh(z_t @ W_c + b_c)
    c_t = f_t * c_prev + i_t * c_tilde
    o_t = sigmoid(z_t @ W_o + b_o)
    h_t = o_t * np.tanh(c_t)
    return h_t, c_t


EXERCISES = (
    WriteFunction(
        id="lstm-step",
        notebook=NOTEBOOK,
        asks_for=("lstm_step",),
        points=4,
        minutes=10,
        answer=lstm_step,
        example=_EXAMPLE,
        draw=lambda rng: [
            step_case(rng, (), 4, 3, "one vector, D = 4, H = 3", True),
            step_case(rng, (7,), 2, 3, "a batch of 7, D = 2, H = 3", True),
        ],
        returns=("h_t", "c_t"),
        hints=(
            "Seven lines: join, three gates, the candidate, equation 5, equation 6.",
            "The four blocks read the same z_t; they differ in W, b and in σ or tanh.",
            "Last comes h_t, from the new c_t. Return h_t first, then c_t.",
        ),
        look="Print i, f, o, c̃ and compare: [0.88, 0.27], [0.27, 0.88], [0.73, 0.27], "
        "[0.76, -0.76].",
        passed="You have written an LSTM. Run it over a sentence in a loop.",
    ),
)
