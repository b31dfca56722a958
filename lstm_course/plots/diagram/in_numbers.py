"""The equations of the diagram with the numbers of a step put in."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from .wires import GATES, Values, Wire

WEIGHTS = {"f_t": "f", "i_t": "i", "o_t": "o", "c_tilde": "c"}
READ_BY = {name: box for box, (name, _) in GATES.items()} | {"c_tilde": "tanh_c"}


def signed(value: float, places: int = 2) -> str:
    """Return a number with its sign in front; what rounds to 0 has none."""
    rounded = round(float(value), places) + 0.0
    return f"{rounded:+.{places}f}".replace("-", "−") if rounded else f"{0:.{places}f}"


def row_text(name: str, row: NDArray, classes: tuple) -> str:
    """Return several numbers as text; those of y_t with the names of the classes."""
    if name == "y_t" and len(classes) == len(row):
        return ", ".join(f"{c} {p:.2f}" for c, p in zip(classes, row, strict=True))
    if (row == row.round()).all():
        return "[" + " ".join(_plain(v) for v in row) + "]"
    return "[" + " ".join(signed(v) for v in row) + "]"


def with_numbers(name: str, values: Values, unit: int, weights: Any, text: str) -> str:
    """Return the right side of the equation with this step's numbers in it."""
    if name in WEIGHTS and weights is not None:
        return _weighted(name, values, unit, weights)
    if name == "y_t" and weights is not None:
        h_t = _arrives(values, "h_t", ("times_o", "softmax"))
        return f"softmax({row_text('', h_t @ weights.W_y + weights.b_y, ())}) = {text}"
    return f"{FORMS[name](values, unit)} = {text}" if name in FORMS else text


def _kept(values: Values, unit: int) -> str:
    f_t = _factor(values, unit, "f_t", ("sigma_f", "times_f"))
    return f"{f_t} · {_factor(values, unit, 'c_prev', ('c_prev', 'times_f'))}"


def _written(values: Values, unit: int) -> str:
    i_t = _factor(values, unit, "i_t", ("sigma_i", "times_i"))
    return f"{i_t} · {_factor(values, unit, 'c_tilde', ('tanh_c', 'times_i'))}"


def _sum(values: Values, unit: int) -> str:
    kept = "0" if ("times_f", "plus") in values["cut"] else _kept(values, unit)
    written = "0" if ("times_i", "plus") in values["cut"] else _written(values, unit)
    return f"{kept} + {written}"


def _squashed(values: Values, unit: int) -> str:
    return f"tanh({signed(_arrives(values, 'c_t', ('plus', 'tanh'))[unit])})"


def _shown(values: Values, unit: int) -> str:
    shown = "0" if ("tanh", "times_o") in values["cut"] else _squashed(values, unit)
    return f"{_factor(values, unit, 'o_t', ('sigma_o', 'times_o'))} · {shown}"


FORMS = {"kept": _kept, "written": _written, "c_t": _sum, "shown": _squashed, "h_t": _shown}


def _factor(values: Values, unit: int, key: str, wire: Wire) -> str:
    return _bracket(signed(_arrives(values, key, wire)[unit]))


def _arrives(values: Values, key: str, wire: Wire) -> NDArray:
    """Return what comes out at the end of a wire: 0 where it is cut."""
    return np.zeros_like(values[key]) if wire in values["cut"] else values[key]


def _bracket(number: str) -> str:
    return f"({number})" if number.startswith("−") else number.lstrip("+")


def _weighted(name: str, values: Values, unit: int, weights: Any) -> str:
    """Spell out z_t W + b for one unit; products that are 0 are left out."""
    letter = WEIGHTS[name]
    W, b = getattr(weights, f"W_{letter}")[:, unit], getattr(weights, f"b_{letter}")[unit]
    z = _arrives(values, "z_t", ("join", READ_BY[name]))
    places = next((n for n in range(2, 6) if _adds_up(z, W, b, n)), 6)
    parts = [
        f"{_plain(value, places)} · {_bracket(_plain(weight))}"
        for value, weight in zip(z, W, strict=True)
        if value * weight
    ]
    parts += [_plain(b)] if b or not parts else []
    squash = "tanh" if name == "c_tilde" else "σ"
    inside = " + ".join(parts).replace("+ −", "− ")
    total = float(z @ W + b)
    network = values["network"][name][unit]
    result = f"{squash}({inside}) = {squash}({signed(total)}) = {signed(network)}"
    if network != values[name][unit]:
        return f"set by hand to {signed(values[name][unit])}; the weights give {result}"
    return result


def _adds_up(z: NDArray, W: NDArray, b: float, places: int) -> bool:
    """Tell whether a reader who adds what is shown gets the sum that is shown."""
    return signed(float(z.round(places) @ W + b)) == signed(float(z @ W + b))


def _plain(value: float, places: int = 2) -> str:
    return f"{round(float(value), places):g}".replace("-", "−")
