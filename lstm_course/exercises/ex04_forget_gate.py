"""Exercises of lesson 04: choose what to forget."""

import math

import numpy as np
from numpy.typing import NDArray

from ..equations import sigmoid
from .gates import THE_COURSES, draw_gate, example_case, forget_gate
from .model import ROUNDING, Case, Finding, Predict, SetValues, WriteFunction, Wrong
from .slips import Instead
from .typed import multiple

NOTEBOOK = "04-forget-gate"


def half_life(f: float) -> float:
    """Return the number of steps after which half is gone: log ½ / log f."""
    return math.inf if f >= 1 else math.log(0.5) / math.log(f) if f > 0 else 0.0


def _explain_left(left: NDArray) -> str:
    """Say after how many steps that much is left."""
    if left <= 0:
        return "Each step keeps nine tenths of what is there, so something above 0 stays."
    if left >= 1:
        return "The memory starts at 1 and gets smaller at each step."
    if steps := multiple(math.log(left), math.log(0.9)):
        return f"This would be right after step {steps}. Asked is step 10."
    steps = math.log(left) / math.log(0.9)
    if steps < 1:
        return "After one step 0.9 is left, and after ten less than that."
    return f"This would be right between steps {int(steps)} and {int(steps) + 1}. Asked is step 10."


def _judge_bias(b_f: np.ndarray) -> Finding | None:
    """Let a memory of 1 fade with f = σ(b_f) and look for the step at which half is gone."""
    f = float(sigmoid(b_f))
    steps = half_life(f)
    if 19.5 - ROUNDING <= steps <= 20.5 + ROUNDING:
        return None
    got = f"σ({float(b_f):.3g}) = {f:.3f}: half is gone after {steps:.4g} steps"
    expected = "half is gone after 20 steps (19.5 to 20.5)"
    if 19.5 <= half_life(float(sigmoid(-b_f))) <= 20.5:
        cause = "The size is right, the sign is not: f is near 1, so its bias lies above 0."
    elif steps < 20:
        cause = "The memory fades too fast. A larger bias brings f nearer to 1."
    else:
        cause = "The memory lasts too long. A smaller bias brings f further from 1."
    return Finding(cause=cause, got=got, expected=expected)


def _draw_fade(rng: np.random.Generator) -> list[Case]:
    shapes = [((3,), 5, "3 units, 5 steps"), ((4, 3), 2, "4 rows of 3 units, 2 steps")]
    return [
        Case(
            inputs={"f_t": rng.uniform(0.2, 0.9, s), "c_prev": rng.normal(0, 1, s), "steps": n},
            label=label,
        )
        for s, n, label in shapes
    ]


def fade(f_t, c_prev, steps):
    """Return what is left of a memory after some steps."""
    c = c_prev
    for _ in range(steps):
        c = f_t * c
    return c


EXERCISES = (
    Predict(
        id="memory-left",
        notebook=NOTEBOOK,
        asks_for=("left",),
        points=1,
        minutes=3,
        answer=0.9**10,
        within=0.02,
        explain=_explain_left,
        hints=(
            "Write down c after one step, after two, after three.",
            "Each step multiplies by the same 0.9. Ten steps multiply by it ten times.",
            "0.9 · 0.9 = 0.81, and 0.81 · 0.81 is about 0.66: that is four steps. Go on.",
        ),
        look="Follow c for three steps with a pencil.",
        passed="You can follow a memory through time. After 22 steps less than a tenth is left.",
        wrong=(
            Wrong(
                answer=0.0,
                cause="0 would be left if each step took 0.1 away. The loss is a tenth of "
                "what is left, so it gets smaller, and c never reaches 0.",
            ),
            Wrong(
                answer=0.1**10,
                cause="This is 0.1 to the power of 10. Each step keeps 0.9, not 0.1.",
            ),
            Wrong(
                answer=math.log(0.5) / math.log(0.9),
                cause="This is the number of steps after which half is left. Asked is what is "
                "left after 10.",
            ),
            Wrong(
                answer=1 - 0.9 * 10,
                cause="This takes 0.9 away ten times. Each step multiplies by 0.9.",
            ),
            Wrong(answer=0.9 * 10, cause="This is ten times 0.9. Ten factors are multiplied."),
            Wrong(answer=0.9, cause="This is what is left after one step."),
            Wrong(answer=100 * 0.9**10, cause="This is in percent. Asked is a share of 1."),
            Wrong(
                answer=1 - 0.9**10, cause="This is the part that is gone; asked is what is left."
            ),
            Wrong(answer=0.9**9, cause="This is one step short: c is 0.9 after the first step."),
            Wrong(answer=0.9**11, cause="This is one step too many."),
        ),
    ),
    WriteFunction(
        id="forget-gate",
        notebook=NOTEBOOK,
        asks_for=("forget_gate",),
        points=2,
        minutes=5,
        answer=forget_gate,
        example=example_case("f"),
        draw=draw_gate("f"),
        returns=("f_t",),
        hints=(
            "Three steps: join h_prev and x_t, multiply by W_f and add b_f, send it through σ.",
            "np.concatenate([h_prev, x_t], axis=-1) joins along a row, for a vector and a batch.",
            "With z_t for the joined rows, the sum is z_t @ W_f + b_f. `sigmoid` does the rest.",
        ),
        look="Compare a_f with your pencil: it is [-1, 2] here.",
        passed="You can now compute any gate: only the weights differ. "
        "Try b_f = [5, 5] and look at f_t.",
        course=THE_COURSES,
    ),
    SetValues(
        id="half-life-bias",
        notebook=NOTEBOOK,
        asks_for=("b_f",),
        points=2,
        minutes=6,
        shapes=((),),
        judge=_judge_bias,
        right=((3.345,), (3.35,), (math.log(0.966 / 0.034),)),
        hints=(
            "First find f: after 20 steps f^20 is left, and that shall be one half.",
            "f is the 20th root of one half, about 0.966. Now find the bias that gives this f.",
            "f = σ(b) turned around is b = log(f / (1 - f)).",
        ),
        look="Try a bias, read the half-life, and go up or down from there.",
        passed="You can set how long a cell remembers before it has learned anything. "
        "What bias would keep half for 200 steps?",
        wrong=(
            Wrong(
                answer=(0.5 ** (1 / 20),),
                cause="This is the gate value f itself. The bias comes before σ: f = σ(b_f).",
            ),
            Wrong(
                answer=(-3.345,),
                cause="The size is right, the sign is not: this bias forgets "
                "nearly all in one step.",
            ),
            Wrong(
                answer=(math.log(19),),
                cause="This solves 1 - f = 1/20. A memory fades by a "
                "factor at each step, f^20 = ½.",
            ),
            Wrong(
                answer=(math.log10(0.5**0.05 / (1 - 0.5**0.05)),),
                cause="This is log₁₀ of f / (1 - f). σ is made with e, so it takes np.log.",
            ),
            Wrong(
                answer=(math.log2(0.5**0.05 / (1 - 0.5**0.05)),),
                cause="This is log₂ of f / (1 - f). σ is made with e, so it takes np.log.",
            ),
            Wrong(
                answer=(math.log(39),),
                cause="This solves 20 (1 - f) = ½, as if each step took the same away. A memory "
                "fades by a factor at each step, f^20 = ½.",
            ),
            Wrong(
                answer=(0.05 * math.log(0.5),),
                cause="This is log f for the right f. The bias is log(f / (1 - f)).",
            ),
            Wrong(
                answer=(1 / (1 + math.exp(-(0.5**0.05))),),
                cause="This is σ(f) for the right f. The bias is the other way: f = σ(b_f).",
            ),
            Wrong(
                answer=(-math.log(math.exp(1 / 20) - 1),),
                cause="This leaves 1/e after 20 steps, f^20 = 1/e. Asked is one half.",
            ),
            Wrong(
                answer=(1.0,),
                cause="The memory fades too fast. A larger bias brings f nearer to 1.",
            ),
            Wrong(
                answer=(10.0,),
                cause="The memory lasts too long. A smaller bias brings f further from 1.",
            ),
        ),
    ),
    WriteFunction(
        id="fading-memory",
        notebook=NOTEBOOK,
        asks_for=("fade",),
        kind="find the bug",
        points=2,
        minutes=6,
        answer=fade,
        example=Case(
            inputs={"f_t": np.array([0.5, 0.9]), "c_prev": np.array([4.0, -1.0]), "steps": 2},
            label="",
        ),
        draw=_draw_fade,
        returns=("c",),
        hints=(
            "Run fade_broken with f = [1, 1]. A gate of 1 keeps everything. Does it?",
            "Print c_prev before and after the call. A function must leave its inputs as they are.",
            "Two lines change: the factor, and the line that makes c another name for c_prev.",
        ),
        look="With a pencil: 4 · 0.5 · 0.5 = 1 for unit 1.",
        passed="You found a sign of trouble that no error message gives: values that change "
        "behind your back. Try steps = 0.",
        instead=(
            Instead(
                "return",
                "c_prev * f_t * steps",
                "This multiplies by f_t · steps. Each step multiplies once more: f_t to the power "
                "of steps.",
            ),
            Instead(
                "return",
                "c_prev * (1 - f_t) ** steps",
                "This multiplies by 1 - f_t. f = 1 means keep everything.",
                "Which factor keeps everything?",
            ),
            Instead(
                "return",
                "c_prev - c",
                "This is what is lost, c_prev minus what is left. Asked is what is left.",
            ),
            Instead(
                "return",
                "f_t * c_prev",
                "This is one step, whatever `steps` says.",
            ),
        ),
    ),
)
