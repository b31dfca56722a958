"""Demo of lesson 18: one recurrence by loop and by scan, round by round."""

import numpy as np
from numpy.typing import NDArray

from ..networks.scans import scan_loop
from ..plots.figures import new_axes, styled
from ..plots.palette import GUIDE, style_of
from .base import Demo
from .controls import Play, slider

T = 16
ADDED = np.array([1, 0, 0, -0.5, 0, 0.8, 0, 0, -1, 0, 0, 0.6, 0, 0, 0, 0.3])


def after_rounds(f: float, rounds: int) -> tuple[NDArray, NDArray, NDArray]:
    """Return c_t as it should be, by the loop and by the scan after so many rounds.

    Parameters
    ----------
    f : float
        What each step keeps.
    rounds : int
        From 0 to 16.

    Returns
    -------
    right, loop, scan : array (16,)
        NaN where the loop has not been yet.
    """
    fs = np.full(T, f)
    right = scan_loop(fs, ADDED, np.zeros(()))
    loop = np.where(np.arange(T) < rounds, right, np.nan)
    us, back = ADDED.copy(), 1
    for _ in range(rounds):
        us[back:] += fs[back:] * us[:-back]
        fs[back:] *= fs[:-back].copy()
        back *= 2
    return right, loop, us


@styled
def scan_demo(**start: float) -> Demo:
    """Lesson 18: sixteen steps, by loop and by scan."""
    above, below = new_axes(2, 1, height=3.8, sharex=True)
    steps = np.arange(1, T + 1)
    lines = []
    for ax, name in ((above, "by loop"), (below, "by scan")):
        ring = style_of("target").line() | {"markersize": 10, "linestyle": "none"}
        (goal,) = ax.plot(steps, ADDED, **ring)
        (line,) = ax.plot(steps, ADDED, color=style_of("c_t").color, linewidth=1.6, marker="o")
        ax.axhline(0, **GUIDE)
        ax.set(xlim=(0.5, T + 0.5), ylim=(-1.6, 1.6), yticks=[-1, 0, 1], ylabel="$c_t$")
        ax.set_title(name, loc="left", fontsize=10)
        lines += [goal, line]
    below.set_xticks([1, 4, 8, 12, 16])
    below.set_xlabel("step $t$")

    def update(f: float, rounds: float) -> str:
        right, loop, scan = after_rounds(f, int(rounds))
        for line, values in zip(lines, (right, loop, right, scan), strict=True):
            line.set_ydata(values)
        done = min(2 ** int(rounds), T)
        return (
            f"f = {f:.2f}, after {rounds:.0f} rounds: the loop has {rounds:.0f} of 16 steps, "
            f"the scan {done} of 16."
        )

    return Demo(
        above,
        {
            "rounds": slider("rounds done", 0, 0, T, 1, 0),
            "f": slider("forget gate f", 0.9, 0, 1, 0.05, quantity="f_t"),
        },
        lines,
        update,
        title="One recurrence of 16 steps, by loop and by scan; rings are where it should be",
        question="After how many rounds has each of the two all sixteen values?",
        hint="Press Step. A round is one operation, on as many steps as you like.",
        play=Play("rounds"),
        stored={"rounds": range(T + 1), "f": [0.5, 0.9, 1]},
        start=start,
    )
