"""How well a learner's guesses fit by now, in words for the start page."""

import re
from collections.abc import Mapping

from ..guesses import Guess

MANY = 3  # surprises that are named
FORGET = "Nothing of it counts for points. `lstm-course reset guesses` forgets all of them."


def intuition(guesses: Mapping[str, Guess], links: Mapping[str, str]) -> str:
    """Return count, share and the largest surprises as Markdown; nothing without a guess.

    Parameters
    ----------
    guesses : dict
        Name of a prediction to the guess.
    links : dict
        Name of each prediction in the course to a link to its lesson.
    """
    if not guesses:
        return ""
    close = sum(guess.close for guess in guesses.values())
    times = "once" if len(guesses) == 1 else f"{len(guesses)} times"
    asked = f" of {len(links)} possible" if len(guesses) <= len(links) else ""
    parts = [
        "## Your intuition",
        f"You guessed {times}{asked}, and were close in {100 * close / len(guesses):.0f} % of it.",
    ]
    rows = [_row(guess, links.get(guess.name, "")) for guess in surprises(guesses)]
    if rows:
        parts += ["What surprised you most:", "\n".join(rows)]
    return "\n\n".join([*parts, FORGET])


def surprises(guesses: Mapping[str, Guess]) -> list[Guess]:
    """Return the guesses that were furthest off, the worst first."""
    wrong = [guess for guess in guesses.values() if not guess.close]
    return sorted(wrong, key=lambda guess: -guess.off)[:MANY]


def _row(guess: Guess, link: str) -> str:
    end = f" ({link})" if link else ""
    said, was = _plain(guess.said), _plain(guess.was)
    return f"- *{_plain(guess.question)}* You said {said}; the answer was {was}.{end}"


def _plain(text: str) -> str:
    """Return a text that Markdown shows as it is, in one line."""
    return re.sub(r"([\\`*_\[\]<>|$])", r"\\\1", " ".join(text.split()))
