"""Point at the learner's line: hold what each line computes against the right values."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from ..exercises import WriteFunction
from ..exercises.slips import Slip
from .compare import close
from .explain import Candidate
from .intermediates import Value, alike, misnamed, values_of
from .reply import plain
from .tracing import Step

Line = tuple[int, str]


def numbered(step: Step) -> Line:
    """Return a line and its number."""
    return step.number, step.line


def line_of(
    exercise: WriteFunction, found: Sequence[Candidate], steps: Sequence[Step], arguments: list
) -> Line | None:
    """Return the number and text of the line that makes the mistake, if one can be told."""
    slips = [one for one in found if isinstance(one, Slip)]
    if not steps or not slips or len(slips) < len(found) or slips[0].place == "the loop":
        return None
    if wrong_name := misnamed(exercise, steps, arguments):
        return numbered(wrong_name[0])
    right = values_of(exercise, arguments)
    if own := _named_like(slips[0].place, steps, right):
        return numbered(own)
    sure = True  # until the first wrong value that has a name
    for name, value in values_of(exercise, arguments, slips[:1]):
        if any(close(value, v.value) for v in right if v.name == name):
            continue
        if any(close(value, plain(given)) for given in arguments):
            continue
        elsewhere = any(close(value, v.value) for v in right)
        fitting = [
            k
            for k, step in enumerate(steps)
            if close(step.value, value) and (not elsewhere or alike(step.name, name))
        ]
        if any(steps[k].function != steps[-1].function for k in fitting):
            return None  # made by a helper: its lines and its arguments may be to blame
        for k in fitting:
            if sure and name != "return" or _all_known(steps[:k], right, arguments):
                return numbered(steps[k])
        sure = sure and not name.isidentifier()
    return None


def _named_like(place: str, steps: Sequence[Step], right: Sequence[Value]) -> Step | None:
    """Return the line that gives the name of a place another value than the right one."""
    mine = [s for s in steps if s.function == steps[-1].function and alike(s.name, place)]
    values = [v.value for v in right if v.name == place]
    if not mine or not values or any(close(mine[-1].value, value) for value in values):
        return None
    return mine[-1]


def _all_known(steps: Sequence[Step], right: Sequence[Value], arguments: list) -> bool:
    """Tell whether all of these values are right ones, inputs, or only zeros."""
    known = [*(v.value for v in right), *map(plain, arguments)]
    return all(
        not np.any(step.value) or any(close(step.value, value) for value in known) for step in steps
    )


class Off(NamedTuple):
    """A line that is right for one input and not for another: its value and the right one."""

    step: Step
    name: str
    right: np.ndarray


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
                    return Off(other, name, wanted[0])
    return None
