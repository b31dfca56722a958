"""One step, written from the equations.

Numbers in comments are those of the course's list of wrong answers.
"""

from itertools import combinations, permutations

import numpy as np

from ... import running_example as ex
from ...equations import sigmoid
from ..gates import join
from ..model import Case, WriteFunction, Wrong
from .cell import step, step_case

NOTEBOOK = "10-the-whole-cell"
_NAMES = {"i": "input gate", "f": "forget gate", "o": "output gate"}


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

_EXAMPLE = Case(
    inputs={"x_t": ex.x_t, "h_prev": ex.h_prev, "c_prev": ex.c_prev}
    | {f"W_{g}": getattr(ex, f"W_{g}") for g in "ifoc"}
    | {f"b_{g}": getattr(ex, f"b_{g}") for g in "ifoc"},
    label="",
    shown=("x_t", "h_prev", "c_prev"),
    note="weights as in the lessons",
)


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
            step_case(rng, (), 4, 3, "one vector, D = 4, H = 3", True),
            step_case(rng, (5,), 2, 3, "a batch of 5, D = 2, H = 3", True),
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
)
