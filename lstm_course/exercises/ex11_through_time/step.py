"""One step backward, put together from its four parts."""

import numpy as np

from ... import running_example as ex
from ..model import Case, WriteFunction, Wrong
from .backward import step_back, to_memory, whole_step
from .inputs import DH, NOTEBOOK, STEP, step_inputs
from .memory import MEMORY_MISTAKES
from .products import GATE_MISTAKES
from .sums import SUM_MISTAKES
from .weights import WEIGHT_MISTAKES


def _dh_prev_first(*inputs):  # noqa: ANN002, ANN202
    dW, db, dx, dh_prev, dc_prev = step_back()(*inputs)
    return dW, db, dh_prev, dx, dc_prev


def _slope_at_c_prev(*inputs):  # noqa: ANN002, ANN202
    def memory(dh, dc_next, o, c):  # noqa: ANN001, ANN202
        return to_memory(dh, dc_next, o, inputs[4])

    return step_back(memory=memory)(*inputs)


EXERCISE = WriteFunction(
    id="step-backward",
    notebook=NOTEBOOK,
    asks_for=("step_backward",),
    points=4,
    minutes=8,
    answer=step_back(),
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
        Case(inputs=step_inputs(rng, 5, 2, 3), label="a batch of 5, H = 3, D = 2"),
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
    wrong=(
        *whole_step(MEMORY_MISTAKES, "memory"),
        *whole_step(GATE_MISTAKES, "gates"),
        *whole_step(SUM_MISTAKES, "sums"),
        *whole_step(WEIGHT_MISTAKES, "weights"),
        Wrong(
            answer=_dh_prev_first,
            cause="dh_prev and dx_t have changed places. back_to_weights gives dh_prev first; "
            "here dx_t comes first.",
            look="Compare your return line with the order asked for.",
        ),
        Wrong(
            answer=_slope_at_c_prev,
            cause="The slope of tanh is taken at c_prev. Equation 6 has tanh(c_t).",
        ),
        Wrong(
            answer=lambda *a: (*step_back()(*a)[:4], step_back()(*a)[4] + a[1]),
            cause="dc_next is added to dc_prev once more. It is part of dc_t already, and "
            "comes back through f_t.",
        ),
    ),
)
