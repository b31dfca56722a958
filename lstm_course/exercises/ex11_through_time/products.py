"""Back through the products of equations 5 and 6."""

from ... import running_example as ex
from ..model import Case, WriteFunction
from ..slips import Instead
from .backward import back_to_gates
from .inputs import DC, DH, NOTEBOOK, STEP, draw

PRODUCT_MISTAKES = (
    Instead(
        "do_t",
        "dc_t * np.tanh(c_t)",
        "do_t comes from dc_t. The output gate has no part in c_t: it acts on h_t, so do_t starts "
        "from dh_t.",
    ),
    Instead(
        "do_t",
        "dh_t * (1 - np.tanh(c_t) ** 2)",
        "do_t has the slope of tanh. o_t is not inside the tanh; it multiplies tanh(c_t), and "
        "this partner is the factor.",
    ),
    Instead(
        "dc_prev",
        "dc_t + 0",
        "dc_prev lacks f_t: in equation 5 c_prev is multiplied by it.",
    ),
    Instead(
        "df_t",
        "dc_t * c_t",
        "df_t is taken from c_t. f_t multiplies the memory of the step before, c_prev.",
    ),
    Instead(
        "di_t",
        "dc_t * np.tanh(c_tilde)",
        "di_t has tanh(c_tilde). c_tilde has been through tanh: it is the partner as it stands.",
    ),
)

EXERCISE = WriteFunction(
    id="back-to-gates",
    notebook=NOTEBOOK,
    asks_for=("back_to_gates",),
    points=2,
    minutes=5,
    answer=back_to_gates,
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
    instead=(
        *PRODUCT_MISTAKES,
        Instead(
            "return",
            "dc_t * i_t, dc_t * f_t, do_t, dc_tilde, dc_prev",
            "di_t has i_t itself and df_t has f_t itself. What multiplies the gradient of a factor "
            "is the other factor: c_tilde beside i_t, c_prev beside f_t.",
        ),
        Instead(
            "return",
            "dh_t * c_tilde, dh_t * c_prev, do_t, dh_t * i_t, dh_t * f_t",
            "All five start from dh_t. Only o_t acts on h_t directly; the other four act on c_t "
            "and start from dc_t.",
        ),
        Instead(
            "return",
            "di_t * i_t * (1 - i_t), df_t * f_t * (1 - f_t), do_t, dc_tilde * (1 - c_tilde**2), "
            "dc_prev",
            "σ′ and tanh′ are in here already. Asked are the gradients at the gates and the "
            "candidate; the sums before σ and tanh come in the next exercise.",
        ),
        Instead(
            "dc_tilde",
            "dc_t * i_t * (1 - c_tilde**2)",
            "dc_tilde has tanh′ already, 1 - c_tilde². Asked is the gradient at c_tilde; the sum "
            "before tanh comes in the next exercise.",
        ),
    ),
)
