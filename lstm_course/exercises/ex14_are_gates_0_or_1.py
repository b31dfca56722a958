"""Exercises of lesson 14: measure how far open gates are, and give seven verdicts."""

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..equations import sigmoid
from .model import Case, Finding, Predict, SetValues, WriteFunction, Wrong

NOTEBOOK = "14-are-gates-0-or-1"
HALF_WAY = math.log(9)  # σ(log 9) = 0.9


def _shares(
    shut: Callable = lambda g, low: g < low,
    wide: Callable = lambda g, high: g > high,
    how: Callable = np.mean,
) -> Callable:
    """Return the two shares with one thing changed."""
    return lambda gate, low, high: (how(shut(gate, low)), how(wide(gate, high)))


def _gate(rng: np.random.Generator, shape: tuple, low: float, high: float) -> dict:
    """Draw gates; one stands at each threshold itself, which is neither below nor above."""
    gate = sigmoid(2.5 * rng.normal(size=shape) + 0.4)
    gate.flat[[1, 2, 4]] = low, high, high
    return {"gate": gate, "low": low, "high": high}


def _draw_gates(rng: np.random.Generator) -> list[Case]:
    return [
        Case(inputs=_gate(rng, (40,), 0.1, 0.9), label="40 values"),
        Case(inputs=_gate(rng, (6, 5, 3), 0.1, 0.9), label="6 steps, 5 rows, 3 units"),
        Case(inputs=_gate(rng, (30, 4), 0.25, 0.6), label="low = 0.25, high = 0.6"),
    ]


def _open_share(
    inside: bool = True,
    by_row: bool = False,
    wide: Callable = lambda f: f > 0.9,
    whole: bool = False,
) -> Callable:
    """Return each unit's share of open values, with one thing changed."""

    def share(fs, lengths):  # noqa: ANN001, ANN202
        steps = np.arange(len(fs))[:, None] < lengths  # (T, N)
        if not inside:
            steps = np.ones_like(steps)
        is_open = wide(fs)
        if by_row:
            each = [is_open[steps[:, n], n].mean(axis=0) for n in range(len(lengths))]
            return np.mean(each, axis=0)
        return is_open[steps].mean() if whole else is_open[steps].mean(axis=0)

    return share


def _open_over_all(fs: NDArray, lengths: NDArray) -> NDArray:
    """Count inside the sentences, divide by all steps."""
    return _open_share()(fs, lengths) * lengths.sum() / (fs.shape[0] * fs.shape[1])


def _one_step_more(fs: NDArray, lengths: NDArray) -> NDArray:
    return _open_share()(fs, np.minimum(lengths + 1, len(fs)))


def _sentences(rng: np.random.Generator, T: int, N: int, H: int) -> dict:
    """Draw forget gates that stand at 0.95 past the end, as a bias of 3 leaves them."""
    lengths = rng.permutation(np.linspace(2, T - 2, N).astype(int))
    fs = sigmoid(2 * rng.normal(size=(T, N, H)) + np.linspace(0, 2, H) + 0.3 * lengths[:, None])
    fs[0, 0] = fs[1, 1] = 0.9  # not above 0.9
    past = np.arange(T)[:, None] >= lengths
    fs[past] = 0.95
    return {"fs": fs, "lengths": lengths}


def _draw_sentences(rng: np.random.Generator) -> list[Case]:
    return [
        Case(inputs=_sentences(rng, 12, 5, 3), label="5 sentences of up to 10 words, 3 units"),
        Case(inputs=_sentences(rng, 15, 4, 2), label="4 sentences of up to 13 words, 2 units"),
    ]


def _judge_scale(scale: NDArray) -> Finding | None:
    """Draw sums of this size and count how many gates are below 0.1 or above 0.9."""
    sums = float(scale) * np.random.default_rng(0).normal(size=100_000)
    share = float((np.abs(sums) > HALF_WAY).mean())
    if 0.48 <= share <= 0.52:
        return None
    side = "Too few" if share < 0.5 else "Too many"
    way = "larger" if share < 0.5 else "smaller"
    cause = f"{side} gates are nearly shut or open. The sums must be {way}."
    if float(scale) < 0:
        cause += " (A standard deviation is not negative.)"
    got = f"{100 * share:.0f} % below 0.1 or above 0.9"
    return Finding(cause=cause, got=got, expected="half of them (48 to 52 %)")


class Claim(NamedTuple):
    """The letter of a claim's verdict, and why another letter is not it."""

    letter: str
    why: str


CLAIMS = {
    "claim_1": Claim(
        "b",
        "It holds if the forget bias lets it: at lag 80 b_f = 3 learns in 3 of 3 "
        "seeds, 0, 1 and 2 in none.",
    ),
    "claim_2": Claim(
        "c",
        "Two things are claimed. After 100 steps the gradient is 0.8 with "
        "b_f = 3: not vanished. With large weights it is 258: it explodes.",
    ),
    "claim_3": Claim(
        "a",
        "It says what a cell may do, and a trained one does it: one unit holds "
        "the number, and without it every sentence with an attractor goes wrong.",
    ),
    "claim_4": Claim(
        "b",
        "It depends on the task: 3 % of all gate values on the lag task, two "
        "thirds on the cat sentences.",
    ),
    "claim_5": Claim(
        "c",
        "Two things are claimed. A negative gate does turn signs; but softplus "
        "is positive and does badly, so positive is not the reason for σ.",
    ),
    "claim_6": Claim(
        "d",
        "Something is missing in general: W_y and b_y. Two units cannot choose "
        "among three words, and ten classes get at most 0.45.",
    ),
    "claim_7": Claim(
        "b",
        "With small memories it holds. With large ones the tanh on the way "
        "makes a difference of more than ten.",
    ),
}


def _judge_verdicts(*letters: object) -> Finding | None:
    """Compare verdict by verdict; the first that is not it is explained."""
    given = [v.strip().lower() if isinstance(v, str) else v for v in letters]
    for name, letter in zip(CLAIMS, given, strict=True):
        if letter not in ("a", "b", "c", "d"):
            return Finding(cause=f'{name} is {letter!r:.30}; expected "a", "b", "c" or "d".')
    right = [claim.letter == v for claim, v in zip(CLAIMS.values(), given, strict=True)]
    if all(right):
        return None
    name, claim = list(CLAIMS.items())[right.index(False)]
    return Finding(
        cause=f"{name} is not it. {claim.why}",
        got=f"{sum(right)} of 7 verdicts fit what was measured",
        expected="7 of 7",
    )


_RIGHT = tuple(claim.letter for claim in CLAIMS.values())


def _with(**changed: str) -> tuple[str, ...]:
    return tuple(changed.get(name, claim.letter) for name, claim in CLAIMS.items())


def _not_it(name: str) -> str:
    return f"{name} is not it. {CLAIMS[name].why}"


EXERCISES = (
    Predict(
        id="how-far-out",
        notebook=NOTEBOOK,
        asks_for=("a",),
        points=1,
        minutes=4,
        answer=HALF_WAY,
        within=0.01,
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
            Wrong(
                answer=math.log(10), cause="This is log 10. σ turned around is log(g / (1 - g))."
            ),
        ),
    ),
    WriteFunction(
        id="saturation-share",
        notebook=NOTEBOOK,
        asks_for=("saturation_share",),
        points=2,
        minutes=5,
        answer=_shares(),
        example=Case(
            inputs={"gate": np.array([0.05, 0.5, 0.95, 0.97]), "low": 0.1, "high": 0.9},
            label="4 values",
        ),
        draw=_draw_gates,
        returns=("shut", "open"),
        hints=(
            "Compare all values with one number at once: the result is an array of True and False.",
            "The mean of True and False is the share of True, whatever the shape.",
        ),
        look="The two shares and the rest in between add up to 1.",
        passed="You can now put a number on a word like saturated. Move the thresholds to 0.01 "
        "and 0.99 and see which claims survive.",
        wrong=(
            Wrong(
                answer=_shares(how=np.sum),
                cause="These are counts. A share is a count over the number of values.",
            ),
            Wrong(
                answer=_shares(how=lambda hits: 100 * np.mean(hits)),
                cause="These are percent. Asked is a share between 0 and 1.",
            ),
            Wrong(
                answer=lambda g, low, high: ((g > high).mean(), (g < low).mean()),
                cause="The two results have changed places: first the shut ones, then the open.",
            ),
            Wrong(
                answer=lambda g, low, high: _shares()(g, 0.1, 0.9),
                cause="The thresholds are 0.1 and 0.9, whatever `low` and `high` say.",
            ),
            Wrong(
                answer=_shares(how=lambda hits: np.mean(hits, axis=0)),
                cause="The mean runs over the first axis only. Here all values count alike.",
            ),
            Wrong(
                answer=_shares(lambda g, low: g <= 1 - low, lambda g, high: g >= 1 - high),
                cause="Each threshold has turned to its other side: 1 - low and 1 - high.",
            ),
            Wrong(
                answer=lambda g, low, high: ((g < low).mean(), 1 - (g < low).mean()),
                cause="The second share is everything that is not shut. Values in between are "
                "neither.",
            ),
            Wrong(
                answer=_shares(lambda g, low: np.round(g) == 0, lambda g, high: np.round(g) == 1),
                cause="The values are rounded to 0 or 1 first, so that every gate counts as "
                "saturated.",
            ),
            Wrong(
                answer=lambda g, low, high: _shares()(sigmoid(g), low, high),
                cause="σ is taken of values that have been through σ.",
            ),
            Wrong(
                answer=lambda g, low, high: ((g < low).sum() / len(g), (g > high).sum() / len(g)),
                cause="The counts are divided by len(gate), the first axis alone. gate.size counts "
                "all values; .mean() does it by itself.",
            ),
            Wrong(
                answer=lambda g, low, high: (g < low).mean() + (g > high).mean(),
                cause="The two shares are added. Return them apart: shut, open.",
            ),
            Wrong(
                answer=lambda g, low, high: (g < low, g > high),
                cause="These are the comparisons, True or False for each value. Take the mean of "
                "each.",
            ),
            Wrong(
                answer=lambda g, low, high: ((g > low).mean(), (g < high).mean()),
                cause="The signs are turned: below `low` a gate is nearly shut, above `high` "
                "nearly open.",
            ),
            Wrong(
                answer=lambda g, low, high: ((g < low).mean(), ((g >= low) & (g <= high)).mean()),
                cause="The second share is that of the values in between. Asked are those above "
                "`high`.",
            ),
            Wrong(
                answer=_shares(shut=np.less_equal),
                cause="A gate at `low` itself is counted: <=. Asked is below `low`.",
            ),
            Wrong(
                answer=_shares(wide=np.greater_equal),
                cause="A gate at `high` itself is counted: >=. Asked is above `high`.",
            ),
            Wrong(
                answer=_shares(np.less_equal, np.greater_equal),
                cause="A gate at the threshold itself is counted: <= and >=. Asked is below `low` "
                "and above `high`.",
            ),
            Wrong(
                answer=lambda g, low, high: (g[g < low].mean(), g[g > high].mean()),
                cause="This is the mean of the values beyond the thresholds. Asked is how many "
                "there are, as a share of all: the mean of the comparison.",
            ),
            Wrong(
                answer=lambda g, low, high: _shares()(g, low, 1 - low),
                cause="1 - low stands in the place of `high`. The two thresholds have nothing to "
                "do with each other.",
            ),
        ),
    ),
    WriteFunction(
        id="open-by-unit",
        notebook=NOTEBOOK,
        asks_for=("open_by_unit",),
        kind="find the bug",
        points=2,
        minutes=7,
        answer=_open_share(),
        example=Case(
            inputs={
                "fs": np.array([[[0.95], [0.2]], [[0.95], [0.3]], [[0.95], [0.95]]]),
                "lengths": np.array([1, 2]),
            },
            label="2 sentences of 1 and 2 words, 1 unit",
        ),
        draw=_draw_sentences,
        returns=("shares",),
        hints=(
            "Where does a sentence of 3 words in a batch of 10 steps get its other 7 gates from?",
            "np.arange(T)[:, None] < lengths is True at the steps that belong to a sentence.",
            "An array (T, N, H) with a mask (T, N) in brackets gives one row per counted step.",
        ),
        look="Take one sentence of one word, and put 0.95 at all later steps.",
        passed="Your measure no longer counts words that nobody said. In the course's cat "
        "sentences more than half of all steps are filling.",
        wrong=(
            Wrong(
                answer=_open_share(inside=False),
                cause="This does the same as open_broken: steps past the end are counted.",
            ),
            Wrong(
                answer=_open_share(by_row=True),
                cause="This is a mean of one mean per sentence, so that a word of a short sentence "
                "counts more. All words count alike.",
            ),
            Wrong(
                answer=_open_share(whole=True),
                cause="This is one number for all units. Asked is one per unit, (H,).",
            ),
            Wrong(
                answer=_open_over_all,
                cause="Only steps inside are counted as open, but the division is by all steps.",
            ),
            Wrong(
                answer=_one_step_more,
                cause="One step past the end of each sentence is counted: a sentence of n words "
                "has the steps 0 to n - 1.",
            ),
            Wrong(
                answer=_open_share(wide=lambda f: f < 0.1),
                cause="This counts the shut gates, below 0.1.",
            ),
            Wrong(
                answer=lambda fs, lengths: _open_share()(fs[::-1], len(fs) - lengths),
                cause="The comparison is turned: you count the steps after each sentence.",
            ),
            Wrong(
                answer=lambda fs, lengths: _open_share()(fs, lengths) * lengths.sum(),
                cause="This is a count. Divide by the number of words, or take the mean.",
            ),
            Wrong(
                answer=lambda fs, lengths: (fs[: lengths.max()] > 0.9).mean(axis=(0, 1)),
                cause="All sentences are cut at the longest one. The shorter ones still bring "
                "their filling.",
            ),
            Wrong(
                answer=_open_share(wide=lambda f: f),
                cause="This is the mean of f. Asked is how often it is above 0.9.",
            ),
            Wrong(
                answer=lambda fs, lengths: np.stack(
                    [(fs[:n, k] > 0.9).mean(axis=0) for k, n in enumerate(lengths)]
                ),
                cause="This is one row per sentence. All words of all sentences make one share per "
                "unit.",
            ),
            Wrong(
                answer=_open_share(wide=lambda f: f >= 0.9),
                cause="A gate of 0.9 itself is counted: >=. Asked is above 0.9.",
            ),
            Wrong(
                answer=lambda fs, lengths: (fs[: lengths.min()] > 0.9).mean(axis=(0, 1)),
                cause="All sentences are cut at the shortest one. The longer ones lose their last "
                "words.",
            ),
            Wrong(
                answer=lambda fs, lengths: (fs[lengths - 1, np.arange(len(lengths))] > 0.9).mean(
                    axis=0
                ),
                cause="Only the last word of each sentence is counted. All words count.",
            ),
            Wrong(
                answer=lambda fs, lengths: _open_share()(fs[1:], lengths - 1),
                cause="The first word of each sentence is left out. Steps count from 0.",
            ),
            Wrong(
                answer=lambda fs, lengths: (fs[np.arange(len(fs)) < lengths[:, None]] > 0.9).mean(
                    axis=0
                ),
                cause="The mask is (N, T), and fs is (T, N, H): steps first. Put the new axis on "
                "the steps: np.arange(T)[:, None].",
            ),
            Wrong(
                answer=lambda fs, lengths: (
                    np.concatenate([fs[k, :n] for k, n in enumerate(lengths)]) > 0.9
                ).mean(axis=0),
                cause="The axes have changed places: fs[n] is a step, not a sentence. Sentence n "
                "stands in fs[:, n].",
            ),
            Wrong(
                answer=lambda fs, lengths: np.array(
                    [(fs[:n, k] > 0.9).mean() for k, n in enumerate(lengths)]
                ),
                cause="This is one share per sentence. Asked is one per unit, over the words of "
                "all sentences.",
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
                answer=(3.257**2,),
                cause="This is the variance. The scale is its root, the standard deviation.",
            ),
        ),
    ),
    SetValues(
        id="verdicts",
        notebook=NOTEBOOK,
        asks_for=tuple(CLAIMS),
        points=3,
        minutes=8,
        shapes=(None,) * 7,
        judge=_judge_verdicts,
        right=(
            _RIGHT,
            tuple(v.upper() for v in _RIGHT),
            tuple(f" {v} " for v in _RIGHT),
        ),
        hints=(
            "Read what is printed below each claim of the ledger in lesson 14.",
            "One claim holds as it stands: it says what a cell may do, and a trained one does it.",
            "Two claims have two halves. One has a part missing. Three hold under a condition.",
        ),
        look="Compare your letter with the measured line of that claim.",
        passed="The ledger is yours. Compare it with the bets you made in lesson 00.",
        wrong=(
            Wrong(answer=_with(claim_1="a"), cause=_not_it("claim_1")),
            Wrong(answer=_with(claim_2="a", claim_4="a"), cause=_not_it("claim_2")),
            Wrong(answer=_with(claim_3="c"), cause=_not_it("claim_3")),
            Wrong(answer=_with(claim_4="d"), cause=_not_it("claim_4")),
            Wrong(answer=_with(claim_5="a"), cause=_not_it("claim_5")),
            Wrong(answer=_with(claim_6="b"), cause=_not_it("claim_6")),
            Wrong(answer=_with(claim_7="a"), cause=_not_it("claim_7")),
        ),
    ),
)
