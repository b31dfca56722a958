"""Forms of an expression, with letters that stand for any part of it."""

import ast
import re
from functools import cache
from typing import Any

Found = dict[str, ast.AST]
# how names of the right answers are told where a learner cannot know them
SYMBOLS = {
    "sigma": "σ(a)",
    "through": "the result",
    "seen": "[r_t h_prev, x_t]",
    "of_right": "the right score",
    "of_wrong": "the wrong score",
    "wide": "open",
    "h_before": "h_prev",
    "c_before": "c_prev",
    "c_now": "c_t",
    "now": "the gates",
    "W_all": "W in the order asked for",
    "b_all": "b",
    "rows": "the joined rows",
    "W_off": "W",
    "W_y_off": "W_y",
    "counts": "what counts",
}


@cache
def parsed(text: str) -> ast.AST:
    """Return the tree of an expression."""
    return ast.parse(text, mode="eval").body


def match(form: Any, node: Any, found: Found) -> bool:
    """Tell whether a node has this form, and note in `found` what its letters stand for.

    `X` stands for any expression, the same wherever it occurs twice; `b_` for any name b or
    b_i.
    """
    if isinstance(form, ast.Name) and _is_letter(form.id):
        if not isinstance(node, ast.expr) or not _fits(form.id, node):
            return False
        seen = found.setdefault(form.id, node)
        return seen is node or ast.dump(seen) == ast.dump(node)
    if type(form) is not type(node):
        return False
    if isinstance(form, list):
        return len(form) == len(node) and all(
            match(a, b, found) for a, b in zip(form, node, strict=True)
        )
    if not isinstance(form, ast.AST):
        return form == node
    return all(match(getattr(form, f), getattr(node, f), found) for f in form._fields if f != "ctx")


def filled(text: str, found: Found) -> ast.AST:
    """Return an expression with its letters replaced by what they stand for."""
    return _filled(parsed(text), found)


def rewritten(form: str, instead: str, node: ast.AST) -> ast.AST:
    """Return a node of one form in another.

    Raises
    ------
    ValueError
        When the node has not that form.
    """
    found: Found = {}
    if not match(parsed(form), node, found):
        raise ValueError(f"{ast.unparse(node)} has not the form {form}")
    return filled(instead, found)


def _filled(form: Any, found: Found) -> Any:
    if isinstance(form, ast.Name) and form.id in found:
        return found[form.id]
    if isinstance(form, list):
        return [_filled(part, found) for part in form]
    if not isinstance(form, ast.AST):
        return form
    return type(form)(**{f: _filled(getattr(form, f), found) for f in form._fields})


def text_of(node: ast.AST) -> str:
    """Return an expression as it is told to a learner."""
    if isinstance(node, ast.Name):
        return SYMBOLS.get(node.id, node.id).removesuffix("_new")
    text = ast.unparse(node).replace("np.", "")
    return re.sub(r"[A-Za-z_]\w*", lambda m: SYMBOLS.get(m[0], m[0]).removesuffix("_new"), text)


def _is_letter(name: str) -> bool:
    return (len(name) == 1 and name.isupper()) or name.endswith("_")


def _fits(letter: str, node: ast.AST) -> bool:
    if not letter.endswith("_"):
        return not any(isinstance(part, ast.Slice) for part in ast.walk(node))
    return isinstance(node, ast.Name) and node.id.split("_")[0] == letter[:-1]
