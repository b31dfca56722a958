"""A function that fails: say why, as far as it is known, and where."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.random import default_rng

from ..exercises import Case, WriteFunction
from .compare import got_and_expected
from .errors import Told, explained
from .explain import Explanation, Failed, explain, frozen
from .guess import fact, guess, rounding
from .intermediates import misnamed, right_lines
from .lines import Line, first_off, first_other, line_of, numbered
from .outcome import Outcome
from .pairs import explain_as_two
from .probes import drawn, told, without_part
from .reply import Attempt, Reply
from .tracing import Step
from .verdicts import failed


class Why(NamedTuple):
    """A cause: whether it is known, and the line that it is about."""

    cause: str
    look: str = ""
    named: bool = True
    line: Line | None = None


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
        reply = self.replies[self.k]
        spot = reply.spot
        line = (spot.number, spot.line) if spot.line else None
        known = explained(reply, self.cases[self.k].inputs, self.exercise.asks_for[0])
        if known is not None and not known.general:
            return Why(known.cause, known.look, line=line)
        other = self._no_part(range(self.k)) or self._only_here()
        if other is not None:
            return other
        return self._raw(known, line)

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
        if found := explain(failed):
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
        known = explained(reply, case.inputs, self.exercise.asks_for[0])
        more = known.cause if known else f"{reply.error}: {reply.message}."
        why = self._found(found)
        return why._replace(cause=f"{why.cause} And with {case.label or 'the example'}: {more}")

    def _found(self, found: Explanation) -> Why:
        told = found.found or found.either
        line = line_of(self.exercise, told, self._steps, self._traced)
        look = "" if line and found.look.startswith("Look at the line") else found.look
        return Why(self._also(found.cause), look, line=line)

    def _written_into(self, said: str) -> Why:
        """Point at the line that writes into an input."""
        name = list(self.exercise.example.inputs)[self.replies[self.k].changed[0]]
        written = [step for step in self._steps if step.in_place and step.name == name]
        look = f"Print {name} before and after the call."
        return Why(said, look, line=numbered(written[0]) if written else None)

    def _fact(self, said: str) -> Why:
        if "in the place of another" not in said:
            return Why(said)
        if other := misnamed(self.exercise, self._steps, self._traced):
            step, name = other
            said = f"{said} {step.name} holds the value of {name}."
            return Why(said, f"Look at the line that makes {step.name}.", line=numbered(step))
        return Why(said, "Compare your return line with the order asked for.")

    def _also(self, cause: str) -> str:
        """Add that an input is changed, where it is."""
        given = list(self.exercise.example.inputs)
        changed = [given[place] for place in self.replies[self.k].changed]
        verb = "are" if len(changed) > 1 else "is"
        return f"{cause} And {' and '.join(changed)} {verb} changed in place." if changed else cause

    def _unknown(self) -> Why:
        said = guess(self.exercise, self.status, self.replies, self.rights, self.k)
        so_far = right_lines(self.exercise, self._steps, self._traced)
        said += f" Right so far: {', '.join(so_far)}." if so_far else ""
        if other := first_other(self.exercise, self._steps, self._traced):
            said += f" In line {other.number}, {other.name} is not right."
            return Why(said, named=False, line=numbered(other))
        return Why(said, named=False)

    # ------------------------------------------------ what trying it again shows

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
        if off is None:
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
