"""The gradient on its way back, and its three fates."""

import numpy as np
from numpy.typing import NDArray

from ...networks.rnn import gradient_norms
from ..model import Case, Finding, Predict, SetValues, WriteFunction, Wrong
from ..slips import Instead
from ..typed import multiple

NOTEBOOK = "01-why-not-an-rnn"
SEEDS = range(5)
_OTHER_H = "Try h = 0.6 by hand: there 1 - h, h and h² differ."
FATES = (
    ("dies", 0.0, 1e-10, "at most 1e-10"),
    ("lives", 1e-2, 1e2, "between 0.01 and 100"),
    ("explodes", 1e6, np.inf, "at least 1e6"),
)


def norm_at_99(scale: float) -> float:
    """Return the gradient norm at lag 99 of a tanh RNN: the median of five seeds."""
    with np.errstate(all="ignore"):  # weights beyond 1e300 overflow
        return float(np.median([gradient_norms(scale, seed=seed)[99] for seed in SEEDS]))


def _judge_fates(*scales: np.ndarray) -> Finding | None:
    """Let three networks send a gradient back and compare its norm with what was asked."""
    for (name, low, high, asked), scale in zip(FATES, scales, strict=True):
        norm = norm_at_99(float(scale))
        if not low <= norm <= high:
            side = "too long" if norm > high else "too short"
            large = name == "explodes" and norm < low and abs(scale) > 2
            flat = " Weights this large hold units at ±1, where tanh is flat." if large else ""
            return Finding(
                cause=f"{name} = {float(scale):.3g}: the gradient at lag 99 is {side}.{flat}",
                got=f"norm {norm:.2e} at lag 99",
                expected=asked,
            )
    return None


def _explain_power(power: NDArray) -> str:
    """Say which factor a step the power of ten means, or how many factors."""
    if power > 0:
        return "A power above 0 means a derivative above 1: h_50 would move more than h_0 did."
    if factors := multiple(power, np.log10(0.9)):
        return f"This would be right for {factors} factors of 0.9. From h_0 to h_50 there are 50."
    factor = 10.0 ** float(power / 50)
    return f"This would be right for a factor of {factor:.3g} a step. Is that w · (1 - h²)?"


def _draw_back(rng: np.random.Generator) -> list[Case]:
    def inputs(batch: tuple, H: int, D: int) -> dict:
        dh, h = rng.normal(0, 1, (*batch, H)), rng.uniform(-0.9, 0.9, (*batch, H))
        return {"dh_t": dh, "h_t": h, "W": rng.normal(0, 1, (H + D, H))}

    return [
        Case(inputs=inputs((), 3, 2), label="one vector, H = 3, D = 2"),
        Case(inputs=inputs((5,), 3, 4), label="a batch of 5 rows, H = 3, D = 4"),
    ]


def back_one_step(dh_t, h_t, W):
    """Return the gradient one step back (equation 1.4)."""
    H = h_t.shape[-1]
    da_t = dh_t * (1 - h_t**2)
    dh_prev = da_t @ W[:H].T
    return dh_prev


def back_broken(dh_t, h_t, W):
    """Return what the broken one of the notebook does."""
    H = h_t.shape[-1]
    return (dh_t * (1 - np.tanh(h_t) ** 2)) @ W[:H]


EXERCISES = (
    Predict(
        id="gradient-50",
        notebook=NOTEBOOK,
        asks_for=("power",),
        points=1,
        minutes=4,
        answer=50 * np.log10(0.9),
        within=0.03,
        explain=_explain_power,
        hints=(
            "Equation 1.2 gives the factor of one step. It is the same at every step here.",
            "The factor is 1.2 · (1 - 0.25) = 0.9. Fifty of them are multiplied.",
            "np.log10 of a product is a sum: fifty times log10 of one factor.",
        ),
        look="Compute the factor of one step first; it is less than 1.",
        passed="Two and a quarter powers of ten are lost, although each factor looks close to 1. "
        "At which lag are ten lost?",
        wrong=(
            Wrong(
                answer=50 * np.log10(1.2),
                cause="This is w alone, 1.2 at each step. The slope of tanh, 1 - h², is missing.",
            ),
            Wrong(
                answer=50 * np.log10(0.75),
                cause="This is the slope of tanh alone. Each step multiplies by w as well.",
            ),
            Wrong(
                answer=50 * np.log10(1.2 * 0.5),
                cause="The slope counts as 0.5 here. Either it is 1 - h, or h itself, where it "
                "is 1 - h².",
                look=_OTHER_H,
            ),
            Wrong(
                answer=50 * np.log10(1.2 * 0.25),
                cause="The slope counts as 0.25 here. Either it is h², or (1 - h)², or the slope "
                "of σ, h (1 - h); it is 1 - h².",
                look=_OTHER_H,
            ),
            Wrong(
                answer=50 * np.log10(1.2 - 0.5**2),
                cause="The factor is 1.2 - h² here. w multiplies the whole bracket: w · (1 - h²).",
                look="Where do brackets stand in equation 1.2?",
            ),
            Wrong(
                answer=50 * np.log10(1.2) * 0.75,
                cause="The slope stands outside of the logarithm here. It belongs inside: the log "
                "of the whole factor w · (1 - h²), fifty times.",
                look="Compute the factor of one step first, then its log.",
            ),
            Wrong(  # 47
                answer=50 * np.log10(1.2 * (1 - np.tanh(0.5) ** 2)),
                cause="The slope is 1 - tanh(h)² here. h has come out of tanh already: it is "
                "1 - h².",
            ),
            Wrong(
                answer=0.9,
                cause="This is the factor of one step. Fifty of them are multiplied; then take "
                "the power of ten.",
            ),
            Wrong(
                answer=np.log10(0.9),
                cause="This is one step. Fifty factors are multiplied.",
            ),
            Wrong(
                answer=np.log10(45),
                cause="This is log₁₀ of 45, fifty times 0.9: the factors are added. The chain "
                "rule multiplies them.",
            ),
            Wrong(
                answer=0.9**50,
                cause="This is the derivative itself. Asked for is its power of ten, np.log10 "
                "of it.",
            ),
            Wrong(
                answer=50 * np.log(0.9),
                cause="This is the natural logarithm. A power of ten is np.log10.",
                look="np.log10(x) is np.log(x) / np.log(10).",
            ),
            Wrong(
                answer=-50 * np.log10(0.9),
                cause="The size is right, the sign is not: a derivative below 1 has a negative "
                "power of ten.",
            ),
        ),
    ),
    WriteFunction(
        id="gradient-back",
        notebook=NOTEBOOK,
        asks_for=("back_one_step",),
        kind="find the bug",
        points=2,
        minutes=7,
        answer=back_one_step,
        example=Case(
            inputs={
                "dh_t": np.array([1.0, 0.0]),
                "h_t": np.array([0.5, 0.0]),
                "W": np.array([[2.0, 1.0], [4.0, 1.0], [3.0, 3.0]]),
            },
            label="",
        ),
        draw=_draw_back,
        returns=("dh_prev",),
        hints=(
            "Go through equation 1.4 from the left and put a finger on the code for each part.",
            "h_t is tanh of something already. What is the slope of tanh, written with h_t?",
            "The nudged numbers differ in their order, too: which unit does row j of W_h belong "
            "to, the one that h comes from or the one it goes to? Look for the ⊤ in eq. 1.4.",
        ),
        look="With a pencil: da = [0.75, 0]. Unit 1 of h_prev feeds unit 1 with weight 2, and "
        "unit 2 of h_prev feeds it with weight 4.",
        passed="This one line is all of the way back through an RNN. Apply it 50 times with "
        "h_t = 0 and W_h = 0.5: what is left?",
        instead=(
            Instead(
                "dh_prev",
                "da_t @ W[:H]",
                "W_h is not turned: W_h[j, k] leads from unit j to unit k, and the way back goes "
                "from k to j.",
                "Equation 1.4 ends in a ⊤: that is .T in NumPy.",
            ),
            Instead(
                "dh_prev",
                "(dh_t @ W[:H].T) * (1 - h_t**2)",
                "The slope comes after the product. h_t's slope belongs to the units of step t: "
                "multiply before you go through W_h.",
            ),
            Instead(
                "dh_prev",
                "da_t @ W.T",
                "This is the gradient of all of [h_{t-1}, x_t]. Asked is the part that belongs to "
                "h: the first H rows of W.",
            ),
        ),
        wrong=(
            Wrong(
                answer=back_broken,
                cause="This does the same as back_broken: both bugs are still there.",
            ),
        ),
    ),
    SetValues(
        id="three-fates",
        notebook=NOTEBOOK,
        asks_for=("dies", "lives", "explodes"),
        points=2,
        minutes=6,
        shapes=((), (), ()),
        judge=_judge_fates,
        right=((0.1, 0.3, 0.5), (0.02, 0.28, 0.6), (0.14, 0.26, 1.0)),
        hints=(
            "The lesson's figure has a scale for the first and one for the last; its demo finds "
            "one between.",
            "Bisect: a scale that is too small and one that is too large have the one you look "
            "for between them. Print the median of five seeds.",
            "`lives` lies between 0.25 and 0.32.",
        ),
        look="Print gradient_norms(scale, seed=0)[99] for some scales, and go up or down.",
        passed="The band where the gradient lives is narrow: less than a tenth wide at 32 units. "
        "Is it in the same place for H = 8?",
        wrong=(
            Wrong(
                answer=(0.1, 32**-0.5, 0.5),
                cause="1/√32 would keep a length if tanh had slope 1. Its slope is below 1 "
                "wherever h is not 0, so the weights must make up for it.",
            ),
            Wrong(
                answer=(0.5, 0.3, 0.1),
                cause="The first and the last have changed places: small weights make the "
                "gradient vanish, large ones make it explode.",
            ),
            Wrong(
                answer=(0.2, 0.3, 0.5),
                cause="dies = 0.2: the gradient at lag 99 is too long.",
            ),
            Wrong(
                answer=(0.1, 0.3, 0.35),
                cause="explodes = 0.35: the gradient at lag 99 is too short.",
            ),
            Wrong(
                answer=(0.1, 0.3, 10.0),
                cause="explodes = 10: the gradient at lag 99 is too short. Weights this large "
                "hold units at ±1, where tanh is flat.",
            ),
            Wrong(
                answer=(0.1, 1.0, 0.5),
                cause="lives = 1: the gradient at lag 99 is too long.",
            ),
        ),
    ),
    Predict(
        id="what-clipping-does",
        notebook=NOTEBOOK,
        asks_for=("letter",),
        points=1,
        minutes=2,
        answer="b",
        choices="abcd",
        hints=(
            "Clipping shortens a gradient that is too long. What does it do to a short one?",
            "Think of the two entries 1 and 1e-24. What is their ratio before, and after, "
            "both are multiplied by the same number?",
        ),
        look="Read *What can be repaired?* in the lesson again.",
        passed="Exploding has a remedy from outside. For vanishing the network itself must "
        "change, and that is what the gates are for.",
        wrong=(
            Wrong(
                answer="a",
                cause="Clipping leaves a short gradient as it is: nothing vanishing is cured.",
            ),
            Wrong(
                answer="c",
                cause="Lengthening multiplies near and far lags alike, so the far part stays "
                "as small beside the near one as it was.",
            ),
            Wrong(
                answer="d",
                cause="It can: w = 2 held h at 0.96 for 50 steps. Remembering and "
                "learning to remember are two things.",
            ),
        ),
    ),
)
