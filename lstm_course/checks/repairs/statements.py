"""Repairs of whole lines: values that nothing keeps, loops that do too much or too little."""

import ast
from collections.abc import Iterator

from .tree import Repair, blocks, loaded, loops, stored, text, with_body

_IN_PLACE = {"append", "extend", "insert", "sort", "fill", "pop", "put", "clear", "update"}


def statement_repairs(tree: ast.FunctionDef) -> Iterator[Repair]:
    """Yield the repairs that keep, move or renew a line."""
    for way in (_dropped, _appended_after, _set_inside, _set_before, _returned_inside):
        yield from way(tree)
    for way in (_from_the_start, _never_renewed, _begun_with):
        yield from way(tree)


def _load(name: str) -> ast.expr:
    return ast.Name(name, ast.Load())


def _assigned(name: str, value: ast.expr, like: ast.stmt) -> ast.stmt:
    return ast.copy_location(ast.Assign([ast.Name(name, ast.Store())], value), like)


# ------------------------------------------------ a value that nothing keeps


def _dropped(tree: ast.FunctionDef) -> Iterator[Repair]:
    for block in blocks(tree):
        for k, statement in enumerate(block):
            if isinstance(statement, ast.Expr) and _is_computed(statement.value):
                yield from _continued(block, k, statement)
                yield from _kept(statement)


def _is_computed(value: ast.expr) -> bool:
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute):
        return value.func.attr not in _IN_PLACE
    return isinstance(value, ast.BinOp | ast.UnaryOp | ast.Compare)


def _continued(block: list[ast.stmt], k: int, statement: ast.Expr) -> Iterator[Repair]:
    """Join a line that begins with + or - to the one before."""
    first: ast.expr = statement.value
    while isinstance(first, ast.BinOp):
        first = first.left
    before = block[k - 1] if k else None
    if not isinstance(first, ast.UnaryOp) or not isinstance(before, ast.Assign | ast.Return):
        return
    if before.value is None:
        return
    whole = ast.BinOp(before.value, ast.Add(), statement.value)
    sign, rest = (said := ast.unparse(statement.value))[0], said[1:]
    cause = (
        f"`{sign} {rest}` is a line of its own: Python ends the sum with the line before, "
        "and this part is computed and dropped."
    )
    look = "Brackets around the whole sum hold the lines together."
    yield Repair({id(before.value): whole, id(statement): []}, statement.lineno, cause, look, 2)


def _kept(statement: ast.Expr) -> Iterator[Repair]:
    value = statement.value
    cause = f"{text(value)} is computed here and dropped: no name keeps the new value."
    if isinstance(value, ast.Compare):
        if isinstance(value.left, ast.Name) and isinstance(value.ops[0], ast.Eq):
            new = _assigned(value.left.id, value.comparators[0], statement)
            cause = f"{text(value)} compares: two = ask whether both are equal, one = assigns."
            yield Repair({id(statement): new}, statement.lineno, cause, weight=2)
        return
    for name in sorted(loaded(value) - {"np"}):
        new = _assigned(name, value, statement)
        yield Repair({id(statement): new}, statement.lineno, cause, "Which name should hold it?", 2)


# ------------------------------------------------ a line on the wrong side of a loop's edge


def _appended_after(tree: ast.FunctionDef) -> Iterator[Repair]:
    for block, k, loop in loops(tree):
        for statement in block[k + 1 : k + 2]:
            if isinstance(statement, ast.Expr) and _is_append(statement.value):
                inside = with_body(loop, [*loop.body, statement])
                cause = (
                    f"{text(statement.value)} stands after the loop, so that only the last step is "
                    "kept. It belongs into the loop."
                )
                look = "Indent the line as far as those of the loop."
                changes = {id(loop): inside, id(statement): []}
                yield Repair(changes, statement.lineno, cause, look)


def _is_append(value: ast.expr) -> bool:
    named = isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute)
    return named and value.func.attr in ("append", "insert")


def _set_inside(tree: ast.FunctionDef) -> Iterator[Repair]:
    """Set a starting value before the loop, not at every step."""
    for _, _, loop in loops(tree):
        for statement in loop.body:
            if not isinstance(statement, ast.Assign) or not stored(statement):
                continue
            rest = [other for other in loop.body if other is not statement]
            (name, *_) = stored(statement)
            cause = f"{name} is set back to its start at every step. Only the first starts there."
            if isinstance(statement.value, ast.List):
                cause = f"{name} is made anew at every step, so that only the last step is in it."
            look = "This line belongs before the loop."
            outside = [statement, with_body(loop, rest)]
            yield Repair({id(loop): outside}, statement.lineno, cause, look)


def _set_before(tree: ast.FunctionDef) -> Iterator[Repair]:
    """Compute what depends on a value that the loop changes inside of it."""
    for block, k, loop in loops(tree):
        renewed = {name for statement in loop.body for name in stored(statement)}
        stale: list[ast.Assign] = []
        for statement in block[:k]:
            if isinstance(statement, ast.Assign) and not set(stored(statement)) & renewed:
                if loaded(statement.value) & (renewed | {n for s in stale for n in stored(s)}):
                    stale.append(statement)
        for first in reversed(range(len(stale))):
            yield _renewed(loop, stale[first:])


def _renewed(loop: ast.For, stale: list[ast.Assign]) -> Repair:
    names = " and ".join(name for statement in stale for name in stored(statement))
    verbs = "are computed once, before the loop, and have" if " and " in names else (
        "is computed once, before the loop, and has"
    )  # fmt: skip
    cause = f"{names} {verbs} the same value at every step. Every step needs a new one."
    changes: dict[int, ast.AST | list[ast.AST]] = {id(s): [] for s in stale}
    changes[id(loop)] = with_body(loop, [*stale, *loop.body])
    return Repair(changes, stale[0].lineno, cause, "Which values change from step to step?")


def _returned_inside(tree: ast.FunctionDef) -> Iterator[Repair]:
    for _, _, loop in loops(tree):
        last = loop.body[-1]
        if isinstance(last, ast.Return):
            outside = [with_body(loop, loop.body[:-1]), last]
            cause = (
                f"{text(last)} stands inside the loop: it ends the function in the loop's first "
                "step."
            )
            look = "Indent it as far as the line with `for`."
            yield Repair({id(loop): outside}, last.lineno, cause, look)


# ------------------------------------------------ what is carried from step to step


def _from_the_start(tree: ast.FunctionDef) -> Iterator[Repair]:
    """Read c inside of the loop where it reads c_0, after `c = c_0` before it."""
    for block, k, loop in loops(tree):
        for statement in block[:k]:
            if not isinstance(statement, ast.Assign) or not isinstance(statement.value, ast.Name):
                continue
            start, names = statement.value.id, stored(statement)
            uses = [
                n
                for part in loop.body
                for n in ast.walk(part)
                if isinstance(n, ast.Name) and n.id == start and isinstance(n.ctx, ast.Load)
            ]
            if len(names) == 1 and uses:
                cause = (
                    f"Every step starts from {start} again. A step goes on from {names[0]}, which "
                    "the step before has left."
                )
                changes = {id(use): _load(names[0]) for use in uses}
                yield Repair(changes, uses[0].lineno, cause)


def _never_renewed(tree: ast.FunctionDef) -> Iterator[Repair]:
    """Hand on a name that the loop sets to one that it reads and never sets."""
    for block, k, loop in loops(tree):
        before = [name for statement in block[:k] for name in stored(statement)]
        inside = [name for statement in loop.body for name in stored(statement)]
        reads = {name for statement in loop.body for name in loaded(statement)}
        for old in dict.fromkeys(name for name in before if name in reads - set(inside)):
            for new in dict.fromkeys(name for name in inside if name not in reads):
                last = next(s for s in reversed(loop.body) if new in stored(s))
                body = [*loop.body, _assigned(old, _load(new), last)]
                cause = (
                    f"{old} is the same at every step: what this step leaves is called {new}, and "
                    f"the next step reads {old} again."
                )
                yield Repair({id(loop): with_body(loop, body)}, last.lineno, cause)


def _begun_with(tree: ast.FunctionDef) -> Iterator[Repair]:
    """Begin a list that is appended to empty."""
    filled = {
        n.func.value.id
        for n in ast.walk(tree)
        if isinstance(n, ast.Call) and _is_append(n) and isinstance(n.func.value, ast.Name)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.List) and node.value.elts:
            if set(stored(node)) & filled:
                cause = f"{stored(node)[0]} begins with {text(node.value)}. It begins empty, as []."
                yield Repair({id(node.value): ast.List([], ast.Load())}, node.lineno, cause)
