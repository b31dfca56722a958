"""Find out by trying: which arguments play no part in an answer."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.random import default_rng

from ..exercises import WriteFunction
from .compare import are_numbers, close, parts
from .explain import frozen, run
from .reply import Attempt

SCALES = (0, 0.5, 2, 20) * 2  # of the numbers drawn; 0 for gates


def without_part(
    exercise: WriteFunction, attempt: Attempt, names: Sequence[str], arguments: list
) -> list[str]:
    """Return the names of the arguments that an answer does not depend on, but should.

    Numbers are drawn anew, small ones and large: in an example a factor may be 0, a threshold
    hides small changes, and a gate that is full hides all. "*" stands for all names.
    """
    tried: Counter[str] = Counter()
    played: set[str] = set()
    nothing = True
    for seed, scale in enumerate(SCALES):
        first, changed = _changes(exercise, names, arguments, scale, default_rng(seed))
        reply, *replies = attempt.calls([first, *changed.values()])
        if reply.error or not all(map(_is_plain, parts(reply.value))):
            return []
        tried.update(changed.keys())
        for name, new in zip(changed, replies, strict=True):
            if new.error or not close(new.value, reply.value):
                played.add(name)
        nothing = nothing and not any(np.any(part) for part in parts(reply.value))
        if played.issuperset(names):
            return []
    idle = [name for name in names if tried[name] > 1 and name not in played]
    if idle and not played:
        return [] if nothing else ["*"]
    return idle


def _changes(
    exercise: WriteFunction,
    names: Sequence[str],
    arguments: list,
    scale: float,
    rng: np.random.Generator,
) -> tuple[list[Any], dict[str, list[Any]]]:
    """Draw arguments, and for each name the same with one changed that changes what is right."""
    first = [drawn(part, scale, rng) for part in arguments]
    right = run(exercise.answer, frozen(first)).value
    changed = {}
    for k, argument in enumerate(first):
        other = [*first[:k], drawn(argument, scale, rng), *first[k + 1 :]]
        if other[k] is not argument and not close(run(exercise.answer, frozen(other)).value, right):
            changed[names[k]] = other
    return first, changed


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


def drawn(argument: Any, scale: float, rng: np.random.Generator) -> Any:
    """Return other numbers of the same shape, as gates are if the scale is 0; or an integer."""
    if isinstance(argument, int) and not isinstance(argument, bool):
        return argument + int(rng.integers(1, 3))
    if not _is_float(argument):
        return argument
    between = rng.uniform(0.1, 0.9, argument.shape)
    return rng.normal(0, scale, argument.shape) if scale else between
