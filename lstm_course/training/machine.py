"""What a training run asks of the machine: products on one thread, and memory to keep.

Neither changes what is computed. Where the machine cannot do it, training runs without.
"""

import sys
from contextlib import AbstractContextManager, nullcontext

import numpy as np


def one_thread_a_product() -> AbstractContextManager:
    """Keep the BLAS, which multiplies matrices for NumPy, on one thread meanwhile.

    Products as small as those of the lessons gain nothing by more threads: these wait for work
    with their processor kept busy, and on a busy machine a run takes ten times as long. And the
    BLAS may add in another order with each number of threads; with one, a run ends at the same
    weights on any number of cores.

    Needs threadpoolctl. Where that is not installed (in a browser there are no threads) or
    knows no BLAS, nothing is done.
    """
    try:
        from threadpoolctl import threadpool_limits
    except ModuleNotFoundError:
        return nullcontext()
    return threadpool_limits(limits=1, user_api="blas")


def keep_freed_memory() -> None:
    """Let each step of a training run use the memory of the step before, on Linux.

    The C library there gives freed memory back to the system as soon as twice the largest
    block ever freed lies idle, and takes it anew, page by page, at the next step: a tenth to a
    third of the time of a run. A large block, freed at once and never touched, raises that
    limit to 64 MB.
    """
    if sys.platform == "linux":
        np.empty(2**25 - 2**13, np.uint8)
