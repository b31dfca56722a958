"""Tell whether values have the form that was asked for, before they are tried out.

Form is judged kindly: one number may stand in a list, a letter may have spaces or a stop
around it, pairs may stand in a list, a tuple, a set or an array, a sentence may have capitals
and a stop. What is left is told in words.
"""

import math
import re
import unicodedata
from typing import Any, NamedTuple

import numpy as np

from ..exercises import PAIRS, SENTENCE, Reasoned, Shape
from .values import Given

_AROUND = " \t\n.,:;()[]{}\"'`*"
_ONCE = ("a zip", "a map", "a filter", "a generator")
VERY_LARGE = 1e9  # stands for an infinity where a limit is meant


class Formed(NamedTuple):
    """A value in the form that was asked for, or what is wrong with its form."""

    value: Any = None
    status: str = ""
    cause: str = ""
    look: str = ""


def formed(name: str, given: Given, shape: Shape, limits: bool = False) -> Formed:
    """Bring one value into the form asked for.

    Parameters
    ----------
    name : str
        What the learner calls it.
    given : Given
        What was handed in.
    shape : tuple of int, None or str
        As in `SetValues.shapes`.
    limits : bool
        Whether an infinity stands for a very large number.
    """
    if given.kind in _ONCE:
        cause = f"{name} is {given.kind}, which is empty once it has been read."
        return Formed(None, "wrong type", cause, "Write list(…) around it.")
    if shape == PAIRS:
        return _pairs(name, given)
    if shape == SENTENCE:
        return _sentence(name, given)
    if isinstance(shape, Reasoned) and given.kind == "text" and (found := _reasoned(given, shape)):
        return found
    if isinstance(shape, str):
        return _letter(name, given, shape)
    return _numbers(name, given, shape, limits)


def _letter(name: str, given: Given, choices: str) -> Formed:
    """Take one letter, with spaces, a stop or brackets around it."""
    texts = given.data if given.kind in ("items", "set") else (given.data,)
    found = [_bare(text) for text in texts if isinstance(text, str)]
    if len(found) == len(texts) == 1 and found[0] in tuple(choices):
        return Formed(found[0])
    letters = ", ".join(f'"{c}"' for c in choices[:-1]) + f' or "{choices[-1]}"'
    cause = f"{name} is {given.text}; expected {letters}."
    if len(found) == len(texts) > 1 and set(found) <= set(choices):
        cause = f"{name} holds {len(texts)} letters; expected one of {letters}."
    if given.kind == "numbers":
        cause += " Write the letter itself, in quotes."
    return Formed(None, "wrong type", cause + _none(given), f'Such as {name} = "{choices[0]}".')


def _reasoned(given: Given, choices: str) -> Formed | None:
    """Take a letter with a reason of three words or more; None when it is something else."""
    letter, reason = re.fullmatch(r"\W*(\w*)\W*(.*)", given.data, re.S).groups()
    if _bare(letter) not in tuple(choices) or len(reason.split()) < 3:
        return None
    return Formed(f"{_bare(letter)} {reason}")


def _bare(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip(_AROUND).lower()


def _sentence(name: str, given: Given) -> Formed:
    """Take words with spaces between them, in a text or one by one."""
    texts = given.data if given.kind == "items" else (given.data,)
    if texts and all(isinstance(text, str) for text in texts):
        return Formed(" ".join(_bare(" ".join(texts)).split()))
    cause = f"{name} is {given.text}; expected a sentence, in quotes."
    return Formed(None, "wrong type", cause + _none(given), f'Such as {name} = "the cats".')


def _pairs(name: str, given: Given) -> Formed:
    """Take pairs of names, whatever holds them."""
    example = f'Such as {name} = [("x_t", "join"), …].'
    if given.kind not in ("items", "set"):
        cause = f"{name} is {given.text}; expected a list of pairs of names."
        return Formed(None, "wrong type", cause + _none(given), example)
    for pair in given.data:
        if not (isinstance(pair, tuple) and [type(end) for end in pair] == [str, str]):
            shown = repr(pair)[:40] if isinstance(pair, str | tuple) else "something else"
            cause = f'A wire is a pair such as ("x_t", "join"); {name} holds {shown}.'
            return Formed(None, "wrong type", cause, example)
    return Formed([(start.strip(), end.strip()) for start, end in given.data])


def _numbers(name: str, given: Given, shape: tuple[int, ...] | None, limits: bool) -> Formed:
    """Take real numbers; one number may stand in a list."""
    expected = f"expected {wanted(shape)}"
    look = _example(name, shape)
    array = given.data if given.kind == "numbers" else None
    if given.kind == "set" and len(given.data) == 1:
        array = given.data[0]
    if not isinstance(array, np.ndarray):
        return Formed(None, "wrong type", _no_numbers(name, given, expected), look)
    if array.size == 0:
        return Formed(None, "wrong shape", f"{name} holds no number; {expected}.", look)
    if shape == () and array.size == 1:
        array = array.reshape(())
    if shape is not None and array.shape != shape:
        return Formed(None, "wrong shape", _shape(name, array, shape), look)
    if np.isnan(array).any():
        cause = f"{name} holds nan, which is no number; {expected}."
        return Formed(None, "not a number", cause, "Where does 0/0 or the log of 0 come in?")
    if limits:
        array = np.clip(array, -VERY_LARGE, VERY_LARGE)
    if not np.isfinite(array).all():
        return Formed(None, "not a number", f"{name} holds inf; expected finite numbers.")
    return Formed(array)


def _no_numbers(name: str, given: Given, expected: str) -> str:
    if given.kind == "text":
        return f"{name} is the text {given.text}; {expected}, without quotes."
    if given.kind == "set":
        return f"{name} is a set, which has no order and holds each number once; {expected}."
    return f"{name} is {given.text}; {expected}.{_none(given)}"


def _none(given: Given) -> str:
    return " (print shows a value and gives None back.)" if given.kind == "None" else ""


def _shape(name: str, array: np.ndarray, shape: tuple[int, ...]) -> str:
    """Say how many numbers came, or how they stand."""
    if shape == () and array.shape == (2,):
        whole, rest = array
        if whole == int(whole) and rest == int(rest) >= 0 and math.isfinite(rest):
            point = f"{int(whole)}.{int(rest)}"
            return (
                f"{name} is two numbers, {int(whole)} and {int(rest)}: in Python the decimal sign "
                f"is a point, as in {point}."
            )
    if array.ndim > 1 and array.size == math.prod(shape) and len(shape) == 1:
        below = array.shape == (array.size, 1)
        stand = "one below the other" if below else "in a list inside a list"
        return f"The numbers of {name} stand {stand}, shape {array.shape}; expected {shape}."
    if array.ndim <= 1 and len(shape) <= 1:
        return f"{name} holds {wanted(array.shape)}; expected {wanted(shape)}."
    return f"{name} has shape {array.shape}; expected {shape}, {wanted(shape)}."


def wanted(shape: tuple[int, ...] | None) -> str:
    """Say in words how many numbers a shape holds."""
    if shape is None:
        return "numbers"
    if shape in ((), (1,)):
        return "one number"
    return " by ".join(map(str, shape)) + " numbers"


def _example(name: str, shape: tuple[int, ...] | None) -> str:
    if shape is None or math.prod(shape) > 8:
        return ""
    numbers = np.arange(1, 1 + math.prod(shape)).reshape(shape).tolist()
    return f"Such as {name} = {0.5 if shape == () else numbers}."
