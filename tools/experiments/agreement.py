"""Lesson 13: does the verb fit? Error by attractors, and the units that carry number.

Run: python -m tools.experiments.agreement (about five minutes). Adds what is missing to
agreement.json (errors on 400 sentences with 0 to 4 attractors, seen and held-out
noun-verb pairs, [model][seed][attractors]), units.json (what each unit of the larger LSTM
is worth) and cat_model.npz (the weights of one of them).
"""

import numpy as np

from lstm_course.networks.models import Model
from lstm_course.tasks import (
    PLURAL,
    SINGULAR,
    WORDS,
    make_agreement,
    subject_is_plural,
    verb_choice,
)
from lstm_course.training.probes import (
    ablation_errors,
    agreement_errors,
    correlations,
    steady_correlations,
)
from lstm_course.training.recipes import TEST_SEED, train_agreement

from .common import DATA, load, save

SEEDS = tuple(range(16))
LARGE = "LSTM, H = 16, 1500 steps"
SHOWN = 2  # the seed whose weights are stored
ATTRACTORS = (0, 1, 2, 3, 4)
MODELS = {
    "LSTM, H = 8, every word": {"kind": "lstm"},
    "RNN, H = 8, every word": {"kind": "rnn"},
    "LSTM, H = 8, verb alone": {"kind": "lstm", "verbs_only": True},
    "RNN, H = 8, verb alone": {"kind": "rnn", "verbs_only": True},
    LARGE: {"kind": "lstm", "H": 16, "steps": 1500},
    "RNN, H = 16, 1500 steps": {"kind": "rnn", "H": 16, "steps": 1500},
}


def sentences(attractors: int, held_out: bool = False) -> tuple:
    """Return 400 test sentences with so many attractors."""
    rng = np.random.default_rng(TEST_SEED + attractors + 10 * held_out)
    return make_agreement(rng, 400, attractors=attractors, held_out=held_out)


def errors(model: Model, held_out: bool = False) -> list[float]:
    """Return the agreement error at 0 to 4 attractors."""
    return [agreement_errors(model, *sentences(k, held_out)).mean() for k in ATTRACTORS]


def unit_report(model: Model) -> dict:
    """Return what each unit is worth: correlation, steady correlation, error without it."""
    xs, targets = sentences(2)
    plural, verb = subject_is_plural(xs), verb_choice(targets)[0]
    cs = model.forward(xs).cs
    shortest = verb.min() + 1  # every sentence has at least so many steps before its verb
    return {
        "r_at_verb": correlations(cs[verb, np.arange(len(verb))], plural),
        "steady_r": steady_correlations(cs[1:shortest], plural),
        "error_without": [ablation_errors(model, *sentences(k)) for k in ATTRACTORS],
    }


def units_of(model: Model) -> dict:
    """Return the report of all units, with the gates of the one that is missed most."""
    report = unit_report(model)
    return report | {"gates": gate_report(model, int(np.argmax(report["error_without"][1])))}


def gate_report(model: Model, unit: int) -> dict:
    """Return means of one unit's gates, from subject to verb, over test sentences."""
    xs, targets = sentences(2)
    trace, plural, verb = model.forward(xs), subject_is_plural(xs), verb_choice(targets)[0]
    steps = np.arange(len(xs))[:, None]
    between = (steps > 1) & (steps <= verb)
    noun = np.isin(xs.argmax(-1), [WORDS.index(w) for w in SINGULAR + PLURAL])
    f, o = trace.fs[..., unit], trace.os[..., unit]
    c = trace.cs[verb, np.arange(len(verb)), unit]
    return {
        "unit": unit,
        "i_at_subject": {n: trace.is_[1, plural == n, unit].mean() for n in (False, True)},
        "f_between": {n: f[:, plural == n][between[:, plural == n]].mean() for n in (False, True)},
        "o_at_nouns": o[noun & (steps <= verb)].mean(),
        "o_at_other_words": o[~noun & (steps <= verb)].mean(),
        "c_before_verb": {n: c[plural == n].mean() for n in (False, True)},
    }


def main() -> None:
    """Train every model with every seed that is missing and save after each."""
    tables = (load("agreement") or {"models": {}})["models"]
    units = (load("units") or {"models": []})["models"]
    made = {"made_by": "tools/experiments/agreement.py", "seeds": SEEDS, "attractors": ATTRACTORS}
    for name, setting in MODELS.items():
        rows = tables.setdefault(name, {"seen": [], "held_out": []})
        for seed in SEEDS[len(rows["seen"]) :]:
            model, _ = train_agreement(seed, **setting)
            rows["seen"].append(errors(model))
            rows["held_out"].append(errors(model, held_out=True))
            if name == LARGE:
                units.append(units_of(model))
                save("units", made | {"H": 16, "steps": 1500, "models": units}, quiet=True)
                if seed == SHOWN:
                    np.savez_compressed(DATA / "cat_model.npz", **model.parameters())
            save("agreement", made | {"models": tables}, quiet=True)
        print(name, np.mean(rows["seen"], axis=0).round(2).tolist(), flush=True)


if __name__ == "__main__":
    main()
