"""A process of its own for a learner's code, with limits on what it may use.

This protects the grader, the other exercises and the result from accidents, damage and
simple tampering. It is no sandbox for hostile code: that runs with the rights of whoever
started the grader, so grade work you do not trust on a machine made for it, such as a CI
service's. What keeps an everyday line from changing the grader's environment, layer by layer
(`environment.py`, `startup/sitecustomize.py`, `landlock.py`): pip and its like are not run;
Python changes no file outside the notebook's copy and the temporary folder; on Linux, no
program does that either.
"""

import queue
import signal
import threading
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import psutil

from ...checks.raised import Spot
from ...checks.reply import Repaired, Reply
from ...checks.tracing import Step
from ...exercises import Exercise
from .environment import learners_environment
from .start import start
from .where import stack_of, why_late
from .wire import pack, printable, receive, send, unpack

_LOOK_EVERY = 0.1


@dataclass(frozen=True)
class Limits:
    """What the learner's process may use.

    Attributes
    ----------
    seconds : float
        For one exercise: its answer cell and all calls of its function. Other cells: each.
        An exercise that names a limit of its own (`Exercise.seconds`) gets as many times more.
    memory : int
        Bytes, over the process and what it starts.
    output : int
        Bytes that one cell may print.
    processes : int
        Processes that may run at once beside the first.
    file : int
        Bytes in one file it writes.
    """

    seconds: float = 30.0
    memory: int = 2_000_000_000
    output: int = 20_000_000
    processes: int = 16
    file: int = 500_000_000
    core: int = 0

    def seconds_for(self, exercises: Iterable[Exercise]) -> float:
        """Return the limit for what belongs to some exercises: the longest of theirs."""
        longest = max((exercise.seconds for exercise in exercises), default=Exercise.seconds)
        return self.seconds * longest / Exercise.seconds


class KernelStopped(Exception):
    """The learner's code ended the process, or was stopped; `status` names the outcome."""

    def __init__(self, status: str, cause: str) -> None:
        super().__init__(cause)
        self.status = status
        self.cause = cause


class GraderFailure(Exception):
    """Something of the grader's own went wrong; never the learner's mistake."""


class Kernel:
    """Runs cells and calls functions in another process.

    Parameters
    ----------
    folder : Path
        Where it runs: a copy of the notebook's folder.
    limits : Limits
        What it may use.
    """

    def __init__(self, folder: Path, limits: Limits) -> None:
        self._limits = limits
        self._where = folder.parent / "where.txt"
        self._source = ""
        self._printed = 0
        self._last_output = b""
        self._messages: queue.Queue[dict[str, Any] | None] = queue.Queue()
        self._process = start()
        self._watched = psutil.Process(self._process.pid)
        for job in (self._read_messages, self._read_output):
            threading.Thread(target=job, daemon=True).start()
        self.allow(60.0)
        try:
            self._ask(self._options(folder))
        except KernelStopped as stopped:
            self.close()
            said = self._last_output.decode(errors="replace").strip().splitlines()[-1:]
            raise GraderFailure(f"the process for the answers did not start: {said}") from stopped

    def allow(self, seconds: float | None = None) -> None:
        """Start the clock for the next cell or exercise."""
        self._seconds = seconds or self._limits.seconds
        self._deadline = time.monotonic() + self._seconds
        self._printed = 0

    def run(self, source: str) -> dict[str, Any]:
        """Run a cell; return error (its name, empty when there was none), message and line."""
        self._source = source
        try:
            return self._ask({"do": "run", "source": source})
        finally:
            self._source = ""

    def look(self, names: Sequence[str]) -> dict[str, Any]:
        """Return what the names hold, as `Attempt.origin`, and their values."""
        return self._ask({"do": "look", "names": list(names)})

    def calls(
        self,
        name: str,
        inputs: Sequence[Sequence[Any]],
        without: Sequence[str] = (),
        watch: bool = False,
    ) -> list[Reply]:
        """Call the function of that name once for each list of inputs (see `Attempt.calls`)."""
        packed = [[pack(part) for part in arguments] for arguments in inputs]
        how = {"without": list(without), "watch": watch}
        request = {"do": "calls", "name": name, "inputs": packed, **how}
        return [_reply(fields) for fields in self._ask(request)["replies"]]

    def steps(self, name: str, arguments: Sequence[Any]) -> list[Step]:
        """Call the function of that name once and note what its lines compute."""
        packed = [pack(part) for part in arguments]
        answer = self._ask({"do": "steps", "name": name, "arguments": packed})
        return [_step(fields) for fields in answer["steps"]]

    def repairs(
        self, name: str, inputs: Sequence[Sequence[Any]], watch: bool = False
    ) -> list[Repaired]:
        """Call the function of that name after each small repair of its lines."""
        packed = [[pack(part) for part in arguments] for arguments in inputs]
        answer = self._ask({"do": "repairs", "name": name, "inputs": packed, "watch": watch})
        return [_repaired(fields) for fields in answer["repairs"]]

    def close(self) -> None:
        """End the process and everything it started."""
        for member in self._family():
            _kill(member)
        self._process.close()

    def __enter__(self) -> "Kernel":
        """Return the kernel."""
        return self

    def __exit__(self, *error: object) -> None:
        """Close it."""
        self.close()

    def _ask(self, request: dict[str, Any]) -> dict[str, Any]:
        try:
            send(self._process.requests, request)
        except OSError:
            raise self._died() from None
        answer = self._next()
        if "broken" in answer:
            raise KernelStopped("error", f"The code raises {printable(answer['broken'])}.")
        return answer

    def _next(self) -> dict[str, Any]:
        """Wait for a reply and watch time, memory, output and processes meanwhile."""
        while True:
            try:
                message = self._messages.get(timeout=_LOOK_EVERY)
            except queue.Empty:
                self._check_limits()
                continue
            if message is None:
                raise self._died()
            return message

    def _check_limits(self) -> None:
        if self._process.exit_code() is not None and self._messages.empty():
            raise self._died()
        limits, family = self._limits, self._family()
        if len(family) - 1 > limits.processes:
            cause = f"The code started {len(family) - 1} processes; at most {limits.processes} may."
            raise KernelStopped("too many processes", cause)
        if sum(map(_memory, family)) > limits.memory:
            raise KernelStopped("too much memory", _memory_cause(limits))
        if self._printed > limits.output:
            cause = f"The code printed more than {limits.output / 1e6:g} MB and was stopped."
            raise KernelStopped("too much output", cause)
        if time.monotonic() > self._deadline:
            raise KernelStopped("out of time", self._why_late(family[1:]))

    def _why_late(self, children: list[psutil.Process]) -> str:
        frames = stack_of(self._process.pid, self._where)
        return printable(why_late(self._seconds, frames, children, self._source))

    def _options(self, folder: Path) -> dict[str, Any]:
        return {
            "folder": str(folder),
            "where": str(self._where),
            "limits": asdict(self._limits),
            "environment": learners_environment(folder),
        }

    def _died(self) -> KernelStopped:
        code = self._process.exit_code(patience=2.0)
        if code is None:
            return KernelStopped("stopped", "The code closed the grader's connection.")
        if code < 0:
            name = signal.Signals(-code).name
            return KernelStopped("stopped", f"The code ended Python itself (signal {name}).")
        return KernelStopped("stopped", f"The code ended Python itself (exit status {code}).")

    def _family(self) -> list[psutil.Process]:
        try:
            return [self._watched, *self._watched.children(recursive=True)]
        except psutil.Error:
            return []

    def _read_messages(self) -> None:
        with self._process.replies as pipe:
            try:
                while (message := receive(pipe)) is not None:
                    self._messages.put(message)
            except (ValueError, OSError, KeyError):
                pass
        self._messages.put(None)

    def _read_output(self) -> None:
        with self._process.output as pipe:
            while data := pipe.read1(65536):
                self._printed += len(data)
                self._last_output = (self._last_output + data)[-2000:]


def _reply(fields: dict[str, Any]) -> Reply:
    """Build a Reply from what came back; only its own fields count."""
    texts = {key: printable(fields[key]) for key in ("error", "message", "trace")}
    return Reply(
        value=unpack(fields["value"]),
        spot=_spot(fields["spot"]),
        changed=tuple(int(k) for k in fields["changed"]),
        overflows=tuple(map(printable, fields["overflows"])),
        used=tuple(map(str, fields["used"])),
        **texts,
    )


def _repaired(fields: dict[str, Any]) -> Repaired:
    texts = {key: printable(fields[key]) for key in ("line", "cause", "look")}
    replies = tuple(map(_reply, fields["replies"]))
    number, weight = int(fields["number"]), int(fields["weight"])
    return Repaired(number=number, weight=weight, replies=replies, **texts)


def _spot(fields: dict[str, Any]) -> Spot:
    texts = {key: printable(fields[key]) for key in ("line", "function", "part", "near")}
    operands = tuple((printable(text), unpack(value)) for text, value in fields["operands"])
    return Spot(number=int(fields["number"]), operands=operands, **texts)


def _step(fields: dict[str, Any]) -> Step:
    texts = {key: printable(fields[key]) for key in ("line", "name", "function")}
    return Step(
        number=int(fields["number"]),
        value=unpack(fields["value"]),
        in_place=bool(fields["in_place"]),
        **texts,
    )


def _memory(process: psutil.Process) -> int:
    try:
        return process.memory_info().rss
    except psutil.Error:
        return 0


def _memory_cause(limits: Limits) -> str:
    return f"The code used more than {limits.memory / 1e9:g} GB of memory and was stopped."


def _kill(process: psutil.Process) -> None:
    try:
        process.kill()
    except psutil.Error:
        pass
