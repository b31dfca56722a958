"""Lessons 12, 13: a trained cell may hold what it must remember, or write it again.

Run: python -m tools.experiments.holding (some minutes). Writes holding.json for seeds 0-15:
"cats", the agreement models of lesson 13 with cuts at their number unit and the same cuts at
the other units; "lag", the models of lesson 12 (lag 20, b_f = 1) with cuts at every unit.

Criteria, set before the result. The *number unit* is the one without which most verbs go
wrong at 1 attractor. It is *decisive* when these are more than half of the verbs (worse than
a guess) and without any other single unit less than a quarter go wrong. A cut *breaks* a
model when more than a quarter of the verbs go wrong at 1, 2, 3 or 4 attractors, or more than
a quarter of the lag answers. A decisive unit *holds* when shutting its input gate after the
subject does not break the model, and *rewrites* when that does.
"""

from collections.abc import Callable

import numpy as np

from lstm_course.networks.models import LSTMModel
from lstm_course.tasks import make_lag, subject_is_plural, verb_choice
from lstm_course.training import altered
from lstm_course.training.probes import ablate, ablation_errors
from lstm_course.training.recipes import TEST_SEED, train_agreement, train_lag

from .agreement import ATTRACTORS, sentences
from .common import save, where
from .controls import right_verbs

SEEDS = range(16)
TESTS = [sentences(k) for k in ATTRACTORS]
INPUT, FORGET = 0, 1  # rows of the gates
SUBJECT = 1  # its step


def after(first: int, settings: dict[int, float], units: object) -> Callable:
    """Return a change that sets gates {row: value} of some units after a step."""

    def change(t: int, gates: np.ndarray) -> np.ndarray:
        for row, value in settings.items() if t > first else ():
            gates[row][:, units] = value
        return gates

    return change


WEIGHTS = {  # cuts that change weights
    "no reader (ablation)": ablate,
    "read-out alone cut": altered.cut_readout,
    "recurrent row alone cut": altered.cut_row,
    "own loop cut": altered.cut_own_loop,
}
GATES = {  # cuts that set gates after the subject, or after the cue
    "f = 1": {FORGET: 1.0},
    "i = 0": {INPUT: 0.0},
    "i = 0, f = 1": {INPUT: 0.0, FORGET: 1.0},
}


def verb_errors(model: LSTMModel, change: Callable | None = None) -> list[float]:
    """Return the share of wrong verbs at 0 to 4 attractors."""
    scores = [
        altered.altered_logits(model, xs, change) if change else model.logits(xs) for xs, _ in TESTS
    ]
    return [1 - right_verbs(s, targets) for s, (_, targets) in zip(scores, TESTS, strict=True)]


def cuts_at(model: LSTMModel, unit: int, gates: tuple = tuple(GATES)) -> dict[str, list[float]]:
    """Return the errors after each cut at one unit."""
    errors = {name: verb_errors(cut(model, unit)) for name, cut in WEIGHTS.items()}
    for name in gates:
        errors[name] = verb_errors(model, after(SUBJECT, GATES[name], unit))
    return errors


def gates_of(model: LSTMModel, unit: int) -> dict[str, float]:
    """Describe one unit from the step after the subject to the step before the verb.

    "written at the subject" is the share of c before the verb that the subject's step wrote:
    i c̃ there times every f since, over c; the median over sentences with 2 attractors.
    """
    xs, targets = TESTS[2]
    trace, verb = model.forward(xs), verb_choice(targets)[0]
    i, f, c = (a[..., unit] for a in (trace.is_, trace.fs, trace.cs))
    steps, rows = np.arange(len(xs))[:, None], np.arange(len(verb))
    between = (steps > SUBJECT) & (steps <= verb)
    kept = np.where(between, f, 1).prod(0)
    written = i[SUBJECT] * trace.c_tildes[SUBJECT, :, unit]
    plural = subject_is_plural(xs)
    before = c[verb, rows]
    return {
        "i_open": (i[between] > 0.9).mean(),
        "f_mean": f[between].mean(),
        "kept_since_subject": np.median(kept),
        "written_at_subject": np.median(kept * written / before),
        "c_before_verb": {n: before[plural == n].mean() for n in (False, True)},
    }


def cat_report(seed: int) -> dict:
    """Return what each cut does to one agreement model."""
    model, _ = train_agreement(seed, H=16, steps=1500)
    without = ablation_errors(model, *TESTS[1])
    order = np.argsort(-without)
    unit, others = int(order[0]), [cuts_at(model, k, ("i = 0",)) for k in order[1:]]
    return {
        "unit": unit,
        "decisive": bool(without[unit] > 0.5 and without[order[1]] < 0.25),
        "errors": {"whole": verb_errors(model), "h cut": verb_errors(altered.cut_h(model))}
        | cuts_at(model, unit),
        "all units": {
            name: verb_errors(model, after(SUBJECT, settings, slice(None)))
            for name, settings in GATES.items()
        },
        "others_median": {cut: np.median([o[cut] for o in others], axis=0) for cut in others[0]},
        "others_most": {cut: np.max([o[cut] for o in others], axis=0) for cut in others[0]},
        "gates": gates_of(model, unit),
    }


def lag_report(seed: int) -> dict[str, float]:
    """Return what each cut, made at all units, leaves of the answers on lag 20."""
    model, _ = train_lag(seed, 20)
    xs, targets = make_lag(np.random.default_rng(TEST_SEED), 200, 20)
    units = range(model.params.H)
    cut = {
        "whole": model,
        "h cut": altered.cut_h(model),
        "own loops cut": altered.cut_own_loop(model, *units),
    }
    right = {name: changed.accuracy(xs, targets) for name, changed in cut.items()}
    for name, settings in GATES.items():
        scores = altered.altered_logits(model, xs, after(0, settings, slice(None)))
        right[name] = (scores[-1].argmax(-1) == targets).mean()
    fs = model.forward(xs).fs[1:]
    return right | {"f_mean": fs.mean(), "kept_since_cue": float(fs.prod(0).max(-1).mean())}


def main() -> None:
    """Measure every seed and save after each."""
    cats, lag = {}, {}
    for seed in SEEDS:
        cats[seed], lag[seed] = cat_report(seed), lag_report(seed)
        print(seed, cats[seed]["unit"], cats[seed]["decisive"], cats[seed]["gates"], flush=True)
        made = {"made_by": "tools/experiments/holding.py", "seeds": list(cats), **where()}
        save("holding", made | {"attractors": ATTRACTORS, "cats": cats, "lag": lag}, quiet=True)


if __name__ == "__main__":
    main()
