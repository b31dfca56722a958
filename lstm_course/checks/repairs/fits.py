"""Expressions in the place of others: found, exchanged alone and all together."""

import ast
from collections.abc import Callable, Iterator, Sequence

from .tree import Repair

Fit = tuple[ast.expr, ast.expr]  # what stands there, and what stands there in its place


def parsed(code: str) -> ast.expr:
    """Return an expression as a tree."""
    return ast.parse(code, mode="eval").body


def calls_of(tree: ast.AST, *names: str) -> list[ast.Call]:
    """Return the calls of some of NumPy's functions, or methods, by their last name."""
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        and node.func.attr in names
    ]  # fmt: skip


def is_numpy(call: ast.Call) -> bool:
    """Tell whether a call is one of NumPy's own functions, not a method."""
    return ast.unparse(call.func.value) in ("np", "numpy")


def together(fits: Sequence[Fit], told: Callable[[list[ast.expr]], str]) -> Iterator[Repair]:
    """Change each alone, then all of them: then the line is only the first."""
    fits = sorted(fits, key=lambda fit: (fit[0].lineno, fit[0].col_offset))
    for some in [*([fit] for fit in fits), *([fits] if len(fits) > 1 else [])]:
        old = [before for before, _ in some]
        line, alike = old[0].lineno, len({node.lineno for node in old}) < 2
        yield Repair({id(a): b for a, b in some}, line, told(old), weight=1 if alike else -1)
