"""Lesson 16: time of one forward pass with four products a step, with one, and as the course.

Run: python -m tools.experiments.speed (seconds). Writes speed.json.

T = 50 steps of a batch of N = 32, D = H, float32, one thread. All take turns for 30 rounds,
and the shortest time counts: whatever disturbs a measurement only makes it longer. Other
machines give other times; benchmarks/training_speed.py measures yours.
"""

import os
import platform
import time
from collections.abc import Callable
from statistics import median

for variable in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ[variable] = "1"  # read once, when NumPy is imported

import numpy as np  # noqa: E402
from numpy.typing import NDArray  # noqa: E402

from lstm_course.cell import LSTMParams, init_params  # noqa: E402
from lstm_course.equations import sigmoid  # noqa: E402
from lstm_course.sequence import lstm_forward  # noqa: E402

from .common import save  # noqa: E402

SEEDS = (0, 1, 2)
T, N, SIZES, ROUNDS = 50, 32, (8, 16, 32, 64, 128, 256), 30


def four_products(params: LSTMParams, xs: NDArray) -> NDArray:
    """Run equations 1 to 6 as they stand; return h_T."""
    p = {name: part.copy() for name, part in params.parts().items()}
    h = c = np.zeros((N, params.H), xs.dtype)
    for x_t in xs:
        z_t = np.concatenate([h, x_t], axis=-1)
        i_t = sigmoid(z_t @ p["W_i"] + p["b_i"])
        f_t = sigmoid(z_t @ p["W_f"] + p["b_f"])
        o_t = sigmoid(z_t @ p["W_o"] + p["b_o"])
        c = f_t * c + i_t * np.tanh(z_t @ p["W_c"] + p["b_c"])
        h = o_t * np.tanh(c)
    return h


def one_product(params: LSTMParams, xs: NDArray) -> NDArray:
    """Take one product and one tanh for all four blocks of a step; return h_T."""
    H = params.H
    W, b = params.W.copy(), params.b.copy()
    W[:, : 3 * H] *= 0.5
    b[: 3 * H] *= 0.5
    h = c = np.zeros((N, H), xs.dtype)
    for x_t in xs:
        a = np.tanh(np.concatenate([h, x_t], axis=-1) @ W + b)
        gates = 0.5 + 0.5 * a[:, : 3 * H]
        c = gates[:, H : 2 * H] * c + gates[:, :H] * a[:, 3 * H :]
        h = gates[:, 2 * H :] * np.tanh(c)
    return h


def course(params: LSTMParams, xs: NDArray) -> NDArray:
    """Run the course's own forward pass, which also keeps all that the way back needs."""
    return lstm_forward(params, xs).h_T


WAYS = {"four products": four_products, "one product": one_product, "sequence.py": course}


def race(H: int, seed: int) -> dict[str, float]:
    """Return the shortest time of each way in milliseconds, after checking that they agree."""
    rng = np.random.default_rng(seed)
    params = init_params(rng, H, H, dtype=np.float32)
    xs = rng.standard_normal((T, N, H)).astype(np.float32)
    for way in WAYS.values():
        np.testing.assert_allclose(way(params, xs), four_products(params, xs), atol=1e-5)
    seconds = {name: [] for name in WAYS}
    for _ in range(ROUNDS):
        for name, way in WAYS.items():
            seconds[name].append(_time(way, params, xs))
    return {name: 1000 * min(values) for name, values in seconds.items()}


def _time(way: Callable, params: LSTMParams, xs: NDArray) -> float:
    start = time.perf_counter()
    way(params, xs)
    return time.perf_counter() - start


def main() -> None:
    """Race at every size and save the medians over the seeds."""
    runs = {H: [race(H, seed) for seed in SEEDS] for H in SIZES}
    ms = {name: [median(run[name] for run in runs[H]) for H in SIZES] for name in WAYS}
    for name, row in ms.items():
        print(f"{name:14s}", " ".join(f"{value:8.2f}" for value in row))
    machine = f"{platform.machine()}, one of {os.cpu_count()} cores, NumPy {np.__version__}"
    made = {"made_by": "tools/experiments/speed.py", "seeds": SEEDS, "machine": machine}
    save("speed", made | {"T": T, "N": N, "H": SIZES, "milliseconds": ms})


if __name__ == "__main__":
    main()
