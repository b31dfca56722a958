"""A demo on a page of JupyterLab, beside its peer and the floor, moved with the keyboard."""

import ast
import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import nbformat
from playwright.sync_api import Locator, Page

import lstm_course.widgets as widgets

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))
from browser.lab_page import TOKEN, LabPage  # noqa: E402, F401

CONTROLS = {
    ".noUi-handle": "slider",
    ".gate input[type=range]": "gate slider",
    ".lstm-demo input[type=range]": "slider",
    ".lstm-demo input[type=radio]:checked": "pills",
    "select": "list",
}
KEYS = {  # down, up
    "slider": ("ArrowLeft", "ArrowRight"),
    "gate slider": ("PageDown", "PageUp"),
    "pills": ("ArrowLeft", "ArrowRight"),
    "list": ("ArrowUp", "ArrowDown"),
}
FAR = "node => 2 * node.value > +node.min + +node.max ? 'Home' : 'End'"
FLOOR_ANSWER = ".widget-vbox > .widget-label"
NO_KERNEL = {"guess", "cell_reads"}  # which ask it nothing
REPEAT = 1 / 30  # seconds between the keydown events of a held key
SETTLE = 120  # milliseconds of quiet before the next key
AFTER = 1500  # milliseconds after a hold; whatever comes later is not seen

DEMO = """from lstm_course.widgets import {name}
demo = {call}
demo"""
INTERACT = """%matplotlib inline
import matplotlib.pyplot as plt
import numpy as np
from ipywidgets import FloatSlider, Label, VBox, interact

like = {"figsize": (7.4, 4.8), "dpi": 100}
if hasattr(demo, "figure"):
    like["figsize"] = demo.figure.get_size_inches()

def new_figure(f):
    figure, ax = plt.subplots(**like)
    ax.plot(np.power(f, np.arange(101)))
    ax.set(xlabel="step", ylabel="memory", ylim=(0, 1.05))
    plt.show()

interact(new_figure, f=FloatSlider(0.5, min=0, max=1, step=0.01));"""
FLOOR = """slider, label = FloatSlider(0.5, min=0, max=1, step=0.01), Label("0.50")
slider.observe(lambda change: setattr(label, "value", f"{change.new:.2f}"), "value")
VBox([slider, label])"""
CELLS = (DEMO, INTERACT, FLOOR)


class Shown(NamedTuple):
    """A demo as a lesson calls it."""

    lesson: str
    name: str
    call: str


def demos_of(folder: Path) -> list[Shown]:
    """Return the demos on the last lines of a folder's notebooks, in their order."""
    found = {}
    for path in sorted(folder.glob("*.ipynb")):
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type != "code" or cell.source.startswith("%"):
                continue
            last = (ast.parse(cell.source).body or [None])[-1]
            if isinstance(last, ast.Expr) and isinstance(last.value, ast.Call):
                name = getattr(last.value.func, "id", "")
                if name in widgets.__all__ and name not in NO_KERNEL:
                    found.setdefault(name, Shown(path.stem, name, ast.unparse(last.value)))
    return list(found.values())


@contextlib.contextmanager
def lab(course: Path) -> Iterator[str]:
    """Run `lstm-course lab` on a folder and give its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "lstm_course.app.command", "lab", "--no-browser"]
    command += ["--port", str(port), f"--IdentityProvider.token={TOKEN}"]
    environment = {**os.environ, "JUPYTER_CONFIG_DIR": str(course / ".config")}
    with (course / "lab.log").open("w") as out:
        server = subprocess.Popen(command, cwd=course, env=environment, stdout=out, stderr=out)
    try:
        url = f"http://127.0.0.1:{port}"
        for _ in range(240):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"{url}/api?token={TOKEN}", timeout=5).close()
                break
            time.sleep(0.25)
        yield url
    finally:
        server.terminate()
        server.wait(20)


class Subject:
    """One control on the page and the place where its answer appears.

    Parameters
    ----------
    cell : Locator
        The notebook's cell with both.
    answer : str
        CSS selector of what changes.
    """

    def __init__(self, cell: Locator, answer: str) -> None:
        self.page: Page = cell.page
        kinds = [cell.locator(selector) for selector in CONTROLS]
        self.kind, self.control = next(
            (name, found.first)
            for name, found in zip(CONTROLS.values(), kinds, strict=True)
            if found.count()
        )
        self.answer = cell.locator(answer).first
        self.forward = True

    def begin(self) -> None:
        """Focus the control; watch its answer and no other."""
        self.control.focus()
        self.answer.evaluate("node => latency.watch(node)")

    def turn(self) -> str:
        """Return the key that still moves the control; the direction turns at the ends."""
        if not self.control.evaluate("node => latency.room(node)")[self.forward]:
            self.forward = not self.forward
        return KEYS[self.kind][self.forward]

    def press(self, far: bool = False) -> float:
        """Press once; return the milliseconds until the change is on the screen.

        With `far` a slider goes to its other end, where no frame was fetched ahead.
        """
        self.begin()
        slider = far and self.kind == "slider"
        self.page.keyboard.press(self.control.evaluate(FAR) if slider else self.turn())
        self.page.wait_for_function("latency.log.shown.length > 0")
        self.page.wait_for_timeout(SETTLE)
        return self.page.evaluate("latency.log.shown[0] - latency.log.pressed")

    def hold(self, seconds: float) -> float:
        """Hold a key, release it; return the milliseconds until the last picture is there."""
        self.begin()
        start = time.perf_counter()
        for k in range(1, round(seconds / REPEAT)):
            self.page.keyboard.down(self.turn())
            time.sleep(max(0, start + k * REPEAT - time.perf_counter()))
        self.page.keyboard.press(self.turn())  # released at once: the hardest case
        self.page.wait_for_timeout(AFTER)
        waited = self.page.evaluate("latency.log.shown.at(-1) - latency.log.released")
        self._is_of_the_last_value()
        return waited

    def _is_of_the_last_value(self) -> None:
        """Go one step away and come back: what is shown must be the same again."""
        says = "node => node.getAttribute('aria-label') ?? node.textContent"
        last = self.answer.evaluate(says)
        self.press()
        self.forward = not self.forward
        self.press()
        assert self.answer.evaluate(says) == last, f"a hold ended on {last}"


def notebook_of(demo: Shown) -> nbformat.NotebookNode:
    """Return a notebook with a demo, its peer and the floor."""
    cells = [text.format(**demo._asdict()) if text is DEMO else text for text in CELLS]
    return nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(text) for text in cells],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
    )
