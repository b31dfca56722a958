"""Lesson 14: rounded gates, beside gates that are open, random or fixed.

Run: python -m tools.experiments.controls (some minutes). Writes controls.json: for seeds
0-15 and each way to set the gates, the share of right answers on the lag task (lag 20,
b_f = 1), the share of right verbs at 0 to 4 attractors, and the cross-entropy of the next
word (H = 16, 1,500 steps). "rules" has what a rule gets that knows no sentence.

What counts, said before the result: an intervention shows that the gates are used as
switches only where a stupid way to set them (all open, random, fixed at their means) does
clearly worse than rounding. Clearly: by more than a tenth of the answers, or by more than
0.2 nats a word. Rounding loses *hardly anything* when it costs at most 2 % of the answers,
or 0.1 nats.
"""

from collections.abc import Callable

import numpy as np

from lstm_course.networks.models import LSTMModel
from lstm_course.tasks import NOTHING, WORDS, make_agreement, make_lag, verb_choice
from lstm_course.training.altered import altered_logits
from lstm_course.training.losses import cross_entropy
from lstm_course.training.recipes import TEST_SEED, train_agreement, train_lag

from .agreement import ATTRACTORS, sentences
from .common import save, where

SEEDS = range(16)


def ways(model: LSTMModel, xs: np.ndarray) -> dict[str, Callable]:
    """Return every way to set the gates; "fixed at their means" takes the means over xs."""
    rng, trace = np.random.default_rng(0), model.forward(xs)
    inside = (xs != 0).any(-1)
    means = np.array([gate[inside].mean(0) for gate in (trace.is_, trace.fs, trace.os)])
    return {
        "as trained": lambda t, gates: gates,
        "rounded": lambda t, gates: np.round(gates),
        "all open": lambda t, gates: np.ones_like(gates),
        "random, 0 or 1": lambda t, gates: rng.integers(0, 2, gates.shape).astype(float),
        "random, 0 to 1": lambda t, gates: rng.random(gates.shape),
        "fixed at their means": lambda t, gates: np.broadcast_to(means[:, None], gates.shape),
    }


def lag_accuracies(seed: int) -> dict[str, float]:
    """Return the share of right answers on lag 20 for each way."""
    model, _ = train_lag(seed, 20)
    xs, targets = make_lag(np.random.default_rng(TEST_SEED), 200, 20)
    return {
        way: (altered_logits(model, xs, change)[-1].argmax(-1) == targets).mean()
        for way, change in ways(model, xs).items()
    }


def right_verbs(logits: np.ndarray, targets: np.ndarray) -> float:
    """Return the share of verbs whose right form scores higher than the other."""
    steps, right, wrong = verb_choice(targets)
    rows = np.arange(len(right))
    scores = logits[steps, rows]
    return (scores[rows, right] > scores[rows, wrong]).mean()


def cat_measures(seed: int) -> dict[str, dict]:
    """Return right verbs by attractors and the cross-entropy of the next word, for each way."""
    model, _ = train_agreement(seed, H=16, steps=1500)
    mixed, targets = make_agreement(np.random.default_rng(TEST_SEED), 400)
    tests = [sentences(k) for k in ATTRACTORS]
    verbs, words = {}, {}
    for way, change in ways(model, mixed).items():
        words[way] = cross_entropy(altered_logits(model, mixed, change), targets)[0]
        verbs[way] = [right_verbs(altered_logits(model, xs, change), ys) for xs, ys in tests]
    return {"verbs": verbs, "next word": words}


def rules() -> dict[str, float]:
    """Return the cross-entropy of rules without a network, counted on 5,000 sentences."""
    K = len(WORDS)
    xs, ys = make_agreement(np.random.default_rng(TEST_SEED + 50), 5000)
    test_xs, test_ys = make_agreement(np.random.default_rng(TEST_SEED), 400)
    counts = np.full((K, K), 1e-3)
    counted, asked = ys != NOTHING, test_ys != NOTHING
    np.add.at(counts, (xs.argmax(-1)[counted], ys[counted]), 1)
    shares = counts / counts.sum(1, keepdims=True)
    alone = counts.sum(0) / counts.sum()
    before, after = test_xs.argmax(-1)[asked], test_ys[asked]
    return {
        "every word alike": np.log(K),
        "how often each word comes": -np.log(alone[after]).mean(),
        "how often it follows the word before": -np.log(shares[before, after]).mean(),
    }


def main() -> None:
    """Measure every seed and save after each."""
    lag, verbs, words, by_rule = {}, {}, {}, rules()
    for seed in SEEDS:
        lag[seed], cats = lag_accuracies(seed), cat_measures(seed)
        verbs[seed], words[seed] = cats["verbs"], cats["next word"]
        print(seed, {way: round(loss, 2) for way, loss in words[seed].items()}, flush=True)
        made = {"made_by": "tools/experiments/controls.py", "seeds": list(lag), **where()}
        made |= {"attractors": ATTRACTORS, "rules": by_rule}
        save("controls", made | {"lag 20": lag, "verbs": verbs, "next word": words}, quiet=True)


if __name__ == "__main__":
    main()
