"""A whole sequence, forward and backward: the only loop over t, and the fast path.

``lstm_step`` and ``lstm_step_backward`` in ``cell.py`` are the same mathematics to read.
This file is arranged for speed; a test holds the two equal. What makes it fast:

- σ(a) = ½ (1 + tanh(a / 2)): with the columns of i, f and o halved once, one tanh call
  serves all four blocks of a step.
- The row [h_{t-1}, x_t, 1] is written once. One product with W above b gives all
  pre-activations; one product with all rows at once gives dW and db together.
- The values of a step lie in six blocks, i f o | c̃ c_{t-1} tanh(c_t), so that each gate
  stands three places before the value it is multiplied by, and each half is contiguous.
- Backward, everything that does not depend on later steps is computed for many steps at
  once, outside the loop.
- Work arrays are made once; every operation writes into one of them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import prod

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .cell import LSTMParams, ParamGradients
from .equations import as_numbers

# Steps are taken back in stretches of about this many numbers (they stay in the cache) and
# of at least this many rows (large enough for a fast matrix product).
CACHED_NUMBERS, ENOUGH_ROWS = 2**15, 512


def _block(k: int, text: str, first: int = 0) -> property:
    return property(lambda self: self._out(self.blocks[first : first + self.T, k]), doc=text)


@dataclass(frozen=True, eq=False, repr=False)
class Trace:
    """All that a sequence leaves behind; ``lstm_forward`` makes it.

    Every array has time first: (T, N, ·), or (T, ·) when xs had no batch. All are views.

    Parameters
    ----------
    z : array (T + 1, N, H + D + 1)
        Rows [h_{t-1}, x_t, 1]; of the last one only h_T counts.
    blocks : array (T + 1, 6, N, H)
        i_t, f_t, o_t, c̃_t, c_{t-1} and tanh(c_t); of the last one only c_T counts.
    batched : bool
        Whether xs had a batch axis.
    """

    z: NDArray
    blocks: NDArray
    batched: bool

    is_ = _block(0, "Input gates i_t, (T, N, H). (`is` is a word of Python.)")
    fs = _block(1, "Forget gates f_t, (T, N, H).")
    os = _block(2, "Output gates o_t, (T, N, H).")
    c_tildes = _block(3, "Candidates c̃_t, (T, N, H).")
    cs = _block(4, "Cell states c_t, (T, N, H).", first=1)

    def _out(self, a: NDArray) -> NDArray:
        return a if self.batched else a[..., 0, :]

    @property
    def T(self) -> int:
        """Steps."""
        return len(self.z) - 1

    @property
    def H(self) -> int:
        """Hidden units."""
        return self.blocks.shape[-1]

    @property
    def xs(self) -> NDArray:
        """Inputs, (T, N, D)."""
        return self._out(self.z[:-1, :, self.H : -1])

    @property
    def hs(self) -> NDArray:
        """Hidden states h_t, (T, N, H)."""
        return self._out(self.z[1:, :, : self.H])

    @property
    def h_0(self) -> NDArray:
        """Hidden state before the first step, (N, H)."""
        return self._out(self.z[0, :, : self.H])

    @property
    def c_0(self) -> NDArray:
        """Cell state before the first step, (N, H)."""
        return self._out(self.blocks[0, 4])

    @property
    def h_T(self) -> NDArray:
        """Hidden state after the last step, (N, H)."""
        return self.hs[-1]

    @property
    def c_T(self) -> NDArray:
        """Cell state after the last step, (N, H)."""
        return self.cs[-1]

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
    z[:T, :, H:-1] = xs.reshape(T, N, -1)
    z[:T, :, -1] = 1
    z[T, :, H:] = 0
    z[0, :, :H] = 0 if h_0 is None else h_0
    blocks = _aligned_empty((T + 1, 6, N, H), dtype)
    blocks[T] = 0
    blocks[0, 4] = 0 if c_0 is None else c_0
    _forward_loop(z, blocks, _weights_by_block(params, dtype))
    return Trace(z, blocks, xs.ndim == 3)


def _forward_loop(z: NDArray, blocks: NDArray, weights: NDArray) -> None:
    """Fill `z` and `blocks` step by step."""
    T, H = len(z) - 1, blocks.shape[-1]
    half = np.array(0.5, z.dtype)
    shares = np.empty_like(blocks[0, :2])
    written, kept = shares  # i_t ⊙ c̃_t and f_t ⊙ c_{t-1}
    b = blocks[:T]
    arrays = (z[:T], b[:, :4], b[:, :3], b[:, :2], b[:, 3:5], blocks[1:, 4], b[:, 5], b[:, 2])
    for z_t, a_t, ifo, i_f, c_tilde_c_prev, c_t, tanh_c, o_t, h_t in zip(
        *arrays, z[1:, :, :H], strict=True
    ):
        np.matmul(z_t, weights, out=a_t)
        np.tanh(a_t, out=a_t)  # c̃_t is done                             (eq. 4)
        np.multiply(ifo, half, out=ifo)
        np.add(ifo, half, out=ifo)  # σ(a) = ½ + ½ tanh(a / 2)           (eq. 1, 2, 3)
        np.multiply(i_f, c_tilde_c_prev, out=shares)
        np.add(written, kept, out=c_t)  #                                (eq. 5)
        np.tanh(c_t, out=tanh_c)
        np.multiply(o_t, tanh_c, out=h_t)  #                             (eq. 6)


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
    z, blocks, dtype = trace.z, trace.blocks, trace.z.dtype
    T, N, H = trace.T, blocks.shape[2], params.H
    if (trace.H, z.shape[-1]) != (H, H + params.D + 1):
        raise ValueError(f"{trace!r} was not made with {params!r}; give the same params to both")
    dhs = _given(dhs, "dhs", trace.hs.shape)
    dhs = np.zeros((T, N, H), dtype) if dhs is None else dhs.reshape(T, N, H)
    dh, dc_back = np.zeros((2, N, H), dtype)  # gradient at h_t, and at c_t from step t + 1
    if dh_T is not None:
        dh[:] = _given(dh_T, "dh_T", trace.h_T.shape)
    if dc_T is not None:
        dc_back[:] = _given(dc_T, "dc_T", trace.h_T.shape)

    W_h = _aligned_empty((4 * H, H), dtype)
    W_h[:] = params.W[:H].T
    dW_db, dxs = np.zeros((H + params.D + 1, 4 * H), dtype), np.empty((T, N, params.D), dtype)
    length = max(1, min(T, max(CACHED_NUMBERS // (N * H), ENOUGH_ROWS // N)))
    work, das = np.empty((length, 8, N, H), dtype), _aligned_empty((length, N, 4, H), dtype)
    for steps in _stretches(T, length):
        b, da = blocks[steps], das[: steps.stop - steps.start]
        factors = _local_factors(b, work[: len(b)])
        _backward_loop(dh, dc_back, dhs[steps], b[:, 1], factors, da, W_h)
        rows = da.reshape(-1, 4 * H)
        dW_db += z[steps].reshape(len(rows), -1).T @ rows
        np.matmul(rows, params.W[H:].T, out=dxs[steps].reshape(len(rows), -1))
    return Gradients(dW_db[:-1], dW_db[-1], trace._out(dxs), trace._out(dh), trace._out(dc_back))


def _local_factors(b: NDArray, work: NDArray) -> NDArray:
    """Return what dc_t or dh_t is multiplied by, for a stretch of steps at once.

    Blocks 0 to 3 lead to the pre-activations: ∂c_t/∂a_i = i (1 - i) c̃,
    ∂c_t/∂a_f = f (1 - f) c_{t-1}, ∂h_t/∂a_o = o (1 - o) tanh c_t, ∂c_t/∂a_c = i (1 - c̃²);
    block 4 is ∂h_t/∂c_t = o (1 - tanh² c_t). Each is written as p - p q with
    p = gate ⊙ partner, which is one operation less.
    """
    gates, partners, shares = b[:, :3], b[:, 3:], work[:, 5:]
    np.multiply(gates, partners, out=shares)  # i c̃, f c_{t-1}, o tanh c_t
    np.multiply(shares, gates, out=work[:, :3])
    np.subtract(shares, work[:, :3], out=work[:, :3])
    for to, gate in ((3, 0), (4, 2)):
        np.multiply(shares[:, gate], partners[:, gate], out=work[:, to])
        np.subtract(gates[:, gate], work[:, to], out=work[:, to])
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
    groups = _groups(N, W_h)
    grouped = das.reshape(-1, groups, N // groups, 4 * H), dh.reshape(groups, N // groups, H)
    dc = np.empty_like(dh)
    arrays = (dhs, fs, factors[:, :4], factors[:, 2], factors[:, 4])
    arrays += (das.transpose(0, 2, 1, 3), das[:, :, 2], grouped[0])
    for dh_t, f_t, to_a, to_a_o, to_c, da, da_o, da_rows in zip(
        *(a[::-1] for a in arrays), strict=True
    ):
        np.add(dh, dh_t, out=dh)
        np.multiply(dh, to_c, out=dc)
        np.add(dc, dc_back, out=dc)  # dc_t: by way of h_t, and from step t + 1
        np.multiply(to_a, dc, out=da)  # all four blocks in one call ...
        np.multiply(to_a_o, dh, out=da_o)  # ... but a_o acts on h_t, not on c_t
        np.multiply(dc, f_t, out=dc_back)
        np.matmul(da_rows, W_h, out=grouped[1])


def _weights_by_block(params: LSTMParams, dtype: np.dtype) -> NDArray:
    """W above b as (4, H + D + 1, H), the columns of i, f and o halved for one tanh."""
    H = params.H
    weights = _aligned_empty((4, H + params.D + 1, H), dtype)
    weights[:, :-1] = params.W.reshape(-1, 4, H).transpose(1, 0, 2)
    weights[:, -1] = params.b.reshape(4, H)
    weights[:3] *= 0.5
    return weights


def _groups(N: int, W_h: NDArray) -> int:
    """Into how many groups of rows to cut one product da W_hᵀ.

    NumPy's usual BLAS (OpenBLAS) copies the weights in every large product. It does not
    for at most 10⁶ multiply-adds, which pays while the weights fit a processor's cache and
    a group has four rows or more.
    """
    if W_h.nbytes > 2**18:
        return 1
    fitting = (g for g in range(1, N // 4 + 1) if N % g == 0 and N // g * W_h.size <= 10**6)
    return next(fitting, 1)


def _stretches(T: int, length: int) -> Iterator[slice]:
    """Cut T steps into slices of `length`, the last steps first."""
    return (slice(max(0, stop - length), stop) for stop in range(T, 0, -length))


def _aligned_empty(shape: tuple[int, ...], dtype: np.dtype) -> NDArray:
    """np.empty at an address divisible by 64: products with such weights run up to 1.5x faster."""
    size = prod(shape) * dtype.itemsize
    if size < 2**14:  # finding the address would take longer than it saves
        return np.empty(shape, dtype)
    raw = np.empty(size + 64, np.uint8)
    start = -raw.ctypes.data % 64
    return raw[start : start + size].view(dtype).reshape(shape)


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
