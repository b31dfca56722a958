"""One step of a GRU."""

import numpy as np

from ...equations import sigmoid
from ..gates import join
from ..model import Case, WriteFunction
from ..slips import Instead

NOTEBOOK = "15-to-pytorch-and-beyond"


def _gru_case(rng: np.random.Generator, batch: tuple, H: int, D: int, label: str) -> Case:
    inputs = {"h_prev": rng.uniform(-1, 1, (*batch, H)), "x_t": rng.normal(size=(*batch, D))}
    for gate in "run":
        inputs[f"W_{gate}"] = rng.normal(size=(H + D, H))
        inputs[f"b_{gate}"] = rng.normal(size=H)
    return Case(inputs=inputs, label=label)


def _draw_gru(rng: np.random.Generator) -> list[Case]:
    sizes = (((), 3, 4, "one vector, H = 3, D = 4"), ((7,), 3, 2, "7 rows, H = 3, D = 2"))
    return [_gru_case(rng, *size) for size in sizes]


_EXAMPLE_GRU = Case(
    inputs={
        "h_prev": np.array([0.5]),
        "x_t": np.array([1.0]),
        "W_r": np.array([[0.0], [-2.0]]),
        "b_r": np.array([0.0]),
        "W_u": np.array([[0.0], [1.0]]),
        "b_u": np.array([1.0]),
        "W_n": np.array([[2.0], [-1.0]]),
        "b_n": np.array([0.5]),
    },
    label="",
)


def gru_step(h_prev, x_t, W_r, b_r, W_u, b_u, W_n, b_n):
    """Return h_t of a GRU (15.1 to 15.4)."""
    z_t = join(h_prev, x_t)
    r_t = sigmoid(z_t @ W_r + b_r)
    u_t = sigmoid(z_t @ W_u + b_u)
    seen = join(r_t * h_prev, x_t)
    n_t = np.tanh(seen @ W_n + b_n)
    h_t = u_t * h_prev + (1 - u_t) * n_t
    return h_t


EXERCISES = (
    WriteFunction(
        id="gru-step",
        notebook=NOTEBOOK,
        asks_for=("gru_step",),
        points=2,
        minutes=8,
        answer=gru_step,
        example=_EXAMPLE_GRU,
        draw=_draw_gru,
        returns=("h_t",),
        hints=(
            "Two gates first, both as in equation 1; then the candidate n_t; then the mean of old "
            "and new.",
            "n_t sees [r_t * h_prev, x_t]: only the part of h is multiplied by r_t.",
            "The last line is a weighted mean: u_t times the old h, and 1 - u_t times n_t.",
        ),
        look="With u_t = 1 the result must be h_prev. Is it?",
        passed="Four lines, and you have the LSTM's best-known rival. Set b_u = 10: what is h_t?",
        instead=(
            Instead(
                "n_t",
                "np.tanh(r_t * (h_prev @ W_n[: len(b_n)]) + x_t @ W_n[len(b_n) :] + b_n)",
                "r_t multiplies after the product, r_t * (h W). That is PyTorch's form, and "
                "another cell: equation 15.3 multiplies h_prev before the product.",
            ),
            Instead(
                "h_t",
                "(1 - u_t) * h_prev + u_t * n_t",
                "u_t and 1 - u_t have changed places. Here u = 1 keeps the old h. (Some papers "
                "write it that way.)",
            ),
            Instead(
                "h_t",
                "n_t",
                "This is the candidate n_t. The last line, equation 15.4, is missing.",
            ),
            Instead(
                "n_t",
                "np.tanh(r_t * (z_t @ W_n + b_n))",
                "The whole sum is multiplied by r_t, x_t's part and the bias, too. In equation "
                "15.3 r_t multiplies h_prev alone, before the product.",
                "With r_t = 0, n_t must still see x_t.",
            ),
            Instead(
                "n_t",
                "np.tanh(r_t * (z_t @ W_n) + b_n)",
                "The whole product is multiplied by r_t, x_t's part, too. In equation 15.3 r_t "
                "multiplies h_prev alone, before the product.",
                "With r_t = 0, n_t must still see x_t.",
            ),
            Instead(
                "h_t",
                "u_t * (r_t * h_prev) + (1 - u_t) * n_t",
                "The old h in the last line is multiplied by r_t. Only the candidate sees r_t * "
                "h_prev; u_t keeps h_prev itself.",
            ),
            Instead(
                "n_t",
                "np.tanh(join(h_prev, x_t) @ W_n + b_n)",
                "r_t is not used: the candidate sees r_t * h_prev.",
            ),
        ),
    ),
)
