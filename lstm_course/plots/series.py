"""Lines over the steps in the style of their quantity, each with its symbol at its end."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from .palette import style_of


def draw_series(ax: Axes, name: str, values: NDArray) -> None:
    """Add a line over t = 1 … T for (T,), or one per unit for (T, H)."""
    if values.ndim not in (1, 2):
        raise ValueError(f"{name} has shape {values.shape}; expected (T,) or (T, H), time first")
    looks, columns = style_of(name), values.reshape(len(values), -1).T
    for k, column in enumerate(columns):
        label = looks.label if len(columns) == 1 else f"{looks.label} unit {k + 1}"
        line = looks._replace(label=label, marker=looks.marker if len(column) <= 40 else "")
        ax.plot(np.arange(1, len(column) + 1), column, **line.line())
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))


def label_ends(ax: Axes) -> Axes:
    """Write each line's label at its right end, moved apart where two would overlap."""
    for old in [text for text in ax.texts if text.get_gid() == "end-label"]:
        old.remove()
    ax.get_ylim()  # lets the axes take in the new line before its end is looked up
    ends = []
    for line in ax.lines:
        shown = np.flatnonzero(np.isfinite(np.asarray(line.get_ydata(), float)))
        if not line.get_label().startswith("_") and shown.size:
            point = (line.get_xdata()[shown[-1]], line.get_ydata()[shown[-1]])
            height = ax.transAxes.inverted().transform(ax.transData.transform(point))[1]
            ends.append((height, line))
    room = 13 / (72 * ax.get_position().height * ax.figure.get_figheight())  # 13 pt per label
    ends.sort(key=lambda end: end[0])
    places = _spread(np.array([end[0] for end in ends]), room)
    for (_, line), y in zip(ends, places, strict=True):
        ax.annotate(
            line.get_label(),
            (1, y),
            xycoords="axes fraction",
            xytext=(5, 0),
            textcoords="offset points",
            va="center",
            color=line.get_color(),
            gid="end-label",
        )
    return ax


def _spread(places: NDArray, room: float) -> NDArray:
    """Move sorted places apart to at least `room`, each as little as the others allow."""
    groups = [[place, 1] for place in places]  # middle and number of labels that touch
    k = 0
    while k < len(groups) - 1:
        (a, m), (b, n) = groups[k], groups[k + 1]
        if b - a < room * (m + n) / 2 - 1e-9:
            groups[k : k + 2] = [[(a * m + b * n) / (m + n), m + n]]
            k = max(k - 1, 0)
        else:
            k += 1
    return np.array([mid + room * (j - (n - 1) / 2) for mid, n in groups for j in range(n)])
