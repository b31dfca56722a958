"""What the name of a file or folder tells: which notebook, whose, or only how it came about."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from ...exercises import notebooks

_APART = r"[\s_.,;+-]+"
_COPY_OF = re.compile(r"^(?:copy of|kopie von|copie de|copia de|cópia de)\s+", re.I)
_STAMP = re.compile(r"\s*\(\d+\)|(?<!\d)20\d\d-?\d\d-?\d\d(?:[-_T ]?\d{4,6})?(?!\d)")
_KIND_OF_WORK = (  # words that say what a file is and not whose
    r"(?:homework|hw|assignment|exercises?|ex|lab|lesson|week|task|sheet|part|unit|chapter"
    r"|notebooks?|untitled|version|v|rev|attempt|try|copy|kopie|copie|copia)\d*"
    r"|final|finished|done|solved|solutions?|answers?|mine|my|new|old|latest|backup|draft"
    r"|corrected|fixed|submissions?|submitted|submit|checkpoint|test|lstm|course|class|main"
    r"|master|src|work|files|ipynb|nb|jupyter|colab|saved"
)
_WORK = re.compile(_KIND_OF_WORK, re.I)
_LAST = re.compile(r"[\s_-]+(?:ex)?0?(\d{1,2})$")
_NUMBER = re.compile(r"\d{1,4}|\d+(?:\.\d+)+")
# Moodle: "Anna Lee_12345_assignsubmission_file", as a folder or before a file's name; teams and
# those without one may lack the number
_MOODLE = re.compile(
    r"(?P<who>[^_]+)(?:_(?P<id>\d+))?_assignsubmission_[a-z]+(?:_(?P<file>.*))?", re.S
)
# Canvas: "leeanna_LATE_12345_67890_file.ipynb"; texts and links have no second number
_CANVAS = re.compile(
    r"(?:(?:LATE_)?anon_(?P<anon>[^_]+)|(?P<who>.+?)(?:_LATE)?_(?P<id>\d+))"
    r"_(?:(?P<piece>\d+)_(?P<file>.+)|(?P<text>text|link)\.html)",
    re.S,
)


@dataclass(frozen=True)
class Sender:
    """Who handed a file in, as the system that collected it has written into its name.

    Attributes
    ----------
    who : str
        The name shown there.
    id : str
        The number, which tells people of one name apart; may be empty.
    piece : str
        The number of this one file; may be empty.
    file : str
        The name that the learner gave; empty for a folder.
    """

    who: str
    id: str = ""
    piece: str = ""
    file: str = ""


def moodle(name: str) -> Sender | None:
    """Return whose a file or folder of Moodle's export is."""
    match = _MOODLE.fullmatch(name)
    if not match:
        return None
    return Sender(match["who"].strip(), match["id"] or "", "", match["file"] or "")


def canvas(name: str) -> Sender | None:
    """Return whose a file of Canvas's export is."""
    match = _CANVAS.fullmatch(name)
    if not match or (match["who"] and not owner_in(match["who"])):
        return None
    who, number = match["who"] or "anon", match["id"] or match["anon"]
    return Sender(
        who, number, match["piece"] or f"{match['text']} of {number}", match["file"] or ""
    )


def notebook_in(text: str) -> str:
    """Return the exercise notebook whose name stands in a text; empty when none does."""
    return next((name for name in notebooks() if name in text), "") or next(
        (name for name in notebooks() if _pattern(name).search(text)), ""
    )


def owner_in(stem: str) -> str:
    """Return whose a file is, as far as its name without the ending tells.

    What stands before and behind the notebook's name, without marks of copies, versions,
    dates and kinds of work: "anna" in "Copy of hw4_anna_04-forget-gate-final (1)".
    """
    stem = _STAMP.sub(" ", _COPY_OF.sub("", unicodedata.normalize("NFC", stem)))
    name = notebook_in(stem)
    pieces = _pattern(name).split(stem) if name else [stem]
    return " ".join(filter(None, map(_without_marks, pieces)))


def only_structure(name: str) -> bool:
    """Tell whether a folder's name says what is in it, such as "exercises", and not whose."""
    return not owner_in(name)


def lesson_numbers_behind(stems: dict[str, str]) -> bool:
    """Tell whether the numbers at the ends of names are those of the lessons: "anna_04".

    Parameters
    ----------
    stems : dict
        Each file's name to the notebook that it holds.
    """
    numbers = {stem: _LAST.search(stem) for stem in stems}
    found = [(int(number[1]), stems[stem]) for stem, number in numbers.items() if number]
    return bool(found) and all(number == int(name.split("-")[0]) for number, name in found)


def without_last_number(stem: str) -> str:
    """Return "anna" for "anna_04"."""
    return _LAST.sub("", stem)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """Return what finds a notebook's name however its words are joined, the number left out too."""
    number, *words = name.split("-")
    joined = r"[\s_.-]*".join(words)
    return re.compile(rf"(?<![A-Za-z0-9])(?:0?{int(number)}[\s_.-]*)?{joined}(?![A-Za-z])", re.I)


def _without_marks(piece: str) -> str:
    """Strip words that name no person from both ends of a piece of a name.

    A number goes with the word before it: "hw 4" names nobody, "learner 4" and "learner 5" are
    two people.
    """
    words = [word for word in re.split(_APART, piece) if word]
    marks = [bool(_WORK.fullmatch(word)) for word in words]
    for k, word in enumerate(words[1:], 1):
        marks[k] = marks[k] or (marks[k - 1] and bool(_NUMBER.fullmatch(word)))
    named = [word for word, mark in zip(words, marks, strict=True) if not mark]
    if all(map(_NUMBER.fullmatch, named)):
        return ""
    start = piece.index(named[0])
    end = piece.rindex(named[-1]) + len(named[-1])
    return piece[start:end]
