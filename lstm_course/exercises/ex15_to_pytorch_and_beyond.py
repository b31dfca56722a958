"""Exercises of lesson 15: move weights between frameworks, and two relatives of the cell."""

import numpy as np
from numpy.typing import NDArray

from ..convert import from_keras, from_pytorch, reorder, to_pytorch
from ..equations import sigmoid
from .model import Case, Finding, Predict, SetValues, WriteFunction, Wrong

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


def _judge_biases(bias_ih: NDArray, bias_hh: NDArray) -> Finding | None:
    """Add the two as PyTorch does and look at the four blocks."""
    total = bias_ih + bias_hh
    i, f, g, o = np.split(total, 4)
    got = f"b_i = {i.round(2)}, b_f = {f.round(2)}, b_g = {g.round(2)}, b_o = {o.round(2)}"
    expected = "b_f = 1 for both units, and 0 in the other blocks"
    if np.allclose(f, 1, atol=0.005) and np.allclose([i, g, o], 0, atol=0.005):
        return None
    if np.allclose(f, 2, atol=0.005):
        cause = "PyTorch adds the two biases: 1 and 1 make b_f = 2."
    elif np.allclose(f, 1, atol=0.005):
        cause = "b_f is right. Another block is not 0: look at all eight sums."
    else:
        cause = "b_f is not 1. The order is i, f, g, o, with two numbers in each block."
    return Finding(cause=cause, got=got, expected=expected)


def _join(h: NDArray, x: NDArray) -> NDArray:
    return np.concatenate([h, x], axis=-1)


def _gru(h, x, W_r, b_r, W_u, b_u, W_n, b_n, *, mix=None, squash=np.tanh, inner=None) -> NDArray:
    """Take one step of a GRU; `mix` and `inner` replace one line each."""
    z = _join(h, x)
    r, u = sigmoid(z @ W_r + b_r), sigmoid(z @ W_u + b_u)
    a_n = inner(r, h, x, W_n, b_n) if inner else _join(r * h, x) @ W_n + b_n
    n = squash(a_n)
    return mix(r, u, h, n) if mix else u * h + (1 - u) * n


def _gru_with(**changes):
    return lambda *inputs: _gru(*inputs, **changes)


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
        ),
    ),
    SetValues(
        id="two-biases",
        notebook=NOTEBOOK,
        asks_for=("bias_ih", "bias_hh"),
        points=1,
        minutes=5,
        shapes=((8,), (8,)),
        judge=_judge_biases,
        right=(
            ([0, 0, 1, 1, 0, 0, 0, 0], [0] * 8),
            ([0] * 8, [0, 0, 1, 1, 0, 0, 0, 0]),
            ([0, 0, 0.5, 0.5, 0, 0, 0, 0], [0, 0, 0.5, 0.5, 0, 0, 0, 0]),
            ([1, 0, 2, 1, 3, 0, 0, -1], [-1, 0, -1, 0, -3, 0, 0, 1]),
        ),
        hints=(
            "For H = 2 each bias has 8 numbers: two for each block, in the order i, f, g, o.",
            "The forget block is numbers 3 and 4. The cell gets the sum of both arrays there.",
            "One of the two arrays may be all zeros.",
        ),
        look="Add both arrays with a pencil.",
        passed="b_f is 1 and nothing else has changed. Many scripts set both and report 1.",
        wrong=(
            Wrong(  # 57
                answer=([0, 0, 1, 1, 0, 0, 0, 0], [0, 0, 1, 1, 0, 0, 0, 0]),
                cause="PyTorch adds the two biases: 1 and 1 make b_f = 2.",
            ),
            Wrong(
                answer=([1] * 8, [0] * 8),
                cause="This sets all four blocks to 1; asked is the forget block alone.",
            ),
            Wrong(
                answer=([0.5] * 8, [0.5] * 8),
                cause="This sets all four blocks to 1; asked is the forget block alone.",
            ),
            Wrong(
                answer=([0, 1, 0, 0, 0, 0, 0, 0], [0] * 8),
                cause="Your 1 is the input gate of unit 2. Each block has H = 2 numbers: "
                "the forget block is numbers 3 and 4.",
            ),
            Wrong(
                answer=([0, 1, 0, 0, 0, 1, 0, 0], [0] * 8),
                cause="You count unit by unit. The blocks come first: i of both units, "
                "then f of both units.",
            ),
            Wrong(  # 56
                answer=([0, 0, 0, 0, 1, 1, 0, 0], [0] * 8),
                cause="This is the third block, the candidate. f is the second.",
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
        ),
    ),
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
        ),
    ),
    Predict(
        id="batch-first",
        notebook=NOTEBOOK,
        asks_for=("h_n_shape",),
        points=1,
        minutes=3,
        answer=(1, 32, 20),
        within=0,
        hints=(
            "How many states are left after the last step, for how many sequences, of what size?",
            "batch_first changes the order of input and output. Does it change the state's?",
            "The first number counts layers, the last is H.",
        ),
        look="Read the table in the lesson once more.",
        passed="You read what the manual says, not what the option's name suggests.",
        wrong=(
            Wrong(  # 60
                answer=(32, 1, 20),
                cause="batch_first moves N to the front in input and output, not in the states.",
            ),
            Wrong(
                answer=(32, 50, 20),
                cause="This is the shape of the output: one h for each step. h_n is the last one.",
            ),
            Wrong(
                answer=(1, 50, 20), cause="The 50 is the number of steps; only the last h is left."
            ),
            Wrong(
                answer=(1, 32, 10),
                cause="10 is input_size, D. A hidden state has hidden_size numbers.",
            ),
            Wrong(answer=(50, 32, 20), cause="This is the output of a layer without batch_first."),
        ),
    ),
    Predict(
        id="units",
        notebook=NOTEBOOK,
        asks_for=("statement",),
        points=1,
        minutes=3,
        answer="b",
        choices="abcd",
        hints=(
            "Which of T, N, D, H is `units`?",
            "Does any weight's shape contain the number of steps?",
            "Without return_sequences, one h per sequence comes out.",
        ),
        look="Write down the shapes of kernel and recurrent_kernel.",
        passed="The number of steps is in no weight: the same cell is used at each step.",
        wrong=(
            Wrong(  # 59
                answer="a",
                cause="units is not the number of time steps. It is H, the numbers in h.",
            ),
            Wrong(
                answer="c",
                cause="This would be right with return_sequences=True. Without it, only the last "
                "h comes out.",
            ),
            Wrong(
                answer="d",
                cause="The layer keeps H = 50 numbers per sequence, whatever D is; 8 is only the "
                "height of kernel.",
            ),
        ),
    ),
)
