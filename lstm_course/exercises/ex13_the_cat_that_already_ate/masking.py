"""The loss of sentences of unequal length."""

import numpy as np

from ..model import Case, WriteFunction
from ..slips import Instead

NOTEBOOK = "13-the-cat-that-already-ate"


def _batch(rng: np.random.Generator, T: int, N: int) -> dict:
    """Draw the surprise at every step, filled ones included, and a mask of unequal lengths."""
    lengths = rng.permutation(np.linspace(2, T, N).astype(int))
    mask = (np.arange(T)[:, None] < lengths).astype(float)
    return {"surprise": rng.uniform(0.2, 4.0, (T, N)).round(2), "mask": mask}


def _draw(rng: np.random.Generator) -> list[Case]:
    return [
        Case(inputs=_batch(rng, 7, 4), label="4 sentences of 2 to 7 words"),
        Case(inputs=_batch(rng, 9, 3), label="3 sentences of 2 to 9 words"),
    ]


def masked_loss(surprise, mask):
    """Return the mean surprise over the words."""
    counted = surprise * mask
    words = mask.sum()
    loss = counted.sum() / words
    return loss


EXERCISES = (
    WriteFunction(
        id="masked-loss",
        notebook=NOTEBOOK,
        asks_for=("masked_loss",),
        points=2,
        minutes=5,
        answer=masked_loss,
        example=Case(
            inputs={
                "surprise": np.array([[1.0, 2.0], [3.0, 9.0]]),
                "mask": np.array([[1.0, 1.0], [1.0, 0.0]]),
            },
            label="2 sentences, of 2 words and of 1",
        ),
        draw=_draw,
        returns=("loss",),
        hints=(
            "What must a filled step add to the sum? And to the number that you divide by?",
            "Times the mask, then the sum; divided by how many words there are.",
        ),
        look="With the two sentences of the example: (1 + 2 + 3) / 3.",
        passed="Now a batch with much filling has the same loss as one with little.",
        instead=(
            Instead(
                "loss",
                "counted.mean()",
                "The filled steps count as zeros: the sum is right, and it is divided by all "
                "steps. Divide by the number of words.",
            ),
            Instead(
                "loss",
                "surprise.mean()",
                "The mask is not used: this is the mean over all steps, filled ones included.",
            ),
            Instead(
                "loss",
                "surprise.sum() / words",
                "The number of words is right, but filled steps are in the sum.",
            ),
            Instead(
                "loss",
                "counted.sum()",
                "This is the sum over the words. Asked is the mean.",
            ),
            Instead(
                "loss",
                "(counted.sum(axis=0) / mask.sum(axis=0)).mean()",
                "This is a mean of one mean per sentence, so that a word of a short sentence "
                "counts more. All words count alike.",
            ),
            Instead(
                "loss",
                "(counted.sum(axis=1) / np.maximum(mask.sum(axis=1), 1)).mean()",
                "This is a mean of one mean per step, so that a word at a late step counts more. "
                "All words count alike.",
            ),
            Instead(
                "loss",
                "counted.sum() / mask.shape[1]",
                "The sum is divided by the number of sentences. Asked is the mean over the words.",
            ),
            Instead(
                "loss",
                "(surprise * (1 - mask)).sum() / (1 - mask).sum()",
                "The mask is turned round: this is the mean over the filled steps.",
            ),
            Instead(
                "loss",
                "counted.sum(axis=0) / mask.sum(axis=0)",
                "This is one loss per sentence. Asked is one number, over the words of all "
                "sentences.",
            ),
        ),
    ),
)
