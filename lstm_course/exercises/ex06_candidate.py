"""Exercises of lesson 06: propose what to write."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from .. import running_example as ex
from ..equations import candidate, sigmoid, softmax
from .gates import draw_gate, example_case, join, join_mistakes
from .model import ROUNDING, Case, Finding, Predict, SetValues, WriteFunction, Wrong
from .typed import side_by_side

NOTEBOOK = "06-candidate"


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


def _written(squash: Callable = np.tanh, combine: Callable = np.multiply) -> Callable:
    """Return i_t ⊙ c̃_t with another squash or another way to combine the two."""

    def written(h, x, W_i, b_i, W_c, b_c):  # noqa: ANN001, ANN202
        z = join(h, x)
        return combine(sigmoid(z @ W_i + b_i), squash(z @ W_c + b_c))

    return written


def _case_written(rng: np.random.Generator, batch: tuple, label: str) -> Case:
    inputs = {"h_prev": rng.uniform(-1, 1, (*batch, 3)), "x_t": rng.normal(size=(*batch, 2))}
    for g in "ic":
        inputs |= {f"W_{g}": rng.normal(size=(5, 3)), f"b_{g}": rng.normal(size=3)}
    return Case(inputs=inputs, label=label)


_CANDIDATE_MISTAKES = (
    *join_mistakes(np.tanh, "c", 4),
    Wrong(  # 3
        answer=lambda h, x, W, b: sigmoid(join(h, x) @ W + b),
        cause="This is σ. The candidate is what gets written, and it needs both signs: tanh.",
    ),
    Wrong(
        answer=lambda h, x, W, b: join(h, x) @ W + b,
        cause="The sum is right, but tanh is missing: an offer must lie between -1 and 1.",
        look="What you return is a_c. Send it through np.tanh.",
    ),
    Wrong(
        answer=lambda h, x, W, b: np.tanh(join(h, x) @ W) + b,
        cause="b_c is added after tanh. It belongs inside, or the offer can leave -1 … 1.",
        look="Count the brackets: everything is added up before tanh is taken.",
    ),
    Wrong(
        answer=lambda h, x, W, b: np.tan(join(h, x) @ W + b),
        cause="This is np.tan, the tangent of an angle. The S-curve is np.tanh.",
    ),
    Wrong(
        answer=lambda h, x, W, b: 2 * sigmoid(join(h, x) @ W + b) - 1,
        cause="2σ(a) - 1 has the right range but half the slope: it is tanh(a/2). "
        "tanh(a) is 2σ(2a) - 1.",
    ),
    Wrong(
        answer=lambda h, x, W, b: np.maximum(join(h, x) @ W + b, 0),
        cause="This is the rectifier max(0, a): it cannot go below 0 and has no upper bound. "
        "Equation 4 has tanh.",
    ),
    Wrong(
        answer=lambda h, x, W, b: softmax(join(h, x) @ W + b),
        cause="This is softmax: the units share a total of 1. Equation 4 has tanh, each unit "
        "for itself.",
    ),
    Wrong(
        answer=lambda h, x, W, b: np.sign(join(h, x) @ W + b),
        cause="The offer is cut to -1 or 1. It stays soft: every value in between is used.",
    ),
)

EXERCISES = (
    WriteFunction(
        id="candidate",
        notebook=NOTEBOOK,
        asks_for=("candidate",),
        points=2,
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
        wrong=_CANDIDATE_MISTAKES,
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
        points=3,
        minutes=7,
        answer=_written(),
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
        wrong=(
            Wrong(
                answer=_written(sigmoid, np.add),
                cause="This does the same as written_broken: both bugs are still there.",
            ),
            Wrong(  # 11
                answer=_written(np.tanh, np.add),
                cause="The offer has its sign now. The gate is still added; it multiplies.",
            ),
            Wrong(  # 3
                answer=_written(sigmoid, np.multiply),
                cause="The gate multiplies now. The offer still comes from σ, so nothing negative "
                "can be written.",
            ),
            Wrong(  # 4
                answer=lambda h, x, Wi, bi, Wc, bc: (
                    np.tanh(join(h, x) @ Wi + bi) * np.tanh(join(h, x) @ Wc + bc)
                ),
                cause="Now both are tanh. A gate keeps σ: a negative gate would turn the sign.",
            ),
            Wrong(
                answer=lambda h, x, Wi, bi, Wc, bc: (
                    np.tanh(join(h, x) @ Wi + bi) * sigmoid(join(h, x) @ Wc + bc)
                ),
                cause="σ and tanh have changed places: the gate is σ, the offer is tanh.",
            ),
            Wrong(
                answer=lambda h, x, Wi, bi, Wc, bc: np.tanh(
                    sigmoid(join(h, x) @ Wi + bi) * (join(h, x) @ Wc + bc)
                ),
                cause="tanh is taken of the product. It belongs to the offer alone: i ⊙ tanh(a_c).",
            ),
            Wrong(
                answer=lambda h, x, Wi, bi, Wc, bc: np.tanh(join(h, x) @ Wc + bc),
                cause="This is the whole offer. The input gate lets in only a share of it.",
            ),
        ),
    ),
)
