"""A process that has imported everything and forks a fresh one for each notebook.

Started by `start.py` as `python -m lstm_course.grading.process.prepared SOCKET`. It has one
thread, runs nothing of a learner's, and knows no answers. Each fork gets pipes of its own, a
session of its own and fresh random states. The seed of Python's hashes is drawn anew with
each run of the grader, and is the same for all notebooks of that run.

Between this process and each learner's stands a third, which minds it: it says how the
learner's process ended, and ends it when the grader closes the line or is gone.
"""

import gc
import os
import select
import signal
import socket
import sys
import traceback
from importlib import import_module

import numpy
import psutil

from ... import gradcheck, networks, tasks, training
from . import inside

_WARM = (gradcheck, networks, tasks, training)  # imported once, for all
# Imported while nobody asks, in small pieces: together they take half a second
_LATER = ["PIL.Image", "matplotlib.figure", "matplotlib.pyplot", "lstm_course.plots"]
_IDLE = 0.1


def main() -> None:
    """Fork whenever asked, until the grader closes the line."""
    line = socket.socket(fileno=int(sys.argv[1]))
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # what minds a learner leaves no zombie
    shell = inside.new_shell()
    gc.collect()
    gc.freeze()
    if psutil.Process().num_threads() > 1:  # a lock may be held by a thread that is not forked
        return
    line.send(b"ready\n")
    while True:
        asked, ends, _, _ = socket.recv_fds(line, 1, 4)
        if not asked:
            return
        if os.fork() == 0:
            line.close()
            _mind(shell, *ends)
        for end in ends:
            os.close(end)
        while _LATER and not select.select([line], [], [], _IDLE)[0]:
            import_module(_LATER.pop(0))


def _mind(shell: inside.Shell, requests: int, replies: int, output: int, control: int) -> None:
    """Fork the learner's process, wait for its end or the grader's, and say how it ended."""
    os.setsid()
    woken, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(wake)
    child = os.fork()
    if child == 0:
        for end in (control, woken, wake):
            os.close(end)
        _become_the_learners(shell, requests, replies, output)
    for end in (requests, replies, output):
        os.close(end)
    os.write(control, b"%d\n" % child)
    ended, status = 0, 0
    while not ended:
        ready, _, _ = select.select([woken, control], [], [])
        if control in ready:
            os.kill(child, signal.SIGKILL)  # its group may not be there yet
        else:
            os.read(woken, 100)
        ended, status = os.waitpid(child, 0 if control in ready else os.WNOHANG)
    _end_group(child)
    try:
        os.write(control, b"%d\n" % os.waitstatus_to_exitcode(status))
    finally:
        os._exit(0)


def _end_group(child: int) -> None:
    """End what the learner's process leaves behind in its group."""
    try:
        os.killpg(child, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        pass


def _become_the_learners(shell: inside.Shell, requests: int, replies: int, output: int) -> None:
    os.setsid()
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    for place, end in enumerate((requests, replies, output)):
        os.dup2(end, place)
    os.closerange(3, 256)
    numpy.random.seed()  # noqa: NPY002  for learners who draw from it; Python's own reseeds itself
    code = 1
    try:
        inside.serve(shell)
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


if __name__ == "__main__":
    main()
