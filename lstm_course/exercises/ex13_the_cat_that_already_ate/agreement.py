"""Count attractors and measure agreement."""

import numpy as np
from numpy.typing import NDArray

from ..model import Case, Predict, WriteFunction, Wrong
from ..slips import Instead

NOTEBOOK = "13-the-cat-that-already-ate"


def _draw_scores(rng: np.random.Generator) -> list[Case]:
    def case(N: int, K: int, label: str) -> Case:
        right = rng.integers(1, K - 1, N)
        wrong = right + rng.permutation(np.arange(N) % 2 * 2 - 1)
        level = rng.normal(0, 3, (N, 1))  # so that only scores of one sentence can be compared
        scores = level + rng.normal(size=(N, K))
        scores[np.arange(N), right] += 1
        scores[0, right[0]] = scores[0, wrong[0]]  # a tie counts as wrong
        return Case(inputs={"scores": scores, "right": right, "wrong": wrong}, label=label)

    return [case(40, 5, "40 sentences, 5 words"), case(55, 4, "55 sentences, 4 words")]


def _explain_attractors(count: NDArray) -> str:
    """Hold a count against the nouns of the sentence."""
    if count != np.round(count) or count < 0:
        return "A number of nouns is a whole number."
    return "The sentence has four nouns, and girl is the subject: at most three can mislead."


def agreement_error(scores, right, wrong):
    """Return the share of sentences whose wrong verb scores at least as high as the right one."""
    N = len(scores)
    of_right = scores[np.arange(N), right]
    of_wrong = scores[np.arange(N), wrong]
    share = (of_wrong >= of_right).mean()
    return share


EXERCISES = (
    Predict(
        id="count-attractors",
        notebook=NOTEBOOK,
        asks_for=("attractors",),
        points=1,
        minutes=3,
        answer=2,
        explain=_explain_attractors,
        hints=(
            "Which noun is the subject, and which number has it?",
            "An attractor stands between subject and verb and has the other number.",
        ),
        look="Go through the nouns one by one: girl, birds, horse, dogs.",
        passed="You can say how hard a sentence is. Which noun would mislead a small network most?",
        wrong=(
            Wrong(answer=3, cause="horse is singular, as girl is: it does not mislead."),
            Wrong(answer=4, cause="girl is the subject itself, and horse has its number."),
            Wrong(answer=1, cause="There are two plural nouns between girl and was."),
            Wrong(answer=0, cause="birds is plural and stands between girl and was."),
        ),
    ),
    WriteFunction(
        id="agreement-error",
        notebook=NOTEBOOK,
        asks_for=("agreement_error",),
        points=2,
        minutes=6,
        answer=agreement_error,
        example=Case(
            inputs={
                "scores": np.array([[2.0, 1, 5], [0, 3, 0], [1, 1, 0]]),
                "right": np.array([0, 0, 0]),
                "wrong": np.array([1, 1, 1]),
            },
            label="",
        ),
        draw=_draw_scores,
        returns=("share",),
        hints=(
            "Each sentence needs two scores: that of its right and that of its wrong form.",
            "scores[np.arange(N), right] takes one entry from each row.",
            "Compare the two rows of scores and take the mean of the comparison.",
        ),
        look="In the example only sentence 1 is right: 2 against 1. Sentence 3 is a tie.",
        passed="This is the measure of Linzen et al.: other words may score higher, and only "
        "the two forms count.",
        instead=(
            Instead(
                "share",
                "(scores.argmax(-1) != right).mean()",
                "This compares with all words. Only the two forms of the verb count: another word "
                "may score higher.",
            ),
            Instead(
                "share",
                "(scores.argmax(-1) == wrong).mean()",
                "This asks whether the wrong form beats all words. It only has to beat the right "
                "form.",
            ),
            Instead(
                "share",
                "(of_wrong >= of_right) * 1.0",
                "This is one value per sentence. Asked is their mean.",
            ),
            Instead(
                "share",
                "(scores[wrong] >= scores[right]).mean()",
                "scores[right] takes whole rows: the class is used as the number of a sentence. "
                "Each row needs one entry: scores[np.arange(N), right].",
            ),
            Instead(
                "share",
                "(scores[:, wrong] >= scores[:, right]).mean()",
                "scores[:, right] takes those columns from every row: (N, N). Each row needs its "
                "own entry: scores[np.arange(N), right].",
            ),
            Instead(
                "share",
                "(of_wrong.mean() >= of_right.mean()) * 1.0",
                "The means of both forms are compared: one yes or no. Compare sentence by "
                "sentence, then take the mean.",
            ),
            Instead(
                "share",
                "(of_wrong - of_right).mean()",
                "This is the mean difference of the scores. Asked is how often it is 0 or more.",
            ),
            Instead(
                "share",
                "(wrong >= right).mean()",
                "The numbers of the words are compared. They say where the two scores stand: "
                "scores[np.arange(N), wrong].",
            ),
        ),
    ),
)
