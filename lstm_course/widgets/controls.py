"""What a demo can be moved by: sliders, choices, a line of text. Plain descriptions.

A slider or a choice has a list of positions that it can stand at, so that the page, the kernel
and a stored demo always speak of the same values.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ..plots.palette import THEME, style_of


@dataclass(frozen=True)
class Control:
    """One control of a demo.

    Attributes
    ----------
    kind : str
        "slider", "choice" or "text".
    label : str
        Its name, also for a screen reader.
    start : any
        Its value at the start.
    stops : tuple
        The values it can have, in order; none for a text.
    texts : tuple of str
        Each of these as it is shown.
    quantity : str
        A name of the palette, such as "f_t": whose badge and color it wears.
    count : int
        For a row of equal controls, such as one gate at each step, how many; 0 for one alone.
    chosen_by : str
        For a row: the control that chooses which entry a slider beside the picture shows. Without
        it a row is moved in the picture alone.
    """

    kind: str
    label: str
    start: Any
    stops: tuple = ()
    texts: tuple[str, ...] = ()
    quantity: str = ""
    count: int = 0
    chosen_by: str = ""

    def position(self, value: Any) -> Any:
        """Return where a value stands among the stops; the nearest one for a number.

        Raises
        ------
        ValueError
            When there is no such value, with those that there are.
        """
        if self.kind == "text":
            return self._line(value)
        if self.count:
            return self._row(value)
        if self.kind == "slider":
            return self.nearest(value)
        if value not in self.stops:
            raise ValueError(f"{self.label} is {value!r}; possible: {', '.join(self.texts)}")
        return self.stops.index(value)

    def _line(self, value: Any) -> str:
        if not isinstance(value, str):
            raise ValueError(f"{self.label} is {value!r}; expected a text such as {self.start!r}")
        return value

    def _row(self, values: Any) -> list[int]:
        if np.shape(values) != (self.count,):
            raise ValueError(
                f"{self.label} has shape {np.shape(values)}; expected {self.count} values"
            )
        return [self.nearest(value) for value in values]

    def filled(self, row: Sequence[int], first: int, value: float) -> list[int]:
        """Return a row's positions with one value from an entry on."""
        return [*row[:first], *[self.nearest(value)] * (self.count - first)]

    def nearest(self, value: Any) -> int:
        """Return where the stop lies that is nearest to a number.

        Raises
        ------
        ValueError
            When the number lies outside.
        """
        low, high = self.stops[0], self.stops[-1]
        try:
            inside = low - 1e-9 <= value <= high + 1e-9
        except TypeError:
            inside = False
        if not inside:
            raise ValueError(
                f"{self.label} is {value!r}; possible: from {self.texts[0]} to {self.texts[-1]}"
            )
        return int(np.abs(np.array(self.stops) - value).argmin())

    def value(self, position: Any) -> Any:
        """Return the value at a position of the page.

        Raises
        ------
        ValueError
            When there is no such position.
        """
        if self.kind == "text":
            return self._line(position)
        if self.count:
            return np.array([self.stops[self._checked(place)] for place in position])
        return self.stops[self._checked(position)]

    def _checked(self, position: Any) -> int:
        if position not in range(len(self.stops)):
            raise ValueError(f"{self.label} has no position {position!r} of {len(self.stops)}")
        return int(position)

    def described(self) -> dict[str, Any]:
        """Return what the page needs to know of it."""
        quantity = {}
        if self.quantity:
            symbol = style_of(self.quantity).label.strip("$").replace(r"\tilde{c}", "c̃")
            quantity["badge"] = symbol if "_" in symbol else ""  # a word needs none
            quantity["tone"] = tone_of(self.quantity)
        start = self.position(self.start)
        return {
            "kind": self.kind,
            "label": self.label,
            "texts": list(self.texts),
            "start": start,
            "count": self.count,
            "chosen_by": self.chosen_by,
            **quantity,
        }


def tone_of(quantity: str) -> str:
    """Return the name of a quantity's color among the CSS variables."""
    color = style_of(quantity).color
    return next(name for name, tone in THEME.items() if tone.light == color)


def slider(
    label: str,
    value: float | Sequence[float],
    low: float,
    high: float,
    step: float,
    digits: int = 2,
    *,
    quantity: str = "",
    count: int = 0,
    chosen_by: str = "",
) -> Control:
    """Describe a slider with equal steps; the arrow keys move it by one.

    Parameters
    ----------
    label : str
        Its name.
    value, low, high, step : float
        Start, ends and distance of its positions.
    digits : int
        How many are shown after the point.
    quantity : str
        Whose badge and color it wears, such as "f_t".
    count : int
        How many of it, for a row with one entry per step; `value` is then the start of all, or
        holds one for each.
    chosen_by : str
        For a row: the control that chooses the entry to be seen beside the picture.

    Returns
    -------
    Control
    """
    stops = low + step * np.arange(round((high - low) / step) + 1)
    control = scale(label, value, [round(float(s), 9) for s in stops], digits, quantity=quantity)
    if not count:
        return control
    row = np.broadcast_to(value, count).tolist()
    return replace(control, start=row, count=count, chosen_by=chosen_by)


def scale(
    label: str,
    value: float,
    stops: Sequence[float],
    digits: int | Callable[[float], str] = 2,
    *,
    quantity: str = "",
) -> Control:
    """Describe a slider over values of any distance, such as 0.9, 0.99, 0.999.

    Parameters
    ----------
    label : str
        Its name.
    value : float
        Where it starts.
    stops : sequence of float
        Its values, growing.
    digits : int or function
        How many are shown after the point, or what writes a value.
    quantity : str
        Whose badge and color it wears.

    Returns
    -------
    Control
    """
    write = digits if callable(digits) else lambda number: f"{number:.{digits}f}"
    texts = tuple(write(float(stop)).replace("-", "−") for stop in stops)
    return Control("slider", label, value, tuple(float(stop) for stop in stops), texts, quantity)


def choice(label: str, options: Sequence[str], value: str) -> Control:
    """Describe a list to choose one entry from."""
    return Control("choice", label, value, tuple(options), tuple(options))


def line_of_text(label: str, value: str) -> Control:
    """Describe a line to type into."""
    return Control("text", label, value)


@dataclass(frozen=True)
class Handle:
    """A place in the picture that can be dragged, and so moves a control.

    Attributes
    ----------
    control : str
        Which one.
    at : function
        `at(**values)` returns where it would be, (x, y) in the units of `ax`, if the controls
        had those values.
    ax : Axes, optional
        The panel it lies in; the figure's first when left out.
    entry : int, optional
        Of a control with several entries, which one it moves.
    fixed : bool
        Its places stay the same whatever else is moved, so the page gets them once.
    """

    control: str
    at: Callable[..., tuple[float, float]]
    ax: Any = None
    entry: int | None = None
    fixed: bool = False


@dataclass(frozen=True)
class Press:
    """A place in the picture that can be pressed: it sets a control, and once more takes it back.

    Attributes
    ----------
    control : str
        Which one.
    value : any
        What it sets.
    back : any
        What the control gets when it stands there already.
    box : tuple of four numbers
        Left, top, right and bottom, in the units of `ax`.
    ax : Axes, optional
        The panel it lies in; the figure's first when left out.
    """

    control: str
    value: Any
    back: Any
    box: tuple[float, float, float, float]
    ax: Any = None


@dataclass(frozen=True)
class Play:
    """Step and Play: they move one control, position by position, to its end.

    Attributes
    ----------
    control : str
        Which one.
    pace : float
        Seconds for a step.
    """

    control: str
    pace: float = 0.7
