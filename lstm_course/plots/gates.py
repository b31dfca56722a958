"""Pictures of gates: bars for one step, lines over time."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from numpy.typing import ArrayLike, NDArray

from ..equations import as_numbers
from .figures import new_axes, styled
from .palette import GATE_ENDS, style_of
from .series import draw_series, label_ends


@styled
def plot_gate(
    values: ArrayLike,
    *,
    name: str = "i_t",
    units: Sequence[str] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw one gate as bars, one per unit, on an axis from 0 to 1.

    Parameters
    ----------
    values : array (H,)
        The gate, between 0 and 1.
    name : str
        Which gate: "i_t", "f_t", "o_t" or "gate".
    units : sequence of H strings, optional
        What to write under the bars; "unit 1", "unit 2", … when left out.
    ax : Axes, optional
        Where to draw; a new figure when left out.

    Returns
    -------
    Axes

    Raises
    ------
    ValueError
        When `values` is no single row of numbers from 0 to 1.
    """
    values = _gate_values(values, name)
    if values.ndim != 1:
        raise ValueError(f"{name} has shape {values.shape}; expected one number per unit, (H,)")
    units = units or [f"unit {k + 1}" for k in range(len(values))]
    ax = ax or new_axes(height=2.2)
    bars = ax.bar(units, values, width=0.5, color=style_of(name).color)
    ax.bar_label(bars, fmt="%.2f", padding=2)
    ax.set_xlim(-0.6, len(values) - 0.4)
    return _gate_axis(ax, name)


@styled
def plot_gates(
    *,
    i_t: ArrayLike | None = None,
    f_t: ArrayLike | None = None,
    o_t: ArrayLike | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw gates over time on an axis from 0 to 1, each line with its symbol at its end.

    Parameters
    ----------
    i_t, f_t, o_t : array (T,) or (T, H), optional
        Gates, time first; give one or more.
    ax : Axes, optional
        Where to draw; a new figure when left out.

    Returns
    -------
    Axes

    Raises
    ------
    ValueError
        When no gate is given, or one leaves the range from 0 to 1.
    """
    gates = {k: g for k, g in {"i_t": i_t, "f_t": f_t, "o_t": o_t}.items() if g is not None}
    if not gates:
        raise ValueError("plot_gates got no gate; expected i_t=…, f_t=… or o_t=…")
    ax = ax or new_axes()
    for name, values in gates.items():
        draw_series(ax, name, _gate_values(values, name))
    ax.set_xlabel("step $t$")
    _gate_axis(ax, next(iter(gates)) if len(gates) == 1 else "gate")
    return label_ends(ax)


def _gate_values(values: ArrayLike, name: str) -> NDArray:
    values = as_numbers(values, name)
    if values.size == 0 or values.min() < 0 or values.max() > 1:
        seen = f"{values.min():g} to {values.max():g}" if values.size else "no values"
        raise ValueError(f"{name} is a gate, between 0 and 1; got {seen}. Did σ go missing?")
    return values


def _gate_axis(ax: Axes, name: str) -> Axes:
    """Make y run from 0 to 1, with the meaning of both ends beside the numbers."""
    low, high = GATE_ENDS.get(name, GATE_ENDS["gate"])
    ax.set_ylim(0, 1.04)
    ax.set_yticks([0, 0.5, 1], [f"{low}  0", "0.5", f"{high}  1"])
    ax.spines["left"].set_bounds(0, 1)
    ax.set_ylabel(style_of(name).label)
    return ax
