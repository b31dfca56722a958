"""Bound every package from above by the newest versions of one day, in pyproject.toml.

    python tools/bounds.py               the newest of today
    python tools/bounds.py 2026-11-15    those of that day

The bounds make an installation repeatable, also from a mirror that gives no dates, and leave
older versions free where a system has no wheel of the newest.
"""

import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Sequence
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from start import fetch_uv, find_uv

ROOT = Path(__file__).resolve().parent.parent
BLOCK = re.compile(r"# Upper bounds.*", re.S)  # to the end of the file


def main(arguments: Sequence[str]) -> None:
    """Write the bounds of a day."""
    day = arguments[0] if arguments else date.today().isoformat()
    path = ROOT / "pyproject.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(BLOCK.sub(lambda _: block(tomllib.loads(text), day), text), encoding="utf-8")


def block(project: dict, day: str) -> str:
    """Return the lines that bound what a project needs, and what builds it."""
    lists = [project["project"]["dependencies"], *project["dependency-groups"].values()]
    needed = [each for one in lists for each in one if isinstance(each, str)]
    oldest = project["project"]["requires-python"].removeprefix(">=")
    builders = project["build-system"]["requires"] + ["editables"]  # hatchling wants it, too
    parts = [f"# Upper bounds, the newest versions of {day}, by tools/bounds.py"]
    for key, requirements in (
        ("constraint-dependencies", needed),
        ("build-constraint-dependencies", builders),
    ):
        lines = [f'    "{bound}",' for bound in bounds(requirements, oldest, day)]
        parts += [f"{key} = [", *lines, "]"]
    return "\n".join(parts) + "\n"


def bounds(requirements: Sequence[str], python: str, day: str) -> list[str]:
    """Resolve requirements for every system and Python; return such as "numpy<=2.5.4"."""
    command = [
        *(find_uv() or fetch_uv()),
        "pip",
        "compile",
        "-",
        "--universal",
        "--python-version",
        python,
    ]
    command += ["--python", sys.executable, "--exclude-newer", f"{day}T00:00:00Z"]
    command += ["--no-header", "--no-annotate", "--quiet"]
    with tempfile.TemporaryDirectory() as outside:  # where no bounds of today are read
        lines = subprocess.check_output(
            command, cwd=outside, text=True, input="\n".join(requirements)
        ).splitlines()
    return [line.strip().replace("==", "<=", 1).replace('"', "'") for line in lines]


if __name__ == "__main__":
    main(sys.argv[1:])
