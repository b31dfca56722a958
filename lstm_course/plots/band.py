"""A memory against the band that a task allows."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator
from numpy.typing import ArrayLike

from ..equations import as_numbers
from .figures import new_axes, styled
from .palette import THEME, style_of


@styled
def plot_band(
    seen: ArrayLike,
    goal: ArrayLike,
    within: float,
    *,
    name: str = "c_t",
    broke: int | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw a memory over its steps, and behind it how far from its goal it may be.

    Parameters
    ----------
    seen : array (T,)
        The memory, or what it shows, after each step.
    goal : array (T,)
        What it should be.
    within : float
        How far from the goal it may be.
    name : str
        Quantity of the palette: "c_t" or "h_t".
    broke : int, optional
        First step that is outside, counted from 1; it is marked.
    ax : Axes, optional
        Where to draw; a new figure when left out.

    Returns
    -------
    Axes

    Raises
    ------
    ValueError
        When there is not one goal for each step.
    """
    seen, goal = as_numbers(seen, "seen"), as_numbers(goal, "goal")
    if seen.ndim != 1 or seen.shape != goal.shape:
        raise ValueError(
            f"seen has shape {seen.shape} and goal {goal.shape}; expected (T,) for both"
        )
    ax = ax or new_axes(height=1.9)
    steps = np.arange(1, len(seen) + 1)
    band = {"color": THEME["guide"].light, "alpha": 0.28, "linewidth": 0}
    ax.bar(steps, 2 * within, 1, goal - within, label="allowed", **band)
    looks = style_of(name)._replace(label=f"your {style_of(name).label}", marker=".")
    ax.plot(steps, seen, **looks.line())
    ax.set(xlim=(0.5, len(seen) + 0.5), xlabel="step $t$", ylabel=style_of(name).label)
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    _frame(ax, np.append(goal - within, goal + within), seen)
    if broke is not None:
        _mark(ax, broke, seen[broke - 1])
    return ax


def _frame(ax: Axes, band: ArrayLike, seen: ArrayLike) -> None:
    """Keep the band readable: a memory that runs away leaves the picture."""
    low, high = np.min(band), np.max(band)
    room = max(1.0, high - low)
    low, high = max(np.min(seen), low - room), min(np.max(seen), high + room)
    low, high = min(low, np.min(band)), max(high, np.max(band))
    ax.set_ylim(low - 0.08 * room, high + 0.08 * room)


def _mark(ax: Axes, step: int, value: float) -> None:
    low, high = ax.get_ylim()
    inside = min(max(value, low), high)
    ring = {"markersize": 11, "markerfacecolor": "none", "color": THEME["minus"].light}
    ax.plot([step], [inside], "o", clip_on=False, label="_first outside", **ring)
