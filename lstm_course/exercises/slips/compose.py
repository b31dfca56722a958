"""Every slip that a right answer allows: each rule at each place, alone and at all of them."""

import ast
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

from . import lines, names
from .names import value_of
from .pattern import Found, filled, match, parsed, rewritten, text_of
from .rules import RULES, Rule
from .tree import Edit, Right, Site

Fit = tuple[Site, Found]
LONGEST = 320  # characters of a cause; what needs more is no one mistake


@dataclass(frozen=True)
class Instead:
    """A mistake of one exercise: a line of its right answer, written otherwise.

    Attributes
    ----------
    line : str
        The name that the line makes; "return" for the last one.
    text : str
        The expression in its place.
    cause, look : str
        As in `Wrong`.
    """

    line: str
    text: str
    cause: str
    look: str = ""


@dataclass(frozen=True)
class Slip:
    """One mistake in the right answer.

    Attributes
    ----------
    right : Right
        The right answer.
    edits : tuple of Edit
        What makes it wrong.
    cause, look : str
        As in `Wrong`.
    rank : int
        Of slips that do the same, the one with the lowest rank is told.
    place : str
        The names that the changed lines make.
    """

    right: Right
    edits: tuple[Edit, ...]
    cause: str
    look: str = ""
    rank: int = 0
    place: str = ""

    @property
    def inherited(self) -> bool:
        """Whether it lies in a function that the answer calls."""
        return all(edit.function != self.right.name for edit in self.edits)

    @cached_property
    def answer(self) -> Callable:
        """The answer with the mistake in it."""
        return self.right.build(self.edits)


def slips_of(
    right: Right, inputs: Sequence[Sequence[Any]], own: Sequence[Instead] = ()
) -> tuple[Slip, ...]:
    """Return the slips of an answer; `inputs` show which names hold values of one kind."""
    sites = list(right.sites())
    kinds = right.kinds(inputs)
    found = [
        *(_instead(right, sites, one) for one in own),
        *_by_rules(sites, right),
        *(Slip(right, *one) for one in names.slips(right, sites, kinds)),
        *(Slip(right, *one) for one in lines.slips(right, sites, kinds)),
    ]
    return tuple(_once(found))


def _instead(right: Right, sites: Sequence[Site], own: Instead) -> Slip:
    """Return the slip of a line that is written otherwise."""
    fitting = [s for s in sites if isinstance(s.node, ast.stmt) and _makes(s.node, own.line)]
    if not fitting:
        raise ValueError(f"no line of {right.name} makes {own.line}")
    edit = value_of(fitting[-1]).edit(filled(own.text, {}))
    return Slip(right, (edit,), own.cause, own.look, -1, own.line)


def _makes(statement: ast.stmt, name: str) -> bool:
    if isinstance(statement, ast.Return):
        return name == "return"
    if isinstance(statement, ast.AugAssign):
        return ast.unparse(statement.target) == name
    return isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) == name


def _once(slips: Iterable[Slip]) -> Iterator[Slip]:
    """Leave out what has been there with the same words."""
    seen: set[tuple[Any, ...]] = set()
    for slip in slips:
        same = slip.cause, *(edit.slot for edit in slip.edits)
        if same not in seen and len(slip.cause) <= LONGEST and _can_be_built(slip):
            seen.add(same)
            yield slip


def _can_be_built(slip: Slip) -> bool:
    try:
        return slip.answer is not None
    except (SyntaxError, ValueError, TypeError):
        return False


def _by_rules(sites: Sequence[Site], right: Right) -> Iterator[Slip]:
    for rank, rule in enumerate(RULES):
        fits = list(_fits(rule, sites))
        for several in _groups(fits):
            yield _slip(right, rule, several, rank)


def _fits(rule: Rule, sites: Sequence[Site]) -> Iterator[Fit]:
    form = parsed(rule.form)
    for site in sites:
        found: Found = {}
        if isinstance(site.node, ast.expr) and match(form, site.node, found):
            yield site, found


def _groups(fits: Sequence[Fit]) -> Iterator[Sequence[Fit]]:
    """Yield each fit alone, those of one line, those with a part in common, and all."""
    yield from ([fit] for fit in fits)
    groups: dict[Any, list[Fit]] = {}
    for site, found in fits:
        groups.setdefault(id(site.statement), []).append((site, found))
        for letter, node in found.items():
            groups.setdefault((letter, ast.unparse(node)), []).append((site, found))
    yield from (several for several in groups.values() if 1 < len(several) < len(fits))
    if len(fits) > 1:
        yield fits


def _slip(right: Right, rule: Rule, fits: Sequence[Fit], rank: int) -> Slip:
    change = partial(rewritten, rule.form, rule.instead)
    edits = tuple(site.change(change) for site, _ in fits)
    places = list(dict.fromkeys(names.place(site.statement) for site, _ in fits))
    parts = {
        letter: list(dict.fromkeys(text_of(found[letter]) for _, found in fits))
        for letter in fits[0][1]
    }
    told = [texts for letter, texts in parts.items() if f"{{{letter}}}" in rule.cause]
    if sum(len(texts) > 1 for texts in told) > 1:  # too much for one sentence
        alone = [
            _cause(rule, {k: [text_of(v)] for k, v in found.items()}, [names.place(s.statement)])
            for s, found in fits
        ]
        cause = " ".join(dict.fromkeys(alone))
    else:
        cause = _cause(rule, parts, places)
    look = rule.look.format(place=names.listed(places))
    return Slip(right, edits, cause, look, rank + names.RANK * rule.rare, names.listed(places))


def _cause(rule: Rule, parts: dict[str, list[str]], places: list[str]) -> str:
    """Fill in the names; a verb may belong to the places or to the parts."""
    words = {letter: names.listed(texts) for letter, texts in parts.items()}
    several, many = len(places) > 1, any(len(texts) > 1 for texts in parts.values())
    words |= {"is": "are" if several else "is", "has": "have" if several else "has"}
    words |= {"are": "are" if many else "is", "have": "have" if many else "has"}
    return rule.cause.format(place=names.listed(places), **words)
