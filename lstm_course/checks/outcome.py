"""What `check` answers: one outcome, as text and as HTML with the same words."""

from dataclasses import dataclass, field
from typing import Any

from ..exercises import Band
from .band import drawn
from .marks import differing, underlined
from .page import bar, code, folded, listed, paragraph, prose

PASSED = "passed"
NOT_ATTEMPTED = "not attempted yet"
GRADER_FAILED = "not judged"

_BAR = {PASSED: "#009E73", NOT_ATTEMPTED: "#6E6E6E"}
_WRONG, _NEWS = "#D55E00", "#0072B2"
_MARK = {PASSED: "✓", NOT_ATTEMPTED: "–"}


@dataclass(frozen=True)
class Outcome:
    """The result of checking one exercise.

    Attributes
    ----------
    exercise_id : str
        Which exercise.
    status : str
        "passed", "not attempted yet", "error", "wrong shape", "wrong values", …
    points, max_points : int
        What it earned, and what it is worth.
    cause : str
        Why, in one or two sentences.
    details : tuple of (str, str)
        Label and value, such as ("yours", "[0.50 0.88]").
    look : str
        What to look at next.
    trace : str
        A traceback, folded away in the notebook.
    named : bool
        True when the cause is one of the catalogue and not a guess.
    line : (int, str) or None
        Number and text of the learner's own line that the cause speaks of, counted from the
        top of the cell or function.
    band : Band or None
        A memory against what is allowed, which a notebook draws.
    """

    exercise_id: str
    status: str
    points: int
    max_points: int
    cause: str = ""
    details: tuple[tuple[str, str], ...] = ()
    look: str = ""
    trace: str = ""
    named: bool = False
    line: tuple[int, str] | None = None
    band: Band | None = field(default=None, compare=False, repr=False)

    @property
    def passed(self) -> bool:
        """Whether the exercise is done."""
        return self.status == PASSED

    @property
    def headline(self) -> str:
        """The first line: which exercise, and how it stands."""
        if self.passed and not self.max_points:
            return f"{self.exercise_id}: passed."
        if self.passed:
            return f"{self.exercise_id}: passed, {self.points} of {self.max_points} points."
        if self.status == NOT_ATTEMPTED:
            return f"{self.exercise_id}: not attempted yet. {self.cause}"
        if self.line:
            number, text = self.line
            return f"{self.exercise_id}, line {number}: {text}"
        return f"{self.exercise_id}: {self.status}"

    def __repr__(self) -> str:
        """Return the outcome as plain text."""
        lines = [self.headline]
        if self.cause and self.status != NOT_ATTEMPTED:
            lines.append(self.cause)
        width = max((len(label) for label, _ in self.details), default=0)
        marks = differing(self.details)
        for label, value in self.details:
            marked = underlined(value, marks.get(label, ()))
            indented = marked.replace("\n", "\n" + " " * (width + 3))
            lines.append(f"  {label:<{width}} {indented}")
        if self.look:
            lines.append(f"Next: {self.look}" if not self.passed else self.look)
        return "\n".join(lines)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        """Return the same words as plain text and as HTML."""
        return {"text/plain": repr(self), "text/html": self._html()}

    def _html(self) -> str:
        mark = f'<span aria-hidden="true">{_MARK.get(self.status, "✗")}</span>'
        parts = [paragraph(f"{mark} {self._head()}", above="0")]
        if self.cause and self.status != NOT_ATTEMPTED:
            parts.append(paragraph(prose(self.cause)))
        if self.details:
            parts.append(listed(self.details))
        if self.band:
            parts.append(drawn(self.band))
        if self.look:
            start = "" if self.passed else "<strong>Next:</strong> "
            parts.append(paragraph(start + prose(self.look)))
        if self.trace:
            parts.append(folded("Where it happened (traceback)", self.trace))
        return bar(_BAR.get(self.status, _WRONG), parts)

    def _head(self) -> str:
        """Return the headline, how it stands in bold; a line of the learner's is code."""
        start, rest = self.headline, ""
        if self.status == NOT_ATTEMPTED:
            start, rest = start.removesuffix(self.cause), prose(self.cause)
        elif self.line and not self.passed:
            start, rest = start.removesuffix(self.line[1]), code(self.line[1])
        return f"<strong>{prose(start.strip())}</strong> {rest}".strip()


@dataclass(frozen=True)
class Message:
    """A line to the learner that is no verdict: a hint, or a call that cannot be answered."""

    text: str

    def __repr__(self) -> str:
        """Return the line."""
        return self.text

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        """Return the same words as plain text and as HTML."""
        lines = [paragraph(prose(line), above="0") for line in self.text.split("\n")]
        return {"text/plain": self.text, "text/html": bar(_NEWS, lines)}
