"""Find out by trying: which arguments play no part in an answer."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..exercises import WriteFunction
from .compare import are_numbers, close, parts
from .explain import frozen, run
from .reply import Attempt


def without_part(
    exercise: WriteFunction, attempt: Attempt, names: Sequence[str], arguments: list
) -> list[str]:
    """Return the names of the arguments that an answer does not depend on, but should.

    Numbers are drawn anew first: in an example a factor may be 0.
    """
    arguments = [_other(part) if _is_float(part) else part for part in arguments]
    right = run(exercise.answer, frozen(arguments)).value
    tried, changed = [], []
    for k, argument in enumerate(arguments):
        if _is_float(argument):
            other = [*arguments[:k], _other(argument), *arguments[k + 1 :]]
            if not close(run(exercise.answer, frozen(other)).value, right):
                tried.append(names[k])
                changed.append(other)
    first, *replies = attempt.calls([arguments, *changed])
    if first.error or not all(map(_is_plain, parts(first.value))):
        return []
    idle = [
        name
        for name, new in zip(tried, replies, strict=True)
        if not new.error and close(new.value, first.value)
    ]
    return ["*"] if idle and len(idle) == len(tried) else idle


def told(idle: Sequence[str]) -> str:
    """Say which arguments play no part; "*" stands for all."""
    if "*" in idle:
        return "Your result is the same whatever comes in: its numbers stand fixed in the function."
    *most, last = idle
    names = f"{', '.join(most)} and {last} play" if most else f"{last} plays"
    return f"{names} no part in your result: it stays the same when {'they' if most else 'it'} " + (
        "change." if most else "changes."
    )


def _is_plain(part: Any) -> bool:
    return are_numbers(part) and part.size > 0 and bool(np.isfinite(part).all())


def _is_float(argument: Any) -> bool:
    return isinstance(argument, np.ndarray) and argument.dtype.kind == "f" and argument.size > 0


def _other(argument: np.ndarray) -> np.ndarray:
    """Return other numbers of the same shape between 0.1 and 0.9, as gates may have."""
    seed = int(np.abs(np.nan_to_num(argument)).sum() * 1000) % 2**32
    return np.random.default_rng(seed).uniform(0.1, 0.9, argument.shape)
