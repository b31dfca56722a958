"""Exercises of lesson 08: show the memory."""

import numpy as np
from numpy.typing import NDArray

from ..equations import hidden_state
from .challenges import STEPS, at_step, judged, show_at_the_end
from .model import ROUNDING, Case, Finding, Predict, SetValues, WriteFunction, Wrong
from .typed import side_by_side

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


def _explain_h(h: NDArray) -> str:
    """Say what no h can be with this gate, or which memory it would belong to."""
    if h > 0.5:
        return "tanh stays below 1, so |h| stays below o, which is 0.5."
    if h < 0:
        return "c and o are above 0, so h is."
    return f"This would be right for tanh(c) = {2 * float(h):.2f}. At c = 10 tanh is further out."


def _draw_pairs(rng: np.random.Generator) -> list[Case]:
    shapes = (((3,), "3 units"), ((4, 3), "4 rows of 3 units"))
    return [
        Case(inputs={"o_t": rng.uniform(0, 1, s), "c_t": rng.normal(0, 2, s)}, label=label)
        for s, label in shapes
    ]


def _draw_steps(rng: np.random.Generator) -> list[Case]:
    def inputs(s: tuple) -> dict:
        f, i, o = rng.uniform(0.1, 0.9, (3, *s))
        c, g = rng.normal(0, 1.5, s), rng.uniform(-1, 1, s)
        return {"f_t": f, "c_prev": c, "i_t": i, "c_tilde": g, "o_t": o}

    return [
        Case(inputs=inputs((3,)), label="3 units"),
        Case(inputs=inputs((4, 3)), label="4 rows of 3 units"),
    ]


def shown(o_t, c_t):
    """Return h_t (eq. 6)."""
    h_t = o_t * np.tanh(c_t)
    return h_t


def update(f_t, c_prev, i_t, c_tilde, o_t):
    """Return c_t and h_t (eqs. 5 and 6)."""
    c_t = f_t * c_prev + i_t * c_tilde
    h_t = o_t * np.tanh(c_t)
    return c_t, h_t


def update_broken(f_t, c_prev, i_t, c_tilde, o_t):
    """Return what the broken one of the notebook does."""
    return np.tanh(f_t * c_prev + i_t * c_tilde), o_t * np.tanh(c_prev)


EXERCISES = (
    WriteFunction(
        id="hidden-state",
        notebook=NOTEBOOK,
        asks_for=("hidden_state",),
        points=2,
        minutes=3,
        answer=shown,
        example=Case(
            inputs={"o_t": np.array([0.73, 0.27]), "c_t": np.array([0.40, 0.68])}, label=""
        ),
        draw=_draw_pairs,
        returns=("h_t",),
        hints=(
            "Two things happen to c_t, in this order: it is squashed, then it is gated.",
            "⊙ is * in NumPy: number by number.",
            "np.tanh of the memory, times the gate.",
        ),
        look="Compare with your pencil: tanh(0.40) = 0.38, times 0.73.",
        passed="Six of seven equations. Try c_t = [100, -100].",
        course=(hidden_state,),
    ),
    Predict(
        id="large-memory",
        notebook=NOTEBOOK,
        asks_for=("h",),
        points=1,
        minutes=2,
        answer=0.5 * np.tanh(10.0),
        within=0.02,
        explain=_explain_h,
        hints=(
            "First squash, then gate. How near to 1 is tanh(10)?",
            "tanh(3) is 0.995 already.",
        ),
        look="tanh brings c between -1 and 1 before the gate sees it.",
        passed="However far a unit has counted, it shows 1 times its gate at the most.",
        wrong=(
            Wrong(answer=5.0, cause="This is o ⊙ c. tanh comes between."),
            Wrong(
                answer=1.0,
                cause="Either this is tanh(c) alone, or the gate stands inside of it, tanh(o ⊙ c). "
                "The gate comes last.",
            ),
            Wrong(answer=10.0, cause="This is c itself. h shows a squashed and gated share of it."),
            Wrong(
                answer=float(np.tanh(0.5)),
                cause="This is tanh(0.5), tanh of the gate. tanh belongs to c.",
            ),
            Wrong(answer=0.0, cause="A large c does not vanish: tanh(10) is nearly 1."),
            Wrong(
                answer=float(np.tanh(5)),
                cause="The gate stands inside of tanh here, tanh(o ⊙ c). The gate comes last.",
            ),
            Wrong(
                answer=0.5 * 0.5,
                cause="This is o². h is o times tanh(c).",
            ),
        ),
    ),
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
            "tanh(1.47) = 0.90, so 3 step must be at least 1.47. "
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
    WriteFunction(
        id="old-memory",
        notebook=NOTEBOOK,
        asks_for=("update",),
        kind="find the bug",
        points=3,
        minutes=7,
        answer=update,
        example=Case(
            inputs={
                "f_t": np.array([1.0, 0.5]),
                "c_prev": np.array([1.0, 2.0]),
                "i_t": np.array([1.0, 1.0]),
                "c_tilde": np.array([0.5, -0.5]),
                "o_t": np.array([1.0, 0.5]),
            },
            label="",
        ),
        draw=_draw_steps,
        returns=("c_t", "h_t"),
        hints=(
            "Write the line for c_t down beside equation 5, and the line for h_t beside "
            "equation 6. What differs?",
            "h_t needs this step's memory. Which line must come first?",
            "c_t has no tanh around it: only what is shown is squashed.",
        ),
        look="Follow unit 1 with a pencil: c_t = 1 · 1 + 1 · 0.5.",
        passed="Both bugs train, and cost memory at every step. "
        "Both run without an error; only a comparison with known values finds them.",
        wrong=(
            Wrong(
                answer=update_broken,
                cause="This does the same as update_broken: both bugs are still there.",
            ),
        ),
    ),
)
