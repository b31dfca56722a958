"""Run a learner's function once and record what came of it.

The same code runs in the notebook and, for the grader, in a process of its own. NumPy's
functions are taken by name here, once: a learner who replaces `np.array` replaces it for
their own code only.
"""

import contextlib
import io
import sys
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, fields, is_dataclass
from threading import RLock
from types import FrameType
from typing import Any, Protocol

from numpy import array_equal, asarray, ndarray

from .overflow import told_by_warnings, watched, watching
from .raised import Spot, spot_of
from .repairs import changed
from .spoil import spoiled
from .tracing import Step, steps_of
from .values import Given, given, printable

# catch_warnings changes what all threads see, and `grade --jobs` compares in threads
_ALONE = RLock()
PATIENCE = 5.0  # seconds for all repairs of one function
_OURS = (__name__, spoiled.__module__, watched.__module__)


@dataclass(frozen=True)
class Reply:
    """What one call gave.

    Attributes
    ----------
    value : object
        What was returned: an array, or a tuple of arrays; None when it raised.
    error : str
        Name of the exception; empty when there was none.
    message : str
        Its text.
    trace : str
        The traceback, from the learner's own lines on.
    spot : Spot
        Where it was raised: the learner's line, and what was computed there.
    changed : tuple of int
        Positions of the inputs that were changed in place.
    overflows : tuple of str
        Where finite numbers became infinite or none on the way, such as "exp gives inf".
    used : tuple of str
        The course's own functions that were called, as "module:name".
    """

    value: Any = None
    error: str = ""
    message: str = ""
    trace: str = ""
    spot: Spot = Spot()
    changed: tuple[int, ...] = ()
    overflows: tuple[str, ...] = ()
    used: tuple[str, ...] = ()


@dataclass(frozen=True)
class Repaired:
    """What a learner's function gives after one small repair (see `repairs.Changed`)."""

    number: int
    line: str
    cause: str
    look: str
    weight: int
    replies: tuple[Reply, ...]


class Attempt(Protocol):
    """A learner's answer, wherever it lives.

    `origin` says what was handed in: "stub" for nothing but `...`, "missing" where no name
    exists, "course" for the course's own function, "value" or "function".
    """

    origin: str

    def values(self) -> tuple[Given, ...]:
        """Return the values handed in, for exercises that ask for values."""

    def calls(
        self, inputs: Sequence[Sequence[Any]], without: Sequence[str] = (), watch: bool = False
    ) -> list[Reply]:
        """Call the function once for each list of inputs.

        The course's functions named in `without`, as "module:name", give wrong numbers
        meanwhile. `watch` where it matters whether a number overflows on the way.
        """

    def steps(self, arguments: Sequence[Any]) -> list[Step]:
        """Call the function once more and note what each of its lines computes."""

    def repairs(self, inputs: Sequence[Sequence[Any]], watch: bool = False) -> list[Repaired]:
        """Call the function after each small repair of its lines."""

    def other(self, name: str) -> "Attempt | None":
        """Return the learner's function of that name, beside which this one stands."""


class Handed:
    """An answer handed to `check` in the notebook."""

    def __init__(self, answers: tuple[Any, ...]) -> None:
        self._answers = answers
        self.origin = origin_of(answers)

    def values(self) -> tuple[Given, ...]:
        """Return what was handed in."""
        return tuple(map(given, self._answers))

    def calls(
        self, inputs: Sequence[Sequence[Any]], without: Sequence[str] = (), watch: bool = False
    ) -> list[Reply]:
        """Call the function on fresh copies of the inputs; stop at a stub."""
        with spoiled(without):
            return call_all(self._answers[0], inputs, watch)

    def steps(self, arguments: Sequence[Any]) -> list[Step]:
        """Trace the function on a copy of the arguments."""
        return trace_once(self._answers[0], arguments)

    def repairs(self, inputs: Sequence[Sequence[Any]], watch: bool = False) -> list[Repaired]:
        """Repair the function in the notebook; what it prints then is not shown."""
        return repair_all(self._answers[0], inputs, watch)

    def other(self, name: str) -> "Handed | None":
        """Look in the notebook, where the function stands."""
        beside = getattr(self._answers[0], "__globals__", {})
        return Handed((beside[name],)) if callable(beside.get(name)) else None


def origin_of(answers: tuple[Any, ...]) -> str:
    """Say what kind of answer this is (see `Attempt`)."""
    if all(answer is ... for answer in answers):
        return "stub"
    if not callable(answers[0]):
        return "value"
    home = getattr(answers[0], "__module__", None) or ""
    return "course" if home.split(".")[0] == "lstm_course" else "function"


def call_all(
    function: Callable, inputs: Sequence[Sequence[Any]], watch: bool = False
) -> list[Reply]:
    """Return one Reply per list of inputs; after a stub, the same again for the rest."""
    replies: list[Reply] = []
    for arguments in inputs:
        stub = bool(replies) and replies[-1].error == "NotImplementedError"
        replies.append(replies[-1] if stub else call_once(function, arguments, watch))
    return replies


def call_once(function: Callable, arguments: Sequence[Any], watch: bool = False) -> Reply:
    """Call `function` on copies of `arguments` and record value, error, overflow, changes."""
    copies = deepcopy(list(arguments))
    given = list(map(watched, copies)) if watch else copies
    used: dict[str, None] = {}
    with _ALONE, warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            with _noting(used), watching(watch) as noted:
                value = function(*given)
            value = plain(value)
        except (Exception, SystemExit) as error:
            trace, spot = spot_of(error)
            changed, message = _changed(arguments, copies), _message(error)
            name = type(error).__name__.lstrip("_")  # NumPy's _ArrayMemoryError
            return Reply(None, name, message, trace, spot, changed, (), tuple(used))
    overflows = tuple(noted) or told_by_warnings([printable(w.message) for w in caught])
    return Reply(value, changed=_changed(arguments, copies), overflows=overflows, used=tuple(used))


def trace_once(function: Callable, arguments: Sequence[Any]) -> list[Step]:
    """Return what each line of the learner's function computes on these arguments."""
    with _ALONE, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        steps = [s._replace(value=plain(s.value)) for s in steps_of(function, arguments)]
    return [step for step in steps if isinstance(step.value, ndarray)]


def repair_all(
    function: Callable, inputs: Sequence[Sequence[Any]], watch: bool = False
) -> list[Repaired]:
    """Return what each repaired function gives; an error on the first inputs ends its turn."""
    found, until = [], time.monotonic() + PATIENCE
    with contextlib.redirect_stdout(io.StringIO()):
        for new in changed(function):
            replies: list[Reply] = []
            for arguments in inputs if new.function else ():
                replies += call_all(new.function, [arguments], watch)
                if replies[0].error or time.monotonic() > until:
                    break
            if time.monotonic() > until:
                return found
            found.append(Repaired(*new[:5], tuple(replies)))
    return found


@contextmanager
def _noting(used: dict[str, None]) -> Iterator[None]:
    """Note in `used` which functions of the course are called meanwhile."""

    def note(frame: FrameType, event: str, argument: Any) -> None:
        module = frame.f_globals.get("__name__", "")
        if event == "call" and module.startswith("lstm_course.") and module not in _OURS:
            used[f"{module}:{frame.f_code.co_qualname}"] = None

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        yield
    finally:
        sys.setprofile(before)


def _message(error: BaseException) -> str:
    try:
        return printable(error)[:2000]
    except Exception:
        return ""


def plain(value: Any) -> Any:
    """Turn lists and numbers into arrays; keep a tuple a tuple; leave the rest as it is."""
    if isinstance(value, tuple):
        return tuple(plain(part) for part in value)
    if value is None or value is ... or isinstance(value, str):
        return value
    try:
        array = asarray(value)
    except (TypeError, ValueError):
        return value
    return array if array.dtype.kind in "fiub" else value


def _changed(before: Sequence[Any], after: Sequence[Any]) -> tuple[int, ...]:
    pairs = enumerate(zip(before, after, strict=True))
    return tuple(k for k, (old, new) in pairs if not _same(old, new))


def _same(old: Any, new: Any) -> bool:
    """Tell whether an input still holds what it held; only containers and arrays can change."""
    if isinstance(old, ndarray):
        return array_equal(old, new, equal_nan=old.dtype.kind == "f")
    if isinstance(old, list | tuple):
        return len(old) == len(new) and all(map(_same, old, new))
    if isinstance(old, dict):
        return old.keys() == new.keys() and all(_same(old[key], new[key]) for key in old)
    if is_dataclass(old):
        return all(_same(getattr(old, f.name), getattr(new, f.name)) for f in fields(old))
    return True
