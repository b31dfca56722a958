"""Find the one mistake, or the two, that do what a wrong answer does.

A cause is said only when nothing else does the same: candidates that agree on all inputs are
told apart by further inputs, then by what the learner's lines compute.
"""

from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.random import default_rng

from ..exercises import WriteFunction, Wrong, find
from ..exercises.slips import Slip
from .compare import are_numbers, close, parts
from .intermediates import agreement
from .reply import Attempt, Reply, plain
from .tracing import Step

Candidate = Wrong | Slip
FEW = 12  # different numbers in all results, below which many further inputs are tried
SEED, SOME, MANY = 101, 3, 20  # of further inputs
TIERS = (0, 1000, 2000)  # an exercise's own, rules, names and lines, one function more


@dataclass(frozen=True)
class Explanation:
    """What a wrong answer does: one mistake or two at once, or one of two."""

    found: tuple[Candidate, ...]
    either: tuple[Candidate, ...] = ()

    @property
    def cause(self) -> str:
        """The cause, in words."""
        told = [_sentence(one.cause) for one in (*self.found, *self.either)]
        if self.either:
            return f"One of two: {' Or: '.join(told)}"
        return told[0] if len(told) == 1 else f"Two things: {told[0]} And: {told[1]}"

    @property
    def usual(self) -> bool:
        """Whether the rules tell all of it: what many people write."""
        return all(tier(one) < 2 for one in (*self.found, *self.either))

    @property
    def look(self) -> str:
        """What to look at next."""
        return next((one.look for one in (*self.found, *self.either) if one.look), "")


def _sentence(cause: str) -> str:
    """Begin "the result …" as a sentence; a name such as c_t stays as it is."""
    return f"T{cause[1:]}" if cause.startswith("the ") else cause


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
    skips_errors: bool = False  # explain the numbers alone, whatever raises an error

    @property
    def slips(self) -> Sequence[Slip]:
        """The slips that may be in it; an earlier answer that it calls is right by now."""
        earlier = {find(other).asks_for[0] for other in self.exercise.builds_on}
        if earlier & {step.function for step in self.steps}:
            return [slip for slip in self.exercise.slips if not slip.inherited]
        return self.exercise.slips


class Possible(NamedTuple):
    """One candidate, or two, and the function with all of it."""

    found: tuple[Candidate, ...]
    answer: Callable


@np.errstate(all="ignore")
def explain(failed: Failed) -> Explanation | None:
    """Return the only explanation of a wrong answer, or None."""
    if (case := telling(failed)) is None:
        return None
    candidates = [*failed.exercise.wrong, *failed.slips]
    fitting = [Possible((one,), one.answer) for one in candidates if fits(one.answer, failed, case)]
    return only(failed, fitting)


def telling(failed: Failed) -> int | None:
    """Return the number of the input that tells most: drawn anew, with a result, and small.

    The example alone has round numbers, which fit too much.
    """
    drawn = [k for k, reply in enumerate(failed.replies) if k and not reply.error]
    if not drawn:
        return None
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


def fits(answer: Callable, failed: Failed, first: int) -> bool:
    """Tell whether a candidate does what the answer did with every input, the `first` one first."""
    order = [first, *(k for k in range(len(failed.inputs)) if k != first)]
    return all(same(run(answer, failed.inputs[k]), failed.replies[k]) for k in order)


def same(did: Did, reply: Reply) -> bool:
    """Tell whether a candidate did what the answer did."""
    if did.error or reply.error:
        return did.error == reply.error
    return close(did.value, reply.value)


def only(failed: Failed, fitting: list[Possible]) -> Explanation | None:
    """Of what does the same with all inputs, return what can be told.

    Further inputs come first, then the last digits. What is left is the same function, and the
    exercise's own words come first. Then the learner's own lines speak; then the simplest kind
    counts, and in one place the first rule says it. Two places are told as two possibilities,
    more not at all.
    """
    left = [one.found for one in _nearest(failed, _told_apart(failed, fitting))]
    if not left:
        return None
    own = [found for found in left if all(rank(one) < 0 for one in found)]
    left = _best(failed, own or left)
    lowest = min(sum(map(tier, found)) for found in left)
    by_place: dict[tuple[str, ...], tuple[Candidate, ...]] = {}
    for found in sorted(left, key=lambda found: sum(map(rank, found))):
        if sum(map(tier, found)) == lowest:
            places = sorted(getattr(one, "place", "") for one in found)
            by_place.setdefault(tuple(places), found)
    return _told(list(by_place.values()))


def _told_apart(failed: Failed, fitting: list[Possible]) -> list[Possible]:
    """Drop what further inputs rule out; to results of few values much fits by chance."""
    few = _values(failed.replies) < FEW
    if not fitting or (len(fitting) < 2 and not few):
        return fitting
    for seed in range(SEED, SEED + (MANY if few else SOME)):
        for case in failed.exercise.draw(default_rng(seed)):
            arguments = frozen(case.inputs.values())
            did = [run(one.answer, arguments) for one in fitting]
            alike = all(d.error == did[0].error and close(d.value, did[0].value) for d in did)
            if alike and not few:
                continue
            (reply,) = failed.attempt.calls([arguments])
            if reply.error and failed.skips_errors:
                continue
            fitting = [one for one, d in zip(fitting, did, strict=True) if same(d, reply)]
            if not fitting:
                return []
    return fitting


def _values(replies: Sequence[Reply]) -> int:
    """Count the different numbers in all results."""
    given = [part for reply in replies for part in parts(reply.value) if are_numbers(part)]
    return len({float(number) for part in given for number in np.ravel(part)})


def _nearest(failed: Failed, fitting: list[Possible]) -> list[Possible]:
    """Drop what is off in the last digits where others are not."""
    off = [_distance(failed, one.answer) for one in fitting] if len(fitting) > 1 else [0.0]
    return [one for one, far in zip(fitting, off, strict=False) if far <= 10 * min(off) + 1e-13]


def _distance(failed: Failed, answer: Callable) -> float:
    """Return the largest relative distance between a candidate's numbers and the answer's."""
    worst = 0.0
    for arguments, reply in zip(failed.inputs, failed.replies, strict=True):
        made = () if reply.error else parts(run(answer, arguments).value)
        for mine, theirs in zip(made, parts(reply.value), strict=False):
            if are_numbers(mine) and are_numbers(theirs):
                size = np.abs(theirs).max(initial=1e-300)
                off = np.nan_to_num(np.abs(mine * 1.0 - theirs)).max(initial=0)
                worst = max(worst, float(off / size))
    return worst


def _told(chosen: Sequence[tuple[Candidate, ...]]) -> Explanation | None:
    """Say what is certain: the only one, or the two that are left, each a single mistake."""
    first, *others = chosen
    if not others:
        return Explanation(first)
    common = [one for one in first if all(one in found for found in others)]
    if len(chosen) == 2:
        differ = [one for found in chosen for one in found if one not in common]
        return Explanation((), tuple(differ)) if len(differ) == 2 and not common else None
    return None


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


def tier(one: Candidate) -> int:
    """Return the kind of a candidate, from the simplest to the least likely."""
    inherited = isinstance(one, Slip) and one.inherited
    return sum(rank(one) >= low for low in TIERS) + (len(TIERS) + 1) * inherited
