"""How well a learner's guesses fit by now, for the start page."""

from collections.abc import Mapping
from typing import Any

from ...guesses import Guess

MANY = 3  # surprises that are named


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


def surprises(guesses: Mapping[str, Guess]) -> list[Guess]:
    """Return the guesses that were furthest off, the worst first."""
    wrong = [guess for guess in guesses.values() if not guess.close]
    return sorted(wrong, key=lambda guess: -guess.off)[:MANY]
