"""One step backward, put together from its four parts."""

import numpy as np

from ... import running_example as ex
from ..model import Case, WriteFunction
from ..slips import Instead
from .backward import step_backward
from .inputs import DH, NOTEBOOK, STEP, step_inputs
from .memory import MEMORY_MISTAKES
from .products import PRODUCT_MISTAKES
from .weights import WEIGHT_MISTAKES

EXERCISE = WriteFunction(
    id="step-backward",
    notebook=NOTEBOOK,
    asks_for=("step_backward",),
    points=4,
    minutes=8,
    answer=step_backward,
    example=Case(
        inputs={
            "dh_t": DH[None],
            "dc_next": np.zeros((1, 2)),
            "x_t": ex.x_t[None],
            "h_prev": ex.h_prev[None],
            "c_prev": ex.c_prev[None],
            "i_t": STEP.i_t[None],
            "f_t": STEP.f_t[None],
            "o_t": STEP.o_t[None],
            "c_tilde": STEP.c_tilde[None],
            "c_t": STEP.c_t[None],
            "W": ex.params().W,
        },
        label="",
        note="the step of the lesson, a batch of 1",
        shown=("dh_t", "dc_next"),
    ),
    draw=lambda rng: [
        Case(inputs=step_inputs(rng, 7, 2, 3), label="a batch of 7, H = 3, D = 2"),
        Case(inputs=step_inputs(rng, 4, 5, 3), label="a batch of 4, H = 3, D = 5"),
    ],
    returns=("dW", "db", "dx_t", "dh_prev", "dc_prev"),
    hints=(
        "Call your four functions in the order in which you wrote them.",
        "First dc_t, then the five gradients at gates and candidate, then da, then weights.",
        "back_to_weights gives dh_prev before dx_t; here dx_t comes first.",
    ),
    look="Check each of the four parts alone first.",
    passed="You have written one step backward. Loop it, and the network can learn.",
    instead=(
        *MEMORY_MISTAKES,
        *PRODUCT_MISTAKES,
        *WEIGHT_MISTAKES,
        Instead(
            "dc_prev",
            "dc_t * f_t + dc_next",
            "dc_next is added to dc_prev once more. It is part of dc_t already, and comes back "
            "through f_t.",
        ),
        Instead(
            "dc_t",
            "dc_next + dh_t * o_t * (1 - np.tanh(c_prev) ** 2)",
            "The slope of tanh is taken at c_prev. Equation 6 has tanh(c_t).",
        ),
        Instead(
            "return",
            "dW, db, dh_prev, dx_t, dc_prev",
            "dh_prev and dx_t have changed places. back_to_weights gives dh_prev first; here dx_t "
            "comes first.",
            "Compare your return line with the order asked for.",
        ),
        Instead(
            "return",
            "dW, db, dz_t[:, x_t.shape[-1] :], dz_t[:, : x_t.shape[-1]], dc_prev",
            "dz is cut after D columns. z_t = [h_prev, x_t]: the first H columns belong to h, so "
            "the cut is at H.",
        ),
        Instead(
            "return",
            "dW, db, dz_t[:, : x_t.shape[-1]], dz_t[:, x_t.shape[-1] :], dc_prev",
            "dz is cut as if x came first. z_t = [h_prev, x_t]: the first H columns belong to h, "
            "the other D to x.",
        ),
        Instead(
            "return",
            "dW / len(da), db / len(da), dx_t, dh_prev, dc_prev",
            "dW and db are means over the batch. A mean belongs into the loss; here rows add up.",
        ),
        Instead(
            "dW",
            "np.outer(z_t, da)",
            "np.outer is for one vector. It lays a batch out as one long row; z_t.T @ da adds the "
            "outer products of all rows.",
        ),
    ),
    builds_on=("back-to-memory", "back-to-gates", "back-to-sums", "back-to-weights"),
)
