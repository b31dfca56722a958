"""A whole sequence, forward and backward: the only loop over t, and the fast path.

``lstm_step`` and ``lstm_step_backward`` in ``cell.py`` are the same mathematics to read.
This file is arranged for speed; a test holds the two equal. What makes it fast:

- σ(a) = ½ (1 + tanh(a / 2)): with the columns of i, f and o halved once, one tanh call
  serves all four blocks of a step.
- The row [h_{t-1}, x_t, 1] is written once. One product with W above b gives all
  pre-activations; one product with all rows at once gives dW and db together.
- i, f, o and c̃ of a step lie one behind the other, each in one piece: one call serves
  several of them.
- Backward, everything that does not depend on later steps is computed for many steps at
  once, outside the loop.
- Work arrays are made once; every operation writes into one of them. In the loops it is the
  last positional argument: naming it with `out=` costs a small step a tenth of its time.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .cell import LSTMParams, ParamGradients
from .equations import as_numbers

# Steps are taken back in stretches of about this many numbers (they stay in the cache) and
# of at least this many rows (large enough for a fast matrix product).
CACHED_NUMBERS, ENOUGH_ROWS = 2**15, 512


def _part(cut: Callable[["Trace"], NDArray], text: str) -> property:
    return property(lambda self: self._out(cut(self)), doc=text)


@dataclass(frozen=True, eq=False, repr=False)
class Trace:
    """All that a sequence leaves behind; ``lstm_forward`` makes it.

    Every array has time first: (T, N, ·), or (T, ·) when xs had no batch. All are views.

    Parameters
    ----------
    z : array (T + 1, N, H + D + 1)
        Rows [h_{t-1}, x_t, 1]; of the last one only h_T counts.
    gates : array (T, 4, N, H)
        i_t, f_t, o_t and c̃_t.
    cells : array (T + 1, N, H)
        c_0 to c_T.
    tanhs : array (T, N, H)
        tanh(c_t).
    batched : bool
        Whether xs had a batch axis.
    """

    z: NDArray
    gates: NDArray
    cells: NDArray
    tanhs: NDArray
    batched: bool

    T = property(lambda self: len(self.z) - 1, doc="Steps.")
    H = property(lambda self: self.cells.shape[-1], doc="Hidden units.")
    is_ = _part(lambda self: self.gates[:, 0], "Input gates i_t, (T, N, H); `is` is a Python word.")
    fs = _part(lambda self: self.gates[:, 1], "Forget gates f_t, (T, N, H).")
    os = _part(lambda self: self.gates[:, 2], "Output gates o_t, (T, N, H).")
    c_tildes = _part(lambda self: self.gates[:, 3], "Candidates c̃_t, (T, N, H).")
    xs = _part(lambda self: self.z[:-1, :, self.H : -1], "Inputs x_t, (T, N, D).")
    hs = _part(lambda self: self.z[1:, :, : self.H], "Hidden states h_t, (T, N, H).")
    cs = _part(lambda self: self.cells[1:], "Cell states c_t, (T, N, H).")
    h_0 = _part(lambda self: self.z[0, :, : self.H], "Hidden state before the first step, (N, H).")
    c_0 = _part(lambda self: self.cells[0], "Cell state before the first step, (N, H).")
    h_T = _part(lambda self: self.z[-1, :, : self.H], "Hidden state after the last step, (N, H).")
    c_T = _part(lambda self: self.cells[-1], "Cell state after the last step, (N, H).")

    def _out(self, a: NDArray) -> NDArray:
        return a if self.batched else a[..., 0, :]

    def __repr__(self) -> str:
        """Show the sizes, not the numbers."""
        T, N, D = self.z[:-1, :, self.H : -1].shape
        batch = f", N={N}" if self.batched else ""
        return f"Trace(T={T}{batch}, D={D}, H={self.H}, {self.z.dtype})"


@dataclass(frozen=True, eq=False)
class Gradients(ParamGradients):
    """Gradient of a loss for everything that went into ``lstm_forward``.

    dW (H + D, 4H) and db (4H,) with the views dW_i, ..., db_c; dxs (T, N, D);
    dh_0 and dc_0 (N, H).
    """

    dxs: NDArray
    dh_0: NDArray
    dc_0: NDArray


def lstm_forward(
    params: LSTMParams,
    xs: ArrayLike,
    h_0: ArrayLike | None = None,
    c_0: ArrayLike | None = None,
) -> Trace:
    """Run the LSTM over a sequence: equations 1 to 6 at every step.

    Parameters
    ----------
    params : LSTMParams
    xs : array (T, N, D) or (T, D)
        Inputs, time first; without N it is one sequence alone.
    h_0, c_0 : array (N, H) or (H,), optional
        State before the first step; zeros when left out.

    Returns
    -------
    Trace
        ``trace.hs`` and ``trace.cs``, gates, ``trace.h_T`` and ``trace.c_T``. float32 when
        everything given is float32, else float64.

    Raises
    ------
    ValueError
        When a shape does not fit, or there is no step or no sequence at all.
    """
    xs = as_numbers(xs, "xs")
    _check_inputs(xs, params.D)
    T, N, H = len(xs), xs.shape[1] if xs.ndim == 3 else 1, params.H
    state = (*xs.shape[1:-1], H)
    h_0, c_0 = _given(h_0, "h_0", state, xs), _given(c_0, "c_0", state, xs)
    dtype = np.result_type(params.W, xs, *(s for s in (h_0, c_0) if s is not None))

    z = np.empty((T + 1, N, H + params.D + 1), dtype)
    z[0, :, :H] = 0 if h_0 is None else h_0
    z[:T, :, H:-1] = xs.reshape(T, N, -1)
    z[:T, :, -1], z[T, :, H:] = 1, 0
    gates, cells = np.empty((T, 4, N, H), dtype), np.empty((T + 1, N, H), dtype)
    cells[0] = 0 if c_0 is None else c_0
    trace = Trace(z, gates, cells, np.empty((T, N, H), dtype), xs.ndim == 3)
    _forward_loop(trace, _weights_by_gate(params, dtype))
    return trace


def _weights_by_gate(params: LSTMParams, dtype: np.dtype) -> NDArray:
    """W above b as (4, H + D + 1, H), the columns of i, f and o halved for one tanh."""
    H = params.H
    weights = np.empty((4, H + params.D + 1, H), dtype)
    weights[:, :-1] = params.W.reshape(-1, 4, H).transpose(1, 0, 2)
    weights[:, -1] = params.b.reshape(4, H)
    weights[:3] *= 0.5
    return weights


def _forward_loop(trace: Trace, weights: NDArray) -> None:
    """Fill a trace step by step."""
    matmul, tanh, multiply, add = np.matmul, np.tanh, np.multiply, np.add
    z, gates, cells, H = trace.z, trace.gates, trace.cells, trace.H
    half, written, c_prev = np.array(0.5, z.dtype), np.empty_like(cells[0]), cells[0]
    arrays = (z[:-1], gates, gates[:, :3], *gates.swapaxes(0, 1), cells[1:], trace.tanhs)
    for z_t, a_t, ifo, i_t, f_t, o_t, c_tilde, c_t, tanh_c, h_t in zip(
        *arrays, z[1:, :, :H], strict=True
    ):
        matmul(z_t, weights, a_t)
        tanh(a_t, a_t)  # c̃_t is done                                    (eq. 4)
        multiply(ifo, half, ifo)
        add(ifo, half, ifo)  # σ(a) = ½ + ½ tanh(a / 2)                  (eq. 1, 2, 3)
        multiply(i_t, c_tilde, written)
        multiply(f_t, c_prev, c_t)
        add(c_t, written, c_t)  #                                        (eq. 5)
        tanh(c_t, tanh_c)
        multiply(o_t, tanh_c, h_t)  #                                    (eq. 6)
        c_prev = c_t


def lstm_backward(
    params: LSTMParams,
    trace: Trace,
    dhs: ArrayLike | None,
    dh_T: ArrayLike | None = None,
    dc_T: ArrayLike | None = None,
) -> Gradients:
    """Send the gradient of a loss L back through a whole sequence.

    The formulas are those of ``lstm_step_backward``, for t = T, ..., 1.

    Parameters
    ----------
    params : LSTMParams
        The same as in ``lstm_forward``.
    trace : Trace
        What ``lstm_forward`` returned.
    dhs : array (T, N, H) or (T, H), or None
        ∂L/∂h_t of each step as it comes from above, not through later steps; None for zeros.
    dh_T, dc_T : array (N, H) or (H,), optional
        Gradient that reaches the last state from elsewhere, added to `dhs`.

    Returns
    -------
    Gradients
        dW and db are sums over time and batch.

    Raises
    ------
    ValueError
        When a shape does not fit.
    """
    z, dtype = trace.z, trace.z.dtype
    T, N, H = trace.T, z.shape[1], params.H
    if (trace.H, z.shape[-1]) != (H, H + params.D + 1):
        raise ValueError(f"{trace!r} was not made with {params!r}; give the same params to both")
    dhs = _given(dhs, "dhs", trace.hs.shape)
    dhs = np.zeros((T, N, H), dtype) if dhs is None else dhs.reshape(T, N, H)
    dh, dc_back = np.zeros((2, N, H), dtype)  # gradient at h_t, and at c_t from step t + 1
    if dh_T is not None:
        dh[:] = _given(dh_T, "dh_T", trace.h_T.shape)
    if dc_T is not None:
        dc_back[:] = _given(dc_T, "dc_T", trace.h_T.shape)

    W_T = params.W.T.astype(dtype, copy=False)
    dW_db, dxs = _stretch_by_stretch(trace, dhs, dh, dc_back, W_T)
    return Gradients(dW_db[:-1], dW_db[-1], trace._out(dxs), trace._out(dh), trace._out(dc_back))


def _stretch_by_stretch(
    trace: Trace, dhs: NDArray, dh: NDArray, dc_back: NDArray, W_T: NDArray
) -> tuple[NDArray, NDArray]:
    """Return dW above db, and dxs; carry on in `dh` and `dc_back`."""
    (T, N, H), z = dhs.shape, trace.z
    K, dtype = z.shape[-1], z.dtype
    W_h, W_x = np.ascontiguousarray(W_T[:, :H]), W_T[:, H:]
    dW_db, dxs = np.zeros((K, 4 * H), dtype), np.empty((T, N, K - H - 1), dtype)
    length = max(1, min(T, max(CACHED_NUMBERS // (N * H), ENOUGH_ROWS // N)))
    work, das = np.empty((length, 8, N, H), dtype), np.empty((length, N, 4, H), dtype)
    for stop in range(T, 0, -length):
        steps = slice(max(0, stop - length), stop)
        da = das[: stop - steps.start]
        factors = _local_factors(trace, steps, work[: len(da)])
        _backward_loop(dh, dc_back, dhs[steps], trace.gates[steps, 1], factors, da, W_h)
        rows = da.reshape(-1, 4 * H)
        dW_db += z[steps].reshape(-1, K).T @ rows
        dxs[steps] = (rows @ W_x).reshape(-1, N, K - H - 1)
    return dW_db, dxs


def _local_factors(trace: Trace, steps: slice, work: NDArray) -> NDArray:
    """Return what dc_t or dh_t is multiplied by, for a stretch of steps at once.

    Blocks 0 to 3 lead to the pre-activations: ∂c_t/∂a_i = i (1 - i) c̃,
    ∂c_t/∂a_f = f (1 - f) c_{t-1}, ∂h_t/∂a_o = o (1 - o) tanh c_t, ∂c_t/∂a_c = i (1 - c̃²);
    block 4 is ∂h_t/∂c_t = o (1 - tanh² c_t). Each is written as p - p q with
    p = gate ⊙ partner, which is one operation less.
    """
    gates, shares = trace.gates[steps], work[:, 5:]
    partners = gates[:, 3], trace.cells[steps], trace.tanhs[steps]
    for k, partner in enumerate(partners):  # i c̃, f c_{t-1}, o tanh c_t
        np.multiply(gates[:, k], partner, shares[:, k])
    np.multiply(shares, gates[:, :3], work[:, :3])
    np.subtract(shares, work[:, :3], work[:, :3])
    for to, k in ((3, 0), (4, 2)):
        np.multiply(shares[:, k], partners[k], work[:, to])
        np.subtract(gates[:, k], work[:, to], work[:, to])
    return work


def _backward_loop(
    dh: NDArray,
    dc_back: NDArray,
    dhs: NDArray,
    fs: NDArray,
    factors: NDArray,
    das: NDArray,
    W_h: NDArray,
) -> None:
    """Fill `das` (steps, N, 4, H) from the last step back; carry on in `dh` and `dc_back`."""
    _, N, _, H = das.shape
    dot, multiply, add, dc = np.dot, np.multiply, np.add, np.empty_like(dh)
    arrays = (dhs, fs, factors[:, :4], factors[:, 2], factors[:, 4])
    arrays += (das.transpose(0, 2, 1, 3), das[:, :, 2], das.reshape(-1, N, 4 * H))
    for dh_t, f_t, to_a, to_a_o, to_c, da, da_o, da_rows in zip(
        *(a[::-1] for a in arrays), strict=True
    ):
        add(dh, dh_t, dh)
        multiply(dh, to_c, dc)
        add(dc, dc_back, dc)  # dc_t: by way of h_t, and from step t + 1
        multiply(to_a, dc, da)  # all four blocks in one call ...
        multiply(to_a_o, dh, da_o)  # ... but a_o acts on h_t, not on c_t
        multiply(dc, f_t, dc_back)
        dot(da_rows, W_h, dh)


def _check_inputs(xs: NDArray, D: int) -> None:
    if xs.ndim not in (2, 3) or xs.shape[-1] != D:
        raise ValueError(
            f"xs has shape {xs.shape}; expected (T, N, {D}), time first, or (T, {D}) for one "
            f"sequence, since the weights have D = {D} inputs"
        )
    if 0 in xs.shape:
        missing = "no step (T = 0)" if len(xs) == 0 else "no sequence (N = 0)"
        raise ValueError(f"xs has shape {xs.shape}, {missing}; expected at least one of each")


def _given(
    a: ArrayLike | None, name: str, shape: tuple[int, ...], xs: NDArray | None = None
) -> NDArray | None:
    """Return `a` as an array of exactly `shape`; None stays None."""
    if a is None:
        return None
    a = as_numbers(a, name)
    if a.shape != shape:
        swapped = xs is not None and xs.ndim == 3 and a.shape == (len(xs), shape[-1])
        hint = ". Time comes first: try xs.swapaxes(0, 1)" if swapped else ""
        raise ValueError(f"{name} has shape {a.shape}; expected {shape}{hint}")
    return a
