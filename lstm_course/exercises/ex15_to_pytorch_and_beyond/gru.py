"""One step of a GRU.

Numbers in comments are those of the course's list of wrong answers.
"""

import numpy as np
from numpy.typing import NDArray

from ...equations import sigmoid
from ..model import Case, WriteFunction, Wrong

NOTEBOOK = "15-to-pytorch-and-beyond"


def _join(h: NDArray, x: NDArray) -> NDArray:
    return np.concatenate([h, x], axis=-1)


def _gru(
    h,
    x,
    W_r,
    b_r,
    W_u,
    b_u,
    W_n,
    b_n,
    *,
    mix=None,
    squash=np.tanh,
    inner=None,
    gate=sigmoid,
    joined=None,
) -> NDArray:
    """Take one step of a GRU; the other arguments replace a part each."""
    joined = joined or _join
    z = joined(h, x)
    r, u = gate(z @ W_r + b_r), gate(z @ W_u + b_u)
    a_n = inner(r, h, x, W_n, b_n) if inner else joined(r * h, x) @ W_n + b_n
    n = squash(a_n)
    return mix(r, u, h, n) if mix else u * h + (1 - u) * n


def _gru_with(**changes):
    return lambda *inputs: _gru(*inputs, **changes)


def _gru_biased(in_r: int, in_u: int, in_n: int):  # noqa: ANN202
    """Return the step with some biases left out."""
    return lambda h, x, W_r, b_r, W_u, b_u, W_n, b_n: _gru(
        h, x, W_r, in_r * b_r, W_u, in_u * b_u, W_n, in_n * b_n
    )


def _reset_after(r, h, x, W, b):
    H = h.shape[-1]
    return r * (h @ W[:H]) + x @ W[H:] + b


def _gru_case(rng: np.random.Generator, batch: tuple, H: int, D: int, label: str) -> Case:
    inputs = {"h_prev": rng.uniform(-1, 1, (*batch, H)), "x_t": rng.normal(size=(*batch, D))}
    for gate in "run":
        inputs[f"W_{gate}"] = rng.normal(size=(H + D, H))
        inputs[f"b_{gate}"] = rng.normal(size=H)
    return Case(inputs=inputs, label=label)


def _draw_gru(rng: np.random.Generator) -> list[Case]:
    sizes = (((), 3, 4, "one vector, H = 3, D = 4"), ((5,), 3, 2, "5 rows, H = 3, D = 2"))
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


EXERCISES = (
    WriteFunction(
        id="gru-step",
        notebook=NOTEBOOK,
        asks_for=("gru_step",),
        points=2,
        minutes=8,
        answer=_gru,
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
        wrong=(
            Wrong(
                answer=_gru_with(mix=lambda r, u, h, n: (1 - u) * h + u * n),
                cause="u_t and 1 - u_t have changed places. Here u = 1 keeps the old h. "
                "(Some papers write it your way.)",
            ),
            Wrong(
                answer=_gru_with(inner=lambda r, h, x, W, b: _join(h, x) @ W + b),
                cause="r_t is not used: the candidate sees r_t * h_prev.",
            ),
            Wrong(
                answer=_gru_with(inner=_reset_after),
                cause="You multiply by r_t after the product, r_t * (h W). That is PyTorch's form, "
                "and another cell: equation 15.3 multiplies h_prev before the product.",
            ),
            Wrong(
                answer=_gru_with(squash=sigmoid),  # 3
                cause="The candidate n_t goes through tanh, not σ: it is no gate.",
            ),
            Wrong(  # 2
                answer=lambda h, x, W_r, b_r, W_u, b_u, W_n, b_n: _gru(
                    h, x, W_u, b_u, W_r, b_r, W_n, b_n
                ),
                cause="The two gates are swapped: r_t belongs into the candidate, u_t into the "
                "last line.",
            ),
            Wrong(
                answer=_gru_with(mix=lambda r, u, h, n: u * h + n),
                cause="The candidate is added whole; it is multiplied by 1 - u_t.",
            ),
            Wrong(
                answer=_gru_with(mix=lambda r, u, h, n: u * (r * h) + (1 - u) * n),
                cause="The old h in the last line is multiplied by r_t. Only the candidate sees "
                "r_t * h_prev; u_t keeps h_prev itself.",
            ),
            Wrong(  # 17
                answer=_gru_with(inner=lambda r, h, x, W, b: _join(x, r * h) @ W + b),
                cause="In the candidate x_t comes before h. The first H rows of W_n belong to "
                "r_t * h_prev.",
            ),
            Wrong(
                answer=_gru_with(mix=lambda r, u, h, n: n),
                cause="This is the candidate n_t. The last line, equation 15.4, is missing.",
            ),
            Wrong(  # 17
                answer=_gru_with(joined=lambda h, x: _join(x, h)),
                cause="x_t comes before h in your joined vectors. The first H rows of each W "
                "belong to h.",
            ),
            Wrong(  # 18
                answer=_gru_with(joined=lambda h, x: np.concatenate([h, x], axis=0)),
                cause="Right for one vector, but with a batch you join along the wrong axis: h and "
                "x stand side by side in a row, axis=-1.",
            ),
            Wrong(  # 22
                answer=lambda h, x, W_r, b_r, W_u, b_u, W_n, b_n: _gru(
                    h, x, W_r, 0, W_u, 0, W_n, 0
                ),
                cause="The biases are missing.",
            ),
            Wrong(
                answer=_gru_with(mix=lambda r, u, h, n: h + (1 - u) * n),
                cause="The old h is kept whole. It is multiplied by u_t, so that the two shares "
                "add up to 1.",
            ),
            Wrong(
                answer=_gru_with(mix=lambda r, u, h, n: r * h + (1 - u) * n),
                cause="The last line keeps h with r_t. r_t belongs into the candidate; u_t keeps "
                "h.",
            ),
            Wrong(
                answer=_gru_with(squash=lambda a: a),
                cause="The candidate n_t lacks its tanh.",
            ),
            Wrong(  # 4
                answer=_gru_with(gate=np.tanh),
                cause="The two gates go through tanh. A gate lies between 0 and 1: σ.",
            ),
            Wrong(  # 13
                answer=_gru_with(inner=lambda r, h, x, W, b: _join((1 - r) * h, x) @ W + b),
                cause="The candidate sees (1 - r_t) * h_prev. Here r = 1 lets the old h in.",
            ),
            Wrong(
                answer=_gru_with(mix=lambda r, u, h, n: np.tanh(u * h + (1 - u) * n)),
                cause="h_t goes through tanh. The last line is a mean of two values that are "
                "bounded already.",
            ),
            *(
                Wrong(  # 22
                    answer=_gru_biased(*which),
                    cause=f"{name} is missing. Each of the three sums has a bias.",
                    look="Set that bias alone to 100 and see whether h_t moves.",
                )
                for name, which in {"b_r": (0, 1, 1), "b_u": (1, 0, 1), "b_n": (1, 1, 0)}.items()
            ),
            Wrong(
                answer=_gru_with(inner=lambda r, h, x, W, b: r * (_join(h, x) @ W + b)),
                cause="The whole sum is multiplied by r_t, x_t's part and the bias, too. In "
                "equation 15.3 r_t multiplies h_prev alone, before the product.",
                look="With r_t = 0, n_t must still see x_t.",
            ),
            Wrong(
                answer=_gru_with(inner=lambda r, h, x, W, b: r * (_join(h, x) @ W) + b),
                cause="The whole product is multiplied by r_t, x_t's part, too. In equation 15.3 "
                "r_t multiplies h_prev alone, before the product.",
                look="With r_t = 0, n_t must still see x_t.",
            ),
            Wrong(
                answer=_gru_with(mix=lambda r, u, h, n: u * h + u * n),
                cause="u_t multiplies both. The candidate has 1 - u_t, so that the two shares add "
                "up to 1.",
                look="With u_t = 0 the result must be n_t. Is it?",
            ),
            Wrong(
                answer=_gru_with(mix=lambda r, u, h, n: (1 - u) * n),
                cause="The old h is missing in the last line: u_t * h_prev.",
            ),
        ),
    ),
)
