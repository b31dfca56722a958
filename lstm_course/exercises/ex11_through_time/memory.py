"""Back to the memory: the whole gradient at c_t.

Numbers in comments are those of the course's list of wrong answers.
"""

import numpy as np

from ..model import Case, WriteFunction, Wrong
from .backward import to_memory
from .inputs import DH, NOTEBOOK, STEP, draw

MEMORY_MISTAKES = (
    Wrong(  # 41
        answer=lambda dh, dc, o, c: dc + 0,
        cause="Only what comes back from the next step is there. c_t also acts through h_t "
        "(eq. 6), and that way adds dh_t ⊙ o_t ⊙ (1 - tanh²(c_t)).",
    ),
    Wrong(  # 42
        answer=lambda dh, dc, o, c: dh * o * (1 - np.tanh(c) ** 2),
        cause="dc_next is forgotten: c_t also goes into the next step. Two ways lead out of "
        "c_t, so two gradients are added.",
    ),
    Wrong(  # 43
        answer=lambda dh, dc, o, c: dc + dh * (1 - np.tanh(c) ** 2),
        cause="o_t is missing: in h_t = o_t ⊙ tanh(c_t) it multiplies, so it multiplies "
        "the gradient, too.",
    ),
    Wrong(  # 43
        answer=lambda dh, dc, o, c: dc + dh * o,
        cause="The derivative of tanh is missing: 1 - tanh²(c_t).",
    ),
    Wrong(  # 44
        answer=lambda dh, dc, o, c: dc + dh * o * (1 - np.tanh(c)) ** 2,
        cause="You wrote (1 - tanh(c_t))². The derivative is 1 - tanh²(c_t): square first.",
        look="Count the brackets around the square.",
    ),
    Wrong(
        answer=lambda dh, dc, o, c: dc + dh * o * (1 - c**2),
        cause="You wrote 1 - c_t². That is right for a value that tanh has already made; "
        "c_t goes into tanh, so take tanh(c_t) first.",
    ),
    Wrong(
        answer=lambda dh, dc, o, c: (dc + dh) * o * (1 - np.tanh(c) ** 2),
        cause="dc_next is multiplied by o_t and tanh′ as well. It is a gradient at c_t already: "
        "only dh_t has to come back through equation 6.",
    ),
    Wrong(
        answer=lambda dh, dc, o, c: dc * dh * o * (1 - np.tanh(c) ** 2),
        cause="The two ways are multiplied. What reaches one place on two ways is added.",
    ),
    Wrong(
        answer=lambda dh, dc, o, c: dc + dh * o * np.tanh(c),
        cause="dh_t ⊙ o_t is multiplied by tanh(c_t) itself. On the way back comes its slope, "
        "1 - tanh²(c_t).",
    ),
    Wrong(
        answer=lambda dh, dc, o, c: dc + dh * o * (1 - np.tanh(c)),
        cause="You wrote 1 - tanh(c_t). The derivative is 1 - tanh²(c_t): the square is missing.",
    ),
    Wrong(
        answer=lambda dh, dc, o, c: dc + dh * o * 1 - np.tanh(c) ** 2,
        cause="Without brackets tanh² is taken away from the whole sum. The factor is "
        "(1 - tanh²(c_t)), in brackets.",
    ),
    Wrong(
        answer=lambda dh, dc, o, c: dc + dh * o * (1 - o) * (1 - np.tanh(c) ** 2),
        cause="o_t (1 - o_t) is the slope of σ at the output gate. It belongs to the way to W_o; "
        "on the way to c_t the factor is o_t.",
    ),
    Wrong(
        answer=lambda dh, dc, o, c: dc + dh,
        cause="dh_t is added as it is. On its way from h_t to c_t it is multiplied by o_t and by "
        "tanh′ (eq. 6).",
    ),
)

EXERCISE = WriteFunction(
    id="back-to-memory",
    notebook=NOTEBOOK,
    asks_for=("back_to_memory",),
    points=2,
    minutes=5,
    answer=to_memory,
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
    wrong=MEMORY_MISTAKES,
)
