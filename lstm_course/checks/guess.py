"""Say what can be seen of a wrong answer when no catalogued one does the same.

Only what holds is said: a pattern must show in every call that failed and has numbers to
compare, not in the first alone.
"""

from collections.abc import Callable, Sequence
from itertools import permutations
from typing import NamedTuple

import numpy as np

from ..exercises import WriteFunction
from .compare import RTOL, are_numbers, close, parts, same_shapes
from .reply import Reply
from .values import brief, with_article

ROUNDED = 0.01  # largest error of a rounding on the way, as a share of the largest number
Arrays = Sequence[np.ndarray]


class Pair(NamedTuple):
    """The results of one failed call, and the right ones."""

    got: tuple[np.ndarray, ...]
    right: tuple[np.ndarray, ...]


def fact(exercise: WriteFunction, status: str, replies: list[Reply], rights: list, k: int) -> str:
    """Say what is plain to see, or nothing: what kind of result came, in which order."""
    reply, names = replies[k], exercise.returns
    if status == "returns nothing":
        return f"Your function returns None; expected {', '.join(names)}. Is the return missing?"
    if status == "inputs changed":
        return _changed(exercise, reply)
    if status == "overflow":
        return (
            f"The values are right, but there is an overflow on the way: {reply.overflows[0]}. "
            "A warning that is switched off only hides it."
        )
    pairs = _pairs(replies[k:], rights[k:])
    if status == "wrong type":
        return _alone(names, pairs) or _no_numbers(names, reply.value, rights[k])
    if order := _order(names, pairs):
        return order
    said = _shape(names, pairs) if status == "wrong shape" else ""
    return said if any(what in said for what in _SAME_NUMBERS) else ""


def _changed(exercise: WriteFunction, reply: Reply) -> str:
    given = list(exercise.example.inputs)
    *most, last = [given[place] for place in reply.changed]
    told = f"{', '.join(most)} and {last} are" if most else f"{last} is"
    return (
        f"The values are right, but {told} changed in place: your function writes into the "
        "caller's array. Make a new one."
    )


def guess(exercise: WriteFunction, status: str, replies: list[Reply], rights: list, k: int) -> str:
    """Say in words what can be seen without knowing the cause; `k` is the failing case."""
    if status == "not a number":
        return "Your result holds nan or inf. Look for an overflow, 0/0 or the log of 0."
    return _numbers(exercise, status, replies, rights, k)


@np.errstate(all="ignore")
def rounding(replies: list[Reply], rights: list) -> str:
    """Say that numbers are rounded on the way, where it looks like that."""
    if _rounded(_pairs(replies, rights), len(replies)):
        return "Close, but only to two digits or so. Is a number rounded on the way?"
    return ""


@np.errstate(all="ignore")
def _numbers(
    exercise: WriteFunction, status: str, replies: list[Reply], rights: list, k: int
) -> str:
    """Say how numbers differ from the right ones: in their count, order, shape or value."""
    names, pairs = exercise.returns, _pairs(replies[k:], rights[k:])
    if status == "wrong shape":
        return _shape(names, pairs)
    some_right = any(close(r.value, e) for r, e in zip(replies[:k], rights[:k], strict=True))
    return _values(names, [pair for pair in pairs if same_shapes(*pair)], some_right)


def _pairs(replies: list[Reply], rights: list) -> list[Pair]:
    """Return results beside the right ones, of the calls that gave numbers."""
    return [
        Pair(parts(reply.value), parts(right))
        for reply, right in zip(replies, rights, strict=True)
        if not reply.error and all(map(are_numbers, parts(reply.value)))
    ]


def _alone(names: Sequence[str], pairs: Sequence[Pair]) -> str:
    """Name the result that is returned in place of all of them."""
    if len(names) == 1 or not pairs or any(len(got) != 1 for got, _ in pairs):
        return ""
    for j, name in enumerate(names):
        if all(close(got[0], right[j]) for got, right in pairs):
            return f"Only {name} comes back; expected {', '.join(names)}."
    return ""


def _no_numbers(names: Sequence[str], value: object, right: object) -> str:
    """Say what came in place of the results, or of one of them."""
    if isinstance(value, tuple) and len(value) == len(names):
        for name, part in zip(names, value, strict=True):
            if not are_numbers(part):
                return f"{name} is {brief(part)}; expected an array of numbers."
    expected = f"{_kind(right)} ({', '.join(names)})"
    if isinstance(value, np.ndarray) and value.ndim and are_numbers(value):  # a list, say
        return f"Your function returns numbers of shape {value.shape}; expected {expected}."
    return f"Your function returns {_kind(value)}; expected {expected}."


def _order(names: Sequence[str], pairs: Sequence[Pair]) -> str:
    """Tell whether all results are right and come in another order."""
    n = len(names)
    if n == 1 or not pairs or any(len(got) != n for got, _ in pairs):
        return ""
    same = [
        [all(close(got[j], right[k]) for got, right in pairs) for k in range(n)] for j in range(n)
    ]
    for order in permutations(range(n)):
        if all(same[j][k] for j, k in enumerate(order)):
            yours = ", ".join(names[k] for k in order)
            wanted = ", ".join(names)
            return f"Each value is right, but in the place of another: {yours} for {wanted}."
    return ""


def _shape(names: Sequence[str], pairs: Sequence[Pair]) -> str:
    """Say which result has another shape, and whether its numbers are right nevertheless."""
    got, right = pairs[0]
    wrong = [j for j in range(len(names)) if got[j].shape != right[j].shape]
    of = [*names] if len(names) > 1 else ["Your result"]
    said = "; ".join(f"{of[j]} has shape {got[j].shape}, expected {right[j].shape}" for j in wrong)
    pairs = [pair for pair in pairs if len(pair.got) == len(names)]
    for what, same in _SAME_NUMBERS.items():
        if all(same(g[j], r[j]) for g, r in pairs for j in wrong):
            return f"{said}. The numbers are {what}."
    return f"{said}."


_SAME_NUMBERS: dict[str, Callable[[np.ndarray, np.ndarray], bool]] = {
    "transposed": lambda got, right: close(got.T, right),
    "right, in another shape": lambda got, right: close(got.ravel(), right.ravel()),
}


def _rounded(pairs: Sequence[Pair], calls: int) -> bool:
    """Tell whether every call is off by a little in nearly every number, as by rounding.

    A mistake in a formula spares some numbers, or is far off in others.
    """
    if len(pairs) < calls or not all(same_shapes(*pair) for pair in pairs):
        return False
    both = [arrays for pair in pairs for arrays in zip(*pair, strict=True)]
    if all(_on_grid(got, right) for got, right in both):
        return True
    errors = [np.ravel(np.abs(g - r) / max(np.abs(r).max(initial=0), 1e-300)) for g, r in both]
    every = np.concatenate(errors)
    little = every.max() < ROUNDED and (every > RTOL).mean() > 0.5
    return bool(little) and not _factor(both)


def _on_grid(got: np.ndarray, right: np.ndarray) -> bool:
    """Tell whether these are the right numbers, rounded to 1 to 4 digits after the point."""
    return any(np.allclose(got, np.round(right, d), rtol=0, atol=1e-7) for d in range(1, 5))


def _values(names: Sequence[str], pairs: Sequence[Pair], some_right: bool) -> str:
    """Say which results differ, and how, if there is a pattern in it."""
    wrong = [j for j in range(len(names)) if not all(close(g[j], r[j]) for g, r in pairs)]
    how = {_how([(g[j], r[j]) for g, r in pairs]) for j in wrong}
    pattern = how.pop() if len(how) == 1 else ""
    start = "Right for the example, but not for the inputs below. " if some_right else ""
    if len(wrong) < len(names):
        right = _list([name for j, name in enumerate(names) if j not in wrong], "right")
        text = f"{start}{right}; {_list([names[j] for j in wrong], 'not')}."
        return f"{text} {pattern}".strip()
    if pattern or start:
        return f"{start}{pattern}".strip()
    got, right = (np.concatenate([np.ravel(a) for a in arrays]) for arrays in pairs[0])
    off = int((~np.isclose(got, right, rtol=RTOL, atol=2e-6)).sum())
    one = "The number is not right."
    return f"{off} of {right.size} numbers are not right." if right.size > 1 else one


def _list(names: Sequence[str], what: str) -> str:
    """Return such as "dW, db and dx_t are right"."""
    *most, last = names
    return f"{', '.join(most)} and {last} are {what}" if most else f"{last} is {what}"


def _how(pairs: Sequence[tuple[np.ndarray, np.ndarray]]) -> str:
    """Describe how the numbers of one result differ, if it is the same in every call."""
    if sum(right.size for _, right in pairs) < 2 or not any(right.any() for _, right in pairs):
        return ""
    for text, change in _CHANGES.items():
        if all(close(got, change(right)) for got, right in pairs):
            return text
    return _factor(pairs)


_CHANGES: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "Every number is 0.": np.zeros_like,
    "Every number has the wrong sign.": np.negative,
    "Every number is 1 minus the right one.": lambda right: 1 - right,
    "The numbers run in reverse order along the first axis.": lambda right: np.flip(
        right, range(right.ndim)[:1]
    ),
    "The rows and the columns have changed places.": np.transpose,
}


def _factor(pairs: Sequence[tuple[np.ndarray, np.ndarray]]) -> str:
    """Say that all numbers are too large by one factor; one call alone may be so by chance."""
    factors = []
    for got, right in pairs if len(pairs) > 1 else ():
        at = np.abs(right) > 1e-12
        ratio = got[at] / right[at]
        if not ratio.size or not ratio[0] or not close(got, ratio[0] * right):
            return ""
        factors.append(ratio[0])
    if not factors:
        return ""
    digits = 3 if abs(factors[0] - 1) > 0.01 else 6
    text = f"Every number is {factors[0]:.{digits}g} times the right one"
    if np.allclose(factors, factors[0], rtol=1e-4):
        return f"{text}."
    sizes = sum(right.size > 1 for _, right in pairs)
    return f"{text} here; with other inputs the factor is another." if sizes == len(pairs) else ""


def _kind(value: object) -> str:
    if isinstance(value, tuple):
        return f"{len(value)} values"
    if isinstance(value, np.ndarray) and not are_numbers(value):
        return f"an array of {value.dtype}"
    if isinstance(value, np.ndarray):
        return "one array" if value.ndim else "one number"
    return with_article(type(value).__name__)
