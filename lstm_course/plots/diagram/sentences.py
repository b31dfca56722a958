"""A small grammar of sentences that stop before the verb, and what a cut wire breaks in it.

A sentence is *the* and a noun, with or without one clause behind: *the cats which already ate*,
*the cats which ate the dog*, *the cats which the dog ate*.
"""

import re
from collections.abc import Sequence
from functools import cache
from itertools import product

from .backward import NOUNS
from .reader import explore
from .wires import Cut, Wire, cut_wires

_NOUN, _VERB = "|".join(NOUNS), "(already )?(ate|saw)"
_CLAUSE = re.compile(rf"{_VERB}( the ({_NOUN}))?|the ({_NOUN}) {_VERB}")


def form_of(words: Sequence[str]) -> str:
    """Say what is wrong with the form of a sentence; an empty text when nothing is.

    Parameters
    ----------
    words : sequence of str
        All words, the first *the* as well.
    """
    if list(words[:1]) != ["the"]:
        return "it must begin with the."
    if len(words) < 2 or words[1] not in NOUNS:
        return f"after the first the stands a noun: {', '.join(NOUNS)}."
    if len(words) > 2 and words[2] != "which":
        return "after the first noun it ends or goes on with which."
    if len(words) > 2 and not _CLAUSE.fullmatch(" ".join(words[3:])):
        return "after which stands one clause, such as already ate, ate the dog or the dog ate."
    return ""


@cache
def sentences() -> tuple[str, ...]:
    """Return the sentences of the grammar about cats and dogs that use *ate*, shortest first."""
    verbs, others = ("ate", "already ate"), ("dog", "dogs")
    clauses = ["", *(f" which {verb}" for verb in verbs)]
    for other, verb in product(others, verbs):
        clauses += [f" which the {other} {verb}", f" which {verb} the {other}"]
    found = (f"the {noun}{clause}" for noun, clause in product(("cat", "cats"), clauses))
    return tuple(sorted(found, key=lambda sentence: len(sentence.split())))


def right_verb_of(sentence: str) -> str:
    """Return the verb that fits the first noun: was or were."""
    return "were" if sentence.split()[1].endswith("s") else "was"


def verb_after(sentence: str, cut: Cut = None) -> str:
    """Return the verb that the hand-set cell prefers after a sentence: was, were or neither."""
    return explore(sentence, cut=cut)[-1].verb


def broken_by(cut: Cut) -> list[str]:
    """Return the sentences that the whole cell reads right and the cut one does not.

    Parameters
    ----------
    cut : pair of boxes or several
        Wires that carry 0 at every word; see `lstm_course.plots.diagram.WIRES`.

    Returns
    -------
    list of str
        Shortest first. *Neither* is not right.

    Raises
    ------
    ValueError
        When what is cut is no wire.
    """
    return list(_broken_by(cut_wires(cut)))


@cache
def _broken_by(cuts: frozenset[Wire]) -> tuple[str, ...]:
    def right(sentence: str, cut: Cut) -> bool:
        return verb_after(sentence, cut) == right_verb_of(sentence)

    return tuple(s for s in sentences() if right(s, None) and not right(s, cuts))
