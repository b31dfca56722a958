"""A real JupyterLab, started with the README's command, and a real browser."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from .lab_page import LabPage

ROOT = Path(__file__).parents[2]
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
).split()


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def course(tmp_path_factory) -> Path:
    """A learner's copy of the course, so that nothing here is written to."""
    folder = tmp_path_factory.mktemp("course")
    for name in ("notebooks", "exercises", "solutions"):
        shutil.copytree(ROOT / name, folder / name)
    return folder


@pytest.fixture(scope="session")
def lab_url(course):
    """The address of `lstm-course lab`, running."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "lstm_course.app.command", "lab", "--no-browser"]
    command += ["--port", str(port), "--IdentityProvider.token=course"]
    environment = {**os.environ, "JUPYTER_CONFIG_DIR": str(course / ".config")}
    log = (course / "lab.log").open("w", encoding="utf-8")
    server = subprocess.Popen(command, cwd=course, env=environment, stdout=log, stderr=log)
    try:
        _wait_for(f"http://127.0.0.1:{port}/api?token=course", server, course / "lab.log")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(20)
        log.close()


def _wait_for(url: str, server: subprocess.Popen, log: Path) -> None:
    for _ in range(240):
        if server.poll() is not None:
            pytest.fail(f"JupyterLab ended at once:\n{log.read_text(encoding='utf-8')}")
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return
        except OSError:
            time.sleep(0.25)
    pytest.fail(f"JupyterLab did not answer within a minute:\n{log.read_text(encoding='utf-8')}")


@pytest.fixture(scope="session")
def browser() -> Browser:
    """Debian's Chromium where there is one, Playwright's own elsewhere."""
    with sync_playwright() as playwright:
        path = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@contextlib.contextmanager
def lab_window(browser: Browser, url: str, name: str) -> Iterator[LabPage]:
    """A fresh browser window on the course; a picture of it is kept as an artifact."""
    page: Page = browser.new_page(viewport={"width": 1280, "height": 1400})
    page.set_default_timeout(40_000)
    lab = LabPage(page, url)
    yield lab
    lab.keep_picture(name)
    lab.shut_down_kernels()
    page.close()


@pytest.fixture
def lab(lab_url, browser, request) -> Iterator[LabPage]:
    """A window of a test's own."""
    with lab_window(browser, lab_url, request.node.name) as lab:
        yield lab
