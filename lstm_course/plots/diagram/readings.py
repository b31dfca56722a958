"""What each wire of the diagram carries, ready to be drawn or read aloud."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .cuts import cut_words
from .wires import GATES, Values, Wire

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
WEIGHTS = {"f_t": "f", "i_t": "i", "o_t": "o", "c_tilde": "c"}
READ_BY = {name: box for box, (name, _) in GATES.items()} | {"c_tilde": "tanh_c"}
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


def signed(value: float, places: int = 2) -> str:
    """Return a number with its sign in front; what rounds to 0 has none."""
    rounded = round(float(value), places) + 0.0
    return f"{rounded:+.{places}f}".replace("-", "−") if rounded else f"{0:.{places}f}"


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
        text, sign, size = _row_text(name, row, classes), "row", float(np.abs(row).max())
    else:
        value = float(row[unit])
        text, size = signed(value), abs(value)
        sign = "zero" if text.strip("0.") == "" else "plus" if value > 0 else "minus"
    symbol = SYMBOL.get(name, name)
    number = f"  (eq. {NUMBER[name]})" if name in NUMBER else ""
    return Reading(
        text=text,
        sign=sign,
        width=round(1.4 + 4.6 * min(size, 1.5), 1),
        title=f"{symbol} = {text}: {MEANING[name]}",
        equation=EQUATION[name] + number,
        numbers=_numbers(name, values, unit, weights, text),
    )


def _row_text(name: str, row: NDArray, classes: tuple) -> str:
    if name == "y_t" and len(classes) == len(row):
        return ", ".join(f"{c} {p:.2f}" for c, p in zip(classes, row, strict=True))
    if (row == row.round()).all():
        return "[" + " ".join(_plain(v) for v in row) + "]"
    return "[" + " ".join(signed(v) for v in row) + "]"


def _numbers(name: str, values: Values, unit: int, weights: Any, text: str) -> str:
    """Return the right side of the equation with this step's numbers in it."""

    def at(key: str, wire: Wire) -> str:
        return _bracket(signed(_arrives(values, key, wire)[unit]))

    def tanh() -> str:
        return f"tanh({signed(_arrives(values, 'c_t', ('plus', 'tanh'))[unit])})"

    if name in WEIGHTS and weights is not None:
        return _weighted(name, values, unit, weights)
    if name == "y_t" and weights is not None:
        h_t = _arrives(values, "h_t", ("times_o", "softmax"))
        return f"softmax({_row_text('', h_t @ weights.W_y + weights.b_y, ())}) = {text}"
    kept = f"{at('f_t', ('sigma_f', 'times_f'))} · {at('c_prev', ('c_prev', 'times_f'))}"
    written = f"{at('i_t', ('sigma_i', 'times_i'))} · {at('c_tilde', ('tanh_c', 'times_i'))}"
    arrives = [
        "0" if wire in values["cut"] else term
        for term, wire in ((kept, ("times_f", "plus")), (written, ("times_i", "plus")))
    ]
    shown = "0" if ("tanh", "times_o") in values["cut"] else tanh()
    forms = {
        "kept": kept,
        "written": written,
        "c_t": " + ".join(arrives),
        "shown": tanh(),
        "h_t": f"{at('o_t', ('sigma_o', 'times_o'))} · {shown}",
    }
    return f"{forms[name]} = {text}" if name in forms else text


def _arrives(values: Values, key: str, wire: Wire) -> NDArray:
    """Return what comes out at the end of a wire: 0 where it is cut."""
    return values[key] * (wire not in values["cut"])


def _bracket(number: str) -> str:
    return f"({number})" if number.startswith("−") else number.lstrip("+")


def _weighted(name: str, values: Values, unit: int, weights: Any) -> str:
    """Spell out z_t W + b for one unit; products that are 0 are left out."""
    letter = WEIGHTS[name]
    W, b = getattr(weights, f"W_{letter}")[:, unit], getattr(weights, f"b_{letter}")[unit]
    z = _arrives(values, "z_t", ("join", READ_BY[name]))
    parts = [
        f"{_plain(value)} · {_bracket(_plain(weight))}"
        for value, weight in zip(z, W, strict=True)
        if value * weight
    ]
    parts += [_plain(b)] if b or not parts else []
    squash = "tanh" if name == "c_tilde" else "σ"
    inside = " + ".join(parts).replace("+ −", "− ")
    total = float(z @ W + b)
    network = values["network"][name][unit] if name in values["network"] else values[name][unit]
    result = f"{squash}({inside}) = {squash}({signed(total)}) = {signed(network)}"
    if network != values[name][unit]:
        return f"set by you to {signed(values[name][unit])}; the network has {result}"
    return result


def _plain(value: float) -> str:
    return f"{round(float(value), 2):g}".replace("-", "−")


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
        for g in ("f_t", "i_t", "o_t")
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
        sentences.append(f"Read-out: {_row_text('y_t', np.asarray(values['y_t']), classes)}.")
    if values["cut"]:
        sentences.append(f"Cut, so that 0 arrives: {cut_words(values['cut'])}.")
    if by_you:
        sentences.append(f"Set by you: {', '.join(by_you)}.")
    return " ".join(sentences)
