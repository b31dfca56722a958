"""Mistakes in whole lines: loops, starting values, sums that are collected, results."""

import ast
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import combinations

from .names import RANK, Found, Kinds, listed, place, value_of
from .pattern import filled, text_of
from .tree import Edit, Right, Site, Slot


def slips(right: Right, sites: Sequence[Site], kinds: Kinds) -> Iterator[Found]:
    """Yield edits, cause, look and rank of each mistake in a line."""
    statements = [site for site in sites if isinstance(site.node, ast.stmt)]
    for site in statements:
        if isinstance(site.node, ast.For):
            yield from _loop(site)
        elif isinstance(site.node, ast.AugAssign):
            yield from _collected(site)
        elif isinstance(site.node, ast.Return):
            yield from _results(site)
        elif isinstance(site.node, ast.Assign):
            yield from _start(site, statements)
    yield from _one_place(sites, kinds)
    yield from _blocks(sites)
    yield from _twice(statements)
    yield from _first_row(statements)


def _edit(site: Site, new: ast.AST) -> tuple[Edit, ...]:
    return (site.edit(new),)


def _loop(site: Site) -> Iterator[Found]:
    loop = site.node
    here = (site.function, site.line, loop, site.scope, site.depth + 1)
    iterated = Site(loop.iter, Slot(loop, "iter"), *here)
    for instead, cause, look in _OTHER_LOOPS:
        form, change = instead
        for node in ast.walk(loop.iter):
            if form(node):
                new = change(loop.iter, node)
                yield _edit(iterated, new), cause, look, RANK, "the loop"
                break
    yield from _left_early(site)
    yield from _order(site)
    yield from _carried(site)


def _is_range(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and getattr(node.func, "id", "") == "range"


def _is_reversed(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and getattr(node.func, "id", "") == "reversed"


def _any(node: ast.AST) -> bool:
    return not _is_range(node)


def _plus(by: int):  # noqa: ANN202
    def change(whole: ast.AST, node: ast.Call) -> ast.AST:
        new = ast.Call(node.func, [ast.BinOp(node.args[0], ast.Add(), ast.Constant(by))], [])
        return _inside(whole, node, new)

    return change


def _without_first(whole: ast.AST, node: ast.Call) -> ast.AST:
    return _inside(whole, node, ast.Call(node.func, [ast.Constant(1), *node.args], []))


def _inside(whole: ast.AST, old: ast.AST, new: ast.AST) -> ast.AST:
    if whole is old:
        return new
    arguments = [_inside(part, old, new) for part in whole.args]
    return ast.Call(whole.func, arguments, [])


def _backwards(whole: ast.AST, node: ast.AST) -> ast.AST:
    return filled("list(X)[::-1]", {"X": whole})


def _forwards(whole: ast.AST, node: ast.Call) -> ast.AST:
    return node.args[0]


def _listed_less(whole: ast.AST, node: ast.AST) -> ast.AST:
    return filled("list(X)[:-1]", {"X": whole})


def _listed_later(whole: ast.AST, node: ast.AST) -> ast.AST:
    return filled("list(X)[1:]", {"X": whole})


_OTHER_LOOPS = (
    ((_is_range, _plus(-1)), "One step is missing: the loop takes one step too few.", ""),
    ((_is_range, _plus(1)), "The loop takes one step too many.", ""),
    (
        (_is_range, _without_first),
        "The first step, number 0, is left out: the loop starts or ends at step 1.",
        "",
    ),
    ((_is_reversed, _forwards), "The loop runs forward. The way back starts at the last step.", ""),
    ((_any, _backwards), "The sequence is gone through from its end.", ""),
    ((_any, _listed_less), "The last step is left out of the loop.", ""),
    ((_any, _listed_later), "The first step is left out of the loop.", ""),
)


def _left_early(site: Site) -> Iterator[Found]:
    """Leave the loop after one step, as a return inside it does."""
    loop = site.node
    once = ast.For(loop.target, loop.iter, [*loop.body, ast.Break()], [])
    cause = "Only one step of the loop is taken. Does the return stand inside the loop?"
    yield _edit(site, once), cause, "", RANK, "the loop"


def _at(new: ast.AST, old: ast.AST) -> ast.AST:
    return ast.fix_missing_locations(ast.copy_location(new, old))


def _order(site: Site) -> Iterator[Found]:
    """Two lines of a loop in the other order."""
    body = site.node.body
    for k in range(len(body) - 1):
        new = [*body[:k], body[k + 1], body[k], *body[k + 2 :]]
        changed = ast.For(site.node.target, site.node.iter, new, [])
        a, b = place(body[k]), place(body[k + 1])
        cause = f"Two lines of the loop stand in the wrong order: first {a}, then {b}."
        yield _edit(site, changed), cause, "", RANK, "the loop"


def _carried(site: Site) -> Iterator[Found]:
    """Set what is carried from step to step back at each step, or pile it up."""
    loop, before = site.node, _before(site)
    for statement in loop.body:
        if not isinstance(statement, ast.Assign):
            continue
        for name in _names(statement.targets[0]):
            if name not in before:
                continue
            start = before[name]
            reset = _set_to(name, start)
            changed = ast.For(loop.target, loop.iter, [reset, *loop.body], [])
            cause = (
                f"{name} is set back to its start at every step. Only the first step starts there."
            )
            yield _edit(site, changed), cause, "", RANK - 1, name
            zero = _set_to(name, filled("0 * X", {"X": ast.Name(name, ast.Load())}))
            changed = ast.For(loop.target, loop.iter, [zero, *loop.body], [])
            cause = f"{name} counts as 0 at every step. It is carried on from step to step."
            yield _edit(site, changed), cause, "", RANK, name
            kept = _set_to(f"_{name}", ast.Name(name, ast.Load()))
            more = _set_to(name, filled("X + Y", {"X": _load(name), "Y": _load(f"_{name}")}))
            changed = ast.For(loop.target, loop.iter, [kept, *loop.body, more], [])
            cause = (
                f"{name} piles up over the steps. The new {name} replaces the one before, which is "
                "in it already."
            )
            yield _edit(site, changed), cause, "", RANK, name


def _load(name: str) -> ast.AST:
    return ast.Name(name, ast.Load())


def _set_to(name: str, value: ast.AST) -> ast.stmt:
    return ast.Assign([ast.Name(name, ast.Store())], value)


def _names(target: ast.AST) -> list[str]:
    parts = target.elts if isinstance(target, ast.Tuple) else [target]
    return [part.id for part in parts if isinstance(part, ast.Name)]


def _before(site: Site) -> dict[str, ast.AST]:
    """Return what each name is set to before the loop."""
    found: dict[str, ast.AST] = {}
    for statement in getattr(site.slot.parent, site.slot.field)[: site.slot.index]:
        if isinstance(statement, ast.Assign):
            for name in _names(statement.targets[0]):
                found[name] = statement.value
    return found


def _collected(site: Site) -> Iterator[Found]:
    """`=` for `+=`, or `-=`."""
    node, name = site.node, text_of(site.node.target)
    store, load = node.target, _load(name)
    last = ast.Assign([store], node.value)
    cause = f"{name} is overwritten at each step. The steps are added up: += and not =."
    yield _edit(site, last), cause, "", RANK, name
    less = ast.Assign([store], filled("X - Y", {"X": load, "Y": node.value}))
    cause = f"{name} is subtracted at each step. The steps are added."
    yield _edit(site, less), cause, "", RANK, name


def _start(site: Site, statements: Sequence[Site]) -> Iterator[Found]:
    """Put zeros in the place of a starting value that is given."""
    value, targets = site.node.value, _names(site.node.targets[0])
    carried = any(
        isinstance(s.node, ast.For) and s.slot.parent is site.slot.parent for s in statements
    )
    if carried and isinstance(value, ast.Name) and targets:
        zero = ast.Assign(site.node.targets, filled("0 * X", {"X": value}))
        told = text_of(value)
        cause = f"The loop starts from 0. It starts from {told}."
        yield _edit(site, zero), cause, "", RANK, targets[0]


def _results(site: Site) -> Iterator[Found]:
    """Two results in the place of each other."""
    value = site.node.value
    if not isinstance(value, ast.Tuple):
        return
    for j, k in combinations(range(len(value.elts)), 2):
        order = list(value.elts)
        order[j], order[k] = order[k], order[j]
        a, b = text_of(value.elts[j]), text_of(value.elts[k])
        told = listed([text_of(part) for part in value.elts])
        cause = f"{a} and {b} have changed places. The order is {told}."
        yield _edit(site, ast.Return(ast.Tuple(order, ast.Load()))), cause, "", RANK - 2, "return"


def _one_place(sites: Sequence[Site], kinds: Kinds) -> Iterator[Found]:
    """Spoil a joined vector in one line alone."""
    joins = [s for s in sites if isinstance(s.node, ast.Assign) and _is_join(s.node.value)]
    for made in joins:
        name, (h, x) = made.node.targets[0].id, made.node.value.args
        uses = [
            s
            for s in sites
            if isinstance(s.node, ast.Name) and s.node.id == name and s.function == made.function
        ]
        if len(uses) < 2:
            continue  # the rules have it
        for use in uses:
            where = place(use.statement)
            new = filled("join(X, H)", {"X": x, "H": h})
            cause = f"In {where} alone, {text_of(x)} comes before {text_of(h)}."
            yield _edit(use, new), cause, "", RANK, where
            if not isinstance(h, ast.Name):
                continue
            kind = kinds.get((use.function, h.id))
            for other in use.scope:
                if other != h.id and kinds.get((use.function, other)) == kind:
                    new = filled("join(Y, X)", {"Y": _load(other), "X": x})
                    cause = f"In {where} alone, {other} is joined with {text_of(x)}: {h.id} belongs"
                    yield _edit(use, new), f"{cause} there.", "", RANK, where


def _is_join(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and getattr(node.func, "id", "") == "join"


def _blocks(sites: Sequence[Site]) -> Iterator[Found]:
    """Take two of the arrays that stand side by side for each other, here or everywhere."""
    joined = [s for s in sites if isinstance(s.node, ast.List) and _names_arrays(s)]
    parted = [s for s in sites if isinstance(s.node, ast.Tuple) and _is_parted(s)]
    for alike in (joined, parted):
        for chosen in [[s] for s in alike] + [alike] * (len(alike) > 1):
            for j, k in combinations(range(min(len(s.node.elts) for s in chosen)), 2):
                edits = tuple(s.change(partial(_exchanged, j, k)) for s in chosen)
                where = listed([place(s.statement) for s in chosen])
                told = [text_of(part) for part in chosen[0].node.elts]
                look = f"The order is {listed(told)}." if len(chosen) == 1 else ""
                cause = f"Blocks {j + 1} and {k + 1} have changed places in {where}."
                if alike is parted:
                    cause = f"Block {j + 1} is taken for block {k + 1}, and {k + 1} for {j + 1}."
                yield edits, cause, look, RANK, where


def _names_arrays(site: Site) -> bool:
    parts = site.node.elts
    named = all(isinstance(part, ast.Name | ast.Attribute) for part in parts)
    return named and len(parts) > 1 and isinstance(site.statement, ast.Assign)


def _is_parted(site: Site) -> bool:
    is_target = isinstance(site.node.ctx, ast.Store)
    return is_target and "split" in ast.unparse(site.statement.value)


def _exchanged(j: int, k: int, node: ast.List | ast.Tuple) -> ast.AST:
    order = list(node.elts)
    order[j], order[k] = order[k], order[j]
    return type(node)(order, node.ctx)


def _twice(statements: Sequence[Site]) -> Iterator[Found]:
    """All that is collected in a loop is overwritten, or one thing is left undone."""
    added = [s for s in statements if isinstance(s.node, ast.AugAssign)]
    if len(added) > 1:
        edits = tuple(s.edit(ast.Assign([s.node.target], s.node.value)) for s in added)
        told = listed([text_of(s.node.target) for s in added])
        cause = f"{told} are overwritten at each step. The steps are added up: += and not =."
        yield edits, cause, "", RANK, told
    for site in statements:
        if isinstance(site.node, ast.Assign) and isinstance(site.node.targets[0], ast.Subscript):
            told = text_of(site.node.targets[0])
            yield _edit(site, ast.Pass()), f"{told} is left as it is.", "", RANK, told


def _first_row(statements: Sequence[Site]) -> Iterator[Found]:
    """Put the start itself into the first row, and leave out the first step."""
    made: dict[str, Site] = {}
    for site in statements:
        if isinstance(site.node, ast.Assign) and isinstance(site.node.targets[0], ast.Name):
            made.setdefault(site.node.targets[0].id, site)
    for loop in (s for s in statements if isinstance(s.node, ast.For)):
        for line in loop.node.body:
            if not isinstance(line, ast.Expr) or not isinstance(line.value.args[0], ast.Name):
                continue
            rows, state = place(line), line.value.args[0].id
            start = made[state].node.value if state in made else None
            if rows not in made or not isinstance(start, ast.Name):
                continue
            later = filled("list(X)[1:]", {"X": loop.node.iter})
            begun = ast.List([start], ast.Load())
            edits = (
                *_edit(value_of(made[rows]), begun),
                *_edit(loop, ast.For(loop.node.target, later, loop.node.body, loop.node.orelse)),
            )
            told = text_of(start)
            cause = f"The first row is {told} itself, and the first step is left out."
            yield edits, cause, "", RANK - 1, "the loop"
