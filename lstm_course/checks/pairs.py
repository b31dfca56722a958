"""Find the two mistakes that together do what a wrong answer does."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..exercises.slips import Slip
from .compare import ATOL, RTOL, are_numbers, close, parts
from .explain import Explanation, Failed, Possible, fits, only, rank, run, same, telling, tier
from .intermediates import right_so_far

PAIRS = 1000  # how many are tried; by their number, so that a slow machine finds the same
FIRST = 8  # of the likeliest, each beside all others


@np.errstate(all="ignore")
def explain_as_two(failed: Failed) -> Explanation | None:
    """Return the only explanation of a wrong answer by two mistakes at once, or None."""
    if (case := telling(failed)) is None:
        return None
    return only(failed, _pairs(failed, case))


def _pairs(failed: Failed, case: int) -> list[Possible]:
    """Return the pairs of slips that together do what the answer does."""
    found: list[Possible] = []
    for one, other in islice(_likely(failed, case), PAIRS):
        try:
            answer = one.right.build((*one.edits, *other.edits))
        except ValueError:  # the one has taken away what the other changes
            continue
        if same(run(answer, failed.inputs[case]), failed.replies[case]):
            if fits(answer, failed, case):
                found.append(Possible(_felt(failed, one, other), answer))
    return found


def _felt(failed: Failed, *slips: Slip) -> tuple[Slip, ...]:
    """Leave out what changes nothing once the other is mended."""
    rights = [run(failed.exercise.answer, inputs) for inputs in failed.inputs]

    def shows(slip: Slip) -> bool:
        did = [run(slip.answer, inputs) for inputs in failed.inputs]
        return any(d.error or not close(d.value, r.value) for d, r in zip(did, rights, strict=True))

    return tuple(filter(shows, slips)) or slips


def _likely(failed: Failed, case: int) -> Iterator[tuple[Slip, Slip]]:
    """Yield pairs, the likeliest first: what shows in the lines, then in the result."""
    known = right_so_far(failed.exercise, failed.steps, failed.traced)
    result = _Result.of(failed, case)
    usable = [slip for slip in failed.slips if result.allows(slip) and not _is_right(slip, known)]
    counts = [(result.explained(slip), k) for k, slip in enumerate(usable)]
    partial = [usable[k] for count, k in sorted(counts, key=lambda one: -one[0]) if count]
    seen = [slip for slip in usable if _shows(slip, failed)]
    usual = sorted((slip for slip in usable if tier(slip) <= 2), key=_how_usual)
    yield from combinations(seen, 2)
    yield from combinations(partial, 2)
    for slip in [*seen, *partial][:FIRST]:
        yield from ((slip, other) for other in usual if other is not slip)
    yield from ((usual[j], usual[k]) for k in range(len(usual)) for j in range(k))


@dataclass
class _Result:
    """The results of one call, and the right ones; what each slip makes of them."""

    arguments: list[Any]
    got: tuple[Any, ...]
    right: tuple[Any, ...]
    made: dict[int, tuple[Any, ...]]

    @classmethod
    def of(cls, failed: Failed, case: int) -> "_Result":
        """Return what case number `case` gave."""
        arguments = failed.inputs[case]
        right = parts(run(failed.exercise.answer, arguments).value)
        return cls(arguments, parts(failed.replies[case].value), right, {})

    def of_slip(self, slip: Slip) -> tuple[Any, ...]:
        """Return the results with a slip alone; none where it raises an error."""
        if id(slip) not in self.made:
            did = run(slip.answer, self.arguments)
            self.made[id(slip)] = () if did.error else parts(did.value)
        return self.made[id(slip)]

    def allows(self, slip: Slip) -> bool:
        """Tell whether a slip may be one of two: it spoils no result that is right."""
        made = self.of_slip(slip)
        if len(made) != len(self.right):
            return False
        if len(self.got) != len(self.right):
            return True
        both = zip(made, self.got, self.right, strict=True)
        return not any(close(got, right) and not close(one, got) for one, got, right in both)

    def explained(self, slip: Slip) -> int:
        """Count the wrong numbers that a slip explains by itself."""
        made = self.of_slip(slip)
        if len(self.got) != len(made):
            return 0
        return sum(map(_explained, made, self.got, self.wrong))

    @cached_property
    def wrong(self) -> list[NDArray | None]:
        """Where each result is wrong; None where it cannot be compared number by number."""
        pairs = zip(self.got, self.right, strict=False)
        return [~_close(g, r) if _alike(g, r) else None for g, r in pairs]


def _explained(made: Any, got: Any, wrong: NDArray | None) -> int:
    if wrong is None or not wrong.any() or not _alike(made, got):
        return 0
    return int((wrong & _close(made, got)).sum())


def _alike(a: Any, b: Any) -> bool:
    return are_numbers(a) and are_numbers(b) and a.shape == b.shape


def _close(a: NDArray, b: NDArray) -> NDArray:
    return np.isclose(a, b, rtol=RTOL, atol=ATOL)


def _shows(slip: Slip, failed: Failed) -> bool:
    """Tell whether one of the learner's lines has the value that a slip gives to its place."""
    try:
        held = slip.answer.held(*failed.traced)
    except Exception:
        return False
    values = [held.get(place) for place in _places(slip)]
    return all(any(close(step.value, v) for step in failed.steps) for v in values)


def _is_right(slip: Slip, known: Sequence[str]) -> bool:
    """Tell whether the learner's lines have the right values where a slip would be."""
    return all(place in known for place in _places(slip))


def _places(slip: Slip) -> list[str]:
    return slip.place.replace(" and ", ", ").split(", ")


def _how_usual(slip: Slip) -> tuple[int, int]:
    return tier(slip), rank(slip)
