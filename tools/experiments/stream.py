"""Lessons 04, 12, 14: on a stream without a break, the forget gate keeps c bounded.

Run: python -m tools.experiments.stream (under a minute). Writes stream.json: for each cell
and seed the largest |c_t| at every 10th of 700 steps (about 58 strings, 20 streams) and the
share of outer symbols recalled.
"""

import numpy as np

from lstm_course.tasks import make_reber_stream
from lstm_course.training.recipes import TEST_SEED, outer_recall, train_stream

from .common import save

SEEDS = (0, 1, 2, 3, 4)


def main() -> None:
    """Train with and without forget gate and measure both on fresh streams."""
    xs, targets = make_reber_stream(np.random.default_rng(TEST_SEED), 20, 700)
    cells = {}
    for name, forget_gate in (("with", True), ("without", False)):
        largest, recall = [], []
        for seed in SEEDS:
            model, _ = train_stream(seed, forget_gate=forget_gate)
            largest.append(np.abs(model.forward(xs).cs).max((1, 2))[9::10])
            recall.append(outer_recall(model, xs, targets))
        cells[name] = {"largest_c": largest, "recall": recall}
        print(name, [round(float(c.max()), 1) for c in largest], np.round(recall, 2), flush=True)
    made = {"made_by": "tools/experiments/stream.py", "seeds": SEEDS, "H": 8}
    save("stream", made | {"steps": list(range(10, 701, 10)), "cells": cells})


if __name__ == "__main__":
    main()
