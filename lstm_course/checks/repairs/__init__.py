"""Small repairs of a learner's function: the one that makes it right has found the mistake."""

import linecache
from collections.abc import Callable, Iterator
from typing import NamedTuple

from .expressions import expression_repairs, remarks
from .orders import order_repairs
from .statements import statement_repairs
from .tree import built, rebuilt, tree_of

__all__ = ["Changed", "changed"]

MOST = 120  # how many are tried


class Changed(NamedTuple):
    """A learner's function after one repair.

    Attributes
    ----------
    number, line : int, str
        The line that the repair is about.
    cause, look : str
        What is wrong with it, if the repair makes the function right.
    weight : int
        2 where the line itself has to be told, 1 where it says more than a formula, 0 where a
        formula says it as well, -1 where several lines have it.
    function : function or None
        The repaired one; None where the line is wrong whatever comes in.
    """

    number: int
    line: str
    cause: str
    look: str
    weight: int
    function: Callable | None


def changed(function: Callable) -> Iterator[Changed]:
    """Yield the function after each repair that its lines allow."""
    tree = tree_of(function)
    if tree is None:
        return
    repairs = [*remarks(tree), *statement_repairs(tree), *expression_repairs(tree)]
    repairs += order_repairs(tree)
    for repair in repairs[:MOST]:
        try:
            new = built(function, rebuilt(tree, repair.changes)) if repair.changes else None
        except (SyntaxError, ValueError, TypeError):
            continue
        line = linecache.getline(
            function.__code__.co_filename, repair.line, function.__globals__
        )  # fmt: skip
        yield Changed(repair.line, line.strip(), *repair[2:], new)
