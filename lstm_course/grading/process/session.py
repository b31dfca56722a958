"""Cells of one notebook in a kernel that may die on the way and comes back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ...checks.reply import Repaired, Reply
from ...checks.tracing import Step
from ...checks.values import Given
from ..notebooks.reading import Cell
from .kernel import Kernel, KernelStopped, Limits
from .wire import printable, unpack


@dataclass(frozen=True)
class CellRun:
    """How a cell ended: without an error, or with its name, message and line.

    Attributes
    ----------
    missing : CellRun or None
        The first statement that was passed over, because an import failed.
    """

    error: str = ""
    message: str = ""
    line: int | None = None
    missing: "CellRun | None" = None

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
        return f"The answer cell raises {self.told}"

    @property
    def told(self) -> str:
        """The error in one line: its name, where, and its text."""
        where = f" in line {self.line}" if self.line else ""
        first = self.message.strip().split("\n")[0].split(" (<")[0].split(" (cell")[0]
        return f"{self.error}{where}: {first.rstrip('.')}"


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
        self._done: list[tuple[Cell, float]] = []  # and how long each may run
        self.notes: list[str] = []

    def kernel(self) -> Kernel:
        """Return a kernel in which all cells so far have run."""
        if self._kernel is None:
            self._kernel = Kernel(self._folder, self._limits)
            for done in list(self._done):
                self._again(done)
            return self.kernel()
        return self._kernel

    def run(self, cell: Cell, seconds: float) -> CellRun:
        """Run a cell, for so long at most.

        Raises
        ------
        KernelStopped
            When the cell ended the kernel or was stopped; it is not run again.
        """
        kernel = self.kernel()
        kernel.allow(seconds)
        try:
            answer = kernel.run(cell.source)
        except KernelStopped as stopped:
            self.notes.append(f"Cell {cell.number}: {stopped.cause}")
            self.stop()
            raise
        self._done.append((cell, seconds))
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

    def _again(self, done: tuple[Cell, float]) -> None:
        """Run a cell in a new kernel; one that now ends it is left out from here on."""
        if self._kernel is None:
            return
        try:
            cell, seconds = done
            self._kernel.allow(seconds)
            self._kernel.run(cell.source)
        except KernelStopped:
            self._done.remove(done)
            self.stop()

    def _told(self, cell: Cell, answer: dict[str, Any]) -> CellRun:
        for name in answer.get("replaced", ()):
            self._note(cell, f" replaces {name}; the grader put it back.")
        for line in answer.get("refused", ()):
            self._note(cell, f": {_refusal(printable(line))}")
        over = [_cell_run(found) for found in answer.get("passed_over", ())]
        ran = replace(_cell_run(answer), missing=over[0] if over else None)
        if over:
            self._note(cell, f" raises {over[0].told}. What does not need it was run all the same.")
        if ran.error and not cell.exercise:
            first = ran.message.strip().split("\n")[0]
            self._note(cell, f" raises {ran.error}: {first}")
        return ran

    def _note(self, cell: Cell, text: str) -> None:
        line = f"Cell {cell.number}{text}"
        if line not in self.notes:  # a cell may run twice
            self.notes.append(line)


def _cell_run(told: dict[str, Any]) -> CellRun:
    return CellRun(told["error"], printable(told.get("message", "")), told.get("line"))


def _refusal(line: str) -> str:
    """Word what was refused: "run pip install …" or "change /a/file"."""
    what, _, rest = line.partition(" ")
    if what == "run":
        return f"`{rest}` is not run while grading; nothing is installed or removed."
    return f"{rest} is outside the notebook's folder and stays as it is."


class KernelAttempt:
    """A learner's answer in a kernel (see `reply.Attempt`)."""

    def __init__(self, kernel: Kernel, names: Sequence[str]) -> None:
        self._kernel = kernel
        self._names = names
        seen = kernel.look(names)
        self.origin: str = seen["origin"]
        self._values = seen["values"]

    def values(self) -> tuple[Given, ...]:
        """Return the values of the names."""
        return tuple(Given(**unpack(value)) for value in self._values)

    def calls(
        self, inputs: Sequence[Sequence[Any]], without: Sequence[str] = (), watch: bool = False
    ) -> list[Reply]:
        """Call the function in the kernel."""
        return self._kernel.calls(self._names[0], inputs, without, watch)

    def steps(self, arguments: Sequence[Any]) -> list[Step]:
        """Trace the function in the kernel."""
        return self._kernel.steps(self._names[0], arguments)

    def repairs(self, inputs: Sequence[Sequence[Any]], watch: bool = False) -> list[Repaired]:
        """Repair the function in the kernel."""
        return self._kernel.repairs(self._names[0], inputs, watch)

    def other(self, name: str) -> "KernelAttempt | None":
        """Look among the names of the notebook."""
        attempt = KernelAttempt(self._kernel, (name,))
        return attempt if attempt.origin in ("function", "course") else None
