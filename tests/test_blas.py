"""Products cut for the BLAS equal whole ones; a shared batch leaves the process as it was."""

import os
import platform
import subprocess
import sys
import threading
from contextlib import nullcontext

import numpy as np
import pytest
from numpy.testing import assert_allclose

from lstm_course import blas

K, T = 7, 3


@pytest.fixture
def rng():
    return np.random.default_rng(3)


@pytest.fixture
def two_threads(monkeypatch):
    monkeypatch.setattr(blas, "_threads", lambda: 2)


@pytest.mark.parametrize("spared", [True, False])
@pytest.mark.parametrize("large", [True, False])
@pytest.mark.parametrize("C", [5, 64, 128])
@pytest.mark.parametrize("B", [1, 4])
@pytest.mark.parametrize("N", [1, 2, 6, 13, 24])
def test_a_cut_product_is_the_product(N, B, C, large, spared, rng, monkeypatch):
    monkeypatch.setattr(blas, "_spares_the_copy", lambda: spared)
    monkeypatch.setattr(blas, "UNCOPIED", 6 * K * 64)  # six rows at a time, at most
    a, weights = rng.normal(size=(T, N, K)), rng.normal(size=(B, K, C))
    expected = np.einsum("tnk,bkc->tbnc", a, weights)
    out = np.full((T, B, N, C), np.nan)
    product, rows, laid, to = blas.laid_out(a, blas.tiles(weights, large), out)
    for t in range(T):
        product(rows[t], laid, to[t])
    assert_allclose(out, expected, rtol=1e-12, atol=1e-13)
    if B == 1:
        wider = np.full((T, N + 2, C), np.nan)  # a part of a batch lies in steps in the memory
        blas.multiply_all(a, blas.tiles(weights, large), wider[:, 1:-1])
        assert_allclose(wider[:, 1:-1], expected[:, 0], rtol=1e-12, atol=1e-13)
        assert np.isnan(wider[:, [0, -1]]).all()


def test_one_row_among_others_is_written_where_it_belongs(rng):
    a, weights = rng.normal(size=(T, 3, K)), rng.normal(size=(4, K, 5))
    out = np.zeros((T, 4, 3, 5))
    product, rows, laid, to = blas.laid_out(a[:, 1:2], weights, out[:, :, 1:2])
    for t in range(T):
        product(rows[t], laid, to[t])
    assert_allclose(out[:, :, 1], np.einsum("tk,bkc->tbc", a[:, 1], weights), rtol=1e-12)
    assert not out[:, :, [0, 2]].any()


def test_rows_are_cut_evenly_and_only_where_that_spares_a_copy():
    small, large, tiled = np.empty((1, 240, 60)), np.empty((1, 1024, 256)), np.empty((1024, 64))
    assert blas._rows_at_once(96, small) == 48
    assert blas._rows_at_once(97, small) == 97  # a prime
    assert blas._rows_at_once(32, large) == 32
    assert blas._rows_at_once(32, tiled[None, None, None]) == 8


@pytest.mark.parametrize(("N", "sizes"), [(1, [1]), (2, [1, 1]), (7, [3, 4]), (64, [32, 32])])
def test_each_sequence_of_a_batch_is_in_one_part(N, sizes, two_threads):
    with blas.shared_batch(N, blas.LARGE) as for_each_part:
        parts = for_each_part(lambda part: list(range(N))[part])
    assert [len(part) for part in parts] == sizes
    assert sum(parts, []) == list(range(N))


@pytest.mark.parametrize(("share", "parts"), [(0.99, 1), (1, 2), (1.6, 3), (2, 4), (99, 16)])
def test_a_part_has_enough_to_do(share, parts, monkeypatch):
    monkeypatch.setattr(blas, "_threads", lambda: 16)
    with blas.shared_batch(64, int(share * blas.LARGE)) as for_each_part:
        assert len(for_each_part(lambda part: part)) == parts


def test_a_small_batch_stays_on_its_thread(two_threads):
    with blas.shared_batch(2, 8) as for_each_part:
        assert for_each_part(lambda part: threading.current_thread()) == [
            threading.current_thread()
        ]


def test_parts_run_at_the_same_time(two_threads):
    both_are_here = threading.Barrier(2, timeout=30)
    with blas.shared_batch(2, blas.LARGE) as for_each_part:
        for_each_part(lambda part: both_are_here.wait())


@pytest.fixture
def two_blas_threads():
    if not blas._blas().lib_controllers:
        pytest.skip("threadpoolctl knows no BLAS here")
    with blas._blas().limit(limits=2):
        yield


def test_as_many_parts_as_the_blas_may_use_threads(two_blas_threads):
    with blas.shared_batch(5, blas.LARGE) as for_each_part:
        assert for_each_part(lambda part: part) == [slice(0, 2), slice(2, 5)]


def test_a_part_has_the_blas_on_its_own_thread(two_blas_threads):
    with blas.shared_batch(2, blas.LARGE) as for_each_part:
        assert for_each_part(lambda part: blas._blas_threads()) == [1, 1]
    assert blas._blas_threads() == 2


@pytest.mark.parametrize("failing", [0, 1])
def test_an_error_in_a_part_arrives_and_the_blas_has_its_threads_again(failing, two_blas_threads):
    def work(part):
        if part.start == failing:
            raise FloatingPointError("overflow")

    with (
        pytest.raises(FloatingPointError, match="overflow"),
        blas.shared_batch(2, blas.LARGE) as for_each_part,
    ):
        for_each_part(work)
    assert blas._blas_threads() == 2


def test_training_keeps_products_on_one_thread_and_shares_large_batches(two_blas_threads):
    for end in ("as usual", "by the Stop button"):
        stopped = pytest.raises(KeyboardInterrupt) if "Stop" in end else nullcontext()
        with stopped, blas.one_thread_a_product():
            assert blas._blas_threads() == 1
            with blas.shared_batch(4, blas.LARGE) as for_each_part:
                assert len(for_each_part(lambda part: part)) == 2
            if "Stop" in end:
                raise KeyboardInterrupt
        assert (blas._blas_threads(), blas._threads()) == (2, 2)


def test_floating_point_settings_go_along(two_threads):
    with np.errstate(over="raise"), blas.shared_batch(2, blas.LARGE) as for_each_part:
        assert for_each_part(lambda part: np.geterr()["over"]) == ["raise", "raise"]


PASSES = """
import resource
import numpy as np
from lstm_course.cell import init_params
from lstm_course.sequence import lstm_backward, lstm_forward

rng = np.random.default_rng(0)
params, xs = init_params(rng, 64, 128), rng.normal(size=(30, 32, 64))
dhs = np.ones((30, 32, 128))
for _ in range(12):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    lstm_backward(params, lstm_forward(params, xs), dhs)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other C libraries do otherwise")
def test_a_pass_takes_the_memory_of_the_last_one():
    env = os.environ | {"OMP_NUM_THREADS": "1"}
    run = subprocess.run(
        [sys.executable, "-c", PASSES], capture_output=True, text=True, env=env, check=True
    )
    assert int(run.stdout.split()[-1]) < 100  # pages of memory; some 2000 are in use
