"""Back through the products of equations 5 and 6.

Numbers in comments are those of the course's list of wrong answers.
"""

import numpy as np

from ... import running_example as ex
from ..model import Case, WriteFunction, Wrong
from .backward import to_gates
from .inputs import DC, DH, NOTEBOOK, STEP, draw

LACKS_FORGET_GATE = Wrong(  # 45
    answer=lambda dh, dc, p, i, f, g, c: (dc * g, dc * p, dh * np.tanh(c), dc * i, dc + 0),
    cause="dc_prev lacks f_t: in equation 5 c_{t-1} is multiplied by it.",
)
GATE_MISTAKES = (
    Wrong(  # 46
        answer=lambda dh, dc, p, i, f, g, c: (dc * g, dc * p, dc * np.tanh(c), dc * i, dc * f),
        cause="do_t comes from dc_t. The output gate has no part in c_t: it acts on h_t, so "
        "do_t starts from dh_t.",
    ),
    LACKS_FORGET_GATE,
    Wrong(
        answer=lambda dh, dc, p, i, f, g, c: (dc * i, dc * p, dh * np.tanh(c), dc * g, dc * f),
        cause="di_t and dc_tilde have changed places: the partner of i_t is c̃_t, and the "
        "derivative of a product for one factor is the other.",
    ),
    Wrong(
        answer=lambda dh, dc, p, i, f, g, c: (dc * g, dc * f, dh * np.tanh(c), dc * i, dc * p),
        cause="df_t and dc_prev have changed places: the partner of f_t is c_{t-1}.",
    ),
    Wrong(
        answer=lambda dh, dc, p, i, f, g, c: (dc * g, dc * c, dh * np.tanh(c), dc * i, dc * f),
        cause="df_t is taken from c_t. f_t multiplies the memory of the step before, c_prev.",
    ),
    Wrong(
        answer=lambda dh, dc, p, i, f, g, c: (dc * g, dc * p, dh * c, dc * i, dc * f),
        cause="do_t lacks its tanh: the partner of o_t in equation 6 is tanh(c_t).",
    ),
    Wrong(
        answer=lambda dh, dc, p, i, f, g, c: (dc * g, dc * p, dh + 0, dc * i, dc * f),
        cause="do_t is dh_t alone. In equation 6 o_t multiplies tanh(c_t), so this is the factor.",
    ),
    Wrong(
        answer=lambda dh, dc, p, i, f, g, c: (
            dc * g,
            dc * p,
            dh * np.tanh(c),
            dc * (1 - i),
            dc * f,
        ),
        cause="dc_tilde has 1 - i_t. Equation 5 writes i_t ⊙ c̃_t.",
    ),
    Wrong(
        answer=lambda dh, dc, p, i, f, g, c: (dc * p, dc * g, dh * np.tanh(c), dc * i, dc * f),
        cause="df_t stands before di_t: the first two results have changed places. The order is "
        "i, f, o, c̃, as in the stacked W.",
        look="Compare your return line with the order asked for.",
    ),
    Wrong(
        answer=lambda dh, dc, p, i, f, g, c: (
            dc * g,
            dc * p,
            dh * (1 - np.tanh(c) ** 2),
            dc * i,
            dc * f,
        ),
        cause="do_t has the slope of tanh. o_t is not inside the tanh; it multiplies tanh(c_t), "
        "and this partner is the factor.",
    ),
    Wrong(
        answer=lambda dh, dc, p, i, f, g, c: (dh * g, dh * p, dh * np.tanh(c), dh * i, dh * f),
        cause="All five start from dh_t. Only o_t acts on h_t directly; the other four act on "
        "c_t and start from dc_t.",
    ),
    Wrong(
        answer=lambda dh, dc, p, i, f, g, c: (
            dc * np.tanh(g),
            dc * p,
            dh * np.tanh(c),
            dc * i,
            dc * f,
        ),
        cause="di_t has tanh(c̃_t). c̃_t has been through tanh: it is the partner as it stands.",
    ),
)
_WITH_SLOPES = Wrong(
    answer=lambda dh, dc, p, i, f, g, c: (
        dc * g * i * (1 - i),
        dc * p * f * (1 - f),
        dh * np.tanh(c),
        dc * i * (1 - g**2),
        dc * f,
    ),
    cause="σ′ and tanh′ are in here already. Asked are the gradients at the gates and the "
    "candidate; the sums before σ and tanh come in the next exercise.",
)

EXERCISE = WriteFunction(
    id="back-to-gates",
    notebook=NOTEBOOK,
    asks_for=("back_to_gates",),
    points=2,
    minutes=5,
    answer=to_gates,
    example=Case(
        inputs={
            "dh_t": DH,
            "dc_t": DC.round(2),
            "c_prev": ex.c_prev,
            "i_t": STEP.i_t.round(2),
            "f_t": STEP.f_t.round(2),
            "c_tilde": STEP.c_tilde.round(2),
            "c_t": STEP.c_t.round(2),
        },
        label="",
    ),
    draw=draw("dh_t", "dc_t", "c_prev", "i_t", "f_t", "c_tilde", "c_t"),
    returns=("di_t", "df_t", "do_t", "dc_tilde", "dc_prev"),
    hints=(
        "Each of the five stands in one product of equation 5 or 6. Which one?",
        "The derivative of a product for one factor is the other factor.",
        "Four of them start from dc_t, because they act on c_t. One acts on h_t.",
    ),
    look="Write equations 5 and 6 down and underline the partner of each factor.",
    passed="Five gradients, five products, no weight yet. Set f_t to 1: what becomes of dc_prev?",
    wrong=(*GATE_MISTAKES, _WITH_SLOPES),
)
