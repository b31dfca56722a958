"""Look for a wheel of every package, on every system and Python that the README names.

    python tools/resolve.py

Asks the package index what each of them would get, tests included; needs none of them here.
Ends with 1 and one line for each that cannot be had.
"""

import os
import re
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from start import NEWEST, OLDEST, fetch_uv, find_uv

ROOT = Path(__file__).resolve().parent.parent
# The README's words, uv's name and the newest Python that has wheels there, if not NEWEST
SYSTEMS = (
    ("Windows, x64", "x86_64-pc-windows-msvc", NEWEST),
    ("macOS 13, Apple silicon", "aarch64-apple-darwin", NEWEST),
    ("macOS 13, Intel", "x86_64-apple-darwin", NEWEST),
    ("Linux, x64, glibc 2.17", "x86_64-manylinux2014", (3, 13)),
    ("Linux, x64, glibc 2.28", "x86_64-manylinux_2_28", NEWEST),
    ("Linux, x64, glibc 2.39", "x86_64-manylinux_2_39", NEWEST),
    ("Linux, arm64, glibc 2.28", "aarch64-manylinux_2_28", NEWEST),
)
AT_A_TIME = 8  # the index keeps them waiting, not this machine


def main() -> int:
    """Print a row for each system; return the exit status."""
    uv = find_uv() or fetch_uv()
    failed = 0
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        tried = [
            (name, {python: pool.submit(missing, uv, platform, python) for python in pythons(last)})
            for name, platform, last in SYSTEMS
        ]
        for name, answers in tried:
            print(f"{name:26}", *answers)
            for python, answer in answers.items():
                if answer.result():
                    failed = 1
                    print(f"error: {name}, Python {python}: {answer.result()}")
    return failed


def pythons(last: tuple[int, int]) -> list[str]:
    """Return the versions from the oldest to the last, such as "3.11"."""
    return [f"3.{minor}" for minor in range(OLDEST[1], last[1] + 1)]


def missing(uv: Sequence[str], platform: str, python: str) -> str:
    """Return which package has no wheel there, or ''."""
    command = [*uv, "pip", "compile", "pyproject.toml", "--group", "tests", "--quiet"]
    command += ["--only-binary", ":all:", "--python", sys.executable]  # this one only runs uv
    command += ["--python-platform", platform, "--python-version", python]
    asked = {**os.environ, "MACOSX_DEPLOYMENT_TARGET": "13.0"}
    done = subprocess.run(command, cwd=ROOT, env=asked, capture_output=True, text=True)
    if not done.returncode:
        return ""
    wheel = re.search(r"Because (\S+) has no (?:usable )?wheels", done.stderr)
    return f"no wheel of {wheel[1]}" if wheel else " ".join(done.stderr.split())


if __name__ == "__main__":
    sys.exit(main())
