"""Demo of lesson 14: the gates of a trained network, as histograms."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from ..networks.models import Model, new_lstm
from ..plots.figures import new_axes, styled
from ..plots.palette import GUIDE, STYLES
from ..tasks import make_agreement, make_lag
from ..training.probes import saturation
from ..training.recipes import TEST_SEED, train_lag
from ..training.results import load_cat_model
from .base import Demo
from .controls import Handle, choice, slider

GATES = {"i": "i_t", "f": "f_t", "o": "o_t"}


@cache
def gate_values(task: str) -> dict[str, NDArray]:
    """Return all values of each gate on test sequences of one task, in one row.

    Parameters
    ----------
    task : str
        "lag 20, untrained", "lag 20, trained" or "cats, trained".

    Returns
    -------
    dict of arrays
        "i", "f", "o"; steps past the end of a sentence are left out.
    """
    rng = np.random.default_rng(TEST_SEED)
    model: Model
    if task.startswith("cats"):
        model, (xs, _) = load_cat_model(), make_agreement(rng, 200)
    else:
        untrained = new_lstm(np.random.default_rng(0), 6, 16, 2)
        model = untrained if task.endswith("untrained") else train_lag(0, 20)[0]
        xs, _ = make_lag(rng, 200, 20)
    trace, inside = model.forward(xs), (xs != 0).any(-1)
    return {"i": trace.is_[inside], "f": trace.fs[inside], "o": trace.os[inside]}


TASKS = ("lag 20, untrained", "lag 20, trained", "cats, trained")


@cache
def heights_of(task: str) -> dict[str, NDArray]:
    """Return for each gate the share of its values in each bin."""
    return {g: np.histogram(v, EDGES)[0] / v.size for g, v in gate_values(task).items()}


BINS = 50  # as wide as the threshold's steps, so that it never cuts through one
EDGES = np.linspace(0, 1, BINS + 1)
TOPS = (0.12, 0.2, 0.5, 1.0)  # the axis takes the next one of these


class _Spread:
    """One panel a gate: how its values are spread, strong beyond the thresholds, and the shares."""

    def __init__(self) -> None:
        self.axes = new_axes(1, 3, height=3.0, sharey=True)
        self.bars, self.saturated, self.lines, self.texts = {}, {}, [], []
        for ax, (gate, name) in zip(self.axes, GATES.items(), strict=True):
            # one outline, not 50 bars: it is drawn in a fraction of the time
            look = {"edges": EDGES, "fill": True, "color": STYLES[name].color}
            self.bars[gate] = ax.stairs(np.zeros(BINS), alpha=0.3, **look)
            self.saturated[gate] = ax.stairs(np.zeros(BINS), **look)
            ax.set(xlim=(0, 1), ylim=(0, 1), xlabel=STYLES[name].label, xticks=[0, 0.5, 1])
            ax.set_xticklabels(["0", "0.5", "1"])
            self.lines += [ax.axvline(0.5, **GUIDE) for _end in range(2)]
            above = {"transform": ax.get_xaxis_transform(), "va": "bottom", "fontsize": 9}
            self.texts += [ax.text(x, y, word, ha=ha, **above) for x, y, ha, word in _ENDS]
        self.axes[0].set_ylabel("share of all values")

    def move(self, task: str, margin: float) -> dict[str, tuple[float, float]]:
        """Draw the values of each gate; return what lies below and above the thresholds."""
        shares, middles = {}, (EDGES[1:] + EDGES[:-1]) / 2
        beyond = (middles < margin) | (middles > 1 - margin)
        for k, (gate, heights) in enumerate(heights_of(task).items()):
            self.bars[gate].set_data(np.where(beyond, np.nan, heights))
            self.saturated[gate].set_data(np.where(beyond, heights, np.nan))
            shares[gate] = saturation(gate_values(task)[gate], margin, 1 - margin)
            ends = zip(self.texts[2 * k : 2 * k + 2], _ENDS, shares[gate], strict=True)
            for text, (*_, word), share in ends:
                text.set_text(f"{word} {100 * share:.0f} %")
        for line, x in zip(self.lines, [margin, 1 - margin] * 3, strict=True):
            line.set_xdata([x, x])
        highest = max(heights.max() for heights in heights_of(task).values())
        self.top = next(top for top in TOPS if highest <= top)
        self.axes[0].set_ylim(0, self.top)
        return shares


# two lines above a panel: side by side they would touch in a small window
_ENDS = ((0.0, 1.1, "left", "shut"), (1.0, 1.01, "right", "open"))


@styled
def saturation_demo(**start: float | str) -> Demo:
    """Lesson 14: how gate values are spread, by task; what counts as shut and open."""
    spread = _Spread()

    def update(task: str, margin: float) -> str:
        shares = spread.move(task, margin)
        parts = [
            f"{g}_t {100 * shut:.0f} % and {100 * wide:.0f} %" for g, (shut, wide) in shares.items()
        ]
        share = sum(
            saturation(np.concatenate(list(gate_values(task).values())), margin, 1 - margin)
        )
        return (
            f"{task}: below {margin:.2f} and above {1 - margin:.2f}: {', '.join(parts)}. "
            f"Together {100 * share:.0f} % of all values."
        )

    def beside(ax: object) -> Handle:
        return Handle("margin", lambda task, margin: (margin, spread.top / 2), ax=ax)

    return Demo(
        spread.axes[0],
        {
            "task": choice("task", TASKS, TASKS[1]),
            "margin": slider("threshold", 0.1, 0.02, 0.48, 0.02),
        },
        [*spread.bars.values(), *spread.saturated.values(), *spread.lines, *spread.texts],
        update,
        title="How often a gate has which value",
        question="Which of the three gates of the cats has two humps?",
        hint="Shut is below the threshold, open above 1 minus it. Drag it.",
        handles=[beside(ax) for ax in spread.axes],
        stored={"task": TASKS, "margin": np.arange(0.02, 0.49, 0.02)},
        start=start,
    )
