"""Two values that stand in the place of each other."""

import ast
from collections.abc import Iterator
from itertools import combinations

from .tree import Repair, text

_BLOCKS = ("ifoc", "ifog")


def order_repairs(tree: ast.FunctionDef) -> Iterator[Repair]:
    """Exchange two of the values that stand side by side; first where the order is unusual."""
    rows = [row for row in map(_row, ast.walk(tree)) if row is not None]
    for row in sorted(rows, key=_how_usual):
        like = [other for other in rows if len(other.elts) == len(row.elts)]
        like = [o for o in like if type(o.ctx) is type(row.ctx) and _letters(o) == _letters(row)]
        for j, k in combinations(range(len(row.elts)), 2):
            for chosen in (like, [row]) if len(like) > 1 else ([row],):
                changes = {id(one): _exchanged(one, j, k) for one in chosen}
                cause = f"{text(row.elts[j])} and {text(row.elts[k])} have changed places."
                yield Repair(changes, row.lineno, cause, "Which order is asked for?", 0)


def _how_usual(row: ast.Tuple | ast.List) -> tuple[int, bool]:
    """Put blocks in an unusual order first, and what has no known order between."""
    letters, is_set = _letters(row), isinstance(row.ctx, ast.Store)
    if "?" in letters:
        return 1, not is_set
    return (2, is_set) if letters in _ends(len(row.elts)) else (0, is_set)


def _row(node: ast.AST) -> ast.Tuple | ast.List | None:
    """Return the values or names that stand side by side here."""
    if isinstance(node, ast.Tuple | ast.List) and 1 < len(node.elts) < 8:
        return node
    return None


def _letters(row: ast.Tuple | ast.List) -> str:
    """Return the letters of the blocks in the names of a row, such as "ifo"."""
    names = [ast.unparse(part).lower().replace("_t", "").replace("_", "") for part in row.elts]
    return "".join((set(name) & set("ifocg") and name[-1]) or "?" for name in names)


def _ends(count: int) -> set[str]:
    return {blocks[:count] for blocks in _BLOCKS}


def _exchanged(row: ast.Tuple | ast.List, j: int, k: int) -> ast.AST:
    order = list(row.elts)
    order[j], order[k] = order[k], order[j]
    return ast.copy_location(type(row)(order, row.ctx), row)
