"""Cells of one notebook in a kernel that may die on the way and comes back."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...checks.reply import Reply
from ...checks.tracing import Step
from ..notebooks.reading import Cell
from .kernel import Kernel, KernelStopped, Limits
from .wire import printable, unpack


@dataclass(frozen=True)
class CellRun:
    """How a cell ended: without an error, or with its name, message and line."""

    error: str = ""
    message: str = ""
    line: int | None = None

    @property
    def status(self) -> str:
        """The status of an exercise whose answer cell ended like this."""
        if self.error.endswith("MemoryError"):
            return "too much memory"
        syntax = self.error in ("SyntaxError", "IndentationError", "TabError")
        return "syntax error" if syntax else "error"

    @property
    def cause(self) -> str:
        """What happened, in one line."""
        where = f" in line {self.line}" if self.line else ""
        first = self.message.strip().split("\n")[0].split(" (<")[0].split(" (cell")[0]
        return f"The answer cell raises {self.error}{where}: {first}"


class Session:
    """Runs cells one after the other; after a kernel's death the cells before are run again.

    Attributes
    ----------
    notes : list of str
        What happened in cells, one line each.
    """

    def __init__(self, folder: Path, limits: Limits) -> None:
        self._folder = folder
        self._limits = limits
        self._kernel: Kernel | None = None
        self._done: list[Cell] = []
        self.notes: list[str] = []

    def kernel(self) -> Kernel:
        """Return a kernel in which all cells so far have run."""
        if self._kernel is None:
            self._kernel = Kernel(self._folder, self._limits)
            for cell in list(self._done):
                self._again(cell)
            return self.kernel()
        return self._kernel

    def run(self, cell: Cell) -> CellRun:
        """Run a cell.

        Raises
        ------
        KernelStopped
            When the cell ended the kernel or was stopped; it is not run again.
        """
        kernel = self.kernel()
        kernel.allow()
        try:
            answer = kernel.run(cell.source)
        except KernelStopped as stopped:
            self.notes.append(f"Cell {cell.number}: {stopped.cause}")
            self.stop()
            raise
        self._done.append(cell)
        return self._told(cell, answer)

    def stop(self) -> None:
        """End the kernel; the next cell gets a new one."""
        if self._kernel is not None:
            self._kernel.close()
            self._kernel = None

    def __enter__(self) -> "Session":
        """Return the session."""
        return self

    def __exit__(self, *error: object) -> None:
        """End the kernel."""
        self.stop()

    def _again(self, cell: Cell) -> None:
        """Run a cell in a new kernel; one that now ends it is left out from here on."""
        if self._kernel is None:
            return
        try:
            self._kernel.allow()
            self._kernel.run(cell.source)
        except KernelStopped:
            self._done.remove(cell)
            self.stop()

    def _told(self, cell: Cell, answer: dict[str, Any]) -> CellRun:
        for name in answer.get("replaced", ()):
            self.notes.append(f"Cell {cell.number} replaces {name}; the grader put it back.")
        ran = CellRun(answer["error"], printable(answer.get("message", "")), answer.get("line"))
        if ran.error and not cell.exercise:
            first = ran.message.strip().split("\n")[0]
            self.notes.append(f"Cell {cell.number} raises {ran.error}: {first}")
        return ran


class KernelAttempt:
    """A learner's answer in a kernel (see `reply.Attempt`)."""

    def __init__(self, kernel: Kernel, names: Sequence[str]) -> None:
        self._kernel = kernel
        self._names = names
        seen = kernel.look(names)
        self.origin: str = seen["origin"]
        self._values = seen["values"]

    def values(self) -> tuple[Any, ...]:
        """Return the values of the names."""
        return tuple(unpack(value) for value in self._values)

    def calls(self, inputs: Sequence[Sequence[Any]], without: Sequence[str] = ()) -> list[Reply]:
        """Call the function in the kernel."""
        return self._kernel.calls(self._names[0], inputs, without)

    def steps(self, arguments: Sequence[Any]) -> list[Step]:
        """Trace the function in the kernel."""
        return self._kernel.steps(self._names[0], arguments)

    def other(self, name: str) -> "KernelAttempt | None":
        """Look among the names of the notebook."""
        attempt = KernelAttempt(self._kernel, (name,))
        return attempt if attempt.origin in ("function", "course") else None
