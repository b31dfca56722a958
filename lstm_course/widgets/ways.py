"""Ways to answer a question: a slider, a choice, a curve to sketch. None of them is pre-filled."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from . import controls
from .controls import Control


@dataclass(frozen=True)
class Slide:
    """A number, found on a slider.

    Attributes
    ----------
    control : Control
        The slider; what it starts at is no guess.
    write : function
        From a number to its text.
    """

    control: Control
    write: Callable[[float], str]

    says: ClassVar[str] = "it is {}"

    def described(self) -> dict[str, Any]:
        """Return what the page needs to know."""
        return {**self.control.described(), "kind": "slider"}

    def value(self, at: int) -> float:
        """Return the number at a position of the page."""
        return self.control.value(at)

    def place(self, value: float) -> float:
        """Return how far along the slider a number stands, from 0 to 1.

        Raises
        ------
        ValueError
            When it lies outside, with the ends.
        """
        self.control.position(value)
        stops = self.control.stops
        return float(np.interp(value, stops, np.linspace(0, 1, len(stops))))

    def text(self, value: float) -> str:
        """Return a number as it is shown."""
        return self.write(value).replace("-", "−")

    def off(self, guess: float, answer: float) -> float:
        """Return the distance of two numbers as a share of the slider."""
        return abs(self.place(guess) - self.place(answer))


def slide(
    label: str,
    low: float,
    high: float,
    step: float,
    digits: int = 2,
    *,
    quantity: str = "",
) -> Slide:
    """Ask for a number between two ends.

    Parameters
    ----------
    label : str
        What the number is.
    low, high, step : float
        Ends and distance of the positions.
    digits : int
        How many are shown after the point.
    quantity : str
        Whose badge and color it wears, such as "f_t".
    """
    middle = low + step * round((high - low) / step / 2)
    control = controls.slider(label, middle, low, high, step, digits, quantity=quantity)
    return Slide(control, lambda number: f"{number:.{digits}f}")


def slide_over(
    label: str, stops: Sequence[float], write: Callable[[float], str], *, quantity: str = ""
) -> Slide:
    """Ask for one of several growing numbers, such as 1, 10, 100."""
    control = controls.scale(label, stops[len(stops) // 2], stops, write, quantity=quantity)
    return Slide(control, write)


@dataclass(frozen=True)
class Pick:
    """One of a few statements.

    Attributes
    ----------
    options : tuple of str
        The statements.
    """

    options: tuple[str, ...]

    says: ClassVar[str] = "the answer is {}"

    def described(self) -> dict[str, Any]:
        """Return what the page needs to know."""
        return {"kind": "choice", "label": "Your guess", "texts": list(self.options)}

    def value(self, at: int) -> str:
        """Return the statement at a position of the page."""
        if at not in range(len(self.options)):
            raise ValueError(f"there is no option {at!r} of {len(self.options)}")
        return self.options[at]

    def place(self, value: str) -> int:
        """Return which option a statement is.

        Raises
        ------
        ValueError
            When it is none, with those that there are.
        """
        if value not in self.options:
            raise ValueError(f"{value!r} is no option; there are: {', '.join(self.options)}")
        return self.options.index(value)

    def text(self, value: str) -> str:
        """Return a statement as it is shown."""
        return value

    def off(self, guess: str, answer: str) -> float:
        """Return 0 for the right statement and 1 for another."""
        return float(self.place(guess) != self.place(answer))


def pick(*options: str) -> Pick:
    """Ask for one of a few statements."""
    return Pick(options)


@dataclass(frozen=True)
class Sketch:
    """A curve, drawn point by point.

    Attributes
    ----------
    label, xlabel : str
        What its heights and its places are.
    xs : tuple of float
        The places.
    low, high : float
        Ends of the heights.
    quantity : str
        Whose color the answer wears.
    """

    label: str
    xlabel: str
    xs: tuple[float, ...]
    low: float
    high: float
    quantity: str = ""

    says: ClassVar[str] = "it goes {}"

    def described(self) -> dict[str, Any]:
        """Return what the page needs to know."""
        tone = controls.tone_of(self.quantity) if self.quantity else "ink"
        axes = {"xs": list(self.xs), "low": self.low, "high": self.high, "xlabel": self.xlabel}
        return {"kind": "sketch", "label": self.label, "tone": tone, **axes}

    def value(self, at: Sequence[float]) -> list[float]:
        """Return a curve from the page, which sends shares of the height."""
        if np.shape(at) != (len(self.xs),) or not all(0 <= share <= 1 for share in at):
            raise ValueError(f"expected {len(self.xs)} heights from 0 to 1, got {at!r}")
        return [round(self.low + (self.high - self.low) * share, 6) for share in at]

    def place(self, value: Sequence[float]) -> list[float]:
        """Return a curve as shares of the height.

        Raises
        ------
        ValueError
            When it has not one height for each place, between the ends.
        """
        heights = np.asarray(value, dtype=float)
        if heights.shape != (len(self.xs),):
            raise ValueError(f"{self.label} has shape {heights.shape}; expected {len(self.xs)}")
        if heights.min() < self.low - 1e-9 or heights.max() > self.high + 1e-9:
            raise ValueError(f"{self.label} leaves the range from {self.low} to {self.high}")
        return ((heights - self.low) / (self.high - self.low)).tolist()

    def text(self, value: Sequence[float]) -> str:
        """Return where a curve begins and ends."""
        first, last = (f"{value[k]:.2g}".replace("-", "−") for k in (0, -1))
        return f"from {first} to {last}"

    def off(self, guess: Sequence[float], answer: Sequence[float]) -> float:
        """Return the mean distance of two curves as a share of the height."""
        return float(np.abs(np.subtract(self.place(guess), self.place(answer))).mean())


def sketch(
    label: str,
    xs: Sequence[float],
    low: float,
    high: float,
    *,
    xlabel: str = "step",
    quantity: str = "",
) -> Sketch:
    """Ask for a curve over a few places, at most a dozen.

    Parameters
    ----------
    label, xlabel : str
        What its heights and its places are.
    xs : sequence of float
        The places.
    low, high : float
        Ends of the heights.
    quantity : str
        Whose color the answer wears.
    """
    return Sketch(label, xlabel, tuple(float(x) for x in xs), low, high, quantity)
