"""What each wire of the diagram carries, ready to be drawn or read aloud."""

from typing import Any, NamedTuple

import numpy as np

from .cuts import cut_words
from .in_numbers import row_text, signed, with_numbers
from .wires import Values

MEANING = {
    "x_t": "the word as numbers",
    "h_prev": "what the cell said last",
    "c_prev": "the memory so far",
    "z_t": "last output and word, side by side",
    "f_t": "forget gate: share of the old memory to keep",
    "i_t": "input gate: share of the candidate to write",
    "c_tilde": "candidate: what could be written",
    "o_t": "output gate: share of the memory to show",
    "kept": "what is kept of the old memory",
    "written": "what is written into the memory",
    "c_t": "the new memory",
    "shown": "the memory, squashed into -1 to 1",
    "h_t": "what the cell says now",
    "y_t": "probability of each verb",
}
SYMBOL = {
    "h_prev": "h_{t-1}",
    "c_prev": "c_{t-1}",
    "c_tilde": "c̃_t",
    "kept": "f_t ⊙ c_{t-1}",
    "written": "i_t ⊙ c̃_t",
    "shown": "tanh(c_t)",
}
EQUATION = {
    "x_t": "x_t",
    "h_prev": "h_{t-1}",
    "c_prev": "c_{t-1}",
    "z_t": "z_t = [h_{t-1}, x_t]",
    "f_t": "f_t = σ(z_t W_f + b_f)",
    "i_t": "i_t = σ(z_t W_i + b_i)",
    "c_tilde": "c̃_t = tanh(z_t W_c + b_c)",
    "o_t": "o_t = σ(z_t W_o + b_o)",
    "kept": "c_t = f_t ⊙ c_{t-1} + …",
    "written": "c_t = … + i_t ⊙ c̃_t",
    "c_t": "c_t = f_t ⊙ c_{t-1} + i_t ⊙ c̃_t",
    "shown": "h_t = o_t ⊙ tanh(c_t)",
    "h_t": "h_t = o_t ⊙ tanh(c_t)",
    "y_t": "y_t = softmax(h_t W_y + b_y)",
}
NUMBER = dict(i_t=1, f_t=2, o_t=3, c_tilde=4, kept=5, written=5, c_t=5, shown=6, h_t=6, y_t=7)
VECTORS = ("x_t", "h_prev", "z_t", "y_t")


class Reading(NamedTuple):
    """One wire in numbers, in words and as it is drawn.

    Attributes
    ----------
    text : str
        The number beside the wire, with its sign.
    sign : str
        "plus", "minus", "zero", or "row" for a wire that carries several numbers.
    width : float
        Thickness of the line.
    title : str
        The wire in one line of words.
    equation, numbers : str
        The equation, and the same with the numbers put in.
    """

    text: str
    sign: str
    width: float
    title: str
    equation: str
    numbers: str


def read_wires(
    values: Values, *, unit: int = 0, weights: Any = None, classes: tuple[str, ...] = ()
) -> dict[str, Reading]:
    """Read every wire of the diagram for one unit.

    Parameters
    ----------
    values : dict
        What `step_values` returns.
    unit : int
        Which unit, counted from 0.
    weights : object, optional
        The weights of the step, for the numbers in equations 1 to 4 and 7.
    classes : tuple of str, optional
        Names of the K classes of y_t.

    Returns
    -------
    dict
        Name of the wire to its Reading; y_t only where the step has a read-out.

    Raises
    ------
    ValueError
        When the cell has no such unit.
    """
    H = len(values["c_t"])
    if not 0 <= unit < H:
        raise ValueError(f"there is no unit {unit}; the cell has units 0 to {H - 1}")
    return {name: _read(name, values, unit, weights, classes) for name in MEANING if name in values}


def _read(name: str, values: Values, unit: int, weights: Any, classes: tuple) -> Reading:
    row = np.asarray(values[name])
    if name in VECTORS:
        text, sign, size = row_text(name, row, classes), "row", float(np.abs(row).max())
    else:
        value = float(row[unit])
        text, size = signed(value), abs(value)
        sign = "zero" if text.strip("0.") == "" else "plus" if value > 0 else "minus"
    words = wire_words(name)
    return Reading(
        text=text,
        sign=sign,
        width=round(1.4 + 4.6 * min(size, 1.5), 1),
        title=f"{words['symbol']} = {text}: {words['meaning']}",
        equation=words["equation"],
        numbers=with_numbers(name, values, unit, weights, text),
    )


def wire_words(name: str) -> dict[str, str]:
    """Return what is always said of a wire: its symbol, its meaning and its equation."""
    number = f"  (eq. {NUMBER[name]})" if name in NUMBER else ""
    return {
        "symbol": SYMBOL.get(name, name),
        "meaning": MEANING[name],
        "equation": EQUATION[name] + number,
    }


def describe_step(
    values: Values, *, unit: int = 0, word: str = "", classes: tuple[str, ...] = ()
) -> str:
    """Say in sentences what one unit does in one step: the diagram for a screen reader.

    Parameters
    ----------
    values : dict
        What `step_values` returns.
    unit : int
        Which unit, counted from 0.
    word : str, optional
        The word that is read.
    classes : tuple of str, optional
        Names of the K classes of y_t.

    Returns
    -------
    str
    """
    number = {
        name: signed(values[name][unit])
        for name in MEANING
        if name in values and name not in VECTORS
    }
    by_you = [
        MEANING[g].split(":")[0]
        for g in ("f_t", "i_t", "o_t", "c_tilde")
        if values["network"][g][unit] != values[g][unit]
    ]
    sentences = [
        f"{f'Word: {word}. ' if word else ''}Unit {unit + 1}.",
        f"Forget gate {number['f_t']} of the old memory {number['c_prev']} keeps {number['kept']}.",
        f"Input gate {number['i_t']} of the candidate {number['c_tilde']} "
        f"writes {number['written']}.",
        f"The new memory is {number['c_t']}.",
        f"Output gate {number['o_t']} of its tanh {number['shown']} shows {number['h_t']}.",
    ]
    if "y_t" in values:
        sentences.append(f"Read-out: {row_text('y_t', np.asarray(values['y_t']), classes)}.")
    if values["cut"]:
        sentences.append(f"Cut, so that 0 arrives: {cut_words(values['cut'])}.")
    if by_you:
        sentences.append(f"Set by hand: {', '.join(by_you)}.")
    return " ".join(sentences)
