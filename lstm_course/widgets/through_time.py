"""Lesson 11: how much gradient comes back, per lag and per path."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from ..cell import LSTMParams, init_params
from ..plots.figures import new_axes, styled
from ..plots.palette import GUIDE, SERIES, STYLES
from ..sequence import lstm_forward
from .base import Demo
from .controls import scale as scale_of
from .controls import slider

T, D, H = 100, 8, 32
SEEDS = range(5)  # those of `tools/experiments/gradients.py`
USUAL = (D + H) ** -0.5  # the spread of the weights that `init_params` draws
SCALES = (0.05, 0.1, USUAL, 0.2, 0.3, 0.4, 0.6, 0.8, 1.0)
LOWEST, HIGHEST = 1e-20, 1e6
ROOM = {"wide": 20, "narrow": 38}  # on the right, for the names of the curves
NAMES = {"whole": "whole", "along c": "along c", "through h and gates": "through h"}
LINE = 10**1.9  # the height of a name, as a factor


def gradient_paths(params: LSTMParams, xs: NDArray, dh_T: NDArray) -> dict[str, NDArray]:
    """Measure the gradient at the memory of 1 to T steps back, and the ways it came.

    Along c alone it is multiplied by f_t at each step and by nothing else. The rest has come,
    at one step or more, through h_{t-1} and the gates, and so through W.

    Parameters
    ----------
    params : LSTMParams
    xs : array (T, D)
        Inputs of one sequence.
    dh_T : array (H,)
        Gradient that enters the last hidden state.

    Returns
    -------
    dict of arrays (T,)
        "whole", "along c" and "through h and gates": lengths; entry k - 1 is k steps back.
    """
    trace = lstm_forward(params, xs)
    i, f, o, g = trace.is_, trace.fs, trace.os, trace.c_tildes
    tanh_c = np.tanh(trace.cs)
    c_prev = np.concatenate([trace.c_0[None], trace.cs[:-1]])
    to_i, to_f = g * i * (1 - i), c_prev * f * (1 - f)  # from dc_t to da_i, da_f, da_c
    to_o, to_g = tanh_c * o * (1 - o), i * (1 - g**2)  # from dh_t to da_o
    to_c, W_h = o * (1 - tanh_c**2), params.W[: params.H].T
    dh, dc, along = dh_T, np.zeros(params.H), dh_T * to_c[-1]
    rows = []
    for t in reversed(range(len(xs))):
        dc = dc + dh * to_c[t]
        dh = np.concatenate([dc * to_i[t], dc * to_f[t], dh * to_o[t], dc * to_g[t]]) @ W_h
        dc, along = dc * f[t], along * f[t]
        rows.append([np.linalg.norm(part) for part in (dc, along, dc - along)])
    names = ("whole", "along c", "through h and gates")
    return dict(zip(names, np.transpose(rows), strict=True))


@cache
def random_paths(forget_bias: float, scale: float, seed: int = 0) -> dict[str, NDArray]:
    """Return `gradient_paths` of an untrained LSTM: 100 random inputs, D = 8, H = 32."""
    rng = np.random.default_rng(seed)
    params = init_params(rng, D, H, forget_bias=forget_bias, scale=scale)
    xs, dh_T = rng.standard_normal((T, D)), rng.standard_normal(H)
    return gradient_paths(params, xs, dh_T / np.linalg.norm(dh_T))


@cache
def median_paths(forget_bias: float, scale: float) -> dict[str, NDArray]:
    """Return the median of `random_paths` over 5 networks, way by way."""
    every = [random_paths(forget_bias, scale, seed) for seed in SEEDS]
    return {name: np.median([paths[name] for paths in every], axis=0) for name in every[0]}


def describe_paths(paths: dict[str, NDArray]) -> str:
    """Say in words how much comes back over 100 steps, and which way carries it."""
    whole, along = paths["whole"][-1], paths["along c"][-1]
    size = f"{whole:.1g} comes back over {T} steps, {along:.1g} along c alone"
    verdict = "vanishes" if whole < 1e-3 else "explodes" if whole > 10 else "stays"
    return f"{size}: the gradient {verdict}."


def apart(ends: dict[str, float]) -> dict[str, float]:
    """Return where the name of each curve stands: at its end, but not over another name."""
    lowest = LOWEST * LINE**0.5
    highest = HIGHEST / LINE ** (len(ends) - 0.5)
    places: dict[str, float] = {}
    for name in sorted(ends, key=ends.get):
        below = [place * LINE for place in places.values()]
        wanted = min(max(ends[name], lowest), highest * LINE ** len(places))
        places[name] = max([wanted, *below])
    return places


@styled
def gradient_paths_demo(**start: float) -> Demo:
    """Lesson 11: forget bias and scale of the weights against the gradient at each lag.

    The curves are medians over the 5 networks of the lesson's table.
    """
    ax = new_axes(height=3.2)
    ax.set_yscale("log")
    ax.set(ylim=(LOWEST, HIGHEST), xlabel="lag $k$ (steps back)")
    ax.set_ylabel(r"$\|\partial L/\partial c_{t-k}\|$")
    ax.set_xticks([1, 50, 100])
    ax.set_yticks([1e-20, 1e-10, 1, 1e6])
    ax.plot([1, T], [1, 1], **GUIDE)
    looks = {"whole": (STYLES["c_t"].color, "-"), "along c": SERIES[0]}
    looks["through h and gates"] = SERIES[1]
    lags = np.arange(1, T + 1)
    lines = {
        name: ax.plot(lags, lags, color=color, linestyle=dashes, linewidth=1.8)[0]
        for name, (color, dashes) in looks.items()
    }
    lines["whole"].set_linewidth(2.6)
    names = {
        name: ax.text(T + 2, 1, NAMES[name], color=color, va="center", fontsize=9)
        for name, (color, _) in looks.items()
    }

    def arrange(size: str) -> None:
        ax.set_xlim(1, T + ROOM[size])

    def update(forget_bias: float, scale: float) -> str:
        paths = median_paths(forget_bias, scale)
        for name, line in lines.items():
            line.set_ydata(np.where(paths[name] > 0, paths[name], np.nan))
        for name, y in apart({name: float(path[-1]) for name, path in paths.items()}).items():
            names[name].set_y(y)
        return f"b_f = {forget_bias:.1f}, scale {scale:.2f}: {describe_paths(paths)}"

    arrange("wide")
    return Demo(
        ax,
        {
            "forget_bias": slider("forget bias b_f", 1.0, 0, 6, 0.5, 1),
            "scale": scale_of("scale of W", USUAL, SCALES),
        },
        [*lines.values(), *names.values()],
        update,
        title="Gradient 1 to 100 steps back, whole and by its path, the median of 5 networks",
        question="Which way carries the gradient, and where?",
        hint="Try b_f at 6, the scale of W at 1, b_f at 0.",
        stored={"forget_bias": range(7), "scale": [0.05, USUAL, 0.3, 0.6, 1.0]},
        arrange=arrange,
        start=start,
    )
