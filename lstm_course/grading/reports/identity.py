"""Who a learner is in Moodle and Canvas, as the names of the files they export tell."""

import re
from collections import Counter
from dataclasses import dataclass

from ..batch import Grades

# Anna Schmidt_1234567_assignsubmission_file_04-forget-gate.ipynb, as a file or as a folder
MOODLE = re.compile(r"^([^_]+)_(\d+)_assignsubmission_")
# schmidtanna_LATE_12345_678901_04-forget-gate.ipynb
CANVAS = re.compile(r"^([^_]+)(?:_LATE)?_(\d+)_(\d+)(?=_|$)")


@dataclass(frozen=True)
class Identity:
    """A learner as another system knows them.

    Attributes
    ----------
    name : str
        The name, as far as it is known.
    number : str
        The system's own number; empty when no file name tells it.
    """

    name: str
    number: str = ""


def identities(grades: Grades, form: re.Pattern[str]) -> dict[str, Identity]:
    """Return who each learner is.

    Parameters
    ----------
    grades : Grades
        Results of a class.
    form : re.Pattern
        `MOODLE` or `CANVAS`: how the system writes name and number before a file's name.
    """
    found = {learner: _identity(grades, learner, form) for learner in grades.learners}
    times = Counter(who.number for who in found.values())
    return {  # a number that two learners would share is nobody's
        learner: who if times[who.number] == 1 else Identity(learner)
        for learner, who in found.items()
    }


def _identity(grades: Grades, learner: str, form: re.Pattern[str]) -> Identity:
    paths = [result.path for result in grades.of(learner) if result.path]
    places = [learner, *(name for path in paths for name in (path.name, path.parent.name))]
    found = next(filter(None, map(form.search, places)), None)
    return Identity(found[1], found[2]) if found else Identity(learner)
