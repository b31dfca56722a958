"""Find the bugs in a cell without biases."""

from collections.abc import Callable

import numpy as np

from ..gates import join
from ..model import Case, WriteFunction, Wrong
from .cell import step, step_case, tanh_memory

NOTEBOOK = "10-the-whole-cell"


def _broken(joined: Callable, shown: Callable) -> Callable:
    """Return the cell without biases, with its join and its read-out of the memory."""

    def mended(x, h, c, W_i, W_f, W_o, W_c):  # noqa: ANN001, ANN202
        return step(joined=joined, shown=shown)(x, h, c, W_i, W_f, W_o, W_c, 0, 0, 0, 0)

    return mended


def _interleaved(h: np.ndarray, x: np.ndarray) -> np.ndarray:
    return np.stack([h, x], axis=-1).reshape(*h.shape[:-1], -1)


def _bare(o: np.ndarray, c: np.ndarray, c_prev: np.ndarray) -> np.ndarray:
    return o * c


def _tanh_kept(*inputs):  # noqa: ANN002, ANN202
    h_t, c_t = _broken(join, tanh_memory)(*inputs)
    return h_t, np.tanh(c_t)


EXERCISES = (
    WriteFunction(
        id="broken-cell",
        notebook=NOTEBOOK,
        asks_for=("cell_mended",),
        kind="find the bug",
        points=3,
        minutes=7,
        answer=_broken(join, tanh_memory),
        example=Case(
            inputs={
                "x_t": np.array([3.0, 4.0]),
                "h_prev": np.array([1.0, 2.0]),
                "c_prev": np.array([1.0, -1.0]),
            }
            | {f"W_{g}": 0.1 * np.array([[1.0, 0], [0, 2], [-1, 0], [0, 1]]) for g in "ifoc"},
            label="",
            shown=("x_t", "h_prev", "c_prev"),
            note="every W = [[0.1, 0], [0, 0.2], [-0.1, 0], [0, 0.1]]",
        ),
        draw=lambda rng: [
            step_case(rng, (), 3, 3, "one vector, D = H = 3", False),
            step_case(rng, (4,), 3, 3, "a batch of 4, D = H = 3", False),
            step_case(rng, (4,), 2, 3, "a batch of 4, D = 2, H = 3", False),
        ],
        returns=("h_t", "c_t"),
        hints=(
            "Print z_t for the h and x above. In which order do the four numbers stand?",
            "np.concatenate along the last axis gives [h, x]. No reshape is needed.",
            "Then compare the last line with equation 6.",
        ),
        look="z_t must be [1, 2, 3, 4] here. What is yours?",
        passed="Only a comparison with numbers finds this one: shapes, ranges and training all "
        "look normal.",
        wrong=(
            Wrong(
                answer=_broken(_interleaved, _bare),
                cause="This does the same as cell_broken: both bugs are still there.",
            ),
            Wrong(
                answer=_broken(join, _bare),
                cause="The join is right now. h_t still lacks its tanh (eq. 6).",
            ),
            Wrong(
                answer=_broken(_interleaved, tanh_memory),
                cause="The tanh is in place now. z_t still has h and x in turn: h1, x1, h2, x2.",
            ),
            Wrong(
                answer=lambda *a: _broken(join, tanh_memory)(*a)[::-1],
                cause="Both bugs are gone. The two results have changed places: h_t first, then "
                "c_t.",
            ),
            Wrong(
                answer=_broken(join, lambda o, c, p: o + np.tanh(c)),
                cause="The join is right, and the tanh is there. o_t multiplies it; you add o_t.",
            ),
            Wrong(
                answer=_tanh_kept,
                cause="h_t is right. The c_t that you return has been through tanh: return the "
                "memory itself.",
            ),
            Wrong(
                answer=_broken(lambda h, x: np.stack([h, x]), tanh_memory),
                cause="np.stack still puts h and x on top of each other. [h, x] is one longer row.",
            ),
            Wrong(
                answer=_broken(lambda h, x: join(x, h), tanh_memory),
                cause="They are joined now, but x_t comes before h_prev.",
            ),
            Wrong(
                answer=_broken(join, lambda o, c, p: np.tanh(o * c)),
                cause="tanh is taken of the "
                "product. Squash the memory first, then gate it (eq. 6).",
            ),
            Wrong(
                answer=_broken(lambda h, x: np.concatenate([h, x]), tanh_memory),
                cause="Right "
                "for one vector. With a batch the join must run along the row: axis=-1.",
            ),
        ),
    ),
)
