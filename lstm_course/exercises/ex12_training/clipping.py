"""Clip a gradient by its length.

Numbers in comments are those of the course's list of wrong answers.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from ..model import Case, WriteFunction, Wrong

NOTEBOOK = "12-training"


def _length(*arrays: NDArray) -> float:
    return np.sqrt(sum((a**2).sum() for a in arrays))


def _clip(dW: NDArray, db: NDArray, limit: float) -> tuple[NDArray, NDArray]:
    share = min(1.0, limit / _length(dW, db))
    return dW * share, db * share


def _clip_in_place(dW: NDArray, db: NDArray, limit: float) -> tuple[NDArray, NDArray]:
    share = min(1.0, limit / _length(dW, db))
    dW *= share
    db *= share
    return dW, db


def _scaled(norm: Callable, longest: bool = True) -> Callable:
    """Return a clipping with another measure of length, or one that scales always."""

    def clip(dW: NDArray, db: NDArray, limit: float) -> tuple[NDArray, NDArray]:
        share = limit / norm(dW, db)
        share = min(1.0, share) if longest else share
        return dW * share, db * share

    return clip


def _gradients(rng: np.random.Generator, scale: float, limit: float) -> dict:
    dW, db = scale * rng.normal(size=(5, 3)), scale * rng.normal(size=4)
    return {"dW": dW, "db": db, "limit": limit}


def _draw_clips(rng: np.random.Generator) -> list[Case]:
    return [
        Case(inputs=_gradients(rng, 3.0, 2.0), label="a long gradient, limit 2"),
        Case(inputs=_gradients(rng, 0.05, 2.0), label="a short gradient, limit 2"),
        Case(inputs=_gradients(rng, 20.0, 0.5), label="a very long gradient, limit 0.5"),
    ]


def _stretch(dW: NDArray) -> float:
    """Return the spectral norm, which np.linalg.norm(dW, 2) gives for a matrix."""
    return np.linalg.norm(dW, 2)


def _shared(dW: NDArray, db: NDArray, share: float) -> tuple[NDArray, NDArray]:
    return dW * share, db * share


EXERCISES = (
    WriteFunction(
        id="clip-norm",
        notebook=NOTEBOOK,
        asks_for=("clip_by_norm",),
        points=2,
        minutes=6,
        answer=_clip,
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
        wrong=(
            Wrong(  # 54
                answer=lambda w, b, limit: (np.clip(w, -limit, limit), np.clip(b, -limit, limit)),
                cause="Every entry is cut by itself, which turns the gradient to another "
                "direction. All entries are multiplied by one and the same number.",
            ),
            Wrong(
                answer=lambda w, b, limit: (np.minimum(w, limit), np.minimum(b, limit)),
                cause="Entries are cut from above only, and each by itself. All entries are "
                "multiplied by one and the same number.",
            ),
            Wrong(
                answer=lambda w, b, limit: (
                    w * min(1, limit / _length(w)),
                    b * min(1, limit / _length(b)),
                ),
                cause="Each array is clipped by its own length. The length is that of both "
                "together, and both get the same share.",
            ),
            Wrong(
                answer=_scaled(_length, longest=False),
                cause="Short gradients are made longer. The share is at most 1.",
            ),
            Wrong(
                answer=_scaled(lambda w, b: _length(w, b) ** 2),
                cause="The root is missing: this is the length squared.",
            ),
            Wrong(
                answer=_scaled(lambda w, b: np.abs(w).sum() + np.abs(b).sum()),
                cause="This adds absolute values. The length is the root of the sum of squares.",
            ),
            Wrong(
                answer=_scaled(lambda w, b: max(np.abs(w).max(), np.abs(b).max())),
                cause="This takes the largest entry for the length.",
            ),
            Wrong(
                answer=_scaled(lambda w, b: _length(w) + _length(b)),
                cause="Two lengths are added. Add the squares of both arrays, then take one root.",
            ),
            Wrong(
                answer=lambda w, b, limit: _scaled(_length)(w, b, 1.0),
                cause="The limit is 1, whatever `limit` says.",
            ),
            Wrong(
                answer=_clip_in_place,
                cause="The values are right, but dW and db are changed in place by `*=`.",
                look="Print dW after the call.",
            ),
            Wrong(
                answer=lambda w, b, limit: _shared(w, b, min(1, _length(w, b) / limit)),
                cause="The share is upside down: limit / length makes a long gradient shorter.",
            ),
            Wrong(
                answer=lambda w, b, limit: _shared(w, b, max(1, limit / _length(w, b))),
                cause="This is max(1, …): long gradients stay as they are and short ones grow. It "
                "is min(1, …).",
            ),
            Wrong(
                answer=_scaled(lambda w, b: _length(w)),
                cause="Only dW is measured. The length is that of dW and db together.",
            ),
            Wrong(
                answer=_scaled(lambda w, b: _length(b)),
                cause="Only db is measured. The length is that of dW and db together.",
            ),
            Wrong(
                answer=lambda w, b, limit: (w * min(1, limit / _length(w, b)), b + 0),
                cause="Only dW is shortened. Both get the same share, or the direction turns.",
            ),
            Wrong(
                answer=lambda w, b, limit: (
                    w * np.minimum(1, limit / np.sqrt((w**2).sum(-1, keepdims=True))),
                    b * min(1, limit / _length(b)),
                ),
                cause="Each row is clipped by its own length. There is one length, of all numbers "
                "together.",
            ),
            Wrong(
                answer=lambda w, b, limit: (
                    _shared(w, b, 1 / limit) if _length(w, b) > limit else (w + 0, b + 0)
                ),
                cause="A long gradient is divided by the limit. Multiply it by limit / length.",
            ),
            Wrong(
                answer=_scaled(lambda w, b: np.sqrt((w**2).mean() + (b**2).mean())),
                cause="The squares are averaged. The length is the root of their sum.",
            ),
            Wrong(
                answer=lambda w, b, limit: (
                    _shared(w, b, _length(w, b) / limit)
                    if _length(w, b) > limit
                    else (w + 0, b + 0)
                ),
                cause="A long gradient is multiplied by length / limit, which makes it longer "
                "still. The share is limit / length.",
                look="Print the length of the result: it is at most limit.",
            ),
            Wrong(
                answer=lambda w, b, limit: (w * min(1, limit / _length(w)), b + 0),
                cause="Only dW is measured and shortened. The length is that of dW and db "
                "together, and both get the same share.",
            ),
            *(
                Wrong(
                    answer=_scaled(norm),
                    cause="np.linalg.norm(dW, 2) of a matrix is its largest stretch, not the root "
                    "of the sum of squares. Leave the 2 away, or square and add up by hand." + also,
                    look="Compare np.linalg.norm(M, 2) with np.linalg.norm(M) for M = np.eye(2).",
                )
                for norm, also in (
                    (lambda w, b: np.hypot(_stretch(w), _length(b)), ""),
                    (lambda w, b: _stretch(w) + _length(b), " And the two lengths are added."),
                    (lambda w, b: _stretch(w), " And db is not measured."),
                )
            ),
        ),
    ),
)
