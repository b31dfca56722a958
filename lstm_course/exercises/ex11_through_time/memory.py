"""Back to the memory: the whole gradient at c_t."""

import numpy as np

from ..model import Case, WriteFunction
from ..slips import Instead
from .backward import back_to_memory
from .inputs import DH, NOTEBOOK, STEP, draw

MEMORY_MISTAKES = (
    Instead(
        "dc_t",
        "dc_next + 0",
        "Only what comes back from the next step is there. c_t also acts through h_t (eq. 6), and "
        "that way adds dh_t ⊙ o_t ⊙ (1 - tanh²(c_t)).",
    ),
    Instead(
        "dc_t",
        "(dc_next + dh_t) * o_t * (1 - np.tanh(c_t) ** 2)",
        "dc_next is multiplied by o_t and tanh′ as well. It is a gradient at c_t already: only "
        "dh_t has to come back through equation 6.",
    ),
    Instead(
        "dc_t",
        "dc_next + dh_t * o_t * (1 - o_t) * (1 - np.tanh(c_t) ** 2)",
        "o_t (1 - o_t) is the slope of σ at the output gate. It belongs to the way to W_o; on the "
        "way to c_t the factor is o_t.",
    ),
    Instead(
        "dc_t",
        "dc_next + dh_t",
        "dh_t is added as it is. On its way from h_t to c_t it is multiplied by o_t and by tanh′ "
        "(eq. 6).",
    ),
    Instead(
        "dc_t",
        "dc_next + dh_t * o_t",
        "The derivative of tanh is missing: 1 - tanh²(c_t).",
    ),
    Instead(
        "dc_t",
        "dc_next + dh_t * o_t * (1 - np.tanh(c_t)) ** 2",
        "dc_t has (1 - tanh(c_t))². The derivative is 1 - tanh²(c_t): square first.",
        "Count the brackets around the square.",
    ),
    Instead(
        "dc_t",
        "dc_next * dh_t * o_t * (1 - np.tanh(c_t) ** 2)",
        "The two ways are multiplied. What reaches one place on two ways is added.",
    ),
    Instead(
        "dc_t",
        "dc_next + dh_t * o_t * (1 - np.tanh(c_t))",
        "dc_t has 1 - tanh(c_t). The derivative is 1 - tanh²(c_t): the square is missing.",
    ),
)

EXERCISE = WriteFunction(
    id="back-to-memory",
    notebook=NOTEBOOK,
    asks_for=("back_to_memory",),
    points=2,
    minutes=5,
    answer=back_to_memory,
    example=Case(
        inputs={
            "dh_t": DH,
            "dc_next": np.array([0.5, -0.25]),
            "o_t": STEP.o_t.round(2),
            "c_t": STEP.c_t.round(2),
        },
        label="",
    ),
    draw=draw("dh_t", "dc_next", "o_t", "c_t"),
    returns=("dc_t",),
    hints=(
        "Count the wires that leave c_t in the diagram: one to the next step, one to tanh.",
        "Through tanh and ⊙ the factor is o_t (1 - tanh²(c_t)): the other factor of the "
        "product, and the slope of tanh.",
        "The result is a sum of two: what comes from the next step as it is, and dh_t times "
        "that factor.",
    ),
    look="Check unit 1 with a pencil: -1.71 · 0.73 · (1 - tanh²(0.40)) + 0.5.",
    passed="The first line of the way back. For which c_t does nearly nothing come through h?",
    instead=MEMORY_MISTAKES,
)
