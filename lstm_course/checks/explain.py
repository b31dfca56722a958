"""Find the one mistake, or the two, that do what a wrong answer does.

A cause is said only when nothing else does the same: candidates that agree on all inputs are
told apart by further inputs, then by what the learner's lines compute.
"""

from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from itertools import combinations, islice
from typing import Any

import numpy as np
from numpy.random import default_rng

from ..exercises import WriteFunction, Wrong, find
from ..exercises.slips import Slip
from .compare import close, parts
from .reply import Attempt, Reply, plain
from .tracing import Step
from .values import agreement

Candidate = Wrong | Slip
PAIRS = 2500  # how many are tried; by their number, so that a slow machine finds the same
MORE = range(101, 104)  # seeds of further inputs
TIERS = (0, 1000, 2000)  # an exercise's own, rules, names and lines, one function more


@dataclass(frozen=True)
class Explanation:
    """What a wrong answer does: one mistake or two at once, the last of them one of two.

    `more` where one of two mistakes is certain and the other may be one of many.
    """

    found: tuple[Candidate, ...]
    either: tuple[Candidate, ...] = ()
    more: bool = False

    @property
    def cause(self) -> str:
        """The cause, in words."""
        told = [one.cause for one in self.found]
        if self.either:
            told.append(" Or: ".join(one.cause for one in self.either))
            told[-1] = f"One of two: {told[-1]}"
        if self.more:
            return f"{told[0]} That is not all: something else differs as well."
        return told[0] if len(told) == 1 else f"Two things: {told[0]} And: {told[1]}"

    @property
    def look(self) -> str:
        """What to look at next."""
        return next((one.look for one in (*self.found, *self.either) if one.look), "")


@dataclass(frozen=True)
class Did:
    """What a candidate did with one list of inputs."""

    value: Any = None
    error: str = ""


@dataclass(frozen=True)
class Failed:
    """A wrong answer: what it was given, what it replied, and what its lines compute."""

    exercise: WriteFunction
    attempt: Attempt
    inputs: Sequence[list[Any]]
    replies: Sequence[Reply]
    steps: Sequence[Step]
    traced: list[Any]

    @property
    def slips(self) -> Sequence[Slip]:
        """The slips that may be in it; an earlier answer that it calls is right by now."""
        earlier = {find(other).asks_for[0] for other in self.exercise.builds_on}
        if earlier & {step.function for step in self.steps}:
            return [slip for slip in self.exercise.slips if not slip.inherited]
        return self.exercise.slips


@np.errstate(all="ignore")
def explain(failed: Failed) -> Explanation | None:
    """Return the only explanation of a wrong answer, or None."""
    if all(reply.error for reply in failed.replies):
        return None
    case = _telling(failed)
    candidates = [*failed.exercise.wrong, *failed.slips]
    fitting = [one for one in candidates if _fits(one.answer, failed, case)]
    if fitting:
        return _only(failed, [(one,) for one in _told_apart(failed, fitting)])
    return _only(failed, _pairs(failed, case))


def _telling(failed: Failed) -> int:
    """Return the number of the input that tells most: drawn anew, with a result, and small."""
    usable = [k for k, reply in enumerate(failed.replies) if not reply.error]
    drawn = [k for k in usable if k > 0] or usable
    return min(drawn, key=lambda k: sum(np.size(part) for part in failed.inputs[k]))


def run(answer: Callable, arguments: Sequence[Any]) -> Did:
    """Call a candidate; the arguments are `frozen`, so that it cannot change them."""
    try:
        return Did(plain(answer(*arguments)))
    except Exception as error:
        return Did(error=type(error).__name__.lstrip("_"))


def frozen(arguments: Sequence[Any]) -> list[Any]:
    """Return a copy of the arguments that cannot be written into."""
    copies = deepcopy(list(arguments))
    for copy in copies:
        if isinstance(copy, np.ndarray):
            copy.flags.writeable = False
    return copies


def _fits(answer: Callable, failed: Failed, first: int) -> bool:
    order = [first, *(k for k in range(len(failed.inputs)) if k != first)]
    return all(same(run(answer, failed.inputs[k]), failed.replies[k]) for k in order)


def same(did: Did, reply: Reply) -> bool:
    """Tell whether a candidate did what the answer did."""
    if did.error or reply.error:
        return did.error == reply.error
    return close(did.value, reply.value)


def _told_apart(failed: Failed, fitting: list[Candidate]) -> list[Candidate]:
    """Drop the candidates that further inputs rule out."""
    for seed in MORE if len(fitting) > 1 else ():
        for case in failed.exercise.draw(default_rng(seed)):
            arguments = frozen(case.inputs.values())
            did = [run(one.answer, arguments) for one in fitting]
            if all(d.error == did[0].error and close(d.value, did[0].value) for d in did):
                continue
            (reply,) = failed.attempt.calls([arguments])
            fitting = [one for one, d in zip(fitting, did, strict=True) if same(d, reply)]
    return fitting


def _only(failed: Failed, fitting: Sequence[tuple[Candidate, ...]]) -> Explanation | None:
    """Of candidates that are the same function, return the one that can be told.

    The exercise's own words come first. Then the learner's own lines speak; then the simplest
    kind counts, and in one place the first rule says it. Two places are told as two
    possibilities, more not at all.
    """
    if not fitting:
        return None
    own = [found for found in fitting if all(rank(one) < 0 for one in found)]
    fitting = _best(failed, own or fitting)
    lowest = min(sum(map(_tier, found)) for found in fitting)
    by_place: dict[tuple[str, ...], tuple[Candidate, ...]] = {}
    for found in sorted(fitting, key=lambda found: sum(map(rank, found))):
        if sum(map(_tier, found)) == lowest:
            places = sorted(getattr(one, "place", "") for one in found)
            by_place.setdefault(tuple(places), found)
    return _told(list(by_place.values()))


def _told(chosen: Sequence[tuple[Candidate, ...]]) -> Explanation | None:
    """Say what is certain of some possibilities."""
    first, *others = chosen
    if not others:
        return Explanation(first)
    common = tuple(one for one in first if all(one in found for found in others))
    if len(chosen) == 2:
        differ = [one for found in chosen for one in found if one not in common]
        return Explanation(common, tuple(differ)) if len(differ) == 2 else None
    return Explanation(common, more=True) if common else None


def _best(failed: Failed, fitting: Sequence[tuple[Candidate, ...]]) -> list[tuple[Candidate, ...]]:
    """Return those whose values on the way fit the learner's lines best."""
    if len(fitting) < 2 or not failed.steps:
        return list(fitting)
    scores = [
        agreement(failed.exercise, found, failed.steps, failed.traced) for found in fitting[:60]
    ]
    return [found for found, score in zip(fitting, scores, strict=False) if score == max(scores)]


def rank(one: Candidate) -> int:
    """Return how special a candidate is: an exercise's own come first."""
    return one.rank if isinstance(one, Slip) else -1


def _tier(one: Candidate) -> int:
    """Return the kind of a candidate, from the simplest to the least likely."""
    inherited = isinstance(one, Slip) and one.inherited
    return sum(rank(one) >= low for low in TIERS) + (len(TIERS) + 1) * inherited


def _pairs(failed: Failed, case: int) -> list[tuple[Slip, Slip]]:
    """Return the pairs of slips that together do what the answer does."""
    found: list[tuple[Slip, Slip]] = []
    for one, other in islice(_likely(failed, case), PAIRS):
        try:
            answer = one.right.build((*one.edits, *other.edits))
        except ValueError:  # the one has taken away what the other changes
            continue
        if same(run(answer, failed.inputs[case]), failed.replies[case]):
            if _fits(answer, failed, case):
                found.append((one, other))
    return found


def _likely(failed: Failed, case: int) -> Iterator[tuple[Slip, Slip]]:
    """Yield pairs, the likeliest first.

    A slip that spoils a result which is right is none of the two. One that explains a wrong
    result by itself is likely to be one of them.
    """
    exercise, arguments = failed.exercise, failed.inputs[case]
    right, got = parts(run(exercise.answer, arguments).value), parts(failed.replies[case].value)
    alike = len(right) == len(got)
    wrong = [k for k in range(len(got)) if not alike or not close(got[k], right[k])]
    usable, partial = [], []
    for slip in failed.slips:
        did = run(slip.answer, arguments)
        made = parts(did.value)
        if did.error or _tier(slip) > 2 or len(made) != len(right):
            continue
        if alike and any(k not in wrong and not close(made[k], got[k]) for k in range(len(got))):
            continue
        usable.append(slip)
        if alike and any(close(made[k], got[k]) for k in wrong):
            partial.append(slip)
    usable.sort(key=_how_usual)
    yield from combinations(partial, 2)
    for slip in partial[:8]:
        yield from ((slip, other) for other in usable if other is not slip)
    yield from combinations(usable, 2)


def _how_usual(slip: Slip) -> tuple[int, int]:
    return _tier(slip), rank(slip)
