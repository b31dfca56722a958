"""Draw the wires of the cell, and cut one."""

from itertools import product

import numpy as np
from numpy.typing import NDArray

from ...plots.diagram import BOXES, WIRES, compare_wires
from ..model import PAIRS, Finding, Predict, SetValues, Wrong
from ..typed import recognised

NOTEBOOK = "10-the-whole-cell"


def _listed(*wires: tuple[str, str]) -> str:
    return ", ".join(f"{a} → {b}" for a, b in wires)


def _missing(*wires: tuple[str, str]) -> str:
    return f"Missing: {_listed(*wires)}."


def _surplus(*wires: tuple[str, str]) -> str:
    return f"Too much: {_listed(*wires)}."


_MAKERS = {"i_t": "sigma_i", "f_t": "sigma_f", "o_t": "sigma_o", "c_tilde": "tanh_c", "z_t": "join"}

_HANDED_ON = {("h_t", "h_prev"), ("c_t", "c_prev")}


def _judge_wires(wires: list[tuple[str, str]]) -> Finding | None:
    """Compare a list of pairs with the diagram and name what is missing or too much."""
    for box in (box for wire in wires for box in wire if box not in BOXES):
        made = f" {box} is a value; {_MAKERS[box]} makes it." if box in _MAKERS else ""
        cause = f'The diagram has no box "{box:.30}".{made}'
        return Finding(cause=cause, look="Print BOXES: the names stand at the left.")
    result = compare_wires(wires)
    if result.right:
        return None
    turned = [wire for wire in result.missing if wire[::-1] in result.surplus]
    twice = [wire for wire in result.surplus if wires.count(wire) > 1]
    if turned:
        causes = [f"The wrong way round: {_listed(*(wire[::-1] for wire in turned[:3]))}."]
    elif ("plus", "tanh") in result.missing and ("c_t", "tanh") in result.surplus:
        causes = ["c_t only goes out of the cell: tanh gets the new memory from plus."]
    elif result.surplus and set(result.surplus) <= _HANDED_ON and not result.missing:
        causes = [f"{_listed(*result.surplus)} leads into the next step. The diagram is one step."]
    elif twice and len(twice) == len(result.surplus) and not result.missing:
        causes = [f"Drawn twice: {_listed(*dict.fromkeys(twice))}."]
    else:
        causes = [_missing(*result.missing[:3])] if result.missing else []
        causes += [_surplus(*result.surplus[:3])] if result.surplus else []
    got = f"{len(WIRES) - len(result.missing)} of {len(WIRES)} wires"
    if result.surplus:
        got += f", {len(result.surplus)} too much"
    return Finding(cause=" ".join(causes), got=got)


def _drawn(without: tuple = (), plus: tuple = ()) -> tuple[list[tuple[str, str]]]:
    return ([wire for wire in WIRES if wire not in without] + list(plus),)


_BLOCKS = {
    1: "This is one block. There are four: i, f, o and the candidate.",
    3: "These are the three gates. The candidate has weights, too.",
}
_ROWS = {
    5: "The weights for h are missing: W has H + D rows, not D.",
    10: "The weights for x are missing: W has H + D rows, not H.",
    50: "W has H · D rows here. h and x are joined: H + D.",
}
_COLUMNS = {
    5: "W has D columns here. It has one per unit: H.",
    15: "W has H + D columns here. It has one per unit: H.",
    1: "W has one column here. It has one per unit: H.",
}
_BIASES = {
    0: "The biases are missing: 10 in each of 4 blocks.",
    1: "Each block has one bias here. Every unit has its own: H in each block.",
    5: "Each block has D biases here. It has one per unit: H.",
    15: "Each block has H + D biases here. It has one per unit: H.",
    20: "Each bias counts twice here, as in PyTorch. The equations have one a block.",
}


_OFTEN = {*_BLOCKS.values(), _ROWS[5], _ROWS[10], _BIASES[0]}  # likely enough to come in pairs


def _counts() -> list[tuple[int, tuple[str, ...]]]:
    """Return the counts with one thing wrong, or two frequent ones, and what is wrong in each."""
    parts = ({4: "", **_BLOCKS}, {15: "", **_ROWS}, {10: "", **_COLUMNS}, {10: "", **_BIASES})
    found = [(610, ("Ten biases in all count here. Each of the four blocks has ten.",))]
    for blocks, rows, columns, biases in product(*parts):
        texts = (part[n] for part, n in zip(parts, (blocks, rows, columns, biases), strict=True))
        wrong = tuple(filter(None, texts))
        if len(wrong) == 1 or (len(wrong) == 2 and _OFTEN.issuperset(wrong)):
            found.append((blocks * (rows * columns + biases), wrong))
    return found


def _explain_count(count: NDArray) -> str:
    """Say which one thing, or which two, make this count; nothing where several would."""
    found = recognised(count, _counts())
    one = [wrong for wrong in found if len(wrong) == 1] or found
    return " ".join(one[0]) if len(one) == 1 else ""


def _wrong_counts(*counts: int) -> tuple[Wrong, ...]:
    return tuple(Wrong(answer=n, cause=_explain_count(np.array(float(n)))) for n in counts)


EXERCISES = (
    SetValues(
        id="draw-the-wires",
        notebook=NOTEBOOK,
        asks_for=("wires",),
        points=3,
        minutes=10,
        shapes=(PAIRS,),
        judge=_judge_wires,
        right=(
            _drawn(),
            (list(reversed(WIRES)),),
            (tuple(list(wire) for wire in WIRES),),
            (set(WIRES),),
            (np.array(WIRES),),
            _drawn(plus=(("times_o", "softmax"), ("softmax", "y_t"))),
            _drawn(plus=(("h_t", "softmax"), ("softmax", "y_t"))),
        ),
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
            Wrong(
                answer=_drawn(without=(("plus", "tanh"),), plus=(("c_t", "tanh"),)),
                cause="c_t only goes out of the cell: tanh gets the new memory from plus.",
            ),
            Wrong(
                answer=_drawn(without=(("x_t", "join"),), plus=(("join", "x_t"),)),
                cause="The wrong way round: join → x_t.",
            ),
            Wrong(
                answer=_drawn(plus=(("x_t", "join"),)),
                cause="Drawn twice: x_t → join.",
            ),
            Wrong(
                answer=_drawn(plus=(("h_t", "h_prev"), ("c_t", "c_prev"))),
                cause="h_t → h_prev, c_t → c_prev leads into the next step. The diagram is one "
                "step.",
            ),
            Wrong(
                answer=_drawn(without=(("join", "sigma_f"),), plus=(("join", "f_t"),)),
                cause='The diagram has no box "f_t". f_t is a value; sigma_f makes it.',
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
        look="Try both: from lstm_course.plots.diagram import explore, then "
        '[(s.word, s.verb) for s in explore("the cats were full", cut=("sigma_i", "times_i"))].',
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
        explain=_explain_count,
        hints=(
            "One block first: W has H + D rows and H columns, and b has H numbers.",
            "There are four blocks: three gates and the candidate.",
        ),
        look="4 blocks, each with (H + D) · H weights and H biases.",
        passed="This is the number that a framework prints. PyTorch would print 680: it keeps "
        "two biases.",
        wrong=_wrong_counts(160, 480, 600, 240, 440, 680, 604, 450),
    ),
)
