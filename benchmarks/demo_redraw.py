"""Time a demo's redraw in the kernel against `interact` with a new figure.

    uv run python benchmarks/demo_redraw.py

`slider_latency.py` times the same in a browser, from key press to picture.

Both are timed in this run, in turn. Goal: 5 ms or less at the median. kB is what a
change sends.
"""

import io
import json
import statistics
import time

import numpy as np
from matplotlib.figure import Figure
from rich.console import Console
from rich.table import Table

import lstm_course.widgets as widgets

ROUNDS = 25


def new_figure(f: float) -> None:
    """Do what a function under `interact` does: make, draw and encode a figure."""
    figure = Figure((6.4, 3.0), dpi=150, layout="constrained")
    ax = figure.subplots()
    ax.plot(np.power(f, np.arange(101)))
    ax.set(xlabel="step", ylabel="memory", ylim=(0, 1.05))
    figure.savefig(io.BytesIO(), format="png")


def seconds(work) -> float:
    """Return how long one call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def moved(demo, name: str, k: int) -> None:
    """Move a control to another position, and make what is sent to the page."""
    demo.move({name: k % len(demo.controls[name].stops)})
    demo.still, demo.frame()


def main() -> None:
    """Print one row a demo: redraw, new figure, ratio."""
    table = Table("demo", "redraw, ms", "kB", "new figure, ms", "ratio")
    names = [name for name in widgets.__all__ if name.endswith("_demo")]
    for name in sorted([*names, "gate_playground"]):
        demo = getattr(widgets, name)()
        control = next(n for n, c in demo.controls.items() if len(c.stops) > 1 and not c.count)
        ours, theirs = [], []
        for k in range(ROUNDS):
            ours.append(seconds(lambda k=k, d=demo, c=control: moved(d, c, k + 1)))
            theirs.append(seconds(lambda k=k: new_figure(k / ROUNDS)))
        a, b = (1000 * statistics.median(times) for times in (ours, theirs))
        size = len(json.dumps(demo.frame())) / 1000
        table.add_row(name, f"{a:.1f}", f"{size:.1f}", f"{b:.1f}", f"{a / b:.2f}")
    Console().print(table)


if __name__ == "__main__":
    main()
