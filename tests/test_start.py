"""start.py sets the course up on every machine, or says in one line what is missing."""

import ast
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

ROOT = Path(__file__).parents[1]
HERE = "Mein Kurs für LSTM"
posix = pytest.mark.skipif(os.name == "nt", reason="stands on shell scripts")

REFUSED = """Using Python 3.11.2 environment at: .venv
error: Failed to build `lstm-course @ file:///course`
  cause: Failed to resolve requirements from `build-system.requires`
  cause: Request failed after 3 retries in 9.0s
  cause: Failed to fetch: https://mirror.example/simple/hatchling/
  cause: tcp connect error
  cause: Connection refused (os error 111)"""
STRANGER = """error: Failed to build `lstm-course @ file:///course`
  cause: error sending request for url (https://mirror.example/simple/hatchling/)
  cause: invalid peer certificate: UnknownIssuer"""
NO_WHEEL = """error: No solution found when resolving dependencies
  cause: Because matplotlib>=3.10.7 has no usable wheels and lstm-course==0.1.0 depends on it."""
NO_PYTHON = """error: Request failed after 3 retries in 10.1s
  cause: Failed to download `https://mirror.example/python-build-standalone/cpython-3.13.tar.gz`
  cause: dns error"""
PIP_REFUSED = """WARNING: Retrying (Retry(total=1)) after connection broken by 'ProxyError('Cannot \
connect to proxy.', NewConnectionError('Connection refused'))': /simple/uv/
ERROR: Could not find a version that satisfies the requirement uv (from versions: none)
ERROR: No matching distribution found for uv"""


@pytest.fixture
def start(tmp_path, monkeypatch):
    """Return start.py as a module, in a folder of its own with a space and an umlaut."""
    folder = tmp_path / HERE
    folder.mkdir()
    for name in ("start.py", "pyproject.toml"):
        shutil.copy(ROOT / name, folder)
    for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
        monkeypatch.delenv(name)
    monkeypatch.delenv("UV_PYTHON", raising=False)
    spec = importlib.util.spec_from_file_location("start_here", folder / "start.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module.os, "chdir", lambda folder: None)
    return module


@pytest.fixture
def calls(start, monkeypatch):
    """Return the list of commands that would have run, with a uv that is there."""
    found = []

    def call(command):
        found.append(command)
        if "venv" in command:
            os.makedirs(start.VENV, exist_ok=True)

    monkeypatch.setattr(start, "call", call)
    monkeypatch.setattr(start, "run", lambda command, environment: found.append(command) or 0)
    monkeypatch.setattr(start, "find_uv", lambda: ["uv"])
    monkeypatch.setattr(
        start, "_answer", lambda command: "" if os.path.exists(start.STAMP) else None
    )
    return found


def verbs(calls):
    """Return what was done, such as ["venv", "install"]."""
    known = ("venv", "peers", "tests", "install", "pytest", "lab", "grade")
    return [next(word for word in known if word in command) for command in calls]


def line(capsys):
    """Return the one line that was said about trouble."""
    said = capsys.readouterr().err
    assert said.startswith("start.py: ") and said.count("\n") == 1
    return said


def test_it_can_be_read_by_an_old_python():
    text = (ROOT / "start.py").read_text(encoding="utf-8")
    ast.parse(text, feature_version=(3, 6))
    assert not re.findall(r"capture_output|text=True|removeprefix|missing_ok", text)
    assert text.isascii()  # Python takes no notice of the system's encoding then


def test_the_first_run_makes_the_environment_and_installs_no_packages_for_tests(start, calls):
    assert start.main(["lab", "--no-browser"]) == 0
    assert verbs(calls) == ["venv", "install", "lab"]
    assert "--group" not in calls[1]
    assert calls[-1][1:] == ["lab", "--no-browser"]


def test_only_wheels_are_taken_but_for_the_course_itself(start, calls):
    start.main(["lab"])
    words = " ".join(calls[1])
    assert "--only-binary :all: --no-binary lstm-course" in words and "--editable ." in words


def test_the_next_run_asks_for_nothing(start, calls, monkeypatch):
    start.main(["lab"])
    calls.clear()
    monkeypatch.setattr(start, "find_uv", lambda: pytest.fail("looked for uv"))
    assert start.main(["grade", "exercises"]) == 0
    assert verbs(calls) == ["grade"]


def test_the_test_command_adds_what_it_needs_once(start, calls):
    start.main(["lab"])
    calls.clear()
    start.main(["test", "-k", "cell"])
    start.main(["test"])
    start.main(["lab"])
    assert verbs(calls) == ["tests", "peers", "pytest", "pytest", "lab"]
    assert calls[2][1:] == ["-m", "pytest", "-k", "cell"]


def test_the_test_command_goes_on_without_a_peer_that_has_no_wheel(
    start, calls, monkeypatch, capsys
):
    def call(command):
        calls.append(command)
        os.makedirs(start.VENV, exist_ok=True)
        if "peers" in command:
            raise start.Stop("no wheel")

    monkeypatch.setattr(start, "call", call)
    assert start.main(["test"]) == 0
    assert "ONNX Runtime cannot be had here" in capsys.readouterr().out
    assert verbs(calls) == ["venv", "tests", "peers", "pytest"]


@pytest.mark.parametrize("usable", [False, True])
def test_what_cannot_be_filled_is_not_left_for_another_python_but_nothing_of_old_is_lost(
    start, calls, monkeypatch, capsys, usable
):
    def call(command):
        os.makedirs(start.VENV, exist_ok=True)
        if "install" in command:
            raise start.Stop("no wheel")

    monkeypatch.setattr(start, "call", call)
    monkeypatch.setattr(start, "_answer", lambda command: "" if usable else None)
    assert start.main(["lab"]) == 1 and line(capsys)
    assert os.path.exists(start.VENV) is usable


def test_new_packages_or_a_moved_folder_are_installed_into_the_same_environment(start, calls):
    start.main(["lab"])
    with open(Path(start.ROOT) / "pyproject.toml", "a", encoding="utf-8") as file:
        file.write("\n# newer\n")
    start.main(["lab"])
    start.ROOT += " moved"
    shutil.copytree(Path(start.VENV).parent, start.ROOT)
    start.main(["lab"])
    assert verbs(calls) == ["venv", "install", "lab", "install", "lab", "install", "lab"]


def test_an_environment_whose_python_is_gone_is_made_anew(start, calls, monkeypatch):
    start.main(["lab"])
    monkeypatch.setattr(start, "_answer", lambda command: None)
    start.main(["lab"])
    assert verbs(calls) == ["venv", "install", "lab"] * 2 and "--clear" in calls[3]


def test_this_python_is_taken_if_the_course_runs_on_it(start, monkeypatch):
    assert start.which_python() in (sys.executable, start.OTHER)
    monkeypatch.setattr(start, "NEWEST", sys.version_info[:2])
    assert start.which_python() == sys.executable
    monkeypatch.setattr(start, "NEWEST", (3, 10))
    assert start.which_python() == start.OTHER
    monkeypatch.setenv("UV_PYTHON", "3.12")
    assert start.which_python() == "3.12"


@pytest.mark.parametrize(
    ("answers", "found"),
    [
        ({"path": "uv 0.13.9 (x86_64)"}, ["path"]),
        ({"path": "uv 0.4.1"}, None),
        ({"path": None, sys.executable: "uv 1.0.0"}, [sys.executable, "-m", "uv"]),
        ({".local": "uv 0.9.0", sys.executable: "uv 1.0.0"}, [".local"]),
        ({".uv": "uv 0.13.9"}, [".uv"]),
        ({"path": "pyenv: uv: command not found"}, None),
    ],
)
def test_a_uv_that_is_new_enough_is_found_wherever_it_is(start, monkeypatch, answers, found):
    def answer(command):
        return next((a for place, a in answers.items() if place in command[0]), None)

    monkeypatch.setattr(start, "_answer", answer)
    monkeypatch.setattr(start.shutil, "which", lambda name: "path" if "path" in answers else None)
    uv = start.find_uv()
    assert uv == found or (found[0] in uv[0] and len(uv) == 1)


@pytest.fixture
def pip(start, monkeypatch):
    """Return what ran in place of pip; `there` says which modules this Python has."""
    fake = SimpleNamespace(ran=[], there={"pip", "ensurepip"}, says=b"", status=0)

    def run(command, **options):
        fake.ran.append(command)
        fake.environment = options.get("env")
        return SimpleNamespace(returncode=fake.status, stdout=fake.says)

    monkeypatch.setattr(start.subprocess, "run", run)
    monkeypatch.setattr(start.importlib.util, "find_spec", lambda n: n if n in fake.there else None)
    monkeypatch.setattr(start, "find_uv", lambda: ["uv"] if fake.ran and not fake.status else None)
    return fake


def test_pip_puts_uv_where_no_manager_of_this_python_minds(start, pip):
    assert start.fetch_uv() == ["uv"]
    (command,) = pip.ran
    assert command[:4] == [sys.executable, "-m", "pip", "install"]
    assert command[command.index("--target") + 1] == start.OWN
    assert (pip.environment["PIP_USER"], pip.environment["PIP_REQUIRE_VIRTUALENV"]) == ("0", "0")


def test_without_pip_a_venv_lends_its_own(start, pip):
    pip.there = {"ensurepip"}
    assert start.fetch_uv() == ["uv"]
    venv, install = pip.ran
    assert venv[:3] == [sys.executable, "-m", "venv"] and install[0].startswith(venv[3])


def test_without_pip_and_venv_one_line_says_what_to_install(start, pip, monkeypatch, capsys):
    pip.there = set()
    assert start.main(["uv"]) == 1
    assert "Type: sudo apt install python3-venv" in line(capsys)
    assert not pip.ran


def test_a_python_too_old_for_uv_says_so(start, pip, monkeypatch, capsys):
    monkeypatch.setattr(start, "sys", SimpleNamespace(version_info=(3, 6, 8), stderr=sys.stderr))
    assert start.main(["uv"]) == 1
    assert "Python 3.6 is too old" in line(capsys)


def test_pip_without_a_connection_is_one_line(start, pip, monkeypatch, capsys):
    pip.status, pip.says = 1, PIP_REFUSED.encode()
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    assert start.main(["uv"]) == 1
    assert "ProxyError. Check the connection and the proxy in HTTPS_PROXY" in line(capsys)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (REFUSED, "could not be fetched: Connection refused (os error 111). Check the connection,"),
        (STRANGER, "UnknownIssuer. Set UV_SYSTEM_CERTS=1"),
        (
            NO_WHEEL,
            "matplotlib>=3.10.7 has no ready-made package for this system and this Python.",
        ),
        (NO_PYTHON, "no Python from 3.11 to 3.14 was found or could be fetched."),
    ],
)
def test_what_keeps_uv_from_its_work_is_one_line(start, said, words):
    explained = start._explain(start._lines(said.encode()))
    assert words in explained and "\n" not in explained


def test_what_is_not_known_is_shown_as_uv_said_it(start):
    assert "error: out of luck" in start._explain(["error: out of luck"])


def test_a_folder_that_cannot_be_written_is_one_line(start, calls, monkeypatch, capsys):
    monkeypatch.setattr(start.os, "getpid", lambda: "no/such/folder")
    for command in ("lab", "test"):
        assert start.main([command]) == 1
        said = line(capsys)
        assert f"{start.ROOT} cannot be written" in said and "Copy this folder" in said
    assert not calls


def test_a_ready_folder_that_cannot_be_written_opens_and_is_not_tested(
    start, calls, monkeypatch, capsys
):
    start.main(["test"])
    calls.clear()
    monkeypatch.setattr(start.os, "getpid", lambda: "no/such/folder")
    assert start.main(["lab"]) == 0
    assert start.main(["test"]) == 1
    assert "cannot be written" in line(capsys) and verbs(calls) == ["lab"]


@posix
def test_uv_shows_what_it_downloads_and_its_trouble_is_one_line(start, tmp_path, capsys):
    fake = tmp_path / "uv"
    fake.write_text(
        f"#!/bin/sh\necho 'Downloading numpy (16MiB)' >&2\ncat >&2 <<E\n{REFUSED}\nE\nexit 2"
    )
    fake.chmod(0o755)
    with pytest.raises(start.Stop, match="Connection refused"):
        start.call([str(fake)])
    assert capsys.readouterr().out == "  Downloading numpy (16MiB)\n"


def test_the_index_that_pip_uses_is_given_to_uv(start, monkeypatch):
    monkeypatch.setenv("PIP_INDEX_URL", "https://mirror.example/simple")
    assert start._mirror() == {"UV_DEFAULT_INDEX": "https://mirror.example/simple"}
    monkeypatch.delenv("PIP_INDEX_URL")
    monkeypatch.setattr(start, "_answer", lambda command: None)
    assert start._mirror() == {}


@posix
def test_the_command_runs_in_the_environment_and_its_exit_status_comes_back(start, tmp_path):
    scripts = Path(start.PYTHON).parent
    scripts.mkdir(parents=True)
    Path(start.PYTHON).symlink_to(sys.executable)
    Path(start.STAMP).write_text(start._fingerprint())
    fake = Path(scripts, "lstm-course")
    fake.write_text('#!/bin/sh\necho "$PWD|$PATH|$*"\nexit 7\n')
    fake.chmod(0o755)
    command = [sys.executable, os.path.join(start.ROOT, "start.py"), "grade", "a b"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    folder, path, arguments = done.stdout.rstrip().split("|")
    assert done.returncode == 7 and (folder, arguments) == (str(tmp_path), "grade a b")
    assert path.split(os.pathsep)[0] == str(scripts)


def test_on_windows_ctrl_c_is_left_to_the_command(start, monkeypatch):
    waits = iter([KeyboardInterrupt, 0])

    def wait():
        got = next(waits)
        if got is KeyboardInterrupt:
            raise got
        return got

    monkeypatch.setattr(start, "WINDOWS", True)
    monkeypatch.setattr(start.subprocess, "Popen", lambda *_, **__: SimpleNamespace(wait=wait))
    assert start.run(["lab"], os.environ) == 0


def test_without_a_command_it_says_what_there_is(start, capsys):
    assert start.main([]) == 2
    assert start.main(["--help"]) == 0
    assert "python3 start.py lab" in capsys.readouterr().out


@pytest.mark.parametrize("page", ["README.md", "docs/site/index.md", "docs/using.md"])
def test_the_lines_to_paste_can_be_typed_in_every_shell(page):
    text = (ROOT / page).read_text(encoding="utf-8")
    lines = re.findall(r"(?:py|python3?) start\.py [^`\n|]*", text)
    assert {"python3 start.py lab", "py start.py lab"} <= set(lines)
    for words in lines:
        assert re.fullmatch(r"[\w ./-]+", words), f"{page}: {words}"
