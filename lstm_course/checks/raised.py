"""Where an error was raised: the learner's line, the part of it, and its operands."""

import ast
import difflib
import linecache
import traceback
from dataclasses import dataclass
from itertools import islice
from types import FrameType, TracebackType
from typing import Any

from numpy import ndarray, number

_LIBRARIES = ("site-packages", "dist-packages", "lib/python", "lib\\python", "<frozen")
_GRADERS = ("lstm_course.checks", "lstm_course.grading")
_PLAIN = (
    ast.Name, ast.Attribute, ast.Subscript, ast.Slice, ast.Constant, ast.Tuple, ast.BinOp,
    ast.UnaryOp, ast.operator, ast.unaryop, ast.expr_context, ast.Call, ast.keyword, ast.List,
)  # fmt: skip
_HARMLESS = {
    "sum", "mean", "max", "min", "amax", "amin", "exp", "log", "sqrt", "abs", "tanh", "concatenate",
    "stack", "reshape", "arange", "eye", "square", "dot", "copy", "astype", "ravel",
}  # fmt: skip


@dataclass(frozen=True)
class Spot:
    """Where a learner's code raised an error.

    Attributes
    ----------
    number : int
        The line's number in its cell; 0 when no line is known.
    line : str
        The line.
    function : str
        The function that it stands in.
    part : str
        The part of the line that raised, such as "W @ z_t".
    operands : tuple of (str, value)
        What the part works on: text and value, None where it is not known.
    near : str
        The name nearest to one that does not exist.
    """

    number: int = 0
    line: str = ""
    function: str = ""
    part: str = ""
    operands: tuple[tuple[str, Any], ...] = ()
    near: str = ""


def is_theirs(frame: FrameType) -> bool:
    """Tell whether a frame runs the learner's code: no library's and not the course's."""
    if str(frame.f_globals.get("__name__", "")).split(".")[0] == "lstm_course":
        return False
    return not any(mark in frame.f_code.co_filename for mark in _LIBRARIES)


def spot_of(error: BaseException) -> tuple[str, Spot]:
    """Return the traceback without the grader's frames, and the spot."""
    frames = []
    here = error.__traceback__
    while here is not None:
        if not str(here.tb_frame.f_globals.get("__name__", "")).startswith(_GRADERS):
            frames.append(here)
        here = here.tb_next
    summary = traceback.StackSummary.extract((f.tb_frame, f.tb_lineno) for f in frames)
    text = "".join(
        ["Traceback (most recent call last):\n"] * bool(frames)
        + summary.format()
        + traceback.format_exception_only(type(error), error)
    ).rstrip()
    own = [f for f in frames if is_theirs(f.tb_frame)]
    if not own:
        return text, Spot()
    return text, _spot(own[0 if isinstance(error, RecursionError) else -1], error)


def _spot(place: TracebackType, error: BaseException) -> Spot:
    frame = place.tb_frame
    lines = linecache.getlines(frame.f_code.co_filename, frame.f_globals)
    number = place.tb_lineno
    line = lines[number - 1].strip() if 0 < number <= len(lines) else ""
    part = _part(place, lines)
    near = _near(getattr(error, "name", None), frame) if isinstance(error, NameError) else ""
    return Spot(number, line, frame.f_code.co_name, part, _operands(part, frame), near)


def _part(place: TracebackType, lines: list[str]) -> str:
    positions = place.tb_frame.f_code.co_positions()
    first, last, left, right = next(islice(positions, place.tb_lasti // 2, None), (None,) * 4)
    if None in (first, last, left, right) or last > len(lines):
        return ""
    cut = [line.encode() for line in lines[first - 1 : last]]
    cut[-1] = cut[-1][:right]
    cut[0] = cut[0][left:]
    return b"".join(cut).decode(errors="replace")


def _operands(part: str, frame: FrameType) -> tuple[tuple[str, Any], ...]:
    try:
        node = ast.parse(f"({part})", mode="eval").body
    except (SyntaxError, ValueError):
        return ()
    if isinstance(node, ast.BinOp):
        nodes = [node.left, node.right]
    elif isinstance(node, ast.Call) and is_method(node):
        nodes = [node.func.value, *node.args]
    elif isinstance(node, ast.Call):
        nodes = [
            part
            for a in node.args
            for part in (a.elts if isinstance(a, ast.List | ast.Tuple) else [a])
        ]
    elif isinstance(node, ast.Subscript):
        nodes = [node.value]
    else:
        return ()
    return tuple((ast.unparse(n), _value(n, frame)) for n in nodes)


def is_method(call: ast.Call) -> bool:
    """Tell whether a call is a method's, such as W.dot(z), and no function of NumPy's."""
    owner = call.func.value if isinstance(call.func, ast.Attribute) else None
    while isinstance(owner, ast.Attribute):
        owner = owner.value
    return isinstance(owner, ast.Name) and owner.id not in ("np", "numpy", "math")


def _value(node: ast.expr, frame: FrameType) -> Any:
    """Return the value of an expression that changes nothing, or None."""
    parts = list(ast.walk(node))
    called = [part.func for part in parts if isinstance(part, ast.Call)]
    if not all(isinstance(part, _PLAIN) for part in parts) or not all(
        isinstance(function, ast.Attribute) and function.attr in _HARMLESS for function in called
    ):
        return None
    try:
        value = eval(compile(ast.Expression(node), "", "eval"), frame.f_globals, frame.f_locals)
    except Exception:
        return None
    known = isinstance(value, ndarray | number | int | float)
    return value if known and getattr(value, "size", 1) <= 10_000 else None


def _near(name: Any, frame: FrameType) -> str:
    names = [n for n in (*frame.f_locals, *frame.f_globals) if not n.startswith("_")]
    found = difflib.get_close_matches(str(name), names, n=1, cutoff=0.7)
    return found[0] if found else ""
