"""Move LSTM weights between this course, PyTorch, Keras and ONNX.

All four compute the same cell. They store its weights in other orders and shapes:

=========  ================  =====================================================
here       i, f, o, c        W (H + D, 4H), b (4H,); z_t @ W with z_t = [h_{t-1}, x_t]
PyTorch    i, f, g, o        weight_ih (4H, D), weight_hh (4H, H), two biases (4H,)
Keras      i, f, c, o        kernel (D, 4H), recurrent_kernel (H, 4H), bias (4H,)
ONNX       i, o, f, c        W (1, 4H, D), R (1, 4H, H), B (1, 8H): two biases
=========  ================  =====================================================

g is another name for the candidate c̃. Where a framework keeps two biases, it adds them; on
the way out the second is set to zero, on the way in the two are added.

One layer, one direction, no peepholes. Only NumPy is needed: arrays go in and come out.

References
----------
The documentation of torch.nn.LSTM, keras.layers.LSTM and ONNX's LSTM operator.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..cell import BLOCKS, LSTMParams
from ..equations import as_numbers

ORDERS = {
    "this course": BLOCKS,
    "PyTorch": "ifco",
    "Keras": "ifco",
    "ONNX": "iofc",
    "CS231n": "ifoc",
}


class PyTorchWeights(NamedTuple):
    """One layer of torch.nn.LSTM; ``_asdict()`` has the names of its ``state_dict()``."""

    weight_ih_l0: NDArray
    weight_hh_l0: NDArray
    bias_ih_l0: NDArray
    bias_hh_l0: NDArray


class KerasWeights(NamedTuple):
    """One keras.layers.LSTM, in the order of its ``get_weights()``."""

    kernel: NDArray
    recurrent_kernel: NDArray
    bias: NDArray


class OnnxWeights(NamedTuple):
    """The inputs W, R and B of ONNX's LSTM operator, one direction."""

    W: NDArray
    R: NDArray
    B: NDArray


def reorder(stacked: ArrayLike, source: str, target: str, *, axis: int = -1) -> NDArray:
    """Put four stacked blocks into another order.

    Parameters
    ----------
    stacked : array with 4H entries along `axis`
    source, target : str
        Orders, as four letters out of i, f, o, c: "ifoc" here, "ifco" in PyTorch and Keras,
        "iofc" in ONNX.
    axis : int
        Where the blocks are stacked.

    Returns
    -------
    array
        A copy of the same shape.

    Raises
    ------
    ValueError
        When an order is not the four letters, or the blocks cannot be cut.
    """
    stacked = as_numbers(stacked, "stacked")
    for name, order in (("source", source), ("target", target)):
        if sorted(order) != sorted(BLOCKS):
            raise ValueError(f"{name} is {order!r}; expected the letters i, f, o, c, each once")
    if stacked.ndim == 0 or stacked.shape[axis] % 4:
        raise ValueError(
            f"stacked has shape {stacked.shape}; expected four blocks of H along axis {axis}"
        )
    blocks = dict(zip(source, np.split(stacked, 4, axis=axis), strict=True))
    return np.concatenate([blocks[letter] for letter in target], axis=axis)


def to_pytorch(W: ArrayLike, b: ArrayLike) -> PyTorchWeights:
    """Turn the weights of this course into those of torch.nn.LSTM.

    Parameters
    ----------
    W : array (H + D, 4H)
        Blocks i, f, o, c side by side; the first H rows belong to h_{t-1}.
    b : array (4H,)

    Returns
    -------
    PyTorchWeights
        weight_ih_l0 (4H, D), weight_hh_l0 (4H, H), bias_ih_l0 (4H,) and bias_hh_l0 (4H,),
        which is zero.

    Raises
    ------
    ValueError
        When W and b do not fit together.
    """
    W_h, W_x, b = _out(W, b, ORDERS["PyTorch"])
    return PyTorchWeights(W_x.T.copy(), W_h.T.copy(), b, np.zeros_like(b))


def from_pytorch(
    weight_ih_l0: ArrayLike,
    weight_hh_l0: ArrayLike,
    bias_ih_l0: ArrayLike,
    bias_hh_l0: ArrayLike,
) -> tuple[NDArray, NDArray]:
    """Turn the weights of torch.nn.LSTM into those of this course.

    ``from_pytorch(**layer.state_dict())`` works for one layer in one direction.

    Parameters
    ----------
    weight_ih_l0 : array (4H, D)
    weight_hh_l0 : array (4H, H)
    bias_ih_l0, bias_hh_l0 : array (4H,)
        PyTorch adds them.

    Returns
    -------
    W : array (H + D, 4H)
    b : array (4H,)

    Raises
    ------
    ValueError
        When the shapes do not fit together.
    """
    given = {
        "weight_ih_l0": as_numbers(weight_ih_l0, "weight_ih_l0"),
        "weight_hh_l0": as_numbers(weight_hh_l0, "weight_hh_l0"),
        "bias_ih_l0": as_numbers(bias_ih_l0, "bias_ih_l0"),
        "bias_hh_l0": as_numbers(bias_hh_l0, "bias_hh_l0"),
    }
    H, D = _sizes(given["weight_hh_l0"], given["weight_ih_l0"], "weight_hh_l0 (4H, H)")
    wanted = {"weight_ih_l0": (4 * H, D), "weight_hh_l0": (4 * H, H)}
    wanted |= {"bias_ih_l0": (4 * H,), "bias_hh_l0": (4 * H,)}
    _check(given, wanted)
    b = given["bias_ih_l0"] + given["bias_hh_l0"]
    return _in(given["weight_hh_l0"].T, given["weight_ih_l0"].T, b, ORDERS["PyTorch"])


def to_keras(W: ArrayLike, b: ArrayLike) -> KerasWeights:
    """Turn the weights of this course into those of keras.layers.LSTM.

    Parameters
    ----------
    W : array (H + D, 4H)
    b : array (4H,)

    Returns
    -------
    KerasWeights
        kernel (D, 4H), recurrent_kernel (H, 4H) and bias (4H,); for ``set_weights``.

    Raises
    ------
    ValueError
        When W and b do not fit together.
    """
    W_h, W_x, b = _out(W, b, ORDERS["Keras"])
    return KerasWeights(W_x, W_h, b)


def from_keras(
    kernel: ArrayLike, recurrent_kernel: ArrayLike, bias: ArrayLike
) -> tuple[NDArray, NDArray]:
    """Turn the weights of keras.layers.LSTM into those of this course.

    ``from_keras(*layer.get_weights())`` works for a layer with a bias.

    Parameters
    ----------
    kernel : array (D, 4H)
    recurrent_kernel : array (H, 4H)
    bias : array (4H,)

    Returns
    -------
    W : array (H + D, 4H)
    b : array (4H,)

    Raises
    ------
    ValueError
        When the shapes do not fit together.
    """
    given = {
        "kernel": as_numbers(kernel, "kernel"),
        "recurrent_kernel": as_numbers(recurrent_kernel, "recurrent_kernel"),
        "bias": as_numbers(bias, "bias"),
    }
    W_h, W_x = given["recurrent_kernel"], given["kernel"]
    H, D = _sizes(W_h.T, W_x.T, "recurrent_kernel (H, 4H)")
    _check(given, {"kernel": (D, 4 * H), "recurrent_kernel": (H, 4 * H), "bias": (4 * H,)})
    return _in(W_h, W_x, given["bias"], ORDERS["Keras"])


def to_onnx(W: ArrayLike, b: ArrayLike) -> OnnxWeights:
    """Turn the weights of this course into the inputs of ONNX's LSTM operator.

    Parameters
    ----------
    W : array (H + D, 4H)
    b : array (4H,)

    Returns
    -------
    OnnxWeights
        W (1, 4H, D), R (1, 4H, H) and B (1, 8H), whose second half is zero.

    Raises
    ------
    ValueError
        When W and b do not fit together.
    """
    W_h, W_x, b = _out(W, b, ORDERS["ONNX"])
    B = np.concatenate([b, np.zeros_like(b)])
    return OnnxWeights(W_x.T[None].copy(), W_h.T[None].copy(), B[None])


def from_onnx(W: ArrayLike, R: ArrayLike, B: ArrayLike) -> tuple[NDArray, NDArray]:
    """Turn the inputs of ONNX's LSTM operator into the weights of this course.

    Parameters
    ----------
    W : array (1, 4H, D)
    R : array (1, 4H, H)
    B : array (1, 8H)
        Both biases, one after the other; they are added.

    Returns
    -------
    W : array (H + D, 4H)
    b : array (4H,)

    Raises
    ------
    ValueError
        When the shapes do not fit together.
    """
    given = {"W": as_numbers(W, "W"), "R": as_numbers(R, "R"), "B": as_numbers(B, "B")}
    if any(a.ndim == 0 or len(a) != 1 for a in given.values()):
        raise ValueError(
            f"W, R and B have shapes {[a.shape for a in given.values()]}; expected (1, ...) each: "
            "one direction"
        )
    H, D = _sizes(given["R"][0], given["W"][0], "R[0] (4H, H)")
    _check(given, {"W": (1, 4 * H, D), "R": (1, 4 * H, H), "B": (1, 8 * H)})
    b = given["B"][0, : 4 * H] + given["B"][0, 4 * H :]
    return _in(given["R"][0].T, given["W"][0].T, b, ORDERS["ONNX"])


def _out(W: ArrayLike, b: ArrayLike, order: str) -> tuple[NDArray, NDArray, NDArray]:
    """Return W_h (H, 4H), W_x (D, 4H) and b in another order."""
    params = LSTMParams(W, b)
    W = reorder(params.W, BLOCKS, order)
    return W[: params.H], W[params.H :], reorder(params.b, BLOCKS, order)


def _in(W_h: NDArray, W_x: NDArray, b: NDArray, order: str) -> tuple[NDArray, NDArray]:
    """Return W (H + D, 4H) and b in the order of this course."""
    return reorder(np.concatenate([W_h, W_x]), order, BLOCKS), reorder(b, order, BLOCKS)


def _sizes(W_h: NDArray, W_x: NDArray, what: str) -> tuple[int, int]:
    """Read H and D off weights that stand as (4H, H) and (4H, D)."""
    if W_h.ndim != 2 or 0 in W_h.shape or W_h.shape[0] != 4 * W_h.shape[1]:
        seen = W_h.shape if "4H, H" in what else W_h.T.shape
        raise ValueError(
            f"{what} has shape {seen}; expected four blocks of H for H units. "
            "Is it transposed, or from another kind of layer?"
        )
    H, sizes = W_h.shape[1], W_x.shape
    return H, next((s for s in sizes[::-1] if s != 4 * H), 4 * H) if len(sizes) == 2 else 0


def _check(given: dict[str, NDArray], wanted: dict[str, tuple[int, ...]]) -> None:
    for name, array in given.items():
        if array.shape != wanted[name] or 0 in array.shape:
            raise ValueError(
                f"{name} has shape {array.shape}; expected {wanted[name]} to go with the others. "
                "Is it transposed?"
            )
