"""A process of its own for a learner's code, with limits on what it may use.

This protects the grader, the other exercises and the result from accidents, damage and
simple tampering. It is no sandbox for hostile code: that runs with the rights of whoever
started the grader, so grade work you do not trust on a machine made for it, such as a CI
service's.
"""

import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import psutil

from ...checks.raised import Spot
from ...checks.reply import Reply
from ...checks.tracing import Step
from .wire import pack, printable, receive, send, unpack

_SECRET = ("TOKEN", "SECRET", "PASSWORD", "CREDENTIAL", "API_KEY", "PRIVATE_KEY")
_LOOK_EVERY = 0.1


@dataclass(frozen=True)
class Limits:
    """What the learner's process may use.

    Attributes
    ----------
    seconds : float
        For one exercise: its answer cell and all calls of its function. Other cells: each.
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
        self._deadline = 0.0
        self._printed = 0
        self._last_output = b""
        self._messages: queue.Queue[dict[str, Any] | None] = queue.Queue()
        command = [sys.executable, "-P", "-m", f"{__package__}.inside", json.dumps(asdict(limits))]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(
            command, stdin=pipe, stdout=pipe, stderr=pipe, cwd=folder, env=_environment(folder),
            start_new_session=True,
        )  # fmt: skip
        self._watched = psutil.Process(self._process.pid)
        for job in (self._read_messages, self._read_output):
            threading.Thread(target=job, daemon=True).start()
        self.allow(60.0)
        try:
            self._next()
        except KernelStopped as stopped:
            self.close()
            said = self._last_output.decode(errors="replace").strip().splitlines()[-1:]
            raise GraderFailure(f"the process for the answers did not start: {said}") from stopped

    def allow(self, seconds: float | None = None) -> None:
        """Start the clock for the next cell or exercise."""
        self._deadline = time.monotonic() + (seconds or self._limits.seconds)
        self._printed = 0

    def run(self, source: str) -> dict[str, Any]:
        """Run a cell; return error (its name, empty when there was none), message and line."""
        return self._ask({"do": "run", "source": source})

    def look(self, names: Sequence[str]) -> dict[str, Any]:
        """Return what the names hold, as `Attempt.origin`, and their values."""
        return self._ask({"do": "look", "names": list(names)})

    def calls(
        self, name: str, inputs: Sequence[Sequence[Any]], without: Sequence[str] = ()
    ) -> list[Reply]:
        """Call the function of that name once for each list of inputs (see `Attempt.calls`)."""
        packed = [[pack(part) for part in arguments] for arguments in inputs]
        request = {"do": "calls", "name": name, "inputs": packed, "without": list(without)}
        return [_reply(fields) for fields in self._ask(request)["replies"]]

    def steps(self, name: str, arguments: Sequence[Any]) -> list[Step]:
        """Call the function of that name once and note what its lines compute."""
        packed = [pack(part) for part in arguments]
        answer = self._ask({"do": "steps", "name": name, "arguments": packed})
        return [_step(fields) for fields in answer["steps"]]

    def close(self) -> None:
        """End the process and everything it started."""
        family = self._family()
        for member in family:
            _kill(member)
        if hasattr(os, "killpg"):
            try:
                os.killpg(self._process.pid, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):
                pass
        self._process.kill()
        self._process.wait()
        self._process.stdin.close()

    def __enter__(self) -> "Kernel":
        """Return the kernel."""
        return self

    def __exit__(self, *error: object) -> None:
        """Close it."""
        self.close()

    def _ask(self, request: dict[str, Any]) -> dict[str, Any]:
        try:
            send(self._process.stdin, request)
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
        if self._process.poll() is not None and self._messages.empty():
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
            cause = f"The code ran for more than {limits.seconds:g} seconds and was stopped."
            raise KernelStopped("out of time", f"{cause} Does a loop never end?")

    def _died(self) -> KernelStopped:
        try:
            code = self._process.wait(timeout=2)
        except subprocess.TimeoutExpired:
            return KernelStopped("stopped", "The code closed the grader's connection.")
        if code is not None and code < 0:
            name = signal.Signals(-code).name
            return KernelStopped("stopped", f"The code ended Python itself (signal {name}).")
        return KernelStopped("stopped", f"The code ended Python itself (exit status {code}).")

    def _family(self) -> list[psutil.Process]:
        try:
            return [self._watched, *self._watched.children(recursive=True)]
        except psutil.Error:
            return []

    def _read_messages(self) -> None:
        with self._process.stdout as pipe:
            try:
                while (message := receive(pipe)) is not None:
                    self._messages.put(message)
            except (ValueError, OSError, KeyError):
                pass
        self._messages.put(None)

    def _read_output(self) -> None:
        with self._process.stderr as pipe:
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
        warnings=tuple(map(printable, fields["warnings"])),
        used=tuple(map(str, fields["used"])),
        **texts,
    )


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


def _environment(folder: Path) -> dict[str, str]:
    """Return the environment without secrets, with one thread and nothing of the user's."""
    kept = {k: v for k, v in os.environ.items() if not any(s in k.upper() for s in _SECRET)}
    root = str(Path(__file__).parents[3])
    path = os.pathsep.join(filter(None, (root, kept.get("PYTHONPATH", ""))))
    one = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    home = str(folder.parent / "ipython")
    return {
        **kept, **one, "PYTHONPATH": path, "MPLBACKEND": "agg", "IPYTHONDIR": home,
        "PYTHONIOENCODING": "utf-8", "PYTHONDONTWRITEBYTECODE": "1",
    }  # fmt: skip


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
