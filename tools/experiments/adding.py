"""Lesson 17: adding at T = 100, with the starts of the 1997 paper.

Run: python -m tools.experiments.adding (about a quarter of an hour). Adds to adding.json what
is missing there, so that it can be stopped at any time: [start][seed] = [sequences seen, share
of 500 test answers off by .04 or more]. A run is solved when that share is under 1 %; each has
at most 3,000 batches of 64, as in criteria.json. Hochreiter and Schmidhuber (1997) shut the
input gates at the start, against a drift of the memory, and had no forget gate: f = 1.
"""

from lstm_course.training.recipes import train_adding

from .common import load, save, where

SEEDS = range(16)
HELD = 1000.0  # a forget bias that holds f at 1 for good
STARTS = {
    "b_f = 5, b_i = -3": {"input_bias": -3.0},
    "f = 1": {"forget_bias": HELD},
    "f = 1, b_i = -3": {"forget_bias": HELD, "input_bias": -3.0},
    "b_f = 5": {},
}
MADE = {"made_by": "tools/experiments/adding.py", "H": 8, "T": 100, "batch": 64}


def main() -> None:
    """Train with every start and seed that is missing, and save after each run."""
    runs = (load("adding") or {"runs": {}})["runs"]
    for seed in SEEDS:
        for name, start in STARTS.items():
            rows = runs.setdefault(name, [])
            if len(rows) > seed:
                continue
            _, history = train_adding(seed, length=100, steps=3000, **start)
            rows.append([64 * len(history.losses), history.last("wrong")])
            print(name, seed, rows[-1], flush=True)
            seeds = list(range(len(rows)))
            save("adding", MADE | where() | {"seeds": seeds, "runs": runs}, quiet=True)


if __name__ == "__main__":
    main()
