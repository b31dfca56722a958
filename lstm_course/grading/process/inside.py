"""The learner's process: runs cells and calls functions, and judges nothing.

Started by `kernel.py` as `python -m lstm_course.grading.process.inside`. Requests come in on
the standard input and replies go out on the standard output, both moved out of the way before
the learner's code runs; what that code prints goes to the standard error.
"""

import builtins
import json
import os
import sys
from types import ModuleType
from typing import Any, BinaryIO

import numpy
from IPython.core.inputtransformer2 import TransformerManager
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

import lstm_course.checks as checks

from ... import equations
from ...checks import reply
from ...checks.reply import call_all, origin_of, plain, trace_once
from ...checks.spoil import spoiled
from . import wire
from .wire import pack, receive, send, unpack


class Shell(InteractiveShell):
    """IPython as in a notebook, without screen, history or a way out."""

    def enable_gui(self, gui: str | None = None) -> None:
        """Accept `%matplotlib …`; there is no window."""

    def ask_exit(self) -> None:
        """Go on: `exit` in a cell ends nothing here."""


class AnswersAreElsewhere:
    """Refuses to import the modules that hold the right answers."""

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> None:
        """Raise for `lstm_course.exercises.exNN_…`; leave all else to Python."""
        if name.startswith("lstm_course.exercises.ex"):
            raise ModuleNotFoundError(f"{name} is not available while grading", name=name)


def main() -> None:
    """Answer requests until the other side closes the pipe."""
    options = json.loads(sys.argv[1])
    requests, replies = _private_pipes()
    _limit(options)
    shell = _shell()
    tidy = _Tidy(shell)
    work = {"run": _run, "look": _look, "calls": _calls, "steps": _steps}
    sys.path.insert(0, "")
    me = os.getpid()
    send(replies, {"ready": True})
    while (request := receive(requests)) is not None:
        try:
            answer = work[request["do"]](shell, request)
        except BaseException as error:  # KeyboardInterrupt from a learner's thread, and the like
            answer = {"broken": f"{type(error).__name__} {error}".strip()}
        if os.getpid() != me:  # a child that the learner's code has forked
            os._exit(0)
        _flush()
        send(replies, {**answer, "replaced": tidy.put_back()})


def _run(shell: Shell, request: dict[str, Any]) -> dict[str, Any]:
    """Run one cell."""
    before, null, _ = request["source"].partition("\0")
    if null:  # Python 3.13.0 says SystemError of it, and nothing of the cause
        message = "source code string cannot contain null bytes"
        return {"error": "SyntaxError", "message": message, "line": before.count("\n") + 1}
    result = shell.run_cell(request["source"], store_history=False)
    error = result.error_before_exec or result.error_in_exec
    if error is None:
        return {"error": ""}
    line = getattr(error, "lineno", None) if isinstance(error, SyntaxError) else _line(error)
    return {"error": type(error).__name__, "message": str(error)[:2000], "line": line}


def _look(shell: Shell, request: dict[str, Any]) -> dict[str, Any]:
    """Say what the names hold: stub, missing, value, function, course; and the values."""
    names = request["names"]
    if any(name not in shell.user_ns for name in names):
        return {"origin": "missing", "values": []}
    values = tuple(shell.user_ns[name] for name in names)
    sent = [pack(None if callable(value) else plain(value)) for value in values]
    return {"origin": origin_of(values), "values": sent}


def _calls(shell: Shell, request: dict[str, Any]) -> dict[str, Any]:
    """Call a function once for each list of inputs."""
    function = shell.user_ns[request["name"]]
    inputs = [[unpack(part) for part in arguments] for arguments in request["inputs"]]
    with spoiled(request["without"]):
        found = call_all(function, inputs)
    sent = [{**vars(one), "value": pack(one.value), "spot": _spot(one)} for one in found]
    return {"replies": sent}


def _spot(one: reply.Reply) -> dict[str, Any]:
    operands = [[text, pack(plain(value))] for text, value in one.spot.operands]
    return {**vars(one.spot), "operands": operands}


def _steps(shell: Shell, request: dict[str, Any]) -> dict[str, Any]:
    """Call a function once and say what each of its lines computes."""
    function = shell.user_ns[request["name"]]
    found = trace_once(function, [unpack(part) for part in request["arguments"]])
    return {"steps": [{**step._asdict(), "value": pack(step.value)} for step in found]}


class _Tidy:
    """Puts back what a cell replaced in NumPy, in the grader and in the way cells are read."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._modules = [(module, dict(vars(module))) for module in (numpy, reply, wire, equations)]

    def put_back(self) -> list[str]:
        """Undo replacements and return their names."""
        named = [name for module, before in self._modules for name in _restore(module, before)]
        for stream in ("stdout", "stderr"):
            if getattr(getattr(sys, stream), "closed", True):
                setattr(sys, stream, os.fdopen(os.dup(2), "w", encoding="utf-8", errors="replace"))
        shell, fresh = self._shell, TransformerManager()
        before = shell.input_transformer_manager
        if shell.input_transformers_post or shell.ast_transformers or _extra(before, fresh):
            shell.input_transformers_post.clear()
            shell.ast_transformers.clear()
            shell.input_transformer_manager = fresh
            named.append("the way cells are read")
        return named


def _restore(module: ModuleType, before: dict[str, Any]) -> list[str]:
    """Give a module its own names back; return those that were replaced."""
    now = vars(module)
    changed = [name for name, value in before.items() if now.get(name) is not value]
    now.update({name: before[name] for name in changed})
    short = "np" if module is numpy else module.__name__
    return [f"{short}.{name}" for name in changed if not name.startswith("__")]


def _extra(manager: TransformerManager, fresh: TransformerManager) -> bool:
    lists = ("cleanup_transforms", "line_transforms", "token_transformers")
    return any(len(getattr(manager, name)) != len(getattr(fresh, name)) for name in lists)


def _private_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Keep the standard input and output for the grader; point the learner's elsewhere."""
    requests = os.fdopen(os.dup(0), "rb")
    replies = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    return requests, replies


def _limit(options: dict[str, Any]) -> None:
    """Ask the system for limits on memory and file size, where it has them."""
    try:
        import resource
    except ImportError:  # Windows: the watch in kernel.py does it alone
        return
    for kind, limit in (
        ("RLIMIT_DATA", "memory"),
        ("RLIMIT_FSIZE", "file"),
        ("RLIMIT_CORE", "core"),
    ):
        try:
            resource.setrlimit(getattr(resource, kind), (options[limit], options[limit]))
        except (AttributeError, ValueError, OSError):
            continue


def _shell() -> Shell:
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    config.InteractiveShell.xmode = "Minimal"
    shell = Shell.instance(config=config)
    builtins.input = _no_input
    checks.check = checks.hint = _silent
    sys.meta_path.insert(0, AnswersAreElsewhere())
    sys.excepthook = sys.__excepthook__
    return shell


def _no_input(prompt: object = "") -> str:
    raise EOFError("input() waits for someone to type; write the value into the cell instead")


def _silent(*arguments: Any) -> None:
    """Stand in for `check` and `hint`: the grader asks for itself."""


def _line(error: BaseException) -> int | None:
    """Return the line of the cell in which the error arose."""
    frames, line = error.__traceback__, None
    while frames is not None:
        if frames.tb_frame.f_code.co_name == "<module>":
            line = frames.tb_lineno
        frames = frames.tb_next
    return line


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except Exception:
            continue


if __name__ == "__main__":
    main()
