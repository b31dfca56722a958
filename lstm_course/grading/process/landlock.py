"""Ask Linux to refuse changes to files outside some folders, for a process and its children.

Landlock (Linux 5.13 and later) needs no rights and binds root, too. It cannot be taken back,
and programs that a cell starts (`!rm …`, `!pip …`) inherit it. Where there is none, as on
macOS and Windows, `startup/sitecustomize.py` is the only guard.
"""

import ctypes
import os
import struct
import sys
from collections.abc import Iterable
from contextlib import contextmanager

_CREATE, _ADD, _RESTRICT = 444, 445, 446  # system calls; the same on every processor
_ASK_VERSION = 1
_BENEATH = 1
_NO_NEW_PRIVILEGES = 38
_NO_SIGNALS_OUT = 2
# Write, remove, make (bits 1, 4 to 12); version 2 adds moving between folders, 3 truncating
_CHANGES = {1: 0x1FF2, 2: 0x3FF2, 3: 0x7FF2}


def restrict_changes(folders: Iterable[str]) -> bool:
    """Allow this process, and what it starts, to change files below these folders only.

    Where the system can (Linux 6.12), it can no longer end other processes, either.

    Returns
    -------
    bool
        Whether the system does it.
    """
    if sys.platform != "linux":
        return False
    try:
        return _restrict(list(folders))
    except (OSError, AttributeError):
        return False


def _restrict(folders: list[str]) -> bool:
    version = _call(_CREATE, None, 0, _ASK_VERSION)
    changes = _CHANGES[min(version, 3)]
    rules = struct.pack("=Q", changes)
    if version >= 6:
        rules = struct.pack("=QQQ", changes, 0, _NO_SIGNALS_OUT)
    with _closing(_call(_CREATE, rules, len(rules), 0)) as ruleset:
        for folder in folders:
            with _closing(os.open(folder, os.O_PATH)) as place:
                _call(_ADD, ruleset, _BENEATH, struct.pack("=Qi", changes, place), 0)
        if _libc().prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0:
            return False
        _call(_RESTRICT, ruleset, 0)
    return True


def _call(number: int, *arguments: int | bytes | None) -> int:
    """Make a system call; OSError when it fails."""
    whole = [ctypes.c_long(a) if isinstance(a, int) else a for a in arguments]
    result = _libc().syscall(ctypes.c_long(number), *whole)
    if result < 0:
        raise OSError(ctypes.get_errno(), "Landlock")
    return result


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


@contextmanager
def _closing(number: int):
    try:
        yield number
    finally:
        os.close(number)
