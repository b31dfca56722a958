"""Draw the wires of the cell, and cut one."""

from typing import Any

from ...plots.diagram import WIRES, compare_wires
from ..model import Finding, Predict, SetValues, Wrong

NOTEBOOK = "10-the-whole-cell"


def _missing(*wires: tuple[str, str]) -> str:
    return "Missing: " + ", ".join(f"{a} → {b}" for a, b in wires) + "."


def _surplus(*wires: tuple[str, str]) -> str:
    return "Too much: " + ", ".join(f"{a} → {b}" for a, b in wires) + "."


def _judge_wires(wires: Any) -> Finding | None:
    """Compare a list of pairs with the diagram and name what is missing or too much."""
    try:
        result = compare_wires(wires)
    except (TypeError, ValueError) as problem:
        return Finding(cause=f"{str(problem)[:1].upper()}{str(problem)[1:]}.")
    if result.right:
        return None
    causes = [_missing(*result.missing[:3])] if result.missing else []
    causes += [_surplus(*result.surplus[:3])] if result.surplus else []
    got = f"{len(WIRES) - len(result.missing)} of {len(WIRES)} wires"
    if result.surplus:
        got += f", {len(result.surplus)} too much"
    return Finding(cause=" ".join(causes), got=got)


def _drawn(without: tuple = (), plus: tuple = ()) -> tuple[list[tuple[str, str]]]:
    return ([wire for wire in WIRES if wire not in without] + list(plus),)


EXERCISES = (
    SetValues(
        id="draw-the-wires",
        notebook=NOTEBOOK,
        asks_for=("wires",),
        points=3,
        minutes=10,
        shapes=(None,),
        judge=_judge_wires,
        right=(_drawn(), (list(reversed(WIRES)),), (tuple(list(w) for w in WIRES),)),
        hints=(
            "Go equation by equation: what does each need, and where does its result go?",
            "The join feeds four boxes. Equation 5 has two products and a plus. "
            "The plus feeds two boxes.",
            "There are 17 wires: 2 into the join, 4 out of it, 4 into the two products of "
            "equation 5, 2 into the plus, 2 out of it, 2 into the last product and 1 to h_t.",
        ),
        look="Read one equation aloud and put your finger on each of its wires.",
        passed="You have drawn the LSTM from an empty sheet. Which wire would you cut to get a "
        "plain RNN's troubles back?",
        wrong=(
            Wrong(
                answer=_drawn(without=(("h_prev", "join"),)),
                cause=_missing(("h_prev", "join")),
            ),
            Wrong(
                answer=_drawn(
                    without=(("plus", "tanh"), ("tanh", "times_o")), plus=(("plus", "times_o"),)
                ),
                cause=_missing(("plus", "tanh"), ("tanh", "times_o"))
                + " "
                + _surplus(("plus", "times_o")),
            ),
            Wrong(
                answer=_drawn(plus=(("c_prev", "join"),)),
                cause=_surplus(("c_prev", "join")),
            ),
            Wrong(
                answer=_drawn(without=(("sigma_o", "times_o"),), plus=(("sigma_o", "plus"),)),
                cause=_missing(("sigma_o", "times_o")) + " " + _surplus(("sigma_o", "plus")),
            ),
            Wrong(
                answer=_drawn(without=(("plus", "c_t"),)),
                cause=_missing(("plus", "c_t")),
            ),
        ),
    ),
    Predict(
        id="cut-the-gate",
        notebook=NOTEBOOK,
        asks_for=("still_right",),
        points=1,
        minutes=5,
        answer="b",
        choices="abcd",
        hints=(
            "With i = 0 nothing is ever written. What is in the memory of unit 1?",
            "It starts at -1, singular, and is only multiplied by f, which is positive.",
        ),
        look="Try both: from lstm_course.diagram import explore, then [(s.word, s.verb) for s in "
        'explore("the cats were full", cut=("sigma_i", "times_i"))].',
        passed="A right answer for the wrong reason: test a network on both verbs.",
        wrong=(
            Wrong(
                answer="a",
                cause="cats is read, but nothing of it is written: the memory stays "
                "singular, and the cell says was.",
            ),
            Wrong(
                answer="c",
                cause="The forget gate can only shrink the old memory. It cannot "
                "turn singular into plural.",
            ),
            Wrong(answer="d", cause="h shows the old memory, which is not 0: it says singular."),
        ),
    ),
    Predict(
        id="count-weights",
        notebook=NOTEBOOK,
        asks_for=("count",),
        points=1,
        minutes=3,
        answer=640,
        hints=(
            "One block first: W has H + D rows and H columns, and b has H numbers.",
            "There are four blocks: three gates and the candidate.",
        ),
        look="4 blocks, each with (H + D) · H weights and H biases.",
        passed="This is the number that a framework prints. PyTorch would print 680: it keeps "
        "two biases.",
        wrong=(
            Wrong(
                answer=160, cause="This is one block. There are four: i, f, o and the candidate."
            ),
            Wrong(answer=480, cause="These are the three gates. The candidate has weights, too."),
            Wrong(answer=600, cause="The biases are missing: 10 in each of 4 blocks."),
            Wrong(answer=240, cause="The weights for h are missing: W has H + D rows, not D."),
            Wrong(answer=440, cause="The weights for x are missing: W has H + D rows, not H."),
            Wrong(
                answer=680,
                cause="This is PyTorch's count, with two biases a block. The equations have one.",
            ),
        ),
    ),
)
