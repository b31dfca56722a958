"""Lesson 14: how often are gates nearly shut or nearly open? It depends on the task.

Run: python -m tools.experiments.saturation (about three minutes). Adds what is missing to
saturation.json: [task][gate][seed] = [share below 0.1, share above 0.9] over all steps,
sequences and units. "untrained" is the share before any training (lag task).
"""

from collections.abc import Callable

import numpy as np

from lstm_course.networks.models import Model, new_lstm
from lstm_course.tasks import (
    make_adding,
    make_agreement,
    make_lag,
    make_reber,
    make_temporal_order,
)
from lstm_course.training.probes import saturation
from lstm_course.training.recipes import (
    TEST_SEED,
    train_adding,
    train_agreement,
    train_lag,
    train_reber,
    train_temporal_order,
)

from .common import load, save

SEEDS = tuple(range(16))
TASKS: dict[str, tuple[Callable[[int], Model], Callable]] = {
    "untrained": (
        lambda seed: new_lstm(np.random.default_rng(seed), 6, 16, 2),
        lambda rng: make_lag(rng, 200, 20),
    ),
    "lag 20": (lambda seed: train_lag(seed, 20)[0], lambda rng: make_lag(rng, 200, 20)),
    "adding": (lambda seed: train_adding(seed)[0], lambda rng: make_adding(rng, 200, 50)),
    "temporal order": (
        lambda seed: train_temporal_order(seed)[0],
        lambda rng: make_temporal_order(rng, 200, 50),
    ),
    "Reber": (lambda seed: train_reber(seed)[0], lambda rng: make_reber(rng, 200)),
    "agreement": (
        lambda seed: train_agreement(seed, H=16, steps=1500)[0],
        lambda rng: make_agreement(rng, 200),
    ),
}


def gate_shares(model: Model, xs: np.ndarray) -> dict[str, tuple[float, float]]:
    """Return shut and open share of each gate; steps past the end of a sequence are left out."""
    trace, inside = model.forward(xs), (xs != 0).any(-1)
    gates = {"i": trace.is_, "f": trace.fs, "o": trace.os}
    return {name: saturation(gate[inside]) for name, gate in gates.items()}


def main() -> None:
    """Train each task with each seed that is missing and save the shares after each."""
    shares = (load("saturation") or {"shares": {}})["shares"]
    made = {"made_by": "tools/experiments/saturation.py", "seeds": SEEDS, "low": 0.1, "high": 0.9}
    for task, (trained, make) in TASKS.items():
        xs, _ = make(np.random.default_rng(TEST_SEED))
        rows = shares.setdefault(task, {gate: [] for gate in "ifo"})
        for seed in SEEDS[len(rows["i"]) :]:
            for gate, pair in gate_shares(trained(seed), xs).items():
                rows[gate].append(pair)
            save("saturation", made | {"shares": shares}, quiet=True)
        print(task, {g: np.mean(rows[g], axis=0).round(2).tolist() for g in "ifo"}, flush=True)


if __name__ == "__main__":
    main()
