"""Back to the weights, to h and to x.

Numbers in comments are those of the course's list of wrong answers.
"""

from collections.abc import Callable

import numpy as np

from ..gates import join
from ..model import Case, WriteFunction, Wrong
from .backward import to_weights
from .inputs import NOTEBOOK, step_inputs


def _weights(
    dW: Callable = lambda z, da: z.T @ da,
    db: Callable = lambda da: da.sum(axis=0),
    dz: Callable = lambda da, W: da @ W.T,
    split: Callable = lambda dz, H, D: (dz[:, :H], dz[:, H:]),
    joined: Callable = join,
) -> Callable:
    """Return the last part of the step with one thing changed."""

    def weights(da, h, x, W):  # noqa: ANN001, ANN202
        return dW(joined(h, x), da), db(da), *split(dz(da, W), h.shape[-1], x.shape[-1])

    return weights


WEIGHT_MISTAKES = (
    Wrong(  # 51
        answer=_weights(db=lambda da: da + 0),
        cause="db is not summed over the batch: the same b serves every row, so the "
        "rows' gradients are added.",
    ),
    Wrong(
        answer=_weights(dW=lambda z, da: z.T @ da / len(da), db=lambda da: da.mean(axis=0)),
        cause="dW and db are means over the batch. A mean belongs into the loss; here rows add up.",
    ),
    Wrong(
        answer=_weights(db=lambda da: da.mean(axis=0)),
        cause="db is the mean over the batch. The rows of da are added up, as the product for dW "
        "adds them.",
    ),
    Wrong(
        answer=_weights(db=lambda da: da.sum(axis=1)),
        cause="db is summed along each row. b has one number per column of da, so the rows are "
        "added up: axis=0.",
    ),
    Wrong(  # 52
        answer=_weights(split=lambda dz, H, D: (dz[:, :D], dz[:, D:])),
        cause="dz is cut after D columns. z_t = [h_prev, x_t]: the first H columns belong to h, "
        "so the cut is at H.",
    ),
    Wrong(  # 17
        answer=_weights(
            joined=lambda h, x: join(x, h), split=lambda dz, H, D: (dz[:, D:], dz[:, :D])
        ),
        cause="x_t comes first, in your joined rows and where dz is cut. z_t = [h_prev, x_t]: "
        "the first H rows of W belong to h.",
    ),
    Wrong(  # 52
        answer=_weights(split=lambda dz, H, D: (dz[:, D:], dz[:, :D])),
        cause="dz is cut as if x came first. z_t = [h_prev, x_t]: the first H columns "
        "belong to h, the other D to x.",
    ),
    Wrong(
        answer=_weights(dW=lambda z, da: da.T @ z),
        cause="dW is transposed. It has the shape of W, (H + D, 4H): rows of z_t, columns of da.",
    ),
    Wrong(  # 17
        answer=_weights(joined=lambda h, x: join(x, h)),
        cause="x_t comes before h_prev in your joined rows, so the rows of dW stand in the "
        "wrong order.",
    ),
    Wrong(
        answer=_weights(dz=lambda da, W: da @ W),
        cause="W comes without .T. Forward it takes z to a; the way back is da @ W.T.",
    ),
    Wrong(
        answer=_weights(dz=lambda da, W: W @ da),
        cause="W @ da works for one vector alone. With a batch the rows are samples: da @ W.T.",
    ),
    Wrong(
        answer=_weights(dW=lambda z, da: z @ da),
        cause="z_t comes without .T. dW has the rows of W, so the product runs over the "
        "batch: z_t.T @ da.",
    ),
    Wrong(
        answer=_weights(dW=np.outer),
        cause="np.outer is for one vector. It lays a batch out as one long row; z_t.T @ da adds "
        "the outer products of all rows.",
    ),
)
# the whole step returns these two in another order, and its example has a batch of 1
SPLIT_MISTAKES = (
    Wrong(  # 52
        answer=_weights(split=lambda dz, H, D: (dz[:, H:], dz[:, :H])),
        cause="The two results have changed places: the first H columns of dz belong to h.",
    ),
    Wrong(
        answer=_weights(split=lambda dz, H, D: (dz[:H], dz[H:])),
        cause="dz[:H] cuts the batch. The parts of h and of x stand side by side in each row: "
        "dz[:, :H] and dz[:, H:].",
    ),
)


def _weight_case(rng: np.random.Generator, N: int, D: int, H: int, label: str) -> Case:
    inputs = step_inputs(rng, N, D, H)
    da = {"da": rng.normal(0, 1, (N, 4 * H))}
    return Case(inputs=da | {k: inputs[k] for k in ("h_prev", "x_t", "W")}, label=label)


EXERCISE = WriteFunction(
    id="back-to-weights",
    notebook=NOTEBOOK,
    asks_for=("back_to_weights",),
    points=2,
    minutes=7,
    answer=to_weights,
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
        _weight_case(rng, 5, 2, 3, "a batch of 5, H = 3, D = 2"),
        _weight_case(rng, 3, 4, 2, "a batch of 3, H = 2, D = 4"),
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
    wrong=(*WEIGHT_MISTAKES, *SPLIT_MISTAKES),
)
