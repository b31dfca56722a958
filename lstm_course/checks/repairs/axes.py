"""Axes: joins, cuts and sums that run along the wrong one."""

import ast
from collections.abc import Iterator

from .fits import Fit, calls_of, is_numpy, parsed, together
from .tree import Repair, texts


def axis_repairs(tree: ast.FunctionDef) -> Iterator[Repair]:
    """Yield the repairs that give a function of NumPy another axis."""
    yield from together(_joins(tree), _join_cause)
    yield from together(_splits(tree), _split_cause)
    yield from _axes(tree)


def _with_axis(call: ast.Call, axis: int | None, keepdims: bool, count: int) -> ast.Call:
    """Return a call with this axis; `count` positional arguments stand before the axis."""
    others = [k for k in call.keywords if k.arg not in ("axis", "keepdims")]
    new = [ast.keyword("axis", parsed(str(axis)))] if axis is not None else []
    new += [ast.keyword("keepdims", ast.Constant(True))] if keepdims else []
    return ast.Call(call.func, call.args[:count], [*others, *new])


def _axis(call: ast.Call, count: int) -> str:
    """Return the axis that a call names, as text; empty where it names none."""
    named = [k.value for k in call.keywords if k.arg == "axis"] + call.args[count : count + 1]
    return ast.unparse(named[0]) if named else ""


def _joins(tree: ast.FunctionDef) -> list[Fit]:
    fits: list[Fit] = []
    for call in calls_of(tree, "concatenate", "append", "vstack", "hstack"):
        if not is_numpy(call) or _axis(call, 2 if call.func.attr == "append" else 1) == "-1":
            continue
        parts = call.args[:1]
        if call.func.attr == "append" and len(call.args) > 1:
            parts = [ast.List(call.args[:2], ast.Load())]
        joined = ast.Call(parsed("np.concatenate"), parts, [ast.keyword("axis", parsed("-1"))])
        fits.append((call, joined))
    return fits


def _join_cause(old: list[ast.expr]) -> str:
    call = old[0]
    axis = _axis(call, 2 if call.func.attr == "append" else 1)
    if call.func.attr == "append" and not axis:
        return (
            f"{texts(old)} lays a batch end to end, in one long row. np.concatenate with axis=-1 "
            "joins row by row."
        )
    if axis == "1" or call.func.attr == "hstack":
        return (
            f"{texts(old)} joins along axis 1. One vector has no axis 1; a batch has. The last "
            "axis of both is axis=-1."
        )
    joins = "join" if len(old) > 1 else "joins"
    return (
        f"{texts(old)} {joins} along the first axis: with a batch one array comes below the other. "
        "Samples are rows, and the parts stand side by side in a row: axis=-1."
    )


def _splits(tree: ast.FunctionDef) -> list[Fit]:
    calls = [c for c in calls_of(tree, "split", "array_split") if is_numpy(c)]
    return [(c, _with_axis(c, -1, False, 2)) for c in calls if _axis(c, 2) != "-1"]


def _split_cause(old: list[ast.expr]) -> str:
    return (
        f"{texts(old)} cuts along {'axis 1' if _axis(old[0], 2) == '1' else 'the first axis'}. The "
        "blocks stand side by side in a row: axis=-1."
    )


_SUMS = ("sum", "mean", "max", "min", "argmax", "cumsum")
_RUNS = {"": "runs over everything", "0": "runs along the first axis, axis 0"}
_SHOULD = {
    (None, False): "Here everything counts together: no axis.",
    (0, False): "Here it is the first axis: axis=0.",
    (-1, False): "Here it is the last axis: axis=-1.",
    (-1, True): "Each row has its own, kept as a column: axis=-1, keepdims=True.",
}


def _axes(tree: ast.FunctionDef) -> Iterator[Repair]:
    calls = calls_of(tree, *_SUMS)
    for (axis, keepdims), should in _SHOULD.items():
        fits = []
        for call in calls:
            count = 1 if is_numpy(call) else 0
            new = _with_axis(call, axis, keepdims, count)
            if ast.unparse(new) != ast.unparse(call):
                fits.append((call, new))

        def told(old: list[ast.expr], should: str = should) -> str:
            call = old[0]
            axis = _axis(call, 1 if is_numpy(call) else 0)
            runs = _RUNS.get(axis, "runs along the last axis")
            if axis in ("-1", "1") and "keepdims" in should:
                runs = "gives one number a row, laid along the columns"
            if len(old) > 1:
                runs = runs.replace("runs", "run", 1).replace("gives", "give", 1)
            return f"{texts(old)} {runs}. {should}"

        yield from together(fits, told)
