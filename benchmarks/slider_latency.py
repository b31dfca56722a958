"""From the key press on a slider to the changed picture on the screen, in a real JupyterLab.

    uv run python benchmarks/slider_latency.py [--quick] [--only half_life_demo]

Every demo that a lesson shows is opened in a notebook of its own, in headless Chromium, beside
two others that share its kernel and take turns with it:

- floor: an ipywidgets slider that changes a short Label; nothing through a kernel is faster;
- interact: `ipywidgets.interact` with a new matplotlib figure for each value, one line in one
  panel, of the demo's inches and dots per inch.

Arrow keys (Page keys in the explorer) are pressed on the focused control. Times are taken inside
the page, from the keydown event until the first frame with the loaded picture, and their
medians are compared.
*After hold*: keydown events at 30 a second for 3 s, to and fro where the slider ends, and the
time from the release of the key until the last picture. A demo without a slider is moved by
its list; the text field and the buttons of a demo send the same messages.

Goals: at most 1.5 times the floor, at most a quarter of interact, at most 150 ms after a hold.
"""

import argparse
import ast
import contextlib
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import nbformat
import numpy as np
from playwright.sync_api import Locator, Page, sync_playwright
from rich.console import Console
from rich.table import Table

import lstm_course.widgets as widgets

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))
from browser.lab_page import TOKEN, LabPage  # noqa: E402

FLAGS = "--no-sandbox --disable-gpu --no-first-run --disable-background-networking".split()
CONTROLS = {".noUi-handle": "slider", ".gate input[type=range]": "gate slider", "select": "list"}
KEYS = {  # down, up
    "slider": ("ArrowLeft", "ArrowRight"),
    "gate slider": ("PageDown", "PageUp"),
    "list": ("ArrowUp", "ArrowDown"),
}
FLOOR_ANSWER = ".widget-vbox > .widget-label"
OVER_FLOOR, INTERACT_OVER, AFTER_HOLD = 1.5, 4, 150.0
GOALS = {
    "floor": f"at most {OVER_FLOOR} times the floor",
    "interact": f"at least {INTERACT_OVER} times as fast as interact",
    "hold": f"the last picture within {AFTER_HOLD:.0f} ms of the release",
}
REPEAT = 1 / 30  # seconds between the keydown events of a held key
SETTLE = 120  # milliseconds of quiet before the next key
AFTER = 1500  # milliseconds after a hold; whatever comes later is not seen
WARM = 2  # presses that are not counted

DEMO = """from lstm_course.widgets import {name}
demo = {call}
demo"""
INTERACT = """%matplotlib inline
import matplotlib.pyplot as plt
import numpy as np
from ipywidgets import FloatSlider, Label, VBox, interact

like = {"figsize": (7.4, 4.8), "dpi": 100}
if hasattr(demo, "figure"):
    like = {"figsize": demo.figure.get_size_inches(), "dpi": demo.figure.dpi}

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


class Times(NamedTuple):
    """Medians of one demo in milliseconds."""

    demo: str
    control: str
    ours: float
    floor: float
    interact: float
    after_hold: float

    @property
    def misses(self) -> list[str]:
        """Which goals are not met, in words."""
        goals = {
            "floor": self.ours <= OVER_FLOOR * self.floor,
            "interact": self.interact >= INTERACT_OVER * self.ours,
            "hold": self.after_hold <= AFTER_HOLD,
        }
        return [goal for goal, met in goals.items() if not met]


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
                if name in widgets.__all__:
                    found.setdefault(name, Shown(path.stem, name, ast.unparse(last.value)))
    return list(found.values())


@contextlib.contextmanager
def lab(course: Path) -> Iterator[str]:
    """Run `lstm-course lab` on a folder and give its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "lstm_course.cli", "lab", "--no-browser"]
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
    pictured : bool
        A new image must arrive; otherwise any change of the answer counts.
    """

    def __init__(self, cell: Locator, answer: str, pictured: bool = True) -> None:
        self.page: Page = cell.page
        kinds = [cell.locator(selector) for selector in CONTROLS]
        self.kind, self.control = next(
            (name, found.first)
            for name, found in zip(CONTROLS.values(), kinds, strict=True)
            if found.count()
        )
        self.answer = cell.locator(answer).first
        self.pictured, self.forward = pictured, True

    def begin(self) -> None:
        """Focus the control; watch its answer and no other."""
        self.control.focus()
        self.answer.evaluate(f"node => latency.watch(node, {str(self.pictured).lower()})")

    def turn(self) -> str:
        """Return the key that still moves the control; the direction turns at the ends."""
        if not self.control.evaluate("node => latency.room(node)")[self.forward]:
            self.forward = not self.forward
        return KEYS[self.kind][self.forward]

    def press(self) -> float:
        """Press once; return the milliseconds until the change is on the screen."""
        self.begin()
        self.page.keyboard.press(self.turn())
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
        return self.page.evaluate("latency.log.shown.at(-1) - latency.log.released")


def notebook_of(demo: Shown) -> nbformat.NotebookNode:
    """Return a notebook with a demo, its peer and the floor."""
    cells = [text.format(**demo._asdict()) if text is DEMO else text for text in CELLS]
    return nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(text) for text in cells],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
    )


def time_demo(page: Page, url: str, demo: Shown, presses: int, seconds: float) -> Times:
    """Open a demo's notebook, take turns, hold the key."""
    window = LabPage(page, url)
    window.open(f"notebooks/{demo.name}.ipynb")
    window.run_all()
    assert window.errors() == [], window.errors()
    page.evaluate((Path(__file__).with_suffix(".js")).read_text())
    cells = [window.code_cell(words) for words in ("demo = ", "interact(", "Label(")]
    explorer = demo.name == "cell_explorer"
    ours = Subject(cells[0], ".figure" if explorer else "img.lstm-picture", not explorer)
    subjects = [ours, Subject(cells[2], FLOOR_ANSWER, False), Subject(cells[1], ".widget-output")]
    times: list[list[float]] = [[] for _ in subjects]
    for k in range(presses + WARM):
        for j in np.roll(range(len(subjects)), k):  # none always comes after the same other
            times[j].append(subjects[j].press())
    medians = (statistics.median(column[WARM:]) for column in times)
    held = ours.hold(seconds)
    window.shut_down_kernels()
    return Times(demo.name, ours.kind, *medians, held)


def table_of(rows: list[Times]) -> Table:
    """Return the table that is printed."""
    table = Table("demo", "moved by", title="Key press to picture, medians in ms")
    for heading in ("demo", "floor", "interact", "/ floor", "interact /", "after hold", "misses"):
        table.add_column(heading, justify="left" if heading == "misses" else "right")
    for row in rows:
        table.add_row(
            row.demo,
            row.control,
            *(f"{ms:.0f}" for ms in (row.ours, row.floor, row.interact)),
            f"{row.ours / row.floor:.2f}",
            f"{row.interact / row.ours:.1f}",
            f"{row.after_hold:.0f}",
            ", ".join(row.misses),
        )
    return table


def measure(demos: list[Shown], presses: int, seconds: float) -> Iterator[Times]:
    """Start JupyterLab and the browser, and time one demo after the other."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        course = Path(folder)
        for name in ("notebooks", "exercises"):
            shutil.copytree(ROOT / name, course / name)
        for demo in demos:
            nbformat.write(notebook_of(demo), course / "notebooks" / f"{demo.name}.ipynb")
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        with lab(course) as url:
            for demo in demos:
                page = browser.new_page(viewport={"width": 1280, "height": 2600})
                page.set_default_timeout(60_000)
                yield time_demo(page, url, demo, presses, seconds)
                page.close()
        browser.close()


def main() -> None:
    """Print the table, and which goals are met."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="few presses, a short hold")
    parser.add_argument("--only", nargs="+", metavar="DEMO", help="these demos alone")
    options = parser.parse_args()
    demos = [d for d in demos_of(ROOT / "notebooks") if d.name in (options.only or [d.name])]
    rows = []
    for row in measure(demos, *((5, 1.0) if options.quick else (20, 3.0))):
        rows.append(row)
        print(row, file=sys.stderr)
    Console(width=110).print(table_of(rows))
    for goal in GOALS:
        met = sum(goal not in row.misses for row in rows)
        print(f"{GOALS[goal]}: {met} of {len(rows)} demos")


if __name__ == "__main__":
    main()
