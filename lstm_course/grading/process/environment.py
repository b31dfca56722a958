"""What a learner's process finds in its environment: no secrets, no rights, no installers."""

import json
import os
import site
import sys
import tempfile
from pathlib import Path

from .startup.sitecustomize import VARIABLE

_ROOT = Path(__file__).parents[3]  # the folder that holds the course
_SECRET = ("TOKEN", "SECRET", "PASSWORD", "CREDENTIAL", "API_KEY", "PRIVATE_KEY")
_ONE = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
_NOT_RUN = "pip pip3 conda mamba micromamba uv poetry apt apt-get brew".split()
_SHELL = """#!/bin/sh
echo "run ${0##*/} $*" >> "REPORT"
echo "${0##*/} is not run while grading; nothing is installed or removed."
"""
_BATCH = """@echo off
>> "REPORT" echo run %~n0 %*
echo %~n0 is not run while grading; nothing is installed or removed.
"""


def course_environment() -> dict[str, str]:
    """Return the environment of a process that has the course, and nothing of a learner's yet."""
    kept = {k: v for k, v in os.environ.items() if not any(s in k.upper() for s in _SECRET)}
    return {
        **kept, **_ONE, "PYTHONPATH": _paths(str(_ROOT), kept.get("PYTHONPATH")),
        "MPLBACKEND": "agg", "PYTHONIOENCODING": "utf-8", "PYTHONDONTWRITEBYTECODE": "1",
    }  # fmt: skip


def learners_environment(folder: Path) -> dict[str, str]:
    """Return the environment for code in a notebook's copy, and lay out the folders it names.

    Home, temporary files and IPython's own files lie beside the copy. Programs that install
    are found first as lines that say that they are not run.
    """
    place, common = folder.parent, course_environment()
    home, programs = place / "home", place / "programs"
    home.mkdir(exist_ok=True)
    guard = guard_settings(folder)
    _lay_out(programs, guard["report"])
    startup = str(Path(__file__).parent / "startup")
    return {
        **common,
        **dict.fromkeys(("HOME", "USERPROFILE"), str(home)),
        **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(place)),
        "PATH": _paths(str(programs), common.get("PATH")),
        "PYTHONPATH": _paths(startup, common["PYTHONPATH"]),
        "PYTHONUSERBASE": site.getuserbase(),
        "IPYTHONDIR": str(place / "ipython"),
        VARIABLE: json.dumps(guard),
    }


def guard_settings(folder: Path) -> dict:
    """Return what `startup/sitecustomize.py` needs: what may change, what not, where to report."""
    kept = {str(_ROOT), sys.prefix, sys.base_prefix}
    return {
        "place": str(folder.parent.resolve()),
        "temporary": os.path.realpath(tempfile.gettempdir()),
        "kept": sorted(kept),
        "report": str(folder.parent.resolve() / "refused.txt"),
    }


def _lay_out(programs: Path, report: str) -> None:
    """Write the programs that say that they are not run."""
    programs.mkdir(exist_ok=True)
    windows = os.name == "nt"
    text = (_BATCH if windows else _SHELL).replace("REPORT", report)
    for name in _NOT_RUN:
        path = programs / (f"{name}.bat" if windows else name)
        path.write_text(text, encoding="utf-8")
        path.chmod(0o755)


def _paths(*parts: str | None) -> str:
    return os.pathsep.join(filter(None, parts))
