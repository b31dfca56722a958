"""Seven verdicts, each a letter or a letter with its reason."""

import re
from typing import NamedTuple

from ..model import Finding, Reasoned, SetValues, Wrong

NOTEBOOK = "14-are-gates-0-or-1"
NUMBER = re.compile(r"\d+(?:\.\d+)?(?:e[+-]?\d+)?")


class Claim(NamedTuple):
    """The letters of a claim's verdict, why another is not it, and what was measured.

    A letter that is not among them stands when its reason names one of the numbers: the
    lesson measures, and what is made of it may differ.
    """

    letters: str
    why: str
    numbers: str


CLAIMS = {
    "claim_1": Claim(
        "b",
        "It can, if the start lets it: at lag 80 the LSTM learns from some starts in 5 of 5 seeds, "
        "from others in none.",
        "0 1 2 3 5 15 16",
    ),
    "claim_2": Claim(
        "c",
        "Two things are claimed. After 100 steps the gradient is 0.8 with "
        "b_f = 3: not vanished. With large weights it is 258: it grows.",
        "0.8 0.80 8e-01 8e-1 3e+02 3e2 258 300 7e-07 7e-7 7e-14",
    ),
    "claim_3": Claim(
        "a",
        "It says what a cell may do, and a trained one does it: one unit holds "
        "the number, and without it every sentence with an attractor goes wrong.",
        "0 100 8 10 16 6",
    ),
    "claim_4": Claim(
        "be",
        "It depends on the task: a few of a hundred gate values on the lag task, two "
        "thirds on the cat sentences.",
        "4 38 36 65 0.1 0.9 2 5",
    ),
    "claim_5": Claim(
        "c",
        "Two things are wished for. A negative gate does turn signs; but softplus "
        "is positive and does badly, so positive is not enough: the flat ends do the work.",
        "0.34 0.25 0.00 0.23",
    ),
    "claim_6": Claim(
        "bd",
        "Softmax alone lacks a part: W_y and b_y. Two units cannot choose "
        "among three words, and ten classes get at most 0.45.",
        "0.88 0.45 0.20 0.2 31 16",
    ),
    "claim_7": Claim(
        "b",
        "With small memories the order makes no difference. With large ones it does, by up "
        "to 0.76: tanh comes first, the filter last.",
        "0.76 0.003 0.005 0.3",
    ),
}
OTHERWISE = (
    "Do you see it otherwise? Write your reason behind the letter, with a number that the "
    'lesson measured for it: "{letter}, since …".'
)


def _stands(claim: Claim, verdict: str) -> bool:
    """Tell whether a verdict is the measured one, or has a measured number for its reason."""
    letter, _, reason = verdict.partition(" ")
    return letter in claim.letters or bool(set(claim.numbers.split()) & set(NUMBER.findall(reason)))


def _judge_verdicts(*verdicts: str) -> Finding | None:
    """Compare verdict by verdict; the first that does not stand is explained."""
    right = [_stands(claim, v) for claim, v in zip(CLAIMS.values(), verdicts, strict=True)]
    if all(right):
        return None
    first = right.index(False)
    name, claim = list(CLAIMS.items())[first]
    return Finding(
        cause=f"{name} is not it. {claim.why}",
        got=f"{sum(right)} of 7 verdicts fit what was measured",
        expected="7 of 7",
        look=OTHERWISE.format(letter=verdicts[first][0]),
    )


_RIGHT = tuple(claim.letters[0] for claim in CLAIMS.values())


def _with(**changed: str) -> tuple[str, ...]:
    return tuple(changed.get(name, claim.letters[0]) for name, claim in CLAIMS.items())


def _not_it(name: str) -> str:
    return f"{name} is not it. {CLAIMS[name].why}"


EXERCISES = (
    SetValues(
        id="verdicts",
        notebook=NOTEBOOK,
        asks_for=tuple(CLAIMS),
        points=3,
        minutes=8,
        shapes=(Reasoned("abcde"),) * 7,
        judge=_judge_verdicts,
        right=(
            _RIGHT,
            tuple(v.upper() for v in _RIGHT),
            tuple(f" {v} " for v in _RIGHT),
            tuple(f"{v}." for v in _RIGHT),
            _with(claim_4="e", claim_6="b"),
            _with(claim_1="a, it says can, and from one start 5 of 5 seeds learn lag 80"),
            _with(claim_2="(e) with large weights the gradient grows to 3e+02"),
            _with(claim_7="d: the order is missing, which makes up to 0.76 of a difference"),
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
            Wrong(
                answer=_with(claim_1="a, since everybody says that it does"),
                cause=_not_it("claim_1"),
            ),
            Wrong(answer=_with(claim_2="a", claim_4="a"), cause=_not_it("claim_2")),
            Wrong(answer=_with(claim_3="c"), cause=_not_it("claim_3")),
            Wrong(answer=_with(claim_4="d"), cause=_not_it("claim_4")),
            Wrong(answer=_with(claim_5="a"), cause=_not_it("claim_5")),
            Wrong(answer=_with(claim_6="a"), cause=_not_it("claim_6")),
            Wrong(answer=_with(claim_7="a"), cause=_not_it("claim_7")),
        ),
    ),
)
