"""Challenges of lessons 07 and 08: set the gates so that the memory does a job.

Each challenge takes settings, lets the memory run, and says at which step it breaks. It keeps
no stored answer: every setting that does the job is accepted. Steps are counted from 1.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..networks.by_hand import NOISE, NUMBERS, STEPS, play, show_memory
from .model import Finding

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
    """

    seen: NDArray
    goal: NDArray
    broke: int | None
    cause: str


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
    c = play(f, i, NOISE, c_0=1.0)
    return _trial(c, np.ones(STEPS), lambda t: _why_not_held(f, i, t))


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

    def why(t: int) -> str:
        if _at(i, t) < _at(f, t):
            return "not all of the new number is added"
        return "part of the sum so far is lost"

    return _trial(play(f, i, c_tilde), np.cumsum(c_tilde), why)


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

    def why(t: int) -> str:
        if t != CHANGE_AT - 1:
            return _why_not_held(f, i, t, since=CHANGE_AT if t >= CHANGE_AT else 0)
        if _at(f, t) > WITHIN / 2:
            return "the old value is still in the memory beside the new one"
        return "the new value is not written, or not all of it"

    return _trial(play(f, i, c_tilde, c_0=1.0), goal, why)


def show_at_the_end(f: ArrayLike, i: ArrayLike, o: ArrayLike) -> Trial:
    """Hold +1 through noise for 20 steps and show it at the last step only.

    Parameters
    ----------
    f, i, o : number or array (20,)
        Forget gate, input gate and output gate.

    Returns
    -------
    Trial
        h must stay within 0.1 of 0 until step 19 and of tanh(1) = 0.76 at step 20.

    Raises
    ------
    ValueError
        When a gate lies outside 0 … 1.
    """
    c = play(f, i, NOISE, c_0=1.0)
    goal = np.zeros(STEPS)
    goal[-1] = np.tanh(1.0)

    def why(t: int) -> str:
        if t < STEPS - 1:
            return "the memory is shown before the end: o is too far open"
        if abs(c[t] - 1) > 2 * WITHIN:
            return f"the memory itself is no longer +1 but {c[t]:.2f}"
        return "the memory is there, but o hides it"

    return _trial(show_memory(o, c), goal, why)


def as_finding(trial: Trial, name: str = "c") -> Finding | None:
    """Turn a trial into what `SetValues.judge` returns: None when the job is done."""
    if trial.broke is None:
        return None
    t = trial.broke - 1
    return Finding(
        cause=f"It breaks at step {trial.broke}: {trial.cause}.",
        got=f"{name} = {trial.seen[t]:.2f} at step {trial.broke}",
        expected=f"{trial.goal[t]:.2f}, give or take {WITHIN}",
        look="Put your settings into the playground and step up to there.",
    )


def judged(trial: Callable[..., Trial], name: str = "c") -> Callable[..., Finding | None]:
    """Return a judge that lets a challenge run and says which step broke."""

    def judge(*settings: np.ndarray) -> Finding | None:
        try:
            return as_finding(trial(*settings), name)
        except ValueError as outside:
            return Finding(cause=f"{outside}.", look="Every gate value is a share of something.")

    return judge


def at_step(step: int, value: float, otherwise: float) -> np.ndarray:
    """Return one value per step: `value` at `step` (from 1), `otherwise` at all others."""
    values = np.full(STEPS, float(otherwise))
    values[step - 1] = value
    return values


def _trial(seen: NDArray, goal: NDArray, why) -> Trial:
    wrong = np.flatnonzero(~(np.abs(seen - goal) <= WITHIN + 1e-9))
    if not wrong.size:
        return Trial(seen, goal, None, "")
    return Trial(seen, goal, int(wrong[0]) + 1, why(int(wrong[0])))


def _why_not_held(f: ArrayLike, i: ArrayLike, t: int, since: int = 0) -> str:
    """Compare what was lost with what was written, from step `since` to step t."""
    span = slice(since, t + 1)
    lost = 1 - float(np.prod(np.broadcast_to(f, STEPS)[span]))
    written = float(np.max(np.broadcast_to(i, STEPS)[span] * np.abs(NOISE[span])))
    return "the memory fades: f is too small" if lost > written else "noise is written: i is open"


def _at(gate: ArrayLike, t: int) -> float:
    gate = np.asarray(gate, dtype=float)
    return float(gate if gate.ndim == 0 else gate[t])
