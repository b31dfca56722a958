"""Pictures of gates, memories and gradients.

Each ``plot_*`` function takes arrays and an Axes (or makes one), labels it with the symbols
of the equations and returns it. Nothing is shown before ``show(ax, alt="…")``, which asks for
the picture in words.
"""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator
from numpy.typing import ArrayLike, NDArray

from .equations import as_numbers
from .figures import new_axes, show, styled
from .palette import GATE_ENDS, GUIDE, STYLES, style_of

__all__ = [
    "STYLES",
    "new_axes",
    "plot_activation",
    "plot_gate",
    "plot_gates",
    "plot_gradient_norms",
    "plot_memory",
    "plot_weights",
    "show",
]


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
        _draw_series(ax, name, _gate_values(values, name))
    ax.set_xlabel("step $t$")
    _gate_axis(ax, next(iter(gates)) if len(gates) == 1 else "gate")
    return _label_ends(ax)


@styled
def plot_memory(
    c_t: ArrayLike | None = None,
    *,
    h_t: ArrayLike | None = None,
    c_tilde: ArrayLike | None = None,
    y_t: ArrayLike | None = None,
    target: ArrayLike | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw what a cell holds, shows or is offered over time, with a line at zero.

    Parameters
    ----------
    c_t, h_t, c_tilde, y_t, target : array (T,) or (T, H), optional
        Sequences, time first; give one or more.
    ax : Axes, optional
        Where to draw; a new figure when left out.

    Returns
    -------
    Axes

    Raises
    ------
    ValueError
        When nothing is given, or an array has more than two sizes.
    """
    given = {"c_t": c_t, "h_t": h_t, "c_tilde": c_tilde, "y_t": y_t, "target": target}
    given = {name: values for name, values in given.items() if values is not None}
    if not given:
        raise ValueError("plot_memory got nothing to draw; expected c_t=…, h_t=… or another array")
    ax = ax or new_axes()
    ax.axhline(0, color="#BBBBBB", linewidth=0.8, zorder=0)
    for name, values in given.items():
        _draw_series(ax, name, as_numbers(values, name))
    ax.set_xlabel("step $t$")
    ax.set_ylabel(", ".join(style_of(name).label for name in given))
    return _label_ends(ax)


@styled
def plot_gradient_norms(
    norms: ArrayLike,
    *,
    name: str = "h_t",
    label: str = "",
    floor: float | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw how long a gradient is at each lag, on a logarithmic axis.

    Call it again with the same `ax` for the next curve.

    Parameters
    ----------
    norms : array (T + 1,)
        Entry k is ‖∂L/∂h_{t-k}‖; a norm of 0 leaves a gap, since a logarithm has none.
    name : str
        "h_t" or "c_t": which of the two the gradient is taken of.
    label : str
        Written at the end of the curve.
    floor : float, optional
        Adds a line at this norm and one at the first lag below it.
    ax : Axes, optional
        Where to draw; a new figure when left out.

    Returns
    -------
    Axes

    Raises
    ------
    ValueError
        When `norms` is no single row, or holds a negative number.
    """
    norms = as_numbers(norms, "norms")
    if norms.ndim != 1 or (norms < 0).any():
        raise ValueError(
            f"norms must be one row of lengths, 0 or more; got shape {norms.shape}"
            + (f" with {norms.min():g}" if norms.size else "")
        )
    ax = ax or new_axes()
    looks = style_of(name).line() | {"label": label or "_curve"}
    ax.semilogy(np.where(norms > 0, norms, np.nan), **looks)
    if floor is not None:
        ax.axhline(floor, **GUIDE)
        below = np.flatnonzero(norms < floor)
        if below.size:
            ax.axvline(below[0], **GUIDE)
    ax.set_xlabel("lag $k$ (steps back)")
    ax.set_ylabel(rf"$\|\partial L/\partial {name[0]}_{{t-k}}\|$")
    return _label_ends(ax)


@styled
def plot_activation(
    a: ArrayLike,
    values: ArrayLike,
    *,
    name: str = "sigmoid",
    slope: ArrayLike | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw an activation over its input; call it again with the same `ax` to compare.

    Parameters
    ----------
    a : array (M,)
        Inputs of the function, growing.
    values : array (M,)
        The function at `a`.
    name : str
        "sigmoid", "tanh" or "step": colour, line style and label.
    slope : array (M,), optional
        Its derivative, drawn thin in the same colour.
    ax : Axes, optional
        Where to draw; a new figure when left out.

    Returns
    -------
    Axes

    Raises
    ------
    ValueError
        When the lengths differ.
    """
    looks, a = style_of(name), as_numbers(a, "a")
    ax = ax or new_axes()
    thin = looks._replace(linewidth=1.0, linestyle=":", label=f"slope of {looks.label}")
    for array, line in ((values, looks), (slope, thin)):
        if array is None:
            continue
        array = as_numbers(array, line.label)
        if array.shape != a.shape:
            raise ValueError(f"{line.label} has shape {array.shape}; expected {a.shape}, as a has")
        ax.plot(a, array, **line.line())
    ax.set_xlabel("$a$")
    ax.set_ylabel("value")
    return _label_ends(ax)


@styled
def plot_weights(
    W: ArrayLike,
    b: ArrayLike | None = None,
    *,
    name: str = "W_i",
    features: Sequence[str] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw one gate's weights as a table of colours: rows of h above rows of x.

    Parameters
    ----------
    W : array (H + D, H)
        One gate's weights, one column per unit; the first H rows belong to h_{t-1}.
    b : array (H,), optional
        Its bias, drawn as a last row.
    name : str
        The title.
    features : sequence of D strings, optional
        Names of the inputs; x₁, x₂, … when left out.
    ax : Axes, optional
        Where to draw; a new figure when left out.

    Returns
    -------
    Axes

    Raises
    ------
    ValueError
        When W has no rows left for x, or b does not fit.
    """
    W = as_numbers(W, name)
    if W.ndim != 2 or W.shape[0] <= W.shape[1]:
        raise ValueError(
            f"{name} has shape {W.shape}; expected (H + D, H): a row per unit of h, then "
            "a row per input"
        )
    H, D = W.shape[1], W.shape[0] - W.shape[1]
    features = features or [f"$x_{k + 1}$" for k in range(D)]
    if len(features) != D:
        raise ValueError(f"{len(features)} features named, but {name} {W.shape} has D = {D} inputs")
    rows = [f"$h_{k + 1}$" for k in range(H)] + list(features)
    if b is not None:
        b = as_numbers(b, "b")
        if b.shape != (H,):
            raise ValueError(f"b has shape {b.shape}; expected ({H},), one number per column of W")
        W, rows = np.vstack([W, b]), rows + ["bias"]
    ax = ax or new_axes(height=0.6 + 0.34 * len(rows))
    return _draw_table(ax, W, rows, lines_under=[H, H + D][: 2 if b is not None else 1], title=name)


def _gate_values(values: ArrayLike, name: str) -> NDArray:
    values = as_numbers(values, name)
    if values.size == 0 or values.min() < 0 or values.max() > 1:
        seen = f"{values.min():g} to {values.max():g}" if values.size else "no values"
        raise ValueError(f"{name} is a gate, between 0 and 1; got {seen}. Did σ go missing?")
    return values


def _draw_series(ax: Axes, name: str, values: NDArray) -> None:
    """Add a line over t = 1 … T for (T,), or one per unit for (T, H)."""
    if values.ndim not in (1, 2):
        raise ValueError(f"{name} has shape {values.shape}; expected (T,) or (T, H), time first")
    looks, columns = style_of(name), values.reshape(len(values), -1).T
    for k, column in enumerate(columns):
        label = looks.label if len(columns) == 1 else f"{looks.label} unit {k + 1}"
        line = looks._replace(label=label, marker=looks.marker if len(column) <= 40 else "")
        ax.plot(np.arange(1, len(column) + 1), column, **line.line())
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))


def _gate_axis(ax: Axes, name: str) -> Axes:
    """Make y run from 0 to 1, with the meaning of both ends beside the numbers."""
    low, high = GATE_ENDS.get(name, GATE_ENDS["gate"])
    ax.set_ylim(0, 1.04)
    ax.set_yticks([0, 0.5, 1], [f"{low}  0", "0.5", f"{high}  1"])
    ax.spines["left"].set_bounds(0, 1)
    ax.set_ylabel(style_of(name).label)
    return ax


def _label_ends(ax: Axes) -> Axes:
    """Write each line's label at its right end, moved apart where two would overlap."""
    for old in [text for text in ax.texts if text.get_gid() == "end-label"]:
        old.remove()
    ax.get_ylim()  # lets the axes take in the new line before its end is looked up
    ends = []
    for line in ax.lines:
        shown = np.flatnonzero(np.isfinite(np.asarray(line.get_ydata(), float)))
        if not line.get_label().startswith("_") and shown.size:
            point = (line.get_xdata()[shown[-1]], line.get_ydata()[shown[-1]])
            height = ax.transAxes.inverted().transform(ax.transData.transform(point))[1]
            ends.append((height, line))
    room = 13 / (72 * ax.get_position().height * ax.figure.get_figheight())  # 13 pt per label
    ends.sort(key=lambda end: end[0])
    places = _spread(np.array([end[0] for end in ends]), room)
    for (_, line), y in zip(ends, places, strict=True):
        ax.annotate(
            line.get_label(),
            (1, y),
            xycoords="axes fraction",
            xytext=(5, 0),
            textcoords="offset points",
            va="center",
            color=line.get_color(),
            gid="end-label",
        )
    return ax


def _spread(places: NDArray, room: float) -> NDArray:
    """Move sorted places apart to at least `room`, each as little as the others allow."""
    groups = [[place, 1] for place in places]  # middle and number of labels that touch
    k = 0
    while k < len(groups) - 1:
        (a, m), (b, n) = groups[k], groups[k + 1]
        if b - a < room * (m + n) / 2 - 1e-9:
            groups[k : k + 2] = [[(a * m + b * n) / (m + n), m + n]]
            k = max(k - 1, 0)
        else:
            k += 1
    return np.array([mid + room * (j - (n - 1) / 2) for mid, n in groups for j in range(n)])


def _draw_table(
    ax: Axes, table: NDArray, rows: list[str], lines_under: list[int], title: str
) -> Axes:
    limit = np.abs(table).max() or 1.0
    ax.imshow(table, cmap="PuOr", vmin=-limit, vmax=limit, aspect="auto")
    for (row, column), value in np.ndenumerate(table):
        ink = "white" if abs(value) > 0.6 * limit else "black"
        ax.text(column, row, f"{value:.3g}", ha="center", va="center", color=ink)
    for row in lines_under:
        ax.axhline(row - 0.5, color="black", linewidth=1.4)
    ax.set_yticks(range(len(rows)), rows)
    ax.set_xticks(range(table.shape[1]), [f"unit {k + 1}" for k in range(table.shape[1])])
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    ax.set_title(f"${title}$  {table.shape[0] - len(lines_under) + 1} × {table.shape[1]}")
    return ax
