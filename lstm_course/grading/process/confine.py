"""Settle into a notebook's copy: environment, limits, and no way to change what lies outside."""

import faulthandler
import json
import os
import signal
import tempfile
from typing import Any

from .landlock import restrict_changes
from .startup.sitecustomize import VARIABLE, install, report

_STARTED = {}
_MOST = 20  # refusals that are told of one cell


def confine(options: dict[str, Any]) -> None:
    """Give this process a learner's folder, environment and limits. It cannot be taken back."""
    os.environ.clear()
    os.environ.update(options["environment"])
    os.chdir(options["folder"])
    tempfile.tempdir = None  # the environment names another
    guard = json.loads(options["environment"][VARIABLE])
    _STARTED["report"] = guard
    _limit(options["limits"])
    _show_where_on_demand(options["where"])
    restrict_changes(_changeable(guard))
    install(guard)


def refusals() -> list[str]:
    """Return what was refused since the last time, one line each."""
    path = _STARTED["report"]["report"]
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            lines = list(dict.fromkeys(line.strip()[:200] for line in file))
        os.remove(path)
    except OSError:
        return []
    return lines[:_MOST]


def report_not_run(line: str) -> None:
    """Note a command that was not run, and say so to the learner's code."""
    report(_STARTED["report"], f"run {line}")
    print(f"{line.split()[0]} is not run while grading; nothing is installed or removed.")


def _changeable(guard: dict[str, Any]) -> list[str]:
    """Return the folders that programs may change, too: not one with a kept one inside."""
    temporary = os.path.join(guard["temporary"], "")
    around = any(os.path.realpath(kept).startswith(temporary) for kept in guard["kept"])
    shared = [] if around else [guard["temporary"]]
    return [guard["place"], *shared, "/dev"]


def _show_where_on_demand(path: str) -> None:
    """On a signal, write where the code is into a file: the grader asks when time is up."""
    if hasattr(faulthandler, "register"):  # not on Windows
        _STARTED["where"] = open(path, "w")  # noqa: SIM115  it stays open
        faulthandler.register(signal.SIGUSR1, _STARTED["where"], all_threads=False)


def _limit(limits: dict[str, Any]) -> None:
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
            resource.setrlimit(getattr(resource, kind), (limits[limit], limits[limit]))
        except (AttributeError, ValueError, OSError):
            continue
