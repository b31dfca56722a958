"""How large products are given to the BLAS, and a large batch to several threads.

NumPy hands matrix products to a library, the BLAS, mostly OpenBLAS. Its habits are met here,
so that ``sequence.py`` can keep to the equations:

- In each product it copies the weights first. For at most 10⁶ multiply-adds, on processors
  with AVX-512, it does not; so weights are cut into tiles and rows into groups.
- It shares one product among threads, but tanh, sums and elementwise products in between
  stay on one. With the batch shared instead, each thread takes its sequences through all
  steps, and the BLAS gives each product to the thread that asks.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from math import prod
from threading import Lock
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController

Result = TypeVar("Result")

# A product with at most so many multiply-adds is done without copying the weights.
UNCOPIED = 10**6
# Columns of a tile: four registers of AVX-512.
TILE = 64
# From this many multiply-adds a step on, weights are cut and a batch is shared. A part has at
# least half as many: with less, threads wait for one another in Python longer than they gain.
LARGE = 2**24
# The processors for which OpenBLAS has products without a copy, as it calls them.
AVX512 = ("SkylakeX", "Cooperlake", "SapphireRapids")

# The C library of Linux gives freed memory back to the system as soon as twice the largest
# block ever freed lies idle, and takes it anew, page by page, at the next pass: a fifth of the
# time of a training run. A large block, freed at once and never touched, raises that limit to
# 64 MB.
np.empty(2**25 - 2**13, np.uint8)

# How many threads the BLAS may use holds for the whole process: one batch at a time.
_turn = Lock()
# How many it might use before `one_thread_a_product`.
_allowed: ContextVar[int | None] = ContextVar("_allowed", default=None)


@cache
def _blas() -> ThreadpoolController:
    return ThreadpoolController().select(user_api="blas")


def _blas_threads() -> int:
    return min((library.num_threads for library in _blas().lib_controllers), default=1)


def _threads() -> int:
    return _allowed.get() or _blas_threads()


@contextmanager
def one_thread_a_product() -> Iterator[None]:
    """Keep the BLAS on one thread meanwhile; a large batch is shared all the same.

    Products as small as those of the lessons gain nothing by more threads, which wait for work
    with their processor kept busy. And the BLAS adds in another order with each number of
    threads: a training run would end elsewhere on a machine with other cores.
    """
    before = _allowed.set(_threads())
    try:
        with _blas().limit(limits=1):
            yield
    finally:
        _allowed.reset(before)


@cache
def _spares_the_copy() -> bool:
    return any(library.get("architecture") in AVX512 for library in _blas().info())


def tiles(weights: NDArray, large: bool) -> NDArray:
    """Lay weights (B, K, C) one behind the other, where it pays in tiles (B, C/64, 1, K, 64)."""
    B, K, C = weights.shape
    if large and C % TILE == 0 and _spares_the_copy():
        weights = weights.reshape(B, K, C // TILE, 1, TILE).transpose(0, 2, 3, 1, 4)
    elif weights.flags.c_contiguous:
        return weights
    copy = aligned_empty(weights.shape, weights.dtype)
    copy[:] = weights
    return copy


def laid_out(
    a: NDArray, weights: NDArray, out: NDArray
) -> tuple[Callable, NDArray, NDArray, NDArray]:
    """Arrange rows (T, N, K), weights and out (T, B, N, C) for one call a step.

    Returns a function and views of the three (the weights of one row are copied); a step is
    ``product(a[t], weights, out[t])``. `weights` come from ``tiles``.
    """
    (T, N, K), (S, B, _, C) = a.shape, out.shape
    if N == 1 and weights.ndim == 3 and out.flags.c_contiguous:
        # For one row np.dot starts in half the time of np.matmul
        return np.dot, a[:, 0], weights.swapaxes(0, 1).reshape(K, B * C), out.reshape(S, B * C)
    r, width = _rows_at_once(N, weights), weights.shape[-1]
    if weights.ndim == 5:
        a, cut = a.reshape(T, 1, 1, N // r, r, K), out.reshape(S, B, N // r, r, C // width, width)
        out = cut.transpose(0, 1, 4, 2, 3, 5)
    elif r < N:
        a, out = a.reshape(T, 1, N // r, r, K), out.reshape(S, B, N // r, r, C)
        weights = weights[:, None]
    return np.matmul, a, weights, out


def multiply_all(a: NDArray, weights: NDArray, out: NDArray) -> None:
    """Write the products of rows (T, N, K) and weights (B = 1) into out (T, N, C) at once."""
    if weights.ndim == 3:  # not cut: one product of all rows
        out[:] = (a.reshape(-1, a.shape[-1]) @ weights[0]).reshape(out.shape)
    else:
        product, a, weights, out = laid_out(a, weights, out[:, None])
        product(a, weights, out)


def _rows_at_once(N: int, weights: NDArray) -> int:
    """Return how many of N rows to multiply at once: a divisor of N.

    The largest, four or more, with which nothing is copied; else N. For weights without tiles
    this pays only while they fit a processor's cache.
    """
    if weights.ndim == 3 and weights[0].nbytes > 2**18:
        return N
    size = weights.shape[-2] * weights.shape[-1]
    return next((r for r in range(N, 3, -1) if N % r == 0 and r * size <= UNCOPIED), N)


def is_large(work: int) -> bool:
    """Whether a step with so many multiply-adds is worth cutting and sharing."""
    return work >= LARGE


@contextmanager
def shared_batch(
    N: int, work: int
) -> Iterator[Callable[[Callable[[slice], Result]], list[Result]]]:
    """Give a function that calls another with each part of the batch, all at the same time.

    As many parts as the BLAS may use threads, fewer when a step has not `work` enough in
    multiply-adds; one where the BLAS is none that threadpoolctl knows.
    """
    count = min(N, _threads(), work * 2 // LARGE) if is_large(work) else 1
    if count == 1:
        yield lambda call: [call(slice(0, N))]
        return
    ends = [N * k // count for k in range(count + 1)]
    parts = [slice(*pair) for pair in zip(ends[:-1], ends[1:], strict=True)]
    settings = np.geterr()  # of this thread: NumPy 1 does not hand them on to others

    def run(call: Callable[[slice], Result], part: slice) -> Result:
        with np.errstate(**settings):
            return call(part)

    with _turn, _blas().limit(limits=1), ThreadPoolExecutor(count - 1) as pool:

        def for_each_part(call: Callable[[slice], Result]) -> list[Result]:
            others = [pool.submit(run, call, part) for part in parts[1:]]
            return [call(parts[0]), *(other.result() for other in others)]

        yield for_each_part


def aligned_empty(shape: tuple[int, ...], dtype: np.dtype) -> NDArray:
    """np.empty at an address divisible by 64: products with such weights run up to 1.5x faster."""
    size = prod(shape) * dtype.itemsize
    if size < 2**14:  # finding the address would take longer than it saves
        return np.empty(shape, dtype)
    raw = np.empty(size + 64, np.uint8)
    start = -raw.ctypes.data % 64
    return raw[start : start + size].view(dtype).reshape(shape)
