"""The way back along the wires of the diagram, word by word, with a way switched off.

The backward pass is the course's own, `lstm_step_backward`; here the gradients that stand
between its lines are kept as well.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ... import running_example as cell
from ...cell import LSTMParams, Step, lstm_step, lstm_step_backward
from ...equations import softmax
from .reader import words_of

SENTENCE = "the cats which the dog saw"
LONGEST = 6  # words that stand side by side
NOUNS = tuple(word for word, (noun, _, _) in cell.WORDS.items() if noun)
NOTHING = 0.005  # prints as 0.00


class BackStep(NamedTuple):
    """One word on the way back.

    Attributes
    ----------
    word : str
        The word.
    step : Step
        What the cell made of it on the way forward.
    wires : dict of name to array (H,)
        The gradient on each wire. dh_t = dh_loss + dh_next and dc_t = dc_next + from_h are the
        forks; da_i … stand before the weights, z_i … behind them, and the four z add to dh_prev.
    """

    word: str
    step: Step
    wires: dict[str, NDArray]


def walk_back(
    sentence: str = SENTENCE, *, along_c: bool = True, through_h: bool = True
) -> list[BackStep]:
    """Read a sentence, then go back from its last word to its first.

    The loss is −log of the probability of the right verb at the last word: *were* when the
    first word is a plural.

    Parameters
    ----------
    sentence : str
        Words of lesson 10; a first *the* has been read, and a noun comes next.
    along_c, through_h : bool
        Whether dc_{t-1} and dh_{t-1} are handed on to the word before.

    Returns
    -------
    list of BackStep
        The last word first.

    Raises
    ------
    ValueError
        When a word is unknown, the first is no noun, or there are fewer than 2 or more than 6.
    """
    words = _checked(words_of(sentence))
    steps = read_forward(words)
    dh_loss, walked = gradient_of_loss(words, steps[-1].h_t), []
    dh_next = dc_next = np.zeros(2)
    for word, step in zip(reversed(words), reversed(steps), strict=True):
        wires = _wires(step, dh_loss, dh_next, dc_next)
        walked.append(BackStep(word, step, wires))
        dh_loss = np.zeros(2)
        dh_next, dc_next = through_h * wires["dh_prev"], along_c * wires["dc_prev"]
    return walked


def _checked(words: list[str]) -> list[str]:
    if words[0] not in NOUNS:
        raise ValueError(
            f'the sentence begins with "{words[0]}"; expected a noun: {", ".join(NOUNS)}'
        )
    if not 2 <= len(words) <= LONGEST:
        raise ValueError(
            f"the sentence has {len(words)} words after the; expected 2 to {LONGEST}, "
            f"such as: {SENTENCE}"
        )
    return words


def read_forward(words: Sequence[str], params: LSTMParams | None = None) -> list[Step]:
    """Take one step per word, from the state that the running example starts from.

    Parameters
    ----------
    words : sequence of str
        Words of lesson 10 without the first *the*, which has been read.
    params : LSTMParams, optional
        Other weights than those of the running example.
    """
    params = cell.params() if params is None else params
    h, c, steps = cell.h_prev, cell.c_prev, []
    for word in words:
        steps.append(lstm_step(params, np.array(cell.WORDS[word], float), h, c))
        h, c = steps[-1].h_t, steps[-1].c_t
    return steps


def right_verb(words: Sequence[str]) -> int:
    """Return which class the verb after these words is: 0 for *was*, 1 for *were*."""
    return cell.WORDS[words[0]][1]


def gradient_of_loss(words: Sequence[str], h_t: NDArray) -> NDArray:
    """Return dh_t = (y_t − target) W_yᵀ at the last word.                     (11.2)."""
    target = np.eye(3)[right_verb(words)]
    return (softmax(h_t @ cell.W_y + cell.b_y) - target) @ cell.W_y.T


def _wires(step: Step, dh_loss: NDArray, dh_next: NDArray, dc_next: NDArray) -> dict:
    """Return the gradient on every wire of one step."""
    params = cell.params()
    dh_t = dh_loss + dh_next
    back = lstm_step_backward(dh_t, dc_next, step, params)
    shown = np.tanh(step.c_t)
    from_h = dh_t * step.o_t * (1 - shown**2)
    dc_t = dc_next + from_h
    wires = {"dh_loss": dh_loss, "dh_next": dh_next, "dh_t": dh_t, "do_t": dh_t * shown}
    wires |= {"d_shown": dh_t * step.o_t, "from_h": from_h, "dc_next": dc_next, "dc_t": dc_t}
    wires |= {"df_t": dc_t * step.c_prev, "di_t": dc_t * step.c_tilde, "dc_tilde": dc_t * step.i_t}
    for letter in "ifoc":  # one row, so db is da
        da = getattr(back, f"db_{letter}")
        wires[f"da_{letter}"] = da
        wires[f"z_{letter}"] = (getattr(params, f"W_{letter}") @ da)[: params.H]
    return {**wires, "dh_prev": back.dh_prev, "dc_prev": back.dc_prev}


def factors(step: Step) -> dict[str, NDArray]:
    """Return what the gradient is multiplied by at each place of one step.

    Returns
    -------
    dict of name to array (H,)
        The other factor of each product under its own name, and the slopes of σ and tanh:
        slope_i, slope_f, slope_o, slope_c, slope_shown.
    """
    shown = np.tanh(step.c_t)
    gates = {"i": step.i_t, "f": step.f_t, "o": step.o_t}
    return {
        **{name: getattr(step, name) for name in ("i_t", "f_t", "o_t", "c_prev", "c_tilde")},
        "shown": shown,
        "slope_shown": 1 - shown**2,
        "slope_c": 1 - step.c_tilde**2,
        **{f"slope_{letter}": gate * (1 - gate) for letter, gate in gates.items()},
    }


# where the ways meet: a value used in several places gets the sum of its gradients
FORKS = {
    "c": ("dc_next", "from_h"),
    "h": ("dh_loss", "dh_next"),
    "z": ("z_i", "z_f", "z_o", "z_c"),
}


def lit_forks(wires: dict[str, NDArray], unit: int) -> set[str]:
    """Return the forks where two gradients or more that are not 0.00 add."""

    def arriving(names: Sequence[str]) -> int:
        return sum(abs(wires[name][unit]) >= NOTHING for name in names)

    return {fork for fork, names in FORKS.items() if arriving(names) > 1}
