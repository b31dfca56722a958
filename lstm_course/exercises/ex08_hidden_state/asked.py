"""Build a whole cell of one unit that remembers a number until it is asked for."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ...cell import LSTMParams
from ...sequence import Trace, lstm_forward
from ..model import ROUNDING, Finding, SetValues, Wrong
from ..typed import plainly

NOTEBOOK = "08-hidden-state"
CLEAR, QUIET = 0.4, 0.05  # how large h is when asked, and how small at all other steps


def steps(values: ArrayLike, stored: ArrayLike, asked: ArrayLike) -> NDArray:
    """Return inputs (T, 3): a number, is it to be stored, is it asked for; steps from 1."""
    xs = np.zeros((len(values), 3))
    xs[:, 0] = values
    xs[np.asarray(stored) - 1, 1] = 1
    xs[np.asarray(asked) - 1, 2] = 1
    return xs


SHOWN = steps(  # as in the notebook
    [0.9, -0.4, 0.8, 0.5, -0.7, 0.3, -0.9, -0.6, 0.7, 0.4, -0.5, 0.8], stored=[3, 8], asked=[6, 12]
)
OTHER = steps(
    [-0.9, -0.7, 0.6, 0.9, 0.8, -0.8, 0.9, 0.7, -0.9, -0.5, -0.9], stored=[2, 8], asked=[7, 11]
)


def _judge(W: np.ndarray, b: np.ndarray) -> Finding | None:
    """Let the cell read the notebook's steps, then others, and report the first wrong step."""
    for xs, where in ((SHOWN, ""), (OTHER, "With other numbers: ")):
        trace = lstm_forward(LSTMParams(W, b), xs)
        for t in range(len(xs)):
            if finding := _wrong_at(t, xs, trace, where):
                return finding
    return None


def _wrong_at(t: int, xs: NDArray, trace: Trace, where: str) -> Finding | None:
    """Say what is wrong with what is shown at one step."""
    h = float(trace.hs[t, 0])
    got = f"h = {plainly(h, CLEAR, -CLEAR, QUIET, -QUIET)} at step {t + 1}"
    if not xs[t, 2]:
        if abs(h) <= QUIET + ROUNDING:
            return None
        cause = f"{where}At step {t + 1} h is shown, and nobody asks: o is {_of(trace.os, t)}."
        return Finding(cause=cause, got=got, expected="0.05 or nearer to 0")
    last = int(np.flatnonzero(xs[: t + 1, 1])[-1])
    number = xs[last, 0]
    if h * np.sign(number) >= CLEAR - ROUNDING:
        return None
    asked = f"at {CLEAR:.2f} or more" if number > 0 else f"at -{CLEAR:.2f} or less"
    return Finding(
        cause=f"{where}{_why_lost(xs, trace, last, t)}",
        got=got,
        expected=f"{asked}: {number:g} was stored at step {last + 1}",
    )


def _of(gate: NDArray, t: int) -> str:
    return plainly(float(gate[t, 0]), 0.1, 0.5)


def _why_lost(xs: NDArray, trace: Trace, last: int, now: int) -> str:
    """Say what went wrong from the step that stores to the step that asks, in that order."""
    i, f, offer = trace.is_[:, 0], trace.fs[:, 0], trace.c_tildes[last, 0]
    store, number = f"At step {last + 1}, which stores,", xs[last, 0]
    between = range(last + 1, now + 1)
    if i[last] < 0.5:
        return f"{store} i is {_of(trace.is_, last)}: little is written."
    if offer * np.sign(number) < 0.3:
        return f"{store} the offer c̃ is {offer + 0.0:.2f}, for the number {number:g}."
    if f[last] > 0.5 and xs[:last, 1].any():
        return f"{store} f is {_of(trace.fs, last)}: the old number stays beside the new one."
    if i[list(between)].max() > 0.1:
        k = max(between, key=lambda t: i[t])
        return f"At step {k + 1}, which stores nothing, i is {_of(trace.is_, k)}."
    if f[list(between)].prod() < 0.5:
        k = min(between, key=lambda t: f[t])
        return f"The memory fades before it is asked for: at step {k + 1} f is {_of(trace.fs, k)}."
    return (
        f"At step {now + 1}, which asks, o is {_of(trace.os, now)}, and c {trace.cs[now, 0]:.2f}."
    )


def cell(
    *,
    store: tuple = (10, -10, 0),
    ask: tuple = (0, 0, 10),
    value: float = 2.0,
    b: tuple = (-5, 5, -5),
) -> tuple[NDArray, NDArray]:
    """Return W (4, 4) and b (4,): what the two marks do to i, f and o, and the value to c̃."""
    W = np.zeros((4, 4))
    W[1, 3] = value
    W[2, :3], W[3, :3] = store, ask
    return W, np.array([*b, 0.0])


EXERCISES = (
    SetValues(
        id="remember-until-asked",
        notebook=NOTEBOOK,
        asks_for=("W", "b"),
        kind="design",
        points=3,
        minutes=12,
        shapes=((4, 4), (4,)),
        limits=True,
        judge=_judge,
        right=(
            cell(),
            cell(value=1.5, store=(12, -9, 0), b=(-6, 4, -4)),
            cell(store=(20, -20, -3), ask=(-3, 2, 20), value=5, b=(-10, 10, -10)),
        ),
        hints=(
            "Start with one column at a time: when shall i be open, when f, when o? What is c̃ "
            "to be at a step that stores?",
            "Let the bias say where a gate stands when neither mark is there, and one mark turn "
            "it round: a bias of -5 and a weight of 10 do that for i.",
            "f does the opposite of i: it is open, but at a step that stores. o waits for the "
            "last mark. Only the column of c̃ reads the number.",
        ),
        look="Print try_out(W, b) and read the row of the first step that is wrong.",
        passed="A whole cell, made by hand: it writes, holds, replaces and shows when it should. "
        "Where in it would the weights of h have a use?",
        wrong=(
            Wrong(
                answer=(np.zeros((4, 4)), np.zeros(4)),
                cause="All weights are 0: every gate stands at one half, and the offer c̃ is 0.",
            ),
            Wrong(
                answer=cell(store=(10, 0, 0)),
                cause="f stays open at step 8, which stores again: the old number stays beside "
                "the new one.",
            ),
            Wrong(
                answer=cell(b=(0, 5, -5)),
                cause="Without a mark i stands at one half: every number is written, not only "
                "those to be stored.",
            ),
            Wrong(
                answer=cell(b=(-5, 5, 0)),
                cause="Without a mark o stands at one half: the memory is shown all the time.",
            ),
            Wrong(
                answer=cell(b=(-5, 0, -5)),
                cause="Without a mark f stands at one half: the memory is halved at every step.",
            ),
            Wrong(
                answer=cell(store=(0, -10, 10), ask=(10, 0, 0)),
                cause="The marks have changed places: i opens where the number is asked for, and "
                "o where it is stored.",
            ),
            Wrong(
                answer=cell(value=-2.0),
                cause="The offer c̃ has the sign turned round: the number enters with a weight "
                "below 0.",
            ),
            Wrong(
                answer=(cell()[0][:, [0, 1, 3, 2]], cell()[1][[0, 1, 3, 2]]),
                cause="The last two columns have changed places: the order is i, f, o, c̃.",
            ),
            Wrong(
                answer=cell(store=(1, -1, 0), ask=(0, 0, 1), value=1.0, b=(-1, 1, -1)),
                cause="The signs are right. The weights are too small: σ(1) is 0.73 and σ(-1) is "
                "0.27, which is neither open nor shut.",
            ),
        ),
    ),
)
