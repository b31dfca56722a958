"""Write equation 5, and carry the memory from step to step."""

import numpy as np

from ... import running_example as ex
from ...equations import cell_state
from ..model import Case, WriteFunction
from ..slips import Instead

NOTEBOOK = "07-cell-state"


def _draw_parts(rng: np.random.Generator) -> list[Case]:
    def inputs(shape: tuple) -> dict:
        f, i = rng.uniform(0.1, 0.9, (2, *shape))
        c, g = rng.normal(0, 1.5, shape), rng.uniform(-1, 1, shape)
        return {"f_t": f, "c_prev": c, "i_t": i, "c_tilde": g}

    return [
        Case(inputs=inputs((3,)), label="3 units"),
        Case(inputs=inputs((4, 3)), label="4 rows of 3 units"),
    ]


def _draw_sequences(rng: np.random.Generator) -> list[Case]:
    def inputs(T: int, H: int) -> dict:
        fs, i_s = rng.uniform(0.2, 0.9, (2, T, H))
        return {
            "fs": fs,
            "i_s": i_s,
            "offers": rng.uniform(-1, 1, (T, H)),
            "c_0": rng.normal(size=H),
        }

    return [
        Case(inputs=inputs(5, 3), label="5 steps of 3 units"),
        Case(inputs=inputs(1, 2), label="1 step of 2 units"),
    ]


def memory(f_t, c_prev, i_t, c_tilde):
    """Return c_t (eq. 5)."""
    c_t = f_t * c_prev + i_t * c_tilde
    return c_t


def memories(fs, i_s, offers, c_0):
    """Return the memory after every step."""
    cs = []
    c_t = c_0
    for f_t, i_t, c_tilde in zip(fs, i_s, offers, strict=True):
        c_t = f_t * c_t + i_t * c_tilde
        cs.append(c_t)
    return np.array(cs)


EXERCISES = (
    WriteFunction(
        id="cell-state",
        notebook=NOTEBOOK,
        asks_for=("cell_state",),
        points=2,
        minutes=4,
        answer=memory,
        example=Case(
            inputs={
                "f_t": np.array([0.27, 0.88]),
                "c_prev": ex.c_prev,
                "i_t": np.array([0.88, 0.27]),
                "c_tilde": np.array([0.76, -0.76]),
            },
            label="",
        ),
        draw=_draw_parts,
        returns=("c_t",),
        hints=(
            "Two products and a sum. Which gate goes with which?",
            "f_t scales the old memory, i_t scales the offer. ⊙ is * in NumPy.",
            "What is kept is f_t * c_prev. Add what is written.",
        ),
        look="Compare with your pencil: 0.27 · (-1) + 0.88 · 0.76 = 0.40 for unit 1.",
        passed="This line is the memory of the LSTM. Try f_t = 1 and i_t = 0.",
        instead=(
            Instead(
                "c_t",
                "f_t @ c_prev + i_t @ c_tilde",
                "@ multiplies and adds up. ⊙ multiplies number by number: *.",
            ),
        ),
        course=(cell_state,),
    ),
    WriteFunction(
        id="memory-loop",
        notebook=NOTEBOOK,
        asks_for=("memories",),
        kind="find the bug",
        points=3,
        minutes=7,
        answer=memories,
        example=Case(
            inputs={
                "fs": np.ones((3, 1)),
                "i_s": np.ones((3, 1)),
                "offers": np.full((3, 1), 0.5),
                "c_0": np.zeros(1),
            },
            label="",
        ),
        draw=_draw_sequences,
        returns=("cs",),
        hints=(
            "Which memory does the second step start from?",
            "After each step, this step's c_t must be the next step's c_prev.",
            "Give c_t its first value before the loop and use it inside the loop.",
        ),
        look="Print c_0 and c_t inside the loop.",
        passed="You have written the loop that carries the memory. What does it return for T = 1?",
        instead=(
            Instead(
                "return",
                "cs[0]",
                "This is the memory after the first step alone. Does the return stand inside the "
                "loop?",
            ),
            Instead(
                "return",
                "np.vstack([c_0, np.array(cs)])",
                "c_0 stands in the first row. Asked are the memories after each step.",
            ),
            Instead(
                "return",
                "cs[-1]",
                "Only the last memory comes back. Asked is one row a step, (T, H).",
            ),
            Instead(
                "return",
                "np.cumsum(i_s * offers, axis=0) + c_0",
                "This adds up everything that is written. The forget gates play no part.",
            ),
        ),
    ),
)
