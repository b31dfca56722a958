"""Lesson 12: which forget bias learns which lag, beside an RNN and a GRU.

Run: python -m tools.experiments.lag (about six minutes). Writes lag.json: the share of 200
test sequences answered right, [lag][forget bias][seed] for the LSTM, [lag][seed] for others.
"""

from lstm_course.training.recipes import train_lag

from .common import save

SEEDS = (0, 1, 2)
LAGS = (10, 20, 40, 60, 80, 120)
BIASES = (-1.0, 0.0, 1.0, 2.0, 3.0, 5.0)


def accuracy(seed: int, lag: int, **setting: object) -> float:
    """Train once and return the last accuracy on the test sequences."""
    return train_lag(seed, lag, **setting)[1].last("accuracy")


def main() -> None:
    """Run the whole grid and save it."""
    lstm, others = [], {"rnn": [], "gru": []}
    for lag in LAGS:
        rows = [[accuracy(s, lag, forget_bias=bias) for s in SEEDS] for bias in BIASES]
        lstm.append(rows)
        for kind, table in others.items():
            table.append([accuracy(s, lag, kind=kind) for s in SEEDS])
        print(lag, rows, {kind: table[-1] for kind, table in others.items()}, flush=True)
    made = {"made_by": "tools/experiments/lag.py", "seeds": SEEDS, "H": 16, "steps": 600}
    save("lag", made | {"lags": LAGS, "biases": BIASES, "lstm": lstm, **others})


if __name__ == "__main__":
    main()
