"""From the key press on a slider to the changed picture on the screen, in a real JupyterLab.

    uv run python benchmarks/slider_latency.py [--quick] [--only half_life_demo]

Every demo that a lesson shows is opened in a notebook of its own, in headless Chromium, beside
two others that share its kernel and take turns with it:

- floor: an ipywidgets slider that changes a short Label; nothing through a kernel is faster;
- interact: `ipywidgets.interact` with a new matplotlib figure for each value, one line in one
  panel, of the demo's inches.

Arrow keys (Page keys in the explorer) are pressed on the focused control. Times are taken inside
the page, from the keydown event until the first frame with the new picture, and their medians
are compared.
A step to the side was fetched ahead while nothing moved; *far* is the time to the slider's
other end, which was not.
*After hold*: keydown events at 30 a second for 3 s, to and fro where the slider ends, and the
time from the release of the key until the last picture. A demo without a slider is moved by
its list or its pills; the text field and the buttons of a demo send the same messages.

Goals: at most 1.2 times the floor, and the last picture at most 100 ms after a hold.
"""

import argparse
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import nbformat
import numpy as np
from playwright.sync_api import Page, sync_playwright
from rich.console import Console
from rich.table import Table
from slider_page import FLOOR_ANSWER, ROOT, LabPage, Shown, Subject, demos_of, lab, notebook_of

FLAGS = "--no-sandbox --disable-gpu --no-first-run --disable-background-networking".split()
OVER_FLOOR, AFTER_HOLD = 1.2, 100.0
GOALS = {
    "floor": f"at most {OVER_FLOOR} times the floor",
    "hold": f"the last picture within {AFTER_HOLD:.0f} ms of the release",
}
WARM = 2  # presses that are not counted


class Times(NamedTuple):
    """Medians of one demo in milliseconds."""

    demo: str
    control: str
    ours: float
    far: float
    floor: float
    interact: float
    after_hold: float

    @property
    def misses(self) -> list[str]:
        """Which goals are not met, in words."""
        goals = {
            "floor": self.ours <= OVER_FLOOR * self.floor,
            "hold": self.after_hold <= AFTER_HOLD,
        }
        return [goal for goal, met in goals.items() if not met]


def time_demo(page: Page, url: str, demo: Shown, presses: int, seconds: float) -> Times:
    """Open a demo's notebook, take turns, hold the key."""
    window = LabPage(page, url)
    window.open(f"notebooks/{demo.name}.ipynb")
    window.run_all()
    assert window.errors() == [], window.errors()
    page.evaluate((Path(__file__).with_suffix(".js")).read_text())
    cells = [window.code_cell(words) for words in ("demo = ", "interact(", "Label(")]
    explorer = demo.name in ("cell_explorer", "cell_today")
    ours = Subject(cells[0], ".figure" if explorer else ".lstm-demo .stage svg")
    subjects = [ours, Subject(cells[2], FLOOR_ANSWER), Subject(cells[1], ".widget-output")]
    times: list[list[float]] = [[] for _ in subjects]
    for k in range(presses + WARM):
        for j in np.roll(range(len(subjects)), k):  # none always comes after the same other
            times[j].append(subjects[j].press())
    near, *others = (statistics.median(column[WARM:]) for column in times)
    far = statistics.median(ours.press(far=True) for _ in range(presses))
    held = ours.hold(seconds)
    window.shut_down_kernels()
    return Times(demo.name, ours.kind, near, far, *others, held)


def table_of(rows: list[Times]) -> Table:
    """Return the table that is printed."""
    table = Table("demo", "moved by", title="Key press to picture, medians in ms")
    for heading in (
        "demo",
        "far",
        "floor",
        "interact",
        "/ floor",
        "interact /",
        "after hold",
        "misses",
    ):
        table.add_column(heading, justify="left" if heading == "misses" else "right")
    for row in rows:
        table.add_row(
            row.demo,
            row.control,
            *(f"{ms:.0f}" for ms in (row.ours, row.far, row.floor, row.interact)),
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
        print(f"{row.demo}: {row.ours:.0f} ms", file=sys.stderr)
    Console(width=110).print(table_of(rows))
    for goal in GOALS:
        met = sum(goal not in row.misses for row in rows)
        print(f"{GOALS[goal]}: {met} of {len(rows)} demos")


if __name__ == "__main__":
    main()
