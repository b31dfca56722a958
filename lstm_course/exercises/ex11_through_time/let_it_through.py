"""Set a forget gate so that the gradient of one unit arrives and that of the other does not."""

import numpy as np
from numpy.typing import NDArray

from ... import running_example as ex
from ...cell import Step
from ...equations import softmax
from ...plots.diagram.backward import read_forward, right_verb
from ..model import ROUNDING, Finding, SetValues, Wrong
from ..typed import plainly
from .inputs import NOTEBOOK

SENTENCES = ("the cats which the dog saw", "the cat which the dogs saw")
AT_LEAST, AT_MOST = 0.9, 0.01  # of the gradient at the last word: unit 1, unit 2


def _read(W_f: NDArray, b_f: NDArray, sentence: str) -> tuple[list[str], list[Step]]:
    """Read a sentence with another forget gate."""
    params, words = ex.params(), sentence.split()[1:]
    params.W_f[:], params.b_f[:] = W_f, b_f
    return words, read_forward(words, params)


def _smallest(words: list[str], steps: list[Step], unit: int) -> str:
    """Say at which word after the first the forget gate of a unit is most shut."""
    fs = np.array([step.f_t[unit] for step in steps[1:]])
    return f'{fs.min():.2f}, at "{words[1 + int(fs.argmin())]}"'


def _misread(W_f: NDArray, b_f: NDArray, sentence: str) -> Finding | None:
    """Say which verb a sentence gets when it is the wrong one, and what is in the memory."""
    words, steps = _read(W_f, b_f, sentence)
    y, right = softmax(steps[-1].h_t @ ex.W_y + ex.b_y), right_verb(words)
    if y[right] > y[1 - right]:
        return None
    cause = f'After "{sentence}" the cell prefers {ex.CLASSES[1 - right]}. '
    if steps[0].f_t[0] > 0.5:
        cause += (
            f'At "{words[0]}" f of unit 1 is {steps[0].f_t[0]:.2f}: '
            "the subject of the sentence before stays in the memory."
        )
    else:
        cause += f"The smallest f of unit 1 after the subject is {_smallest(words, steps, 0)}."
    shown = "   ".join(f"{word} {step.c_t[0]:.2f}" for word, step in zip(words, steps, strict=True))
    return Finding(cause=cause, got=f"c of unit 1: {shown}")


def _judge(W_f: NDArray, b_f: NDArray) -> Finding | None:
    """Read both sentences, then follow the gradient along c from the last word to the first."""
    for sentence in SENTENCES:
        if wrong := _misread(W_f, b_f, sentence):
            return wrong
    words, steps = _read(W_f, b_f, SENTENCES[0])
    left = np.prod([step.f_t for step in steps[1:]], axis=0)
    asked = f"unit 1 {AT_LEAST} or more, unit 2 {AT_MOST} or less"
    got = f"unit 1 {plainly(left[0], AT_LEAST)}   unit 2 {plainly(left[1], AT_MOST)}"
    if not left[0] >= AT_LEAST - ROUNDING:
        cause = f"Too little arrives in unit 1. Its smallest f is {_smallest(words, steps, 0)}."
    elif not left[1] <= AT_MOST + ROUNDING:
        cause = f"Too much arrives in unit 2. Its smallest f is {_smallest(words, steps, 1)}."
    else:
        return None
    return Finding(cause=cause, got=got, expected=asked)


def _set(b: tuple[float, float] = (3, 2), **entries: float) -> tuple[NDArray, NDArray]:
    """Return the course's forget gate with some entries changed, named as h2_1 (row, unit)."""
    rows = {"h1": 0, "h2": 1, "noun": 2, "plural": 3, "clause": 4}
    W_f = ex.W_f.copy()
    for name, value in entries.items():
        row, unit = name.split("_")
        W_f[rows[row], int(unit) - 1] = value
    return W_f, np.array(b, dtype=float)


EXERCISE = SetValues(
    id="let-it-through",
    notebook=NOTEBOOK,
    asks_for=("W_f", "b_f"),
    kind="design",
    points=3,
    minutes=12,
    shapes=(ex.W_f.shape, ex.b_f.shape),
    judge=_judge,
    right=(
        _set((6, 2), noun_1=-5, clause_2=8),
        _set((8, 2), noun_1=-8, h2_1=-8, clause_2=9),
        (5 * ex.W_f, 5 * ex.b_f),
    ),
    hints=(
        "The share that arrives is the product of f over the four words behind the first. "
        "Which of these f are too small in unit 1, and which too large in unit 2?",
        'A larger bias opens unit 1 at every word. At "cats" it must stay nearly shut: the row '
        "noun can take away there what the bias gives.",
        'Unit 2 needs one f near 0. "which" alone has -1 as its third number, clause: the last '
        "row of W_f reaches it.",
    ),
    look="Print f word by word. Which one would you change, and which row reaches that word alone?",
    passed="A gate that is sure is a highway or a wall. What do five times the W_f and b_f of the "
    "course do?",
    wrong=(
        Wrong(
            answer=(ex.W_f, ex.b_f),
            cause='Too little arrives in unit 1. Its smallest f is 0.91, at "the".',
        ),
        Wrong(
            answer=_set((6, 2)),
            cause='After "the cats which the dog saw" the cell prefers was. At "cats" f of unit 1 '
            "is 0.88: the subject of the sentence before stays in the memory.",
        ),
        Wrong(
            answer=(0 * ex.W_f, np.array([9.0, -9.0])),
            cause='After "the cats which the dog saw" the cell prefers was. At "cats" f of unit 1 '
            "is 1.00: the subject of the sentence before stays in the memory.",
        ),
        Wrong(
            answer=_set((8, 2), noun_1=-7),
            cause='Too much arrives in unit 2. Its smallest f is 0.27, at "which".',
        ),
        Wrong(
            answer=_set((6, -9), noun_1=-5),
            cause='After "the cats which the dog saw" the cell prefers was. The smallest f of '
            'unit 1 after the subject is 0.73, at "dog".',
        ),
    ),
)
