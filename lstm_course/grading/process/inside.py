"""The learner's process: runs cells and calls functions, and judges nothing.

Forked by `prepared.py`, or started as `python -m lstm_course.grading.process.inside`. Requests
come in on the standard input and replies go out on the standard output, both moved out of the
way before the learner's code runs; what that code prints goes to the standard error. The first
request says where it works, with which environment and limits.
"""

import builtins
import os
import sys
from types import ModuleType
from typing import Any, BinaryIO

import numpy
from IPython.core.inputtransformer2 import TransformerManager
from traitlets.config import Config

import lstm_course.checks as checks

from ... import equations
from ...checks import overflow, reply, values
from ...checks.reply import call_all, origin_of, plain, repair_all, trace_once
from ...checks.spoil import spoiled
from ...checks.values import MISSING, given
from . import wire
from .confine import confine, refusals
from .shell import Shell
from .startup.sitecustomize import INSTALLERS
from .wire import pack, receive, send, unpack


class NotWhileGrading:
    """Refuses to import the modules that hold the right answers, and what installs others."""

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> None:
        """Raise for `lstm_course.exercises.exNN_…` and for pip; leave all else to Python."""
        if name.startswith("lstm_course.exercises.ex") or name in INSTALLERS:
            raise ModuleNotFoundError(f"{name} is not available while grading", name=name)


def serve(shell: Shell | None = None) -> None:
    """Answer requests until the other side closes the pipe; make a shell where none is given."""
    requests, replies = _private_pipes()
    confine(receive(requests))
    shell = shell or new_shell()
    tidy = _Tidy(shell)
    work = {"run": _run, "look": _look, "calls": _calls, "steps": _steps, "repairs": _repairs}
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
    shell.passed_over = []
    result = shell.run_cell(request["source"], store_history=False)
    error = result.error_before_exec or result.error_in_exec
    told = {"error": "", "passed_over": shell.passed_over, "refused": refusals()}
    if error is None:
        return told
    syntax = isinstance(error, SyntaxError)
    line = getattr(error, "lineno", None) if syntax else shell.line_of(error)
    return told | {"error": type(error).__name__, "message": str(error)[:2000], "line": line}


def _look(shell: Shell, request: dict[str, Any]) -> dict[str, Any]:
    """Say what the names hold: stub, missing, value, function, course; and the values."""
    held = {name: shell.user_ns[name] for name in request["names"] if name in shell.user_ns}
    seen = [given(held[name]) if name in held else MISSING for name in request["names"]]
    origin = origin_of(tuple(held.values())) if held else "missing"
    return {"origin": origin, "values": [pack(vars(value)) for value in seen]}


def _calls(shell: Shell, request: dict[str, Any]) -> dict[str, Any]:
    """Call a function once for each list of inputs."""
    function = shell.user_ns[request["name"]]
    inputs = [[unpack(part) for part in arguments] for arguments in request["inputs"]]
    with spoiled(request["without"]):
        found = call_all(function, inputs, request["watch"])
    return {"replies": [_told(shell, one) for one in found]}


def _told(shell: Shell, one: reply.Reply) -> dict[str, Any]:
    """Turn a reply into what can be sent; of a name whose import failed, add the reason."""
    fields = {**vars(one), "value": pack(one.value), "spot": _spot(one)}
    if one.error == "NameError":
        fields["message"] = shell.explained(one.message)
    return fields


def _spot(one: reply.Reply) -> dict[str, Any]:
    operands = [[text, pack(plain(value))] for text, value in one.spot.operands]
    return {**vars(one.spot), "operands": operands}


def _steps(shell: Shell, request: dict[str, Any]) -> dict[str, Any]:
    """Call a function once and say what each of its lines computes."""
    function = shell.user_ns[request["name"]]
    found = trace_once(function, [unpack(part) for part in request["arguments"]])
    return {"steps": [{**step._asdict(), "value": pack(step.value)} for step in found]}


def _repairs(shell: Shell, request: dict[str, Any]) -> dict[str, Any]:
    """Call a function after each small repair of its lines."""
    function = shell.user_ns[request["name"]]
    inputs = [[unpack(part) for part in arguments] for arguments in request["inputs"]]
    found = repair_all(function, inputs, request["watch"])
    return {
        "repairs": [
            {**vars(one), "replies": [_told(shell, given) for given in one.replies]}
            for one in found
        ]
    }


class _Tidy:
    """Puts back what a cell replaced in NumPy, in the grader and in the way cells are read."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._modules = [
            (module, dict(vars(module)))
            for module in (numpy, overflow, reply, values, wire, equations)
        ]

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


def new_shell() -> Shell:
    """Return IPython, set up for grading; nothing of a learner's is in it yet."""
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    config.InteractiveShell.xmode = "Minimal"
    shell = Shell.instance(config=config)
    builtins.input = _no_input
    checks.check = checks.hint = _silent
    sys.meta_path.insert(0, NotWhileGrading())
    sys.excepthook = sys.__excepthook__
    return shell


def _no_input(prompt: object = "") -> str:
    raise EOFError("input() waits for someone to type; write the value into the cell instead")


def _silent(*arguments: Any) -> None:
    """Stand in for `check` and `hint`: the grader asks for itself."""


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except Exception:
            continue


if __name__ == "__main__":
    serve()
