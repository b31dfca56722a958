"""One LSTM cell: its weights, one step forward, and under it the same step backward.

The four blocks of weights stand side by side in one array W (H + D, 4H), in the order
i, f, o, c. ``W_i``, ``W_f``, ... are views: changing one changes W.
"""

from dataclasses import dataclass
from operator import index
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

from .equations import (
    as_numbers,
    candidate,
    cell_state,
    concat,
    forget_gate,
    hidden_state,
    input_gate,
    output_gate,
)

BLOCKS = "ifoc"


def _block(array: str, k: int, text: str) -> property:
    """Return a property: the k-th quarter of the last axis of `array`, as a view."""

    def view(self) -> NDArray:
        stacked = getattr(self, array)
        H = stacked.shape[-1] // 4
        return stacked[..., k * H : (k + 1) * H]

    return property(view, doc=text)


@dataclass(frozen=True, eq=False, repr=False)
class LSTMParams:
    """Weights and biases of one LSTM layer.

    Parameters
    ----------
    W : array (H + D, 4H)
        Weights of i, f, o and c side by side; the first H rows belong to h_{t-1}.
    b : array (4H,)
        Biases in the same order.

    Raises
    ------
    ValueError
        When the shapes do not fit together.

    Notes
    -----
    An array of floats is kept, not copied, so that training can change it in place.
    """

    W: NDArray
    b: NDArray

    W_i = _block("W", 0, "Weights of the input gate, (H + D, H); a view.")
    W_f = _block("W", 1, "Weights of the forget gate, (H + D, H); a view.")
    W_o = _block("W", 2, "Weights of the output gate, (H + D, H); a view.")
    W_c = _block("W", 3, "Weights of the candidate, (H + D, H); a view.")
    b_i = _block("b", 0, "Bias of the input gate, (H,); a view.")
    b_f = _block("b", 1, "Bias of the forget gate, (H,); a view.")
    b_o = _block("b", 2, "Bias of the output gate, (H,); a view.")
    b_c = _block("b", 3, "Bias of the candidate, (H,); a view.")

    def __post_init__(self) -> None:
        """Check the shapes once, so that no step has to."""
        W, b = as_numbers(self.W, "W"), as_numbers(self.b, "b")
        if W.ndim != 2 or W.shape[1] == 0 or W.shape[1] % 4 or 4 * W.shape[0] <= W.shape[1]:
            raise ValueError(
                f"W has shape {W.shape}; expected (H + D, 4H): four blocks i, f, o, c of H columns "
                "side by side, and more than H rows. Try LSTMParams.from_parts(W_i=..., ...)"
            )
        if b.shape != W.shape[1:]:
            raise ValueError(
                f"b has shape {b.shape}; expected {W.shape[1:]}, one number per column of W"
            )
        dtype = np.result_type(W, b)
        object.__setattr__(self, "W", np.asarray(W, dtype))
        object.__setattr__(self, "b", np.asarray(b, dtype))

    @classmethod
    def from_parts(
        cls,
        *,
        W_i: ArrayLike,
        W_f: ArrayLike,
        W_o: ArrayLike,
        W_c: ArrayLike,
        b_i: ArrayLike,
        b_f: ArrayLike,
        b_o: ArrayLike,
        b_c: ArrayLike,
    ) -> Self:
        """Stack the eight parts; they are copied.

        Parameters
        ----------
        W_i, W_f, W_o, W_c : array (H + D, H)
        b_i, b_f, b_o, b_c : array (H,)

        Raises
        ------
        ValueError
            When a part does not have the shape of the others.
        """
        Ws = {"W_i": W_i, "W_f": W_f, "W_o": W_o, "W_c": W_c}
        bs = {"b_i": b_i, "b_f": b_f, "b_o": b_o, "b_c": b_c}
        parts = {name: as_numbers(part, name) for name, part in (Ws | bs).items()}
        rows, H = parts["W_i"].shape if parts["W_i"].ndim == 2 else (0, 0)
        if not rows > H > 0:
            raise ValueError(
                f"W_i has shape {parts['W_i'].shape}; expected (H + D, H): "
                "rows for h_{t-1} and x_t, one column per hidden unit"
            )
        for name, part in parts.items():
            expected = (rows, H) if name in Ws else (H,)
            if part.shape != expected:
                raise ValueError(
                    f"{name} has shape {part.shape}; expected {expected} to go with "
                    f"W_i {(rows, H)}, that is H = {H}, D = {rows - H}"
                )
        return cls(
            np.concatenate([parts[name] for name in Ws], axis=1),
            np.concatenate([parts[name] for name in bs]),
        )

    @property
    def H(self) -> int:
        """Hidden units."""
        return self.W.shape[1] // 4

    @property
    def D(self) -> int:
        """Inputs."""
        return self.W.shape[0] - self.H

    def parts(self) -> dict[str, NDArray]:
        """Return the eight parts by name, as views."""
        return {f"{array}_{k}": getattr(self, f"{array}_{k}") for array in "Wb" for k in BLOCKS}

    def __repr__(self) -> str:
        """Show the sizes, not the numbers."""
        return f"LSTMParams(D={self.D}, H={self.H}, {self.W.dtype})"


@dataclass(frozen=True, eq=False)
class Readout:
    """Weights from the hidden state to the classes, as ``output`` (eq. 7) takes them.

    Parameters
    ----------
    W_y : array (H, K)
    b_y : array (K,)

    Raises
    ------
    ValueError
        When the shapes do not fit together.
    """

    W_y: NDArray
    b_y: NDArray

    def __post_init__(self) -> None:
        """Check the shapes."""
        W_y, b_y = as_numbers(self.W_y, "W_y"), as_numbers(self.b_y, "b_y")
        if W_y.ndim != 2 or 0 in W_y.shape or b_y.shape != W_y.shape[1:]:
            raise ValueError(
                f"W_y has shape {W_y.shape} and b_y {b_y.shape}; expected (H, K) and (K,)"
            )
        object.__setattr__(self, "W_y", W_y)
        object.__setattr__(self, "b_y", b_y)

    @property
    def H(self) -> int:
        """Hidden units."""
        return self.W_y.shape[0]

    @property
    def K(self) -> int:
        """Classes."""
        return self.W_y.shape[1]


def init_params(
    rng: np.random.Generator,
    D: int,
    H: int,
    *,
    forget_bias: float = 1.0,
    input_bias: float = 0.0,
    scale: float | None = None,
    dtype: DTypeLike = np.float64,
) -> LSTMParams:
    """Draw starting weights; the biases start at zero, or where they are told to.

    Parameters
    ----------
    rng : numpy.random.Generator
        Draws the weights from a normal distribution.
    D, H : int
        Inputs and hidden units.
    forget_bias : float
        Start of every entry of b_f; 1 keeps most of a memory (Jozefowicz et al. 2015).
    input_bias : float
        Start of every entry of b_i; below zero little is written at first (Hochreiter &
        Schmidhuber 1997).
    scale : float, optional
        Standard deviation of the weights; 1/√(H + D) when left out.
    dtype : dtype
        float64 or float32; the same seed draws the same weights for both.

    Returns
    -------
    LSTMParams

    Raises
    ------
    ValueError
        When a size is not a whole number above 0, or `rng` is no generator.
    """
    D, H = _size(D, "D"), _size(H, "H")
    scale = 1 / np.sqrt(H + D) if scale is None else scale
    W = scale * _generator(rng).standard_normal((H + D, 4 * H))
    params = LSTMParams(W.astype(dtype), np.zeros(4 * H, dtype))
    params.b_f[:], params.b_i[:] = forget_bias, input_bias
    return params


def init_readout(
    rng: np.random.Generator,
    H: int,
    K: int,
    *,
    scale: float | None = None,
    dtype: DTypeLike = np.float64,
) -> Readout:
    """Draw starting weights of the read-out; b_y is zero.

    Parameters
    ----------
    rng : numpy.random.Generator
    H, K : int
        Hidden units and classes.
    scale : float, optional
        Standard deviation of the weights; 1/√H when left out.
    dtype : dtype

    Returns
    -------
    Readout

    Raises
    ------
    ValueError
        When a size is not a whole number above 0, or `rng` is no generator.
    """
    H, K = _size(H, "H"), _size(K, "K")
    scale = 1 / np.sqrt(H) if scale is None else scale
    W_y = scale * _generator(rng).standard_normal((H, K))
    return Readout(W_y.astype(dtype), np.zeros(K, dtype))


class Step(NamedTuple):
    """Everything that one step sees and makes; all (..., H) but x_t (..., D)."""

    x_t: NDArray
    h_prev: NDArray
    c_prev: NDArray
    i_t: NDArray
    f_t: NDArray
    o_t: NDArray
    c_tilde: NDArray
    c_t: NDArray
    h_t: NDArray


def lstm_step(params: LSTMParams, x_t: ArrayLike, h_prev: ArrayLike, c_prev: ArrayLike) -> Step:
    """Take one step: equations 1 to 6, in order.

    Parameters
    ----------
    params : LSTMParams
    x_t : array (..., D)
        Input of this step.
    h_prev, c_prev : array (..., H)
        Hidden state and cell state of the step before.

    Returns
    -------
    Step
        ``step.h_t`` and ``step.c_t`` go into the next step.

    Raises
    ------
    ValueError
        When the shapes do not fit together.
    """
    p = params
    x_t, h_prev, c_prev = _step_inputs(p, x_t, h_prev, c_prev)
    i_t = input_gate(h_prev, x_t, p.W_i, p.b_i)  # (eq. 1)
    f_t = forget_gate(h_prev, x_t, p.W_f, p.b_f)  # (eq. 2)
    o_t = output_gate(h_prev, x_t, p.W_o, p.b_o)  # (eq. 3)
    c_tilde = candidate(h_prev, x_t, p.W_c, p.b_c)  # (eq. 4)
    c_t = cell_state(f_t, c_prev, i_t, c_tilde)  # (eq. 5)
    h_t = hidden_state(o_t, c_t)  # (eq. 6)
    return Step(x_t, h_prev, c_prev, i_t, f_t, o_t, c_tilde, c_t, h_t)


@dataclass(frozen=True, eq=False)
class ParamGradients:
    """Gradient of a loss for ``LSTMParams``: dW (H + D, 4H), db (4H,) and their views."""

    dW: NDArray
    db: NDArray

    dW_i = _block("dW", 0, "Gradient for W_i; a view.")
    dW_f = _block("dW", 1, "Gradient for W_f; a view.")
    dW_o = _block("dW", 2, "Gradient for W_o; a view.")
    dW_c = _block("dW", 3, "Gradient for W_c; a view.")
    db_i = _block("db", 0, "Gradient for b_i; a view.")
    db_f = _block("db", 1, "Gradient for b_f; a view.")
    db_o = _block("db", 2, "Gradient for b_o; a view.")
    db_c = _block("db", 3, "Gradient for b_c; a view.")

    def parts(self) -> dict[str, NDArray]:
        """Return the eight gradients under the names of their parameters: W_i, ..., b_c."""
        return {f"{array}_{k}": getattr(self, f"d{array}_{k}") for array in "Wb" for k in BLOCKS}


@dataclass(frozen=True, eq=False)
class StepGradients(ParamGradients):
    """What one step backward returns: dW, db, dx_t (..., D), dh_prev and dc_prev (..., H)."""

    dx_t: NDArray
    dh_prev: NDArray
    dc_prev: NDArray


def lstm_step_backward(
    dh_t: ArrayLike, dc_t: ArrayLike, step: Step, params: LSTMParams
) -> StepGradients:
    """Send the gradient of a loss L back through one step.

    Read ``lstm_step`` from its last line up: each line below undoes one of it.

    Parameters
    ----------
    dh_t : array (..., H)
        ∂L/∂h_t, from the read-out and from step t + 1 together.
    dc_t : array (..., H)
        ∂L/∂c_t as far as it comes from step t + 1; zero at the last step.
    step : Step
        What ``lstm_step`` returned.
    params : LSTMParams

    Returns
    -------
    StepGradients
        dW and db are sums over the batch.

    Raises
    ------
    ValueError
        When dh_t or dc_t does not have the shape of h_t.
    """
    x_t, h_prev, c_prev, i_t, f_t, o_t, c_tilde, c_t, h_t = step
    dh_t, dc_t = _like(dh_t, "dh_t", h_t), _like(dc_t, "dc_t", h_t)
    # h_t = o_t ⊙ tanh(c_t)                                               (eq. 6)
    do_t = dh_t * np.tanh(c_t)
    dc_t = dc_t + dh_t * o_t * (1 - np.tanh(c_t) ** 2)  # two ways lead to c_t: a sum
    # c_t = f_t ⊙ c_{t-1} + i_t ⊙ c̃_t                                     (eq. 5)
    df_t = dc_t * c_prev
    dc_prev = dc_t * f_t  # no weight and no squashing on this way back
    di_t = dc_t * c_tilde
    dc_tilde = dc_t * i_t
    # σ'(a) = σ(a) (1 - σ(a)) and tanh'(a) = 1 - tanh(a)²            (eq. 4 to 1)
    da_i = di_t * i_t * (1 - i_t)
    da_f = df_t * f_t * (1 - f_t)
    da_o = do_t * o_t * (1 - o_t)
    da_c = dc_tilde * (1 - c_tilde**2)
    da = np.concatenate([da_i, da_f, da_o, da_c], axis=-1)  # (..., 4H)
    # a = [h_{t-1}, x_t] W + b
    z_t = concat(h_prev, x_t)
    dW = z_t.reshape(-1, z_t.shape[-1]).T @ da.reshape(-1, da.shape[-1])
    db = da.reshape(-1, da.shape[-1]).sum(axis=0)
    dz_t = da @ params.W.T
    return StepGradients(dW, db, dz_t[..., params.H :], dz_t[..., : params.H], dc_prev)


def _step_inputs(
    params: LSTMParams, x_t: ArrayLike, h_prev: ArrayLike, c_prev: ArrayLike
) -> tuple[NDArray, NDArray, NDArray]:
    """Return the three as arrays of the sizes that `params` asks for."""
    x_t = as_numbers(x_t, "x_t")
    if x_t.ndim == 0 or x_t.shape[-1] != params.D:
        raise ValueError(
            f"x_t has shape {x_t.shape}; expected (..., {params.D}), since D = {params.D}"
        )
    states = as_numbers(h_prev, "h_prev"), as_numbers(c_prev, "c_prev")
    expected = (*x_t.shape[:-1], params.H)
    for name, state in zip(("h_prev", "c_prev"), states, strict=True):
        if state.shape != expected:
            raise ValueError(
                f"{name} has shape {state.shape}; expected {expected}: "
                f"H = {params.H} units for each row of x_t {x_t.shape}"
            )
    return x_t, *states


def _like(a: ArrayLike, name: str, model: NDArray) -> NDArray:
    a = as_numbers(a, name)
    if a.shape != model.shape:
        raise ValueError(f"{name} has shape {a.shape}; expected {model.shape}, the shape of h_t")
    return a


def _size(size: int, name: str) -> int:
    try:
        whole = index(size)
    except TypeError:
        whole = 0
    if whole < 1:
        raise ValueError(f"{name} is {size!r}; expected a whole number of at least 1")
    return whole


def _generator(rng: np.random.Generator) -> np.random.Generator:
    if not isinstance(rng, np.random.Generator):
        raise ValueError(f"rng is {rng!r:.60}; expected a generator. Try np.random.default_rng(0)")
    return rng
