"""Exercises of lesson 03: decide what to write."""

import numpy as np

from .. import running_example as ex
from ..equations import sigmoid
from .gates import THE_COURSES, draw_gate, example_case, input_gate, join
from .model import Case, Finding, Predict, SetValues, WriteFunction, Wrong
from .slips import Instead

NOTEBOOK = "03-input-gate"
SHUT_FOR = ("cat", "which", "already", "ate", "was", "were")


def _judge_plural_nouns(w: np.ndarray, b: np.ndarray) -> Finding | None:
    """Open the gate for every word and report the first that comes out wrong."""
    gate = {word: float(sigmoid(np.dot(ex.WORDS[word], w) + b)) for word in ("cats", *SHUT_FOR)}
    shown = "   ".join(f"{word} {value:.2f}" for word, value in gate.items())
    asked = "cats 0.90 or more, all others 0.10 or less"
    if gate["cats"] < 0.9:
        return Finding(
            cause="The gate does not open far enough for cats.",
            got=shown,
            expected=asked,
            look="Which weights add up for cats? Noun, plural and b.",
        )
    for word in SHUT_FOR:
        if gate[word] > 0.1:
            return Finding(
                cause=f"The gate is open for {word}.",
                got=shown,
                expected=asked,
                look=f"{word} is {ex.WORDS[word]}. Which weights does it use?",
            )
    return None


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
        hints=(
            "z_t = [h_prev, x_t] has H + D numbers for each sentence.",
            "z_t has shape (N, H + D). What must W_i be, so that z_t @ W_i gives one number "
            "per unit for each sentence?",
        ),
        look="Write (N, H + D) @ (?, ?) -> (N, H) and put the numbers in.",
        passed="You can say the shapes before you run the code. What is the shape of b_i?",
        wrong=(
            Wrong(
                answer=(4, 14, 32, 4),
                cause="W_i is turned around. Papers write W z with "
                "columns; here rows are samples, so it is z_t @ W_i.",
            ),
            Wrong(
                answer=(10, 4, 32, 4),
                cause="W_i has rows for x_t only. The gate also listens to h_prev: H + D rows.",
            ),
            Wrong(answer=(14, 4, 4, 32), cause="i_t is turned around: rows are samples."),
            Wrong(
                answer=(14, 10, 32, 10),
                cause="There is one gate value per unit, not one per number of the input.",
            ),
            Wrong(
                answer=(14, 4, 1, 4),
                cause="i_t has one row here. Each of the 32 sentences has gate values of its own.",
            ),
            Wrong(
                answer=(14, 14, 32, 4),
                cause="W_i has one column per unit, so H columns: z_t (N, H + D) becomes (N, H).",
            ),
            Wrong(answer=(40, 4, 32, 4), cause="h and x are joined, not multiplied: H + D rows."),
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
        points=2,
        minutes=6,
        shapes=((3,), ()),
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
    Predict(
        id="why-h",
        notebook=NOTEBOOK,
        asks_for=("sentence",),
        points=2,
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
                cause="already is [0, 0, 0]: it gets -1, and the gate stays nearly shut.",
            ),
            Wrong(
                answer="c",
                cause="ate is a verb, [0, 0, 1], and W_i has 0 for it in unit 1: "
                "the gate stays nearly shut.",
            ),
            Wrong(
                answer="d",
                cause="cat as a subject and dog in a clause are the same three "
                "numbers. Without h the gate cannot tell them apart.",
            ),
        ),
    ),
)
