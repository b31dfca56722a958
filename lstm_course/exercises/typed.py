"""Recognise a number as a learner may have written it.

A value typed by hand is rounded, so equality is not enough; a wide interval would take one
explanation for another. A value counts as a candidate when it equals it, or when it is that
candidate rounded or cut to the digits that were typed.
"""

import math
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike

EXACT = 1e-7  # relative; a chain of float operations is nearer, float32 is not far off
T = TypeVar("T")


def is_exactly(value: ArrayLike, candidate: ArrayLike) -> bool:
    """Tell whether these are the same numbers but for rounding errors."""
    value, candidate = np.asarray(value, dtype=float), np.asarray(candidate, dtype=float)
    return value.shape == candidate.shape and np.allclose(value, candidate, EXACT, 1e-12)


def is_typed(value: ArrayLike, candidate: ArrayLike, digits: int = 2) -> bool:
    """Tell whether these are the candidate's numbers, rounded to so many digits or more."""
    value, candidate = np.asarray(value, dtype=float), np.asarray(candidate, dtype=float)
    pairs = zip(value.flat, candidate.flat, strict=False)
    return value.shape == candidate.shape and all(_typed(v, c, digits) for v, c in pairs)


def _typed(value: float, candidate: float, at_least: int) -> bool:
    if not (math.isfinite(value) and math.isfinite(candidate)):
        return value == candidate
    if is_exactly(value, candidate):
        return True
    _, digits, exponent = Decimal(repr(float(value))).normalize().as_tuple()
    unit = 10.0**exponent
    off = abs(value - candidate)
    rounded = len(digits) >= at_least and off <= 0.5 * unit * (1 + 1e-9)
    cut = len(digits) >= max(3, at_least) and off < unit and abs(value) < abs(candidate)
    return rounded or cut


def recognised(value: ArrayLike, named: Iterable[tuple[ArrayLike, T]], digits: int = 2) -> list[T]:
    """Return what belongs to the candidates that the value is: the exact ones, else the typed."""
    named = list(named)
    exact = [what for candidate, what in named if is_exactly(value, candidate)]
    return exact or [what for candidate, what in named if is_typed(value, candidate, digits)]


def plainly(value: float, *limits: float) -> str:
    """Return a number with two digits, or with as many as tell it from a limit it is not at."""
    for digits in range(2, 8):
        text = f"{value + 0.0:.{digits}f}"
        if not any(float(text) == limit and abs(value - limit) > 1e-9 for limit in limits):
            return text
    return f"{value:.9g}"


def side_by_side(values: Mapping[str, float], *limits: float) -> str:
    """Return names and numbers in a row, each as `plainly` shows it."""
    return "   ".join(f"{name} {plainly(value, *limits)}" for name, value in values.items())


def multiple(value: ArrayLike, of: float, most: int = 200) -> int:
    """Return n where the value is n times `of`, typed to three digits or more; 0 where not."""
    found = recognised(value, ((n * of, n) for n in range(1, most + 1)), digits=3)
    return found[0] if len(found) == 1 else 0


def slip(value: float, right: float) -> str:
    """Say that a number is the right one in percent, or with the wrong sign."""
    return _only(recognised(value, _slips(right))) if right != int(right) else ""


def relation(value: float, right: float) -> str:
    """Say how a number is made from the right one, if it is in a simple way.

    Nothing is said for whole numbers: 12 is twice 6 by accident as easily as by a mistake.
    """
    return _only(recognised(value, _factors(right), digits=3)) if right != int(right) else ""


def _only(found: list[str]) -> str:
    return found[0] if len(found) == 1 else ""


def _slips(right: float) -> list[tuple[float, str]]:
    share = 0 < right < 1
    percent = "This is a hundred times the right number, as in percent. Asked is a share of 1."
    return [
        (-right, "The size is right, the sign is not."),
        (100 * right, percent if share else "This is a hundred times the right number."),
    ]


def _factors(right: float) -> list[tuple[float, str]]:
    return [
        (10 * right, "This is ten times the right number."),
        (right / 10, "This is a tenth of the right number."),
        (1000 * right, "This is a thousand times the right number."),
        (right / 100, "This is a hundredth of the right number."),
        (right / 1000, "This is a thousandth of the right number."),
        (2 * right, "This is twice the right number."),
        (right / 2, "This is half of the right number."),
        (1 / right, "This is 1 divided by the right number."),
        (right**2, "This is the square of the right number."),
        (1 - right, "This is 1 minus the right number."),
    ]
