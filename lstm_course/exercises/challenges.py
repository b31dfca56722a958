"""Challenges of lessons 07 and 08: set the gates so that the memory does a job.

Each challenge takes settings, lets the memory run, and says at which step it breaks. It keeps
no stored answer: every setting that does the job is accepted. Steps are counted from 1.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..networks.by_hand import NOISE, NUMBERS, STEPS, play, show_memory
from .model import ROUNDING, Band, Finding
from .typed import plainly

WITHIN = 0.1  # how far from its goal a memory may be
CHANGE_AT, NEW_VALUE = 10, -0.5


class Trial(NamedTuple):
    """What a memory did with the gates that were set.

    Attributes
    ----------
    seen : array (T,)
        The memory c, or what it shows, h, after each step.
    goal : array (T,)
        What it should be; NaN where anything goes.
    broke : int or None
        First step that is further from its goal than allowed, counted from 1.
    cause : str
        Why, in one sentence; empty when nothing broke.
    name : str
        Which of the two was looked at: "c" or "h".
    """

    seen: NDArray
    goal: NDArray
    broke: int | None
    cause: str
    name: str = "c"


class Repair(NamedTuple):
    """One part of the gates put right, all else as it was set, and what was wrong without it."""

    f: NDArray
    i: NDArray
    wrong: str


def hold_through_noise(f: ArrayLike, i: ArrayLike) -> Trial:
    """Hold +1 for 20 steps while the candidate is noise.

    Parameters
    ----------
    f, i : number or array (20,)
        Forget gate and input gate.

    Returns
    -------
    Trial
        The memory starts at +1 and must stay within 0.1 of it.

    Raises
    ------
    ValueError
        When a gate lies outside 0 … 1.
    """
    keep, shut = np.ones(STEPS), np.zeros(STEPS)
    return _trial(f, i, NOISE, keep, 1.0, [(keep, None, _FADES), (None, shut, _NOISE)])


def add_up(f: ArrayLike, i: ArrayLike, c_tilde: ArrayLike = NUMBERS) -> Trial:
    """Add up a sequence: after each step the memory is the sum so far.

    Parameters
    ----------
    f, i : number or array (T,)
        Forget gate and input gate.
    c_tilde : array (T,)
        The numbers, which arrive as candidates.

    Returns
    -------
    Trial
        The memory starts at 0 and must stay within 0.1 of the running sum.

    Raises
    ------
    ValueError
        When a gate lies outside 0 … 1.
    """
    whole = np.ones(np.shape(c_tilde))
    lost, missed = "part of the sum so far is lost", "not all of the new number is added"
    repairs = [(whole, None, lost), (None, whole, missed)]
    return _trial(f, i, np.asarray(c_tilde, dtype=float), np.cumsum(c_tilde), 0.0, repairs)


def replace_at_step_10(f: ArrayLike, i: ArrayLike) -> Trial:
    """Hold +1 through noise, replace it by -0.5 at step 10, hold that to the end.

    Parameters
    ----------
    f, i : array (20,)
        Forget gate and input gate at each step.

    Returns
    -------
    Trial
        The candidate is -0.5 at step 10 and noise at all others.

    Raises
    ------
    ValueError
        When a gate lies outside 0 … 1.
    """
    c_tilde, goal = NOISE.copy(), np.ones(STEPS)
    c_tilde[CHANGE_AT - 1] = NEW_VALUE
    goal[CHANGE_AT - 1 :] = NEW_VALUE
    at, elsewhere = at_step(CHANGE_AT, 1, np.nan), at_step(CHANGE_AT, np.nan, 1)
    repairs = [
        (0 * at, None, "the old value is still in the memory beside the new one"),
        (None, at, "the new value is not written, or not all of it"),
        (elsewhere, None, _FADES),
        (None, 0 * elsewhere, _NOISE),
    ]
    return _trial(f, i, c_tilde, goal, 1.0, repairs)


def show_at_the_end(f: ArrayLike, i: ArrayLike, o: ArrayLike) -> Trial:
    """Hold +1 through noise for 20 steps and show it at the last step only.

    Parameters
    ----------
    f, i, o : number or array (20,)
        Forget gate, input gate and output gate.

    Returns
    -------
    Trial
        The memory must be held as in `hold_through_noise`; h must stay within 0.1 of 0 until
        step 19 and of tanh(1) = 0.76 at step 20.

    Raises
    ------
    ValueError
        When a gate lies outside 0 … 1.
    """
    h = show_memory(o, play(f, i, NOISE, c_0=1.0))
    held = hold_through_noise(f, i)
    if held.broke:
        return held
    goal = at_step(STEPS, np.tanh(1.0), 0)
    broke = _first_off(h, goal)
    causes = {None: "", STEPS: "the memory is there, but o hides it"}
    shown = "the memory is shown before the end: o is too far open"
    return Trial(h, goal, broke, causes.get(broke, shown), "h")


def as_finding(trial: Trial) -> Finding | None:
    """Turn a trial into what `SetValues.judge` returns: None when the job is done."""
    if trial.broke is None:
        return None
    t = trial.broke - 1
    seen = plainly(trial.seen[t], trial.goal[t] - WITHIN, trial.goal[t] + WITHIN)
    return Finding(
        cause=f"It breaks at step {trial.broke}: {trial.cause}.",
        got=f"{trial.name} = {seen} at step {trial.broke}",
        expected=f"{trial.goal[t]:.2f}, give or take {WITHIN}",
        look=_LOOK[trial.name],
        band=Band(trial.seen, trial.goal, WITHIN, f"{trial.name}_t", trial.broke),
    )


def judged(trial: Callable[..., Trial]) -> Callable[..., Finding | None]:
    """Return a judge that lets a challenge run and says which step broke."""

    def judge(*settings: np.ndarray) -> Finding | None:
        try:
            return as_finding(trial(*settings))
        except ValueError as outside:
            return Finding(cause=f"{outside}.", look="Every gate value is a share of something.")

    return judge


def at_step(step: int, value: float, otherwise: float) -> np.ndarray:
    """Return one value per step: `value` at `step` (from 1), `otherwise` at all others."""
    values = np.full(STEPS, float(otherwise))
    values[step - 1] = value
    return values


_LOOK = {
    "c": "Compute this step with a pencil: f · c + i · offer, with the c of the step before.",
    "h": "Compute this step with a pencil: o · tanh(c), with the c of this step.",
}
_FADES = "the memory fades (f is too small)"
_NOISE = "noise is written (i is open)"
Ideal = NDArray | None  # what a gate should be; None or NaN leaves it as it was set


def _trial(
    f: ArrayLike,
    i: ArrayLike,
    c_tilde: NDArray,
    goal: NDArray,
    c_0: float,
    ideals: Sequence[tuple[Ideal, Ideal, str]],
) -> Trial:
    """Let the memory run and say why it broke: which parts of the gates, put right, mend it."""
    seen = play(f, i, c_tilde, c_0=c_0)
    broke = _first_off(seen, goal)
    if broke is None:
        return Trial(seen, goal, None, "")
    repairs = [Repair(_put_right(f, a), _put_right(i, b), text) for a, b, text in ideals]
    off = [r for r in repairs if not (_same(r.f, f, broke) and _same(r.i, i, broke))]
    mends = [r for r in off if _held(play(r.f, r.i, c_tilde, c_0=c_0), goal, broke)]
    return Trial(seen, goal, broke, " and ".join(repair.wrong for repair in mends or off))


def _put_right(gate: ArrayLike, ideal: Ideal) -> ArrayLike:
    return gate if ideal is None else np.where(np.isnan(ideal), gate, ideal)


def _same(gate: ArrayLike, other: ArrayLike, until: int) -> bool:
    gate, other = np.broadcast_arrays(np.asarray(gate), np.asarray(other))
    return np.array_equal(gate[:until], other[:until]) if gate.ndim else bool(gate == other)


def _held(seen: NDArray, goal: NDArray, step: int) -> bool:
    first = _first_off(seen, goal)
    return first is None or first > step


def _first_off(seen: NDArray, goal: NDArray) -> int | None:
    """Return the first step, from 1, that is further from its goal than allowed."""
    off = np.flatnonzero(~(np.abs(seen - goal) <= WITHIN + ROUNDING))
    return int(off[0]) + 1 if off.size else None
