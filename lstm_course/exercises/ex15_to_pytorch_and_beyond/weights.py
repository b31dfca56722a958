"""Move weights to PyTorch and back, and from Keras.

Numbers in comments are those of the course's list of wrong answers.
"""

import numpy as np
from numpy.typing import NDArray

from ...networks.convert import from_keras, from_pytorch, reorder, to_pytorch
from ..model import Case, WriteFunction, Wrong

NOTEBOOK = "15-to-pytorch-and-beyond"
HERE, THERE, ONNX = "ifoc", "ifco", "iofc"
Arrays = tuple[NDArray, ...]


def _parts(W: NDArray, b: NDArray, order: str) -> Arrays:
    """Return the rows of h, the rows of x and b, with the blocks in `order`."""
    H = W.shape[1] // 4
    W = reorder(W, HERE, order)
    return W[:H], W[H:], reorder(b, HERE, order)


def _torch(W_h: NDArray, W_x: NDArray, b: NDArray) -> Arrays:
    return W_x.T, W_h.T, b, np.zeros_like(b)


def _out_in_order(order: str):
    return lambda W, b: _torch(*_parts(W, b, order))


def _out_x_first(W: NDArray, b: NDArray) -> Arrays:
    D = W.shape[0] - W.shape[1] // 4
    W = reorder(W, HERE, THERE)
    return _torch(W[D:], W[:D], reorder(b, HERE, THERE))


def _out_reshaped(W: NDArray, b: NDArray) -> Arrays:
    W_h, W_x, b = _parts(W, b, THERE)
    return W_x.reshape(len(b), -1), W_h.reshape(len(b), -1), b, np.zeros_like(b)


def _out_not_transposed(W: NDArray, b: NDArray) -> Arrays:
    W_h, W_x, b = _parts(W, b, THERE)
    return W_x, W_h, b, np.zeros_like(b)


def _in(rows: NDArray, b: NDArray, order: str = THERE) -> Arrays:
    return reorder(rows, order, HERE), reorder(b, order, HERE)


def _rows(W_ih: NDArray, W_hh: NDArray) -> NDArray:
    return np.concatenate([W_hh.T, W_ih.T])


def _draw_out(rng: np.random.Generator) -> list[Case]:
    return [
        Case(
            inputs={"W": rng.normal(size=(H + D, 4 * H)), "b": rng.normal(size=4 * H)},
            label=f"H = {H}, D = {D}",
        )
        for H, D in ((3, 5), (4, 2))
    ]


def _in_case(rng: np.random.Generator, H: int, D: int) -> Case:
    shapes = {"weight_ih": (4 * H, D), "weight_hh": (4 * H, H)}
    shapes |= {"bias_ih": (4 * H,), "bias_hh": (4 * H,)}
    inputs = {name: rng.normal(size=shape).round(2) for name, shape in shapes.items()}
    return Case(inputs=inputs, label=f"H = {H}, D = {D}")


def _keras_case(rng: np.random.Generator, H: int, D: int) -> Case:
    shapes = {"kernel": (D, 4 * H), "recurrent_kernel": (H, 4 * H), "bias": (4 * H,)}
    inputs = {name: rng.normal(size=shape).round(2) for name, shape in shapes.items()}
    return Case(inputs=inputs, label=f"H = {H}, D = {D}")


def _keras_rows(kernel: NDArray, recurrent_kernel: NDArray) -> NDArray:
    return np.concatenate([recurrent_kernel, kernel])


_EXAMPLE_OUT = Case(
    inputs={
        "W": np.array([[1.0, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12]]),
        "b": np.array([0.1, 0.2, 0.3, 0.4]),
    },
    label="",
    note="H = 1, D = 2: W = [[1, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12]]",
)


EXERCISES = (
    WriteFunction(
        id="to-pytorch",
        notebook=NOTEBOOK,
        asks_for=("to_pytorch",),
        points=3,
        minutes=10,
        answer=to_pytorch,
        example=_EXAMPLE_OUT,
        draw=_draw_out,
        returns=("weight_ih", "weight_hh", "bias_ih", "bias_hh"),
        hints=(
            "Four jobs: cut W and b into four blocks, put them in the order i, f, g, o, part the "
            "rows of h from those of x, transpose.",
            "np.split(W, 4, axis=1) gives the blocks; H is W.shape[1] // 4. g is the last one here "
            "and the third one there.",
            "Join the four blocks again along axis 1, then take the rows from H on for weight_ih "
            "and the first H for weight_hh, each with .T. Zeros are the fourth result.",
        ),
        look="Write down which number of W stands where, for H = 1 and D = 2.",
        passed="Your cell runs in PyTorch now: load_state_dict takes these four arrays. "
        "Try it on the model that you train in lesson 17.",
        wrong=(
            Wrong(  # 56
                answer=_out_in_order(HERE),
                cause="The blocks still stand in the order i, f, o, c. PyTorch has i, f, g, o: "
                "its third block is the candidate.",
            ),
            Wrong(  # 56
                answer=_out_in_order(ONNX),
                cause="This is the order of ONNX: i, o, f, c. PyTorch has i, f, g, o.",
            ),
            Wrong(
                answer=_out_not_transposed,
                cause="The matrices are not transposed. PyTorch writes W x with columns: "
                "weight_ih is (4H, D), weight_hh is (4H, H).",
            ),
            Wrong(
                answer=_out_reshaped,
                cause="reshape gives the right shape and the wrong places: it reads on row by row. "
                "Transposing is .T.",
            ),
            Wrong(
                answer=lambda W, b: _torch(*(_parts(W, b, THERE)[k] for k in (1, 0, 2))),
                cause="weight_ih and weight_hh are swapped: ih is for x (input to hidden), "
                "hh for h (hidden to hidden).",
            ),
            Wrong(  # 17
                answer=_out_x_first,
                cause="You took the first D rows of W for x. Here z_t = [h_{t-1}, x_t]: "
                "the first H rows belong to h.",
            ),
            Wrong(  # 57
                answer=lambda W, b: (*to_pytorch(W, b)[:3], to_pytorch(W, b)[2]),
                cause="The bias stands in both places. PyTorch adds the two, so every bias "
                "is doubled.",
            ),
            Wrong(
                answer=lambda W, b: (*to_pytorch(W, b)[:2], b, np.zeros_like(b)),
                cause="The matrices are right, but the bias is still in the order i, f, o, c.",
            ),
            Wrong(
                answer=lambda W, b: (*to_pytorch(W, b)[:2], *to_pytorch(W, b)[:1:-1]),
                cause="The biases are swapped. The sum is right, but asked is all of it in bias_ih "
                "and zeros in bias_hh.",
            ),
            Wrong(
                answer=lambda W, b: to_pytorch(W, b)[:3],
                cause="You return three arrays. PyTorch wants a second bias: zeros.",
            ),
            Wrong(  # 57
                answer=lambda W, b: (
                    *to_pytorch(W, b)[:2],
                    to_pytorch(W, b)[2] / 2,
                    to_pytorch(W, b)[2] / 2,
                ),
                cause="The bias is shared out, a half to each. The sum is right, but asked is all "
                "of it in bias_ih and zeros in bias_hh.",
            ),
            Wrong(
                answer=lambda W, b: (*_torch(*_parts(W, b, HERE))[:2], *to_pytorch(W, b)[2:]),
                cause="The bias is right, but the blocks of the matrices are still in the order i, "
                "f, o, c.",
            ),
            Wrong(  # 56
                answer=_out_in_order("fico"),
                cause="The first two blocks have changed places. PyTorch has i, f, g, o.",
            ),
            Wrong(
                answer=lambda W, b: (*to_pytorch(W, b)[:3], np.zeros(len(b) // 4)),
                cause="bias_hh has H zeros. Like bias_ih it has one number for each column of all "
                "four blocks: 4H.",
            ),
            Wrong(
                answer=lambda W, b: (*to_pytorch(W, b)[:3], 0),
                cause="bias_hh is a single 0. PyTorch wants an array of 4H zeros.",
            ),
        ),
    ),
    WriteFunction(
        id="from-pytorch",
        notebook=NOTEBOOK,
        asks_for=("from_pytorch",),
        points=3,
        minutes=8,
        answer=from_pytorch,
        example=_in_case(np.random.default_rng(15), 1, 2),
        draw=lambda rng: [_in_case(rng, 3, 5), _in_case(rng, 4, 2)],
        returns=("W", "b"),
        hints=(
            "The same jobs the other way round, from the last to the first.",
            "Transpose both, put h's rows above x's rows, and then move whole blocks of columns. "
            "What happens to the two biases?",
            "np.split(..., 4, axis=1) of the joined matrix gives i, f, g, o; join them as "
            "i, f, o, g. The same for the sum of both biases.",
        ),
        look="Print the shape after each job. W must end as (H + D, 4H).",
        passed='You can read any one-layer PyTorch LSTM. Run load_framework_values("fresh") '
        "through it and compare the outputs.",
        wrong=(
            Wrong(  # 57
                answer=lambda ih, hh, b1, b2: _in(_rows(ih, hh), b1),
                cause="bias_hh is left out. PyTorch adds both biases, so b is their sum.",
            ),
            Wrong(  # 57
                answer=lambda ih, hh, b1, b2: _in(_rows(ih, hh), b2),
                cause="bias_ih is left out. PyTorch adds both biases, so b is their sum.",
            ),
            Wrong(
                answer=lambda ih, hh, b1, b2: _in(_rows(ih, hh), (b1 + b2) / 2),
                cause="You take the mean of the two biases. PyTorch adds them.",
            ),
            Wrong(  # 56
                answer=lambda ih, hh, b1, b2: (_rows(ih, hh), b1 + b2),
                cause="The blocks still stand in PyTorch's order i, f, g, o; here it is "
                "i, f, o, c. The last two change places.",
            ),
            Wrong(  # 56
                answer=lambda ih, hh, b1, b2: _in(_rows(ih, hh), b1 + b2, ONNX),
                cause="You read the blocks as i, o, f, c, which is ONNX's order. PyTorch has "
                "i, f, g, o.",
            ),
            Wrong(
                answer=lambda ih, hh, b1, b2: (_in(_rows(ih, hh), b1)[0], b1 + b2),
                cause="W is right, but the blocks of b are still in PyTorch's order.",
            ),
            Wrong(  # 17
                answer=lambda ih, hh, b1, b2: _in(np.concatenate([ih.T, hh.T]), b1 + b2),
                cause="The rows of x stand above those of h. Here z_t = [h_{t-1}, x_t]: h first.",
            ),
            Wrong(
                answer=lambda ih, hh, b1, b2: tuple(part.T for part in _in(_rows(ih, hh), b1 + b2)),
                cause="W is still transposed: it must be (H + D, 4H), one row per entry of z_t.",
            ),
            Wrong(
                answer=lambda ih, hh, b1, b2: np.concatenate([hh, ih]),
                cause="You join the two matrices before transposing; they have different widths. "
                "Transpose each first.",
            ),
            Wrong(
                answer=lambda ih, hh, b1, b2: (_rows(ih, hh), _in(_rows(ih, hh), b1 + b2)[1]),
                cause="b is right, but the blocks of W are still in PyTorch's order.",
            ),
            Wrong(
                answer=lambda ih, hh, b1, b2: (
                    _in(_rows(ih, hh), b1)[0],
                    np.concatenate([b1, b2]),
                ),
                cause="The two biases are joined end to end. PyTorch adds them: b has 4H numbers.",
            ),
            Wrong(  # 17
                answer=lambda ih, hh, b1, b2: (np.concatenate([ih.T, hh.T]), b1 + b2),
                cause="The rows of x stand above those of h, and the blocks are still in PyTorch's "
                "order.",
            ),
            Wrong(  # 57
                answer=lambda ih, hh, b1, b2: (_in(_rows(ih, hh), b1)[0], b1 + 0),
                cause="bias_hh is left out, and the blocks of b are still in PyTorch's order.",
            ),
            Wrong(
                answer=lambda ih, hh, b1, b2: (np.concatenate([hh, ih], axis=1), b1 + b2),
                cause="The matrices stand side by side, not transposed, in PyTorch's order. W has "
                "one row per entry of z_t: (H + D, 4H).",
            ),
            Wrong(  # 57
                answer=lambda ih, hh, b1, b2: (_rows(ih, hh), b1 + 0),
                cause="bias_hh is left out, and all blocks still stand in PyTorch's order i, f, "
                "g, o.",
            ),
            Wrong(
                answer=lambda ih, hh, b1, b2: (_rows(ih, hh), np.concatenate([b1, b2])),
                cause="The two biases are joined end to end, and all blocks still stand in "
                "PyTorch's order. PyTorch adds the biases: b has 4H numbers.",
            ),
        ),
    ),
    WriteFunction(
        id="fresh-and-trained",
        notebook=NOTEBOOK,
        asks_for=("from_keras",),
        kind="find the bug",
        points=2,
        minutes=7,
        answer=from_keras,
        example=_keras_case(np.random.default_rng(16), 1, 2),
        draw=lambda rng: [_keras_case(rng, 3, 5), _keras_case(rng, 4, 2)],
        returns=("W", "b"),
        hints=(
            "Print the bias of the fresh layer. Why can a mistake in its order not show there?",
            "Follow one number of each of the three inputs through the function.",
            "Whatever is done to the columns of the two matrices must be done to the bias as well.",
        ),
        look="Compare b_f, b_o and b_c of both layers, before and after.",
        passed="A test on a fresh model misses this: all biases but one block are 0 there. "
        "Test a converter with random numbers everywhere.",
        wrong=(
            Wrong(
                answer=lambda k, r, b: (_in(_keras_rows(k, r), b)[0], b),
                cause="This does the same as from_keras_broken: the blocks of the bias are still "
                "in the order of Keras.",
            ),
            Wrong(  # 56
                answer=lambda k, r, b: (_keras_rows(k, r), b),
                cause="Nothing is put in order. Keras has i, f, c, o; here it is i, f, o, c.",
            ),
            Wrong(
                answer=lambda k, r, b: (_keras_rows(k, r), _in(k, b)[1]),
                cause="Now the bias is in order, and the matrices are not.",
            ),
            Wrong(  # 17
                answer=lambda k, r, b: _in(np.concatenate([k, r]), b),
                cause="kernel belongs to x and stands on top of your W. The first H rows are h's.",
            ),
            Wrong(  # 56
                answer=lambda k, r, b: _in(_keras_rows(k, r), b, ONNX),
                cause="You read the blocks as i, o, f, c, which is ONNX's order. Keras has "
                "i, f, c, o.",
            ),
            Wrong(
                answer=lambda k, r, b: _in(_keras_rows(k, r), np.zeros_like(b)),
                cause="The bias is lost: b is all zeros.",
            ),
            Wrong(
                answer=lambda k, r, b: _in(_keras_rows(k, r), 2 * b),
                cause="The bias is doubled. Two biases are PyTorch's habit; Keras has one.",
            ),
            Wrong(  # 56
                answer=lambda k, r, b: (_in(_keras_rows(k, r), b)[0], _in(k, b, ONNX)[1]),
                cause="W is right. The bias is read as i, o, f, c; Keras has i, f, c, o there as "
                "well.",
            ),
            Wrong(
                answer=lambda k, r, b: (_in(_keras_rows(k, r), b)[0], _in(k, b, "fico")[1]),
                cause="W is right. In the bias the first two blocks have changed places as well; "
                "only c and o do.",
            ),
            Wrong(  # 56
                answer=lambda k, r, b: (_in(_keras_rows(k, r), b)[0], reorder(b, THERE, ONNX)),
                cause="W is right. b comes back as i, o, f, c, the order of ONNX; here it is i, "
                "f, o, c.",
            ),
        ),
    ),
)
