"""A function that fails: say why, as far as it is known, and where."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.random import default_rng

from ..exercises import Case, WriteFunction, Wrong
from .compare import got_and_expected, problem, unbundled
from .errors import Told, explained
from .explain import Candidate, Explanation, Failed, explain, frozen, rank
from .guess import fact, guess, rounding
from .intermediates import misnamed, right_lines
from .lines import Line, first_off, first_other, line_of, numbered
from .outcome import Outcome
from .pairs import explain_as_two
from .probes import drawn, told, without_part
from .reply import Attempt, Repaired, Reply, call_all
from .tracing import Step
from .verdicts import failed


class Why(NamedTuple):
    """A cause: whether it is known, and the line that it is about."""

    cause: str
    look: str = ""
    named: bool = True
    line: Line | None = None


MORE = range(101, 105)  # seeds of further inputs, on which a repaired answer must be right too


@dataclass(frozen=True)
class Failure:
    """The replies of a function beside the right ones; case `k` is the first that fails."""

    exercise: WriteFunction
    attempt: Attempt
    cases: list[Case]
    inputs: list[list[Any]]
    replies: list[Reply]
    rights: list[Any]
    k: int
    status: str

    def outcome(self) -> Outcome:
        """Return the outcome, its cause first."""
        why = self._error() if self.status == "error" else self._numbers()
        reply = self.replies[self.k]
        look = why.look or ("" if why.named or self.k else self.exercise.look)
        details = got_and_expected(self.exercise, self.cases[self.k], reply, self.rights[self.k])
        return failed(
            self.exercise, self.status, why.cause, details, look, reply.trace, why.named, why.line
        )  # fmt: skip

    # ------------------------------------------------ an error

    def _error(self) -> Why:
        known = self._explained(self.k)
        sure = known is not None and not known.general
        if self._repair and (self._repair.weight > 0 or not sure):
            return self._repaired()
        spot = self.replies[self.k].spot
        line = (spot.number, spot.line) if spot.line else None
        if sure:
            made = self._line_making(known.made) if known.made is not None else None
            return Why(known.cause, known.look, line=made or line)
        other = self._no_part(range(self.k)) or self._only_here()
        if other is not None:
            return other
        return self._raw(known, line)

    def _explained(self, k: int) -> Told | None:
        turns, name = self.exercise.right.turns, self.exercise.asks_for[0]
        return explained(self.replies[k], self.cases[k].inputs, name, turns)

    def _line_making(self, value: np.ndarray) -> Line | None:
        """Return the line that made a value, of the call that fails."""
        steps = self.attempt.steps(self.inputs[self.k])
        return next((numbered(s) for s in steps if np.array_equal(s.value, value)), None)

    def _raw(self, known: Told | None, line: Line | None) -> Why:
        if known is not None:
            return Why(known.cause, known.look, line=line)
        reply = self.replies[self.k]
        look = "Read the error's last words and look at the line it names."
        return Why(f"Your function raises {reply.error}: {reply.message}", look, False, line)

    # ------------------------------------------------ numbers, or something else

    def _numbers(self) -> Why:
        said = fact(self.exercise, self.status, self.replies, self.rights, self.k)
        if said and self.status == "inputs changed":
            return self._written_into(said)
        if said:
            return self._fact(said)
        failed = self._failed()
        found = explain(failed)
        if self._repair and not (found and self._says_more(found)):
            return self._repaired()
        if found:
            return self._found(found)
        if close := rounding(self.replies, self.rights):
            return Why(close, named=False)
        two = explain_as_two(failed)
        if two and two.usual:
            return self._found(two)
        if raised := self._beside_errors(failed):
            return raised
        if idle := self._no_part(range(self.k) or (0, 1)):
            return idle
        return self._found(two) if two else self._only_here() or self._unknown()

    def _failed(self) -> Failed:
        """Return what there is to explain: numbers that can be compared, not only the example."""
        inputs, replies = list(map(frozen, self.inputs)), list(self.replies)
        if all(reply.error for reply in replies[1:]):
            inputs.append(frozen(drawn(part, 1, default_rng(0)) for part in self.inputs[0]))
            replies += self.attempt.calls(inputs[-1:])
        return Failed(self.exercise, self.attempt, inputs, replies, self._steps, self._traced)

    def _beside_errors(self, failed: Failed) -> Why | None:
        """Explain the numbers alone where other inputs, mostly a batch, raise an error."""
        given = [k for k, reply in enumerate(failed.replies) if not reply.error]
        raised = [k for k, reply in enumerate(self.replies) if reply.error]
        if not raised or len(given) < 2:
            return None
        inputs, replies = ([of[k] for k in given] for of in (failed.inputs, failed.replies))
        if not (
            found := explain(replace(failed, inputs=inputs, replies=replies, skips_errors=True))
        ):
            return None
        reply, case = self.replies[raised[0]], self.cases[raised[0]]
        known = self._explained(raised[0])
        more = known.cause if known else f"{reply.error}: {reply.message}."
        why = self._found(found)
        return why._replace(cause=f"{why.cause} And with {case.label or 'the example'}: {more}")

    def _found(self, found: Explanation) -> Why:
        told = found.found or found.either
        line = self._line_of(told)
        look = "" if line and found.look.startswith("Look at the line") else found.look
        return Why(self._also(found.cause), look, line=line)

    def _line_of(self, told: Sequence[Candidate]) -> Line | None:
        if self._repair and self._repair.weight >= 0:
            return self._repair.number, self._repair.line
        return line_of(self.exercise, told, self._steps, self._traced)

    def _written_into(self, said: str) -> Why:
        """Point at the line that writes into an input."""
        name = list(self.exercise.example.inputs)[self.replies[self.k].changed[0]]
        written = [step for step in self._steps if step.in_place and step.name == name]
        look = f"Print {name} before and after the call."
        return Why(said, look, line=numbered(written[0]) if written else None)

    def _fact(self, said: str) -> Why:
        one = self._repair or self._remark
        if "in the place of another" not in said:
            return self._repaired(one) if one else Why(said)
        other = misnamed(self.exercise, self._steps, self._traced)
        if other and (one is None or one.number >= other[0].number):
            step, name = other
            said = f"{said} {step.name} holds the value of {name}."
            return Why(said, f"Look at the line that makes {step.name}.", line=numbered(step))
        if one:
            return Why(said, "Look at the order in this line.", line=(one.number, one.line))
        return Why(said, "Compare your return line with the order asked for.")

    def _also(self, cause: str) -> str:
        """Add that an input is changed, where it is."""
        given = list(self.exercise.example.inputs)
        changed = [given[place] for place in self.replies[self.k].changed]
        verb = "are" if len(changed) > 1 else "is"
        return f"{cause} And {' and '.join(changed)} {verb} changed in place." if changed else cause

    def _unknown(self) -> Why:
        if self._remark:
            return self._repaired(self._remark)
        said = guess(self.exercise, self.status, self.replies, self.rights, self.k)
        so_far = right_lines(self.exercise, self._steps, self._traced)
        said += f" Right so far: {', '.join(so_far)}." if so_far else ""
        if other := first_other(self.exercise, self._steps, self._traced):
            said += f" In line {other.number}, {other.name} is not right."
            return Why(said, named=False, line=numbered(other))
        return Why(said, named=False)

    # ------------------------------------------------ what trying it again shows

    @cached_property
    def _repairs(self) -> list[Repaired]:
        return self.attempt.repairs([*self.inputs, *self._more], self.exercise.silent)

    @cached_property
    def _more(self) -> list[list[Any]]:
        draws = [self.exercise.draw(default_rng(seed)) for seed in MORE]
        return [list(case.inputs.values()) for cases in draws for case in cases]

    @cached_property
    def _repair(self) -> Repaired | None:
        """The first small repair that makes the answer right, here and on further inputs."""
        rights = [*self.rights, *(r.value for r in call_all(self.exercise.answer, self._more))]
        for one in self._repairs:
            pairs = zip(one.replies, rights, strict=False)
            wrong = any(problem(self.exercise, unbundled(*pair), pair[1]) for pair in pairs)
            if len(one.replies) == len(rights) and not wrong:
                return one
        return None

    @property
    def _remark(self) -> Repaired | None:
        """A line that is wrong whatever comes in."""
        return next((one for one in self._repairs if not one.replies), None)

    def _says_more(self, found: Explanation) -> bool:
        """Tell whether a mistake of the catalogue says more than the repair does."""
        own = all(isinstance(one, Wrong) or rank(one) < 0 for one in found.found or found.either)
        return self._repair.weight < (2 if own else 1)

    def _repaired(self, one: Repaired | None = None) -> Why:
        one = one or self._repair
        return Why(one.cause, one.look, line=(one.number, one.line))

    @cached_property
    def _traced(self) -> list[Any]:
        """The arguments of the first case that was drawn."""
        return self.inputs[min(1, len(self.inputs) - 1)]

    @cached_property
    def _steps(self) -> list[Step]:
        return self.attempt.steps(self._traced)

    def _only_here(self) -> Why | None:
        """Name the line that was right for an earlier case and is not for this one."""
        if not self.k:
            return None
        pairs = [(self.inputs[j], self.attempt.steps(self.inputs[j])) for j in (self.k - 1, self.k)]
        off = first_off(self.exercise, *pairs)
        if off is None or off.hidden:
            return None
        before = self.cases[self.k - 1].label or "the example"
        here, shape = self.cases[self.k].label, np.shape(off.step.value)
        name = self.exercise.returns[0] if off.name == "return" else off.name
        what, look = f"does not give the right {name}", ""
        if shape != off.right.shape:
            what = f"gives {name} the shape {shape}; expected {off.right.shape}"
            look = "Print the shapes in this line, for one vector and for a batch."
        cause = f"Right for {before}. With {here}, line {off.step.number} {what}."
        named = off.name != "return" or bool(look)  # else only the whole answer is off
        return Why(cause, look, named, numbered(off.step))

    def _no_part(self, cases: Iterable[int]) -> Why | None:
        """Say which arguments play no part."""
        names = list(self.exercise.example.inputs)
        for j in cases:
            if j < len(self.inputs) and not self.replies[j].error:
                idle = without_part(self.exercise, self.attempt, names, self.inputs[j])
                if idle:
                    return Why(told(idle), "Use what the function is given, and nothing fixed.")
        return None
