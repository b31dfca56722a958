"""Repairs inside a line: sizes, axes, limits that are one off, places, sums."""

import ast
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

from .tree import Repair, loaded, loops, text, texts

Fit = tuple[ast.expr, ast.expr]  # what stands there, and what stands there in its place


def expression_repairs(tree: ast.FunctionDef) -> Iterator[Repair]:
    """Yield the repairs that change an expression, alone and everywhere."""
    for way in (_sizes, _fixed, _summed, _both_branches):
        yield from way(tree)
    for plain in (
        _together(_joins(tree), _join_cause),
        _together(_splits(tree), _split_cause),
        _axes(tree),
        _one_off(tree),
        _compared(tree),
    ):
        yield from (repair._replace(weight=min(repair.weight, 0)) for repair in plain)


def _parsed(code: str) -> ast.expr:
    return ast.parse(code, mode="eval").body


def _together(fits: Sequence[Fit], told: Callable[[list[ast.expr]], str]) -> Iterator[Repair]:
    """Change each alone, then all of them: then the line is only the first."""
    fits = sorted(fits, key=lambda fit: (fit[0].lineno, fit[0].col_offset))
    for some in [*([fit] for fit in fits), *([fits] if len(fits) > 1 else [])]:
        old = [before for before, _ in some]
        line, alike = old[0].lineno, len({node.lineno for node in old}) < 2
        yield Repair({id(a): b for a, b in some}, line, told(old), weight=1 if alike else -1)


# ------------------------------------------------ sizes, taken from the wrong axis


def _sizes(tree: ast.FunctionDef) -> Iterator[Repair]:
    given = {argument.arg for argument in tree.args.args}
    fits = []
    for node in ast.walk(tree):
        name = _counted(node)
        if name in given:
            fits.append((node, _parsed(f"{name}.shape[-1]")))

    yield from _together(fits, _size_cause)


def _size_cause(old: list[ast.expr]) -> str:
    names = " and ".join(dict.fromkeys(f"{_counted(node)}.shape[-1]" for node in old))
    length = f"The length of a row, with and without a batch, is {names}."
    if any(ast.unparse(node).endswith("[1]") for node in old):
        return f"{texts(old)} asks for a second axis, and one vector has none. {length}"
    verb = "count" if len(set(map(text, old))) > 1 else "counts"
    return f"{texts(old)} {verb} the rows when a batch comes in. {length}"


def _counted(node: ast.AST) -> str:
    """Return x of `len(x)`, `x.shape[0]` and `x.shape[1]`."""
    if isinstance(node, ast.Call) and ast.unparse(node.func) == "len" and len(node.args) == 1:
        return ast.unparse(node.args[0])
    if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Attribute):
        if node.value.attr == "shape" and ast.unparse(node.slice) in ("0", "1"):
            return ast.unparse(node.value.value)
    return ""


# ------------------------------------------------ axes


def _calls(tree: ast.AST, *names: str) -> list[ast.Call]:
    """Return the calls of some of NumPy's functions, or methods, by their last name."""
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        and node.func.attr in names
    ]  # fmt: skip


def _is_numpy(call: ast.Call) -> bool:
    return ast.unparse(call.func.value) in ("np", "numpy")


def _with_axis(call: ast.Call, axis: int | None, keepdims: bool, count: int) -> ast.Call:
    """Return a call with this axis; `count` positional arguments stand before the axis."""
    others = [k for k in call.keywords if k.arg not in ("axis", "keepdims")]
    new = [ast.keyword("axis", _parsed(str(axis)))] if axis is not None else []
    new += [ast.keyword("keepdims", ast.Constant(True))] if keepdims else []
    return ast.Call(call.func, call.args[:count], [*others, *new])


def _axis(call: ast.Call, count: int) -> str:
    """Return the axis that a call names, as text; empty where it names none."""
    named = [k.value for k in call.keywords if k.arg == "axis"] + call.args[count : count + 1]
    return ast.unparse(named[0]) if named else ""


def _joins(tree: ast.FunctionDef) -> list[Fit]:
    fits: list[Fit] = []
    for call in _calls(tree, "concatenate", "append", "vstack", "hstack"):
        if not _is_numpy(call) or _axis(call, 2 if call.func.attr == "append" else 1) == "-1":
            continue
        parts = call.args[:1]
        if call.func.attr == "append" and len(call.args) > 1:
            parts = [ast.List(call.args[:2], ast.Load())]
        joined = ast.Call(_parsed("np.concatenate"), parts, [ast.keyword("axis", _parsed("-1"))])
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
    calls = [c for c in _calls(tree, "split", "array_split") if _is_numpy(c)]
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
    calls = _calls(tree, *_SUMS)
    for (axis, keepdims), should in _SHOULD.items():
        fits = []
        for call in calls:
            count = 1 if _is_numpy(call) else 0
            new = _with_axis(call, axis, keepdims, count)
            if ast.unparse(new) != ast.unparse(call):
                fits.append((call, new))

        def told(old: list[ast.expr], should: str = should) -> str:
            call = old[0]
            axis = _axis(call, 1 if _is_numpy(call) else 0)
            runs = _RUNS.get(axis, "runs along the last axis")
            if axis in ("-1", "1") and "keepdims" in should:
                runs = "gives one number a row, laid along the columns"
            if len(old) > 1:
                runs = runs.replace("runs", "run", 1).replace("gives", "give", 1)
            return f"{texts(old)} {runs}. {should}"

        yield from _together(fits, told)


# ------------------------------------------------ one off, one place for all, the wrong sign of <


def _one_off(tree: ast.FunctionDef) -> Iterator[Repair]:
    """`range(n - 1)`, `range(1, n)`, `xs[:-1]`, `xs[1:]`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "range":
            yield from _range(node)
        if isinstance(node, ast.Subscript):
            yield from _slice(node)


def _range(call: ast.Call) -> Iterator[Repair]:
    end = call.args[min(1, len(call.args) - 1)]
    if isinstance(end, ast.BinOp) and ast.unparse(end.right) == "1":
        few = isinstance(end.op, ast.Sub)
        cause = (
            f"{text(call)} takes one step too {'few' if few else 'many'}: range stops before its "
            f"end, so that the end is {text(end.left)}."
        )
        yield Repair({id(end): end.left}, call.lineno, cause)
    if len(call.args) == 2 and ast.unparse(call.args[0]) == "1":
        new = ast.Call(call.func, call.args[1:], [])
        cause = f"{text(call)} starts at 1, so that one step is missing. Steps count from 0."
        yield Repair({id(call): new}, call.lineno, cause)


def _slice(node: ast.Subscript) -> Iterator[Repair]:
    for part in node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]:
        end = part.upper if isinstance(part, ast.Slice) else None
        if isinstance(end, ast.BinOp) and ast.unparse(end.right) == "1":
            few = "few" if isinstance(end.op, ast.Sub) else "many"
            cause = f"{text(node)} takes one too {few}. Its end is {text(end.left)}."
            yield Repair({id(end): end.left}, node.lineno, cause)
    if (where := ast.unparse(node.slice)) in ("1:", ":-1"):
        cause = f"{text(node)} leaves out the {'first' if where == '1:' else 'last'} one."
        yield Repair({id(node): node.value}, node.lineno, cause)


def _fixed(tree: ast.FunctionDef) -> Iterator[Repair]:
    """One entry at every step of a loop, where each step has its own."""
    for _, _, loop in loops(tree):
        if not isinstance(loop.target, ast.Name) or "range" not in loaded(loop.iter):
            continue
        step = loop.target.id
        for node in (part for statement in loop.body for part in ast.walk(statement)):
            if not isinstance(node, ast.Subscript) or ast.unparse(node.slice) not in ("0", "-1"):
                continue
            new = ast.Subscript(node.value, ast.Name(step, ast.Load()), node.ctx)
            which = "first" if ast.unparse(node.slice) == "0" else "last"
            cause = f"{text(node)} is the {which} one at every step. Each has its own: {text(new)}."
            yield Repair({id(node): new}, node.lineno, cause)


_OTHERS = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">="}


def _compared(tree: ast.FunctionDef) -> Iterator[Repair]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Compare) or type(node.ops[0]) not in _OTHERS:
            continue
        for other, sign in _OTHERS.items():
            if isinstance(node.ops[0], other):
                continue
            new = ast.Compare(node.left, [other(), *node.ops[1:]], node.comparators)
            old = _OTHERS[type(node.ops[0])]
            if sign[0] == old[0]:
                counts = "counts" if "=" in old else "does not count"
                cause = f"In {text(node)} equal {counts}. It is {sign}."
            else:
                cause = f"{text(node)} is turned: it is {sign}."
            yield Repair({id(node): new}, node.lineno, cause)


# ------------------------------------------------ sums where each number stands for itself


def _summed(tree: ast.FunctionDef) -> Iterator[Repair]:
    for call in _calls(tree, "sum", "mean"):
        inner = call.args[0] if _is_numpy(call) else call.func.value
        what = "adds everything up" if call.func.attr == "sum" else "takes a mean"
        cause = f"{text(call)} {what}. Here each number stands for itself."
        yield Repair({id(call): inner}, call.lineno, cause)
    for node in ast.walk(tree):
        factors = _factors(node)
        if factors:
            new = ast.BinOp(factors[0], ast.Mult(), factors[1])
            cause = f"{text(node)} adds the products up. Here they stay apart, number by number: *."
            yield Repair({id(node): new}, node.lineno, cause)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
            new = ast.BinOp(node.left, ast.MatMult(), node.right)
            cause = f"{text(node)} multiplies number by number. Here it is the matrix product, @."
            yield Repair({id(node): new}, node.lineno, cause, weight=0)


def _factors(node: ast.AST) -> list[ast.expr]:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult):
        return [node.left, node.right]
    if isinstance(node, ast.Call) and ast.unparse(node.func) in ("np.dot", "np.matmul"):
        return node.args[:2]
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return [node.func.value, *node.args] if node.func.attr == "dot" else []
    return []


def _both_branches(tree: ast.FunctionDef) -> Iterator[Repair]:
    """np.where picks; what it picks from is computed for all numbers, and may overflow."""
    for call in _calls(tree, "where"):
        inside = [c for branch in call.args[1:] for c in _calls(branch, "exp")]
        bounded = [ast.Call(_parsed("np.minimum"), [c.args[0], _parsed("0")], []) for c in inside]
        if inside:
            cause = (
                "np.where computes both of its values for all numbers and picks afterwards: np.exp "
                "gets the numbers that the other value is meant for as well, and overflows."
            )
            look = "Make the exponent harmless before np.exp sees it, such as -np.abs(a)."
            changes = {id(c.args[0]): new for c, new in zip(inside, bounded, strict=True)}
            yield Repair(changes, call.lineno, cause, look)


# ------------------------------------------------ two in the place of each other

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


# ------------------------------------------------ what is false whatever comes in


def remarks(tree: ast.FunctionDef) -> Iterator[Repair]:
    """Yield what can be said of a line without trying: nothing is changed."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Compare) or not isinstance(node.left, ast.Call):
            continue
        asked, number = node.left, node.comparators[0]
        method = isinstance(asked.func, ast.Attribute) and asked.func.attr in ("all", "any")
        if method and not asked.args and isinstance(number, ast.Constant):
            owner = ast.unparse(asked.func.value)
            inner = f"({owner} {ast.unparse(node).split(ast.unparse(asked))[1].strip()})"
            cause = (
                f"{text(node)} compares True or False with {number.value}: {text(asked)} asks "
                f"whether {asked.func.attr} numbers differ from 0. Compare first: "
                f"`{inner}.{asked.func.attr}()`."
            )
            yield Repair({}, node.lineno, cause)
