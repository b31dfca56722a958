"""The block diagram as pairs of boxes, and one step along its wires.

A step can be taken with a gate set by hand, or with wires cut: a cut wire carries 0.
"""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ...equations import as_numbers, concat, sigmoid, softmax

Wire = tuple[str, str]
Cut = Wire | Iterable[Wire] | None
Values = dict[str, Any]

BOXES = {
    "x_t": "the word as numbers, comes in",
    "h_prev": "what the cell said last, comes in",
    "c_prev": "the memory so far, comes in",
    "join": "[h_prev, x_t]: puts two vectors side by side",
    "sigma_f": "σ with W_f and b_f: the forget gate",
    "sigma_i": "σ with W_i and b_i: the input gate",
    "tanh_c": "tanh with W_c and b_c: the candidate",
    "sigma_o": "σ with W_o and b_o: the output gate",
    "times_f": "⊙ that keeps a share of the old memory",
    "times_i": "⊙ that writes a share of the candidate",
    "plus": "+ that makes the new memory",
    "tanh": "tanh with no weights: squashes the memory",
    "times_o": "⊙ that shows a share of the memory",
    "c_t": "the new memory, goes out",
    "h_t": "what the cell says now, goes out",
    "softmax": "softmax with W_y and b_y: the read-out",
    "y_t": "a probability for each class, goes out",
}

WIRES: tuple[Wire, ...] = (
    ("x_t", "join"),
    ("h_prev", "join"),
    ("join", "sigma_f"),
    ("join", "sigma_i"),
    ("join", "tanh_c"),
    ("join", "sigma_o"),
    ("sigma_f", "times_f"),
    ("c_prev", "times_f"),
    ("sigma_i", "times_i"),
    ("tanh_c", "times_i"),
    ("times_f", "plus"),
    ("times_i", "plus"),
    ("plus", "c_t"),
    ("plus", "tanh"),
    ("tanh", "times_o"),
    ("sigma_o", "times_o"),
    ("times_o", "h_t"),
)
READ_OUT: tuple[Wire, ...] = (("times_o", "softmax"), ("softmax", "y_t"))
FROM_H_T: Wire = ("h_t", "softmax")  # equation 7 as it is written; the same value

# box that makes it -> (name of the value, letter of its weights)
GATES = {"sigma_i": ("i_t", "i"), "sigma_f": ("f_t", "f"), "sigma_o": ("o_t", "o")}


class WireCheck(NamedTuple):
    """What a redrawn diagram lacks and what it has too much."""

    missing: tuple[Wire, ...]
    surplus: tuple[Wire, ...]

    @property
    def right(self) -> bool:
        """Tell whether every wire is there and no other."""
        return not (self.missing or self.surplus)


def compare_wires(pairs: Iterable[Wire]) -> WireCheck:
    """Compare wires given as (from, to) with those of the diagram.

    Parameters
    ----------
    pairs : pairs of strings
        Names of `BOXES`, in any order. The read-out (`READ_OUT`) may be there or not, and may
        be fed by h_t, which is the same value.

    Returns
    -------
    WireCheck
        Missing and surplus wires. A wire the wrong way round counts as one of each; so does
        every copy of a wire after the first as surplus.

    Raises
    ------
    ValueError
        When an entry is not a pair or names a box that the diagram does not have.
    """
    given = [_as_wire(pair) for pair in pairs]
    fed = READ_OUT[0] if READ_OUT[0] in given else FROM_H_T
    known = (*WIRES, fed, *READ_OUT[1:])
    return WireCheck(
        missing=tuple(wire for wire in WIRES if wire not in given),
        surplus=tuple(w for k, w in enumerate(given) if w not in known or w in given[:k]),
    )


def _as_wire(pair: Any) -> Wire:
    if isinstance(pair, str) or not isinstance(pair, Iterable) or len(list(pair)) != 2:
        raise ValueError(f'a wire is a pair such as ("x_t", "join"); got {pair!r}')
    start, end = pair
    for box in (start, end):
        if box not in BOXES:
            raise ValueError(f"the diagram has no box {box!r}; expected one of {', '.join(BOXES)}")
    return start, end


def step_values(
    weights: Any,
    x_t: ArrayLike,
    h_prev: ArrayLike,
    c_prev: ArrayLike,
    *,
    gates: Mapping[str, ArrayLike] | None = None,
    cut: Cut = None,
) -> Values:
    """Take one step and keep what every wire of the diagram carries.

    Equations 1 to 7 in the order of the diagram; eq. 7 where there is a W_y.

    Parameters
    ----------
    weights : object
        Has W_i, b_i, W_f, b_f, W_o, b_o, W_c, b_c and perhaps W_y, b_y.
    x_t : array (D,)
        Input.
    h_prev, c_prev : array (H,)
        Hidden state and cell state of the step before.
    gates : dict, optional
        "f_t", "i_t" or "o_t" to H numbers from 0 to 1, "c_tilde" to numbers from -1 to 1; NaN
        leaves a unit to the network.
    cut : pair of boxes or several, optional
        Wires of `WIRES` or `READ_OUT` that carry 0 in this step.

    Returns
    -------
    dict
        x_t, h_prev, c_prev, z_t, f_t, i_t, c_tilde, o_t, kept (f_t ⊙ c_{t-1}), written
        (i_t ⊙ c̃_t), c_t, shown (tanh(c_t)), h_t, y_t, each as it is before a cut, z_t after it;
        under "network" gates and candidate as the network sets them, under "cut" what is cut.

    Raises
    ------
    ValueError
        When shapes do not fit, what is set lies outside its range, or what is cut is no wire.
    """
    cuts = cut_wires(cut)

    def along(start: str, end: str, value: NDArray) -> NDArray:
        return np.zeros_like(value) if (start, end) in cuts else value

    x_t, h_prev, c_prev = (
        as_numbers(a, name) for a, name in ((x_t, "x_t"), (h_prev, "h_prev"), (c_prev, "c_prev"))
    )
    z_t = concat(along("h_prev", "join", h_prev), along("x_t", "join", x_t))

    def sums(box: str, letter: str) -> NDArray:
        W, b = getattr(weights, f"W_{letter}"), getattr(weights, f"b_{letter}")
        return along("join", box, z_t) @ W + b

    v: Values = {"x_t": x_t, "h_prev": h_prev, "c_prev": c_prev, "z_t": z_t, "cut": cuts}
    v["network"] = {name: sigmoid(sums(box, letter)) for box, (name, letter) in GATES.items()}
    v["network"]["c_tilde"] = np.tanh(sums("tanh_c", "c"))  # eq. 4
    v |= {name: _by_hand(g, (gates or {}).get(name), name) for name, g in v["network"].items()}
    v["kept"] = along("sigma_f", "times_f", v["f_t"]) * along("c_prev", "times_f", c_prev)
    v["written"] = along("sigma_i", "times_i", v["i_t"]) * along("tanh_c", "times_i", v["c_tilde"])
    v["c_t"] = along("times_f", "plus", v["kept"]) + along("times_i", "plus", v["written"])
    v["shown"] = np.tanh(along("plus", "tanh", v["c_t"]))
    v["h_t"] = along("sigma_o", "times_o", v["o_t"]) * along("tanh", "times_o", v["shown"])
    if hasattr(weights, "W_y"):
        scores = along("times_o", "softmax", v["h_t"]) @ weights.W_y + weights.b_y
        v["y_t"] = softmax(scores)
    return v


def cut_wires(cut: Cut) -> frozenset[Wire]:
    """Return what is cut, one wire, several or none, as a set of wires.

    Raises
    ------
    ValueError
        When one of them is no wire of the diagram.
    """
    one = isinstance(cut, tuple) and len(cut) == 2 and all(isinstance(box, str) for box in cut)
    wires = frozenset(_as_wire(wire) for wire in ([cut] if one else cut or ()))
    for wire in wires - {*WIRES, *READ_OUT}:
        raise ValueError(f"{wire!r} is no wire of the diagram; see WIRES and READ_OUT")
    return wires


def _by_hand(network: NDArray, wanted: ArrayLike | None, name: str) -> NDArray:
    """Put numbers set by hand in place of the network's; NaN leaves a unit alone."""
    if wanted is None:
        return network
    wanted = np.broadcast_to(np.asarray(wanted, dtype=float), network.shape)
    what, least = ("the candidate", -1) if name == "c_tilde" else ("a gate", 0)
    if ((wanted < least) | (wanted > 1)).any():
        raise ValueError(f"{name} is set to {wanted}; {what} lies between {least} and 1")
    return np.where(np.isnan(wanted), network, wanted)


def without_wire(
    wire: Wire, weights: Any, x_t: ArrayLike, h_prev: ArrayLike, c_prev: ArrayLike
) -> Values:
    """Take one step with one wire removed: it carries 0. See `step_values`."""
    return step_values(weights, x_t, h_prev, c_prev, cut=wire)
