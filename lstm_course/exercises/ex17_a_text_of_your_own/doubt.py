"""Perplexity: by hand, and as a function."""

import math

import numpy as np
from numpy.typing import NDArray

from ..model import Case, Predict, WriteFunction, Wrong
from ..slips import Instead

NOTEBOOK = "17-a-text-of-your-own"


def perplexity(logits, targets):
    """Return e to the mean surprise (equation 17.1)."""
    shifted = logits - logits.max(axis=-1, keepdims=True)
    log_y = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    picked = np.take_along_axis(log_y, targets[..., None], axis=-1)
    loss = -picked.mean()
    doubt = np.exp(loss)
    return doubt


def _case(rng: np.random.Generator, shape: tuple, K: int, size: float, label: str) -> Case:
    logits = rng.normal(0, size, (*shape, K))
    return Case(inputs={"logits": logits, "targets": rng.integers(0, K, shape)}, label=label)


def _sure(rng: np.random.Generator) -> Case:
    """Draw scores near 1000; the largest is the right one, but for one that is close."""
    case = _case(rng, (3, 2), 4, 1.0, "scores near 1000")
    case.inputs["logits"] += 1000
    return case


def _explain(doubt: NDArray) -> str:
    """Say what a perplexity cannot be."""
    if doubt < 1:
        return "Below 1 there is no perplexity: 1 is no doubt at all."
    if doubt > 8:
        return "It cannot be above 8: no character had less than 1/8."
    return ""


EXERCISES = (
    Predict(
        id="perplexity-by-hand",
        notebook=NOTEBOOK,
        asks_for=("doubt",),
        points=1,
        minutes=4,
        answer=4.0,
        within=0.01,
        explain=_explain,
        hints=(
            "First the mean surprise: the mean of log 2 and log 8.",
            "(log 2 + log 8) / 2 is half of log 16.",
        ),
        look="e to that mean. The logarithms are averaged, not the numbers.",
        passed="A geometric mean: 2 and 8 give 4. One very unlikely character costs a lot.",
        wrong=(
            Wrong(
                answer=5.0,
                cause="This is the mean of 2 and 8. The surprises are averaged, and they are "
                "logarithms.",
            ),
            Wrong(
                answer=3.2,
                cause="This is 1 over the mean probability. The surprises are averaged, not the "
                "probabilities.",
            ),
            Wrong(
                answer=math.log(4),
                cause="This is the mean surprise itself, log 4. Raise e to it.",
            ),
            Wrong(answer=2.0, cause="2 belongs to the easy half alone, or is counted in bits."),
            Wrong(answer=8.0, cause="8 belongs to the hard half alone."),
            Wrong(answer=16.0, cause="It cannot be above 8: no character had less than 1/8."),
            Wrong(answer=0.25, cause="Below 1 there is no perplexity: 1 is no doubt at all."),
        ),
    ),
    WriteFunction(
        id="perplexity",
        notebook=NOTEBOOK,
        asks_for=("perplexity",),
        points=2,
        minutes=6,
        silent=True,
        answer=perplexity,
        example=Case(
            inputs={
                "logits": np.array([[[2.0, 0.0, 0.0]], [[0.0, 1.0, 0.0]]]),
                "targets": np.array([[0], [2]]),
            },
            label="T = 2, N = 1, K = 3",
        ),
        draw=lambda rng: [
            _case(rng, (5, 2), 4, 2.0, "T = 5, N = 2, K = 4"),
            _case(rng, (3, 4), 6, 1.0, "T = 3, N = 4, K = 6"),
            _sure(rng),
        ],
        returns=("doubt",),
        hints=(
            "It is the cross-entropy of lesson 12, and one step more.",
            "Take the largest score off first; then log y = a - log Σ eᵃ, at the right classes.",
            "np.take_along_axis(log_y, targets[..., None], -1) picks them. Mean, minus, np.exp.",
        ),
        look="With all scores equal it must be K.",
        passed="Try it on scores that are all 0: as unsure as between K.",
        instead=(
            Instead(
                "doubt",
                "loss + 0",
                "This is the mean surprise. The perplexity is e to it.",
            ),
            Instead(
                "doubt",
                "2.0**loss",
                "2 is raised to a surprise in base e. With np.log it is np.exp.",
            ),
            Instead(
                "doubt",
                "np.exp(-picked).mean()",
                "e is raised to each surprise, and the mean is taken after. The surprises are "
                "averaged first.",
            ),
            Instead(
                "loss",
                "picked.mean()",
                "The sign is missing: this is 1 over the perplexity.",
            ),
            Instead(
                "loss",
                "-picked.sum()",
                "The surprises are added, not averaged: it grows with the length of the text.",
            ),
            Instead(
                "loss",
                "-picked.sum() / len(targets)",
                "The sum is divided by T alone. The mean runs over all T · N characters.",
            ),
            Instead(
                "doubt",
                "1 / np.exp(picked).mean()",
                "This is 1 over the mean probability. The logarithms are averaged.",
            ),
        ),
    ),
)
