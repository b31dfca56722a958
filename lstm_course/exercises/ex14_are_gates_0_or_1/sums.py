"""How large a sum must be to saturate a gate."""

import math

import numpy as np
from numpy.typing import NDArray

from ..model import Finding, Predict, SetValues, Wrong

NOTEBOOK = "14-are-gates-0-or-1"

HALF_WAY = math.log(9)  # σ(log 9) = 0.9


def _judge_scale(scale: NDArray) -> Finding | None:
    """Draw sums of this size and count how many gates are below 0.1 or above 0.9."""
    sums = float(scale) * np.random.default_rng(0).normal(size=100_000)
    share = float((np.abs(sums) > HALF_WAY).mean())
    if float(scale) < 0:
        return Finding(cause="A standard deviation is not below 0: it is a size.")
    if 0.48 <= share <= 0.52:
        return None
    side = "Too few" if share < 0.5 else "Too many"
    way = "larger" if share < 0.5 else "smaller"
    cause = f"{side} gates are nearly shut or open. The sums must be {way}."
    got = f"{100 * share:.1f} % below 0.1 or above 0.9"
    return Finding(cause=cause, got=got, expected="half of them (48 to 52 %)")


def _explain_sum(a: NDArray) -> str:
    """Say which gate a sum makes."""
    gate = float(1 / (1 + np.exp(-np.clip(a, -700, 700))))
    return f"σ({float(a):.4g}) is {gate:.4g}. Asked is the sum that σ makes 0.9 of."


EXERCISES = (
    Predict(
        id="how-far-out",
        notebook=NOTEBOOK,
        asks_for=("a",),
        points=1,
        minutes=4,
        answer=HALF_WAY,
        within=0.01,
        explain=_explain_sum,
        hints=(
            "You look for the a with σ(a) = 0.9.",
            "1 / (1 + e^(-a)) = 0.9 means e^(-a) = 1/9.",
        ),
        look="Put your number into σ.",
        passed="So a gate counts as open once its sum exceeds 2.2. With small random weights "
        "no sum comes near. At which sum is a gate above 0.99?",
        wrong=(
            Wrong(answer=0.9, cause="This is the gate. Asked is the sum that σ makes 0.9 of."),
            Wrong(answer=-HALF_WAY, cause="The size is right. σ(-2.2) = 0.1: this gate is shut."),
            Wrong(
                answer=1 / (1 + math.exp(-0.9)),
                cause="This is σ(0.9). Asked is the other way: from the gate back to the sum.",
            ),
            Wrong(answer=math.atanh(0.9), cause="This is where tanh is 0.9. A gate is made by σ."),
            Wrong(
                answer=math.log(0.9), cause="This is log 0.9. σ turned around is log(g / (1-g))."
            ),
            Wrong(answer=9.0, cause="This is 0.9 / 0.1. The log of it is missing."),
            Wrong(
                answer=math.log10(9),
                cause="This is log₁₀ of 0.9 / 0.1. σ is made with e, so it takes np.log.",
            ),
            Wrong(
                answer=math.log2(9),
                cause="This is log₂ of 0.9 / 0.1. σ is made with e, so it takes np.log.",
            ),
            Wrong(
                answer=math.log(10), cause="This is log 10. σ turned around is log(g / (1 - g))."
            ),
        ),
    ),
    SetValues(
        id="saturate-half",
        notebook=NOTEBOOK,
        asks_for=("scale",),
        points=2,
        minutes=6,
        shapes=((),),
        judge=_judge_scale,
        right=((3.257,), (3.2,), (3.3,)),
        hints=(
            "Half of the sums must lie beyond 2.2 on one side or the other. Try 1, 2 and 5 first.",
            "Half of all values of a normal distribution lie beyond 0.67 standard deviations.",
            "0.67 · scale = 2.2.",
        ),
        look="Draw 10,000 sums in a cell and count with your saturation_share.",
        passed="Sums this large are more than ten times those of an untrained cell: to say 0 or 1 "
        "has to be learned. What scale gives nine gates out of ten?",
        wrong=(
            Wrong(
                answer=(HALF_WAY,),
                cause="With this scale a sum of one standard deviation is just saturated; a third "
                "of all sums lie that far out.",
            ),
            Wrong(
                answer=(0.3,),
                cause="Too few gates are nearly shut or open. The sums must be larger.",
            ),
            Wrong(
                answer=(10.0,),
                cause="Too many gates are nearly shut or open. The sums must be smaller.",
            ),
            Wrong(
                answer=((HALF_WAY / 0.6745) ** 2,),
                cause="This is the variance. The scale is its root, the standard deviation.",
            ),
            Wrong(
                answer=(HALF_WAY * 0.6745,),
                cause="This is 2.2 times 0.67. 0.67 standard deviations are 2.2, so divide.",
            ),
            Wrong(
                answer=(-HALF_WAY / 0.6745,),
                cause="A standard deviation is not below 0: it is a size.",
            ),
        ),
    ),
)
