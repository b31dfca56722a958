"""Clip a gradient by its length."""

import numpy as np

from ..model import Case, WriteFunction
from ..slips import Instead

NOTEBOOK = "12-training"


def _gradients(rng: np.random.Generator, scale: float, limit: float) -> dict:
    dW, db = scale * rng.normal(size=(5, 3)), scale * rng.normal(size=4)
    return {"dW": dW, "db": db, "limit": limit}


def _draw_clips(rng: np.random.Generator) -> list[Case]:
    return [
        Case(inputs=_gradients(rng, 3.0, 2.0), label="a long gradient, limit 2"),
        Case(inputs=_gradients(rng, 0.05, 2.0), label="a short gradient, limit 2"),
        Case(inputs=_gradients(rng, 20.0, 0.5), label="a very long gradient, limit 0.5"),
    ]


def clip_by_norm(dW, db, limit):
    """Return both gradients, no longer than the limit together."""
    length = np.sqrt((dW**2).sum() + (db**2).sum())
    share = min(1.0, limit / length)
    return dW * share, db * share


EXERCISES = (
    WriteFunction(
        id="clip-norm",
        notebook=NOTEBOOK,
        asks_for=("clip_by_norm",),
        points=2,
        minutes=6,
        answer=clip_by_norm,
        example=Case(
            inputs={"dW": np.array([[3.0, 0.0]]), "db": np.array([0.0, 4.0]), "limit": 1.0},
            label="a gradient of length 5, limit 1",
        ),
        draw=_draw_clips,
        returns=("dW", "db"),
        hints=(
            "First one number: the length of dW and db laid end to end.",
            "Square all entries of both, add everything up, take the root. The share is "
            "limit / length, and never above 1.",
            "min(1, …) keeps short gradients as they are; both arrays get the same share.",
        ),
        look="Compare the direction before and after: the ratio of two entries must not change.",
        passed="Your gradient can no longer throw the weights far away. Try it with limit = 1e9.",
        instead=(
            Instead(
                "return",
                "np.clip(dW, -limit, limit), np.clip(db, -limit, limit)",
                "Every entry is cut by itself, which turns the gradient to another direction. All "
                "entries are multiplied by one and the same number.",
            ),
            Instead(
                "return",
                "np.minimum(dW, limit), np.minimum(db, limit)",
                "Entries are cut from above only, and each by itself. All entries are multiplied "
                "by one and the same number.",
            ),
            Instead(
                "return",
                "dW * min(1, limit / np.sqrt((dW**2).sum())), db * min(1, limit / "
                "np.sqrt((db**2).sum()))",
                "Each array is clipped by its own length. The length is that of both together, "
                "and both get the same share.",
            ),
            Instead(
                "length",
                "np.abs(dW).sum() + np.abs(db).sum()",
                "This adds absolute values. The length is the root of the sum of squares.",
            ),
            Instead(
                "length",
                "max(np.abs(dW).max(), np.abs(db).max())",
                "This takes the largest entry for the length.",
            ),
            Instead(
                "length",
                "np.sqrt((dW**2).sum()) + np.sqrt((db**2).sum())",
                "Two lengths are added. Add the squares of both arrays, then take one root.",
            ),
            Instead(
                "length",
                "np.sqrt((dW**2).mean() + (db**2).mean())",
                "The squares are averaged. The length is the root of their sum.",
            ),
            Instead(
                "length",
                "np.sqrt(((dW**2).sum() + (db**2).sum()) / (dW.size + db.size))",
                "The squares are averaged over all entries. The length is the root of their sum.",
            ),
            Instead(
                "length",
                "np.hypot(np.linalg.norm(dW, 2), np.linalg.norm(db))",
                "np.linalg.norm(dW, 2) of a matrix is its largest stretch, not the root of the "
                "sum of squares. Leave the 2 away, or square and add up by hand.",
                "Compare np.linalg.norm(M, 2) with np.linalg.norm(M) for M = np.eye(2).",
            ),
            Instead(
                "length",
                "np.linalg.norm(dW, 2) + np.linalg.norm(db)",
                "np.linalg.norm(dW, 2) of a matrix is its largest stretch, not the root of the "
                "sum of squares. And the two lengths are added.",
            ),
            Instead(
                "length",
                "np.linalg.norm(dW, 2)",
                "np.linalg.norm(dW, 2) of a matrix is its largest stretch, not the root of the "
                "sum of squares. And db is not measured.",
            ),
            Instead(
                "return",
                "dW * share, db + 0",
                "Only dW is shortened. Both get the same share, or the direction turns.",
            ),
            Instead(
                "return",
                "dW * min(1, limit / np.sqrt((dW**2).sum())), db + 0",
                "Only dW is measured and shortened. The length is that of dW and db together, and "
                "both get the same share.",
            ),
            Instead(
                "return",
                "dW * np.minimum(1, limit / np.sqrt((dW**2).sum(-1, keepdims=True))), db * min(1, "
                "limit / np.sqrt((db**2).sum()))",
                "Each row is clipped by its own length. There is one length, of all numbers "
                "together.",
            ),
            Instead(
                "share",
                "1 / limit if length > limit else 1.0",
                "A long gradient is divided by the limit. Multiply it by limit / length.",
            ),
            Instead(
                "share",
                "length / limit if length > limit else 1.0",
                "A long gradient is multiplied by length / limit, which makes it longer still. "
                "The share is limit / length.",
                "Print the length of the result: it is at most limit.",
            ),
            Instead(
                "share",
                "1 / length if length > limit else 1.0",
                "A long gradient is scaled to length 1, whatever `limit` says. The share is limit "
                "/ length.",
            ),
            Instead(
                "share",
                "min(1.0, length / limit)",
                "The share is upside down: limit / length makes a long gradient shorter.",
            ),
            Instead(
                "share",
                "limit / length",
                "Short gradients are made longer. The share is at most 1.",
            ),
        ),
    ),
)
