"""Lesson 18: cells whose gates do not read h, on lag 80 and on parity; the LSTM as control.

Run: python -m tools.experiments.blind (about four minutes). Writes blind.json: for lag 80 a
list over seeds of [steps, share right] by cell; for parity a list over seeds of the share of
last answers that are right at 20, 40 and 100 bits, by cell and start.
"""

import numpy as np

from lstm_course.networks import new_blind_lstm, new_lstm, new_mingru, new_minlstm
from lstm_course.networks.models import Model
from lstm_course.tasks import make_lag, make_parity
from lstm_course.training import train
from lstm_course.training.recipes import TEST_SEED

from .common import save, where

SEEDS = tuple(range(16))
LAG, BITS, LONGER = 80, 20, (20, 40, 100)
STARTS = (0.0, 1.0, 3.0)


def started(cell: str, rng: np.random.Generator, D: int, bias: float) -> Model:
    """Make a cell that starts with σ(bias) of its memory kept at each step, or about."""
    if cell == "minGRU":
        return new_mingru(rng, D, 16, 2, update_bias=-bias)
    if cell == "minLSTM":
        return new_minlstm(rng, D, 16, 2, forget_bias=bias, input_bias=-bias)
    make = {"LSTM": new_lstm, "LSTM without h": new_blind_lstm}[cell]
    return make(rng, D, 16, 2, forget_bias=bias)


CELLS = ("LSTM", "LSTM without h", "minLSTM", "minGRU")


def lag(cell: str, seed: int) -> list:
    """Train on lag 80 as ``train_lag`` does; return the steps and the share right."""
    rng = np.random.default_rng(seed)
    model = started(cell, rng, 6, 3.0)
    test = make_lag(np.random.default_rng(TEST_SEED), 200, LAG)
    history = train(
        model,
        lambda: make_lag(rng, 32, LAG),
        600,
        lr=5e-3,
        measure=lambda: {"accuracy": model.accuracy(*test)},
        until=lambda history: history.last("accuracy") == 1,
        progress=False,
    )
    return [len(history.losses), history.last("accuracy")]


def parity(cell: str, seed: int, bias: float) -> list:
    """Train on 20 bits; return the share of last answers right at 20, 40 and 100."""
    rng = np.random.default_rng(seed)
    model = started(cell, rng, 2, bias)
    test = make_parity(np.random.default_rng(TEST_SEED), 200, BITS)
    train(
        model,
        lambda: make_parity(rng, 32, BITS),
        600,
        lr=1e-2,
        measure=lambda: {"accuracy": model.accuracy(*test)},
        until=lambda history: history.last("accuracy") == 1,
        progress=False,
    )
    return [last_right(model, length) for length in LONGER]


def last_right(model: Model, length: int) -> float:
    """Return the share of fresh sequences whose last answer is right."""
    xs, targets = make_parity(np.random.default_rng(TEST_SEED + length), 400, length)
    return float((model.logits(xs)[-1].argmax(-1) == targets[-1]).mean())


def main() -> None:
    """Train every cell with every seed."""
    lags = {cell: [lag(cell, seed) for seed in SEEDS] for cell in CELLS}
    for cell, rows in lags.items():
        print(cell, sum(right == 1 for _, right in rows), "of", len(rows), flush=True)
    parities: dict = {}
    for cell in CELLS:
        parities[cell] = {}
        for bias in STARTS:
            rows = [parity(cell, seed, bias) for seed in SEEDS[:8]]
            parities[cell][f"{bias:g}"] = rows
            print(cell, bias, np.round(rows, 2).tolist(), flush=True)
    settings = {"made_by": "tools/experiments/blind.py", "where": where(), "H": 16}
    settings |= {"seeds": SEEDS, "lag": LAG, "longer": LONGER}
    save("blind", settings | {"lag_80": lags, "parity": parities})


if __name__ == "__main__":
    main()
