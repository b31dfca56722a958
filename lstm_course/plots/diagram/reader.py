"""Read a sentence with the cell of the running example, with gates and wires changed.

The cell starts from `running_example.h_prev` and `c_prev`: *the* has been read, and a singular
subject of the sentence before is still in memory. So a sentence that begins with *the* makes
its first step at the word after it, and that step is the one of the lessons.
"""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from ... import running_example as cell
from ...running_example import SENTENCE, verb_of, words_of
from .wires import Cut, Values, cut_wires, step_values

FEATURES = ("noun", "plural", "clause")
VERBS = ("was", "were")
UNITS = ("number", "clause")  # of the subject; main or relative
Overrides = Mapping[tuple[int | None, str, int], float]


class Step(NamedTuple):
    """One word and what every wire carries while the cell reads it."""

    t: int
    word: str
    values: Values

    @property
    def verb(self) -> str:
        """The verb that the cell prefers at this word: was, were or neither."""
        return verb_of(self.values["y_t"])


def explore(
    sentence: str = SENTENCE,
    overrides: Overrides | None = None,
    *,
    cut: Cut = None,
) -> list[Step]:
    """Read a sentence and return one step per word after *the*.

    Parameters
    ----------
    sentence : str
        Words of the lesson, in any order.
    overrides : dict, optional
        (t, gate, unit) to a number from 0 to 1: the gate "f_t", "i_t" or "o_t" of that unit
        at word t, both counted from 0; or "c_tilde" to a number from -1 to 1. t = None stands
        for every word.
    cut : pair of boxes or several, optional
        Wires that carry 0 at every word; see `lstm_course.plots.diagram.WIRES`.

    Returns
    -------
    list of Step

    Raises
    ------
    ValueError
        When a word is unknown, an override names no gate, no unit or no word, or what is cut
        is no wire.
    """
    cuts = cut_wires(cut)
    words, overrides = words_of(sentence), overrides or {}
    _check(overrides, len(words))
    h, c, steps = cell.h_prev, cell.c_prev, []
    for t, word in enumerate(words):
        x_t = np.array(cell.WORDS[word], dtype=float)
        values = step_values(cell, x_t, h, c, gates=_gates_at(t, overrides), cut=cuts)
        steps.append(Step(t, word, values))
        h = values["h_t"] * (("times_o", "h_t") not in cuts)
        c = values["c_t"] * (("plus", "c_t") not in cuts)
    return steps


def before_verb(steps: list[Step]) -> list[Step]:
    """Return the steps up to the word before *was* or *were*.

    Raises
    ------
    ValueError
        When nothing stands before it.
    """
    end = next((k for k, step in enumerate(steps) if step.word in VERBS), len(steps))
    if not end:
        raise ValueError(f"nothing stands before the verb; try: {SENTENCE}")
    return steps[:end]


def _gates_at(t: int, overrides: Overrides) -> dict[str, np.ndarray]:
    """Return the gates set by hand at word t; a word's own setting beats the one for all."""
    gates: dict[str, np.ndarray] = {}
    for when in (None, t):
        for (word, gate, unit), value in overrides.items():
            if word == when:
                gates.setdefault(gate, np.full(2, np.nan))[unit] = value
    return gates


def _check(overrides: Overrides, T: int) -> None:
    for t, gate, unit in overrides:
        if gate not in ("i_t", "f_t", "o_t", "c_tilde"):
            raise ValueError(f"no gate is named {gate!r}; expected i_t, f_t, o_t or c_tilde")
        if unit not in (0, 1):
            raise ValueError(f"there is no unit {unit!r}; the cell has units 0 and 1")
        if t is not None and not 0 <= t < T:
            raise ValueError(f"there is no word {t}; the sentence has words 0 to {T - 1}")
