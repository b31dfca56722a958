"""Exercises of lesson 05: choose what to show."""

import numpy as np

from .. import running_example as ex
from ..equations import sigmoid
from .gates import THE_COURSES, draw_gate, example_case, join, output_gate
from .model import ROUNDING, Case, Finding, Predict, SetValues, WriteFunction, Wrong
from .slips import Instead
from .typed import plainly, side_by_side
from .whole_cell import judge_shown

NOTEBOOK = "05-output-gate"
MAIN, CLAUSE = [0.3, 0.5], [0.1, -0.3]
PLACES = {
    "cats": MAIN,
    "which": MAIN,
    "already": CLAUSE,
    "ate": CLAUSE,
    "were": MAIN,
    "full": MAIN,
}
VERBS = ("ate", "were")


def _judge_verbs(w: np.ndarray, b: np.ndarray) -> Finding | None:
    """Compute the gate at each word and report the first that is wrong, verbs first."""
    gate = {
        word: float(sigmoid(np.dot([*h, *ex.WORDS[word]], w) + b)) for word, h in PLACES.items()
    }
    shown = side_by_side(gate, 0.9, 0.2)
    asked = "ate and were 0.90 or more, all others 0.20 or less"
    for word in VERBS:
        if gate[word] < 0.9 - ROUNDING:
            cause = f"The number is not shown at {word}."
            return Finding(cause=cause, got=shown, expected=asked)
    for word in PLACES:
        if word not in VERBS and gate[word] > 0.2 + ROUNDING:
            share = plainly(gate[word], 0.2)
            cause = f"The number is shown at {word}: {share}, and 0.20 is the most here."
            return Finding(cause=cause, got=shown, expected=asked)
    return None


def three_gates(h_prev, x_t, W_i, W_f, W_o, b_i, b_f, b_o):  # noqa: ANN001, ANN201
    """Return i_t, f_t, o_t (eqs. 1 to 3)."""
    z_t = join(h_prev, x_t)
    i_t = sigmoid(z_t @ W_i + b_i)
    f_t = sigmoid(z_t @ W_f + b_f)
    o_t = sigmoid(z_t @ W_o + b_o)
    return i_t, f_t, o_t


def _draw_three(rng: np.random.Generator) -> list[Case]:
    cases = []
    for batch, label in (((), "one vector, H = 3, D = 4"), ((5,), "a batch of 5, H = 3, D = 4")):
        inputs = {"h_prev": rng.uniform(-1, 1, (*batch, 3)), "x_t": rng.normal(size=(*batch, 4))}
        inputs |= {f"W_{g}": rng.normal(size=(7, 3)) for g in "ifo"}
        inputs |= {f"b_{g}": rng.normal(size=3) for g in "ifo"}
        cases.append(Case(inputs=inputs, label=label))
    return cases


_EXAMPLE_THREE = Case(
    inputs={"h_prev": ex.h_prev, "x_t": ex.x_t}
    | {f"W_{g}": getattr(ex, f"W_{g}") for g in "ifo"}
    | {f"b_{g}": getattr(ex, f"b_{g}") for g in "ifo"},
    label="",
    shown=("h_prev", "x_t"),
    note="weights as in the lessons",
)


EXERCISES = (
    WriteFunction(
        id="output-gate",
        notebook=NOTEBOOK,
        asks_for=("output_gate",),
        points=1,
        minutes=3,
        answer=output_gate,
        example=example_case("o"),
        draw=draw_gate("o"),
        returns=("o_t",),
        hints=(
            "It is the input gate with other weights.",
            "Join along the last axis, multiply by W_o, add b_o, send it through sigmoid.",
            "Your forget_gate of exercise 04 has every line you need; three names change.",
        ),
        look="Compare a_o with your pencil: it is [1, -1] here.",
        passed="All three gates are yours now. Try it with the word which: what is hidden?",
        course=THE_COURSES,
    ),
    WriteFunction(
        id="three-gates",
        notebook=NOTEBOOK,
        asks_for=("three_gates",),
        points=2,
        minutes=6,
        answer=three_gates,
        example=_EXAMPLE_THREE,
        draw=_draw_three,
        returns=("i_t", "f_t", "o_t"),
        hints=(
            "Compute z_t once. What is left is the same line three times.",
            "A small function inside yours, of W and b, can use z_t.",
            "return first, second, third gives back three arrays; mind the order i, f, o.",
        ),
        look="Check each gate alone: i is [0.88, 0.27], f is [0.27, 0.88], o is [0.73, 0.27].",
        passed="One line of mathematics, three gates. Could one product with W_i, W_f and W_o "
        "side by side do it? Lesson 16 does that.",
        instead=(
            Instead(
                "return",
                "np.concatenate([i_t, f_t, o_t], axis=-1)",
                "Your function returns one long array. Return three: i_t, f_t, o_t.",
            ),
        ),
        builds_on=("output-gate",),
    ),
    SetValues(
        id="show-at-the-verb",
        notebook=NOTEBOOK,
        asks_for=("w", "b"),
        points=2,
        minutes=6,
        shapes=((5,), ()),
        limits=True,
        judge=_judge_verbs,
        right=(
            ([0, 0, 0, 0, 6], -3),
            ([0, 0, 0, 0, 10], -5),
            ([0, 0, -2, 0, 7], -3),
            ([0, 1, 0, 0, 6], -3),
        ),
        hints=(
            "Which of the five numbers tells a verb from all the other words?",
            "clause is +1 at a verb, 0 at most words and -1 at which. One weight and the bias "
            "can do it.",
            "With a weight s on clause: a verb gets s + b, any other word b or less. "
            "One shall be above 2.2, the other below -1.4.",
        ),
        look="Compute z · w + b for ate and for already with a pencil.",
        passed="The unit keeps quiet until it is needed. A trained network finds such a gate by "
        "itself, if it helps to predict the verb.",
        wrong=(
            Wrong(
                answer=([0, 0, 0, 0, 6], 0),
                cause="Without a bias the gate stands at 0.5 when nothing pushes: already shows "
                "half of the number.",
            ),
            Wrong(
                answer=([0, 0, 0, 6, 0], -3),
                cause="This opens at plural words. ate is a verb without a plural ending, and "
                "cats is plural without being a verb.",
            ),
            Wrong(
                answer=([0, 0, 0, 0, -6], -3),
                cause="The sign is turned: this opens at which and shuts at verbs.",
            ),
            Wrong(
                answer=([0, 0, 0, 0, 3], -1.5),
                cause="The direction is right, but the weight is too small to open the gate to "
                "0.9.",
            ),
            Wrong(
                answer=([2, 0, 0, 0, 3], 0),
                cause="These are the lesson's weights with h1 for h2 and no bias: they show the "
                "number at cats, too.",
            ),
        ),
    ),
    SetValues(
        id="show-it-once",
        notebook=NOTEBOOK,
        asks_for=("o_number", "o_clause"),
        kind="design",
        points=2,
        minutes=8,
        shapes=((5,), (5,)),
        judge=judge_shown,
        right=(
            ([0, 0, 0, 0, 1], [0, 0, 1, 0, 0]),
            ([0, 0, 0, 0, 1], [0, 0.2, 0.8, 0, 0]),
            ([0.1, 0, 0, 0, 0.9], [0, 0, 0.9, 0, 0.1]),
        ),
        hints=(
            "What does the verb read, and after which word? That is where unit 1 must show.",
            "Unit 2 keeps dog out by way of the gates at dog. They read h of the word before.",
            "The word before dog is the. Put all of o_clause there.",
        ),
        look="Read the sentence with your gates, word by word: where does c of unit 1 change?",
        passed="Each unit is seen at one word, the one where somebody reads it. All other times "
        "it is held and hidden.",
        wrong=(
            Wrong(
                answer=([0, 0, 0, 0, 1], [0, 0, 0, 1, 0]),
                cause="o_clause opens at dog itself. The gates at dog read h of the word before, "
                "and there the clause is hidden.",
            ),
            Wrong(
                answer=([0, 0, 0, 0, 1], [0, 1, 0, 0, 0]),
                cause="o_clause opens at which, and the gates at the read it. At dog they read "
                "what was shown at the.",
            ),
            Wrong(
                answer=([0, 0, 0, 0, 1], [0, 0, 0, 0, 0]),
                cause="Unit 2 never shows the clause, so the gates let dog in.",
            ),
            Wrong(
                answer=([0, 0, 0, 0, 1], [0.2, 0.2, 0.2, 0.2, 0.2]),
                cause="A fifth of the clause at every word is too little at the one word that "
                "counts.",
            ),
            Wrong(
                answer=([1, 0, 0, 0, 0], [0, 0, 1, 0, 0]),
                cause="The number is shown at cats and hidden after saw, where the verb reads it.",
            ),
            Wrong(
                answer=([0, 0, 0, 0, 0], [0, 0, 1, 0, 0]),
                cause="The number is held and never shown: was and were stay equally likely.",
            ),
            Wrong(
                answer=([1, 1, 1, 1, 1], [1, 1, 1, 1, 1]),
                cause="Everything is shown at every word. Each unit has 1 to spend on five words.",
            ),
        ),
    ),
    Predict(
        id="hidden-or-gone",
        notebook=NOTEBOOK,
        asks_for=("statement",),
        points=1,
        minutes=3,
        answer="b",
        choices="abcd",
        hints=(
            "Which of the two gates multiplies c on its way to the next step?",
            "c_t = f · c_{t-1} when nothing is written. The output gate does not stand in it.",
        ),
        look="Write c down after each of the three steps, once for f = 0 and once for o = 0.",
        passed="Hiding and forgetting are two things. What would f = 0.5 for three steps leave?",
        wrong=(
            Wrong(answer="a", cause="f = 0 erases the memory at once: c = 0 · 1 = 0."),
            Wrong(
                answer="c",
                cause="The forget gate acts on c itself. What it erased does not come back when "
                "it opens.",
            ),
            Wrong(
                answer="d",
                cause="h = 0 only says that nothing is shown. c is multiplied by f, never by o.",
            ),
        ),
    ),
)
