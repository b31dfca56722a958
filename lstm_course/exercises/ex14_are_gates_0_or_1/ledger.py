"""Seven verdicts."""

from typing import NamedTuple

from ..model import Finding, SetValues, Wrong

NOTEBOOK = "14-are-gates-0-or-1"


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


def _judge_verdicts(*letters: str) -> Finding | None:
    """Compare verdict by verdict; the first that is not it is explained."""
    right = [claim.letter == v for claim, v in zip(CLAIMS.values(), letters, strict=True)]
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
    SetValues(
        id="verdicts",
        notebook=NOTEBOOK,
        asks_for=tuple(CLAIMS),
        points=3,
        minutes=8,
        shapes=("abcd",) * 7,
        judge=_judge_verdicts,
        right=(
            _RIGHT,
            tuple(v.upper() for v in _RIGHT),
            tuple(f" {v} " for v in _RIGHT),
            tuple(f"{v}." for v in _RIGHT),
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
