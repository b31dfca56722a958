"""Write tests/data/lstm_torch.npz: what torch.nn.LSTM computes, forward and backward.

Run with ``python -m tools.make_parity_values`` where PyTorch is installed; the tests that
read the file need no PyTorch. Weights and inputs come from NumPy's generator, so that only
the results are PyTorch's.
"""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

TARGET = Path(__file__).parents[1] / "tests" / "data" / "lstm_torch.npz"
CASES = [(1, 1, 1, 1), (5, 3, 4, 2), (12, 2, 3, 5)]  # T, N, D, H
RESULTS = ["hs", "h_T", "c_T", "dW", "db", "dxs", "dh_0", "dc_0"]


def draw_inputs(rng: np.random.Generator, T: int, N: int, D: int, H: int) -> dict[str, NDArray]:
    """Draw weights, inputs, states and the gradients that enter from above."""
    shapes = {"W": (H + D, 4 * H), "b": (4 * H,), "xs": (T, N, D), "dhs": (T, N, H)}
    shapes |= dict.fromkeys(("h_0", "c_0", "dh_T", "dc_T"), (N, H))
    return {name: rng.normal(size=shape) for name, shape in shapes.items()}


def swap_o_c(W: NDArray) -> NDArray:
    """Turn i, f, o, c along the last axis into PyTorch's i, f, g, o, or back."""
    i, f, third, fourth = np.split(W, 4, axis=-1)
    return np.concatenate([i, f, fourth, third], axis=-1)


def run_torch(given: dict[str, NDArray]) -> dict[str, NDArray]:
    """Return RESULTS for the arrays of ``draw_inputs``, computed by torch.nn.LSTM.

    PyTorch adds two biases; the second is set to zero here.
    """
    import torch

    D, H = given["xs"].shape[-1], given["h_0"].shape[-1]
    tensors = {name: torch.tensor(a) for name, a in given.items()}
    xs, h_0, c_0 = (tensors[name].requires_grad_() for name in ("xs", "h_0", "c_0"))
    lstm = torch.nn.LSTM(D, H, dtype=xs.dtype)
    weights = torch.tensor(swap_o_c(given["W"]).T.copy())
    with torch.no_grad():
        lstm.weight_hh_l0.copy_(weights[:, :H])
        lstm.weight_ih_l0.copy_(weights[:, H:])
        lstm.bias_ih_l0.copy_(torch.tensor(swap_o_c(given["b"])))
        lstm.bias_hh_l0.zero_()
    hs, (h_T, c_T) = lstm(xs, (h_0[None], c_0[None]))
    loss = (hs * tensors["dhs"]).sum() + (h_T * tensors["dh_T"]).sum()
    (loss + (c_T * tensors["dc_T"]).sum()).backward()
    dW = torch.cat([lstm.weight_hh_l0.grad, lstm.weight_ih_l0.grad], dim=1).T
    results = [hs, h_T[0], c_T[0], dW, lstm.bias_ih_l0.grad, xs.grad, h_0.grad, c_0.grad]
    made = {name: t.detach().numpy() for name, t in zip(RESULTS, results, strict=True)}
    return made | {"dW": swap_o_c(made["dW"]), "db": swap_o_c(made["db"])}


def main() -> None:
    """Write the file."""
    arrays = {}
    for k, size in enumerate(CASES):
        given = draw_inputs(np.random.default_rng(k), *size)
        arrays |= {f"{k}_{name}": a for name, a in (given | run_torch(given)).items()}
    TARGET.parent.mkdir(exist_ok=True)
    np.savez_compressed(TARGET, **arrays)
    print(f"{TARGET.name}: {len(CASES)} cases, {TARGET.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
