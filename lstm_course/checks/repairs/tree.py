"""A learner's function as a tree: read it, change a few nodes of a copy, run the copy."""

import ast
import linecache
from collections.abc import Callable, Iterator, Mapping
from types import FunctionType
from typing import Any, NamedTuple

Changes = Mapping[int, ast.AST | list[ast.AST]]  # by the id of the node: what stands there


class Repair(NamedTuple):
    """One change: the nodes that it replaces, the line that it is about, and why (see Changed)."""

    changes: Changes
    line: int
    cause: str
    look: str = ""
    weight: int = 1


def tree_of(function: Callable) -> ast.FunctionDef | None:
    """Return the function as it is written in its cell; None where that is not simple.

    A loop without a fixed end could run for ever when it is changed.
    """
    if not isinstance(function, FunctionType) or function.__closure__:
        return None
    code = function.__code__
    try:
        tree = ast.parse("".join(linecache.getlines(code.co_filename, function.__globals__)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.lineno == code.co_firstlineno:
            odd = any(isinstance(part, ast.While | ast.Yield) for part in ast.walk(node))
            return None if odd or node.decorator_list else node
    return None


def built(function: FunctionType, tree: ast.FunctionDef) -> Callable:
    """Return the function that a changed tree defines, among the names of the first one."""
    names: dict[str, Any] = dict(function.__globals__)
    module = ast.fix_missing_locations(ast.Module([tree], []))
    exec(compile(module, function.__code__.co_filename, "exec"), names)
    return names[tree.name]


def rebuilt(node: Any, changes: Changes) -> Any:
    """Return a copy of a tree with some of its nodes replaced, a statement by none or several."""
    if id(node) in changes:
        return changes[id(node)]
    if isinstance(node, list):
        return [new for part in node for new in _listed(rebuilt(part, changes))]
    if not isinstance(node, ast.AST):
        return node
    parts = {name: rebuilt(part, changes) for name, part in ast.iter_fields(node)}
    return ast.copy_location(type(node)(**parts), node)


def _listed(new: Any) -> list[Any]:
    return new if isinstance(new, list) else [new]


def blocks(tree: ast.AST) -> Iterator[list[ast.stmt]]:
    """Yield each list of statements that follow each other."""
    for node in ast.walk(tree):
        for name in ("body", "orelse"):
            block = getattr(node, name, None)
            if isinstance(block, list) and block:
                yield block


def loops(tree: ast.AST) -> Iterator[tuple[list[ast.stmt], int, ast.For]]:
    """Yield each loop with the block that it stands in and its place there."""
    for block in blocks(tree):
        for k, statement in enumerate(block):
            if isinstance(statement, ast.For):
                yield block, k, statement


def with_body(loop: ast.For, body: list[ast.stmt]) -> ast.For:
    """Return a loop with another body."""
    new = ast.For(loop.target, loop.iter, body or [ast.Pass()], loop.orelse)
    return ast.copy_location(new, loop)


def stored(node: ast.AST) -> list[str]:
    """Return the names that a piece of code sets, in their order."""
    names = [n.id for n in ast.walk(node) if isinstance(n, ast.Name)]
    sets = {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and _is_set(n)}
    return list(dict.fromkeys(name for name in names if name in sets))


def _is_set(node: ast.Name) -> bool:
    return isinstance(node.ctx, ast.Store)


def loaded(node: ast.AST) -> set[str]:
    """Return the names that a piece of code reads."""
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and not _is_set(n)}


def text(node: ast.AST) -> str:
    """Return code as text, in code marks."""
    return f"`{ast.unparse(node)}`"


def texts(nodes: list[ast.AST]) -> str:
    """Return such as "`len(h)` and `len(x)`"."""
    *most, last = dict.fromkeys(map(text, nodes))
    return f"{', '.join(most)} and {last}" if most else last
