"""From a solved answer cell to the template that a learner fills in. Pure text, no notebook."""

import ast
import re
import textwrap

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
