"""Find the bug: validation text that was trained on."""

import numpy as np

from ..model import Case, WriteFunction
from ..slips import Instead

NOTEBOOK = "17-a-text-of-your-own"


def windows(ids, length):
    """Return cuttings of length + 1 that follow each other."""
    starts = np.arange(0, len(ids) - length, length)
    return ids[starts[:, None] + np.arange(length + 1)]


def two_parts(ids, length, share):
    """Cut the text in two first, then each part into cuttings."""
    first = int(share * len(ids))
    head = ids[:first]
    tail = ids[first:]
    training = windows(head, length)
    validation = windows(tail, length)
    return training, validation


def _case(rng: np.random.Generator, M: int, length: int, share: float, label: str) -> Case:
    ids = rng.permutation(M)
    return Case(inputs={"ids": ids, "length": length, "share": share}, label=label)


EXERCISES = (
    WriteFunction(
        id="two-parts",
        notebook=NOTEBOOK,
        asks_for=("two_parts",),
        kind="find the bug",
        points=2,
        minutes=9,
        answer=two_parts,
        example=Case(
            inputs={"ids": np.arange(10, 22), "length": 2, "share": 0.5},
            label="12 characters, the first half to train on",
        ),
        draw=lambda rng: [
            _case(rng, 40, 3, 0.75, "40 characters, length 3, share 0.75"),
            _case(rng, 53, 4, 0.6, "53 characters, length 4, share 0.6"),
        ],
        returns=("training", "validation"),
        hints=(
            "Print np.intersect1d(training, validation) for ids that are all different.",
            "The cuttings overlap by one. Where a text is cut in two after that, both sides have "
            "a part of the same.",
            "Cut ids at int(share * len(ids)) first. Then call windows twice.",
        ),
        look="No number of ids may stand in both results.",
        passed="Cut first, then draw. The same bug with sentences, patients or days is the most "
        "common one in this trade.",
        instead=(
            Instead(
                "tail",
                "ids",
                "The validation cuttings run over the whole text, the training part included.",
            ),
            Instead(
                "head",
                "ids",
                "The training cuttings run over the whole text, the validation part included.",
            ),
            Instead(
                "return",
                "windows(ids, length)[: int(share * len(windows(ids, length)))], windows(ids, "
                "length)[int(share * len(windows(ids, length))) :]",
                "The text is cut into cuttings first and divided after. The last one to train on "
                "ends with the character that the first validation cutting begins with.",
            ),
            Instead(
                "tail",
                "ids[first - length :]",
                "The validation part begins before the cut, in what is trained on.",
            ),
            Instead(
                "return",
                "validation, training",
                "The two parts have changed places: the first share is for training.",
            ),
            Instead(
                "first",
                "int((1 - share) * len(ids))",
                "share is taken for the validation part. It is the share to train on.",
            ),
            Instead(
                "head",
                "ids[:first][::-1]",
                "The training part runs backward.",
            ),
            Instead(
                "validation",
                "windows(ids[::-1][: len(ids) - first], length)",
                "The validation part runs backward.",
            ),
        ),
        parts=(windows,),
    ),
)
