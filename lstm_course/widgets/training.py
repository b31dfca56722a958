"""Demos of lessons 12 and 14: a network while it learns, and its gates afterwards."""

from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..networks.models import Model, new_lstm
from ..plots.figures import new_axes, styled
from ..plots.palette import GUIDE, SERIES, STYLES
from ..tasks import make_agreement, make_lag
from ..training.loop import train
from ..training.probes import saturation
from ..training.recipes import TEST_SEED, train_lag
from ..training.results import load_arrays, load_cat_model
from .base import Demo
from .controls import Handle, Play, choice, slider

LAG, STEPS, EVERY = 30, 150, 3
PACE = 0.2  # seconds for a step of the slider while playing
BIASES = ("0", "1", "3")
GATES = {"i": "i_t", "f": "f_t", "o": "o_t"}


class Recording(NamedTuple):
    """A training run with a look inside after every `EVERY` steps; S looks in all.

    Attributes
    ----------
    losses : array (STEPS,)
    accuracy : array (S,)
        Share of 200 test sequences answered right.
    fs, cs : array (S, LAG + 1, 2)
        Forget gate and memory of one unit while it reads two sequences that differ in the
        first symbol alone: the unit whose memories end furthest apart.
    """

    losses: NDArray
    accuracy: NDArray
    fs: NDArray
    cs: NDArray


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
    model = new_lstm(rng, 6, 16, 2, forget_bias=forget_bias)
    test = make_lag(np.random.default_rng(TEST_SEED), 200, LAG)
    pair = np.repeat(test[0][:, :1], 2, axis=1)
    pair[0] = np.eye(6)[:2]  # the same symbols after cue 0 and after cue 1
    looks = []

    def look() -> dict[str, float]:
        trace = model.forward(pair)
        looks.append((trace.fs.copy(), trace.cs.copy()))
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
    fs, cs = (np.array(kind) for kind in zip(*looks, strict=True))  # (S, T, 2, H)
    unit = int(np.abs(cs[-1, -1, 0] - cs[-1, -1, 1]).argmax())
    accuracy = np.array(history.measures["accuracy"])
    return Recording(np.array(history.losses), accuracy, fs[..., unit], cs[..., unit])


@cache
def stored_recordings() -> dict[str, Recording]:
    """Return the recordings that tools/experiments/recording.py made, by forget bias."""
    stored = {name: values.astype(float) for name, values in load_arrays("training").items()}
    return {
        bias: Recording(*(stored[f"{bias} {name}"] for name in Recording._fields))
        for bias in BIASES
    }


def describe_look(recording: Recording, look: int) -> str:
    """Say in words what the network can do at one look, and what its unit holds."""
    apart = abs(float(np.subtract(*recording.cs[look, -1])))
    return (
        f"after {look * EVERY} steps {100 * recording.accuracy[look]:.0f} % of the answers are "
        f"right; f is {recording.fs[look].mean():.2f} on average, and the two memories end "
        f"{apart:.2f} apart."
    )


def _training_axes() -> tuple:
    loss_ax, f_ax, c_ax = new_axes(3, 1, height=5.2)
    loss_ax.set(xlim=(0, STEPS), ylim=(0, 1), xlabel="training step", ylabel="loss")
    f_ax.set(xlim=(1, LAG + 1), ylim=(0, 1.03), ylabel="$f_t$")
    c_ax.set(xlim=(1, LAG + 1), ylim=(-30, 30), xlabel="step $t$ of a sequence", ylabel="$c_t$")
    loss_ax.axhline(np.log(2), **GUIDE)
    loss_ax.annotate("a guess", (STEPS, 0.76), color=GUIDE["color"], ha="right", fontsize=9)
    c_ax.set_yscale("symlog", linthresh=1)  # the first differences are a hundredth of the last
    c_ax.set_yticks([-10, -1, 0, 1, 10], ["−10", "−1", "0", "1", "10"])
    c_ax.axhline(0, **GUIDE)
    return loss_ax, f_ax, c_ax


@styled
def training_demo(**start: float) -> Demo:
    """Lesson 12: play through a training run; loss, forget gate and memory of one unit."""
    loss_ax, f_ax, c_ax = _training_axes()
    steps = np.arange(1, STEPS + 1)
    (loss,) = loss_ax.plot(steps, np.ones(STEPS), color=STYLES["c_t"].color, linewidth=1.8)
    (now,) = loss_ax.plot([0], [0.69], "o", color=STYLES["c_t"].color, markersize=7, clip_on=False)
    times, blank = np.arange(1, LAG + 2), np.zeros(LAG + 1)
    looks = [{"color": color, "linestyle": dashes, "linewidth": 1.8} for color, dashes in SERIES]
    gates = [
        f_ax.plot(times, blank, **looks[cue], label=f"first symbol {cue}")[0] for cue in range(2)
    ]
    memories = [c_ax.plot(times, blank, **looks[cue])[0] for cue in range(2)]
    f_ax.legend(loc="lower left", ncols=2, frameon=False)  # no f of the recordings is so low

    def update(forget_bias: str, step: float) -> str:
        recording, look = stored_recordings()[forget_bias], round(step / EVERY)
        done = look * EVERY
        loss.set_data(steps[:done], recording.losses[:done])
        now.set_data(*[[value] for value in _point(recording, done)])
        for cue in range(2):
            gates[cue].set_ydata(recording.fs[look, :, cue])
            memories[cue].set_ydata(recording.cs[look, :, cue])
        return f"b_f starts at {forget_bias}: {describe_look(recording, look)}"

    return Demo(
        loss_ax,
        {
            "forget_bias": choice("b_f starts at", BIASES, "1"),
            "step": slider("training step", 0, 0, STEPS, EVERY, digits=0),
        },
        [loss, now, *gates, *memories],
        update,
        title="A network learns lag 30: its loss, and one unit's forget gate and memory",
        question="Which comes first: f near 1, or a falling loss?",
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


class _Spread:
    """One panel a gate: how its values are spread, and the shares beyond two thresholds."""

    def __init__(self) -> None:
        self.axes = new_axes(1, 3, height=2.8, sharey=True)
        self.edges = np.linspace(0, 1, 21)
        self.bars, self.lines, self.texts = {}, [], []
        for ax, (gate, name) in zip(self.axes, GATES.items(), strict=True):
            # one outline, not 20 bars: it is drawn in a tenth of the time
            color = STYLES[name].color
            self.bars[gate] = ax.stairs(np.zeros(20), self.edges, fill=True, color=color)
            ax.set(xlim=(0, 1), ylim=(0, 1), xlabel=STYLES[name].label, xticks=[0, 0.5, 1])
            ax.set_xticklabels(["0", "0.5", "1"])
            self.lines += [ax.axvline(0.5, **GUIDE) for _end in range(2)]
            above = {"transform": ax.get_xaxis_transform(), "va": "bottom", "fontsize": 9}
            self.texts += [ax.text(x, 1.02, "", ha=ha, **above) for x, ha in _ENDS]
        self.axes[0].set_ylabel("share of all values")

    def move(self, values: dict[str, NDArray], margin: float) -> dict[str, tuple[float, float]]:
        """Draw the values of each gate; return what lies below and above the thresholds."""
        shares = {}
        for k, (gate, found) in enumerate(values.items()):
            self.bars[gate].set_data(np.histogram(found, self.edges)[0] / found.size)
            shares[gate] = saturation(found, margin, 1 - margin)
            for text, share in zip(self.texts[2 * k : 2 * k + 2], shares[gate], strict=True):
                text.set_text(f"{100 * share:.0f} %")
        for line, x in zip(self.lines, [margin, 1 - margin] * 3, strict=True):
            line.set_xdata([x, x])
        highest = max(bars.get_data().values.max() for bars in self.bars.values())
        self.axes[0].set_ylim(0, next(top for top in (0.25, 0.5, 1.0) if highest <= top))
        return shares


_ENDS = ((0.0, "left"), (1.0, "right"))


@styled
def saturation_demo(**start: float | str) -> Demo:
    """Lesson 14: how gate values are spread, by task; what counts as shut and open."""
    spread = _Spread()

    def update(task: str, margin: float) -> str:
        gates = gate_values(task)
        shares = spread.move(gates, margin)
        parts = [
            f"{g} {100 * shut:.0f} % and {100 * wide:.0f} %" for g, (shut, wide) in shares.items()
        ]
        share = sum(saturation(np.concatenate(list(gates.values())), margin, 1 - margin))
        return (
            f"{task}: below {margin:.2f} and above {1 - margin:.2f}: {', '.join(parts)}. "
            f"Together {100 * share:.0f} % of all values."
        )

    def beside(ax: object) -> Handle:
        return Handle("margin", lambda task, margin: (margin, ax.get_ylim()[1] / 2), ax=ax)

    return Demo(
        spread.axes[0],
        {
            "task": choice("task", TASKS, TASKS[1]),
            "margin": slider("threshold", 0.1, 0.02, 0.48, 0.02),
        },
        [*spread.bars.values(), *spread.lines, *spread.texts],
        update,
        title="How often a gate has which value",
        question="Which of the three gates of the cats has two humps?",
        hint="Shut is below the threshold, open above 1 minus it. Drag it.",
        handles=[beside(ax) for ax in spread.axes],
        stored={"task": TASKS, "margin": np.arange(0.02, 0.49, 0.02)},
        start=start,
    )
