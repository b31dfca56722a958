"""A figure in words: what its lesson says of it, or else what can be read off its axes.

The words stand in the lesson's source beside the figure, not in the learner's code. The build
writes them to alt/, under a digest of the cell: a cell that was changed shows another figure, for
which they would be false.
"""

import hashlib
import json
import linecache
import re
import sys
from functools import cache
from importlib.resources import files

import numpy as np
from IPython.core.interactiveshell import InteractiveShell
from matplotlib.axes import Axes
from matplotlib.figure import Figure


def digest(code: str) -> str:
    """Return the name under which the words for a cell's figure are kept."""
    lines = [line.rstrip() for line in code.strip().splitlines()]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


@cache
def _kept() -> dict[str, str]:
    """Return the words for the figures of all lessons."""
    kept = {}
    for file in (files(__package__) / "alt").iterdir():
        if file.name.endswith(".json"):
            kept |= json.loads(file.read_text(encoding="utf-8"))
    return kept


def running_cell() -> str:
    """Return the code of the cell that runs, or '' outside of a notebook.

    IPython keeps the lines of each cell for tracebacks, also when it keeps no history, as under
    nbval. The outermost frame is the cell; further in there may be a function of another cell.
    """
    if not InteractiveShell.initialized():
        return ""
    names, frame, found = InteractiveShell.instance().user_ns, sys._getframe(), ""
    while frame is not None:
        if frame.f_globals is names:
            found = "".join(linecache.getlines(frame.f_code.co_filename))
        frame = frame.f_back
    return found


def words_for(figure: Figure) -> str:
    """Return the words that the lesson keeps for the cell that runs, or what the axes tell."""
    kept = _kept().get(digest(running_cell()))
    if kept:
        return kept
    said = ". ".join(["A figure", *map(_tell, figure.axes)]) + "."
    return re.sub(r"[${}]", "", said.replace(r"\tilde{c}", "c̃"))


def _tell(ax: Axes) -> str:
    """Say what one picture shows: its labels, and from where to where each curve goes."""
    labels = [text for text in (ax.get_title(), ax.get_ylabel(), ax.get_xlabel()) if text]
    parts = [" over ".join(labels) or "no labels"]
    for line in ax.lines:
        heights = np.asarray(line.get_ydata(), dtype=float)
        name = str(line.get_label())
        if heights.size > 1 and not name.startswith("_"):
            low, high = heights.min(), heights.max()
            ends = f"from {heights[0]:.2g} to {heights[-1]:.2g}"
            parts.append(f"{name} {ends}, between {low:.2g} and {high:.2g}")
    bars = [patch.get_height() for box in ax.containers for patch in box.patches]
    parts += ["bars of " + ", ".join(f"{height:.2g}" for height in bars)] if bars else []
    return "; ".join(parts)
