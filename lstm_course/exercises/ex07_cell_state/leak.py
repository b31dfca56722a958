"""Find the offers that break a memory with a leak."""

import numpy as np

from ...networks.by_hand import STEPS, play
from ..model import ROUNDING, Finding, SetValues, Wrong
from ..typed import plainly

NOTEBOOK = "07-cell-state"
LEAKY, TIGHT, WRITTEN = 0.9, 1.0, 0.3  # f of the two memories, and i of both
ZERO = 0.01  # how far from 0 the sum of the offers may be
LOW, LOST = 0.5, -1.0  # where the tight memory stays above, and the leaky one ends below

UP, DOWN = np.ones(STEPS // 2), -np.ones(STEPS // 2)


def both(offers: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the leaky memory and the tight one after each step; both start at +1."""
    leaky, tight = (play(f, WRITTEN, offers, c_0=1.0) for f in (LEAKY, TIGHT))
    return leaky, tight


def _judge(offers: np.ndarray) -> Finding | None:
    """Try the offers on both memories and report the first condition that does not hold."""
    leaky, tight = both(offers)
    outside = np.flatnonzero(np.abs(offers) > 1 + ROUNDING)
    if outside.size:
        k = int(outside[0])
        cause = f"The offer of step {k + 1} is {offers[k]:.3g}. An offer lies between -1 and 1."
        return Finding(cause=cause, look="It has come out of a tanh.")
    if abs(offers.sum()) > ZERO + ROUNDING:
        total = plainly(float(offers.sum()), ZERO, -ZERO)
        cause = f"The offers add up to {total}: they push one way more than the other."
        return Finding(cause=cause, got=f"sum {total}", expected="0, give or take 0.01")
    low = np.flatnonzero(tight < LOW - ROUNDING)
    if low.size:
        k = int(low[0])
        cause = f"The tight memory falls to {plainly(tight[k], LOW)} at step {k + 1}."
        look = "It adds up all that was offered so far. Which sign must come first?"
        return Finding(cause=cause, expected="0.50 or more at every step", look=look)
    if leaky[-1] > LOST + ROUNDING:
        end = plainly(leaky[-1], LOST)
        cause = f"The leaky memory ends at {end}: it is not broken far enough."
        return Finding(cause=cause, got=f"leaky {end} at step {STEPS}", expected="-1.00 or less")
    return None


EXERCISES = (
    SetValues(
        id="break-a-leaky-memory",
        notebook=NOTEBOOK,
        asks_for=("offers",),
        kind="design",
        points=2,
        minutes=8,
        shapes=((STEPS,),),
        judge=_judge,
        right=(
            (np.append(UP, DOWN),),
            (np.concatenate([UP[:9], [0, 0], DOWN[:9]]),),
            (np.concatenate([UP[:9], [0.5, -0.5], DOWN[:9]]),),
        ),
        hints=(
            "After n more steps 0.9 to the power of n is left of an offer in the leaky memory: "
            "0.35 after 10 steps. Which offers count most at the end?",
            "The offers that pull down should come where nothing fades any more, and what makes "
            "up for them where nearly all of it will have faded.",
            "Offers of full size reach furthest: how many of each sign may there be?",
        ),
        look="Print both memories, and look where the leaky one stops following the tight one.",
        passed="A leak weighs the last offers most, so an order is enough to break it; with f = 1 "
        "all count alike. What does a leak of f = 0.99 end at?",
        wrong=(
            Wrong(
                answer=(np.zeros(STEPS),),
                cause="Nothing is offered. The leaky memory fades to 0.12, and its sign stays.",
            ),
            Wrong(
                answer=(2 * DOWN.repeat(2),),
                cause="The offer of step 1 is -2. An offer lies between -1 and 1.",
            ),
            Wrong(
                answer=(DOWN.repeat(2),),
                cause="All offers pull down, which breaks both memories. They must add up to 0.",
            ),
            Wrong(
                answer=(np.append(DOWN, UP),),
                cause="The order is the wrong way round: the leaky memory forgets the offers that "
                "pull down, and the tight one falls to -2.",
            ),
            Wrong(
                answer=(np.tile([1.0, -1.0], STEPS // 2),),
                cause="Plus and minus in turn nearly cancel in the leaky memory, too: each pair "
                "is one step apart, and 0.9 of the first is left.",
            ),
            Wrong(
                answer=(np.linspace(1, -1, STEPS),),
                cause="The order is right, from plus to minus. But the offers in the middle are "
                "small: the leaky memory ends at -0.78.",
            ),
        ),
    ),
)
