"""The right answer as a tree whose places can be changed, built and run."""

import ast
import inspect
import textwrap
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from copy import copy, deepcopy
from dataclasses import dataclass
from functools import cached_property
from threading import RLock
from types import CodeType
from typing import Any, NamedTuple

import numpy as np

from ...equations import sigmoid, softmax

FILE = "<right answer>"
_TOOLS = {"np": np, "sigmoid": sigmoid, "softmax": softmax}
# an edit stands in the tree only while it is compiled; `grade --jobs` compares in threads
_ALONE = RLock()


class Slot(NamedTuple):
    """Where a node hangs: a field of its parent, or an entry of that field."""

    parent: ast.AST
    field: str
    index: int | None = None

    def put(self, new: Any) -> None:
        """Hang another node here."""
        if self.index is None:
            setattr(self.parent, self.field, new)
        else:
            getattr(self.parent, self.field)[self.index] = new

    def get(self) -> Any:
        """Return what hangs here."""
        held = getattr(self.parent, self.field)
        return held if self.index is None else held[self.index]


class Edit(NamedTuple):
    """A change of one node, in which line of which function and how deep in the tree.

    `change` makes the new node from the one that stands there: of two edits, one inside the
    other, the inner one has been there first.
    """

    function: str
    line: int
    depth: int
    slot: Slot
    change: Callable[[ast.AST], ast.AST]


@dataclass(frozen=True)
class Site:
    """A place in the right answer.

    Attributes
    ----------
    node : ast.AST
        What stands there.
    slot : Slot
        Where it hangs.
    function : str
        The function that it is in.
    line : int
        The number of its line in the function; a loop is one line.
    statement : ast.stmt
        The statement that it is in.
    scope : tuple of str
        Names that have a value there.
    depth : int
        How deep it lies in its statement.
    """

    node: ast.AST
    slot: Slot
    function: str
    line: int
    statement: ast.stmt
    scope: tuple[str, ...]
    depth: int = 0

    def edit(self, new: ast.AST) -> Edit:
        """Return the edit that puts `new` here, whatever stands here."""
        return self.change(lambda old: new)

    def change(self, make: Callable[[ast.AST], ast.AST]) -> Edit:
        """Return the edit that puts here what `make` makes of what stands here."""
        return Edit(self.function, self.line, self.depth, self.slot, make)


class _Run:
    """One function as the codes of its lines: a slip compiles one line and not all of them."""

    def __init__(
        self, tree: ast.FunctionDef, codes: Sequence[CodeType], names: dict[str, Any]
    ) -> None:
        self._arguments = [a.arg for a in tree.args.args]
        self._codes, self._names = codes, names

    def __call__(self, *arguments: Any) -> Any:
        """Return what the function returns."""
        return self.held(*arguments)["_result"]

    def held(self, *arguments: Any) -> dict[str, Any]:
        """Return what each name holds in the end, and what is returned as `_result`."""
        held = self._names | dict(zip(self._arguments, arguments, strict=True))
        for code in self._codes:
            exec(code, held)
        if note := held.get("_note"):
            note(self, held)
        return held


class Right:
    """The right answer and the functions of the course's exercises that it calls.

    Parameters
    ----------
    answer : function
        Written with one name a line; a slip is told by these names.
    parts : functions
        What `answer` calls and what may be mistaken as well.
    """

    def __init__(self, answer: Callable, parts: Sequence[Callable] = ()) -> None:
        self.name = answer.__name__
        functions = [*parts, answer]
        self.trees = {f.__name__: _tree(f) for f in functions}
        self._names = dict(_TOOLS)
        for function in functions:
            self._names |= function.__globals__
        self._codes = {
            name: [_compiled(line) for line in tree.body] for name, tree in self.trees.items()
        }

    def build(self, edits: Sequence[Edit] = ()) -> Callable:
        """Return the answer with these edits in it."""
        codes = {name: list(lines) for name, lines in self._codes.items()}
        with _ALONE, _edited(edits):
            for name, line in {(edit.function, edit.line) for edit in edits}:
                codes[name][line] = _compiled(self.trees[name].body[line])
        return self._linked(codes)

    def watched(self, edits: Sequence[Edit], keep: Callable[[str, Any], Any]) -> Callable:
        """Return the answer with each value that it computes handed to `keep(name, value)`."""
        with _ALONE, _edited(edits):
            trees = deepcopy(self.trees)
        codes = {
            name: [_compiled(_Watch().visit(line)) for line in tree.body]
            for name, tree in trees.items()
        }
        return self._linked(codes, _keep=keep)

    def _linked(self, codes: dict[str, list[CodeType]], **more: Any) -> Callable:
        names = self._names | more
        for name, lines in codes.items():
            names[name] = _Run(self.trees[name], lines, names)
        return names[self.name]

    def sites(self) -> Iterator[Site]:
        """Yield every expression of the answer and of its parts, line by line."""
        for name, tree in self.trees.items():
            arguments = [a.arg for a in tree.args.args]
            for k in range(len(tree.body)):
                yield from _in_block((name, k), Slot(tree, "body", k), arguments)

    def kinds(self, inputs: Sequence[Sequence[Any]]) -> dict[tuple[str, str], tuple]:
        """Return what kind of value each name of each function holds: its shapes, or its type."""
        found: dict[tuple[str, str], list] = {}

        def note(run: _Run, held: dict[str, Any]) -> None:
            (function,) = (name for name in self.trees if names[name] is run)
            for name in _targets(self.trees[function]) + run._arguments:
                if name in held:
                    found.setdefault((function, name), []).append(_kind(held[name]))

        answer = self._linked(self._codes, _note=note)
        names = answer._names
        for arguments in inputs:
            answer(*deepcopy(arguments))
        return {key: tuple(dict.fromkeys(kinds)) for key, kinds in found.items()}

    @cached_property
    def turns(self) -> bool:
        """Whether something is multiplied by a transposed array, as in `da @ W.T`."""
        nodes = [node for tree in self.trees.values() for node in ast.walk(tree)]
        products = [n.right for n in nodes if isinstance(n, ast.BinOp)]
        return any(isinstance(n, ast.Attribute) and n.attr == "T" for n in products)

    @cached_property
    def numbers(self) -> tuple[float, ...]:
        """The broken numbers that stand in the answer, such as 0.9."""
        nodes = [node for tree in self.trees.values() for node in ast.walk(tree)]
        values = [n.value for n in nodes if isinstance(n, ast.Constant)]
        return tuple(dict.fromkeys(v for v in values if isinstance(v, float)))


class _Watch(ast.NodeTransformer):
    """Hands every computed value to `_keep`, with the name it gets or with its text."""

    def visit_Assign(self, node: ast.Assign) -> ast.AST:  # noqa: N802
        """Note a value under the name that it gets."""
        node.value = self.generic_visit(node.value)
        if isinstance(node.targets[0], ast.Name | ast.Tuple):
            node.value = _kept(ast.unparse(node.targets[0]).strip("()"), node.value)
        return node

    def visit_AugAssign(self, node: ast.AugAssign) -> list[ast.stmt]:  # noqa: N802
        """Note what the name holds after `+=`."""
        if not isinstance(node.target, ast.Name):
            return [self.generic_visit(node)]
        name = node.target.id
        note = ast.Expr(_kept(name, ast.Name(name, ast.Load())))
        return [self.generic_visit(node), ast.fix_missing_locations(_at(note, node))]

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:  # noqa: N802
        """Note a part of a sum or product under its text."""
        text = ast.unparse(node)
        return _kept(text, self.generic_visit(node))

    visit_Call = visit_Subscript = visit_UnaryOp = visit_BinOp

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:  # noqa: N802
        """Leave the name of a method alone."""
        node.value = self.visit(node.value)
        return node


def _kept(name: str, value: ast.AST) -> ast.AST:
    if not isinstance(getattr(value, "ctx", ast.Load()), ast.Load):
        return value
    call = ast.Call(ast.Name("_keep", ast.Load()), [ast.Constant(name), value], [])
    return ast.fix_missing_locations(_at(call, value))


def _in_block(
    where: tuple[str, int], slot: Slot, scope: list[str], depth: int = 0
) -> Iterator[Site]:
    statement = slot.get()
    here = (*where, statement, tuple(scope))
    yield Site(statement, slot, *here, depth)
    for name in ("value", "iter"):
        if isinstance(getattr(statement, name, None), ast.expr):
            yield from _expressions(Slot(statement, name), here, depth + 1)
    for j, target in enumerate(getattr(statement, "targets", [])):
        if isinstance(target, ast.Subscript | ast.Tuple):
            yield Site(target, Slot(statement, "targets", j), *here, depth + 1)
    if isinstance(statement, ast.For):
        scope += [n for n in _targets(statement.target) if n not in scope]
        for k in range(len(statement.body)):
            yield from _in_block(where, Slot(statement, "body", k), scope, depth + 1)
    for target in getattr(statement, "targets", []):
        scope += [n for n in _targets(target) if n not in scope]


def _expressions(slot: Slot, here: tuple, depth: int) -> Iterator[Site]:
    node = slot.get()
    if isinstance(node, ast.UnaryOp) and isinstance(node.operand, ast.Constant):
        return  # the -1 of an index
    yield Site(node, slot, *here, depth)
    for field, value in ast.iter_fields(node):
        held = enumerate(value) if isinstance(value, list) else [(None, value)]
        for k, child in held:
            if isinstance(child, ast.expr) and field != "func":
                yield from _expressions(Slot(node, field, k), here, depth + 1)
            elif isinstance(child, ast.Attribute):  # the array of a method: x.sum()
                yield from _expressions(Slot(child, "value"), here, depth + 1)


def _targets(node: ast.AST) -> list[str]:
    return [n.id for n in ast.walk(node) if isinstance(n, ast.Name)]


def _kind(value: Any) -> Any:
    if isinstance(value, np.ndarray | np.generic | int | float) and not isinstance(value, bool):
        return np.shape(value) + (np.asarray(value).dtype.kind,)
    return type(value).__name__


def _tree(function: Callable) -> ast.FunctionDef:
    tree = ast.parse(textwrap.dedent(inspect.getsource(function))).body[0]
    if not isinstance(tree, ast.FunctionDef):
        raise TypeError(f"{function} is written in one line; expected a `def`")
    tree.returns, tree.decorator_list = None, []
    if ast.get_docstring(tree) is not None:
        tree.body = tree.body[1:]
    for argument in tree.args.args:
        argument.annotation = None
    return tree


def _compiled(line: Any) -> CodeType:
    """Return the code of a line; what it returns stands under the name `_result`."""
    lines = line if isinstance(line, list) else [line]
    module = ast.Module([_kept_result(one) for one in lines], [])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a slip may be odd code
        return compile(module, FILE, "exec")


def _kept_result(line: ast.stmt) -> ast.stmt:
    if not isinstance(line, ast.Return):
        return line
    name = _at(ast.Name("_result", ast.Store()), line)
    return _at(ast.Assign([name], line.value), line)


@contextmanager
def _edited(edits: Sequence[Edit]) -> Iterator[None]:
    """Hang the edits into the tree, the deepest first, and take them out again."""
    olds: list[tuple[Slot, ast.AST]] = []
    try:
        for edit in sorted(edits, key=lambda edit: -edit.depth):
            old = edit.slot.get()
            olds.append((edit.slot, old))
            edit.slot.put(_hung(edit.change(old), old))
        yield
    finally:
        for slot, old in reversed(olds):
            slot.put(old)


def _hung(new: ast.AST, old: ast.AST) -> ast.AST:
    """Give a new node the place, and the job, of the one that it replaces."""
    if isinstance(getattr(old, "ctx", None), ast.Store):
        new = copy(new)
        new.ctx = ast.Store()
    return ast.fix_missing_locations(_at(new, old))


def _at(new: ast.AST, old: ast.AST) -> ast.AST:
    return ast.copy_location(new, old)
