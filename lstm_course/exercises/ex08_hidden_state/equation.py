"""Write equation 6, predict what it gives, and find the bugs in a whole update."""

import numpy as np
from numpy.typing import NDArray

from ...equations import hidden_state
from ..model import Case, Predict, WriteFunction, Wrong

NOTEBOOK = "08-hidden-state"


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
    """Return h_t and c_t (eqs. 6 and 5)."""
    c_t = f_t * c_prev + i_t * c_tilde
    h_t = o_t * np.tanh(c_t)
    return h_t, c_t


def update_memory_first(f_t, c_prev, i_t, c_tilde, o_t):
    """Return c_t before h_t, as the task asked for once."""
    c_t = f_t * c_prev + i_t * c_tilde
    h_t = o_t * np.tanh(c_t)
    return c_t, h_t


def update_broken(f_t, c_prev, i_t, c_tilde, o_t):
    """Return what the broken one of the notebook does."""
    return o_t * np.tanh(c_prev), np.tanh(f_t * c_prev + i_t * c_tilde)


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
        returns=("h_t", "c_t"),
        formerly={"answer": update_memory_first, "returns": ("c_t", "h_t"), "wrong": ()},
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
