"""`lstm-course lab`: what it would start, and two that run at once."""

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest

from lstm_course.app import command as cli
from lstm_course.app import lab, style
from lstm_course.app.own_kernel import OwnKernel
from lstm_course.app.start.server import ADDRESS
from lstm_course.plots.theme import equation_css

ROOT = Path(__file__).parents[2]


@pytest.fixture
def course(tmp_path, monkeypatch):
    """Return a course folder, with the package's own neighborhood out of sight."""
    for folder in ("notebooks", "exercises"):
        (tmp_path / "course" / folder).mkdir(parents=True)
    (tmp_path / "course" / "notebooks" / "00-start-here.ipynb").write_text("{}")
    monkeypatch.setattr(lab, "PACKAGE", tmp_path / "elsewhere" / "lstm_course")
    return tmp_path / "course"


@pytest.fixture
def started(monkeypatch):
    """Return the list of (command, environment) that would have run."""
    runs = []
    monkeypatch.setattr(lab, "_run", lambda command, env: runs.append((command, env)) or 0)
    return runs


def test_the_course_is_found_from_its_folder_and_from_below(course):
    assert lab.course_root(course) == course
    assert lab.course_root(course / "notebooks") == course


def test_the_course_is_found_beside_the_package(course, tmp_path, monkeypatch):
    monkeypatch.setattr(lab, "PACKAGE", course / "lstm_course")
    assert lab.course_root(tmp_path) == course


def test_a_folder_without_numbered_lessons_is_no_course(course, tmp_path):
    (course / "notebooks" / "00-start-here.ipynb").rename(course / "notebooks" / "mine.ipynb")
    assert lab.course_root(course) is None


def test_outside_a_course_one_line_says_what_to_do(course, tmp_path, monkeypatch, capsys, started):
    monkeypatch.chdir(tmp_path)
    assert lab.start_lab([]) == 1
    error = capsys.readouterr().err
    assert error.startswith(f"No course in {tmp_path}") and error.count("\n") == 1
    assert not started


@pytest.mark.parametrize("package", lab.NEEDED)
def test_a_missing_package_is_one_line(course, monkeypatch, capsys, started, package):
    monkeypatch.chdir(course)
    here = {name: None if name == package else object() for name in lab.NEEDED}
    monkeypatch.setattr(lab.importlib.util, "find_spec", here.get)
    assert lab.start_lab([]) == 1
    error = capsys.readouterr().err
    assert error.startswith(f"Not installed here: {package}. Use ") and error.count("\n") == 1
    assert not started


@pytest.mark.parametrize(("browser", "told"), [(None, True), (object(), False)])
def test_without_a_browser_the_learner_is_told_to_open_the_address(
    course, monkeypatch, capsys, started, browser, told
):
    def get():
        if browser is None:
            raise lab.webbrowser.Error("could not locate runnable browser")
        return browser

    monkeypatch.chdir(course)
    monkeypatch.setattr(lab.webbrowser, "get", get)
    assert lab.start_lab([]) == 0
    assert ("No browser was found here." in capsys.readouterr().out) is told
    assert lab.start_lab(["--no-browser"]) == 0
    assert "No browser" not in capsys.readouterr().out


@pytest.mark.parametrize("form", ["--port={}", "--port {}", "--ServerApp.port={}"])
def test_a_port_that_is_taken_is_one_line(course, monkeypatch, capsys, started, form):
    monkeypatch.chdir(course)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert lab.start_lab(form.format(port).split()) == 1
    assert f"Port {port} is taken" in capsys.readouterr().err
    assert not started
    assert lab.start_lab(form.format(port).split()) == 0


def test_arguments_without_a_port_ask_for_none():
    assert lab.asked_port([]) is None
    assert lab.asked_port(["--no-browser"]) is None
    assert lab.asked_port(["--port"]) is None
    assert lab.asked_port(["--port", "--no-browser"]) is None


def test_it_opens_the_start_page_unless_an_argument_says_otherwise(course):
    ours = f"--LabApp.default_url=/{ADDRESS}"
    assert ours in lab.lab_command(course, [])
    theirs = "--LabApp.default_url=/lab"
    command = lab.lab_command(course, [theirs])
    assert command.index(theirs) > command.index(ours)


def test_a_folder_that_cannot_be_written_is_said_first_and_settings_go_elsewhere(
    course, tmp_path, monkeypatch, capsys, started
):
    monkeypatch.chdir(course)
    monkeypatch.setattr(lab, "can_write", lambda root: False)
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path / "own"))
    assert lab.start_lab(["--no-browser"]) == 0
    first = capsys.readouterr().out.splitlines()[0]
    assert first.startswith(f"{course} cannot be written: ") and "Copy the folder" in first
    _, environment = started[0]
    for name in ("JUPYTERLAB_SETTINGS_DIR", "JUPYTERLAB_WORKSPACES_DIR"):
        assert Path(environment[name]).is_relative_to(tmp_path / "own")


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="permissions do not bind this user"
)
def test_a_folder_without_permission_to_write_is_noticed(course):
    assert lab.can_write(course)
    course.chmod(0o555)
    try:
        assert not lab.can_write(course)
    finally:
        course.chmod(0o755)


def test_the_command_runs_this_python_and_passes_arguments_on_last(course, monkeypatch, started):
    monkeypatch.chdir(course)
    assert lab.start_lab(["--no-browser", "--ServerApp.log_level=INFO"]) == 0
    command, _ = started[0]
    assert command[:3] == [sys.executable, "-m", "jupyterlab"]
    assert f"--ServerApp.root_dir={course}" in command
    assert command[-2:] == ["--no-browser", "--ServerApp.log_level=INFO"]


@pytest.mark.parametrize(("user", "allowed"), [(0, True), (1000, False)])
def test_root_is_allowed_only_when_root_runs_it(course, monkeypatch, user, allowed):
    monkeypatch.setattr(lab.os, "geteuid", lambda: user, raising=False)
    assert ("--allow-root" in lab.lab_command(course, [])) is allowed


def test_settings_and_tabs_stay_in_the_course(course, monkeypatch):
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "theirs")
    environment = lab.lab_environment(course)
    assert environment["JUPYTERLAB_SETTINGS_DIR"] == str(course / ".jupyter-user" / "settings")
    assert environment["JUPYTERLAB_WORKSPACES_DIR"] == str(course / ".jupyter-user" / "workspaces")
    assert environment["JUPYTER_CONFIG_PATH"].endswith("theirs")


def test_jupyterlab_reads_the_courses_settings(monkeypatch):
    """Asked through JupyterLab's own reader, so that a renamed file or key shows."""
    from jupyterlab_server.config import get_static_page_config
    from jupyterlab_server.settings_utils import _get_overrides

    monkeypatch.setenv("JUPYTER_CONFIG_PATH", str(lab.SETTINGS))
    overrides, error = _get_overrides("")
    assert not error
    assert overrides["@jupyterlab/apputils-extension:notification"]["fetchNews"] == "false"
    page = get_static_page_config()
    (back,) = overrides["@jupyterlab/application-extension:top-bar"]["toolbar"]
    assert back["args"]["url"] == f"/{ADDRESS}"
    assert (page["buildCheck"], page["buildAvailable"]) == (False, False)


def test_the_server_loads_the_start_page_beside_its_own_extensions(monkeypatch):
    from jupyter_server.extension.config import ExtensionConfigManager

    folder = lab.SETTINGS
    manager = ExtensionConfigManager(read_config_path=[str(folder)])
    ours = {"lstm_course.app.start.server": True, "lstm_course.app.style": True}
    assert manager.get_jpserver_extensions() == ours


def test_the_course_brings_jupyterlab_its_style_and_keeps_the_users_own_behind_it():
    folders = ["of the user"]
    server = SimpleNamespace(web_app=SimpleNamespace(settings={"static_custom_path": folders}))
    style._load_jupyter_server_extension(server)
    assert folders == [str(style.FOLDER), "of the user"]
    rules = (style.FOLDER / "custom.css").read_text(encoding="utf-8")
    assert rules == '@import url("folds.css");\n' + equation_css()
    assert (style.FOLDER / "folds.css").is_file()


def test_the_settings_exist_in_this_jupyterlab(monkeypatch):
    """A key that JupyterLab does not know would be ignored without a word."""
    from jupyterlab.commands import get_app_dir

    folder = lab.SETTINGS / "labconfig" / "default_setting_overrides.json"
    for plugin, settings in json.loads(folder.read_text()).items():
        package, _, name = plugin.partition(":")
        schema = lab.Path(get_app_dir(), "schemas", package, f"{name}.json")
        assert settings.keys() <= json.loads(schema.read_text())["properties"].keys()


def test_another_kernel_named_python3_is_not_used(tmp_path, monkeypatch):
    foreign = tmp_path / "kernels" / "python3"
    foreign.mkdir(parents=True)
    (foreign / "kernel.json").write_text('{"argv": ["other"], "display_name": "Other"}')
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    assert OwnKernel().get_kernel_spec("python3").argv[0] == sys.executable
    assert list(OwnKernel().find_kernel_specs()) == ["python3"]


# ---- two at once, in a folder as a ZIP leaves it, with a space and an umlaut in its name


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    """Return the course's folder and the two addresses that a browser was given."""
    if os.name == "nt":
        pytest.skip("the browser is a shell script")
    home = tmp_path_factory.mktemp("home")
    folder = home / "Mein Kurs für LSTM"
    for name in ("notebooks", "exercises", "solutions"):
        (folder / name).mkdir(parents=True)
        shutil.copy(ROOT / name / "03-input-gate.ipynb", folder / name)
    given = home / "addresses"
    (home / "browser").write_text(f'#!/bin/sh\necho "$1" >>"{given}"\n', encoding="utf-8")
    (home / "browser").chmod(0o755)
    settings = {"HOME": str(home), "BROWSER": str(home / "browser"), "XDG_RUNTIME_DIR": ""}
    settings |= dict.fromkeys(("http_proxy", "HTTP_PROXY", "HTTPS_PROXY"), "http://127.0.0.1:9")
    with contextlib.ExitStack() as stack:
        labs = []
        for _ in range(2):  # the second looks for a port when the first has one
            labs.append(stack.enter_context(running(folder, settings)))
            addresses = wait_for_lines(given, labs)
        yield folder, addresses


@contextlib.contextmanager
def running(folder, settings):
    """Run the command in a folder until the test is over."""
    command = [sys.executable, "-m", cli.__name__, "lab"]
    with (folder.parent / "log").open("a") as log:
        environment = os.environ | settings
        server = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
        try:
            yield server
        finally:
            server.terminate()
            server.wait(30)


def wait_for_lines(path, servers):
    """Return a line for each server, as soon as they are there."""
    lines = []
    for _ in range(600):
        lines = path.read_text().splitlines() if path.exists() else []
        if len(lines) == len(servers) or any(server.poll() is not None for server in servers):
            break
        time.sleep(0.1)
    assert len(lines) == len(servers), (path.parent / "log").read_text()
    return lines


def test_the_browser_is_given_an_address_and_no_file(opened):
    _, addresses = opened
    for address in map(urlsplit, addresses):
        assert (address.scheme, address.hostname) == ("http", "localhost")
        assert address.path == "/lstm" and address.query.startswith("token=")


STRAIGHT = urllib.request.ProxyHandler({})


def test_two_courses_run_at_once_and_answer(opened):
    _, addresses = opened
    assert len({urlsplit(address).port for address in addresses}) == 2
    for address in addresses:
        with urllib.request.build_opener(STRAIGHT).open(address, timeout=30) as page:
            text = page.read().decode()
        assert 'data-path="exercises/03-input-gate.ipynb"' in text


def test_the_server_tells_of_progress_to_whoever_has_the_token_and_to_nobody_else(opened):
    _, (address, _) = opened
    progress = address.replace("/lstm?", "/lstm/progress?")
    with urllib.request.build_opener(STRAIGHT).open(progress, timeout=30) as answer:
        known = json.load(answer)
    assert known["lessons"]["03-input-gate"]["points"] == 0
    assert known["next"] == ["notebooks", "03-input-gate"]
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.build_opener(STRAIGHT).open(progress.partition("?")[0], timeout=30)
    guess = urllib.request.Request(progress.partition("?")[0], data=b'{"verb": "was"}')
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.build_opener(STRAIGHT).open(guess, timeout=30)
    with urllib.request.build_opener(STRAIGHT).open(address.partition("?")[0]) as page:
        assert "/login" in page.url and b"03-input-gate" not in page.read()
