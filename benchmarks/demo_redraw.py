"""Time a demo's redraw in the kernel against `interact` with a new figure.

    uv run python benchmarks/demo_redraw.py

`slider_latency.py` times the same in a browser, from key press to picture.

Both are timed in this run, in turn. Goal: 20 ms or less at the median.
"""

import io
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


def at(control, k: int):
    """Return the value of a control in round k; it differs from that of the round before."""
    if hasattr(control, "options"):
        return control.options[k % len(control.options)]
    return control.min + (control.max - control.min) * k / ROUNDS


def main() -> None:
    """Print one row a demo: redraw, new figure, ratio."""
    table = Table("demo", "redraw, ms", "new figure, ms", "ratio")
    names = [name for name in widgets.__all__ if name.endswith("_demo")]
    for name in sorted([*names, "gate_playground"]):
        demo = getattr(widgets, name)()
        sliders = [c for c in demo.controls.values() if hasattr(c, "step")]
        lists = [c for c in demo.controls.values() if hasattr(c, "options")]
        control = (sliders or lists)[0]
        ours, theirs = [], []
        for k in range(ROUNDS):
            value = at(control, k + 1)
            ours.append(seconds(lambda v=value, c=control: setattr(c, "value", v)))
            theirs.append(seconds(lambda k=k: new_figure(k / ROUNDS)))
        a, b = (1000 * statistics.median(times) for times in (ours, theirs))
        table.add_row(name, f"{a:.1f}", f"{b:.1f}", f"{a / b:.2f}")
    Console().print(table)


if __name__ == "__main__":
    main()
