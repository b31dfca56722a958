"""Write lstm_course/networks/frameworks.npz: what PyTorch and Keras compute, for lesson 15.

Run with ``KERAS_BACKEND=torch python -m tools.make_framework_values`` where PyTorch and
Keras 3 are installed. Neither is a dependency of the course: the lesson reads the file.
Written with PyTorch 2.13 and Keras 3.15.
"""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lstm_course import running_example as ex
from lstm_course.cell import LSTMParams
from lstm_course.networks.convert import reorder, to_pytorch
from lstm_course.sequence import lstm_forward

TARGET = Path(__file__).parents[1] / "lstm_course" / "networks" / "frameworks.npz"
T, N, D, H, WIDE = 7, 4, 3, 2, 64
SENTENCE = "cats which already ate were full"  # read on from h_prev, c_prev of the example


def run_pytorch(
    state: dict[str, NDArray], xs: NDArray, h_0: NDArray, c_0: NDArray
) -> dict[str, NDArray]:
    """Run torch.nn.LSTM with given weights over xs (T, N, D)."""
    import torch

    units = state["weight_hh_l0"].shape[1]
    layer = torch.nn.LSTM(xs.shape[-1], units, dtype=torch.float64)
    layer.load_state_dict({name: torch.tensor(array) for name, array in state.items()})
    with torch.no_grad():
        hs, (h_T, c_T) = layer(torch.tensor(xs), (torch.tensor(h_0)[None], torch.tensor(c_0)[None]))
    return {"hs": hs.numpy(), "h_T": h_T[0].numpy(), "c_T": c_T[0].numpy()}


def fresh_pytorch(units: int, inputs: int) -> dict[str, NDArray]:
    """Return the weights with which torch.nn.LSTM starts, seed 0."""
    import torch

    torch.manual_seed(0)
    layer = torch.nn.LSTM(inputs, units, dtype=torch.float64)
    return {name: tensor.numpy() for name, tensor in layer.state_dict().items()}


def run_keras(xs: NDArray) -> dict[str, NDArray]:
    """Return the weights of a keras.layers.LSTM and its hs for xs (T, N, D); seed 0."""
    import keras

    keras.utils.set_random_seed(0)
    layer = keras.layers.LSTM(H, return_sequences=True)
    layer.build(xs.swapaxes(0, 1).shape)
    start = layer.get_weights()
    rng = np.random.default_rng(2)
    layer.set_weights([w + 0.5 * rng.normal(size=w.shape) for w in start])
    hs = np.asarray(keras.ops.convert_to_numpy(layer(xs.swapaxes(0, 1)))).swapaxes(0, 1)
    kernel, recurrent_kernel, bias = layer.get_weights()
    made = {"kernel": kernel, "recurrent_kernel": recurrent_kernel, "bias": bias}
    return made | {"start_bias": start[2], "hs": hs}


def keras_gru(xs: NDArray) -> dict[str, NDArray]:
    """Return the weights of a keras.layers.GRU as it is by default, and its hs; seed 0."""
    import keras

    keras.utils.set_random_seed(0)
    layer = keras.layers.GRU(H, return_sequences=True)
    layer.build(xs.swapaxes(0, 1).shape)
    rng = np.random.default_rng(3)
    layer.set_weights([w + 0.5 * rng.normal(size=w.shape) for w in layer.get_weights()])
    hs = np.asarray(keras.ops.convert_to_numpy(layer(xs.swapaxes(0, 1)))).swapaxes(0, 1)
    kernel, recurrent_kernel, bias = layer.get_weights()
    return {"kernel": kernel, "recurrent_kernel": recurrent_kernel, "bias": bias, "hs": hs}


def foreign(xs: NDArray, order: str, seed: int, *, both: bool) -> dict[str, NDArray]:
    """Return a cell as a program of one's own might write it: no name says what is what.

    The bias is the sum of p and q, or q alone.
    """
    rng = np.random.default_rng(seed)
    W, b = rng.normal(size=(H + D, 4 * H)), rng.normal(size=4 * H)
    hs = lstm_forward(LSTMParams(W, b), xs).hs
    W, b, p = reorder(W, "ifoc", order), reorder(b, "ifoc", order), rng.normal(size=4 * H)
    return {"u": W[H:].T, "v": W[:H].T, "p": p, "q": b - p if both else b, "hs": hs}


def make() -> dict[str, NDArray]:
    """Return everything that is stored, by name."""
    rng = np.random.default_rng(1)
    params = ex.params()
    sentence = np.array([[ex.WORDS[word]] for word in SENTENCE.split()], dtype=float)
    state = to_pytorch(params.W, params.b)._asdict()
    example = run_pytorch(state, sentence, ex.h_prev[None], ex.c_prev[None])
    unordered = run_pytorch(
        {name: reorder(a, "ifco", "ifoc", axis=0) for name, a in state.items()},
        sentence,
        ex.h_prev[None],
        ex.c_prev[None],
    )
    fresh, xs, zeros = fresh_pytorch(H, D), rng.normal(size=(T, N, D)), np.zeros((N, H))
    fresh_out = run_pytorch(fresh, xs, zeros, zeros)
    wide = fresh_pytorch(WIDE, D)
    parts = {"example": example, "unordered": unordered, "fresh": fresh | fresh_out}
    parts |= {
        "keras": run_keras(xs),
        "gru": keras_gru(xs),
        "foreign": foreign(xs, "ocif", 4, both=True),
    }
    parts |= {"unnamed": foreign(xs, "fcio", 5, both=False)}
    arrays = {f"{part}_{name}": a for part, made in parts.items() for name, a in made.items()}
    biases = {f"wide_{name}": wide[name] for name in ("bias_ih_l0", "bias_hh_l0")}
    return arrays | biases | {"xs": xs}


def main() -> None:
    """Write the file."""
    arrays = make()
    np.savez_compressed(TARGET, **arrays)
    print(f"{TARGET.name}: {len(arrays)} arrays, {TARGET.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
