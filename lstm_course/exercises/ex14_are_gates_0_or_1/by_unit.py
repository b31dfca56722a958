"""Find the bug: filling counted among the words."""

import numpy as np

from ...equations import sigmoid
from ..model import Case, WriteFunction, Wrong
from ..slips import Instead

NOTEBOOK = "14-are-gates-0-or-1"


def _sentences(rng: np.random.Generator, T: int, N: int, H: int) -> dict:
    """Draw forget gates that stand at 0.95 past the end, as a bias of 3 leaves them."""
    lengths = rng.permutation(np.linspace(2, T - 2, N).astype(int))
    fs = sigmoid(2 * rng.normal(size=(T, N, H)) + np.linspace(0, 2, H) + 0.3 * lengths[:, None])
    fs[0, 0] = fs[1, 1] = 0.9  # not above 0.9
    past = np.arange(T)[:, None] >= lengths
    fs[past] = 0.95
    return {"fs": fs, "lengths": lengths}


def _draw_sentences(rng: np.random.Generator) -> list[Case]:
    return [
        Case(inputs=_sentences(rng, 12, 5, 3), label="5 sentences of up to 10 words, 3 units"),
        Case(inputs=_sentences(rng, 15, 4, 2), label="4 sentences of up to 13 words, 2 units"),
    ]


def open_by_unit(fs, lengths):
    """Return each unit's share of open values inside the sentences."""
    T = len(fs)
    words = fs[np.arange(T)[:, None] < lengths]
    shares = (words > 0.9).mean(axis=0)
    return shares


def open_broken(fs, lengths):
    """Return what the broken one of the notebook does."""
    return (fs > 0.9).mean(axis=(0, 1))


EXERCISES = (
    WriteFunction(
        id="open-by-unit",
        notebook=NOTEBOOK,
        asks_for=("open_by_unit",),
        kind="find the bug",
        points=2,
        minutes=7,
        answer=open_by_unit,
        example=Case(
            inputs={
                "fs": np.array([[[0.95], [0.2]], [[0.95], [0.3]], [[0.95], [0.95]]]),
                "lengths": np.array([1, 2]),
            },
            label="2 sentences of 1 and 2 words, 1 unit",
        ),
        draw=_draw_sentences,
        returns=("shares",),
        hints=(
            "Where does a sentence of 3 words in a batch of 10 steps get its other 7 gates from?",
            "np.arange(T)[:, None] < lengths is True at the steps that belong to a sentence.",
            "An array (T, N, H) with a mask (T, N) in brackets gives one row per counted step.",
        ),
        look="Take one sentence of one word, and put 0.95 at all later steps.",
        passed="Your measure no longer counts words that nobody said. In the course's cat "
        "sentences more than half of all steps are filling.",
        instead=(
            Instead(
                "shares",
                "np.mean([(fs[:n, k] > 0.9).mean(axis=0) for k, n in enumerate(lengths)], axis=0)",
                "This is a mean of one mean per sentence, so that a word of a short sentence "
                "counts more. All words count alike.",
            ),
            Instead(
                "shares",
                "(words > 0.9).sum(axis=0) / (fs.shape[0] * fs.shape[1])",
                "Only steps inside are counted as open, but the division is by all steps.",
            ),
            Instead(
                "words",
                "fs[np.arange(T)[:, None] >= lengths]",
                "The comparison is turned: the steps after each sentence are counted.",
            ),
            Instead(
                "shares",
                "(fs[: lengths.max()] > 0.9).mean(axis=(0, 1))",
                "All sentences are cut at the longest one. The shorter ones still bring their "
                "filling.",
            ),
            Instead(
                "shares",
                "(fs[: lengths.min()] > 0.9).mean(axis=(0, 1))",
                "All sentences are cut at the shortest one. The longer ones lose their last words.",
                "Print how many words you count. It must be lengths.sum().",
            ),
            Instead(
                "shares",
                "words.mean(axis=0)",
                "This is the mean of f. Asked is how often it is above 0.9.",
            ),
            Instead(
                "shares",
                "(words < 0.1).mean(axis=0)",
                "This counts the shut gates, below 0.1.",
            ),
            Instead(
                "shares",
                "np.stack([(fs[:n, k] > 0.9).mean(axis=0) for k, n in enumerate(lengths)])",
                "This is one row per sentence. All words of all sentences make one share per unit.",
            ),
            Instead(
                "shares",
                "np.array([(fs[:n, k] > 0.9).mean() for k, n in enumerate(lengths)])",
                "This is one share per sentence. Asked is one per unit, over the words of all "
                "sentences.",
            ),
            Instead(
                "shares",
                "(fs[lengths - 1, np.arange(len(lengths))] > 0.9).mean(axis=0)",
                "Only the last word of each sentence is counted. All words count.",
                "Print how many words you count. It must be lengths.sum().",
            ),
            Instead(
                "words",
                "fs[1:][np.arange(1, T)[:, None] < lengths]",
                "The first word of each sentence is left out. Steps count from 0.",
                "Print how many words you count. It must be lengths.sum().",
            ),
            Instead(
                "shares",
                "(np.concatenate([fs[k, :n] for k, n in enumerate(lengths)]) > 0.9).mean(axis=0)",
                "The axes have changed places: fs[n] is a step, not a sentence. Sentence n stands "
                "in fs[:, n].",
                "Print fs[0].shape: is it one sentence?",
            ),
        ),
        wrong=(
            Wrong(
                answer=open_broken,
                cause="This does the same as open_broken: steps past the end are counted.",
            ),
        ),
    ),
)
