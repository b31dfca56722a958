"""The cell that lessons 03 to 10 compute by hand: 2 units, 3 numbers a word.

A word is three numbers: is it a noun (1 or 0), is it plural (1 or 0), and what it does to
a relative clause (-1 opens one: *which*; +1 closes one: a verb). Unit 1 remembers the
number of the subject (plus: plural, minus: singular), unit 2 where we are (plus: main
clause, minus: inside a relative clause).

The step shown reads *cats*, with *the* read before it and a singular subject from the
sentence before still in memory. Read on from there, the same weights carry *the cats
which already ate were full*: the gates of unit 1 look at unit 2, so that a noun inside
the clause does not overwrite the subject.

`read` lets it read a sentence, with any part of it replaced by one of your own.

Rows of every W: h unit 1, h unit 2, noun, plural, clause. With z_t = [-0.5, 0.5, 1, 1, 0]:
a_i = [2, -1], a_f = [-1, 2], a_o = [1, -1], a_c = [1, -1].
"""

import difflib
import re
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from . import equations
from .cell import LSTMParams
from .equations import as_numbers

WORDS = {
    "the": [0, 0, 0],
    "cat": [1, 0, 0],
    "cats": [1, 1, 0],
    "dog": [1, 0, 0],
    "dogs": [1, 1, 0],
    "fish": [1, 0, 0],
    "which": [0, 0, -1],
    "already": [0, 0, 0],
    "ate": [0, 0, 1],
    "saw": [0, 0, 1],
    "was": [0, 0, 1],
    "were": [0, 1, 1],
    "full": [0, 0, 0],
}

x_t = np.array([1.0, 1.0, 0.0])
h_prev = np.array([-0.5, 0.5])
c_prev = np.array([-1.0, 1.0])

W_i = np.array([[0.0, 0], [4, 0], [3, -2], [0, 0], [0, 0]])
b_i = np.array([-3.0, 1.0])

W_f = np.array([[0.0, 0], [-4, 0], [-2, 0], [0, 0], [0, 3]])
b_f = np.array([3.0, 2.0])

W_o = np.array([[0.0, 0], [2, 0], [0, -2], [0, 0], [3, 0]])
b_o = np.array([0.0, 1.0])

W_c = np.array([[0.0, 0], [0, 0], [-1, -1], [2, 0], [0, 2]])
b_c = np.array([0.0, 0.0])

CLASSES = ("was", "were", "another word")
W_y = np.array([[-4.0, 4, 0], [0, 0, 2]])
b_y = np.array([0.0, 0.0, 0.0])

for _array in (x_t, h_prev, c_prev, W_i, W_f, W_o, W_c, W_y, b_i, b_f, b_o, b_c, b_y):
    _array.flags.writeable = False  # the lessons' cell; a learner changes a copy


def params() -> LSTMParams:
    """Return the weights of the four blocks as one set of parameters."""
    return LSTMParams.from_parts(
        W_i=W_i, W_f=W_f, W_o=W_o, W_c=W_c, b_i=b_i, b_f=b_f, b_o=b_o, b_c=b_c
    )


SENTENCE = "the cats which already ate were full"
TIE = 0.005  # two probabilities that print as the same number
WEIGHTS = ("W_i", "b_i", "W_f", "b_f", "W_o", "b_o", "W_c", "b_c", "W_y", "b_y")
PARTS = {
    "input_gate": equations.input_gate,
    "forget_gate": equations.forget_gate,
    "output_gate": equations.output_gate,
    "candidate": equations.candidate,
    "cell_state": equations.cell_state,
    "hidden_state": equations.hidden_state,
    "output": equations.output,
}


def words_of(sentence: str) -> list[str]:
    """Split a sentence into the words that the cell reads; a first *the* has been read.

    Raises
    ------
    ValueError
        When a word is unknown, with the nearest known one; or when there is no word.
    """
    words = re.findall(r"[^\s.,;:]+", sentence.lower())
    for word in words:
        if word not in WORDS:
            near = difflib.get_close_matches(word, WORDS, n=1, cutoff=0.0)[0]
            raise ValueError(
                f'"{word}" is not a word of this lesson; the nearest one is "{near}". '
                f"Known words: {', '.join(WORDS)}"
            )
    words = words[1:] if words[:1] == ["the"] else words
    if not words:
        raise ValueError(f"the sentence has no word to read; try: {SENTENCE}")
    return words


def verb_of(y_t: ArrayLike) -> str:
    """Return the verb that a step prefers: was, were, or neither where they are equal."""
    was, were = np.asarray(y_t)[:2]
    return "neither" if abs(were - was) < TIE else "were" if were > was else "was"


def follow(sentence: str = SENTENCE, **yours: Any) -> tuple[NDArray, NDArray, NDArray]:
    """Let the cell read a sentence, with parts of it replaced.

    Parameters
    ----------
    sentence : str
        Words of `WORDS`.
    **yours
        A name of `PARTS` to a function that takes what the equation takes, or to its result at
        every word, one number or H; a name of `WEIGHTS` to numbers of the same shape.

    Returns
    -------
    hs, cs : arrays (T, H)
        What is shown and what is remembered after each word.
    ys : array (T, K)
        Probabilities of `CLASSES`.

    Raises
    ------
    ValueError
        When a word or a name is unknown, or the shape of what replaces it does not fit.
    """
    words = words_of(sentence)
    parts, w = _replaced(yours)
    h_t, c_t, steps = h_prev, c_prev, []
    for word in words:
        z = h_t, np.array(WORDS[word], dtype=float)
        i_t = parts["input_gate"](*z, w["W_i"], w["b_i"])
        f_t = parts["forget_gate"](*z, w["W_f"], w["b_f"])
        o_t = parts["output_gate"](*z, w["W_o"], w["b_o"])
        c_tilde = parts["candidate"](*z, w["W_c"], w["b_c"])
        c_t = parts["cell_state"](f_t, c_t, i_t, c_tilde)
        h_t = parts["hidden_state"](o_t, c_t)
        steps.append((h_t, c_t, parts["output"](h_t, w["W_y"], w["b_y"])))
    hs, cs, ys = (np.array(rows) for rows in zip(*steps, strict=True))
    return hs, cs, ys


def read(sentence: str = SENTENCE, **yours: Any) -> None:
    """Print what the cell remembers, shows and expects after each word; see `follow`."""
    hs, cs, ys = follow(sentence, **yours)
    print(f"{'word':10}{'c_t':>12}  {'h_t':>14}   expects")
    for word, h, c, y in zip(words_of(sentence), hs, cs, ys, strict=True):
        verb = verb_of(y)
        said = "cannot tell" if verb == "neither" else f"{verb} ({max(y[:2]):.2f})"
        print(f"{word:10}{_signed(c):>12}  {_signed(h):>14}   {said}")


def _signed(row: NDArray) -> str:
    return " ".join(f"{value:+.2f}" if abs(value) >= 0.005 else "0.00" for value in row)


def _replaced(yours: dict[str, Any]) -> tuple[dict[str, Any], dict[str, NDArray]]:
    parts, weights = dict(PARTS), {name: globals()[name] for name in WEIGHTS}
    for name, value in yours.items():
        if name in weights:
            weights[name] = _shaped(value, name, weights[name].shape)
        elif name in parts:
            parts[name] = _part(name, value)
        else:
            known = (*PARTS, *WEIGHTS)
            near = difflib.get_close_matches(name, known, n=1, cutoff=0.0)[0]
            raise ValueError(f"the cell has no part {name!r}; did you mean {near!r}?")
    return parts, weights


def _part(name: str, yours: Any) -> Any:
    """Return a part of the cell as a function whose result has the right shape."""
    shape = (len(CLASSES),) if name == "output" else h_prev.shape
    if callable(yours):
        return lambda *inputs: _shaped(yours(*inputs), name, shape)
    numbers = as_numbers(yours, name)
    always = np.full(shape, numbers) if numbers.ndim == 0 else _shaped(numbers, name, shape)
    return lambda *_: always


def _shaped(value: Any, name: str, shape: tuple[int, ...]) -> NDArray:
    numbers = as_numbers(value, name)
    if numbers.shape != shape:
        raise ValueError(f"{name} has shape {numbers.shape}; expected {shape}")
    return numbers
