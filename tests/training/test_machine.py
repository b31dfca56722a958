"""Training on one thread a product, and in the memory of the step before."""

import os
import platform
import subprocess
import sys
from contextlib import nullcontext

import numpy as np
import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from lstm_course.networks import new_lstm
from lstm_course.tasks import make_temporal_order
from lstm_course.training import train
from lstm_course.training.machine import one_thread_a_product


def blas_threads():
    return {found["num_threads"] for found in threadpool_info() if found["user_api"] == "blas"}


@pytest.fixture
def two_blas_threads():
    with threadpool_limits(limits=2, user_api="blas"):
        if blas_threads() != {2}:
            pytest.skip("threadpoolctl knows no BLAS with threads here")
        yield


def weights():
    rng = np.random.default_rng(0)
    model = new_lstm(rng, 8, 24, 4)
    batches = (make_temporal_order(rng, 100, 60) for _ in range(3))
    train(model, batches, 3, progress=False)
    return model.params.W


def test_a_run_ends_at_the_same_weights_whatever_the_number_of_threads(two_blas_threads):
    with_two = weights()
    with threadpool_limits(limits=1, user_api="blas"):
        assert (weights() == with_two).all()


@pytest.mark.parametrize("end", ["as usual", "by the Stop button"])
def test_products_have_one_thread_while_a_model_trains_and_all_again_after(end, two_blas_threads):
    stopped = pytest.raises(KeyboardInterrupt) if "Stop" in end else nullcontext()
    with stopped, one_thread_a_product():
        assert blas_threads() == {1}
        if "Stop" in end:
            raise KeyboardInterrupt
    assert blas_threads() == {2}


def test_training_does_without_threadpoolctl(monkeypatch):
    with threadpool_limits(limits=1, user_api="blas"):
        expected = weights()
        monkeypatch.setitem(sys.modules, "threadpoolctl", None)
        assert (weights() == expected).all()


def outputs(code, **settings):
    run = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env=os.environ | settings,
        check=True,
    )
    return run.stdout.split()


def test_importing_training_starts_no_thread_and_needs_no_threadpoolctl():
    code = """
import sys, threading, lstm_course.training
print(threading.active_count(), "threadpoolctl" in sys.modules)
"""
    assert outputs(code) == ["1", "False"]


STEPS = """
import resource
import numpy as np
from lstm_course.networks import new_lstm
from lstm_course.tasks import make_adding
from lstm_course.training import train

rng = np.random.default_rng(0)

def batch():
    print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt)
    return make_adding(rng, 64, 50)

train(new_lstm(rng, 2, 8, 1), batch, 12, progress=False)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other C libraries do otherwise")
def test_a_step_takes_the_memory_of_the_step_before():
    faults = np.diff([int(count) for count in outputs(STEPS, OMP_NUM_THREADS="1")])
    assert faults[-3:].max() < 100  # pages of memory; some 900 are in use
