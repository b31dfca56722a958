"""Lessons 01, 11, 12: how much gradient reaches the state 100 steps back, before training.

Run: python -m tools.experiments.gradients (seconds). Writes gradients.json.

A gradient of length 1 enters the last hidden state; what is measured is the length of the
gradient for the memory 1 to 100 steps before (h for the RNN, c for the LSTM), the median of
5 seeds. H = 32, D = 8, inputs and weights from normal distributions. The memory at lag L is
the initial state of a run over the last L inputs.
"""

import numpy as np

from lstm_course.cell import init_params
from lstm_course.networks.rnn import init_rnn, rnn_backward, rnn_forward
from lstm_course.sequence import lstm_backward, lstm_forward

from .common import save

SEEDS = (0, 1, 2, 3, 4)
D, H, LAGS = 8, 32, (1, 2, 5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100)
SETTINGS = {  # name: (kind, forget bias, standard deviation of the weights)
    "RNN": ("rnn", None, None),
    "RNN, small weights (0.1)": ("rnn", None, 0.1),
    "RNN, large weights (0.5)": ("rnn", None, 0.5),
    "LSTM, b_f = 0": ("lstm", 0.0, None),
    "LSTM, b_f = 1": ("lstm", 1.0, None),
    "LSTM, b_f = 3": ("lstm", 3.0, None),
    "LSTM, b_f = 3, large weights (1)": ("lstm", 3.0, 1.0),
}


def gradient_norms(
    kind: str, forget_bias: float | None, scale: float | None, seed: int, lags=LAGS
) -> list[float]:
    """Return ‖∂L/∂h‖ (RNN) or ‖∂L/∂c‖ (LSTM) at each lag for one seed."""
    rng = np.random.default_rng(seed)
    if kind == "rnn":
        params = init_rnn(rng, D, H, scale=scale)
    else:
        params = init_params(rng, D, H, forget_bias=forget_bias, scale=scale)
    xs, dh_T = rng.standard_normal((max(lags), 1, D)), rng.standard_normal((1, H))
    dh_T /= np.linalg.norm(dh_T)
    norms = []
    for lag in lags:
        before, rest = xs[: max(lags) - lag], xs[max(lags) - lag :]
        dhs = np.zeros((lag, 1, H))
        dhs[-1] = dh_T
        if kind == "rnn":
            h = rnn_forward(params, before).hs[-1] if len(before) else None
            gradients, _ = rnn_backward(params, rnn_forward(params, rest, h), dhs)
            norms.append(np.linalg.norm(gradients["h_0"]))
        else:
            start = lstm_forward(params, before) if len(before) else None
            state = (start.h_T, start.c_T) if start else (None, None)
            trace = lstm_forward(params, rest, *state)
            norms.append(np.linalg.norm(lstm_backward(params, trace, dhs).dc_0))
    return norms


def main() -> None:
    """Measure every setting and save the medians and all seeds."""
    norms = {
        name: [gradient_norms(*setting, seed) for seed in SEEDS]
        for name, setting in SETTINGS.items()
    }
    medians = {name: np.median(rows, axis=0) for name, rows in norms.items()}
    for name, row in medians.items():
        print(f"{name:34s} {row[-1]:.1e}")
    made = {"made_by": "tools/experiments/gradients.py", "seeds": SEEDS, "H": H, "D": D}
    save("gradients", made | {"lags": LAGS, "medians": medians, "norms": norms})


if __name__ == "__main__":
    main()
