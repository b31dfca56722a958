"""What `check` answers: one outcome, as text and as HTML with the same words."""

from dataclasses import dataclass
from html import escape
from typing import Any

PASSED = "passed"
NOT_ATTEMPTED = "not attempted yet"
GRADER_FAILED = "not judged"

_BORDER = {PASSED: "#009E73", NOT_ATTEMPTED: "#6E6E6E"}
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
        True when the cause is known and not a guess.
    line : str
        The learner's line that it is about, after its number: "4: di = dc * c_prev".
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
    line: str = ""

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
            return f"{self.exercise_id}, line {self.line}"
        return f"{self.exercise_id}: {self.status}"

    def __repr__(self) -> str:
        """Return the outcome as plain text."""
        lines = [self.headline]
        if self.cause and self.status != NOT_ATTEMPTED:
            lines.append(self.cause)
        width = max((len(label) for label, _ in self.details), default=0)
        for label, value in self.details:
            indented = value.replace("\n", "\n" + " " * (width + 3))
            lines.append(f"  {label:<{width}} {indented}")
        if self.look:
            lines.append(f"Next: {self.look}" if not self.passed else self.look)
        return "\n".join(lines)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        """Return the same words as plain text and as HTML."""
        return {"text/plain": repr(self), "text/html": self._html()}

    def _html(self) -> str:
        color = _BORDER.get(self.status, "#D55E00")
        mark = _MARK.get(self.status, "✗")
        parts = [f"<p style='margin:0'><strong>{mark} {escape(self.headline)}</strong></p>"]
        if self.cause and self.status != NOT_ATTEMPTED:
            parts.append(f"<p style='margin:.3em 0'>{escape(self.cause)}</p>")
        if self.details:
            rows = "".join(
                "<tr><th style='text-align:left;vertical-align:top;font-weight:normal;"
                f"padding:0 1em 0 0'>{escape(label)}</th><td style='text-align:left'>"
                f"<pre style='margin:0'>{escape(value)}</pre></td></tr>"
                for label, value in self.details
            )
            parts.append(f"<table style='margin:.3em 0'>{rows}</table>")
        if self.look:
            start = "" if self.passed else "Next: "
            parts.append(f"<p style='margin:.3em 0 0'>{start}{escape(self.look)}</p>")
        if self.trace:
            parts.append(
                "<details><summary>Where it happened (traceback)</summary>"
                f"<pre>{escape(self.trace)}</pre></details>"
            )
        body = "".join(parts)
        return f"<div style='border-left:4px solid {color};padding:.4em .8em'>{body}</div>"


@dataclass(frozen=True)
class Message:
    """A line to the learner that is no verdict: a hint, or a call that cannot be answered."""

    text: str

    def __repr__(self) -> str:
        """Return the line."""
        return self.text

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        """Return the same words as plain text and as HTML."""
        style = "border-left:4px solid #0072B2;padding:.4em .8em;white-space:pre-wrap"
        return {
            "text/plain": self.text,
            "text/html": f"<div style='{style}'>{escape(self.text)}</div>",
        }
