"""Move weights to PyTorch and back, and from Keras."""

import numpy as np

from ...networks.convert import from_keras, from_pytorch, to_pytorch
from ..model import Case, WriteFunction
from ..slips import Instead

NOTEBOOK = "15-to-pytorch-and-beyond"


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


_EXAMPLE_OUT = Case(
    inputs={
        "W": np.array([[1.0, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12]]),
        "b": np.array([0.1, 0.2, 0.3, 0.4]),
    },
    label="",
    note="H = 1, D = 2: W = [[1, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12]]",
)


def to_torch(W, b):
    """Return W and b as PyTorch holds them."""
    H = len(b) // 4
    W_i, W_f, W_o, W_c = np.split(W, 4, axis=1)
    b_i, b_f, b_o, b_c = np.split(b, 4)
    W_all = np.concatenate([W_i, W_f, W_c, W_o], axis=1)
    bias_ih = np.concatenate([b_i, b_f, b_c, b_o])
    weight_ih = W_all[H:].T
    weight_hh = W_all[:H].T
    bias_hh = np.zeros(4 * H)
    return weight_ih, weight_hh, bias_ih, bias_hh


def from_torch(weight_ih, weight_hh, bias_ih, bias_hh):
    """Return W and b from PyTorch's four arrays."""
    rows = np.concatenate([weight_hh.T, weight_ih.T])
    b_all = bias_ih + bias_hh
    W_i, W_f, W_c, W_o = np.split(rows, 4, axis=1)
    b_i, b_f, b_c, b_o = np.split(b_all, 4)
    W = np.concatenate([W_i, W_f, W_o, W_c], axis=1)
    b = np.concatenate([b_i, b_f, b_o, b_c])
    return W, b


def from_layer(kernel, recurrent_kernel, bias):
    """Return W and b from the three arrays of Keras."""
    rows = np.concatenate([recurrent_kernel, kernel])
    W_i, W_f, W_c, W_o = np.split(rows, 4, axis=1)
    b_i, b_f, b_c, b_o = np.split(bias, 4)
    W = np.concatenate([W_i, W_f, W_o, W_c], axis=1)
    b = np.concatenate([b_i, b_f, b_o, b_c])
    return W, b


EXERCISES = (
    WriteFunction(
        id="to-pytorch",
        notebook=NOTEBOOK,
        asks_for=("to_pytorch",),
        points=3,
        minutes=10,
        answer=to_torch,
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
        instead=(
            Instead(
                "W_all",
                "np.concatenate([W_i, W_o, W_f, W_c], axis=1)",
                "The blocks of W stand in the order of ONNX: i, o, f, c. PyTorch has i, f, g, o.",
            ),
            Instead(
                "return",
                "np.concatenate([W_i, W_o, W_f, W_c], axis=1)[H:].T, np.concatenate([W_i, W_o, "
                "W_f, W_c], axis=1)[:H].T, np.concatenate([b_i, b_o, b_f, b_c]), bias_hh",
                "The blocks stand in the order of ONNX: i, o, f, c. PyTorch has i, f, g, o.",
            ),
            Instead(
                "return",
                "weight_ih.T, weight_hh.T, bias_ih, bias_hh",
                "The matrices are not transposed. PyTorch writes W x with columns: weight_ih is "
                "(4H, D), weight_hh is (4H, H).",
            ),
            Instead(
                "return",
                "W_all[H:].reshape(4 * H, -1), W_all[:H].reshape(4 * H, -1), bias_ih, bias_hh",
                "reshape gives the right shape and the wrong places: it reads on row by row. "
                "Transposing is .T.",
            ),
            Instead(
                "return",
                "W_all[: len(W) - H].T, W_all[len(W) - H :].T, bias_ih, bias_hh",
                "The first D rows of W are taken for x. Here z_t = [h_{t-1}, x_t]: the first H "
                "rows belong to h.",
            ),
            Instead(
                "return",
                "weight_ih, weight_hh, bias_ih, bias_ih",
                "The bias stands in both places. PyTorch adds the two, so every bias is doubled.",
            ),
            Instead(
                "return",
                "weight_ih, weight_hh, bias_ih / 2, bias_ih / 2",
                "The bias is shared out, a half to each. The sum is right, but asked is all of it "
                "in bias_ih and zeros in bias_hh.",
            ),
            Instead(
                "return",
                "W[H:].T, W[:H].T, b, bias_hh",
                "The blocks still stand in the order i, f, o, c. PyTorch has i, f, g, o: its "
                "third block is the candidate.",
            ),
            Instead(
                "return",
                "W[H:].T, W[:H].T, b, b",
                "The blocks still stand in the order i, f, o, c, and the bias stands in both "
                "places. PyTorch has i, f, g, o and adds the two biases.",
            ),
            Instead(
                "return",
                "weight_ih, weight_hh, b, bias_hh",
                "The matrices are right, but the bias is still in the order i, f, o, c.",
            ),
            Instead(
                "return",
                "W[H:].T, W[:H].T, bias_ih, bias_hh",
                "The bias is right, but the blocks of the matrices are still in the order i, f, "
                "o, c.",
            ),
            Instead(
                "weight_ih",
                "W[H:].T",
                "The blocks of weight_ih are still in the order i, f, o, c.",
            ),
            Instead(
                "weight_hh",
                "W[:H].T",
                "The blocks of weight_hh are still in the order i, f, o, c.",
            ),
            Instead(
                "return",
                "weight_ih, weight_hh, bias_ih",
                "You return three arrays. PyTorch wants a second bias: zeros.",
            ),
            Instead(
                "bias_hh",
                "np.zeros(H)",
                "bias_hh has H zeros. Like bias_ih it has one number for each column of all four "
                "blocks: 4H.",
            ),
            Instead(
                "bias_hh",
                "0",
                "bias_hh is a single 0. PyTorch wants an array of 4H zeros.",
            ),
        ),
        course=(to_pytorch,),
    ),
    WriteFunction(
        id="from-pytorch",
        notebook=NOTEBOOK,
        asks_for=("from_pytorch",),
        points=3,
        minutes=8,
        answer=from_torch,
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
        instead=(
            Instead(
                "return",
                "np.concatenate([W_i, W_c, W_f, W_o], axis=1), np.concatenate([b_i, b_c, "
                "b_f, b_o])",
                "The blocks are read as i, o, f, c, which is ONNX's order. PyTorch has i, f, g, o.",
            ),
            Instead(
                "b_all",
                "bias_ih",
                "bias_hh is left out. PyTorch adds both biases, so b is their sum.",
            ),
            Instead(
                "b_all",
                "bias_hh",
                "bias_ih is left out. PyTorch adds both biases, so b is their sum.",
            ),
            Instead(
                "b_all",
                "(bias_ih + bias_hh) / 2",
                "This is the mean of the two biases. PyTorch adds them.",
            ),
            Instead(
                "return",
                "rows, b_all",
                "The blocks still stand in PyTorch's order i, f, g, o; here it is i, f, o, c. The "
                "last two change places.",
            ),
            Instead(
                "return",
                "W, b_all",
                "W is right, but the blocks of b are still in PyTorch's order.",
            ),
            Instead(
                "return",
                "rows, b",
                "b is right, but the blocks of W are still in PyTorch's order.",
            ),
            Instead(
                "rows",
                "np.concatenate([weight_ih.T, weight_hh.T])",
                "The rows of x stand above those of h. Here z_t = [h_{t-1}, x_t]: h first.",
            ),
            Instead(
                "rows",
                "np.concatenate([weight_hh.reshape(-1, len(bias_ih)), weight_ih.reshape(-1, "
                "len(bias_ih))])",
                "reshape gives the right shape and the wrong places: it reads on row by row. "
                "Transposing is .T.",
            ),
            Instead(
                "return",
                "W.T, b",
                "W is still transposed: it must be (H + D, 4H), one row per entry of z_t.",
            ),
            Instead(
                "return",
                "W, np.concatenate([bias_ih, bias_hh])",
                "The two biases are joined end to end. PyTorch adds them: b has 4H numbers.",
            ),
            Instead(
                "return",
                "rows, bias_ih + 0",
                "bias_hh is left out, and all blocks still stand in PyTorch's order i, f, g, o.",
            ),
            Instead(
                "return",
                "rows, np.concatenate([bias_ih, bias_hh])",
                "The two biases are joined end to end, and all blocks still stand in PyTorch's "
                "order. PyTorch adds the biases: b has 4H numbers.",
            ),
            Instead(
                "return",
                "np.concatenate([weight_hh, weight_ih], axis=1), b_all",
                "The matrices stand side by side, not transposed, in PyTorch's order. W has one "
                "row per entry of z_t: (H + D, 4H).",
            ),
            Instead(
                "return",
                "np.concatenate([weight_ih.T, weight_hh.T]), b_all",
                "The rows of x stand above those of h, and the blocks are still in PyTorch's "
                "order.",
            ),
        ),
        course=(from_pytorch,),
    ),
    WriteFunction(
        id="fresh-and-trained",
        notebook=NOTEBOOK,
        asks_for=("from_keras",),
        kind="find the bug",
        points=2,
        minutes=7,
        answer=from_layer,
        example=_keras_case(np.random.default_rng(11), 1, 2),
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
        instead=(
            Instead(
                "return",
                "np.concatenate([W_i, W_c, W_f, W_o], axis=1), np.concatenate([b_i, b_c, "
                "b_f, b_o])",
                "The blocks are read as i, o, f, c, which is ONNX's order. Keras has i, f, c, o.",
            ),
            Instead(
                "return",
                "W, bias",
                "This does the same as from_keras_broken: the blocks of the bias are still in the "
                "order of Keras.",
            ),
            Instead(
                "return",
                "rows, bias",
                "Nothing is put in order. Keras has i, f, c, o; here it is i, f, o, c.",
            ),
            Instead(
                "return",
                "rows, b",
                "The bias is in order, and the matrices are not.",
            ),
            Instead(
                "rows",
                "np.concatenate([kernel, recurrent_kernel])",
                "kernel belongs to x and stands on top of your W. The first H rows are h's.",
            ),
            Instead(
                "b",
                "np.zeros_like(bias)",
                "The bias is lost: b is all zeros.",
            ),
            Instead(
                "b",
                "2 * np.concatenate([b_i, b_f, b_o, b_c])",
                "The bias is doubled. Two biases are PyTorch's habit; Keras has one.",
            ),
        ),
        course=(from_keras,),
    ),
)
