"""Mistakes in names: one value in the place of another of its kind."""

import ast
import re
from collections.abc import Container, Iterator, Sequence
from functools import partial
from itertools import combinations

from .pattern import filled, text_of
from .tree import Edit, Right, Site, Slot

Kinds = dict[tuple[str, str], tuple]
Found = tuple[tuple[Edit, ...], str, str, int, str]
RANK = 1000  # after the rules
AROUND = 2 * RANK

# one more function around a value, or its opposite
_AROUND = (
    ("1 - X", "{place} has 1 - {X} where {X} belongs."),
    ("-X", "{X} has the wrong sign in {place}."),
    ("X**2", "{X} is squared in {place}."),
    ("2 * X", "{place} has twice {X}."),
    ("np.tanh(X)", "tanh is taken of {X} in {place}, which has {X} itself."),
    ("sigmoid(X)", "σ is taken of {X} in {place}, which has {X} itself."),
    ("(X > 0.5) * 1.0", "{X} is cut to 0 or 1 in {place}."),
    ("X.mean()", "{place} has the mean of {X}, one number."),
    ("X[0]", "{place} has the first entry of {X} for all of it."),
)
_COUNTS_AROUND = (
    ("X - 1", "{place} has {X} - 1 where {X} belongs."),
    ("X + 1", "{place} has {X} + 1 where {X} belongs."),
)
_PILED = "{} piles up: the new value is added to the one before, which is in it already."
_RESULT_AROUND = (
    ("np.tanh(X)", "tanh is taken of {place}."),
    ("sigmoid(X)", "σ is taken of {place}."),
    ("1 - X", "{place} is 1 minus the right value."),
    ("-X", "{place} has the wrong sign."),
    ("X.sum()", "{place} is added up into one number."),
    ("X.sum(axis=-1)", "{place} is added up along the rows."),
    ("X.sum(axis=0)", "{place} is added up along the first axis."),
    ("X.mean()", "{place} is a mean, one number."),
    ("X / X.sum()", "{place} is divided by its sum."),
    ("X / X.sum(axis=-1, keepdims=True)", "{place} is divided by the sum of its row."),
)


def place(statement: ast.stmt) -> str:
    """Return the name that a line makes, as it is told to a learner."""
    if isinstance(statement, ast.Return):
        return "the result"
    if isinstance(statement, ast.For):
        return "the loop"
    if isinstance(statement, ast.Expr):  # hs.append(h)
        return text_of(statement.value.func.value)
    target = getattr(statement, "target", None) or getattr(statement, "targets", [None])[0]
    if isinstance(target, ast.Tuple):
        return listed([text_of(part) for part in target.elts])
    return text_of(target) if target is not None else text_of(statement)


def value_of(site: Site) -> Site:
    """Return the place of the value in a line."""
    line = site.node
    here = (site.function, site.line, line, site.scope, site.depth + 1)
    return Site(line.value, Slot(line, "value"), *here)


def listed(words: Sequence[str]) -> str:
    """Return such as "i_t, f_t and o_t"."""
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last


def slips(right: Right, sites: Sequence[Site], kinds: Kinds) -> Iterator[Found]:
    """Yield edits, cause, look and rank of each mistake in a name."""
    starts = set(_starts(sites))
    for site in sites:
        if isinstance(site.node, ast.Name):
            yield from _another(site, kinds, starts)
            yield from _around(site, kinds)
        elif isinstance(site.node, ast.Call) and ast.unparse(site.node.func) in right.trees:
            yield from _arguments(site, kinds)
        elif isinstance(site.node, ast.Constant) and isinstance(site.node.value, float):
            yield from _number(site, right.numbers)
        elif isinstance(site.node, ast.stmt):
            if not isinstance(site.node, ast.Return):  # see `lines`
                yield from _exchanged(site, sites, kinds)
                yield from _throughout(site, sites, kinds)
            yield from _whole_value(site, kinds)
    yield from _suffixes(sites)


def _is_array(kind: tuple) -> bool:
    return any(isinstance(one, tuple) and len(one) > 1 and one[-1] == "f" for one in kind)


def _same_kind(site: Site, name: str, kinds: Kinds) -> list[str]:
    mine = kinds.get((site.function, name))
    others = [n for n in site.scope if n != name and kinds.get((site.function, n)) == mine]
    return others if mine and mine != ("list",) else []


def _starts(sites: Sequence[Site]) -> Iterator[tuple[str, str]]:
    """Yield what starts as another name, with that name: c_t and c_0 for c_t = c_0."""
    for line in (site.node for site in sites if isinstance(site.node, ast.Assign)):
        if isinstance(line.value, ast.Name) and isinstance(line.targets[0], ast.Name):
            yield line.targets[0].id, line.value.id


def _another(site: Site, kinds: Kinds, starts: Container[tuple[str, str]]) -> Iterator[Found]:
    name, where = site.node.id, place(site.statement)
    for other in _same_kind(site, name, kinds):
        mine, theirs = text_of(site.node), text_of(ast.Name(other))
        if mine == theirs:
            mine, theirs = (
                f"the new {mine}" if name.endswith("_new") else f"the old {mine}",
                (f"the new {theirs}" if other.endswith("_new") else f"the old {theirs}"),
            )
        before = f"the {mine} of the step before" if mine == where else mine
        cause = f"In {where}, {theirs} stands where {before} belongs."
        if mine == where and (name, other) in starts:
            cause = f"{mine} is not handed on: every step starts from {theirs} again, as if it "
            cause += "were the first."
        if isinstance(site.statement, ast.Return):
            cause = f"{theirs} comes back where {mine} belongs."
        yield (site.edit(ast.Name(other, ast.Load())),), cause, "", RANK, where


def _around(site: Site, kinds: Kinds) -> Iterator[Found]:
    kind = kinds.get((site.function, site.node.id), ())
    forms = _AROUND if _is_array(kind) else _COUNTS_AROUND if _is_count(kind) else ()
    where, returned = place(site.statement), isinstance(site.statement, ast.Return)
    words = {"X": text_of(site.node), "place": where}
    for form, cause in forms:
        made = text_of(filled(form, {"X": site.node}))
        told = f"{made} comes back where {words['X']} belongs." if returned else cause
        edits = (site.change(partial(_with, form)),)
        yield edits, told.format(**words), "", AROUND, words["X"] if returned else where


def _is_count(kind: tuple) -> bool:
    return any(isinstance(one, tuple) and one[-1] == "i" for one in kind)


def _number(site: Site, numbers: Sequence[float]) -> Iterator[Found]:
    for other in numbers:
        if other != site.node.value:
            where = place(site.statement)
            cause = f"{where} has {other:g} where {site.node.value:g} belongs."
            yield (site.edit(ast.Constant(other)),), cause, "", RANK, where


def _exchanged(site: Site, sites: Sequence[Site], kinds: Kinds) -> Iterator[Found]:
    """Two names of one kind in one line, each in the place of the other."""
    here = [s for s in sites if s.statement is site.node and isinstance(s.node, ast.Name)]
    present = list(dict.fromkeys(s.node.id for s in here))
    for one, other in combinations(present, 2):
        if other not in _same_kind(here[0], one, kinds):
            continue
        swap = {one: other, other: one}
        edits = tuple(
            s.edit(ast.Name(swap[s.node.id], ast.Load())) for s in here if s.node.id in swap
        )
        a, b = text_of(ast.Name(one)), text_of(ast.Name(other))
        where = place(site.node)
        yield edits, f"{a} and {b} have changed places.", _look_at(site), RANK - 1, where


def _throughout(site: Site, sites: Sequence[Site], kinds: Kinds) -> Iterator[Found]:
    """Put another name for one that stands in a line several times."""
    here = [s for s in sites if s.statement is site.node and isinstance(s.node, ast.Name)]
    where = place(site.node)
    for name in dict.fromkeys(s.node.id for s in here):
        several = [s for s in here if s.node.id == name]
        for other in _same_kind(several[0], name, kinds) if len(several) > 1 else ():
            edits = tuple(s.edit(ast.Name(other, ast.Load())) for s in several)
            a, b = text_of(ast.Name(other)), text_of(ast.Name(name))
            yield edits, f"In {where}, {a} stands where {b} belongs, each time.", "", RANK, where


def _arguments(site: Site, kinds: Kinds) -> Iterator[Found]:
    """Exchange two arguments of different kinds in the call of another answer."""
    call = site.node
    for k in range(len(call.args) - 1):
        a, b = call.args[k : k + 2]
        if isinstance(a, ast.Name) and ast.unparse(b) in _same_kind(site, a.id, kinds):
            continue  # see `_exchanged`
        order = [*call.args[:k], b, a, *call.args[k + 2 :]]
        new = ast.Call(call.func, order, call.keywords)
        told = f"{text_of(a)} and {text_of(b)} have changed places"
        cause = f"{told} in the call of {text_of(call.func)}."
        yield (site.edit(new),), cause, "", RANK - 2, place(site.statement)


def _look_at(site: Site) -> str:
    where = place(site.node)
    return "" if where == "the result" else f"Look at the line that makes {where}."


def _whole_value(site: Site, kinds: Kinds) -> Iterator[Found]:
    """Take one function more of the value of a line, or add another value to it."""
    statement = site.node
    if not isinstance(statement, ast.Assign) or not isinstance(statement.targets[0], ast.Name):
        return
    kind = kinds.get((site.function, statement.targets[0].id), ())
    if not _is_array(kind) or isinstance(statement.value, ast.Name):
        return
    where = place(statement)
    value = value_of(site)
    for form, cause in _RESULT_AROUND:
        yield (value.change(partial(_with, form)),), cause.format(place=where), "", AROUND, where
    returned = _returned(site.slot.parent)
    if statement.targets[0].id in returned:
        rounded = f"{where} is rounded to two digits."
        yield (value.change(partial(_with, "np.round(X, 2)")),), rounded, "", RANK, where
    for other in site.scope if statement.targets[0].id in returned else ():
        if kinds.get((site.function, other)) == kind:
            yield from _combined(value, other, where)


def _returned(parent: ast.AST) -> set[str]:
    """Return the names that the function gives back."""
    last = getattr(parent, "body", [None])[-1]
    return {n.id for n in ast.walk(last) if isinstance(n, ast.Name)} if last else set()


def _combined(value: Site, other: str, where: str) -> Iterator[Found]:
    name = text_of(ast.Name(other))
    for form, cause in (
        ("X + Y", f"{name} is added to {where}." if name != where else _PILED.format(name)),
        ("X * Y", f"{where} is multiplied by {name}."),
        ("Y - X", f"{where} is taken away from {name}."),
    ):
        yield (value.change(partial(_with, form, other=other)),), cause, "", AROUND, where


def _with(form: str, node: ast.AST, other: str = "") -> ast.AST:
    """Return an expression in a form, as X, with another name as Y."""
    return filled(form, {"X": node, "Y": ast.Name(other, ast.Load())})


Lines = dict[tuple[int, str], list[Site]]


def _suffixes(sites: Sequence[Site]) -> Iterator[Found]:
    """Put the weights of one gate into the line of another: W_f and b_f for W_i and b_i."""
    lines: Lines = {}
    for site in sites:
        in_a_list = isinstance(site.slot.parent, ast.List)  # see `lines`
        if (
            isinstance(site.node, ast.Name)
            and not in_a_list
            and (m := re.fullmatch(r"[Wb]_(\w)", site.node.id))
        ):
            lines.setdefault((id(site.statement), m[1]), []).append(site)
    letters = list(dict.fromkeys(letter for _, letter in lines))
    for here in lines.values():
        yield from _other_gate(here, letters)
    if len(letters) < 3:
        return
    for what in ("Wb", "W", "b"):
        for letter in letters:
            yield from _all_of(lines, what, letter)
        for one, other in combinations(letters, 2):
            yield from _traded(lines, what, one, other)


def _renamed(site: Site, letter: str) -> Edit:
    return site.edit(ast.Name(site.node.id[:2] + letter, ast.Load()))


def _other_gate(here: Sequence[Site], letters: Sequence[str]) -> Iterator[Found]:
    where = place(here[0].statement)
    own = listed([s.node.id for s in here])
    for letter in letters:
        taken = [s.node.id[:2] + letter for s in here]
        if len(here) > 1 and taken[0] != here[0].node.id and set(taken) <= set(here[0].scope):
            cause = f"In {where}, {listed(taken)} stand where {own} belong."
            yield tuple(_renamed(s, letter) for s in here), cause, "", RANK, where


def _all_of(lines: Lines, what: str, letter: str) -> Iterator[Found]:
    changed = [s for here in lines.values() for s in here if s.node.id[0] in what]
    if changed:
        told = listed([f"{name}_{letter}" for name in what])
        cause = f"Every line uses {told}. Each gate has its own."
        yield tuple(_renamed(s, letter) for s in changed), cause, "", RANK, "every gate"


def _traded(lines: Lines, what: str, one: str, other: str) -> Iterator[Found]:
    new = {one: other, other: one}
    changed = [s for here in lines.values() for s in here if s.node.id[0] in what]
    edits = tuple(_renamed(s, new[s.node.id[2:]]) for s in changed if s.node.id[2:] in new)
    told = [f"{what}_{letter}" for letter in (one, other)]
    if len(what) > 1:  # the two may as well be exchanged where they are used
        made = {letter: place(here[0].statement) for (_, letter), here in lines.items()}
        told = [made[one], made[other]]
    look = "Look at the lines that make them and at those that use them."
    if edits:
        yield edits, f"{told[0]} and {told[1]} have changed places.", look, RANK, listed(told)
