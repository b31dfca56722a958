"""Lesson 19: adding, temporal order and embedded Reber grammar, up to their criteria.

Run: python -m tools.experiments.criteria (about three minutes). Writes criteria.json: for
each task, length and model a list over seeds of [sequences seen, last measure], where the
measure is the share of test answers that are wrong.
"""

from functools import partial

from lstm_course.training.recipes import train_adding, train_reber, train_temporal_order

from .common import save

SEEDS = (0, 1, 2, 3, 4)
# name: (training run, batch size, its measure, whether the measure counts right answers)
TASKS = {
    "adding, T = 50": (train_adding, 64, "wrong", False),
    "adding, T = 100": (partial(train_adding, length=100, steps=3000), 64, "wrong", False),
    "temporal order, T = 50": (train_temporal_order, 32, "accuracy", True),
    "temporal order, T = 100": (
        partial(train_temporal_order, length=100),
        32,
        "accuracy",
        True,
    ),
    "embedded Reber": (train_reber, 32, "recall", True),
}


def main() -> None:
    """Train LSTM and RNN on every task with every seed."""
    results: dict = {}
    for name, (run, batch, measure, counts_right) in TASKS.items():
        results[name] = {}
        for kind in ("lstm", "rnn"):
            rows = []
            for seed in SEEDS:
                history = run(seed, kind=kind)[1]
                last = history.last(measure)
                rows.append([batch * len(history.losses), 1 - last if counts_right else last])
            results[name][kind] = rows
            print(name, kind, [[n, round(w, 3)] for n, w in rows], flush=True)
    made = {"made_by": "tools/experiments/criteria.py", "seeds": SEEDS, "H": 8}
    save("criteria", made | {"tasks": results})


if __name__ == "__main__":
    main()
