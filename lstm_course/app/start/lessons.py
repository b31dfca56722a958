"""The lessons of a course as their notebooks tell of them; nothing is run."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

from ...exercises import exercises_of

_WILL = re.compile(r"^\*\*You will\*\* (.+?)\.?\\?$", re.M)


@dataclass(frozen=True)
class Lesson:
    """One lesson.

    Attributes
    ----------
    name, title, can : str
        Such as "04-forget-gate", "04 · Choose what to forget" and what the learner can do after it.
    asks : tuple of str
        The predictions that the lesson asks for.
    """

    name: str
    title: str
    can: str = ""
    asks: tuple[str, ...] = ()

    @property
    def best(self) -> int:
        """Points that can be reached; 0 where there is no exercise."""
        return sum(exercise.points for exercise in exercises_of(self.name))


def read_lessons(root: Path) -> list[Lesson]:
    """Return the lessons of a course in their order."""
    return [_lesson(path) for path in sorted((root / "notebooks").glob("[0-9][0-9]-*.ipynb"))]


def _lesson(path: Path) -> Lesson:
    """Read a title, what it promises, and which predictions it asks for."""
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        source = cells[0]["source"]
        text = source if isinstance(source, str) else "".join(source)
        will = _WILL.search(text)
        marks = [cell.get("metadata", {}).get("lstm_course", {}) for cell in cells]
        asks = tuple(str(mark["guess"]) for mark in marks if "guess" in mark)
    except (OSError, ValueError, LookupError, TypeError, AttributeError):  # a learner's accident
        return Lesson(path.stem, path.stem)
    return Lesson(path.stem, text.partition("\n")[0].lstrip("# "), will[1] if will else "", asks)
