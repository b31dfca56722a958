"""Time forward + backward of one LSTM layer on the CPU, float32.

The course's ``sequence.py`` against ``torch.nn.LSTM`` and against the loop that textbooks
print, one product per gate. All run on the same inputs with the same number of threads, in
turns, so that a busy machine is busy for all of them; the table shows medians.

    python benchmarks/training_speed.py [threads]

Works without PyTorch; its columns are then left out.
"""

import os
import sys
import time
from collections.abc import Callable
from statistics import median

THREADS = int(sys.argv[1]) if len(sys.argv) > 1 else os.cpu_count() or 1
for variable in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ[variable] = str(THREADS)  # read once, when NumPy is imported

import numpy as np  # noqa: E402
from numpy.typing import NDArray  # noqa: E402

from lstm_course.cell import LSTMParams, init_params  # noqa: E402
from lstm_course.equations import sigmoid  # noqa: E402
from lstm_course.sequence import lstm_backward, lstm_forward  # noqa: E402

try:
    import torch
except ModuleNotFoundError:
    torch = None

SIZES = [(50, 1, 8, 16), (50, 32, 32, 64), (50, 32, 64, 128), (100, 64, 128, 256)]
ROUNDS = 15
# The worker threads of one library spin for a while after its last product; without a pause
# they would take a processor from the next one.
PAUSE = 0.03


def course(params: LSTMParams, xs: NDArray, dhs: NDArray) -> Callable[[], NDArray]:
    """Return one pass of the course; it returns dW for comparison."""
    return lambda: lstm_backward(params, lstm_forward(params, xs), dhs).dW


def textbook(params: LSTMParams, xs: NDArray, dhs: NDArray) -> Callable[[], NDArray]:
    """Return one pass of the loop with one product per gate and a list of steps."""
    p, H = {name: part.copy() for name, part in params.parts().items()}, params.H

    def forward() -> list[tuple[NDArray, ...]]:
        h = c = np.zeros((xs.shape[1], H), xs.dtype)
        steps = []
        for x in xs:
            z = np.concatenate([h, x], axis=1)
            i = sigmoid(z @ p["W_i"] + p["b_i"])
            f = sigmoid(z @ p["W_f"] + p["b_f"])
            o = sigmoid(z @ p["W_o"] + p["b_o"])
            g = np.tanh(z @ p["W_c"] + p["b_c"])
            c_prev, c = c, f * c + i * g
            h = o * np.tanh(c)
            steps.append((z, i, f, o, g, c_prev, c))
        return steps

    def both() -> NDArray:
        steps = forward()
        d = {name: np.zeros_like(part) for name, part in p.items()}
        dxs = np.empty_like(xs)
        dh_next = dc_next = np.zeros_like(dhs[0])
        for t in reversed(range(len(xs))):
            z, i, f, o, g, c_prev, c = steps[t]
            dh = dhs[t] + dh_next
            dc = dc_next + dh * o * (1 - np.tanh(c) ** 2)
            da = {"i": dc * g * i * (1 - i), "f": dc * c_prev * f * (1 - f)}
            da |= {"o": dh * np.tanh(c) * o * (1 - o), "c": dc * i * (1 - g**2)}
            dz = 0
            for k, da_k in da.items():
                d[f"W_{k}"] += z.T @ da_k
                d[f"b_{k}"] += da_k.sum(axis=0)
                dz = dz + da_k @ p[f"W_{k}"].T
            dh_next, dxs[t], dc_next = dz[:, :H], dz[:, H:], dc * f
        return np.concatenate([d[f"W_{k}"] for k in "ifoc"], axis=1)

    return both


def pytorch(params: LSTMParams, xs: NDArray, dhs: NDArray) -> Callable[[], NDArray]:
    """Return one pass of torch.nn.LSTM with the same weights, gradient for xs included."""
    H, D = params.H, params.D
    i, f, o, c = np.split(params.W, 4, axis=1)
    weights = torch.tensor(np.concatenate([i, f, c, o], axis=1).T)
    bias = np.concatenate([params.b_i, params.b_f, params.b_c, params.b_o])
    lstm = torch.nn.LSTM(D, H)
    with torch.no_grad():
        lstm.weight_hh_l0.copy_(weights[:, :H])
        lstm.weight_ih_l0.copy_(weights[:, H:])
        lstm.bias_ih_l0.copy_(torch.tensor(bias))
        lstm.bias_hh_l0.zero_()
    inputs, above = torch.tensor(xs, requires_grad=True), torch.tensor(dhs)

    def both() -> NDArray:
        lstm.zero_grad()
        inputs.grad = None
        lstm(inputs)[0].backward(above)
        i, f, c, o = np.split(lstm.weight_hh_l0.grad.numpy(), 4)
        return np.concatenate([i, f, o, c]).T

    return both


def race(contestants: dict[str, Callable[[], NDArray]], repeats: int) -> dict[str, float]:
    """Return the median of each in milliseconds."""
    seconds = {name: [] for name in contestants}
    for _ in range(ROUNDS):
        for name, both in contestants.items():
            time.sleep(PAUSE)
            both()  # wake its threads
            for _ in range(repeats):
                start = time.perf_counter()
                both()
                seconds[name].append(time.perf_counter() - start)
    return {name: 1000 * median(values) for name, values in seconds.items()}


def measure(T: int, N: int, D: int, H: int) -> dict[str, float]:
    """Race all contestants at one size, after checking that they agree."""
    rng = np.random.default_rng(0)
    params = init_params(rng, D, H, dtype=np.float32)
    xs, dhs = (rng.standard_normal((T, N, k)).astype(np.float32) for k in (D, H))
    makers = {"course": course, "textbook": textbook} | ({"torch": pytorch} if torch else {})
    contestants = {name: make(params, xs, dhs) for name, make in makers.items()}
    expected = contestants["course"]()[:H]
    for both in contestants.values():
        np.testing.assert_allclose(both()[:H], expected, atol=1e-4 * np.abs(expected).max())
    return race(contestants, repeats=max(2, 20 // N))


def main() -> None:
    """Print the table."""
    if torch is None:
        print("PyTorch is not installed: its columns are left out.")
    else:
        torch.set_num_threads(THREADS)
    print(f"forward + backward, float32, {THREADS} thread(s), NumPy {np.__version__}, median ms")
    head = f"{'T, N, D, H':>20} {'course':>9} {'textbook':>9} {'ratio':>6}"
    print(head + (f" {'torch':>9} {'ratio':>6}" if torch else ""))
    for size in SIZES:
        ms = measure(*size)
        line = f"{', '.join(map(str, size)):>20} {ms['course']:9.2f}"
        for peer in [name for name in ms if name != "course"]:
            line += f" {ms[peer]:9.2f} {ms['course'] / ms[peer]:6.2f}"
        print(line, flush=True)


if __name__ == "__main__":
    main()
