"""Notice where finite numbers become infinite, or no number at all.

NumPy's warnings do not tell it for certain: they can be switched off, and WebAssembly keeps no
floating-point flags, so that NumPy never warns there. Here the numbers themselves are looked at.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy import asarray, broadcast_to, errstate, floating, isfinite, isnan, ndarray, ufunc
from numpy.typing import NDArray

# these make large numbers of small ones; the arrays given to them may be plain by then
_GROWING = ("exp", "exp2", "expm1", "power", "float_power", "sinh", "cosh")
_WARNED = re.compile(r"(overflow|divide by zero|invalid value) encountered in (?:scalar )?(\w+)")
_noted: dict[str, None] = {}  # in the order of what happened; each once


class Watched(ndarray):
    """An array whose operations are looked at; what they give is watched, too."""

    def __array_ufunc__(
        self, function: ufunc, method: str, *inputs: Any, out: tuple = (), **named: Any
    ) -> Any:
        """Apply the function to plain arrays, and look at what comes."""
        if out:
            named["out"] = tuple(map(_plain, out))
        result = _apply(function, method, inputs, named)
        if out:
            return out[0] if len(out) == 1 else out
        return result.view(Watched) if isinstance(result, ndarray) else result


class _Looked:
    """A function of NumPy that is looked at, whatever it is called with."""

    def __init__(self, function: ufunc) -> None:
        self._function = function

    def __call__(self, *inputs: Any, **named: Any) -> Any:
        if any(isinstance(part, Watched) for part in (*inputs, named.get("out"))):
            return self._function(*inputs, **named)  # it looks for itself
        return _apply(self._function, "__call__", inputs, named)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._function, name)


@contextmanager
def watching(wanted: bool) -> Iterator[dict[str, None]]:
    """Note every such place meanwhile, as "exp gives inf"; nothing where it is not wanted."""
    _noted.clear()
    before = {name: getattr(np, name) for name in _GROWING if wanted}
    for name, function in before.items():
        setattr(np, name, _Looked(function))
    try:
        yield _noted
    finally:
        for name, function in before.items():
            setattr(np, name, function)


def watched(value: Any) -> Any:
    """Return an array of floats as one that is watched; anything else as it is."""
    is_float = type(value) is ndarray and value.dtype.kind == "f"
    return value.view(Watched) if is_float else value


def told_by_warnings(texts: Sequence[str]) -> tuple[str, ...]:
    """Return what NumPy's own warnings say of such places, in the same words."""
    found = [match for text in texts if (match := _WARNED.search(text))]
    return tuple(_words(m[2], "nan" if m[1].startswith("invalid") else "inf") for m in found)


def _words(function: str, gives: str) -> str:
    return f"{function} gives {gives}"


def _plain(part: Any) -> Any:
    return part.view(ndarray) if isinstance(part, Watched) else part


@errstate(all="ignore")
def _finite(inputs: Sequence[Any]) -> list[NDArray]:
    """Tell of each input where it is finite; before the function runs, which may write there."""
    arrays = (asarray(part) for part in inputs)
    return [isfinite(array) for array in arrays if array.dtype.kind in "fc"]


def _apply(function: ufunc, method: str, inputs: Sequence[Any], named: dict[str, Any]) -> Any:
    """Apply a function to plain arrays; note a result that is not finite although they were."""
    bare = [_plain(part) for part in inputs]
    named = {key: _plain(part) for key, part in named.items()}
    fine = _finite(bare)
    result = getattr(function, method)(*bare, **named)
    if isinstance(result, ndarray | floating) and result.dtype.kind == "f":
        each = method == "__call__" and function.signature is None  # number by number
        where = named.get("where", True) if each else True  # elsewhere stands what stood there
        _look(function, result, [part if each else part.all() for part in fine], where)
    return result


def _look(function: ufunc, result: NDArray, fine: Sequence[Any], where: Any) -> None:
    off = ~isfinite(result) & where
    for part in fine:
        off = off & broadcast_to(part, off.shape)
    if off.any():
        kind = "nan" if isnan(asarray(result)[off]).any() else "inf"
        _noted[_words(function.__name__, kind)] = None
