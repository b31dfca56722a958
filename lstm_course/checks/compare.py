"""Compare what an answer gave with what is right, and put numbers into words."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from ..exercises import Case, WriteFunction
from .reply import Reply, plain
from .values import short

# float32 answers pass, values right to two or three digits do not
RTOL, ATOL = 2e-5, 2e-6


def parts(value: Any) -> tuple[Any, ...]:
    """Return the results of one call as a tuple."""
    return value if isinstance(value, tuple) else (value,)


def are_numbers(value: Any) -> bool:
    """Tell whether a value is an array of real numbers."""
    return isinstance(value, np.ndarray) and value.dtype.kind in "fiub"


def close(a: Any, b: Any) -> bool:
    """Tell whether two results are the same numbers in the same shape."""
    if isinstance(a, tuple) or isinstance(b, tuple):
        a, b = parts(a), parts(b)
        return len(a) == len(b) and all(close(x, y) for x, y in zip(a, b, strict=True))
    if not (are_numbers(a) and are_numbers(b)):
        return type(a) is type(b) and repr(a) == repr(b)
    if a.shape != b.shape:
        return False
    if np.isfinite(a).all() and np.isfinite(b).all():  # np.allclose, in a quarter of its time
        return bool((np.abs(a * 1.0 - b) <= ATOL + RTOL * np.abs(b)).all())
    return np.allclose(a, b, rtol=RTOL, atol=ATOL, equal_nan=True)


def same_shapes(got: Sequence[np.ndarray], right: Sequence[np.ndarray]) -> bool:
    """Tell whether these are as many arrays, of the same shapes."""
    return [g.shape for g in got] == [e.shape for e in right]


def unbundled(reply: Reply, right: Any) -> Reply:
    """Take a list of the results for the results.

    Results of one shape have become an array with them as rows; others are still a list.
    """
    value = reply.value
    if not isinstance(right, tuple) or len(right) < 2 or isinstance(value, tuple):
        return reply
    if isinstance(value, np.ndarray):
        rows = value.shape[:1] == (len(right),) and {r.shape for r in right} == {value.shape[1:]}
        return replace(reply, value=tuple(map(plain, value))) if rows else reply
    if isinstance(value, list) and len(value) == len(right):
        return replace(reply, value=tuple(map(plain, value)))
    return reply


def problem(exercise: WriteFunction, reply: Reply, right: Any) -> str:
    """Name what is wrong with one reply, or return an empty string."""
    if reply.error:
        return "error"
    if reply.value is None or reply.value is ...:
        return "returns nothing"
    got, expected = parts(reply.value), parts(right)
    if len(got) != len(expected) or not all(map(are_numbers, got)):
        return "wrong type"
    if not same_shapes(got, expected):
        return "wrong shape"
    if not all(np.isfinite(g).all() for g in got):
        return "not a number"
    if not close(reply.value, right):
        return "wrong values"
    if reply.changed:
        return "inputs changed"
    return "overflow" if exercise.silent and reply.overflows else ""


def got_and_expected(
    exercise: WriteFunction, case: Case, reply: Reply, right: Any
) -> tuple[tuple[str, str], ...]:
    """Show one case so that it can be checked by hand, or its first wrong number."""
    shown = case.shown or tuple(case.inputs)
    inputs = [f"{n} = {short(case.inputs[n])}" for n in shown if np.size(case.inputs[n]) <= 6]
    inputs += [f"({case.note})"] if case.note else []
    rows = [("inputs", "   ".join([case.label, *inputs]) if case.label else "   ".join(inputs))]
    if reply.error:
        rows += [("error", f"{reply.error}: {reply.message}")]
        return tuple(row for row in rows if row[1])
    if not all(map(are_numbers, parts(reply.value))):
        return tuple(rows)
    for name, got, expected in zip(
        exercise.returns, parts(reply.value), parts(right), strict=False
    ):
        if not close(got, expected):
            many = len(exercise.returns) > 1
            of = f" {name}" if many else ""
            yours, right_text = both(got, expected)
            return (*rows, (f"yours{of}", yours), (f"expected{of}", right_text))
    return tuple(rows)


def both(got: np.ndarray, expected: np.ndarray) -> tuple[str, str]:
    """Return two arrays as text, with as many digits as it takes to see the difference."""
    if got.shape != expected.shape:
        return f"shape {got.shape}", f"shape {expected.shape}"
    where = ""
    if expected.size > 12:
        at = tuple(int(k) for k in np.argwhere(~np.isclose(got, expected, RTOL, ATOL))[0])
        where, got, expected = f"at {list(at)}: ", got[at], expected[at]
    for digits in range(2, 11):
        texts = numbers(got, digits), numbers(expected, digits)
        if texts[0] != texts[1]:
            break
    return where + texts[0], where + texts[1]


def numbers(a: Any, digits: int = 2) -> str:
    """Return an array as text with a fixed number of digits."""
    a = np.asarray(a, dtype=float)
    if a.size and np.abs(a[np.isfinite(a)]).max(initial=0) >= 1e6:
        return np.array2string(a, precision=digits)
    text = np.array2string(a, formatter={"float_kind": lambda v: f"{v:.{digits}f}"})
    return text.replace("-" + f"{0:.{digits}f}", f"{0:.{digits}f}")
