#!/usr/bin/env python3
"""Open the course, or prove that it works.

    python3 start.py lab       open JupyterLab on the lessons
    python3 start.py test      run every test, lesson and solution
    python3 start.py COMMAND   another command of the course: grade, status, reset, update, pull
    python3 start.py uv ...    uv itself, for those who change the course

On Windows type py in place of python3. The first run sets everything up in the folder .venv,
with uv, which it finds or fetches. Later runs start at once and need no network.
"""
# Any Python from 3.6 can read this file, so that an old one can fetch, or say, what is missing.

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import sysconfig

OLDEST, NEWEST = (3, 11), (3, 14)
OTHER = ">=3.11,<3.14"  # what uv looks for, or fetches, where this Python is outside of these
ROOT = os.path.dirname(os.path.abspath(__file__))
WINDOWS = os.name == "nt"
EXE = ".exe" if WINDOWS else ""
BIN = "Scripts" if WINDOWS else "bin"
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, BIN, "python" + EXE)
STAMP = os.path.join(VENV, "set-up.txt")  # what the environment was made for
OWN = os.path.join(ROOT, ".uv")  # a uv for this folder alone
# The newest packages that have a wheel for this very machine, within the bounds of pyproject.toml.
# `uv sync` takes one version for all machines, and old Linux would have to compile it.
INSTALL = ["pip", "install", "--python", PYTHON]
INSTALL += ["--only-binary", ":all:", "--no-binary", "lstm-course"]
NO_NETWORK = re.compile("Failed to (fetch|download)|error sending request|Request failed")
AGAIN = "then type the same line again."


class Stop(Exception):
    """What is wrong and what to do, in one line."""


def main(arguments):
    """Run one command; return its exit status."""
    if not arguments or arguments[0] in ("-h", "--help"):
        print(__doc__.strip())
        return 0 if arguments else 2
    try:
        return _work(arguments[0], arguments[1:])
    except Stop as stop:
        encoding = sys.stderr.encoding or "ascii"  # which may lack a letter of the folder's name
        print(f"start.py: {stop}".encode(encoding, "replace").decode(encoding), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 130


def _work(command, arguments):
    if command == "uv":
        return run((find_uv() or fetch_uv()) + arguments, os.environ)
    set_up(for_tests=command == "test")
    path = os.pathsep.join([os.path.join(VENV, BIN), os.environ.get("PATH", os.defpath)])
    inside = dict(os.environ, VIRTUAL_ENV=VENV, PATH=path)
    if command == "test":
        os.chdir(ROOT)
        return run([PYTHON, "-m", "pytest"] + arguments, inside)
    return run([os.path.join(VENV, BIN, "lstm-course" + EXE), command] + arguments, inside)


def run(command, environment):
    """Become `command`; on Windows, wait for it."""
    if not WINDOWS:
        os.execvpe(command[0], command, environment)
    process = subprocess.Popen(command, env=environment)
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:  # it has reached the command, too, which ends as it likes
            pass


def set_up(for_tests):
    """Make the environment, unless it is there as this version of the course needs it."""
    if for_tests:
        _must_be_writable()  # reports and caches are written, too
    wanted = {_fingerprint()} | ({"tests"} if for_tests else set())
    check = "import sys; sys.exit(sys.version_info < (3, 11))"
    usable = _answer([PYTHON, "-c", check]) is not None
    if usable and wanted <= _read_stamp():
        return
    _must_be_writable()
    uv = find_uv() or fetch_uv()
    print("Setting the course up. The first time this takes a minute or two.", flush=True)
    if not usable:
        call(uv + ["venv", "--clear", "--python", which_python(), VENV])
    try:
        call(uv + INSTALL + ["--editable", "."] + (["--group", "tests"] if for_tests else []))
    except Stop:
        if not usable:  # the next try may come with another Python
            shutil.rmtree(VENV, ignore_errors=True)
        raise
    if for_tests:
        _add_peers(uv)
    with open(STAMP, "w") as file:
        file.write("\n".join(wanted))


def _add_peers(uv):
    try:
        call(uv + INSTALL + ["--group", "peers"])
    except Stop:
        print("ONNX Runtime cannot be had here: tests that compare with it are skipped.")


def _fingerprint():
    """Return what changes with the packages and with the place of the folder."""
    with open(os.path.join(ROOT, "pyproject.toml"), "rb") as file:
        return hashlib.sha256(file.read() + os.fsencode(ROOT)).hexdigest()


def _read_stamp():
    try:
        with open(STAMP) as file:
            return set(file.read().split())
    except OSError:
        return set()


def _must_be_writable():
    probe = os.path.join(ROOT, f".probe-{os.getpid()}")  # os.access says too much on Windows
    try:
        open(probe, "w").close()
        os.remove(probe)
    except OSError as error:
        raise Stop(
            f"{ROOT} cannot be written ({error.strerror}), and the course is set up inside it. "
            "Copy this folder to a place of your own and start there."
        ) from None


def which_python():
    """Return this Python where the course runs on it, else what uv shall look for."""
    suits = (
        OLDEST <= sys.version_info[:2] <= NEWEST
        and sys.implementation.name == "cpython"
        and sys.maxsize > 2**32
        and not sysconfig.get_config_var("Py_GIL_DISABLED")
    )
    return os.environ.get("UV_PYTHON") or (sys.executable if suits else OTHER)


def find_uv():
    """Return the command of a uv that is new enough, or None."""
    places = [
        shutil.which("uv"),
        os.path.expanduser(os.path.join("~", ".local", "bin", "uv" + EXE)),
    ]
    places += [os.path.join(OWN, "bin", "uv" + EXE)]
    for command in [[place] for place in places if place] + [[sys.executable, "-m", "uv"]]:
        version = re.match(r"uv (\d+)\.(\d+)", _answer(command + ["--version"]) or "")
        if version and tuple(map(int, version.groups())) >= (0, 8):
            return command
    return None


def fetch_uv():
    """Put uv into the folder .uv with pip, which may write there whoever manages this Python."""
    if sys.version_info < (3, 8):
        version = ".".join(map(str, sys.version_info[:2]))
        raise Stop(f"Python {version} is too old. Install Python 3.13 from python.org, {AGAIN}")
    _must_be_writable()
    command = _pip() + ["install", "--quiet", "--disable-pip-version-check", "--retries", "2"]
    command += ["--upgrade", "--target", OWN, "uv>=0.8,<1"]
    settings = dict(os.environ, PIP_USER="0", PIP_REQUIRE_VIRTUALENV="0")
    print("Fetching uv, which sets the course up.", flush=True)
    done = subprocess.run(command, env=settings, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    uv = find_uv()
    if done.returncode or not uv:
        raise Stop(f"uv could not be fetched: {_no_network(_lines(done.stdout))}")
    return uv


def _pip():
    """Return the command of this Python's pip or, where it has none, of one in a venv."""
    if importlib.util.find_spec("pip"):
        return [sys.executable, "-m", "pip"]
    if not importlib.util.find_spec("ensurepip"):
        raise Stop(
            "this Python has neither pip nor venv. Type: sudo apt install python3-venv    "
            f"({AGAIN.capitalize()} Without sudo, install uv as docs.astral.sh/uv says.)"
        )
    folder = os.path.join(OWN, "venv")
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    return [os.path.join(folder, BIN, "python" + EXE), "-m", "pip"]


def call(command):
    """Run uv, show what it downloads, and say in one line what kept it from its work."""
    said = []
    settings = dict(_mirror(), **os.environ)
    pipes = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, cwd=ROOT, env=settings, **pipes) as process:
        for line in process.stderr:
            said += _lines(line)
            if said and said[-1].startswith(("Downloading", "Installed")):
                print("  " + said[-1], flush=True)
    if process.returncode:
        raise Stop(_explain(said))


def _mirror():
    """Return for uv the index that pip is told to use, which uv does not look for."""
    ask = [sys.executable, "-m", "pip", "config", "get", "global.index-url"]
    address = os.environ.get("PIP_INDEX_URL") or _answer(ask)
    return {"UV_DEFAULT_INDEX": address} if address else {}


def _explain(said):
    text = "\n".join(said)
    wheel = re.search(r"Because (\S+) has no (usable )?wheels", text)
    if wheel:
        why = f"{wheel.group(1)} has no ready-made package for this system and this Python"
        return f"{why}. Take another Python from 3.11 to 3.14, {AGAIN}"
    if "python-build-standalone" in text or "No interpreter found" in text:
        why = "no Python from 3.11 to 3.14 was found or could be fetched"
        return f"{why}. Install Python 3.13 from python.org, {AGAIN}"
    if NO_NETWORK.search(text):
        return f"packages could not be fetched: {_no_network(said)}"
    return f"uv could not set the course up. It said:\n{text}"


def _no_network(said):
    text = "\n".join(said)
    pip = re.search(r"connection broken by '(\w+)", text)
    why = pip.group(1) if pip else re.sub("^(cause|ERROR): *", "", said[-1] if said else "")
    if "certificate" in text:
        what = "Set UV_SYSTEM_CERTS=1, or SSL_CERT_FILE and PIP_CERT to your network's certificate"
        return f"{why}. {what}, {AGAIN}"
    named = os.environ.get("HTTPS_PROXY") or os.environ.get("https_proxy")
    proxy = " and the proxy in HTTPS_PROXY" if named else ""
    return f"{why}. Check the connection{proxy}, {AGAIN}"


def _lines(data):
    lines = [line.strip() for line in data.decode("utf-8", "replace").splitlines()]
    return [line for line in lines if line]


def _answer(command):
    """Return what a command prints, or None when it fails or is not there."""
    try:
        printed = subprocess.check_output(command, stderr=subprocess.DEVNULL)
    except (OSError, subprocess.CalledProcessError):
        return None
    return printed.decode("utf-8", "replace").strip()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
