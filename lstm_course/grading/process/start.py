"""Start a process for a notebook: forked off a prepared one where that is safe, else afresh.

Starting Python and importing costs half a second a notebook, forking a hundredth. A fork is
safe from a process with one thread only, so never from the grader itself: `prepared.py` is
started once, and asked over a socket. macOS's own libraries break in forked processes, and
Windows cannot fork: there every notebook starts Python anew.
"""

import atexit
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from typing import BinaryIO, Protocol

from .environment import course_environment

_PATIENCE = 60.0
FORKS = os.name == "posix" and sys.platform != "darwin"


class Started(Protocol):
    """A process that runs `inside.py`, and the pipes to it."""

    pid: int
    requests: BinaryIO
    replies: BinaryIO
    output: BinaryIO

    def exit_code(self, patience: float = 0.0) -> int | None:
        """Return how it ended, as `subprocess.Popen.returncode`; None while it runs."""

    def close(self) -> None:
        """End it and its group, and wait until it is gone."""


def start() -> Started:
    """Start a process that waits for its first request."""
    return (_PREPARED.fork() if FORKS else None) or Spawned()


class Spawned:
    """A Python of its own, started for one notebook."""

    def __init__(self) -> None:
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(
            _command("inside"), stdin=pipe, stdout=pipe, stderr=pipe,
            env=course_environment(), start_new_session=True,
        )  # fmt: skip
        self.pid = self._process.pid
        self.requests, self.replies = self._process.stdin, self._process.stdout
        self.output = self._process.stderr

    def exit_code(self, patience: float = 0.0) -> int | None:
        """Return how it ended; None while it runs."""
        try:
            return self._process.wait(timeout=patience)
        except subprocess.TimeoutExpired:
            return None

    def close(self) -> None:
        """End it and its group."""
        _end_group(self.pid)
        self._process.kill()
        self._process.wait()
        self.requests.close()


class Forked:
    """A process forked off the prepared one, and a third that minds it (see `prepared.py`)."""

    def __init__(self, control: socket.socket, ends: list[int]) -> None:
        self._control = control
        self._code: int | None = None
        self.requests = os.fdopen(ends[0], "wb")
        self.replies, self.output = (os.fdopen(end, "rb") for end in ends[1:])
        self.pid = int(_receive_line(control, _PATIENCE) or 0)

    def exit_code(self, patience: float = 0.0) -> int | None:
        """Return how it ended; None while it runs, or when nobody can say."""
        if self._code is None:
            said = _receive_line(self._control, max(patience, 1e-3))
            self._code = int(said) if said else None
        return self._code

    def close(self) -> None:
        """End it and its group."""
        if self._control.fileno() < 0:  # it is closed
            return
        try:
            self._control.shutdown(socket.SHUT_WR)
        except OSError:
            pass
        if self.exit_code(patience=5.0) is None:  # what minds it was ended
            _end_group(self.pid)
        self._control.close()
        try:
            self.requests.close()
        except OSError:  # a request that nobody reads any more
            pass


class _Prepared:
    """The process that forks; started when first needed, and again when it is gone."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._line: socket.socket | None = None
        self._useless = False

    def fork(self) -> Forked | None:
        """Return a fresh process, or None where it cannot be had this way."""
        for _ in range(2):
            line = self._ready_line()
            if line is None:
                return None
            forked = self._ask(line)
            if forked is not None:
                return forked
            self._forget(line)
        return None

    def _ready_line(self) -> socket.socket | None:
        with self._lock:
            if self._line is None and not self._useless:
                self._line = self._start()
                self._useless = self._line is None
            return self._line

    def _ask(self, line: socket.socket) -> Forked | None:
        control, theirs = socket.socketpair()
        pipes = [os.pipe() for _ in range(3)]
        (their_in, requests), (replies, their_out), (output, their_error) = pipes
        given = [their_in, their_out, their_error, theirs.fileno()]
        with theirs:
            try:
                with self._lock:
                    socket.send_fds(line, [b"n"], given)
            except OSError:
                pass
            for end in given[:3]:
                os.close(end)
        forked = Forked(control, [requests, replies, output])
        if forked.pid:
            return forked
        for pipe in (forked.requests, forked.replies, forked.output, control):
            pipe.close()
        return None

    def _forget(self, line: socket.socket) -> None:
        with self._lock:
            if self._line is line:
                self._line = None

    def _start(self) -> socket.socket | None:
        """Start the process and wait until it has imported everything."""
        mine, theirs = socket.socketpair()
        home = tempfile.TemporaryDirectory(prefix="lstm-course-", ignore_cleanup_errors=True)
        with theirs:
            process = subprocess.Popen(
                [*_command("prepared"), str(theirs.fileno())], pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                env={**course_environment(), "IPYTHONDIR": home.name}, start_new_session=True,
            )  # fmt: skip
        atexit.register(_end_prepared, mine, process, home)
        if _receive_line(mine, _PATIENCE) == "ready":
            return mine
        process.kill()
        return None


def _end_prepared(
    line: socket.socket, process: subprocess.Popen, home: tempfile.TemporaryDirectory
) -> None:
    line.close()
    process.kill()
    process.wait()
    home.cleanup()


def _command(module: str) -> list[str]:
    return [sys.executable, "-P", "-m", f"{__package__}.{module}"]


def _receive_line(line: socket.socket, patience: float) -> str:
    """Return one line; empty when the other side is gone or keeps silent."""
    line.settimeout(patience)
    said = b""
    try:
        while not said.endswith(b"\n"):
            part = line.recv(1)
            if not part:
                return ""
            said += part
    except OSError:
        return ""
    finally:
        line.settimeout(None)
    return said.decode().strip()


def _end_group(pid: int) -> None:
    if hasattr(os, "killpg"):
        try:
            os.killpg(pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            pass


_PREPARED = _Prepared()
