"""How long the kernel needs to answer the cell explorer, against a new figure each time.

The peer is what ``ipywidgets.interact`` with matplotlib does for the same picture: make a
figure, draw the wires and numbers of the diagram, encode it as PNG. Both answer the same
moves of the forget gate, in turns. Run: ``python benchmarks/explorer_redraw.py``.
"""

import io
import json
import statistics
import time

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from lstm_course import running_example as cell
from lstm_course.plots.diagram import explore, read_wires
from lstm_course.plots.diagram.layout import HEIGHT, PATHS, WIDTH
from lstm_course.plots.diagram.reader import SENTENCE
from lstm_course.widgets.explorer import cell_explorer

MOVES = 40
GOAL = 5.0  # milliseconds at the median


def answer(explorer, value: float) -> None:
    """Set a forget gate in the explorer and make the message for the page."""
    explorer.move({"sentence": SENTENCE, "overrides": [[2, "f_t", 0, value]], "cut": []})
    json.dumps(explorer.frame())


def new_figure(value: float) -> bytes:
    """Draw one step of the same sentence as a new matplotlib figure."""
    step = explore(SENTENCE, {(2, "f_t", 0): value})[2]
    figure = Figure(figsize=(WIDTH / 100, HEIGHT / 100), dpi=100)
    FigureCanvasAgg(figure)
    ax = figure.add_axes((0, 0, 1, 1), xlim=(0, WIDTH), ylim=(HEIGHT, 0))
    for name, reading in read_wires(step.values, weights=cell).items():
        x, y = PATHS[name].pill
        ax.plot([x, x + 60], [y + 30, y + 30], linewidth=reading.width)
        ax.text(x, y, reading.text)
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png")
    return buffer.getvalue()


def milliseconds(function, *args) -> float:
    """Time one call."""
    start = time.perf_counter()
    function(*args)
    return 1e3 * (time.perf_counter() - start)


def main() -> None:
    """Print both medians and their ratio."""
    explorer = cell_explorer()
    ours, peer = [], []
    for k in range(MOVES):
        value = (k + 1) / (MOVES + 1)
        ours.append(milliseconds(answer, explorer, value))
        peer.append(milliseconds(new_figure, value))
    here, there = statistics.median(ours[5:]), statistics.median(peer[5:])
    print(f"cell explorer, answer to a moved gate: {here:.1f} ms at the median (goal {GOAL:.0f})")
    print(f"matplotlib, new figure each time:      {there:.1f} ms at the median")
    print(f"ratio explorer / matplotlib: {here / there:.3f}")


if __name__ == "__main__":
    main()
