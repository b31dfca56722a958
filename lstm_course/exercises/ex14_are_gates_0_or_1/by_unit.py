"""Find the bug: filling counted among the words."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from ...equations import sigmoid
from ..model import Case, WriteFunction, Wrong

NOTEBOOK = "14-are-gates-0-or-1"


def _open_share(
    inside: bool = True,
    by_row: bool = False,
    wide: Callable = lambda f: f > 0.9,
    whole: bool = False,
) -> Callable:
    """Return each unit's share of open values, with one thing changed."""

    def share(fs, lengths):  # noqa: ANN001, ANN202
        steps = np.arange(len(fs))[:, None] < lengths  # (T, N)
        if not inside:
            steps = np.ones_like(steps)
        is_open = wide(fs)
        if by_row:
            each = [is_open[steps[:, n], n].mean(axis=0) for n in range(len(lengths))]
            return np.mean(each, axis=0)
        return is_open[steps].mean() if whole else is_open[steps].mean(axis=0)

    return share


def _open_over_all(fs: NDArray, lengths: NDArray) -> NDArray:
    """Count inside the sentences, divide by all steps."""
    return _open_share()(fs, lengths) * lengths.sum() / (fs.shape[0] * fs.shape[1])


def _one_step_more(fs: NDArray, lengths: NDArray) -> NDArray:
    return _open_share()(fs, np.minimum(lengths + 1, len(fs)))


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


EXERCISES = (
    WriteFunction(
        id="open-by-unit",
        notebook=NOTEBOOK,
        asks_for=("open_by_unit",),
        kind="find the bug",
        points=2,
        minutes=7,
        answer=_open_share(),
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
        wrong=(
            Wrong(
                answer=_open_share(inside=False),
                cause="This does the same as open_broken: steps past the end are counted.",
            ),
            Wrong(
                answer=_open_share(by_row=True),
                cause="This is a mean of one mean per sentence, so that a word of a short sentence "
                "counts more. All words count alike.",
            ),
            Wrong(
                answer=_open_share(whole=True),
                cause="This is one number for all units. Asked is one per unit, (H,).",
            ),
            Wrong(
                answer=_open_over_all,
                cause="Only steps inside are counted as open, but the division is by all steps.",
            ),
            Wrong(
                answer=_one_step_more,
                cause="One step past the end of each sentence is counted: a sentence of n words "
                "has the steps 0 to n - 1.",
            ),
            Wrong(
                answer=_open_share(wide=lambda f: f < 0.1),
                cause="This counts the shut gates, below 0.1.",
            ),
            Wrong(
                answer=lambda fs, lengths: _open_share()(fs[::-1], len(fs) - lengths),
                cause="The comparison is turned: you count the steps after each sentence.",
            ),
            Wrong(
                answer=lambda fs, lengths: _open_share()(fs, lengths) * lengths.sum(),
                cause="This is a count. Divide by the number of words, or take the mean.",
            ),
            Wrong(
                answer=lambda fs, lengths: (fs[: lengths.max()] > 0.9).mean(axis=(0, 1)),
                cause="All sentences are cut at the longest one. The shorter ones still bring "
                "their filling.",
            ),
            Wrong(
                answer=_open_share(wide=lambda f: f),
                cause="This is the mean of f. Asked is how often it is above 0.9.",
            ),
            Wrong(
                answer=lambda fs, lengths: np.stack(
                    [(fs[:n, k] > 0.9).mean(axis=0) for k, n in enumerate(lengths)]
                ),
                cause="This is one row per sentence. All words of all sentences make one share per "
                "unit.",
            ),
            Wrong(
                answer=_open_share(wide=lambda f: f >= 0.9),
                cause="A gate of 0.9 itself is counted: >=. Asked is above 0.9.",
                look="Is 0.9 above 0.9?",
            ),
            Wrong(
                answer=lambda fs, lengths: (fs[: lengths.min()] > 0.9).mean(axis=(0, 1)),
                cause="All sentences are cut at the shortest one. The longer ones lose their last "
                "words.",
                look="Print how many words you count. It must be lengths.sum().",
            ),
            Wrong(
                answer=lambda fs, lengths: (fs[lengths - 1, np.arange(len(lengths))] > 0.9).mean(
                    axis=0
                ),
                cause="Only the last word of each sentence is counted. All words count.",
                look="Print how many words you count. It must be lengths.sum().",
            ),
            Wrong(
                answer=lambda fs, lengths: _open_share()(fs[1:], lengths - 1),
                cause="The first word of each sentence is left out. Steps count from 0.",
                look="Print how many words you count. It must be lengths.sum().",
            ),
            Wrong(
                answer=lambda fs, lengths: (fs[np.arange(len(fs)) < lengths[:, None]] > 0.9).mean(
                    axis=0
                ),
                cause="The mask is (N, T), and fs is (T, N, H): steps first. Put the new axis on "
                "the steps: np.arange(T)[:, None].",
                look="Print the shape of the mask. It must be fs.shape[:2].",
            ),
            Wrong(
                answer=lambda fs, lengths: (
                    np.concatenate([fs[k, :n] for k, n in enumerate(lengths)]) > 0.9
                ).mean(axis=0),
                cause="The axes have changed places: fs[n] is a step, not a sentence. Sentence n "
                "stands in fs[:, n].",
                look="Print fs[0].shape: is it one sentence?",
            ),
            Wrong(
                answer=lambda fs, lengths: np.array(
                    [(fs[:n, k] > 0.9).mean() for k, n in enumerate(lengths)]
                ),
                cause="This is one share per sentence. Asked is one per unit, over the words of "
                "all sentences.",
            ),
        ),
    ),
)
