"""Pictures of several named curves, where the palette's one style per quantity does not do."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from ..equations import as_numbers
from .figures import new_axes, styled
from .palette import GUIDE, SERIES, STYLES, style_of


@styled
def plot_curves(
    curves: Mapping[str, ArrayLike],
    *,
    x: ArrayLike | None = None,
    words: Sequence[str] | None = None,
    xlabel: str = "step $t$",
    ylabel: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Draw named curves, each with its name at its right end.

    Parameters
    ----------
    curves : dict of name to array (T,)
        A name of the palette, such as "c_t", takes its color there.
    x : array (T,), optional
        Where each value stands; 0, 1, 2, … when left out.
    words : sequence of T strings, optional
        Written under the steps in place of numbers.
    xlabel, ylabel : str
        What the axes show.
    ax : Axes, optional
        Where to draw; a new figure when left out.

    Returns
    -------
    Axes

    Raises
    ------
    ValueError
        When there is nothing to draw, or the lengths differ.
    """
    if not curves:
        raise ValueError("plot_curves got no curve; expected a dict such as {'c_t': values}")
    ax = ax or new_axes(height=3.0)
    own = iter(SERIES * len(curves))
    ends = []
    for name, values in curves.items():
        values = as_numbers(values, name)
        places = np.arange(len(values)) if x is None else as_numbers(x, "x")
        if values.shape != places.shape:
            raise ValueError(f"{name} has shape {values.shape}; expected {places.shape}, as x has")
        if name in STYLES:
            line, label = style_of(name).line(), style_of(name).label
        else:
            color, dashes = next(own)
            line, label = {"color": color, "linestyle": dashes, "linewidth": 1.8}, name
        ax.plot(places, values, **{**line, "label": label})
        ends.append((places[-1], values[-1], label, line["color"]))
    if words is not None:
        ax.set_xticks(range(len(words)), words)
    ax.set(xlabel="" if words is not None else xlabel, ylabel=ylabel)
    _label(ax, ends)
    return ax


def plot_guess(ax: Axes, x: ArrayLike, guess: ArrayLike | None) -> Axes:
    """Draw what was guessed into a picture of the answer, gray and dashed.

    Parameters
    ----------
    ax : Axes
        The picture.
    x, guess : array (T,) or float
        Places and heights; without a guess, None, nothing is drawn.

    Returns
    -------
    Axes
    """
    if guess is not None:
        places, heights = np.atleast_1d(x), np.atleast_1d(guess)
        ax.plot(places, heights, **GUIDE, marker="o", markerfacecolor="none")
        beside = {"xytext": (-6, 9), "textcoords": "offset points", "ha": "right"}
        ax.annotate("you", (places[-1], heights[-1]), color=GUIDE["color"], **beside)
    return ax


def _label(ax: Axes, ends: list[tuple[float, float, str, str]]) -> None:
    """Write each name beside the end of its curve, moved apart where they would overlap."""
    low, high = ax.get_ylim()
    room = 0.085 * (high - low)
    placed: list[float] = []
    for x, y, label, color in sorted(ends, key=lambda end: end[1]):
        y = max([y, *(below + room for below in placed[-1:])])
        placed.append(y)
        ax.annotate(
            label,
            (x, y),
            xytext=(6, 0),
            textcoords="offset points",
            color=color,
            va="center",
            annotation_clip=False,
        )


@styled
def plot_probabilities(p: ArrayLike, classes: Sequence[str], *, ax: Axes | None = None) -> Axes:
    """Draw one row of probabilities as bars from 0 to 1.

    Parameters
    ----------
    p : array (K,)
        Probabilities.
    classes : sequence of K strings
        Their names.
    ax : Axes, optional
        Where to draw; a new figure when left out.

    Returns
    -------
    Axes

    Raises
    ------
    ValueError
        When there is not one name per probability.
    """
    p = as_numbers(p, "p")
    if p.shape != (len(classes),):
        raise ValueError(f"p has shape {p.shape}, but there are {len(classes)} classes")
    ax = ax or new_axes(height=2.2)
    bars = ax.bar(classes, p, width=0.5, color=style_of("y_t").color)
    ax.bar_label(bars, fmt="%.2f", padding=2)
    ax.set(ylim=(0, 1.12), yticks=[0, 0.5, 1], ylabel="$y_t$, probability")
    return ax
