"""Unpack a ZIP archive, without trusting it."""

import atexit
import errno
import os
import re
import shutil
import stat
import tempfile
import time
import zipfile
import zlib
from functools import cache
from pathlib import Path, PurePosixPath

MOST_FILES = 20_000
MOST_BYTES = 2_000_000_000  # of a whole class
MOST_BYTES_OF_A_FILE = 200_000_000
_DAMAGED = (zipfile.BadZipFile, zlib.error, NotImplementedError, ValueError, EOFError)


class Refused(Exception):
    """An archive that is not unpacked, with the reason in one line."""


def unpack(archive: Path) -> tuple[Path, list[tuple[str, str]]]:
    """Unpack an archive into a folder that lasts until Python ends.

    Returns
    -------
    folder : Path
        What was in it.
    refused : list of (str, str)
        Names of files that were left out, each with the reason.

    Raises
    ------
    Refused
        When nothing of it is unpacked: damaged, locked, too large, or with a file that would
        land outside the folder.
    """
    try:
        with zipfile.ZipFile(archive) as opened:
            _stop_at_bombs(opened)
            folder = Path(tempfile.mkdtemp(dir=_place()))
            return folder, _take(opened, folder)
    except OSError as error:
        raise Refused(f"It cannot be unpacked: {error.strerror or error}.") from None
    except _DAMAGED:
        raise Refused("It is no ZIP archive, or only part of one.") from None


@cache
def _place() -> str:
    folder = tempfile.mkdtemp(prefix="lstm-course-unpacked-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _stop_at_bombs(archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    if len(members) > MOST_FILES:
        raise Refused(f"It holds more than {MOST_FILES} files.")
    if sum(member.file_size for member in members) > MOST_BYTES:
        raise Refused(f"It unpacks to more than {MOST_BYTES / 1e9:g} GB.")
    for member in members:
        name = _name(member)
        if (
            name.startswith("/")
            or ".." in PurePosixPath(name).parts
            or re.match(r"[A-Za-z]:", name)
        ):
            raise Refused(f"It holds {name!r}, which would land outside its folder.")


def _take(archive: zipfile.ZipFile, folder: Path) -> list[tuple[str, str]]:
    """Write every file that can be written; return the others with the reason."""
    refused = []
    for member in archive.infolist():
        name = _name(member)
        target = folder.joinpath(*map(_on_disk, PurePosixPath(name).parts))
        if member.is_dir() or name.endswith("/"):
            target.mkdir(parents=True, exist_ok=True)
            continue
        why = _why_not(member) or _write(archive, member, target)
        refused += [(name, why)] if why else []
    return refused


def _why_not(member: zipfile.ZipInfo) -> str:
    if stat.S_ISLNK(member.external_attr >> 16):
        return "It is a link."
    if member.flag_bits & 0x1:
        return "It is locked with a password."
    too_large = member.file_size > MOST_BYTES_OF_A_FILE
    return f"It is larger than {MOST_BYTES_OF_A_FILE / 1e6:g} MB." if too_large else ""


def _write(archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path) -> str:
    """Write one file, two of one name both; return why it could not be unpacked, if so."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        number, free = 1, target
        while free.exists():
            number += 1
            free = target.with_name(f"{target.stem} ({number}){target.suffix}")
        with archive.open(member) as source, open(free, "wb") as file:
            shutil.copyfileobj(source, file)
        when = time.mktime((*member.date_time, 0, 0, -1))
        os.utime(free, (when, when))
    except (*_DAMAGED, OverflowError, RuntimeError) as error:
        return f"It cannot be unpacked: {error}."
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise
        return f"It cannot be unpacked: {error.strerror or error}."
    return ""


def _name(member: zipfile.ZipInfo) -> str:
    """Return a member's name: UTF-8 also where the flag for it is missing, slashes forward."""
    name = member.filename
    if not member.flag_bits & 0x800:
        try:
            name = name.encode("cp437").decode("utf-8")
        except UnicodeError:
            pass
    return name.replace("\\", "/")


def _on_disk(part: str) -> str:
    """Return a part of a path that every system can write."""
    return re.sub(r'[<>:"|?*\x00-\x1f]', "_", part).rstrip(". ") or "_"
