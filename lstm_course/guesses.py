"""What a learner guessed before an answer was shown: one JSON file in the course's folder.

The first guess of each prediction counts; nothing of it counts for points. A file that is missing
or broken is an empty one, and a folder that cannot be written keeps nothing: neither is an error.
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

FILE = Path(".jupyter-user") / "guesses.json"  # beside the settings of the learner's JupyterLab
CLOSE = 0.1  # of what could be guessed


@dataclass(frozen=True)
class Guess:
    """One guess.

    Attributes
    ----------
    name : str
        Of the prediction, such as "left-after-20".
    question, said, was : str
        What was asked, the guess and the answer, as they are shown.
    off : float
        How far the guess lies from the answer: 0 is right, 1 is as far as can be.
    value : number, str or list of numbers
        The guess itself.
    """

    name: str
    question: str
    said: str
    was: str
    off: float
    value: Any

    @property
    def close(self) -> bool:
        """Whether the guess is as good as right."""
        return self.off <= CLOSE


def file_around(start: Path) -> Path | None:
    """Return the file of the course that a folder lies in; None outside of a course."""
    for folder in (start, *start.parents):
        if (folder / "notebooks").is_dir() and (folder / "exercises").is_dir():
            return folder / FILE
    return None


def read(path: Path | None) -> dict[str, Guess]:
    """Return the guesses of a file by their name, in the order in which they were made."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))["guesses"] if path else {}
        return {name: one for name, entry in found.items() if (one := _guess(name, entry))}
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return {}


def _guess(name: str, entry: Any) -> Guess | None:
    """Return one entry of the file, or None when it cannot be understood."""
    try:
        texts = [entry[key] for key in ("question", "said", "was")]
        off = float(entry["off"])
        whole = all(isinstance(text, str) for text in texts) and 0 <= off <= 1
        return Guess(name, *texts, off, entry["value"]) if whole else None
    except (LookupError, TypeError, ValueError):
        return None


def _entry(guess: Guess) -> dict[str, Any]:
    return {key: value for key, value in asdict(guess).items() if key != "name"}


def keep(path: Path | None, guess: Guess) -> None:
    """Add a guess to a file, at once or not at all; one of that name stays as it is."""
    if path is None:
        return
    entries = read(path)
    entries.setdefault(guess.name, guess)
    plain = {name: _entry(one) for name, one in entries.items()}
    text = json.dumps({"version": 1, "guesses": plain}, indent=1, ensure_ascii=False) + "\n"
    draft = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text(text, encoding="utf-8", newline="\n")
        draft.replace(path)
    except OSError:
        return
