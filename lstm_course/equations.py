"""The seven equations of the LSTM, one function each.

Rows are samples. A learner starts with one vector, shape (D,); a batch has
shape (N, D); any further leading sizes work too. H is the number of hidden
units, D of inputs, K of outputs. Papers write W_f [h, x] + b_f with columns;
with rows the same product is written [h, x] @ W_f + b_f.

Every function takes anything that NumPy can turn into numbers, changes none of
its arguments, and raises a ValueError that names the shapes when they do not fit.

References
----------
Hochreiter & Schmidhuber (1997), Long short-term memory.
Gers, Schmidhuber & Cummins (2000), Learning to forget (the forget gate).
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def sigmoid(a: ArrayLike) -> NDArray:
    """Squash any number into the range from 0 to 1.

    σ(a) = 1 / (1 + e^(-a)) = ½ (1 + tanh(a / 2))

    The second form is the one computed: tanh never overflows.

    Parameters
    ----------
    a : array (...)
        Any real numbers.

    Returns
    -------
    array (...)
        Between 0 and 1; σ(0) = 0.5.
    """
    return 0.5 * (1.0 + np.tanh(0.5 * as_numbers(a, "a")))


def softmax(a: ArrayLike) -> NDArray:
    """Turn each row of scores into probabilities.

    softmax(a)_k = e^(a_k) / Σ_j e^(a_j), along the last axis

    The largest score of a row is subtracted first: the result is the same,
    and no exponential overflows.

    Parameters
    ----------
    a : array (..., K)
        Scores (logits), one per class.

    Returns
    -------
    array (..., K)
        Each row is positive and sums to 1.

    Raises
    ------
    ValueError
        When `a` has no classes to share the probability among.
    """
    a = as_numbers(a, "a")
    if a.ndim == 0 or a.shape[-1] == 0:
        raise ValueError(
            f"softmax needs at least one score per row, shape (..., K); a has shape {a.shape}"
        )
    powers = np.exp(a - a.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


def input_gate(h_prev: ArrayLike, x_t: ArrayLike, W_i: ArrayLike, b_i: ArrayLike) -> NDArray:
    """Share of the candidate to write into each memory.

    i_t = σ([h_{t-1}, x_t] W_i + b_i)                                   (eq. 1)

    Parameters
    ----------
    h_prev : array (..., H)
        Hidden state of the step before.
    x_t : array (..., D)
        Input of this step.
    W_i : array (H + D, H)
        Weights; the first H rows belong to `h_prev`.
    b_i : array (H,)
        Bias.

    Returns
    -------
    array (..., H)
        Between 0 (write nothing) and 1 (write all of it).

    Raises
    ------
    ValueError
        When the shapes do not fit together.
    """
    return sigmoid(_affine(concat(h_prev, x_t), W_i, b_i, "i"))


def forget_gate(h_prev: ArrayLike, x_t: ArrayLike, W_f: ArrayLike, b_f: ArrayLike) -> NDArray:
    """Share of each old memory to keep.

    f_t = σ([h_{t-1}, x_t] W_f + b_f)                                   (eq. 2)

    Parameters
    ----------
    h_prev : array (..., H)
        Hidden state of the step before.
    x_t : array (..., D)
        Input of this step.
    W_f : array (H + D, H)
        Weights; the first H rows belong to `h_prev`.
    b_f : array (H,)
        Bias. Training usually starts with 1, so that memories last.

    Returns
    -------
    array (..., H)
        Between 0 (forget) and 1 (keep).

    Raises
    ------
    ValueError
        When the shapes do not fit together.

    References
    ----------
    Gers, Schmidhuber & Cummins (2000): the 1997 cell had no such gate.
    """
    return sigmoid(_affine(concat(h_prev, x_t), W_f, b_f, "f"))


def output_gate(h_prev: ArrayLike, x_t: ArrayLike, W_o: ArrayLike, b_o: ArrayLike) -> NDArray:
    """Share of each memory to show.

    o_t = σ([h_{t-1}, x_t] W_o + b_o)                                   (eq. 3)

    Parameters
    ----------
    h_prev : array (..., H)
        Hidden state of the step before.
    x_t : array (..., D)
        Input of this step.
    W_o : array (H + D, H)
        Weights; the first H rows belong to `h_prev`.
    b_o : array (H,)
        Bias.

    Returns
    -------
    array (..., H)
        Between 0 (hold back) and 1 (show).

    Raises
    ------
    ValueError
        When the shapes do not fit together.
    """
    return sigmoid(_affine(concat(h_prev, x_t), W_o, b_o, "o"))


def candidate(h_prev: ArrayLike, x_t: ArrayLike, W_c: ArrayLike, b_c: ArrayLike) -> NDArray:
    """Propose what to write into each memory.

    c̃_t = tanh([h_{t-1}, x_t] W_c + b_c)                                (eq. 4)

    Parameters
    ----------
    h_prev : array (..., H)
        Hidden state of the step before.
    x_t : array (..., D)
        Input of this step.
    W_c : array (H + D, H)
        Weights; the first H rows belong to `h_prev`.
    b_c : array (H,)
        Bias.

    Returns
    -------
    array (..., H)
        Between -1 and 1, so that a memory can go down as well as up.

    Raises
    ------
    ValueError
        When the shapes do not fit together.
    """
    return np.tanh(_affine(concat(h_prev, x_t), W_c, b_c, "c"))


def cell_state(f_t: ArrayLike, c_prev: ArrayLike, i_t: ArrayLike, c_tilde: ArrayLike) -> NDArray:
    """Keep a share of the old memory and add a share of the candidate.

    c_t = f_t ⊙ c_{t-1} + i_t ⊙ c̃_t                                     (eq. 5)

    Parameters
    ----------
    f_t, i_t : array (..., H)
        Forget gate and input gate.
    c_prev : array (..., H)
        Cell state of the step before.
    c_tilde : array (..., H)
        Candidate.

    Returns
    -------
    array (..., H)
        The new cell state; it has no bound.

    Raises
    ------
    ValueError
        When the last sizes differ.
    """
    f_t, c_prev = as_numbers(f_t, "f_t"), as_numbers(c_prev, "c_prev")
    i_t, c_tilde = as_numbers(i_t, "i_t"), as_numbers(c_tilde, "c_tilde")
    _same_units(f_t=f_t, c_prev=c_prev, i_t=i_t, c_tilde=c_tilde)
    return f_t * c_prev + i_t * c_tilde


def hidden_state(o_t: ArrayLike, c_t: ArrayLike) -> NDArray:
    """Show a share of the squashed memory.

    h_t = o_t ⊙ tanh(c_t)                                               (eq. 6)

    Parameters
    ----------
    o_t : array (..., H)
        Output gate.
    c_t : array (..., H)
        Cell state of this step.

    Returns
    -------
    array (..., H)
        Between -1 and 1, however large `c_t` is.

    Raises
    ------
    ValueError
        When the last sizes differ.
    """
    o_t, c_t = as_numbers(o_t, "o_t"), as_numbers(c_t, "c_t")
    _same_units(o_t=o_t, c_t=c_t)
    return o_t * np.tanh(c_t)


def output(h_t: ArrayLike, W_y: ArrayLike, b_y: ArrayLike) -> NDArray:
    """Read a probability for each class off the hidden state.

    y_t = softmax(h_t W_y + b_y)                                        (eq. 7)

    Parameters
    ----------
    h_t : array (..., H)
        Hidden state of this step.
    W_y : array (H, K)
        Read-out weights.
    b_y : array (K,)
        Read-out bias.

    Returns
    -------
    array (..., K)
        Each row is positive and sums to 1.

    Raises
    ------
    ValueError
        When the shapes do not fit together.
    """
    return softmax(_affine(_at_least_a_row(h_t, "h_t"), W_y, b_y, "y"))


def concat(h_prev: ArrayLike, x_t: ArrayLike) -> NDArray:
    """Join hidden state and input along the last axis, h first.

    z_t = [h_{t-1}, x_t]

    Parameters
    ----------
    h_prev : array (..., H)
        Hidden state of the step before.
    x_t : array (..., D)
        Input of this step.

    Returns
    -------
    array (..., H + D)
        One longer row per sample.

    Raises
    ------
    ValueError
        When the leading (batch) sizes differ.
    """
    h_prev, x_t = _at_least_a_row(h_prev, "h_prev"), _at_least_a_row(x_t, "x_t")
    if h_prev.shape[:-1] != x_t.shape[:-1]:
        raise ValueError(
            f"h_prev has shape {h_prev.shape} and x_t has shape {x_t.shape}; "
            "all sizes but the last must be the same (one row of h_prev per row of x_t)"
        )
    return np.concatenate([h_prev, x_t], axis=-1)


def as_numbers(a: ArrayLike, name: str) -> NDArray:
    """Return `a` as an array of floats, or say in one line why that cannot be done.

    float32 stays float32; integers and booleans become float64. NaN is refused where it
    enters, because every later number would be NaN too; infinity is a number here.
    """
    try:
        array = np.asarray(a)
        array = array if array.dtype.kind == "f" else array.astype(float, casting="safe")
    except (TypeError, ValueError):
        raise ValueError(f"{name} must hold real numbers in equal rows; got {a!r:.60}") from None
    if array.size and np.isnan(array.max()):  # max hands on a nan, and makes no second array
        where = np.argwhere(np.isnan(array))[0].tolist()
        raise ValueError(
            f"{name} holds nan (first at {where}); expected numbers only. "
            "Look for 0/0, inf - inf or the log of a negative number before this step"
        )
    return array


def _at_least_a_row(a: ArrayLike, name: str) -> NDArray:
    a = as_numbers(a, name)
    if a.ndim == 0:
        raise ValueError(f"{name} is the single number {a}; expected a row, e.g. np.array([{a}])")
    return a


def _affine(z: NDArray, W: ArrayLike, b: ArrayLike, part: str) -> NDArray:
    """Return z W + b; `part` names the weights when the shapes do not fit."""
    W, b = as_numbers(W, f"W_{part}"), as_numbers(b, f"b_{part}")
    row = "h_t" if part == "y" else "[h_prev, x_t]"
    if W.ndim != 2 or W.shape[0] != z.shape[-1]:
        raise ValueError(
            f"W_{part} has shape {W.shape}, but {row} has {z.shape[-1]} columns; "
            f"expected {z.shape[-1]} rows in W_{part}"
        )
    if b.shape != W.shape[1:]:
        raise ValueError(
            f"b_{part} has shape {b.shape}; expected {W.shape[1:]}, one number per column "
            f"of W_{part} {W.shape}"
        )
    return z @ W + b


def _same_units(**arrays: NDArray) -> None:
    """Raise unless all arrays have the same number of units and compatible batches."""
    shapes = {name: a.shape for name, a in arrays.items()}
    try:
        np.broadcast_shapes(*shapes.values())
        fits = len({shape[-1] for shape in shapes.values() if shape}) <= 1
    except ValueError:
        fits = False
    if not fits:
        seen = ", ".join(f"{name} {shape}" for name, shape in shapes.items())
        raise ValueError(f"all must have the same shape, units H in the last place; got {seen}")
