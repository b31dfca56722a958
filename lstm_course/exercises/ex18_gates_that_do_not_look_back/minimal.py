"""One step of a minLSTM."""

import numpy as np

from ...equations import sigmoid
from ..model import Case, WriteFunction
from ..slips import Instead

NOTEBOOK = "18-gates-that-do-not-look-back"


def minlstm_step(h_prev, x_t, W_i, b_i, W_f, b_f, W_h, b_h):
    """Return h_t (equations 18.3 and 18.4)."""
    i_t = sigmoid(x_t @ W_i + b_i)
    f_t = sigmoid(x_t @ W_f + b_f)
    h_tilde = x_t @ W_h + b_h
    total = f_t + i_t
    h_t = f_t / total * h_prev + i_t / total * h_tilde
    return h_t


def _case(rng: np.random.Generator, batch: tuple, D: int, H: int, label: str) -> Case:
    weights = {}
    for block in "ifh":
        weights[f"W_{block}"] = rng.normal(0, 1, (D, H))
        weights[f"b_{block}"] = rng.normal(0, 1, H)
    inputs = {"h_prev": rng.normal(0, 1.5, (*batch, H)), "x_t": rng.normal(0, 1, (*batch, D))}
    return Case(inputs=inputs | weights, label=label)


EXERCISES = (
    WriteFunction(
        id="minlstm-step",
        notebook=NOTEBOOK,
        asks_for=("minlstm_step",),
        points=2,
        minutes=6,
        answer=minlstm_step,
        example=Case(
            inputs={
                "h_prev": np.array([0.5, -1.0]),
                "x_t": np.array([1.0, 2.0, 0.0]),
                "W_i": np.array([[1.0, 0.0], [0.0, -1.0], [0.0, 0.0]]),
                "b_i": np.array([0.0, 0.5]),
                "W_f": np.array([[0.0, 1.0], [0.5, 0.0], [1.0, 0.0]]),
                "b_f": np.array([1.0, 0.0]),
                "W_h": np.array([[2.0, 0.0], [0.0, 1.0], [0.0, 0.0]]),
                "b_h": np.array([-1.0, 0.5]),
            },
            label="D = 3, H = 2",
            shown=("h_prev", "x_t"),
            note="weights of the exercise's own",
        ),
        draw=lambda rng: [
            _case(rng, (), 3, 2, "one vector, D = 3, H = 2"),
            _case(rng, (4,), 2, 3, "a batch of 4, D = 2, H = 3"),
        ],
        returns=("h_t",),
        hints=(
            "Both gates are equations 1 and 2 without h: x_t alone, W of shape (D, H).",
            "The candidate has no tanh: it is x_t W_h + b_h as it stands.",
            "Divide both gates by their sum; then keep and write with the two shares.",
        ),
        look="The two shares add up to 1. With a large b_i nothing of h_prev is left.",
        passed="A whole LSTM step without h in a gate. Run it over a sequence and compare with a "
        "scan.",
        instead=(
            Instead(
                "h_t",
                "f_t * h_prev + i_t * h_tilde",
                "The gates are not divided by their sum (equation 18.4).",
            ),
            Instead(
                "h_t",
                "f_t / total * h_prev + i_t * h_tilde",
                "The forget gate is divided by the sum, the input gate is not.",
            ),
            Instead(
                "h_t",
                "f_t * h_prev + i_t / total * h_tilde",
                "The input gate is divided by the sum, the forget gate is not.",
            ),
            Instead(
                "h_tilde",
                "np.tanh(x_t @ W_h + b_h)",
                "tanh is taken of the candidate. In a minLSTM it has none: the shares keep h in "
                "bounds.",
            ),
            Instead(
                "h_t",
                "i_t / total * h_prev + f_t / total * h_tilde",
                "The shares have changed places: f keeps h_prev, i writes the candidate.",
            ),
            Instead(
                "h_t",
                "np.tanh(f_t / total * h_prev + i_t / total * h_tilde)",
                "tanh is taken of the memory. In a minLSTM h_t is the memory itself.",
            ),
            Instead(
                "h_t",
                "f_t * h_prev + (1 - f_t) * h_tilde",
                "The input gate plays no part: 1 - f is the minGRU. Here both gates are divided "
                "by their sum.",
            ),
            Instead(
                "total",
                "(f_t + i_t).sum(axis=-1, keepdims=True)",
                "The sum runs over the units. Each unit has its own two shares: f_t + i_t.",
            ),
        ),
    ),
)
