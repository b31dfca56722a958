"""Exercises of lesson 06: propose what to write."""

import numpy as np
from numpy.typing import NDArray

from .. import equations
from .. import running_example as ex
from ..equations import sigmoid
from .gates import candidate, draw_gate, example_case, join
from .model import ROUNDING, Case, Finding, Predict, SetValues, WriteFunction, Wrong
from .slips import Instead
from .typed import side_by_side
from .whole_cell import judge_mended

NOTEBOOK = "06-candidate"


def _with(unit: int, column: tuple, bias: float) -> tuple[NDArray, NDArray]:
    """Return W_i and b_i of the lessons with one unit's weights replaced."""
    W_i, b_i = ex.W_i.copy(), ex.b_i.copy()
    W_i[:, unit], b_i[unit] = column, bias
    return W_i, b_i


def _judge_number(w: np.ndarray, b: np.ndarray) -> Finding | None:
    """Compute the offer for each word and report the first that is wrong."""
    words = ("cats", "cat", "which", "already", "ate")
    offer = {word: float(np.tanh(np.dot(ex.WORDS[word], w) + b)) for word in words}
    shown = side_by_side(offer, 0.9, 0.1, -0.1, -0.9)
    asked = "cats 0.90 or more, cat -0.90 or less, the others between -0.10 and 0.10"
    if offer["cats"] < 0.9 - ROUNDING:
        return Finding(cause="The offer for cats is below 0.9.", got=shown, expected=asked)
    if offer["cat"] > -0.9 + ROUNDING:
        return Finding(cause="The offer for cat is above -0.9.", got=shown, expected=asked)
    for word in words[2:]:
        if abs(offer[word]) > 0.1 + ROUNDING:
            cause = f"{word} says nothing about the number, but something is offered."
            return Finding(cause=cause, got=shown, expected=asked)
    return None


_EARLIER = (
    "c can be above 5 earlier. With i = 1 a step adds the whole offer, and tanh reaches nearly 1."
)


def _explain_steps(steps: NDArray) -> str:
    """Hold a number of steps against what they can add up to."""
    if steps != np.round(steps):
        return "A number of steps is a whole number."
    if steps < 1:
        return "Before the first step c is 0."
    return f"tanh stays below 1: {steps:g} steps stay below {steps:g}." if steps < 6 else _EARLIER


def _case_written(rng: np.random.Generator, batch: tuple, label: str) -> Case:
    inputs = {"h_prev": rng.uniform(-1, 1, (*batch, 3)), "x_t": rng.normal(size=(*batch, 2))}
    for g in "ic":
        inputs |= {f"W_{g}": rng.normal(size=(5, 3)), f"b_{g}": rng.normal(size=3)}
    return Case(inputs=inputs, label=label)


def written(h_prev, x_t, W_i, b_i, W_c, b_c):
    """Return i_t ⊙ c̃_t."""
    z_t = join(h_prev, x_t)
    i_t = sigmoid(z_t @ W_i + b_i)
    c_tilde = np.tanh(z_t @ W_c + b_c)
    written = i_t * c_tilde
    return written


def written_broken(h_prev, x_t, W_i, b_i, W_c, b_c):
    """Return what the broken one of the notebook does."""
    z_t = join(h_prev, x_t)
    return sigmoid(z_t @ W_i + b_i) + sigmoid(z_t @ W_c + b_c)


EXERCISES = (
    WriteFunction(
        id="candidate",
        notebook=NOTEBOOK,
        asks_for=("candidate",),
        points=1,
        minutes=4,
        answer=candidate,
        example=example_case("c"),
        draw=draw_gate("c"),
        returns=("c_tilde",),
        hints=(
            "It reads the same joined row as a gate. Two things differ: the weights and the "
            "function at the end.",
            "The last function is tanh, not σ; NumPy has it.",
            "Join along the last axis, multiply by W_c, add b_c, and send the sum through np.tanh.",
        ),
        look="Compare a_c with your pencil: it is [1, -1] here.",
        passed="All four parts that read z_t are yours. What does the step offer for dogs?",
        course=(equations.candidate,),
    ),
    SetValues(
        id="offer-the-number",
        notebook=NOTEBOOK,
        asks_for=("w", "b"),
        points=2,
        minutes=6,
        shapes=((3,), ()),
        limits=True,
        judge=_judge_number,
        right=(([-2, 4, 0], 0), ([-1.5, 3, 0], 0), ([-3, 5, 0], 0), ([-3, 6, 0.05], 0.02)),
        hints=(
            "already is [0, 0, 0]: it gets tanh(b). What must b be?",
            "cat is [1, 0, 0], so the weight of noun alone must give -0.9 or less: -1.5 or below.",
            "cats gets the weights of noun and plural together, and that shall be 1.5 or more.",
        ),
        look="Compute x · w + b for cat and cats with a pencil; tanh(1.5) = 0.91.",
        passed="Plural and singular are now two signs of one number. "
        "What does your unit offer for were, [0, 1, 1]?",
        wrong=(
            Wrong(
                answer=([0, 4, 0], -2),
                cause="The bias makes every word offer something. Let noun push down, not b: "
                "already must offer 0.",
            ),
            Wrong(
                answer=([2, -4, 0], 0),
                cause="The signs are turned: plus is plural, minus is singular.",
            ),
            Wrong(
                answer=([-2, 2, 0], 0),
                cause="For cats the two weights cancel. plural must do more than undo noun.",
            ),
            Wrong(
                answer=([-1, 2, 0], 0),
                cause="These are the lesson's weights: the signs are right, and ±0.76 is not "
                "yet ±0.9.",
            ),
            Wrong(
                answer=([2, 2, 0], 0),
                cause="Every noun gets a plus. A single noun must push down, below zero.",
            ),
        ),
    ),
    Predict(
        id="six-steps",
        notebook=NOTEBOOK,
        asks_for=("steps",),
        points=1,
        minutes=3,
        answer=6,
        explain=_explain_steps,
        hints=(
            "How much can one step add at the most?",
            "tanh comes as near to 1 as you like and stays below it. Add five such numbers.",
        ),
        look="With f = 1 and i = 1 each step adds c̃, which stays below 1.",
        passed="A memory grows by less than 1 a step. There is no bound on c itself: "
        "with 1,000 steps it can pass 900.",
        wrong=(
            Wrong(
                answer=5,
                cause="tanh stays below 1: five steps together stay below 5.",
            ),
            Wrong(
                answer=0,
                cause="At the start c is 0, and nothing has been added.",
            ),
            Wrong(
                answer=1,
                cause="One step adds less than 1, however large the input is: tanh squashes it.",
            ),
            Wrong(answer=10, cause=_EARLIER),
        ),
    ),
    WriteFunction(
        id="written-content",
        notebook=NOTEBOOK,
        asks_for=("written",),
        kind="find the bug",
        points=2,
        minutes=7,
        answer=written,
        example=Case(
            inputs={
                "h_prev": ex.h_prev,
                "x_t": ex.x_t,
                "W_i": ex.W_i,
                "b_i": ex.b_i,
                "W_c": ex.W_c,
                "b_c": ex.b_c,
            },
            label="",
            shown=("h_prev", "x_t"),
            note="weights as in the lessons",
        ),
        draw=lambda rng: [
            _case_written(rng, (), "one vector, H = 3, D = 2"),
            _case_written(rng, (4,), "a batch of 4, H = 3, D = 2"),
        ],
        returns=("written",),
        hints=(
            "Compute the printed example by hand: i = 0.98, a_c = -2. What should come out?",
            "Which of the two lines with sigmoid needs both signs?",
            "An open gate of 1 must give the offer itself, and a shut gate of 0 must give 0. "
            "Does a sum do that?",
        ),
        look="Try a gate of 0: nothing may be written, whatever the offer.",
        passed="What is written has a size from the gate and a sign from the offer. "
        "Try it on were.",
        instead=(
            Instead(
                "written",
                "np.tanh(i_t * (z_t @ W_c + b_c))",
                "tanh is taken of the product. It belongs to the offer alone: i ⊙ tanh(a_c).",
            ),
            Instead(
                "written",
                "np.tanh(z_t @ W_i + b_i) * sigmoid(z_t @ W_c + b_c)",
                "σ goes with W_c and tanh with W_i. It is the other way round: the gate is σ of "
                "its sum, the offer tanh of its own.",
            ),
            Instead(
                "written",
                "c_tilde",
                "This is the whole offer. The input gate lets in only a share of it.",
            ),
        ),
        wrong=(
            Wrong(
                answer=written_broken,
                cause="This does the same as written_broken: both bugs are still there.",
            ),
        ),
    ),
    SetValues(
        id="mend-the-cell",
        notebook=NOTEBOOK,
        asks_for=("W_i", "b_i"),
        kind="design",
        points=3,
        minutes=12,
        shapes=((5, 2), (2,)),
        limits=True,
        judge=judge_mended,
        right=(
            _with(0, (0, 8, 3, 0, 0), -7),
            _with(0, (0, 12, 3, 0, 0), -8),
            _with(0, (0, 8, 2, 0, 0), -6),
            _with(0, (0, 16, 3, 0, 0), -9),
        ),
        hints=(
            "Read the first sentence with cell.read. At which word does c of unit 1 change its "
            "sign, and what does h of unit 2 say just before it?",
            "ate closes the clause, so at fish the cell takes itself for back in the main "
            "clause. But h of unit 2 is 0.16 there, and 0.3 or more before a subject.",
            "Let the input gate of unit 1 ask for more of h of unit 2: a larger weight, and a "
            "bias that holds against 0.16.",
        ),
        look="Read the sentence that fails with cell.read(…, W_i=W_i, b_i=b_i).",
        passed="You have read the weights of a cell that was wrong, and mended it without "
        "breaking what it could do. Can you find a sentence that still breaks it?",
        wrong=(
            Wrong(
                answer=(ex.W_i, ex.b_i),
                cause="These are the weights of the lessons: at fish the input gate of unit 1 "
                "stands at 0.65.",
            ),
            Wrong(
                answer=_with(1, (0, 0, -2, 0, -4), 1),
                cause="The clause never closes now. That keeps fish out, and the subject of the "
                "next sentence, too.",
            ),
            Wrong(
                answer=_with(0, (0, 4, 3, 0, 0), -8),
                cause="The gate of unit 1 is shut for every word, the subject included.",
            ),
            Wrong(
                answer=_with(0, (0, 0, 0, 0, 0), -8),
                cause="The gate of unit 1 is shut at every word: nothing is written at all.",
            ),
            Wrong(
                answer=_with(0, (0, 8, 3, 0, 0), -3),
                cause="The weight asks for more of h of unit 2, but the bias does not hold "
                "against what fish brings: 0.16 · 8 + 3 - 3 is still above 0.",
            ),
            Wrong(
                answer=_with(0, (0, 4, 3, -6, 0), -3),
                cause="This shuts the gate for plural nouns. fish is singular, and cats must be "
                "written.",
            ),
        ),
    ),
)
