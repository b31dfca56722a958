"""What a training run leaves: numbers to keep and a picture of them."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray


@dataclass(repr=False)
class History:
    """Loss and gradient norm of every step, and what was measured on the way.

    Parameters
    ----------
    losses, gradient_norms : list of float
        One entry per step; the norm is the one before clipping.
    measured_at : list of int
        Steps done at each measure, starting with 0.
    measures : dict of lists
        One list per measured name, as long as `measured_at`.
    interrupted : bool
        True when the Stop button ended the run.
    """

    losses: list[float] = field(default_factory=list)
    gradient_norms: list[float] = field(default_factory=list)
    measured_at: list[int] = field(default_factory=list)
    measures: dict[str, list[float]] = field(default_factory=dict)
    interrupted: bool = False

    def __repr__(self) -> str:
        """Say how long the run was; no number that differs between machines."""
        return f"History of {len(self.losses)} steps"

    def add(self, loss: float, norm: float) -> None:
        """Keep one step."""
        self.losses.append(loss)
        self.gradient_norms.append(norm)

    def keep(self, numbers: dict[str, float]) -> None:
        """Keep what was measured now."""
        self.measured_at.append(len(self.losses))
        for name, number in numbers.items():
            self.measures.setdefault(name, []).append(float(number))

    def last(self, name: str) -> float:
        """Return the latest value of a measure.

        Raises
        ------
        KeyError
            When nothing of that name was measured.
        """
        if name not in self.measures:
            raise KeyError(f"no measure is named {name!r}; expected one of {list(self.measures)}")
        return self.measures[name][-1]

    def smooth(self, width: int = 20) -> NDArray:
        """Average the losses over the latest steps.

        Parameters
        ----------
        width : int
            Steps to average over; the first entries average over what there is.

        Returns
        -------
        array (steps,)
        """
        sums = np.cumsum([0.0, *self.losses])
        ends = np.arange(1, len(sums))
        starts = np.maximum(ends - width, 0)
        return (sums[ends] - sums[starts]) / (ends - starts)

    def plot(self, ax=None):  # matplotlib is loaded only when there is something to draw
        """Draw the loss over the steps: each step pale, the average over 20 in black.

        Parameters
        ----------
        ax : Axes, optional
            Where to draw; a new figure when left out.

        Returns
        -------
        Axes
        """
        from ..plots.figures import new_axes

        ax = new_axes() if ax is None else ax
        steps = np.arange(1, len(self.losses) + 1)
        ax.plot(steps, self.losses, color="#B8B8B8", linewidth=0.8)
        ax.plot(steps, self.smooth(), color="#000000", linewidth=1.8)
        ax.set(xlabel="step", ylabel="loss", ylim=(0, None))
        return ax
