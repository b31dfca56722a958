"""The table of pairs, and a network that beats it."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from ...cell import LSTMParams, Readout
from ...networks.models import LSTMModel
from ...tasks import CHARACTERS, bigram_table, load_wonderland, split_text
from ...training.results import load_text_model
from ...training.text import perplexity
from ..model import Case, Finding, SetValues, WriteFunction, Wrong
from ..slips import Instead

NOTEBOOK = "17-a-text-of-your-own"
GOAL = 8.0
K = len(CHARACTERS)
A_GUESS = "It knows the validation text no better than the unigrams do."
NO_PAIRS = "It knows more than how often each character comes, and less than the bigrams."
NOT_YET = "It knows more than the bigrams, and is not yet below 8."
KNOWN = "It knows the validation text far better than the training text. Was it trained on it?"


@cache
def _split() -> tuple[NDArray, NDArray]:
    return split_text(load_wonderland())


def _judge(W: NDArray, b: NDArray, W_y: NDArray, b_y: NDArray) -> Finding | None:
    """Measure the learner's model on the validation text."""
    try:
        model = LSTMModel(LSTMParams(W, b), Readout(W_y, b_y))
    except (ValueError, TypeError) as error:
        return Finding(cause=f"The four arrays are no model: {error}")
    sizes = (model.params.D, model.readout.K, model.params.H == model.readout.H)
    if sizes != (K, K, True):
        return Finding(
            cause=f"The model has D = {sizes[0]}, K = {sizes[1]}, H = {model.params.H} in W and "
            f"{model.readout.H} in W_y.",
            expected=f"D = K = {K}, and one H",
        )
    training, validation = _split()
    doubt, known = perplexity(model, validation), perplexity(model, training[: len(validation)])
    if doubt < GOAL and doubt > 0.6 * known:
        return None
    return _finding(doubt, known)


def _finding(doubt: float, known: float) -> Finding:
    if doubt < GOAL:
        return Finding(cause=KNOWN, got=f"perplexity {doubt:.1f}, on the training text {known:.1f}")
    cause = A_GUESS if doubt >= 19.4 else NO_PAIRS if doubt >= 10.26 else NOT_YET
    return Finding(
        cause=cause,
        got=f"perplexity {doubt:.1f} on the validation text",
        expected="below 8 (bigrams: 10.3; unigrams: 19.4; a guess: 35)",
        look="Train longer: 400 pieces of 32 streams by 32 characters, Adam 1e-2, carried on.",
    )


def _stored(share: float) -> tuple[NDArray, NDArray, NDArray, NDArray]:
    """Return the course's own model; with a share below 1 it is less sure than it could be."""
    model = load_text_model()
    W_y, b_y = share * model.readout.W_y, model.readout.b_y
    return model.params.W, model.params.b, W_y, b_y


def bigrams(ids, K):
    """Return the smoothed table of what follows what."""
    counts = np.ones((K, K))
    before = ids[:-1]
    after = ids[1:]
    seen = np.zeros((K, K))
    np.add.at(seen, (before, after), 1)
    counts = counts + seen
    totals = counts.sum(axis=1, keepdims=True)
    table = counts / totals
    return table


def _case(rng: np.random.Generator, M: int, K: int, label: str) -> Case:
    return Case(inputs={"ids": rng.integers(0, K, M) ** 2 // K, "K": K}, label=label)


TABLE = (
    WriteFunction(
        id="bigrams",
        notebook=NOTEBOOK,
        asks_for=("bigrams",),
        points=2,
        minutes=8,
        answer=bigrams,
        example=Case(
            inputs={"ids": np.array([0, 1, 0, 1, 2]), "K": 3},
            label="five characters of three kinds",
        ),
        draw=lambda rng: [
            _case(rng, 30, 5, "30 characters of 5 kinds"),
            _case(rng, 60, 4, "60 characters of 4 kinds"),
        ],
        returns=("table",),
        hints=(
            "Start with a table of ones: that is the smoothing.",
            "np.add.at adds 1 at many places; a loop over pairs does the same, one at a time.",
            "Divide each row by its own sum.",
        ),
        look="Each row adds up to 1.",
        passed="A model with one character of memory. What would three take? K³ counts, most of "
        "them never seen.",
        instead=(
            Instead(
                "counts",
                "seen + 0.0",
                "The ones are missing: a pair that never came has 0, and a surprise of ∞ when it "
                "does.",
            ),
            Instead(
                "totals",
                "counts.sum()",
                "All counts are divided by one sum. Each row is a choice of its own.",
            ),
            Instead(
                "totals",
                "counts.sum(axis=0, keepdims=True)",
                "The columns are divided by their sums: that asks what came before. Each row adds "
                "up to 1.",
            ),
            Instead(
                "totals",
                "counts.sum(axis=1)",
                "The sums are (K,) and divide the columns. keepdims=True makes them (K, 1).",
            ),
            Instead(
                "table",
                "counts + 0",
                "These are the counts. Divide each row by its sum.",
            ),
            Instead(
                "table",
                "(counts / totals).T",
                "The table is turned: row a holds what follows a.",
            ),
            Instead(
                "table",
                "np.log(counts / totals)",
                "This is the logarithm. Asked is the probability.",
            ),
            Instead(
                "counts",
                "np.maximum(seen, 1)",
                "Only the pairs that never came get a 1. Each count starts at 1.",
            ),
        ),
        course=(bigram_table,),
    ),
)

EXERCISES = (
    SetValues(
        id="beat-the-bigrams",
        notebook=NOTEBOOK,
        asks_for=("W", "b", "W_y", "b_y"),
        points=3,
        minutes=15,
        seconds=120.0,
        shapes=(None, None, None, None),
        judge=_judge,
        right=(_stored(1.0), _stored(0.98), _stored(0.9)),
        hints=(
            "The run of the lesson is enough: H = 48, 400 pieces.",
            "Lay the training text out as 32 streams, go through it in pieces of 32 with "
            "carry=True, and call model.reset() where it starts again.",
            "Hand in model.params.W, model.params.b, model.readout.W_y, model.readout.b_y.",
        ),
        look="Measure on the validation text yourself before you ask the check.",
        passed="It reads six chapters better than a table of all pairs. Let it run free.",
        wrong=(
            Wrong(
                answer=(np.zeros((K + 4, 16)), np.zeros(16), np.zeros((4, K)), np.zeros(K)),
                cause=A_GUESS,
            ),
            Wrong(answer=_stored(0.25), cause=NO_PAIRS),
            Wrong(answer=_stored(0.4), cause=NOT_YET),
            Wrong(
                answer=(np.zeros((6, 16)), np.zeros(16), np.zeros((4, 2)), np.zeros(2)),
                cause="The model has D = 2, K = 2, H = 4 in W and 4 in W_y.",
            ),
        ),
    ),
)
