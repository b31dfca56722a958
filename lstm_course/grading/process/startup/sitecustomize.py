"""Keeps a learner's Python from changing what everyone is graded with.

Python imports a module of this name at its start, so whatever Python a cell starts has it, too;
the learner's own process calls `install`. It refuses, before they happen, changes to files
outside the notebook's copy and the temporary folder (an audit hook, PEP 578), and does not run
pip. Standard library only, and nothing of the course, so that starting stays fast.

An audit hook sees what Python does. Programs and compiled libraries do not pass here: on Linux
`landlock.py` covers those. Elsewhere, and for `python -I`, they keep the rights of whoever
started the grader.
"""

import json
import os
import sys
from types import SimpleNamespace

VARIABLE = "LSTM_COURSE_GUARD"
INSTALLERS = ("pip", "ensurepip", "conda", "mamba")
_DONE = SimpleNamespace(guard=None)
# Which arguments of an audit event are paths that change, and whether a folder's number ends it
_CHANGES = {
    "os.remove": ((0,), True),
    "os.rmdir": ((0,), True),
    "os.mkdir": ((0,), True),
    "os.rename": ((0, 1), True),
    "os.link": ((0, 1), True),
    "os.symlink": ((1,), True),
    "os.chmod": ((0,), True),
    "os.chown": ((0,), True),
    "os.utime": ((0,), True),
    "os.truncate": ((0,), False),
    "shutil.rmtree": ((0,), False),
}
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class Kept(PermissionError):
    """A change that was refused; told apart from the system's own refusals by its class."""


class Guard:
    """An audit hook that refuses changes outside some folders.

    Parameters
    ----------
    place : str
        The folder that holds the notebook's copy.
    temporary : str
        The system's folder for temporary files. Other notebooks' copies lie in it.
    kept : list of str
        Folders that nothing may change, wherever they lie.
    tell : function
        Called with a path that somebody tried to change.
    """

    def __init__(self, place, temporary, kept, tell):
        self._place = _inside(place)
        self._temporary = _inside(temporary)
        self._others = self._temporary + os.path.basename(place)[: len("lstm-course-")]
        self._kept = tuple(map(_inside, kept))
        self._tell = tell

    def __call__(self, event, arguments):
        """Look at one audit event; raise Kept for a change that is not allowed."""
        if event == "open":
            path, mode, flags = arguments
            if (mode and set(mode) & set("wax+")) or (flags and flags & _WRITING):
                self._see(path, os.path.realpath)
        elif event in _CHANGES:
            places, numbered = _CHANGES[event]
            if numbered and isinstance(arguments[-1], int) and arguments[-1] >= 0:
                return  # below a folder that is open already: rmtree asked for it by its path
            for k in places:
                self._see(arguments[k], _own_path)

    def _see(self, path, resolve):
        if not isinstance(path, (str, bytes, os.PathLike)):  # a number: it is open already
            return
        found = os.path.normcase(resolve(os.fsdecode(path)))
        if self._allows(found):
            return
        self._tell(found)
        raise Kept(f"{found} is outside the notebook's folder and stays as it is while grading")

    def _allows(self, path):
        if os.path.join(path, "").startswith(self._place):
            return True
        if path.startswith(self._kept) or path.startswith(self._others):
            return False
        device = path.startswith(("/dev/", "\\\\.\\")) or path == os.path.normcase(os.devnull)
        return device or path.startswith(self._temporary)


class NoInstaller:
    """An import hook by which pip and its like are not run."""

    def __init__(self, refuse):
        self._refuse = refuse

    def find_spec(self, name, path=None, target=None):
        """Call `refuse` for an installer; leave all else to Python."""
        if name in INSTALLERS:
            self._refuse(name)


def install(settings, tell=lambda path: None):
    """Guard this process; once is enough, and it cannot be taken back."""
    if _DONE.guard is None:
        _DONE.guard = Guard(settings["place"], settings["temporary"], settings["kept"], tell)
        sys.addaudithook(_DONE.guard)


def report(settings, line):
    """Leave a line for the grader."""
    with open(settings["report"], "a", encoding="utf-8", errors="replace") as file:
        file.write(" ".join(line.split())[:200] + "\n")


def _started_by_a_learner(settings):
    """Guard a Python that a cell has started, and tell the grader what was refused."""

    def refuse(name):
        words = getattr(sys, "orig_argv", [])
        places = [k for k, word in enumerate(words) if name in os.path.basename(word)]
        rest = words[places[0] + 1 :] if places else []
        report(settings, " ".join(["run", name, *rest]))
        print(f"{name} is not run while grading; nothing is installed or removed.")
        raise SystemExit(0)

    sys.meta_path.insert(0, NoInstaller(refuse))
    install(settings, lambda path: report(settings, f"change {path}"))


def _own_path(path):
    """Resolve a path but not its last part: removing a link removes the link."""
    folder, name = os.path.split(path.rstrip(os.sep) or path)
    return os.path.join(os.path.realpath(folder), name)


def _inside(folder):
    return os.path.normcase(os.path.join(os.path.realpath(folder), ""))


if VARIABLE in os.environ:
    _started_by_a_learner(json.loads(os.environ[VARIABLE]))
