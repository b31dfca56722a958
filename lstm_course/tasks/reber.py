"""The embedded Reber grammar: a branch at the start decides a symbol at the end.

A string is B, T or P, an inner Reber string, the same T or P again, E. The inner string is
made by walking the graph below. Only the outer T or P needs a memory that lasts.
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from .onehot import NOTHING, at_least, one_hot

REBER_SYMBOLS = "BTPSXVE"
# node -> (symbol, next node); node 5 has only the end
INNER = (
    (("T", 1), ("P", 2)),
    (("S", 1), ("X", 3)),
    (("T", 2), ("V", 4)),
    (("X", 2), ("S", 5)),
    (("P", 3), ("V", 5)),
    (),
)


def make_reber(rng: np.random.Generator, batch: int) -> tuple[NDArray, NDArray]:
    """Predict the next symbol of embedded Reber strings.

    Parameters
    ----------
    rng : numpy.random.Generator
        Walks the graph.
    batch : int
        Strings N; each has its own length, short ones are filled up with zeros.

    Returns
    -------
    xs : array (T, N, 7)
        One-hot symbols in the order BTPSXVE, T = longest string - 1.
    targets : array of integers (T, N)
        The next symbol, -1 past the end.

    Raises
    ------
    ValueError
        When `batch` is below 1.

    References
    ----------
    Reber (1967); Hochreiter & Schmidhuber (1997), experiment 1.
    """
    strings = [_string(rng) for _ in range(at_least(batch, 1, "batch"))]
    ids = np.full((max(map(len, strings)), batch), NOTHING)
    for n, string in enumerate(strings):
        ids[: len(string), n] = string
    xs = np.where(ids[1:] == NOTHING, NOTHING, ids[:-1])
    return one_hot(xs, len(REBER_SYMBOLS)), ids[1:]


def make_reber_stream(rng: np.random.Generator, batch: int, length: int) -> tuple[NDArray, NDArray]:
    """Predict the next symbol of strings that follow each other without a break.

    Parameters
    ----------
    rng : numpy.random.Generator
        Walks the graph.
    batch : int
        Streams N.
    length : int
        Steps T; the last string may be cut.

    Returns
    -------
    xs : array (T, N, 7)
        One-hot symbols in the order BTPSXVE.
    targets : array of integers (T, N)
        The next symbol.

    Raises
    ------
    ValueError
        When a size is below 1.

    References
    ----------
    Gers, Schmidhuber & Cummins (2000): nobody tells the network where a string ends.
    """
    batch, length = at_least(batch, 1, "batch"), at_least(length, 1, "length")
    ids = np.empty((length + 1, batch), dtype=int)
    for n in range(batch):
        stream: list[int] = []
        while len(stream) <= length:
            stream += _string(rng)
        ids[:, n] = stream[: length + 1]
    return one_hot(ids[:-1], len(REBER_SYMBOLS)), ids[1:]


def outer_steps(xs: NDArray, targets: NDArray) -> NDArray:
    """Mark the steps where the outer T or P has to be remembered.

    Parameters
    ----------
    xs : array (T, N, 7)
        Strings or streams.
    targets : array of integers (T, N)
        What comes next.

    Returns
    -------
    array of booleans (T, N)
        True where the next symbol is the T or P before the last E. At these steps the input
        is the inner E.
    """
    is_e = (xs.argmax(-1) == REBER_SYMBOLS.index("E")) & (xs.sum(-1) > 0)
    return is_e & np.isin(targets, [REBER_SYMBOLS.index("T"), REBER_SYMBOLS.index("P")])


def legal_next(string: str) -> str:
    """Name every symbol that may follow the beginning of an embedded Reber string.

    Parameters
    ----------
    string : str
        The beginning, for example "BTB".

    Returns
    -------
    str
        The symbols, for example "TP"; empty after the whole string.

    Raises
    ------
    ValueError
        When the grammar does not allow `string`.
    """
    states: tuple = ("start",)
    for place, symbol in enumerate(string):
        options = _options(states)
        if symbol not in options:
            raise ValueError(
                f"symbol {place} of {string!r} is {symbol!r}; expected one of "
                f"{', '.join(options) or 'none: the string has ended'}"
            )
        states = options[symbol]
    return "".join(_options(states))


@cache
def _options(state: tuple) -> dict[str, tuple]:
    """Return next symbol -> next state; a state is (stage, outer symbol, inner node)."""
    stage, *rest = state
    if stage == "start":
        return {"B": ("outer",)}
    if stage == "outer":
        return {s: ("begin", s) for s in "TP"}
    if stage == "begin":
        return {"B": ("inner", rest[0], 0)}
    if stage == "inner":
        outer, node = rest
        if not INNER[node]:
            return {"E": ("again", outer)}
        return {symbol: ("inner", outer, after) for symbol, after in INNER[node]}
    if stage == "again":
        return {rest[0]: ("end",)}
    return {"E": ("done",)} if stage == "end" else {}


def _string(rng: np.random.Generator) -> list[int]:
    state, ids = ("start",), []
    while options := _options(state):
        symbols = list(options)
        symbol = symbols[rng.integers(len(symbols))] if len(symbols) > 1 else symbols[0]
        ids.append(REBER_SYMBOLS.index(symbol))
        state = options[symbol]
    return ids
