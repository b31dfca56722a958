"""Design tasks for the whole hand-set cell: it reads sentences with what a learner chose.

Each judge reads every sentence of its task and reports the first condition that is not met.
It keeps no stored answer: every setting that does the job is accepted.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .. import running_example as ex
from ..equations import input_gate
from ..running_example import follow, verb_of, words_of
from .model import ROUNDING, Finding
from .typed import plainly

ATTRACTED = (
    "the cats which the dog saw were full",
    "the cat which the dogs saw was full",
    "the cats which already ate were full",
    "the dogs which the cat already saw were full",
)
TO_MEND = (
    "the cats which already ate the fish were full",
    "the cat which saw the dogs was full",
    "the dogs which the cat saw were full",
    "the cat which the dogs already saw was full",
    "the cats were full",
    "the cats which already ate were full the cat was full",
    "the cats which ate the fish were full the dog was full",
)
SHOWN_FOR = (("the cats which the dog saw", 1), ("the cat which the dogs saw", 0))


class WrongVerb(NamedTuple):
    """A verb that the cell did not expect where it comes.

    Attributes
    ----------
    before, expected, came : str
        The word after which it is due, what the cell expects there, and what comes.
    memory : str
        The memory of unit 1, word by word, up to there.
    """

    before: str
    expected: str
    came: str
    memory: str


def wrong_verb(sentence: str, **yours: Any) -> WrongVerb | None:
    """Read a text and return the first *was* or *were* that the cell has wrong.

    Parameters
    ----------
    sentence : str
        One sentence or several.
    **yours
        What is replaced, as for `running_example.follow`.
    """
    words = words_of(sentence)
    _, cs, ys = follow(sentence, **yours)
    for t, word in enumerate(words):
        expected = verb_of(ys[t - 1])
        if t and word in ("was", "were") and expected != word:
            memory = "  ".join(f"{w} {c:+.2f}" for w, c in zip(words[:t], cs[:t, 0], strict=True))
            return WrongVerb(words[t - 1], expected, word, memory)
    return None


def judge_subjects(weights: NDArray, bias: NDArray) -> Finding | None:
    """Let unit 1 write at the subject and keep the noun of a clause out."""
    W_i, b_i = ex.W_i.copy(), ex.b_i.copy()
    W_i[:, 0], b_i[0] = weights, bias
    for sentence in ATTRACTED:
        gates = _gates_at_nouns(sentence, W_i, b_i)
        shown = f"{sentence}: " + "   ".join(
            f"i at {word} {plainly(gate, 0.9, 0.05)}" for word, gate in gates
        )
        asked = "0.90 or more at the subject, 0.05 or less at a noun in the clause"
        (subject, first), *others = gates
        if first < 0.9 - ROUNDING:
            cause = f"The gate does not open far enough for {subject}, the subject."
            return Finding(cause=cause, got=shown, expected=asked)
        for noun, gate in others:
            if gate > 0.05 + ROUNDING:
                cause = f"The gate is too far open for {noun}, which stands in the clause."
                return Finding(cause=cause, got=shown, expected=asked)
        if wrong := wrong_verb(sentence, W_i=W_i, b_i=b_i):
            return _as_finding(sentence, wrong)
    return None


def _gates_at_nouns(sentence: str, W_i: NDArray, b_i: NDArray) -> list[tuple[str, float]]:
    """Return the input gate of unit 1 at each noun."""
    seen = []

    def watched(h_prev, x_t, W_i, b_i):  # noqa: ANN001, ANN202
        i_t = input_gate(h_prev, x_t, W_i, b_i)
        seen.append(float(i_t[0]))
        return i_t

    follow(sentence, input_gate=watched, W_i=W_i, b_i=b_i)
    pairs = zip(words_of(sentence), seen, strict=True)
    return [(word, gate) for word, gate in pairs if ex.WORDS[word][0]]


def judge_shown(o_number: NDArray, o_clause: NDArray) -> Finding | None:
    """Show each unit no more than once in all, and the verb must still come out."""
    words = words_of(SHOWN_FOR[0][0])
    for name, gates in (("o_number", o_number), ("o_clause", o_clause)):
        outside = np.flatnonzero((gates < 0) | (gates > 1))
        if outside.size:
            cause = f"{name} is {gates[outside[0]]:g} at {words[outside[0]]}."
            return Finding(cause=cause, look="A gate lies between 0 and 1.")
        if gates.sum() > 1 + ROUNDING:
            total = plainly(float(gates.sum()), 1)
            return Finding(
                cause=f"{name} shows too much.",
                got=f"{total} over the five words",
                expected="1 or less",
                look="Which gates need to see this unit, and after which word?",
            )
    for sentence, number in SHOWN_FOR:
        if found := _hidden(sentence, number, np.stack([o_number, o_clause], axis=1)):
            return found
    return None


def _hidden(sentence: str, number: int, gates: NDArray) -> Finding | None:
    """Read a sentence with these output gates: the memory must last, and the verb be shown."""
    left = iter(gates)
    _, cs, ys = follow(sentence, output_gate=lambda *_: next(left))
    words, share = words_of(sentence), float(ys[-1][number])
    before, after = cs[2, 0], cs[3, 0]
    verb, got = ex.CLASSES[number], f"{sentence}: {ex.CLASSES[number]} {plainly(share, 0.5)}"
    if (after > 0) != number:
        return Finding(
            cause=f"{words[3]} is written over {words[0]}: its gates saw too little of the clause.",
            got=f"{sentence}: c of unit 1 {before:+.2f} before {words[3]}, {after:+.2f} after it",
            expected="a number that keeps its sign",
            look=f"The gates at {words[3]} read h of the word before it.",
        )
    if share < 0.5 - ROUNDING:
        cause = "The number is still held, but too little of it is shown after saw."
        look = "The verb is chosen by what is shown after the last word."
        return Finding(cause=cause, got=got, expected=f"{verb} 0.50 or more", look=look)
    return None


def judge_mended(W_i: NDArray, b_i: NDArray) -> Finding | None:
    """Read every sentence and report the first verb that the mended cell has wrong."""
    for sentence in TO_MEND:
        if wrong := wrong_verb(sentence, W_i=W_i, b_i=b_i):
            return _as_finding(sentence, wrong)
    return None


def _as_finding(sentence: str, wrong: WrongVerb) -> Finding:
    says = "cannot tell" if wrong.expected == "neither" else f"expects {wrong.expected}"
    return Finding(
        cause=f"After {wrong.before} the cell {says}, and {wrong.came} comes.",
        got=f"{sentence}: c of unit 1 is {wrong.memory}",
        expected=f"{wrong.came} after {wrong.before}",
        look="Read that text with cell.read: where should c of unit 1 change its sign? Does it?",
    )
