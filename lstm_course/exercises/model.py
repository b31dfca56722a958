"""What an exercise is: data and pure functions, no judgement.

`lstm_course.checks.diagnose` compares an answer with the exercise; the notebook and the
grader both go through it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from numpy.random import Generator, default_rng
from numpy.typing import NDArray

from .slips import Instead, Right, Slip, slips_of

# What one value should be: numbers of that shape, () for a single one; None for numbers of any
# shape; PAIRS for pairs of names; SENTENCE for words; a text such as "abcd" for one of its letters
Shape = tuple[int, ...] | str | None
PAIRS, SENTENCE = "pairs", "sentence"


class Reasoned(str):
    """Letters to choose from; behind the letter, its reason may stand: "b, since f is 0.73"."""


ROUNDING = 1e-9  # a value at a limit of the task is on its right side, however it was computed


@dataclass(frozen=True, kw_only=True)
class Wrong:
    """A wrong answer that learners give, ready to be run.

    Attributes
    ----------
    answer : function or value
        Does what the learner's answer would do.
    cause : str
        What went wrong, in one or two sentences.
    look : str
        What to look at next; empty for the exercise's own line.
    """

    answer: Any
    cause: str
    look: str = ""


@dataclass(frozen=True, kw_only=True)
class Case:
    """One set of inputs for a function.

    Attributes
    ----------
    inputs : dict
        Argument name to value, in the order of the signature.
    label : str
        What the inputs are, in words: "one vector", "a batch of 4 rows".
    note : str
        Shown instead of inputs that the learner already knows, such as "W_f, b_f as above".
    """

    inputs: dict[str, Any]
    label: str
    note: str = ""
    shown: tuple[str, ...] = ()


class Band(NamedTuple):
    """A memory over its steps, and how far from its goal it may be.

    Attributes
    ----------
    seen : array (T,)
        What the learner's settings make of it.
    goal : array (T,)
        What it should be.
    within : float
        How far from the goal it may be.
    name : str
        Quantity of the palette: "c_t" or "h_t".
    broke : int
        First step outside, counted from 1.
    """

    seen: NDArray
    goal: NDArray
    within: float
    name: str
    broke: int


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What a judge found wrong with values that a learner set."""

    cause: str
    got: str = ""
    expected: str = ""
    look: str = ""
    band: Band | None = None


@dataclass(frozen=True, kw_only=True)
class Exercise:
    """One graded exercise.

    Attributes
    ----------
    id : str
        Written by the learner in `check("id", …)`.
    notebook : str
        Name shared by lesson, exercise and solution, such as "04-forget-gate".
    asks_for : tuple of str
        Names that the learner defines.
    points, minutes : int
        What it is worth and how long it takes.
    hints : tuple of str
        A ladder: each rung says more; the last is close to code but is not code.
    look : str
        What to look at next after a wrong answer.
    passed : str
        What the learner now has, and a thing to try.
    seconds : float
        How long the grader lets it run; more where a network is trained.
    """

    id: str
    notebook: str
    asks_for: tuple[str, ...]
    points: int
    minutes: int
    hints: tuple[str, ...]
    look: str
    passed: str
    wrong: tuple[Wrong, ...] = ()
    kind: str = ""
    seconds: float = 30.0

    @property
    def call(self) -> str:
        """The line that checks it."""
        return f'check("{self.id}", {", ".join(self.asks_for)})'


@dataclass(frozen=True, kw_only=True)
class WriteFunction(Exercise):
    """Write a function, or mend a broken one (kind "find the bug").

    Attributes
    ----------
    answer : function
        The right one, with one name a step: mistakes are composed from it (see `slips`). It
        returns one array or a tuple of arrays.
    example : Case
        Small enough to check by hand; shown when the answer is wrong.
    draw : function
        `draw(rng)` gives further cases: shapes and values that tell mistakes apart.
    returns : tuple of str
        Names of the results.
    silent : bool
        True where an overflow on the way is a failure, although the values are right.
    instead : tuple of Instead
        Mistakes of this exercise alone: lines of `answer`, written otherwise.
    parts : tuple of functions
        Right answers of other exercises that `answer` calls: their mistakes are inherited.
    builds_on : tuple of str
        Exercises whose answers the learner may call here.
    course : tuple of functions
        Functions of the course that do what is asked for.
    formerly : dict
        Fields as they were when the task asked for something else. An answer that was written
        then is judged by them, so that finished work stays finished.
    """

    answer: Callable
    example: Case
    draw: Callable[[Generator], list[Case]]
    returns: tuple[str, ...]
    silent: bool = False
    instead: tuple[Instead, ...] = ()
    parts: tuple[Callable, ...] = ()
    builds_on: tuple[str, ...] = ()
    course: tuple[Callable, ...] = ()
    formerly: Mapping[str, Any] = field(default_factory=dict)
    kind: str = "write"

    @cached_property
    def right(self) -> Right:
        """The right answer as a tree."""
        return Right(self.answer, self.parts)

    @cached_property
    def slips(self) -> tuple[Slip, ...]:
        """The mistakes that the right answer allows."""
        if self.answer.__name__ == "<lambda>":
            return ()
        inputs = [list(case.inputs.values()) for case in self.draw(default_rng(1))]
        return slips_of(self.right, inputs, self.instead)

    def cases(self, rng: Generator) -> list[Case]:
        """Return the example and then what `draw` adds."""
        return [self.example, *self.draw(rng)]


@dataclass(frozen=True, kw_only=True)
class SetValues(Exercise):
    """Choose values so that something happens; `judge` tries them out.

    Attributes
    ----------
    judge : function
        `judge(*values)` returns None when they do the job, otherwise a Finding.
        The values arrive as finite float arrays, pairs, letters or sentences.
    shapes : tuple of Shape
        What each value should be.
    right : tuple of tuples
        Several settings that do the job.
    limits : bool
        Whether an infinity is meant as a very large number.
    """

    judge: Callable[..., Finding | None]
    shapes: tuple[Shape, ...]
    right: tuple[tuple, ...]
    limits: bool = False
    kind: str = "set values"


@dataclass(frozen=True, kw_only=True)
class Predict(Exercise):
    """Predict numbers, or pick a statement by its letter.

    Attributes
    ----------
    answer : number, sequence of numbers, or str
        What is right.
    within : float
        Largest accepted distance, for numbers.
    choices : str
        The letters to pick from, for statements.
    explain : function or None
        `explain(number or numbers)` says why this value is not it, from the value alone and
        for whole families of values; an empty string where it has nothing to say. What it
        says is true of the value, whatever the learner had in mind.
    """

    answer: Any
    within: float = 0.0
    choices: str = ""
    explain: Callable[[NDArray], str] | None = None
    kind: str = "predict"
