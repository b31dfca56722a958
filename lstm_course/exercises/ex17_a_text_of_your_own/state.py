"""The state carried from piece to piece."""

import numpy as np

from ...cell import LSTMParams
from ...sequence import lstm_forward
from ..model import Case, WriteFunction
from ..slips import Instead

NOTEBOOK = "17-a-text-of-your-own"


def read_in_pieces(xs, W, b, length):
    """Return all h_t of a stream that is read piece by piece."""
    params = LSTMParams(W, b)
    h = np.zeros((xs.shape[1], params.H))
    c = np.zeros((xs.shape[1], params.H))
    parts = []
    for start in range(0, len(xs), length):
        piece = xs[start : start + length]
        trace = lstm_forward(params, piece, h, c)
        h = trace.h_T
        c = trace.c_T
        parts.append(trace.hs)
    hs = np.concatenate(parts)
    return hs


def _case(rng: np.random.Generator, T: int, N: int, length: int, label: str) -> Case:
    D, H = 3, 2
    inputs = {
        "xs": rng.normal(size=(T, N, D)),
        "W": rng.normal(size=(H + D, 4 * H)),
        "b": rng.normal(0.5, 0.5, 4 * H),
        "length": length,
    }
    return Case(inputs=inputs, label=label)


EXERCISES = (
    WriteFunction(
        id="carry-the-state",
        notebook=NOTEBOOK,
        asks_for=("read_in_pieces",),
        points=3,
        minutes=9,
        answer=read_in_pieces,
        example=Case(
            inputs={
                "xs": np.array([[[1.0]], [[0.0]], [[0.0]], [[1.0]]]),
                "W": np.array([[0.5, 0.0, 0.0, 1.0], [2.0, 0.0, 1.0, 1.0]]),
                "b": np.array([0.0, 2.0, 1.0, 0.0]),
                "length": 2,
            },
            label="T = 4, pieces of 2, D = H = 1",
        ),
        draw=lambda rng: [
            _case(rng, 6, 2, 2, "T = 6, pieces of 2, N = 2"),
            _case(rng, 8, 7, 3, "T = 8, pieces of 3, the last one shorter, N = 7"),
        ],
        returns=("hs",),
        hints=(
            "lstm_forward(params, piece, h, c) starts in the state that it is given.",
            "trace.h_T and trace.c_T are where a piece ends: the next one begins there.",
            "range(0, len(xs), length) goes through the starts; the last piece may be shorter. "
            "np.concatenate joins the hs of all pieces.",
        ),
        look="One piece as long as the text must give the same.",
        passed="Pieces and whole agree to the last digit. Only the gradient knows of the cuts.",
        instead=(
            Instead(
                "trace",
                "lstm_forward(params, piece)",
                "Each piece begins with zeros. It begins where the piece before ended.",
            ),
            Instead(
                "trace",
                "lstm_forward(params, piece, h, np.zeros_like(c))",
                "c begins at zero in each piece. The memory has to be carried on, too.",
            ),
            Instead(
                "trace",
                "lstm_forward(params, piece, np.zeros_like(h), c)",
                "h begins at zero in each piece. It is carried on as c is.",
            ),
            Instead(
                "trace",
                "lstm_forward(params, piece, c, h)",
                "h and c have changed places: h comes before c.",
            ),
            Instead(
                "c",
                "trace.h_T",
                "The memory goes on with h_T. It goes on with c_T.",
            ),
            Instead(
                "h",
                "trace.c_T",
                "h goes on with c_T. It goes on with h_T.",
            ),
            Instead(
                "h",
                "trace.hs[0]",
                "h goes on with the first step of the piece. It goes on with the last one.",
            ),
            Instead(
                "c",
                "trace.cs[0]",
                "c goes on with the first step of the piece. It goes on with the last one.",
            ),
        ),
    ),
)
