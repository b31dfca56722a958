"""Point at the learner's line: hold what each line computes against the right values."""

import ast
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from ..exercises import WriteFunction, find
from ..exercises.slips import Slip
from .compare import close
from .explain import Candidate
from .intermediates import Value, alike, misnamed, values_of
from .reply import plain
from .tracing import Step

Line = tuple[int, str]


def numbered(step: Step) -> Line:
    """Return a line's number and text."""
    return step.number, step.line


def line_of(
    exercise: WriteFunction, found: Sequence[Candidate], steps: Sequence[Step], arguments: list
) -> Line | None:
    """Return the number and text of the line that makes the mistake, if one can be told."""
    slips = [one for one in found if isinstance(one, Slip)]
    earlier = {find(other).asks_for[0] for other in exercise.builds_on}  # right by now
    steps = [step for step in steps if step.function not in earlier]
    if not steps or not slips or len(slips) < len(found) or slips[0].place == "the loop":
        return None
    if wrong_name := misnamed(exercise, steps, arguments):
        return numbered(wrong_name[0])
    right = values_of(exercise, arguments)
    made = values_of(exercise, arguments, slips)
    named = _named_like(slips[0], steps, right, made)
    if len(slips) > 1:
        made = values_of(exercise, arguments, slips[:1])
    first = _first_wrong(made, right, steps, arguments, is_own=slips[0].rank < 0)
    found = [step for step in (named, first) if step is not None]
    order = {id(step): k for k, step in enumerate(steps)}
    if not found:
        return None
    first = min(found, key=lambda step: order[id(step)])
    return numbered(_maker(first, steps, right, exercise.returns))


def _maker(
    step: Step, steps: Sequence[Step], right: Sequence[Value], returns: Sequence[str]
) -> Step:
    """Return the line that made what a return line only hands on under its name.

    A value that is right on the way is missing something in the return line itself.
    """
    mine = [s for s in steps if s.function == step.function]
    name = _returned_name(step, mine)
    made = [s for s in mine if s.name == name]
    if not made:
        return step
    results = [v.value for v in right if v.name == "return"]
    meant = [v for one, v in zip(returns, results, strict=False) if alike(name, one)]
    is_right = _is_one(made[-1].value, meant or [v.value for v in right])
    return step if is_right else made[-1]


def _returned_name(step: Step, steps: Sequence[Step]) -> str:
    """Return the name whose value a return line hands on; empty where it computes something."""
    try:
        (node,) = ast.parse(step.line).body
    except (SyntaxError, ValueError):
        return ""
    value = getattr(node, "value", None)
    parts = value.elts if isinstance(value, ast.Tuple) else [value]
    returned = [s for s in steps if s.name == "return"][-len(parts) :]
    names = [part for one, part in zip(returned, parts, strict=False) if one is step]
    return names[0].id if names and isinstance(names[0], ast.Name) else ""


def _first_wrong(
    made: Sequence[Value],
    right: Sequence[Value],
    steps: Sequence[Step],
    arguments: list,
    is_own: bool,
) -> Step | None:
    """Return the first line that gives a value as the mistake makes it.

    An exercise's own mistake is one of many ways to write it: only its results count.
    """
    given = list(map(plain, arguments))
    known = [*(v.value for v in right), *given, *(row for one in given for row in _rows(one))]
    sure = True  # until the first wrong value that has a name
    lost = False  # where that value is nowhere in the lines
    for name, value in made:
        if is_own and not name.isidentifier():
            continue
        if _is_one(value, [v.value for v in right if v.name == name]):
            continue
        fitting = _fitting(Value(name, value), steps, right, given)
        if any(steps[k].function != steps[-1].function for k in fitting):
            return None  # made by a helper: its lines and its arguments may be to blame
        if lost and any(step.number != steps[k].number for k in fitting for step in steps[:k]):
            return None  # a line before it may be to blame
        for k in fitting:
            result = name == "return" or (is_own and steps[k].name == "return")
            if sure and not result or _all_known(steps[:k], known):
                return _source(steps, k, known)
        sure = sure and not name.isidentifier()
        lost = lost or (not fitting and not sure)
    return None


def _fitting(
    made: Value, steps: Sequence[Step], right: Sequence[Value], given: Sequence[Any]
) -> list[int]:
    """Return the numbers of the steps that hold a value as the mistake makes it.

    What is an input, or right under another name, has to stand under the name itself; what is
    right on the way, in the last line that holds it.
    """
    fitting = [k for k, step in enumerate(steps) if close(step.value, made.value)]
    named = [k for k in fitting if alike(steps[k].name, made.name)]
    holders = [v.name for v in right if close(v.value, made.value)]
    if _is_one(made.value, given) or any(name.isidentifier() for name in holders):
        return named
    return (named or fitting[-1:]) if holders else fitting


def _rows(value: Any) -> Iterable[Any]:
    return value if np.ndim(value) > 1 else ()


def _is_one(value: Any, others: Iterable[Any]) -> bool:
    return any(close(value, other) for other in others)


def _named_like(
    slip: Slip, steps: Sequence[Step], right: Sequence[Value], made: Sequence[Value]
) -> Step | None:
    """Return the line that gives the name of the slip's place another value than the right one.

    An exercise's own mistake may be made at any name of the right answer's. A value that the
    right answer has under another name is no mistake, unless the slip has put it there.
    """
    places = {v.name for v in right if v.name.isidentifier()} if slip.rank < 0 else {slip.place}
    mine = [s for s in steps if s.function == steps[-1].function and s.name != "return"]
    mine = [s for s in mine if np.any(s.value)]
    last = {step.name: step for step in mine}
    for step in mine if slip.rank < 0 else last.values():
        for place in filter(partial(alike, step.name), places):
            values = [v.value for v in right if v.name == place]
            if slip.rank < 0 and values and np.ndim(values[0]) != np.ndim(step.value):
                continue  # such as a list of what its mean will be
            put = _is_one(step.value, [v.value for v in made if v.name == place])
            if values and not _is_one(step.value, values):
                if put or not _is_one(step.value, [v.value for v in right]):
                    return step
    return None


def _all_known(steps: Sequence[Step], known: Sequence[Any]) -> bool:
    """Tell whether all of these values are known, or only zeros; a list may hold known rows."""
    return all(
        not np.any(step.value)
        or _is_one(step.value, known)
        or (np.ndim(step.value) > 1 and all(_is_one(row, known) for row in _rows(step.value)))
        for step in steps
    )


def _source(steps: Sequence[Step], k: int, known: Sequence[Any]) -> Step:
    """Return the first line that holds the numbers of step `k`, from which it may be cut."""
    for step in steps[:k]:
        if np.size(step.value) > np.size(steps[k].value) and not _is_one(step.value, known):
            if np.isin(steps[k].value, step.value).all():
                return step
    return steps[k]


def first_other(exercise: WriteFunction, steps: Sequence[Step], arguments: list) -> Step | None:
    """Return the first line that gives a name of the right answer's a value unknown to it."""
    right = values_of(exercise, arguments)
    known = [*(v.value for v in right), *map(plain, arguments)]
    for step in steps:
        if step.function != steps[-1].function or _is_one(step.value, known):
            continue
        for name, value in right:
            same = name.isidentifier() and step.name != "return" and alike(step.name, name)
            if same and np.shape(value) == np.shape(step.value) and np.any(step.value):
                return step
    return None


class Off(NamedTuple):
    """A line that is right for one input and not for another: its value and the right one.

    `hidden` where a line before it has computed something that nothing is known of.
    """

    step: Step
    name: str
    right: np.ndarray
    hidden: bool = False


def first_off(
    exercise: WriteFunction,
    good: tuple[list, Sequence[Step]],
    bad: tuple[list, Sequence[Step]],
) -> Off | None:
    """Return the first line that gives a right value on good arguments and a wrong one on bad."""
    fine, known = values_of(exercise, good[0]), values_of(exercise, bad[0])
    for step in [s for s in good[1] if s.function == good[1][-1].function]:
        names = {v.name for v in fine if v.name.isidentifier() and close(step.value, v.value)}
        again = [s for s in bad[1] if (s.number, s.name) == (step.number, step.name)]
        for name in sorted(names):
            wanted = [v.value for v in known if v.name == name]
            for other in again:
                if wanted and not any(close(other.value, value) for value in wanted):
                    return Off(other, name, wanted[0], _is_hidden(other, bad, known))
    return None


def _is_hidden(step: Step, bad: tuple[list, Sequence[Step]], right: Sequence[Value]) -> bool:
    """Tell whether a return line may only hand on what a line before it has computed."""
    known = [*(v.value for v in right), *map(plain, bad[0])]
    before = [s for s in bad[1] if s.function == step.function and s.name != "return"]
    return step.name == "return" and not _all_known(before, known)
