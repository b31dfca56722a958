"""From the solved notebook to the template that a learner fills in."""

import ast
import hashlib
import json
import re
import textwrap
from copy import deepcopy
from typing import Any

from ...exercises import find

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
TODO = "# YOUR CODE HERE"
_SPAN = re.compile(rf"^([ \t]*){BEGIN}[ \t]*\n(.*?)^[ \t]*{END}[ \t]*(?:\n|\Z)", re.M | re.S)


def unsolved(source: str, asks_for: tuple[str, ...] = ()) -> str:
    """Replace every solution in a cell by a line to fill in.

    Parameters
    ----------
    source : str
        An answer cell. Solutions stand between `### BEGIN SOLUTION` and `### END SOLUTION`.
    asks_for : tuple of str
        Names that the exercise asks for. Of the names that a solution assigns, only these
        are handed out as `name = ...`; all of them when there is no such name.

    Returns
    -------
    str
        Inside a function: a stub that raises NotImplementedError when it is called.
        At the left margin: `name = ...` for each name.

    Raises
    ------
    ValueError
        When markers are missing or do not pair up, or when a solution at the left margin
        assigns no name or defines a function.
    """
    lines = [line.strip() for line in source.splitlines()]
    markers = [line for line in lines if line in (BEGIN, END)]
    if not markers:
        raise ValueError(f"an answer cell needs {BEGIN} and {END} around the answer; found neither")
    if markers != [BEGIN, END] * (len(markers) // 2):
        raise ValueError(f"{BEGIN} and {END} do not pair up: found {', '.join(markers)}")
    return _SPAN.sub(lambda span: _stub(span[1], span[2], asks_for), source).rstrip("\n")


def _stub(indent: str, solution: str, asks_for: tuple[str, ...]) -> str:
    if indent:
        return f"{indent}{TODO}\n{indent}raise NotImplementedError\n"
    names = assigned_names(solution)
    wanted = [name for name in names if name in asks_for] or names
    if not wanted:
        raise ValueError("a solution at the left margin must assign a name; found none")
    return "\n".join([TODO, *(f"{name} = ..." for name in wanted)]) + "\n"


def assigned_names(code: str) -> list[str]:
    """Return the names that `code` assigns at its top level, in order, each once.

    Raises
    ------
    ValueError
        When `code` defines a function or class, or is not Python.
    """
    try:
        statements = ast.parse(textwrap.dedent(code)).body
    except SyntaxError as error:
        raise ValueError(f"the solution is not Python: {error.msg}") from None
    names: list[str] = []
    for statement in statements:
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            raise ValueError(
                f"the solution defines {statement.name} as a whole; put the markers inside it, "
                "so that the learner gets its first line and docstring"
            )
        for target in getattr(statement, "targets", [getattr(statement, "target", None)]):
            stored = [n for n in ast.walk(target)] if target is not None else []
            names += [n.id for n in stored if _is_stored(n)]
    return list(dict.fromkeys(names))


def _is_stored(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)


WORKED = ("# Solution ", "# Exercise ")  # how the two titles begin
SOLVED = "**The worked answers.** "


def fresh(solution: dict[str, Any]) -> dict[str, Any]:
    """Return the unsolved notebook that belongs to a solved one, without outputs.

    Parameters
    ----------
    solution : dict
        A notebook of `solutions/`, as JSON.

    Returns
    -------
    dict
        The notebook of `exercises/`, cell by cell, as the course hands it out.
    """
    name = solution["metadata"]["lstm_course"]["notebook"]
    there = f"[Exercise {name[:2]}](../exercises/{name}.ipynb)"
    back = f"[Solution {name[:2]}](../solutions/{name}.ipynb)"
    cells = []
    for cell in deepcopy(solution["cells"]):
        source = text_of(cell)
        if cell["cell_type"] == "code":
            cell |= {"outputs": [], "execution_count": None}
            if mark_of(cell).get("role") == "answer":
                source = unsolved(source, find(mark_of(cell)["exercise"]).asks_for)
        if not cells:
            source = source.replace(*WORKED, 1).replace(SOLVED, "", 1)
        cells.append({**cell, "source": source.replace(there, back)})
    metadata = deepcopy(solution["metadata"])
    metadata["lstm_course"] |= {"kind": "exercise", "build": fingerprint(cells)}
    return {**solution, "cells": cells, "metadata": metadata}


def fingerprint(cells: list[dict[str, Any]]) -> str:
    """Return a short digest of what stands in the cells, without outputs."""
    text = json.dumps([[cell["cell_type"], text_of(cell)] for cell in cells])
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def mark_of(cell: dict[str, Any]) -> dict[str, Any]:
    """Return the course's own metadata of a cell; empty when it has none."""
    metadata = cell.get("metadata")
    mark = metadata.get("lstm_course") if isinstance(metadata, dict) else None
    return mark if isinstance(mark, dict) else {}


def text_of(cell: dict[str, Any]) -> str:
    """Return the source of a cell as one text."""
    source = cell.get("source", "")
    return "".join(map(str, source)) if isinstance(source, list) else str(source)


def is_stub(source: str) -> bool:
    """Tell whether an answer cell is as it was handed out: nothing filled in, nothing noted."""
    comments = [line.strip() for line in source.splitlines() if line.strip().startswith("#")]
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError):
        return False
    return bool(body) and set(comments) <= {TODO} and all(map(_is_empty, body))


def _is_empty(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.FunctionDef):
        inner = statement.body[1:] if ast.get_docstring(statement) is not None else statement.body
        return [ast.unparse(line) for line in inner] == ["raise NotImplementedError"]
    value = statement.value if isinstance(statement, ast.Assign) else None
    return isinstance(value, ast.Constant) and value.value is ...
