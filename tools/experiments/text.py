"""Lesson 17: next character of *Alice*, the state carried on or not, and tables of counts.

Run: python -m tools.experiments.text (about two minutes). Writes text.json, perplexities on
the validation text by seed, and text_model.npz, the weights of a longer run.
"""

import numpy as np

from lstm_course.tasks import CHARACTERS, bigram_table, load_wonderland, split_text, unigram_table
from lstm_course.training.text import perplexity, train_text

from .common import DATA, save, where

SEEDS = tuple(range(16))


def tables() -> dict[str, float]:
    """Return the perplexity of the two tables on the validation text."""
    training, validation = split_text(load_wonderland())
    K = len(CHARACTERS)
    single, pairs = unigram_table(training, K), bigram_table(training, K)
    surprises = {
        "unigrams": -np.log(single[validation[1:]]),
        "bigrams": -np.log(pairs[validation[:-1], validation[1:]]),
    }
    return {name: float(np.exp(surprise.mean())) for name, surprise in surprises.items()}


def main() -> None:
    """Train every seed, with and without the state carried on."""
    training, validation = split_text(load_wonderland())
    rows: dict = {"carried on": [], "from zeros": []}
    for seed in SEEDS:
        for name, found in rows.items():
            model, _ = train_text(seed, carry=name == "carried on")
            found.append([perplexity(model, ids) for ids in (training, validation)])
        print(seed, [np.round(found[-1], 2).tolist() for found in rows.values()], flush=True)
    model, _ = train_text(0, steps=600)
    stored = {name: array.astype(np.float32) for name, array in model.parameters().items()}
    np.savez_compressed(DATA / "text_model.npz", **stored)
    settings = {"made_by": "tools/experiments/text.py", "where": where(), "seeds": SEEDS}
    found = {"tables": tables(), "training_and_validation": rows}
    save("text", settings | {"H": 48, "steps": 400} | found)


if __name__ == "__main__":
    main()
