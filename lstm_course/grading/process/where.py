"""Say what was running when time was up: a command, an import, a download, training, a loop."""

import os
import re
import signal
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

import psutil

_FRAME = re.compile(r'^  File "(.*)", line (\d+) in (.*)$', re.M)
_WAITING = {"subprocess.py", "_process_posix.py", "_process_win32.py", "_process_common.py"}
_NETWORK = {"socket.py", "ssl.py", "client.py", "request.py"}
_PATIENCE = 0.5
_FROM_FILE = "load its result from a file beside the notebook"


@dataclass(frozen=True)
class Frame:
    """One line of a stack, as `faulthandler` writes it."""

    file: str
    line: int
    function: str


def stack_of(pid: int, path: Path) -> list[Frame]:
    """Ask a process where its code is, the innermost call first; empty where it cannot say."""
    if not hasattr(signal, "SIGUSR1") or not path.exists():
        return []
    try:
        os.kill(pid, signal.SIGUSR1)
    except OSError:
        return []
    until = time.monotonic() + _PATIENCE
    while not (found := _FRAME.findall(path.read_text(errors="replace"))):
        if time.monotonic() > until:
            break
        time.sleep(0.02)
    return [Frame(file, int(line), function) for file, line, function in found]


def why_late(
    seconds: float, frames: Sequence[Frame], children: Sequence[psutil.Process], source: str
) -> str:
    """Word the cause in one line.

    Parameters
    ----------
    seconds : float
        The limit.
    frames : sequence of Frame
        Where the code was.
    children : sequence of Process
        What it had started.
    source : str
        The cell that ran; empty for a call of a function.
    """
    more = f"more than {seconds:g} seconds"
    own = next((k for k, frame in enumerate(frames) if _is_cell(frame)), len(frames))
    inner, text = frames[:own], _line(frames[own : own + 1], source)
    files = {PurePath(frame.file).name for frame in inner}
    command = _command(children)
    if command and (files & _WAITING or "os.system(" in text or not frames):
        return f"The command `{command}`, which the code starts, took {more} and was stopped."
    if inner and inner[-1].file.startswith("<frozen importlib"):
        return f"An import, {text}, took {more} and was stopped."
    if files & _NETWORK:
        return f"The code waited for the network, {text}, for {more}; {_FROM_FILE} instead."
    if any("lstm_course/training" in PurePath(frame.file).as_posix() for frame in inner):
        return f"Training ran for {more} and was stopped. Train less, or {_FROM_FILE}."
    at = f", at the last {text}" if text else ""
    return f"The code ran for {more} and was stopped{at}. Does a loop never end?"


def _is_cell(frame: Frame) -> bool:
    return frame.file.startswith("<ipython-input")


def _line(frame: Sequence[Frame], source: str) -> str:
    """Return "in line 3", with the line itself where it is one of this cell's own."""
    if not frame:
        return ""
    lines = source.splitlines() if frame[0].function == "<module>" else []
    text = lines[frame[0].line - 1].strip() if frame[0].line <= len(lines) else ""
    return f"in line {frame[0].line}" + (f" (`{text:.60}`)" if text else "")


def _command(children: Sequence[psutil.Process]) -> str:
    """Return the first command that the code started; a copy of its own process is none."""
    for child in children:
        try:
            words = child.cmdline()
        except psutil.Error:
            continue
        if words[:1] and words[1:2] == ["-c"] and "python" not in PurePath(words[0]).name:
            words = words[2:]  # sh -c "the command"
        text = " ".join(words)
        if text and __package__ not in text and "multiprocessing" not in text:
            return f"{text:.60}"
    return ""
