"""Exercises of lesson 03: decide what to write."""

import numpy as np
from numpy.typing import NDArray

from .. import running_example as ex
from ..equations import sigmoid
from .gates import THE_COURSES, draw_gate, example_case, input_gate, join
from .model import ROUNDING, Case, Finding, Predict, SetValues, WriteFunction, Wrong
from .slips import Instead
from .typed import side_by_side
from .whole_cell import judge_subjects

NOTEBOOK = "03-input-gate"
SHUT_FOR = ("cat", "which", "already", "ate", "was", "were")


def _judge_plural_nouns(w: np.ndarray, b: np.ndarray) -> Finding | None:
    """Open the gate for every word and report the first that comes out wrong."""
    gate = {word: float(sigmoid(np.dot(ex.WORDS[word], w) + b)) for word in ("cats", *SHUT_FOR)}
    shown = side_by_side(gate, 0.9, 0.1)
    asked = "cats 0.90 or more, all others 0.10 or less"
    if gate["cats"] < 0.9 - ROUNDING:
        return Finding(
            cause="The gate does not open far enough for cats.",
            got=shown,
            expected=asked,
            look="Which weights add up for cats? Noun, plural and b.",
        )
    for word in SHUT_FOR:
        if gate[word] > 0.1 + ROUNDING:
            return Finding(
                cause=f"The gate is open for {word}.",
                got=shown,
                expected=asked,
                look=f"{word} is {ex.WORDS[word]}. Which weights does it use?",
            )
    return None


_ROWS = {
    4: "W_i has H rows only, those for h_prev; x_t has its own, so there are H + D.",
    10: "W_i has D rows only, those for x_t. The gate also listens to h_prev: H + D rows.",
    40: "h and x are joined, not multiplied: W_i has H + D rows.",
    42: "W_i has N + D rows. The 32 sentences are rows of z_t; W_i has H + D rows.",
    46: "W_i has N + H + D rows. The 32 sentences are rows of z_t; W_i has H + D rows.",
    32: "W_i has N rows. It is the same for all 32 sentences, and has H + D rows.",
    15: "W_i has H + D + 1 rows. The bias b_i stands by itself.",
}
_COLUMNS = {
    14: "W_i has H + D columns. One column per unit makes one gate value per unit: H.",
    10: "W_i has D columns. One column per unit makes one gate value per unit: H.",
    1: "W_i has one column. Each of the 4 units has a gate value, so a column, of its own.",
    16: "W_i has 4H columns, those of all four blocks. Asked is W_i alone.",
    32: "W_i has N columns. It has one per unit: H.",
}
_GATES = {
    (4, 32): "i_t is turned around: rows are samples.",
    (32, 14): "There is one gate value per unit, not one per number of z_t.",
    (32, 10): "There is one gate value per unit, not one per number of the input.",
    (1, 4): "i_t has one row here. Each of the 32 sentences has gate values of its own.",
    (32, 1): "i_t has one column here. Each of the 4 units has a gate value of its own.",
    (4, 1): "i_t has no row for each sentence here: N rows, one per sentence, and H columns.",
    (14, 4): "This is the shape of W_i once more. i_t has one row per sentence: N.",
}


_SHAPES = (
    (4, 14, 32, 4),
    (10, 4, 32, 4),
    (14, 4, 4, 32),
    (14, 10, 32, 10),
    (14, 4, 1, 4),
    (14, 14, 32, 4),
    (40, 4, 32, 4),
    (4, 14, 4, 32),
)


def _explain_shapes(shapes: NDArray) -> str:
    """Say what is wrong with W_i's two numbers and with i_t's, each by itself."""
    rows, columns, *gate = shapes.tolist()
    if (rows, columns) == (4, 14):
        weights = ["W_i is turned around: rows are samples, so it is z_t @ W_i."]
    else:
        weights = [_ROWS.get(rows, ""), _COLUMNS.get(columns, "")]
    said = [*weights, _GATES.get(tuple(gate), "")]
    if not any(said):
        return ""
    if not any(weights) and (rows, columns) != (14, 4):
        said.append("W_i is not right either.")
    if not said[len(weights)] and gate != [32, 4]:
        said.append("i_t is not right either.")
    return " ".join(filter(None, said))


def _batch(rng: np.random.Generator, N: int, H: int, D: int) -> Case:
    W, b = rng.normal(size=(H + D, H)), rng.normal(size=H)
    inputs = {
        "h_prev": rng.uniform(-1, 1, (N, H)),
        "x_t": rng.normal(size=(N, D)),
        "W_i": W,
        "b_i": b,
    }
    return Case(inputs=inputs, label=f"a batch of {N} rows, H = {H}, D = {D}")


def gate_broken(h_prev, x_t, W_i, b_i):
    """Return what the broken one of the notebook does."""
    return sigmoid(join(x_t, h_prev) @ W_i + b_i.reshape(-1, 1))


EXERCISES = (
    Predict(
        id="input-gate-shapes",
        notebook=NOTEBOOK,
        asks_for=("shapes",),
        points=1,
        minutes=3,
        answer=(14, 4, 32, 4),
        explain=_explain_shapes,
        hints=(
            "z_t = [h_prev, x_t] has H + D numbers for each sentence.",
            "z_t has shape (N, H + D). What must W_i be, so that z_t @ W_i gives one number "
            "per unit for each sentence?",
        ),
        look="Write (N, H + D) @ (?, ?) -> (N, H) and put the numbers in.",
        passed="You can say the shapes before you run the code. What is the shape of b_i?",
        wrong=tuple(
            Wrong(answer=shapes, cause=_explain_shapes(np.array(shapes))) for shapes in _SHAPES
        ),
    ),
    WriteFunction(
        id="input-gate",
        notebook=NOTEBOOK,
        asks_for=("input_gate",),
        points=2,
        minutes=5,
        answer=input_gate,
        example=example_case("i"),
        draw=draw_gate("i"),
        returns=("i_t",),
        hints=(
            "Four words: join, multiply, add, squash.",
            "np.concatenate([h_prev, x_t], axis=-1) joins along a row, for a vector and a batch.",
            "With z_t for the joined rows, the sum is z_t @ W_i + b_i. `sigmoid` does the rest.",
        ),
        look="Compare a_i with your pencil: it is [2, -1] here.",
        passed="You have written the first of the seven equations. "
        "Try it with the word ate in place of cats.",
        course=THE_COURSES,
    ),
    SetValues(
        id="plural-nouns-only",
        notebook=NOTEBOOK,
        asks_for=("w", "b"),
        points=1,
        minutes=6,
        shapes=((3,), ()),
        limits=True,
        judge=_judge_plural_nouns,
        right=(([6, 6, 0], -9), ([10, 10, 0], -15), ([5, 5, -3], -7.5), ([12, 8, 1], -15)),
        hints=(
            "cat and cats differ in one number; were and cats in two. No single number tells "
            "cats from all others.",
            "Let noun and plural each push half of the way, and let b hold against either alone.",
            "With w = [s, s, 0]: cats gets 2s + b, cat gets s + b. One shall be above 2.2, "
            "the other below -2.2.",
        ),
        look="Compute x · w + b for each word with a pencil.",
        passed="You have built a unit that asks for two things at once. "
        "Can you build one that asks for either of two?",
        wrong=(
            Wrong(
                answer=([6, 0, 0], -3),
                cause="The gate is open for every noun. It must ask for plural as well.",
            ),
            Wrong(
                answer=([0, 6, 0], -3),
                cause="The gate is open for every plural word, were "
                "included. It must ask for a noun as well.",
            ),
            Wrong(
                answer=([6, 6, 0], -3),
                cause="This asks for noun or plural. One of them alone "
                "must not be enough: b has to hold against it.",
            ),
            Wrong(
                answer=([6, 6, 0], 0),
                cause="Without a bias the gate stands half open when "
                "nothing pushes: already gets σ(0) = 0.5.",
            ),
            Wrong(
                answer=([1, 1, 0], -1.5),
                cause="The direction is right, but the weights are "
                "too small: σ needs about ±2.2 to come below 0.1 or above 0.9.",
            ),
        ),
    ),
    WriteFunction(
        id="gate-for-a-batch",
        notebook=NOTEBOOK,
        asks_for=("gate_mended",),
        kind="find the bug",
        points=2,
        minutes=6,
        answer=input_gate,
        example=Case(
            inputs={
                "h_prev": np.tile(ex.h_prev, (2, 1)),
                "x_t": np.array([[1.0, 1, 0], [1, 0, 0]]),
                "W_i": ex.W_i,
                "b_i": ex.b_i,
            },
            label="",
            shown=("h_prev", "x_t"),
            note="W_i, b_i as above",
        ),
        draw=lambda rng: [_batch(rng, 3, 3, 2), _batch(rng, 5, 3, 4), _batch(rng, 1, 2, 3)],
        returns=("i_t",),
        hints=(
            "Print z_t. Which numbers stand first?",
            "Print b_i.reshape(-1, 1) and its shape. What does NumPy add to which row?",
            "The bias of unit 2 belongs to column 2. A plain b_i of shape (H,) is added to "
            "every row.",
        ),
        look="Follow row 1 with a pencil: z_t, then a_i = [2, -1].",
        passed="Both bugs gave numbers between 0 and 1 and no error. "
        "Broadcasting is a help when you know which way it goes.",
        instead=(
            Instead(
                "i_t",
                "sigmoid(z_t @ W_i + b_i.reshape(-1, 1))",
                "b_i.reshape(-1, 1) gives each row one number: with N = H it passes silently, "
                "otherwise NumPy stops. Each unit has a bias of its own.",
            ),
            Instead(
                "i_t",
                "sigmoid(join(x_t, h_prev) @ W_i + b_i)",
                "x_t comes before h_prev in the joined rows.",
            ),
            Instead(
                "i_t",
                "sigmoid((z_t @ W_i + b_i)[:1])",
                "Only the first row comes back; each sample needs its own.",
            ),
        ),
        course=THE_COURSES,
        wrong=(
            Wrong(
                answer=gate_broken,
                cause="This does the same as gate_broken: both bugs are still there.",
            ),
        ),
    ),
    SetValues(
        id="write-the-subject",
        notebook=NOTEBOOK,
        asks_for=("weights", "bias"),
        kind="design",
        points=2,
        minutes=8,
        shapes=((5,), ()),
        limits=True,
        judge=judge_subjects,
        right=(
            ([0, 8, 4, 0, 0], -5),
            ([0, 16, 0, 0, 0], -4),
            ([0, 12, 4, 0, 0], -6),
            ([0, 10, 3, 0, 0], -5),
        ),
        hints=(
            "Start from the lesson's weights and print the gate at cats and at dog.",
            "A subject and a noun in the clause differ in h of unit 2: 0.5 there, about -0.3 here.",
            "A larger weight from h of unit 2 pulls the two apart. Then move the bias so that "
            "one sum is above 2.2 and the other below -3.",
        ),
        look="Compute a_i for a subject, h = [-0.5, 0.5], and for a noun in the clause, "
        "h = [0.1, -0.3].",
        passed="The number is now safe from four sentences. Does it survive the cats which "
        "already ate the fish were full? Exercise 06 comes back to it.",
        wrong=(
            Wrong(
                answer=([0, 4, 3, 0, 0], -3),
                cause="These are the lesson's weights: at dog the gate stands at 0.22, and a "
                "fifth of it is written.",
            ),
            Wrong(
                answer=([0, 0, 6, 0, 0], -3),
                cause="This asks for a noun and not for the place: dog is written over cats.",
            ),
            Wrong(
                answer=([8, 0, 4, 0, 0], -5),
                cause="This listens to h of unit 1, the number. Where we are is h of unit 2.",
            ),
            Wrong(
                answer=([0, -8, 4, 0, 0], -5),
                cause="The sign is turned: this opens inside the clause and shuts outside it.",
            ),
            Wrong(
                answer=([0, 0, 0, 6, 0], -3),
                cause="This opens for plural words, wherever they stand: cat is not written, "
                "and dogs in the clause is.",
            ),
            Wrong(
                answer=([0, 0, 0, 0, 0], 5),
                cause="This opens at every word, so dog is written over cats.",
            ),
        ),
    ),
    Predict(
        id="why-h",
        notebook=NOTEBOOK,
        asks_for=("sentence",),
        points=1,
        minutes=5,
        answer="b",
        choices="abcd",
        hints=(
            "Compute a_i of unit 1 for a noun and for any other word, with the new row and bias.",
            "A noun gets 3 - 1 = 2 wherever it stands; any other word gets -1.",
        ),
        look="Where in these sentences does a noun stand that is not the subject?",
        passed="The gate needs h because the word alone does not say where it stands.",
        wrong=(
            Wrong(
                answer="a",
                cause="already is [0, 0, 0]: it gets -1, a gate of 0.27, and it offers no number "
                "to unit 1.",
            ),
            Wrong(
                answer="c",
                cause="ate is a verb, [0, 0, 1], and W_i has 0 for it in unit 1: "
                "a gate of 0.27, and a verb offers no number to unit 1.",
            ),
            Wrong(
                answer="d",
                cause="cat as a subject and dog in a clause are the same three "
                "numbers. Without h the gate cannot tell them apart.",
            ),
        ),
    ),
)
