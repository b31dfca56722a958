"""Repairs inside a line: sizes, axes, limits that are one off, places, sums."""

import ast
from collections.abc import Iterator

from .axes import axis_repairs
from .fits import calls_of, is_numpy, parsed, together
from .tree import Repair, loaded, loops, text, texts


def expression_repairs(tree: ast.FunctionDef) -> Iterator[Repair]:
    """Yield the repairs that change an expression, alone and everywhere."""
    for way in (_sizes, _fixed, _summed, _both_branches):
        yield from way(tree)
    for plain in (axis_repairs(tree), _one_off(tree), _compared(tree)):
        yield from (repair._replace(weight=min(repair.weight, 0)) for repair in plain)


# ------------------------------------------------ sizes, taken from the wrong axis


def _sizes(tree: ast.FunctionDef) -> Iterator[Repair]:
    given = {argument.arg for argument in tree.args.args}
    fits = []
    for node in ast.walk(tree):
        name = _counted(node)
        if name in given:
            fits.append((node, parsed(f"{name}.shape[-1]")))

    yield from together(fits, _size_cause)


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
    for call in calls_of(tree, "sum", "mean"):
        inner = call.args[0] if is_numpy(call) else call.func.value
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
    for call in calls_of(tree, "where"):
        inside = [c for branch in call.args[1:] for c in calls_of(branch, "exp")]
        bounded = [ast.Call(parsed("np.minimum"), [c.args[0], parsed("0")], []) for c in inside]
        if inside:
            cause = (
                "np.where computes both of its values for all numbers and picks afterwards: np.exp "
                "gets the numbers that the other value is meant for as well, and overflows."
            )
            look = "Make the exponent harmless before np.exp sees it, such as -np.abs(a)."
            changes = {id(c.args[0]): new for c, new in zip(inside, bounded, strict=True)}
            yield Repair(changes, call.lineno, cause, look)


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
