"""The same answer written in other ways, so that the grader must judge what it does.

`OtherOperations` is an array that computes by other operations than the code asks for:
np.dot for @, powers for exp, exp for tanh. Numbers then differ in the last digits and error
messages in their words, as they do between two learners with the same idea.
"""

from collections.abc import Callable

import numpy as np


class OtherOperations(np.ndarray):
    """An array whose operations are carried out in another way."""

    def __array_ufunc__(self, ufunc, method, *inputs, out=None, **more):
        """Compute by another way where there is one."""
        plain = [_plain(part) for part in inputs]
        if out is not None:
            more["out"] = tuple(map(_plain, out))
        other = _INSTEAD.get(ufunc) if method == "__call__" and not more else None
        result = (other or getattr(ufunc, method))(*plain, **more)
        if out is not None:
            return out[0]
        return result.view(OtherOperations) if isinstance(result, np.ndarray) else result


def _plain(part):
    return part.view(np.ndarray) if isinstance(part, OtherOperations) else part


def _product(a, b):
    return np.dot(a, b) if max(np.ndim(a), np.ndim(b)) <= 2 else np.matmul(a, b)


def _tanh(a):
    return np.where(np.abs(a) < 1, np.sinh(a) / np.cosh(a), np.sign(a) * _far(np.abs(a)))


def _far(a):
    return 1 - 2 / (np.exp(np.minimum(2 * a, 700)) + 1)


_INSTEAD = {
    np.matmul: _product,
    np.tanh: _tanh,
    np.subtract: lambda a, b: np.add(a, np.negative(b)),
    np.multiply: lambda a, b: np.multiply(b, a),
}


def _each(value, change):
    if isinstance(value, tuple):
        return tuple(_each(part, change) for part in value)
    return change(value) if _is_numbers(value) else value


def _is_numbers(value):
    try:
        return np.asarray(value).dtype.kind in "fiub"
    except (TypeError, ValueError):
        return False


def _as_other(value):
    is_float = isinstance(value, np.ndarray) and value.dtype.kind == "f"
    return value.view(OtherOperations) if is_float else value


def ways(function: Callable) -> dict[str, Callable]:
    """Return the function, and the same answer given in other ways, by name."""
    return {
        "as it is": lambda *a: function(*a),
        "lists": lambda *a: _each(function(*a), lambda v: np.asarray(v).tolist()),
        "float32": lambda *a: _each(function(*a), lambda v: np.asarray(v, np.float32)),
        "column order": lambda *a: _each(function(*a), lambda v: np.array(v, order="F")),
        "other operations": lambda *a: function(*map(_as_other, a)),
    }
