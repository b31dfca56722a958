"""`Demo`: a question, a picture that follows its controls, and a sentence that says what it shows.

Nothing here needs a page or a kernel: tests move a demo by `set` and read the artists.
"""

import copy
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from numpy.typing import NDArray

from ..plots import vector
from .controls import Control, Handle, Play, Press

VERSION = 1  # of what page and kernel say to each other
NARROW = 3.2  # inches; the same text size in a small window, and less width


class Demo:
    """A picture that follows its controls.

    What stays is drawn once. On a change only the moving artists are drawn again, as vectors.

    Parameters
    ----------
    ax : Axes
        Any axes of the figure; it is finished but for what moves.
    controls : dict of name to Control
        What can be moved.
    moving : sequence of artists
        What `update` moves.
    update : function
        `update(**values)` moves the artists and returns a sentence that says what is shown. It
        raises ValueError for values that it cannot show.
    title : str
        What the picture shows, in a few words; the alt text begins with it.
    question : str
        Stands above the picture: what to find out.
    hint : str
        Where to begin, in a few words.
    handles : sequence of Handle
        What in the picture can be dragged.
    presses : sequence of Press
        What in the picture can be pressed.
    presets : dict of name to dict of values, optional
        Buttons that set some controls; of a row, one value sets all from the chosen entry on.
    presets_label : str
        What stands above them.
    play : Play, optional
        Adds Step and Play.
    start : dict, optional
        Values to start from, in place of those of the controls.
    stored : dict of name to values, optional
        Positions that a page without a kernel can play; see `stored_demo`.
    arrange : function, optional
        Places the panels for a "wide" or a "narrow" picture.

    Raises
    ------
    ValueError
        When a value to start from is not possible, with those that are.
    """

    def __init__(
        self,
        ax: Axes,
        controls: Mapping[str, Control],
        moving: Sequence[Artist],
        update: Callable[..., str],
        *,
        title: str,
        question: str,
        hint: str = "",
        handles: Sequence[Handle] = (),
        presses: Sequence[Press] = (),
        presets: Mapping[str, Mapping[str, Any]] | None = None,
        presets_label: str = "Start from",
        play: Play | None = None,
        start: Mapping[str, Any] | None = None,
        stored: Mapping[str, Sequence[Any]] | None = None,
        arrange: Callable[[str], None] | None = None,
    ) -> None:
        self.ax, self.figure = ax, ax.figure
        self.moving, self._update = list(moving), update
        self.title, self.question, self.hint = title, question, hint
        self.handles, self.play, self.stored = list(handles), play, stored
        self.presses = list(presses)
        self.presets, self.presets_label = dict(presets or {}), presets_label
        self.controls = {name: copy.copy(control) for name, control in controls.items()}
        self.size, self._arrange = "wide", arrange
        self.positions = self._positions_of(start or {})
        self._start = dict(self.positions)
        self.sentence = ""
        self._listeners: list[Callable[[], None]] = []
        self._settle()
        self._apply(self.positions)

    @property
    def values(self) -> dict[str, Any]:
        """What the controls stand at."""
        return {name: self.controls[name].value(at) for name, at in self.positions.items()}

    @property
    def alt(self) -> str:
        """The picture in words, for whoever cannot see it."""
        return f"{self.title}. {self.sentence}"

    def set(self, **values: Any) -> None:
        """Move controls, as a person at the page would.

        Parameters
        ----------
        **values
            New values by the name of the control; a number goes to the nearest position. For a
            row, one value for each entry, or one for all from the chosen entry on.

        Raises
        ------
        ValueError
            When there is no such control or value, with those that there are.
        """
        self.move(self._positions_of(values, self.positions))

    def move(self, positions: Mapping[str, Any]) -> None:
        """Move controls to positions; the picture and the sentence follow.

        Raises
        ------
        ValueError
            When there is no such position, or nothing to show there; then nothing has changed.
        """
        before = self.positions
        try:
            self._apply({**before, **positions})
        except ValueError:
            self._apply(before)
            raise
        for listener in self._listeners:
            listener()

    def reset(self) -> None:
        """Go back to the start."""
        self.move(self._start)

    def _apply(self, positions: dict[str, Any]) -> None:
        values = {name: self.controls[name].value(positions[name]) for name in self.controls}
        self.sentence = self._update(**values)
        self.positions = positions

    def _positions_of(self, values: Mapping[str, Any], others: Mapping | None = None) -> dict:
        unknown = set(values) - set(self.controls)
        if unknown:
            known = ", ".join(self.controls)
            raise ValueError(f"no control is named {sorted(unknown)[0]!r}; there are: {known}")
        at = {name: c.position(c.start) for name, c in self.controls.items()} | dict(others or {})
        for name in sorted(values, key=lambda name: self.controls[name].count):  # rows last
            control, value = self.controls[name], values[name]
            if control.chosen_by and np.ndim(value) == 0:
                at[name] = control.filled(at[name], at[control.chosen_by], value)
            else:
                at[name] = control.position(value)
        return at

    # ---- the picture

    def _settle(self) -> None:
        """Lay the figure out, for the size that the page asks for."""
        vector.settle(self.figure)
        self._stills: dict[tuple, str] = {}

    @property
    def still(self) -> str:
        """What stays, as the inside of an SVG; `update` may give the axes other limits."""
        limits = tuple(v for ax in self.figure.axes for v in (*ax.get_xlim(), *ax.get_ylim()))
        if limits not in self._stills:
            self._stills[limits] = vector.group(vector.still(self.figure, self.moving))
        return self._stills[limits]

    def resize(self, size: str) -> None:
        """Lay the picture out anew, "wide" or "narrow"; text keeps its size."""
        if size == self.size or size not in ("wide", "narrow"):
            return
        if not hasattr(self, "_wide"):
            self._wide = self.figure.get_size_inches().copy()
        width, height = self._wide
        self.figure.set_layout_engine("constrained")
        self.figure.set_size_inches(NARROW if size == "narrow" else width, height)
        self.size = size
        if self._arrange:
            self._arrange(size)
        self._settle()
        self._apply(self.positions)

    def spec(self) -> dict[str, Any]:
        """Return all that stays the same while the demo is moved, for the page."""
        width, height = (vector.DPI * inches for inches in self.figure.get_size_inches())
        return {
            "version": VERSION,
            "title": self.title,
            "question": self.question,
            "hint": self.hint,
            "size": self.size,
            "box": [round(width, 1), round(height, 1)],
            "controls": {
                name: {**control.described(), "start": self._start[name]}
                for name, control in self.controls.items()
            },
            "presets": {name: self._preset(values) for name, values in self.presets.items()},
            "presets_label": self.presets_label,
            "play": None if self.play is None else vars(self.play),
            "handles": [self._described(handle) for handle in self.handles],
            "presses": [self._pressed(press) for press in self.presses],
        }

    def _pressed(self, press: Press) -> dict[str, Any]:
        """Return what a place sets, and where it lies in the drawing: left, top, width, height."""
        position = self.controls[press.control].position
        corners = np.reshape(press.box, (2, 2)).astype(float)
        (left, top), (right, bottom) = self._drawn(press.ax or self.ax, corners)
        box = np.round([left, top, right - left, bottom - top], 1).tolist()
        to, back = position(press.value), position(press.back)
        return {"control": press.control, "to": to, "back": back, "box": box}

    def _described(self, handle: Handle) -> dict[str, Any]:
        path = self._path(handle) if handle.fixed else None
        return {"control": handle.control, "entry": handle.entry, "path": path}

    def _preset(self, values: Mapping[str, Any]) -> dict[str, Any]:
        return {
            name: self.controls[name].nearest(value)
            if self.controls[name].chosen_by and np.ndim(value) == 0
            else self.controls[name].position(value)
            for name, value in values.items()
        }

    def frame(self) -> dict[str, Any]:
        """Return what has moved: the picture's moving part, the sentence, the positions."""
        return {
            "at": self.positions,
            "svg": vector.group(vector.fragment(self.figure, self.moving)),
            "sentence": self.sentence,
            "alt": self.alt,
            "handles": [None if h.fixed else self._path(h) for h in self.handles],
        }

    def ahead(self, positions: Mapping[str, Any]) -> dict[str, Any] | None:
        """Return the frame of other positions, without moving there.

        None where nothing can be shown, and where the part that stays would be another.
        """
        before, still = self.positions, self.still
        try:
            self._apply({**before, **positions})
            return self.frame() if self.still == still else None
        except ValueError:
            return None
        finally:
            self._apply(before)

    def _path(self, handle: Handle) -> list[list[float] | None]:
        """Return where a handle would be for each position of its control, in the drawing.

        None where it is nowhere (`at` gave NaN).
        """
        control, values = self.controls[handle.control], self.values
        points = [handle.at(**self._with(handle, stop, values)) for stop in control.stops]
        drawn = np.round(self._drawn(handle.ax or self.ax, np.array(points, dtype=float)), 1)
        return [point.tolist() if np.isfinite(point).all() else None for point in drawn]

    def _drawn(self, ax: Axes, points: NDArray) -> NDArray:
        """Return where points of a panel lie in the drawing, counted from its top."""
        pixels, height = ax.transData.transform(points), vector.DPI * self.figure.get_figheight()
        return np.column_stack([pixels[:, 0], height - pixels[:, 1]])

    def _with(self, handle: Handle, stop: Any, values: dict[str, Any]) -> dict[str, Any]:
        if handle.entry is None:
            return {**values, handle.control: stop}
        row = values[handle.control].copy()
        row[handle.entry] = stop
        return {**values, handle.control: row}

    def listen(self, listener: Callable[[], None]) -> None:
        """Call a function after every move."""
        self._listeners.append(listener)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> tuple[dict, dict]:
        """Return the live view, and the picture and a fixed sentence for where nothing runs."""
        from .shell import live_view  # the widget, which no test of a demo needs
        from .stored import stored_bundle

        data, metadata = stored_bundle(self)
        return {**data, **live_view(self)}, metadata
