"""Guards around nbval, as a pytest plugin: a notebook that was not tested must not look tested.

Under plain nbval a cell without a number in front passes with its output uncompared, a dead
kernel is waited for until the cell limit and then hides the later cells as expected failures,
so does a time-out, and a tag or comment switches a cell's test off. Here each of these fails.

Use it with `pytest_plugins = ["lstm_course.grading.nbval.guards"]` in the root conftest.py.
"""

import re
import time
from collections.abc import Callable
from queue import Empty
from typing import Any

import pytest

POLL_SECONDS = 0.5
PIXELS = re.compile(r"data:image/[a-z+]+;base64,[A-Za-z0-9+/=]*")

try:
    import nbval.plugin as nbval
except ImportError:  # nothing to guard
    nbval = None


class KernelDied(Exception):
    """The kernel's process has ended while a cell was waiting for it."""


def wait(receive: Callable, is_alive: Callable[[], bool], timeout: float | None) -> Any:
    """Wait for a message, but no longer than the kernel lives.

    Parameters
    ----------
    receive : function
        `receive(seconds)` returns a message or raises queue.Empty.
    is_alive : function
        Whether the kernel's process runs.
    timeout : float or None
        Seconds to wait in all; None waits as long as the kernel lives.

    Raises
    ------
    queue.Empty
        When time is up.
    KernelDied
        When the process has ended and has left no message.
    """
    end = float("inf") if timeout is None else time.monotonic() + timeout
    while True:
        alive = is_alive()  # asked first, so that a last message is still read
        try:
            return receive(max(0.0, min(POLL_SECONDS, end - time.monotonic())))
        except Empty:
            if not alive:
                raise KernelDied from None
            if time.monotonic() >= end:
                raise


def pytest_configure(config: pytest.Config) -> None:
    """Put the guarded methods in place of nbval's until pytest ends.

    Methods and not subclasses: nbval's classes name themselves in `super(...)`.
    """
    if nbval is None:
        return
    patch = pytest.MonkeyPatch()
    config.add_cleanup(patch.undo)
    patch.setattr(nbval.RunningKernel, "get_message", get_message)
    patch.setattr(nbval.IPyNbFile, "broken_by", "", raising=False)
    patch.setattr(nbval.IPyNbCell, "setup", lambda cell: None)  # it would mark cells as xfail
    patch.setattr(nbval.IPyNbCell, "sanitize", without_pixels(nbval.IPyNbCell.sanitize))
    patch.setattr(nbval.IPyNbCell, "runtest", guarded(nbval.IPyNbCell.runtest))


def without_pixels(sanitize: Callable) -> Callable:
    """Return a `sanitize` that takes the pixels out of an `<img>` and leaves its alt text.

    nbval compares no `image/png`, because fonts and libraries draw differently; the same
    picture inside `text/html` is the same case.
    """

    def comparable(cell: Any, text: Any) -> Any:
        text = sanitize(cell, text)
        return PIXELS.sub("data:image", text) if isinstance(text, str) else text

    return comparable


def get_message(kernel: Any, stream: str, timeout: float | None = None) -> Any:
    """Return the next message of a stream, in place of RunningKernel.get_message."""
    receive = kernel.kc.get_iopub_msg if stream == "iopub" else kernel.kc.get_shell_msg
    return wait(lambda seconds: receive(timeout=seconds), kernel.is_alive, timeout)


def guarded(runtest: Callable) -> Callable:
    """Return a `runtest` that fails wherever nbval's own would look away."""

    def run(cell: Any) -> None:
        cell.user_properties.append(("first line", cell.cell.source.partition("\n")[0]))
        notebook = cell.parent
        reason = notebook.broken_by or untested(cell)
        if reason:
            cell.raise_cell_error(reason)
        try:
            runtest(cell)
        except KernelDied:
            notebook.broken_by = f"Not run: the kernel died in cell {cell.cell_num}"
            cell.raise_cell_error("The kernel died in this cell")
        finally:
            if notebook.timed_out and not notebook.broken_by:
                notebook.broken_by = f"Not run: cell {cell.cell_num} ran out of time"

    return run


def untested(cell: Any) -> str:
    """Say why running this cell would prove nothing, or return ''."""
    if cell.options["skip"]:
        return "A tag or comment skips this cell"
    if cell.options["check_exception"]:
        return "A tag or comment lets this cell raise an error"
    if not cell.options["check"] and cell.parent.compare_outputs:
        return "A tag or comment keeps this cell's output from being compared"
    if cell.cell.execution_count is None and cell.cell.source.strip():
        return "The cell was not run when the notebook was built: there is nothing to compare with"
    return ""
