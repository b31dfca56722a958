"""Back to the weights, to h and to x."""

import numpy as np

from ..model import Case, WriteFunction
from ..slips import Instead
from .backward import back_to_weights
from .inputs import NOTEBOOK, step_inputs

# the whole step returns these two in another order, and its example has a batch of 1


def _weight_case(rng: np.random.Generator, N: int, D: int, H: int, label: str) -> Case:
    inputs = step_inputs(rng, N, D, H)
    da = {"da": rng.normal(0, 1, (N, 4 * H))}
    return Case(inputs=da | {k: inputs[k] for k in ("h_prev", "x_t", "W")}, label=label)


WEIGHT_MISTAKES = (
    Instead(
        "dh_prev",
        "dz_t[:, : x_t.shape[-1]]",
        "dz is cut after D columns for dh_prev. z_t = [h_prev, x_t]: the first H columns belong "
        "to h.",
    ),
)

EXERCISE = WriteFunction(
    id="back-to-weights",
    notebook=NOTEBOOK,
    asks_for=("back_to_weights",),
    points=2,
    minutes=7,
    answer=back_to_weights,
    example=Case(
        inputs={
            "da": np.array([[1.0, 0, 2, 0], [0, 1, 0, -1]]),
            "h_prev": np.array([[0.5], [-0.5]]),
            "x_t": np.array([[1.0, 2.0], [0.0, 1.0]]),
            "W": np.array([[1.0, 0, 0, 2], [0, 1, 0, 0], [0, 0, 3, 1]]),
        },
        label="a batch of 2, H = 1, D = 2",
    ),
    draw=lambda rng: [
        _weight_case(rng, 7, 2, 3, "a batch of 7, H = 3, D = 2"),
        _weight_case(rng, 3, 5, 2, "a batch of 3, H = 2, D = 5"),
    ],
    returns=("dW", "db", "dh_prev", "dx_t"),
    hints=(
        "a = z_t W + b with z_t = [h_prev, x_t]. Every gradient has the shape of its array.",
        "dW has shape (H + D, 4H): z_t is (N, H + D), da is (N, 4H). Which product fits?",
        "dz_t is da times W turned over; its first H columns are dh_prev, the rest dx_t. "
        "db adds up the rows of da.",
    ),
    look="Write the shapes of z_t, da, W and each result side by side.",
    passed="The weights have their gradient, and dh_prev goes on to the step before.",
    instead=(
        *WEIGHT_MISTAKES,
        Instead(
            "return",
            "dW, db, dz_t[:, : x_t.shape[-1]], dz_t[:, x_t.shape[-1] :]",
            "dz is cut after D columns. z_t = [h_prev, x_t]: the first H columns belong to h, so "
            "the cut is at H.",
        ),
        Instead(
            "return",
            "dW, db, dz_t[:, x_t.shape[-1] :], dz_t[:, : x_t.shape[-1]]",
            "dz is cut as if x came first. z_t = [h_prev, x_t]: the first H columns belong to h, "
            "the other D to x.",
        ),
        Instead(
            "return",
            "join(x_t, h_prev).T @ da, db, dz_t[:, x_t.shape[-1] :], dz_t[:, : x_t.shape[-1]]",
            "x_t comes first, in your joined rows and where dz is cut. z_t = [h_prev, x_t]: the "
            "first H rows of W belong to h.",
        ),
        Instead(
            "return",
            "dW, db, dz_t[:H], dz_t[H:]",
            "dz[:H] cuts the batch. The parts of h and of x stand side by side in each row: dz[:, "
            ":H] and dz[:, H:].",
        ),
        Instead(
            "return",
            "dW / len(da), db / len(da), dh_prev, dx_t",
            "dW and db are means over the batch. A mean belongs into the loss; here rows add up.",
        ),
        Instead(
            "dW",
            "np.outer(z_t[-1], da[-1])",
            "dW comes from the last row alone. The outer products of all rows are added up: += "
            "and not =.",
        ),
        Instead(
            "dW",
            "np.outer(z_t, da)",
            "np.outer is for one vector. It lays a batch out as one long row; z_t.T @ da adds the "
            "outer products of all rows.",
        ),
    ),
)
