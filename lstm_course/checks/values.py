"""Bring whatever a learner hands in as a value into one form.

The same code runs in the notebook and in the grader's process, so that both judge the same
thing and describe it in the same words: numbers as an array of floats, text as text, and
containers as tuples, however they were written.
"""

import re
from collections import deque
from collections.abc import ItemsView, KeysView, Set, ValuesView
from dataclasses import dataclass
from decimal import Decimal
from numbers import Real
from typing import Any

from numpy import array, asarray, generic, ndarray

LONGEST = 1000  # characters of a text, entries of a container
DEEPEST = 4  # containers inside containers
_CONTAINERS = (list, tuple, deque, Set, KeysView, ValuesView, ItemsView, ndarray)


@dataclass(frozen=True)
class Given:
    """A value as it is judged.

    Attributes
    ----------
    data : object
        An array of floats, a text, None, `...`, or a tuple of such; None for anything else.
    kind : str
        "numbers", "text", "items", "set", "None", "stub", "missing", or a noun with its
        article such as "a dict".
    text : str
        What the learner's own value looks like, in one short line.
    """

    data: Any
    kind: str
    text: str


MISSING = Given(None, "missing", "")


def given(value: Any) -> Given:
    """Describe a value, whatever it is and whatever it does when it is looked at."""
    data, kind = _received(value, DEEPEST)
    return Given(data, kind, _shown(data, value) if kind == "numbers" else brief(value))


def _shown(numbers: ndarray, value: Any) -> str:
    """Return numbers the way a learner types them, many of them as NumPy shows them."""
    if numbers.ndim == 0:
        return brief(value.item() if isinstance(value, generic | ndarray) else value)
    return short(numbers) if numbers.size <= 12 else brief(numbers)


def short(value: Any) -> str:
    """Return inputs the way a learner types them: [1, 0, -0.5]."""
    value = asarray(value)
    if value.ndim:
        return "[" + ", ".join(short(row) for row in value) + "]"
    return f"{float(value):.4g}" if value.dtype.kind in "fiu" else str(value)


def _received(value: Any, deeper: int) -> tuple[Any, str]:
    """Return a value in the form that is judged, and its kind."""
    if value is None or value is ...:
        return value, "None" if value is None else "stub"
    if isinstance(value, generic) or (isinstance(value, ndarray) and value.ndim == 0):
        value = value.item()
    if isinstance(value, str):
        return value[:LONGEST].encode("utf-8", "replace").decode(), "text"
    if isinstance(value, _CONTAINERS):
        return _items(value, deeper)
    numbers = _numbers(value)
    return (None, with_article(_type(value))) if numbers is None else (numbers, "numbers")


def _items(value: Any, deeper: int) -> tuple[Any, str]:
    kind = "set" if isinstance(value, Set) else "items"
    numbers = _numbers(value) if kind == "items" else None
    if numbers is not None:
        return numbers, "numbers"
    unordered = kind == "set" and deeper < DEEPEST  # as one part of many: a pair, a row
    if deeper == 0 or len(value) > LONGEST or unordered:
        return None, with_article(_type(value))
    if kind == "set":
        value = sorted(value, key=repr)
    return tuple(_received(part, deeper - 1)[0] for part in value), kind


def _numbers(value: Any) -> ndarray | None:
    """Return real numbers as floats, or None; text that looks like a number is no number."""
    if isinstance(value, KeysView | ValuesView | ItemsView | deque):
        value = list(value)
    try:
        found = asarray(value)
        if found.dtype.kind == "O" and all(isinstance(v, Real | Decimal) for v in found.flat):
            return array(found, dtype=float)  # fractions, whole numbers beyond 64 bits
        return array(found, dtype=float) if found.dtype.kind in "fiub" else None
    except Exception:  # ragged rows, or a class of the learner's own
        return None


def brief(value: Any) -> str:
    """Return a value's repr in one short line, the same in every process."""
    try:
        if isinstance(value, Set):
            return f"{{{', '.join(sorted(brief(part) for part in value))}}}"[:40]
        text = re.sub(r" at 0x[0-9a-fA-F]+", "", repr(value))
        return f"{printable(' '.join(text.split())):.40}"
    except Exception:
        return with_article(_type(value))


def printable(text: Any) -> str:
    """Return text that does nothing to a terminal or a file: no control codes but new lines."""
    return "".join(c if c.isprintable() or c in "\n\t" else "?" for c in str(text))


def with_article(noun: str) -> str:
    """Return a noun with its article: "a dict", "an array"."""
    return f"an {noun}" if noun[:1].lower() in tuple("aeiou") else f"a {noun}"


def _type(value: Any) -> str:
    return "function" if callable(value) and not isinstance(value, type) else type(value).__name__
