"""Exercises of lesson 10: put the cell together."""

from collections.abc import Callable
from itertools import combinations, permutations
from typing import Any

import numpy as np

from .. import running_example as ex
from ..diagram import WIRES, compare_wires
from ..equations import sigmoid
from .gates import join
from .model import Case, Finding, Predict, SetValues, WriteFunction, Wrong

NOTEBOOK = "10-the-whole-cell"


def _tanh_memory(o: np.ndarray, c: np.ndarray, c_prev: np.ndarray) -> np.ndarray:
    return o * np.tanh(c)


def _sum(f: np.ndarray, c: np.ndarray, i: np.ndarray, g: np.ndarray) -> np.ndarray:
    return f * c + i * g


_NAMES = {"i": "input gate", "f": "forget gate", "o": "output gate"}


def step(
    *,
    joined: Callable = join,
    gate: Callable = sigmoid,
    squash: Callable = np.tanh,
    memory: Callable = _sum,
    shown: Callable = _tanh_memory,
    order: tuple[int, int, int, int] = (0, 1, 2, 3),
    biases: tuple[int, int, int, int] | None = None,
    reads: str = "h",
) -> Callable:
    """Return one step (eqs. 1 to 6), right or with one of its parts changed."""

    def lstm_step(x, h, c, W_i, W_f, W_o, W_c, b_i, b_f, b_o, b_c):  # noqa: ANN001, ANN202
        W, b = (W_i, W_f, W_o, W_c), (b_i, b_f, b_o, b_c)
        b = [b[k] for k in biases or order]
        z = joined(c if reads == "c" else h, x)
        *gates, a_c = (z @ W[k] + b_k for k, b_k in zip(order, b, strict=True))
        i, f, o = map(gate, gates)
        g = squash(a_c)
        c_t = memory(f, c, i, g)
        return shown(o, c_t, c), c_t

    return lstm_step


def _in_place(x, h, c, *weights):  # noqa: ANN001, ANN202
    def memory(f, c_prev, i, g):  # noqa: ANN001, ANN202
        c_prev *= f
        c_prev += i * g
        return c_prev

    return step(memory=memory)(x, h, c, *weights)


def _without_biases(x, h, c, *weights):  # noqa: ANN001, ANN202
    return step()(x, h, c, *weights[:4], 0, 0, 0, 0)


def _borrowed(weights: bool, biases: bool) -> tuple[Wrong, ...]:
    """Return the cells in which one gate uses the W, the b or both of another gate."""
    wrong = []
    for k, m in permutations(range(3), 2):
        mine, other = "ifo"[k], "ifo"[m]
        taken = tuple(m if j == k else j for j in range(4))
        what = [f"{a}_{other}" for a, is_taken in (("W", weights), ("b", biases)) if is_taken]
        own = [name[:2] + mine for name in what]
        wrong.append(
            Wrong(  # 21
                answer=step(
                    order=taken if weights else (0, 1, 2, 3),
                    biases=taken if biases else (0, 1, 2, 3),
                ),
                cause=f"The {_NAMES[mine]} uses {' and '.join(what)}. Its own: "
                f"{' and '.join(own)}.",
                look="Read the line of that gate once more, letter by letter.",
            )
        )
    return tuple(wrong)


def _biases_swapped(k: int, m: int) -> Wrong:
    order = [0, 1, 2, 3]
    order[k], order[m] = m, k
    return Wrong(
        answer=step(biases=tuple(order)),
        cause=f"b_{'ifoc'[k]} and b_{'ifoc'[m]} have changed places. The weights are right.",
        look="Compare the letters of W and b in each line.",
    )


STEP_MISTAKES = (
    Wrong(
        answer=step(order=(1, 0, 2, 3)),
        cause="The input gate and the forget gate have changed places.",
    ),  # 1
    Wrong(
        answer=step(order=(2, 1, 0, 3)),
        cause="The input gate and the output gate have changed places.",
    ),  # 2
    Wrong(
        answer=step(order=(0, 2, 1, 3)),
        cause="The forget gate and the output gate have changed places.",
    ),  # 2
    Wrong(
        answer=step(order=(0, 0, 0, 3)), cause="All three gates use W_i and b_i. Each has its own."
    ),  # 21
    Wrong(
        answer=step(squash=sigmoid),
        cause="The candidate goes through σ. It needs both signs: tanh (eq. 4).",
    ),  # 3
    Wrong(
        answer=step(gate=np.tanh),
        cause="The gates go through tanh. A gate lies between 0 and 1: σ (eqs. 1 to 3).",
    ),  # 4
    Wrong(
        answer=step(shown=lambda o, c, p: o * c),
        cause="h_t lacks its tanh: equation 6 is o_t ⊙ tanh(c_t).",
    ),  # 5
    Wrong(
        answer=step(shown=lambda o, c, p: np.tanh(o * c)),
        cause="tanh is taken of the product "
        "o_t ⊙ c_t. Squash the memory first, then gate it (eq. 6).",
    ),  # 6
    Wrong(
        answer=step(memory=lambda f, c, i, g: np.tanh(f * c + i * g)),
        cause="c_t goes through tanh. The memory has no bound; tanh belongs to equation 6.",
    ),  # 7
    Wrong(
        answer=step(shown=lambda o, c, p: o * np.tanh(p)),
        cause="h_t shows c_prev, the memory of the step before. Equation 6 has c_t.",
    ),  # 8
    Wrong(
        answer=step(shown=lambda o, c, p: np.tanh(c)), cause="The output gate plays no part in h_t."
    ),  # 9
    Wrong(
        answer=step(memory=lambda f, c, i, g: f * c + (1 - f) * g),
        cause="You write a share of 1 - f_t. That ties the gates; the LSTM writes i_t ⊙ c̃_t.",
    ),  # 10
    Wrong(
        answer=step(memory=lambda f, c, i, g: f + c + i + g),
        cause="In c_t everything is added. A gate multiplies what it belongs to (eq. 5).",
    ),  # 11
    Wrong(
        answer=step(memory=lambda f, c, i, g: c + i * g),
        cause="The forget gate plays no part in c_t.",
    ),  # 12
    Wrong(
        answer=step(memory=lambda f, c, i, g: (1 - f) * c + i * g),
        cause="The old memory is multiplied by 1 - f_t. f = 1 means keep.",
    ),  # 13
    Wrong(
        answer=step(reads="c"),
        cause="The gates read c_prev. They read h_prev: what is shown, not what is held.",
    ),  # 15
    Wrong(
        answer=step(joined=lambda h, x: join(x, h)),
        cause="x_t comes before h_prev in your joined vector. The equations have [h_prev, x_t].",
    ),  # 17
    Wrong(
        answer=step(joined=lambda h, x: np.concatenate([h, x], axis=0)),
        cause="Right for one "
        "vector, but with a batch you join along the wrong axis: h and x stand side by side in "
        "a row, axis=-1.",
    ),  # 18
    Wrong(
        answer=step(joined=lambda h, x: np.stack([h, x])),
        cause="np.stack puts arrays on top of "
        "each other. [h_prev, x_t] is one longer row: np.concatenate.",
    ),  # 19
    Wrong(
        answer=step(gate=lambda a: (a > 0).astype(float)),
        cause="The gates are cut to 0 or 1. They stay soft.",
    ),  # 23
    Wrong(answer=_without_biases, cause="The biases are missing."),  # 22
    Wrong(answer=_in_place, cause="The values are right, but c_prev is changed in place."),  # 25
    Wrong(
        answer=lambda *a: step()(*a)[::-1],
        cause="The two results have changed places: h_t first, then c_t.",
    ),
    Wrong(
        answer=lambda *a: step()(*a)[0],
        cause="Only h_t comes back. The next step needs c_t as well.",
    ),
    *_borrowed(weights=True, biases=True),
    *_borrowed(weights=True, biases=False),
    *_borrowed(weights=False, biases=True),
    *(_biases_swapped(k, m) for k, m in combinations(range(4), 2)),
    Wrong(  # 11
        answer=step(shown=lambda o, c, p: o + np.tanh(c)),
        cause="o_t is added to tanh(c_t). A gate multiplies: h_t = o_t ⊙ tanh(c_t) (eq. 6).",
    ),
    Wrong(
        answer=step(shown=lambda o, c, p: o * sigmoid(c)),
        cause="h_t takes σ of c_t. Equation 6 has tanh, so that h_t has both signs.",
    ),
    Wrong(  # 12
        answer=step(memory=lambda f, c, i, g: f * c + g),
        cause="The input gate plays no part in c_t.",
    ),
    Wrong(
        answer=step(memory=lambda f, c, i, g: f * (c + i * g)),
        cause="f_t multiplies the new content as well. It belongs to c_prev alone: "
        "f_t ⊙ c_{t-1} + i_t ⊙ c̃_t (eq. 5).",
    ),
    Wrong(
        answer=step(squash=lambda a: a),
        cause="The candidate lacks its tanh (eq. 4).",
    ),
    Wrong(
        answer=step(gate=lambda a: a),
        cause="The gates lack their σ (eqs. 1 to 3): a gate lies between 0 and 1.",
    ),
)


def _case(rng: np.random.Generator, batch: tuple, D: int, H: int, label: str, biases: bool) -> Case:
    inputs = {
        "x_t": rng.normal(size=(*batch, D)),
        "h_prev": rng.uniform(-1, 1, (*batch, H)),
        "c_prev": rng.normal(0, 1.5, (*batch, H)),
    }
    inputs |= {f"W_{g}": rng.normal(size=(H + D, H)) for g in "ifoc"}
    inputs |= {f"b_{g}": rng.normal(size=H) for g in "ifoc"} if biases else {}
    return Case(inputs=inputs, label=label)


_EXAMPLE = Case(
    inputs={"x_t": ex.x_t, "h_prev": ex.h_prev, "c_prev": ex.c_prev}
    | {f"W_{g}": getattr(ex, f"W_{g}") for g in "ifoc"}
    | {f"b_{g}": getattr(ex, f"b_{g}") for g in "ifoc"},
    label="",
    shown=("x_t", "h_prev", "c_prev"),
    note="weights as in the lessons",
)


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


def _broken(joined: Callable, shown: Callable) -> Callable:
    """Return the cell without biases, with its join and its read-out of the memory."""

    def mended(x, h, c, W_i, W_f, W_o, W_c):  # noqa: ANN001, ANN202
        return step(joined=joined, shown=shown)(x, h, c, W_i, W_f, W_o, W_c, 0, 0, 0, 0)

    return mended


def _interleaved(h: np.ndarray, x: np.ndarray) -> np.ndarray:
    return np.stack([h, x], axis=-1).reshape(*h.shape[:-1], -1)


def _bare(o: np.ndarray, c: np.ndarray, c_prev: np.ndarray) -> np.ndarray:
    return o * c


def _tanh_kept(*inputs):  # noqa: ANN002, ANN202
    h_t, c_t = _broken(join, _tanh_memory)(*inputs)
    return h_t, np.tanh(c_t)


EXERCISES = (
    WriteFunction(
        id="lstm-step",
        notebook=NOTEBOOK,
        asks_for=("lstm_step",),
        points=4,
        minutes=10,
        answer=step(),
        example=_EXAMPLE,
        draw=lambda rng: [
            _case(rng, (), 4, 3, "one vector, D = 4, H = 3", True),
            _case(rng, (5,), 2, 3, "a batch of 5, D = 2, H = 3", True),
        ],
        returns=("h_t", "c_t"),
        hints=(
            "Seven lines: join, three gates, the candidate, equation 5, equation 6.",
            "The four blocks read the same z_t; they differ in W, b and in σ or tanh.",
            "Last comes h_t, from the new c_t. Return h_t first, then c_t.",
        ),
        look="Print i, f, o, c̃ and compare: [0.88, 0.27], [0.27, 0.88], [0.73, 0.27], "
        "[0.76, -0.76].",
        passed="You have written an LSTM. Run it over a sentence in a loop.",
        wrong=STEP_MISTAKES,
    ),
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
    WriteFunction(
        id="broken-cell",
        notebook=NOTEBOOK,
        asks_for=("cell_mended",),
        kind="find the bug",
        points=3,
        minutes=7,
        answer=_broken(join, _tanh_memory),
        example=Case(
            inputs={
                "x_t": np.array([3.0, 4.0]),
                "h_prev": np.array([1.0, 2.0]),
                "c_prev": np.array([1.0, -1.0]),
            }
            | {f"W_{g}": 0.1 * np.array([[1.0, 0], [0, 2], [-1, 0], [0, 1]]) for g in "ifoc"},
            label="",
            shown=("x_t", "h_prev", "c_prev"),
            note="every W = [[0.1, 0], [0, 0.2], [-0.1, 0], [0, 0.1]]",
        ),
        draw=lambda rng: [
            _case(rng, (), 3, 3, "one vector, D = H = 3", False),
            _case(rng, (4,), 3, 3, "a batch of 4, D = H = 3", False),
            _case(rng, (4,), 2, 3, "a batch of 4, D = 2, H = 3", False),
        ],
        returns=("h_t", "c_t"),
        hints=(
            "Print z_t for the h and x above. In which order do the four numbers stand?",
            "np.concatenate along the last axis gives [h, x]. No reshape is needed.",
            "Then compare the last line with equation 6.",
        ),
        look="z_t must be [1, 2, 3, 4] here. What is yours?",
        passed="Only a comparison with numbers finds this one: shapes, ranges and training all "
        "look normal.",
        wrong=(
            Wrong(
                answer=_broken(_interleaved, _bare),
                cause="This does the same as cell_broken: both bugs are still there.",
            ),
            Wrong(
                answer=_broken(join, _bare),
                cause="The join is right now. h_t still lacks its tanh (eq. 6).",
            ),
            Wrong(
                answer=_broken(_interleaved, _tanh_memory),
                cause="The tanh is in place now. z_t still has h and x in turn: h1, x1, h2, x2.",
            ),
            Wrong(
                answer=lambda *a: _broken(join, _tanh_memory)(*a)[::-1],
                cause="Both bugs are gone. The two results have changed places: h_t first, then "
                "c_t.",
            ),
            Wrong(
                answer=_broken(join, lambda o, c, p: o + np.tanh(c)),
                cause="The join is right, and the tanh is there. o_t multiplies it; you add o_t.",
            ),
            Wrong(
                answer=_tanh_kept,
                cause="h_t is right. The c_t that you return has been through tanh: return the "
                "memory itself.",
            ),
            Wrong(
                answer=_broken(lambda h, x: np.stack([h, x]), _tanh_memory),
                cause="np.stack still puts h and x on top of each other. [h, x] is one longer row.",
            ),
            Wrong(
                answer=_broken(lambda h, x: join(x, h), _tanh_memory),
                cause="They are joined now, but x_t comes before h_prev.",
            ),
            Wrong(
                answer=_broken(join, lambda o, c, p: np.tanh(o * c)),
                cause="tanh is taken of the "
                "product. Squash the memory first, then gate it (eq. 6).",
            ),
            Wrong(
                answer=_broken(lambda h, x: np.concatenate([h, x]), _tanh_memory),
                cause="Right "
                "for one vector. With a batch the join must run along the row: axis=-1.",
            ),
        ),
    ),
)
