"""Let a function of the course give wrong numbers for a while.

Where an answer's numbers then change, they come from the course, whatever the answer is
wrapped in; where they stay, the course's function was only compared with.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from types import FunctionType
from typing import Any

_right: dict[str, FunctionType] = {}


@contextmanager
def spoiled(names: Sequence[str]) -> Iterator[None]:
    """Spoil the course's functions of these names, "module:name"."""
    changed = []
    for name in names:
        module, _, attribute = name.partition(":")
        function = getattr(import_module(module), attribute)
        if isinstance(function, FunctionType) and not function.__code__.co_freevars:
            changed.append((function, function.__code__))
            _right[attribute] = FunctionType(
                function.__code__, function.__globals__, attribute, function.__defaults__
            )
            function.__code__ = _wrong_for(attribute).__code__
    try:
        yield
    finally:
        for function, code in changed:
            function.__code__ = code


def _wrong_for(name: str) -> FunctionType:
    """Return a function without cells, as `__code__` asks for."""
    names: dict[str, Any] = {}
    exec(
        "def wrong(*arguments, **named):\n"
        "    from lstm_course.checks.spoil import changed\n"
        f"    return changed({name!r}, arguments, named)\n",
        names,
    )
    return names["wrong"]


def changed(name: str, arguments: tuple, named: dict[str, Any]) -> Any:
    """Return other numbers of the same shapes as the course's function would."""
    return _other(_right[name](*arguments, **named))


def _other(value: Any) -> Any:
    if isinstance(value, tuple):
        changed = tuple(map(_other, value))
        return type(value)(*changed) if hasattr(value, "_fields") else changed
    try:
        return 0.37 * value + 0.21
    except TypeError:
        return value
