"""Demo of lesson 12: a network while it learns, and the memory that forms in it."""

from functools import cache
from typing import NamedTuple

import numpy as np
from matplotlib.artist import Artist
from numpy.typing import NDArray

from ..networks.models import new_lstm
from ..plots.figures import new_axes, styled
from ..plots.heat import HeatMap, draw_ramp
from ..plots.palette import GUIDE, INK, SOFT, style_of
from ..tasks import make_lag
from ..training.loop import train
from ..training.recipes import TEST_SEED
from ..training.results import load_arrays
from .base import Demo
from .controls import Handle, Play, choice, slider

LAG, STEPS, EVERY, UNITS = 30, 150, 3, 16
PACE = 0.2  # seconds for a step of the slider while playing
BIASES = ("0", "1", "3")
LEAST, DECADES = 0.01, 3  # differences of memories are shown from 0.01 to 10


class Recording(NamedTuple):
    """A training run with a look inside after every `EVERY` steps; S looks in all.

    Two sequences that differ in the first symbol alone are read at every look.

    Attributes
    ----------
    losses : array (STEPS,)
    accuracy : array (S,)
        Share of 200 test sequences answered right.
    fs : array (S, UNITS)
        Forget gate of each unit, on average over the two sequences.
    apart : array (S, LAG + 1, UNITS)
        Each memory of the second sequence minus that of the first.
    """

    losses: NDArray
    accuracy: NDArray
    fs: NDArray
    apart: NDArray


def record_training(forget_bias: float, seed: int = 0) -> Recording:
    """Train on lag 30 (H = 16, batch 32, Adam 5e-3, 150 steps) and keep what happened inside.

    Parameters
    ----------
    forget_bias : float
        Start of b_f.
    seed : int
        Draws weights and batches, as ``train_lag`` does.

    Returns
    -------
    Recording
    """
    rng = np.random.default_rng(seed)
    model = new_lstm(rng, 6, UNITS, 2, forget_bias=forget_bias)
    test = make_lag(np.random.default_rng(TEST_SEED), 200, LAG)
    pair = np.repeat(test[0][:, :1], 2, axis=1)
    pair[0] = np.eye(6)[:2]  # the same symbols after cue 0 and after cue 1
    looks = []

    def look() -> dict[str, float]:
        trace = model.forward(pair)
        looks.append((trace.fs.mean((0, 1)), trace.cs[:, 1] - trace.cs[:, 0]))
        return {"accuracy": model.accuracy(*test)}

    history = train(
        model,
        lambda: make_lag(rng, 32, LAG),
        STEPS,
        lr=5e-3,
        measure=look,
        every=EVERY,
        progress=False,
    )
    fs, apart = (np.array(kind) for kind in zip(*looks, strict=True))
    accuracy = np.array(history.measures["accuracy"])
    return Recording(np.array(history.losses), accuracy, fs, apart)


@cache
def stored_recordings() -> dict[str, Recording]:
    """Return the recordings that tools/experiments/recording.py made, by forget bias."""
    stored = {name: values.astype(float) for name, values in load_arrays("training").items()}
    return {
        bias: Recording(*(stored[f"{bias} {name}"] for name in Recording._fields))
        for bias in BIASES
    }


def describe_look(recording: Recording, look: int) -> str:
    """Say in words what the network can do at one look, and what is left of the first symbol."""
    ends = np.abs(recording.apart[look, -1])
    unit = int(ends.argmax())
    best = (
        f"unit {unit} tells the two symbols apart best: by {ends[unit]:.2f}, with f_t at "
        f"{recording.fs[look, unit]:.2f}"
        if ends[unit] >= LEAST
        else f"no unit's memories are {LEAST} apart"
    )
    return (
        f"after {look * EVERY} steps {100 * recording.accuracy[look]:.0f} % of the answers are "
        f"right; f_t is {recording.fs[look].mean():.2f} on average. At the end of the sequence "
        f"{best}."
    )


def shade(apart: NDArray) -> NDArray:
    """Return how strong a difference is shown: each third of the scale multiplies it by 10."""
    return np.sign(apart) * np.log10(np.maximum(np.abs(apart), LEAST) / LEAST) / DECADES


class _Picture:
    """Loss and forget gate over the training, and below how far the memories are apart now."""

    def __init__(self) -> None:
        self.curves, map_ax, ramp = new_axes(
            3, 1, height=5.0, gridspec_kw={"height_ratios": [1, 2, 0.07]}
        )
        self._curves()
        self.map = self._map(map_ax)
        self._ramp(ramp)
        self.artists: list[Artist] = [self.f, self.loss, self.now, *self.map.artists]

    def _curves(self) -> None:
        ax = self.curves
        ax.set(xlim=(0, STEPS), ylim=(0, 1.03), xlabel="training step", yticks=[0, 0.5, 1])
        ax.axhline(np.log(2), **GUIDE)
        look = {"color": GUIDE["color"], "ha": "right", "va": "top", "fontsize": 9}
        ax.text(STEPS, 0.66, "loss of a guess", **look)
        self.f = ax.plot([], [], **style_of("f_t").line() | {"label": "$f_t$, mean of all units"})[
            0
        ]
        self.loss = ax.plot([], [], color=INK, linewidth=2.2, label="loss")[0]
        self.now = ax.plot([0], [0.69], "o", color=INK, markersize=7, clip_on=False)[0]
        ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2)

    def _map(self, ax) -> HeatMap:
        ax.set(xlim=(0.5, LAG + 1.5), xlabel="step $t$ of a sequence", ylabel="unit")
        ax.set(xticks=[1, 10, 20, 31], yticks=range(0, UNITS, 5))
        ax.tick_params(length=0)
        ax.spines[:].set_visible(False)
        ax.set_title("$c_t$ after a first 1, minus $c_t$ after a first 0", color=SOFT)
        return HeatMap(ax, UNITS, shade)

    def _ramp(self, ax) -> None:
        draw_ramp(ax)
        marks = [-10, -1, -0.1, 0.1, 1, 10]
        ax.set_xticks(shade(np.array(marks)), [f"{m:g}".replace("-", "−") for m in marks])
        ax.tick_params(length=0)

    def show(self, recording: Recording, look: int) -> None:
        """Show what has happened up to a look, and the memories at it."""
        done = look * EVERY
        self.loss.set_data(np.arange(1, done + 1), recording.losses[:done])
        self.f.set_data(np.arange(0, done + 1, EVERY), recording.fs[: look + 1].mean(1))
        self.now.set_data(*[[value] for value in _point(recording, done)])
        self.map.show(recording.apart[look].T)


@styled
def training_demo(**start: float | str) -> Demo:
    """Lesson 12: play through a training run; loss, forget gate and the memory of all units."""
    picture = _Picture()

    def update(forget_bias: str, step: float) -> str:
        recording, look = stored_recordings()[forget_bias], round(step / EVERY)
        picture.show(recording, look)
        return f"b_f started at {forget_bias}: {describe_look(recording, look)}"

    return Demo(
        picture.curves,
        {
            "forget_bias": choice("forget bias b_f before training", BIASES, "1"),
            "step": slider("training step", 0, 0, STEPS, EVERY, digits=0),
        },
        picture.artists,
        update,
        title="A network learns lag 30: its loss, and what its memory keeps of the first symbol",
        question="Which comes first: f_t near 1, or a falling loss?",
        hint="Press Play.",
        handles=[
            Handle("step", lambda forget_bias, step: _point(stored_recordings()[forget_bias], step))
        ],
        play=Play("step", PACE),
        stored={"forget_bias": BIASES, "step": range(0, STEPS + 1, 2 * EVERY)},
        start=start,
    )


def _point(recording: Recording, step: float) -> tuple[float, float]:
    """Return where the curve of the loss ends after some steps."""
    return step, float(recording.losses[max(int(step), 1) - 1])
