"""Set a step and gates so that a memory can be read from outside, and only when it should."""

import numpy as np

from ..challenges import STEPS, at_step, judged, show_at_the_end
from ..model import ROUNDING, Finding, SetValues, Wrong
from ..typed import side_by_side

NOTEBOOK = "08-hidden-state"


def _judge_step(step: np.ndarray) -> Finding | None:
    """Show 0 to 3 events and look for two that the reader cannot tell apart."""
    h = np.tanh(float(step) * np.arange(4))
    events = {f"{n} {'event' if n == 1 else 'events'}": float(h[n]) for n in range(4)}
    shown = side_by_side(events, 0.9)
    asked = "each 0.05 or more above the one before, and 3 events at 0.90 or more"
    if h[3] < 0:
        cause = "h goes down: each event must add to the memory, so step is positive."
        return Finding(cause=cause, got=shown, expected=asked)
    if h[3] < 0.9 - ROUNDING:
        cause = "Three events show less than 0.9: the steps are too small."
        return Finding(cause=cause, got=shown, expected=asked)
    for n in (1, 2, 3):
        if h[n] - h[n - 1] < 0.05 - ROUNDING:
            apart = f"less than 0.05 apart: {h[n - 1]:.3f} and {h[n]:.3f}"
            cause = f"{n - 1} and {n} events are {apart}. tanh is flat there."
            return Finding(cause=cause, got=shown, expected=asked)
    return None


EXERCISES = (
    SetValues(
        id="tell-them-apart",
        notebook=NOTEBOOK,
        asks_for=("step",),
        points=2,
        minutes=6,
        shapes=((),),
        judge=_judge_step,
        right=((0.6,), (0.5,), (0.7,), (0.8,)),
        hints=(
            "Compute tanh of step, 2 step and 3 step for a guess such as 1.",
            "tanh(1.47) is just below 0.90 and tanh(1.48) just above: 3 step must be 1.48 or more. "
            "How large may it be before the last two look the same?",
        ),
        look="Read the four values of h: which two are too near to each other, or which too low?",
        passed="A count is visible from outside while c stays below about 2.5. "
        "A trained network can choose its own step.",
        wrong=(
            Wrong(
                answer=(1.0,),
                cause="With steps of 1, h for 2 events is 0.96 and for 3 it is 0.995: too near.",
            ),
            Wrong(
                answer=(0.3,),
                cause="tanh(0.9) is 0.72: with steps of 0.3 three events do not reach 0.9.",
            ),
            Wrong(
                answer=(0.9,),
                cause="With steps of 0.9, h is 0.95 for 2 events and 0.99 for 3: too near. "
                "(0.9 is asked of h, not of the step.)",
            ),
            Wrong(
                answer=(-0.6,),
                cause="The memory counts down: h is below zero. The size is right.",
            ),
        ),
    ),
    SetValues(
        id="show-at-the-end",
        notebook=NOTEBOOK,
        asks_for=("f", "i", "o"),
        points=2,
        minutes=6,
        shapes=((STEPS,), (STEPS,), (STEPS,)),
        judge=judged(show_at_the_end),
        right=(
            (np.ones(STEPS), np.zeros(STEPS), at_step(20, 1, 0)),
            (np.full(STEPS, 0.998), np.full(STEPS, 0.005), at_step(20, 0.95, 0.1)),
            (np.ones(STEPS), np.zeros(STEPS), at_step(20, 0.98, 0.02)),
        ),
        hints=(
            "Two jobs: hold, as in exercise 07, and keep quiet until the end.",
            "Holding is f and i, the same at every step. Keeping quiet is o.",
            "o is 0 everywhere but in its last entry, which has index 19.",
        ),
        look="Which gate decides what is held, and which what is shown?",
        passed="Hold with f and i, show with o: this is what the cats need. "
        "What is h at the last step, to four digits?",
        wrong=(
            Wrong(
                answer=(np.ones(STEPS), np.zeros(STEPS), np.ones(STEPS)),
                cause="The memory is held, and shown at every step. o must stay shut until "
                "step 20.",
            ),
            Wrong(
                answer=(np.ones(STEPS), np.zeros(STEPS), np.zeros(STEPS)),
                cause="The memory is held, and never shown. o must open at step 20.",
            ),
            Wrong(
                answer=(at_step(20, 1, 0), np.zeros(STEPS), at_step(20, 1, 0)),
                cause="f shuts for 19 steps, which erases the memory. Hiding is the work of o.",
            ),
            Wrong(
                answer=(np.ones(STEPS), np.zeros(STEPS), at_step(19, 1, 0)),
                cause="o opens one step early: step 20 has index 19.",
            ),
            Wrong(
                answer=(np.ones(STEPS), np.ones(STEPS), at_step(20, 1, 0)),
                cause="All the noise is written on top: i must stay shut.",
            ),
        ),
    ),
)
