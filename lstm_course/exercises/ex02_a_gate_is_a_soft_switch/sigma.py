"""The function σ, its slope, and σ without an overflow."""

import numpy as np
from numpy.typing import NDArray

from ...equations import sigmoid
from ..model import Case, Predict, WriteFunction, Wrong
from ..slips import Instead

NOTEBOOK = "02-a-gate-is-a-soft-switch"


def _draw_sigmoid(rng: np.random.Generator) -> list[Case]:
    return [
        Case(inputs={"a": rng.normal(0, 2, 5)}, label="one vector of 5"),
        Case(inputs={"a": rng.normal(0, 2, (4, 3))}, label="a batch of 4 rows of 3"),
    ]


def _draw_stable(rng: np.random.Generator) -> list[Case]:
    far = rng.uniform(750, 1e4, (2, 3)) * [[-1], [1]]
    far[:, 0] = -1e4, 1e4
    return [
        Case(inputs={"a": rng.normal(0, 4, (4, 3))}, label="a batch of 4 rows of 3"),
        Case(inputs={"a": far}, label="2 rows of 3, as far out as ±10,000"),
    ]


def slope_of_the_gate(gate: np.ndarray) -> np.ndarray:
    """Return the slope as those take it who take σ a second time."""
    return sigmoid(gate) * (1 - sigmoid(gate))


def _explain_slope(slope: NDArray) -> str:
    """Say what no slope of σ can be."""
    if slope > 0.25:
        return "No slope of σ is above 0.25, the one in the middle, where the gate is 0.5."
    return "" if slope > 0 else "σ rises everywhere, so its slope is above 0."


def sigma_of(a):
    """Return σ(a) as equation 2.2 has it."""
    sigma = 1 / (1 + np.exp(-a))
    return sigma


def stable_sigmoid(a):
    """Return σ(a) as equation 2.3 has it."""
    sigma = 0.5 * (1 + np.tanh(a / 2))
    return sigma


EXERCISES = (
    WriteFunction(
        id="sigmoid",
        notebook=NOTEBOOK,
        asks_for=("sigmoid",),
        points=1,
        minutes=4,
        answer=sigma_of,
        example=Case(inputs={"a": np.array([-2.0, 0.0, 2.0])}, label=""),
        draw=_draw_sigmoid,
        returns=("σ(a)",),
        hints=(
            "Look at equation 2.2: a power, a sum, a fraction. NumPy does each to a whole array.",
            "np.exp takes an array. Mind the minus in the exponent, and what stands below the "
            "fraction bar.",
            "Below the bar stands 1 plus np.exp of minus a; it needs brackets.",
        ),
        look="σ(0) must be 0.5, and σ(-2) + σ(2) must be 1.",
        passed="You have the function behind every gate. What does it give for "
        "np.array([-1000.0, 1000.0]), and what happens on the way? stable-sigmoid is about that.",
        instead=(
            Instead(
                "sigma",
                "1 / 1 + np.exp(-a)",
                "This is 1 + e^-a, not the fraction 1 / (1 + e^-a). Either the 1 / is missing, or "
                "the brackets below the bar are: Python divides first.",
            ),
            Instead(
                "sigma",
                "1 / (1 + np.exp(a))",
                "The curve runs the wrong way: this is σ(-a), which is 1 - σ(a). The exponent is "
                "-a.",
            ),
            Instead(
                "sigma",
                "np.exp(a)",
                "This is e^a, which is the same as 1 / e^-a: the 1 + below the fraction bar is "
                "missing.",
            ),
            Instead(
                "sigma",
                "np.tanh(a)",
                "This is tanh, from -1 to 1. σ goes from 0 to 1.",
            ),
            Instead(
                "sigma",
                "0.5 * (1 + np.tanh(a))",
                "The range is right, but the ramp is twice as steep: this is σ(2a). In equation "
                "2.3 tanh is taken of a / 2.",
            ),
            Instead(
                "sigma",
                "(a > 0) * 1.0",
                "This is the hard threshold: 0 or 1, and no slope to learn from.",
            ),
            Instead(
                "sigma",
                "np.clip(a, 0, 1)",
                "This cuts a off at 0 and 1. σ bends: σ(0) is one half, and no two numbers have "
                "the same σ.",
            ),
            Instead(
                "sigma",
                "np.exp(a) / np.exp(a).sum()",
                "This is softmax: the numbers share a total of 1. σ treats each number for itself.",
            ),
            Instead(
                "sigma",
                "np.exp(a) / np.exp(a).sum(axis=-1, keepdims=True)",
                "This is softmax: each row shares a total of 1. σ treats each number for itself.",
            ),
            Instead(
                "sigma",
                "sigmoid(a) * (1 - sigmoid(a))",
                "This is σ′, the slope of σ. Asked is σ itself.",
            ),
        ),
        course=(sigmoid,),
    ),
    Predict(
        id="slope-of-a-gate",
        notebook=NOTEBOOK,
        asks_for=("slope",),
        points=1,
        minutes=2,
        answer=0.09,
        within=0.004,
        explain=_explain_slope,
        hints=(
            "Equation 2.4 gives the slope from the gate value itself: you need not look for a.",
            "The share that passes is 0.9. What share does not?",
        ),
        look="Write down the share that passes and the share that does not.",
        passed="σ′ costs one product once the gate is known; lesson 11 uses this at every step. "
        "At which gate value is it 0.09 a second time?",
        wrong=(
            Wrong(answer=0.9, cause="This is the gate value. Asked is the slope there."),
            Wrong(answer=0.1, cause="This is 1 - σ. The slope is σ times that."),
            Wrong(answer=0.81, cause="This is σ². The slope is σ (1 - σ)."),
            Wrong(answer=0.25, cause="This is the slope at the middle, where the gate is 0.5."),
            Wrong(answer=0.19, cause="This is 1 - 0.9², the slope of tanh where tanh is 0.9."),
            Wrong(  # 47
                answer=float(slope_of_the_gate(np.array(0.9))),
                cause="This is the slope at a = 0.9. 0.9 is the gate, σ(a), already: put it into "
                "σ (1 - σ).",
            ),
            Wrong(
                answer=-0.09,
                cause="The size is right. σ rises everywhere, so its slope is above 0.",
            ),
        ),
    ),
    WriteFunction(
        id="stable-sigmoid",
        notebook=NOTEBOOK,
        asks_for=("stable_sigmoid",),
        points=3,
        minutes=7,
        answer=stable_sigmoid,
        silent=True,
        example=Case(inputs={"a": np.array([-1000.0, 0.0, 1000.0])}, label=""),
        draw=_draw_stable,
        returns=("σ(a)",),
        hints=(
            "np.exp is in danger only when its argument is far above 0. There are forms of σ that "
            "never ask for that.",
            "One way: equation 2.3 has no power at all, and np.tanh never overflows. Another: take "
            "the power of -|a| only, and use σ(-a) = 1 - σ(a) for one of the two sides.",
            "For equation 2.3: half of a goes into np.tanh, 1 is added, and the sum is halved.",
        ),
        look="Which argument does np.exp get at a = -1000, and at a = 1000?",
        passed="This one you can trust with any number. Is σ(-1000) exactly 0 on paper?",
        instead=(
            Instead(
                "sigma",
                "np.exp(a) / (1 + np.exp(a))",
                "For a large a this is infinity divided by infinity, which is no number (nan).",
                "Which argument does np.exp get at a = 1000?",
            ),
            Instead(
                "sigma",
                "np.nan_to_num(np.exp(a) / (1 + np.exp(a)))",
                "np.nan_to_num puts 0 in place of every nan. There σ is 1: those are the largest "
                "numbers.",
            ),
            Instead(
                "sigma",
                "1 / (1 + np.exp(-np.clip(a, -5, 5)))",
                "Clipping at ±5 changes values: σ(-8) is 0.0003, and yours is 0.0067. Clip where "
                "σ no longer changes, or choose another form.",
            ),
            Instead(
                "sigma",
                "1 / (1 + np.exp(-np.clip(a, -10, 10)))",
                "Clipping at ±10 changes values: σ(-1000) is 0, and yours is 0.00005. Clip where "
                "σ no longer changes, or choose another form.",
            ),
            Instead(
                "sigma",
                "0.5 * (1 + np.tanh(a))",
                "This is σ(2a): in equation 2.3 tanh is taken of a / 2.",
            ),
            Instead(
                "sigma",
                "np.tanh(a / 2)",
                "This goes from -1 to 1. Equation 2.3 adds 1 and takes half of the sum.",
            ),
            Instead(
                "sigma",
                "0.5 + np.tanh(a / 2)",
                "This goes from -0.5 to 1.5: tanh must be halved, too.",
            ),
            Instead(
                "sigma",
                "1 / (1 + np.exp(-np.abs(a)))",
                "Right for a of 0 and more only. With |a| you get the mirror image for a below 0, "
                "and there σ(a) = 1 - σ(|a|).",
            ),
            Instead(
                "sigma",
                "np.exp(-np.abs(a)) / (1 + np.exp(-np.abs(a)))",
                "Right for a of 0 and less only. For a above 0 this is 1 - σ(a).",
            ),
        ),
        course=(sigmoid,),
    ),
)
