"""Put an error into words: what the learner's line asked for, and why it cannot be had.

Only what was seen is said: the part of the line that raised, and the arrays in it.
"""

import ast
import re
from collections.abc import Callable, Sequence
from itertools import permutations
from typing import Any, NamedTuple

import numpy as np

from .raised import Spot, is_method
from .reply import Reply


class Told(NamedTuple):
    """A cause in words, and what to look at; `general` where only the shapes are known.

    `made` is the value that is wrong already, where the line that raised only uses it.
    """

    cause: str
    look: str = ""
    general: bool = False
    made: np.ndarray | None = None


class Asked(NamedTuple):
    """What was asked of NumPy: the text, the function or operator, the arrays, the inputs."""

    text: str
    what: str
    operands: Sequence[tuple[str, Any]]
    inputs: dict[str, Any]
    message: str
    turns: bool = False  # whether the right answer multiplies by transposed weights

    def shapes(self) -> list[tuple[int, ...]]:
        """Return the shapes of the operands that are known."""
        return [np.shape(value) for _, value in self.operands if value is not None]

    def role(self, k: int) -> str:
        """Return the name of the input that an operand is, or an empty string."""
        value = self.operands[k][1] if k < len(self.operands) else None
        for name, given in self.inputs.items():
            if isinstance(given, np.ndarray) and isinstance(value, np.ndarray):
                if given.shape == value.shape and np.array_equal(given, value):
                    return name
        return ""


def explained(reply: Reply, inputs: dict[str, Any], name: str, turns: bool = False) -> Told | None:
    """Return the cause of an error, or None when it is none of the known kinds.

    `turns` says whether the right answer multiplies by transposed weights.
    """
    spot = reply.spot
    for fits, tell in _BY_ERROR:
        if fits(reply):
            return tell(reply, spot, inputs, name)
    node = _parsed(spot.part)
    asked = Asked(spot.part, _what(node), spot.operands, inputs, reply.message, turns)
    for told in (tell(asked) for tell in _BY_PART):
        if told is not None:
            return told
    return None


def _parsed(part: str) -> ast.AST | None:
    try:
        return ast.parse(f"({part})", mode="eval").body
    except (SyntaxError, ValueError):
        return None


def _what(node: ast.AST | None) -> str:
    """Return "matmul", "+", "*", or the name of the function that was called."""
    if isinstance(node, ast.BinOp):
        return _OPERATORS.get(type(node.op), "")
    if isinstance(node, ast.Call) and is_method(node):
        return node.func.attr
    if isinstance(node, ast.Call):
        return ast.unparse(node.func).removeprefix("np.").removeprefix("numpy.")
    return ""


_OPERATORS = {
    ast.MatMult: "@", ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/",
}  # fmt: skip


def _shaped(asked: Asked) -> str:
    shapes = [f"{text} {np.shape(value)}" for text, value in asked.operands if value is not None]
    return " and ".join(shapes)


# ------------------------------------------------ told from the kind of error alone


def _undefined(reply: Reply, spot: Spot, inputs: dict[str, Any], name: str) -> Told:
    missing = reply.message.split("'")[1] if "'" in reply.message else "a name"
    if reply.error == "UnboundLocalError":
        cause = f"`{missing}` is used before it has a value: the function sets it further down."
        return Told(cause, "Give it its first value before that line.")
    look = f"Did you mean `{spot.near}`?" if spot.near else "Is it spelt right, and imported?"
    _, because, reason = reply.message.partition(", because of: ")  # an import that failed
    return Told(f"`{missing}` is not defined (NameError){because}{reason}.", look)


def _arguments(reply: Reply, spot: Spot, inputs: dict[str, Any], name: str) -> Told:
    given = ", ".join(inputs)
    return Told(
        f"{name} does not take the arguments that the exercise gives: {reply.message}.",
        f"It is called with {len(inputs)}: {given}.",
    )


def _recursion(reply: Reply, spot: Spot, inputs: dict[str, Any], name: str) -> Told:
    return Told(
        f"`{spot.function or name}` calls itself without an end: inside the function its name "
        "means the function itself (RecursionError).",
        "Use another name for what you want to call, or write the formula out.",
    )


def _one_number(reply: Reply, spot: Spot, inputs: dict[str, Any], name: str) -> Told:
    what = _what(_parsed(spot.part)) or "This function"
    if what.startswith("math."):
        cause = f"{what} takes one number only. np.{what[5:]} takes a whole array."
        return Told(cause, f"Replace {what} by NumPy's function.")
    return Told("A whole array stands where Python wants one number.", "Use NumPy's functions.")


def _too_large(reply: Reply, spot: Spot, inputs: dict[str, Any], name: str) -> Told:
    return Told(
        "math.exp raises an error where np.exp warns: the power is too large for a float. It must "
        "not be taken of a large positive number at all."
    )


def _truth(reply: Reply, spot: Spot, inputs: dict[str, Any], name: str) -> Told:
    return Told(
        "Python asks one question, yes or no, and an array has many answers: `if`, `and`, `max` "
        "and `min` take one number.",
        "Compare number by number, with np.where, np.maximum or a form without a question.",
    )


_BY_ERROR: tuple[tuple[Callable[[Reply], bool], Callable[..., Told]], ...] = (
    (lambda r: r.error in ("NameError", "UnboundLocalError"), _undefined),
    (lambda r: r.error == "TypeError" and "positional argument" in r.message, _arguments),
    (lambda r: r.error == "RecursionError", _recursion),
    (lambda r: r.error == "TypeError" and "converted to Python scalar" in r.message, _one_number),
    (lambda r: r.error == "OverflowError" and "math range" in r.message, _too_large),
    (lambda r: r.error == "ValueError" and "truth value" in r.message, _truth),
)


# ------------------------------------------------ told from the part that raised


def _brackets(asked: Asked) -> Told | None:
    node = _parsed(asked.text)
    if asked.what not in ("concatenate", "stack", "hstack", "vstack") or len(node.args) < 2:
        return None
    if isinstance(node.args[0], ast.List | ast.Tuple):
        return None
    names = ", ".join(ast.unparse(a) for a in node.args)
    return Told(
        f"np.{asked.what} takes one list of arrays; here it gets them one by one.",
        f"Put brackets around them: np.{asked.what}([{names}], …).",
    )


def _on_top(asked: Asked) -> Told | None:
    """np.stack and its like, of arrays that differ in length."""
    if asked.what not in ("stack", "vstack", "array", "row_stack", "asarray", "column_stack"):
        return None
    shapes = asked.shapes()
    if len(shapes) < 2 or len(set(shapes)) < 2:
        return None
    return Told(
        f"np.{asked.what} puts arrays on top of each other and needs equal lengths; here are "
        f"{_shaped(asked)}. Side by side in one longer row is np.concatenate.",
        "Write down the shape that the joined row must have.",
    )


_NO_AXIS = re.compile(r"axis (-?\d+) is out of bounds for array of dimension (\d+)")


def _wrong_axis(asked: Asked) -> Told | None:
    found = _NO_AXIS.search(asked.message)
    if found is None:
        return None
    axis, count = found.groups()
    if (axis, count) != ("1", "1"):
        return Told(
            f"`{asked.text}` asks for axis {axis} of an array whose number of axes is {count}; "
            "the first is axis 0.",
            "Print the number of axes, .ndim, of what it works on.",
        )
    return Told(
        f"One vector has no axis {axis}; a batch has. The last axis of both is axis=-1.",
        "Print the number of axes, .ndim, for one vector and for a batch.",
    )


def _joined_rows(asked: Asked) -> Told | None:
    shapes = asked.shapes()
    if asked.what not in ("concatenate", "append", "vstack", "r_") or not shapes:
        return None
    if max(map(len, shapes)) < 2 or "axis" in asked.text and "axis=0" not in asked.text:
        return None
    return Told(
        f"`{asked.text}` joins along the first axis: with a batch one array comes below the "
        f"other ({_shaped(asked)}). Samples are rows, and h and x stand side by side in a row.",
        "Which axis of a (5, 3) array runs along a row? axis=-1 works for a vector and a batch.",
    )


def _added(asked: Asked) -> Told | None:
    roles = [asked.role(0), asked.role(1)]
    kinds = {role[:1] for role in roles}
    if asked.what not in ("+", "add") or kinds not in ({"h", "x"}, {"c", "x"}):
        return None
    return Told(
        f"{roles[0]} and {roles[1]} are added. The equations join them into one longer row, "
        "[h, x], of H + D numbers.",
        "np.concatenate joins two arrays.",
    )


def _is_weights(name: str) -> bool:
    return name[:1] == "W"


def _product(asked: Asked) -> Told | None:
    if asked.what not in ("@", "dot", "matmul") or len(asked.operands) != 2:
        return None
    if "inhomogeneous" in asked.message:
        return _ragged(asked)
    (left, a), (right, b) = asked.operands
    roles = asked.role(0), asked.role(1)
    if _is_weights(roles[0]) or left.removesuffix(".T") in asked.inputs and _is_weights(left):
        return _turned(left, right, np.ndim(b))
    if a is None or b is None:
        return None
    sizes = f"{left} has shape {np.shape(a)}, {right} {np.shape(b)}"
    if _is_weights(roles[1]) and roles[0][:1] in ("h", "x", "c"):
        return Told(
            f"{roles[0]} alone is multiplied by all of {roles[1]}: {sizes}. {roles[1]} has a row "
            "for each number of the joined row [h, x].",
            f"Join h and x first, or take the rows of {roles[1]} that belong to {roles[0]}.",
        )
    if roles[0][:1] in ("h", "x") and isinstance(_parsed(right), ast.Subscript):
        return Told(
            f"The rows do not belong to {roles[0]}: {sizes}. In [h, x] h comes first, so the first "
            "H rows of the weights belong to h and the other D to x.",
            f"Print {right}.shape.",
        )
    if np.ndim(a) == 0:
        return Told(
            f"{left} is a single number here: with one vector a loop gives numbers, with a batch "
            "it gives rows.",
            "Write the product for all at once, without a loop.",
        )
    if below := _laid_below(a, asked.inputs):
        return Told(
            f"{left} has shape {np.shape(a)}: {below[0]} and {below[1]} stand one below the other "
            "in it. Samples are rows, and the two stand side by side in a row.",
            "Which axis runs along a row? axis=-1 works for a vector and a batch.",
            made=a,
        )
    if asked.turns and np.ndim(b) == 2 and np.shape(a)[-1] == np.shape(b)[-1]:
        return Told(
            f"{left} @ {right} cannot be multiplied: {sizes}. The inner two must be equal; with "
            f"{right}.T they are.",
            "Which of the two axes does the sum run over?",
        )
    return Told(
        f"{left} @ {right} cannot be multiplied: {sizes}. The inner two must be equal.",
        "Write the shapes down side by side.",
        general=True,
    )


def _turned(left: str, right: str, axes: int) -> Told:
    if left.endswith(".T") and axes > 1:
        return _turned_in_a_batch(f"{left} @ {right}")
    return Told(
        f"The product is the wrong way round: {left} @ {right}. With rows as samples the weights "
        f"stand on the right, {right} @ {left.removesuffix('.T')}. Papers write W z with columns.",
        "Write the shapes of both down: the inner two must be equal.",
    )


def _turned_in_a_batch(product: str) -> Told:
    return Told(
        f"Right for one vector, but with a batch the product `{product}` is the wrong way round. "
        "Samples are rows, so the weights stand on the right.",
        "Write the shapes of both down.",
    )


def _laid_below(value: Any, inputs: dict[str, Any]) -> tuple[str, str] | None:
    """Return the names of two inputs whose rows a value holds one below the other."""
    batches = {k: v for k, v in inputs.items() if np.ndim(v) == 2 and not _is_weights(k)}
    for one, other in permutations(batches, 2):
        u, v = batches[one], batches[other]
        if np.shape(u)[1] == np.shape(v)[1] and np.array_equal(value, np.concatenate([u, v])):
            return one, other
    return None


def _number_by_number(asked: Asked) -> Told | None:
    if asked.what not in ("*", "+", "-", "/", "multiply", "add") or len(asked.operands) != 2:
        return None
    (left, a), (right, b) = asked.operands
    roles = asked.role(0), asked.role(1)
    if asked.what in ("*", "multiply") and any(map(_is_weights, roles)):
        return Told(
            f"* multiplies number by number, and the shapes do not fit ({_shaped(asked)}). The "
            "product with the weights is @.",
            "Compare * and @ for two small arrays.",
        )
    if turned := _turned_product(left) or _turned_product(right):
        return _turned_in_a_batch(turned)
    if a is None or b is None:
        return None
    return Told(
        f"`{asked.text}` goes number by number, and the shapes do not fit: {_shaped(asked)}.",
        "Print both shapes. An axis that a sum or a maximum has lost comes back with "
        "keepdims=True.",
        general=True,
    )


def _turned_product(text: str) -> str:
    """Return a product in which the weights stand on the left, if there is one."""
    node = _parsed(text)
    for part in ast.walk(node) if node is not None else ():
        left = None
        if isinstance(part, ast.BinOp) and isinstance(part.op, ast.MatMult):
            left = part.left
        elif isinstance(part, ast.Call) and is_method(part) and part.func.attr == "dot":
            left = part.func.value
        if left is not None and _is_weights(ast.unparse(left)):
            return ast.unparse(part)
    return ""


def _one_place(asked: Asked) -> Told | None:
    if "setting an array element" not in asked.message or "inhomogeneous" in asked.message:
        return None
    return Told(
        "A place for one number is given a whole row. This works for one vector; with a batch each "
        "entry is a row of its own.",
        "Compute on the whole array at once, without a loop over its numbers.",
    )


def _past_the_end(asked: Asked) -> Told | None:
    if "out of bounds for axis" not in asked.message:
        return None
    where = f"`{asked.text}`" if asked.text else "The line"
    shape = f" of shape {np.shape(asked.operands[0][1])}" if asked.shapes() else ""
    return Told(
        f"{where} asks an array{shape} for an entry that it does not have: {asked.message}.",
        "Print the index and the shape. Which axis does the index count along?",
    )


def _ragged(asked: Asked) -> Told | None:
    if "inhomogeneous" not in asked.message or not asked.operands:
        return None
    return Told(
        f"`{asked.text}` works on a list of arrays of different lengths. NumPy makes no array of "
        "it: side by side in one longer row is np.concatenate.",
        "Write down the shape that the joined row must have.",
    )


def _unequal(asked: Asked) -> Told | None:
    if "equal division" not in asked.message:
        return None
    value = asked.operands[0] if asked.operands else ("the array", None)
    shape = f", which has shape {np.shape(value[1])}," if value[1] is not None else ""
    return Told(
        f"{value[0]}{shape} cannot be cut into equal pieces along this axis.",
        "Which axis holds the four blocks side by side?",
    )


_BY_PART = (
    _one_place,
    _past_the_end,
    _unequal,
    _brackets,
    _wrong_axis,
    _on_top,
    _joined_rows,
    _added,
    _product,
    _number_by_number,
    _ragged,
)
