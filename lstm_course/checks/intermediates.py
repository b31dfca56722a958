"""The right answer's values on the way, and those of a mistake, beside the learner's lines."""

from collections.abc import Sequence
from copy import deepcopy
from typing import Any, NamedTuple

import numpy as np

from ..exercises import WriteFunction, Wrong
from ..exercises.slips import Slip
from .compare import are_numbers, close
from .reply import plain
from .tracing import Step


class Value(NamedTuple):
    """A value of the right answer, or of one with a slip in it, and its name there."""

    name: str
    value: Any


def values_of(exercise: WriteFunction, arguments: list, slips: Sequence[Slip] = ()) -> list[Value]:
    """Return what the right answer computes on the way, or what it does with slips in it."""
    kept: list[Value] = []

    def keep(name: str, value: Any) -> Any:
        held = value if isinstance(value, tuple | list) else [value]
        names = name.split(", ")
        for k, part in enumerate(map(plain, held)):
            if are_numbers(part) and part.dtype.kind == "f":
                kept.append(Value(names[k] if len(names) == len(held) else name, np.array(part)))
        return value

    edits = [edit for slip in slips for edit in slip.edits]
    try:
        with np.errstate(all="ignore"):
            keep("return", exercise.right.watched(edits, keep)(*deepcopy(arguments)))
    except Exception:
        pass
    return kept


def agreement(
    exercise: WriteFunction, found: Sequence[Wrong | Slip], steps: Sequence[Step], arguments: list
) -> int:
    """Count how well the named values of some mistakes fit those of the learner's lines."""
    values = values_of(exercise, arguments, [one for one in found if isinstance(one, Slip)])
    named = [v for v in values if v.name.isidentifier() and v.name != "return"]
    left, met = list(steps), 0
    for value in named:  # each line speaks for one value
        fitting = [k for k, step in enumerate(left) if close(step.value, value.value)]
        if fitting:
            del left[fitting[0]]
            met += 1
    return 2 * met - len(named)


def alike(mine: str, name: str) -> bool:
    """Tell whether two names mean the same, such as di and di_t, m and m_new."""
    a, b = (
        text.lower().removesuffix("_new").replace("_t", "").replace("_", "")
        for text in (mine, name)
    )
    return a == b


def misnamed(
    exercise: WriteFunction, steps: Sequence[Step], arguments: list
) -> tuple[Step, str] | None:
    """Return the line whose name means one value and that gives another in the end, and which."""
    known = [v for v in values_of(exercise, arguments) if v.name.isidentifier()]
    known = [v for v in known if v.name != "return"]
    last = {(s.function, s.name): s for s in steps if s.name != "return"}
    for step in last.values():  # a name may hold something else on the way
        mine = [v.value for v in known if alike(step.name, v.name)]
        other = [v.name for v in known if close(step.value, v.value)]
        if not mine or not other or any(close(step.value, value) for value in mine):
            continue
        exchanged = any(close(one.value, value) for one in last.values() for value in mine)
        if exchanged or other[0][0] == step.name[0]:  # else the name may mean a part of it
            return step, other[0]
    return None


def right_so_far(exercise: WriteFunction, steps: Sequence[Step], arguments: list) -> list[str]:
    """Return the names of the right answer's values that the learner's lines have given."""
    known = [v for v in values_of(exercise, arguments) if v.name.isidentifier()]
    names = dict.fromkeys(v.name for v in known if v.name != "return")
    return [
        name
        for name in names
        if all(any(close(step.value, v.value) for step in steps) for v in known if v.name == name)
    ]


def right_lines(exercise: WriteFunction, steps: Sequence[Step], arguments: list) -> list[str]:
    """Return the learner's names that hold a value of the right answer in the end.

    A name that means a value has to hold it; any other holds one that no second name holds.
    """
    known = [v for v in values_of(exercise, arguments) if v.name.isidentifier()]
    last = {s.name: s for s in steps if s.function == steps[-1].function and s.name.isidentifier()}
    last.pop("return", None)
    held = {name: {v.name for v in known if close(s.value, v.value)} for name, s in last.items()}
    right = []
    for name, values in held.items():
        meant = {v.name for v in known if alike(name, v.name)}
        shared = any(values & others for other, others in held.items() if other != name)
        if values & meant or (values and not meant and not shared):
            right.append(name)
    return right
