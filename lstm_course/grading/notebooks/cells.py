"""A cell of a learner's notebook, and what its text tells without running it."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

_CALLS = ("check", "hint")


@dataclass(frozen=True)
class Cell:
    """A code cell of a learner's notebook.

    Attributes
    ----------
    number : int
        Its place among all cells, from 1.
    source : str
        Its code.
    exercise : str
        The id in its metadata when it is an answer cell; otherwise empty.
    conflict : bool
        Whether merge-conflict markers stood in it.
    kind : str
        The cell's type in the file.
    """

    number: int
    source: str
    exercise: str = ""
    conflict: bool = False
    kind: str = "code"

    @property
    def only_checks(self) -> bool:
        """Whether it holds nothing but calls of check and hint."""
        return only_checks(self.source)

    @property
    def defines(self) -> frozenset[str]:
        """Names that it defines, as far as its text tells."""
        return sets_names(self.source)


def parsed(source: str) -> list[ast.stmt]:
    """Return the statements of a cell; none when it is not plain Python."""
    lines = (
        "" if line.lstrip().startswith(("%", "!", "?")) else line for line in source.split("\n")
    )
    try:
        return ast.parse("\n".join(lines)).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []


def _is_check(statement: ast.stmt) -> bool:
    call = statement.value if isinstance(statement, ast.Expr) else None
    return isinstance(call, ast.Call) and getattr(call.func, "id", "") in _CALLS


def only_checks(source: str) -> bool:
    """Tell whether a cell holds nothing but calls of check and hint."""
    body = parsed(source)
    return bool(body) and all(map(_is_check, body))


def sets_names(source: str) -> frozenset[str]:
    """Return the names that a cell sets, as far as its text tells."""
    body = parsed(source)
    if not body:
        return frozenset(re.findall(r"^(?:def\s+)?(\w+)\s*(?:=(?!=)|\()", source, re.MULTILINE))
    return frozenset(name for statement in body for name in _names_set_by(statement))


def _names_set_by(node: ast.AST) -> Iterator[str]:
    """Yield the names that a statement sets in the notebook, not those inside functions."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        yield node.id
    elif isinstance(node, ast.alias):
        yield (node.asname or node.name).split(".")[0]
    elif not isinstance(node, ast.Lambda | ast.ListComp | ast.SetComp | ast.DictComp):
        for child in ast.iter_child_nodes(node):
            yield from _names_set_by(child)
