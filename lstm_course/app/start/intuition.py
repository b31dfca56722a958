"""How well a learner's guesses fit by now, for the start page."""

from collections.abc import Mapping
from typing import Any

from ...guesses import Guess
from ...plots.diagram.reader import SENTENCE, VERBS, before_verb, explore

MANY = 3  # surprises that are named
# lesson 00 asks the same, for those who did not come from the page
FIRST = "was-or-were"
QUESTION = "the cats which already ate …: which verb does the cell expect?"


def intuition(guesses: Mapping[str, Guess], lessons: Mapping[str, str]) -> dict[str, Any] | None:
    """Return count, share and the largest surprises, ready for JSON; None without a guess.

    Parameters
    ----------
    guesses : dict
        Name of a prediction to the guess.
    lessons : dict
        Name of each prediction in the course to its lesson.
    """
    if not guesses:
        return None
    return {
        "guessed": len(guesses),
        "asked": max(len(lessons), len(guesses)),
        "close": sum(guess.close for guess in guesses.values()),
        "surprises": [
            {
                "question": guess.question,
                "said": guess.said,
                "was": guess.was,
                "lesson": lessons.get(guess.name, ""),
            }
            for guess in surprises(guesses)
        ],
    }


def first_guess(verb: Any) -> Guess:
    """Return what was guessed on the start page as a guess of lesson 00.

    Raises
    ------
    ValueError
        When it is no verb of the question.
    """
    if verb not in VERBS:
        raise ValueError(f"verb is {verb!r}; expected {' or '.join(VERBS)}")
    right = before_verb(explore(SENTENCE))[-1].verb
    return Guess(FIRST, QUESTION, verb, right, float(verb != right), verb)


def surprises(guesses: Mapping[str, Guess]) -> list[Guess]:
    """Return the guesses that were furthest off, the worst first."""
    wrong = [guess for guess in guesses.values() if not guess.close]
    return sorted(wrong, key=lambda guess: -guess.off)[:MANY]
