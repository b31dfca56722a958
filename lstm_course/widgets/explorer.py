"""The cell explorer: the block diagram with live values, gates set by hand and scissors."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ..plots.diagram.cuts import SPOTS
from ..plots.diagram.frames import GATES, explorer_frames, explorer_svg
from ..plots.diagram.layout import HEIGHT, PATHS, WIDTH
from ..plots.diagram.reader import SENTENCE, UNITS, Step, explore
from ..plots.diagram.readings import wire_words
from ..plots.diagram.wires import Cut, cut_wires
from ..plots.shown import image_tag
from .base import VERSION
from .shell import Shell, live_view, module, style_sheet
from .stored import framed

PARTS = ("parts.js", "link.js", "veil.js", "play.js", "diagram.js", "gates.js", "explorer.js")
QUESTION = "was or were? Cut what carries the number."
HINT = "Click a wire to cut it, again to mend it."
TEXT = (
    "Cell explorer: the LSTM block diagram with the value of every wire, word by word. "
    "Run this cell to step through the sentence."
)


class ExplorerView(Shell):
    """The explorer on a page: the shell's way to the kernel, and a front end of its own."""

    _esm, _css = module(*PARTS), style_sheet() + module("explorer.css")


class CellExplorer:
    """Step through a sentence, look at every wire, set gates by hand, cut wires.

    The page asks with all that is set: a sentence, gates set by hand and wires that are cut;
    the answer is a frame with every step of the sentence. Stepping needs no answer.

    Parameters
    ----------
    sentence : str
        Words of the lesson.
    t, unit : int
        Word after *the* and unit shown first, counted from 0.
    cut : pair of boxes or several, optional
        Wires that are cut at the start.

    Raises
    ------
    ValueError
        When a word is unknown, with the nearest known one; when there is no such word, unit or
        wire.
    """

    title, text = "Cell explorer", TEXT
    question, hint = QUESTION, HINT
    preset: Sequence[list] = ()

    def __init__(
        self, sentence: str = SENTENCE, *, t: int = 0, unit: int = 0, cut: Cut = None
    ) -> None:
        words = len(explore(sentence))
        for name, value, count in (("t", t, words), ("unit", unit, len(UNITS))):
            if value not in range(count):
                raise ValueError(f"{name} is {value!r}; possible: 0 to {count - 1}")
        self._t, self._unit = t, unit
        self._start = {"sentence": sentence, "overrides": list(self.preset), "cut": _pairs(cut)}
        self.still = self.drawing(scissors=True)
        self._listeners: list[Callable[[], None]] = []
        self.move(self._start)

    def drawing(self, scissors: bool = False) -> str:
        """Return the diagram as it stands at the start."""
        start = self._start
        return explorer_svg(
            start["sentence"], _overrides(start), t=self._t, unit=self._unit, scissors=scissors
        )

    @property
    def steps(self) -> list[Step]:
        """What the cell does now, word by word, with all that is set and cut."""
        return explore(self.at["sentence"], _overrides(self.at), cut=_cut(self.at))

    def move(self, at: Mapping[str, Any]) -> None:
        """Read another sentence, with gates set by hand and wires cut.

        Parameters
        ----------
        at : dict
            "sentence"; "overrides", a list of [t, gate, unit, value]; "cut", a list of pairs.

        Raises
        ------
        ValueError
            See `explore`; then nothing has changed.
        """
        frames = explorer_frames(at["sentence"], _overrides(at), _cut(at))
        self.at, self._frames = dict(at), frames
        for listener in self._listeners:
            listener()

    def reset(self) -> None:
        """Go back to the start."""
        self.move(self._start)

    def resize(self, size: str) -> None:
        """Do nothing: the page lays the explorer out."""

    def listen(self, listener: Callable[[], None]) -> None:
        """Call a function after every move."""
        self._listeners.append(listener)

    def spec(self) -> dict[str, Any]:
        """Return all that stays the same, for the page."""
        return {
            "version": VERSION,
            "title": self.title,
            "question": self.question,
            "hint": self.hint,
            "start": {**self._start, "t": self._t, "unit": self._unit, "lit": "c_t"},
            "units": list(UNITS),
            "gates": GATES,
            "able": {"sentence": True, "gates": True, "cuts": len(SPOTS)},
            "wires": {name: wire_words(name) for name in PATHS},
        }

    def frame(self) -> dict[str, Any]:
        """Return what has changed: every step of the sentence, and what is set and cut."""
        return {"at": self.at, **self._frames}

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> tuple[dict, dict]:
        """Return the live view, and the picture and a fixed sentence for where nothing runs."""
        return {**stored(self), **live_view(self, ExplorerView)}, {}


def _pairs(cut: Cut) -> list[list[str]]:
    return sorted(list(wire) for wire in cut_wires(cut))


def _overrides(at: Mapping[str, Any]) -> dict[tuple[int, str, int], float]:
    return {(t, gate, unit): value for t, gate, unit, value in at["overrides"]}


def _cut(at: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [tuple(wire) for wire in at["cut"]]


def stored(explorer: CellExplorer, packed: str = "") -> dict[str, str]:
    """Return the explorer as it is stored: its picture under the veil, and words."""
    start = explorer.spec()["start"]
    said = explorer.frame()["steps"][start["t"]]["units"][start["unit"]]["said"]
    asked = f"{explorer.question} {explorer.hint}"
    drawing = explorer.drawing()
    svg, size = framed(asked, drawing, (WIDTH, HEIGHT))
    with_frames, _ = framed(asked, drawing, (WIDTH, HEIGHT), packed)
    alt = f"{explorer.title}, not running. {explorer.question} {said}"
    return {
        "image/svg+xml": svg,
        "text/html": image_tag(with_frames, alt, size),
        "text/plain": explorer.text,
    }


def stored_explorer(sentence: str) -> dict[str, Any]:
    """Return a sentence with a frame for every wire that is cut, to be played without a kernel.

    Returns
    -------
    dict
        "frames": of the whole cell under "", of others under the two boxes of the wire.
    """
    explorer, frames = CellExplorer(sentence), {}
    for wire in [None, *SPOTS]:
        explorer.move({"sentence": sentence, "overrides": [], "cut": _pairs(wire)})
        frames[" ".join(wire or ())] = explorer.frame()
    return {"frames": frames}


def cell_explorer(
    sentence: str = SENTENCE, *, t: int = 0, unit: int = 0, cut: Cut = None
) -> CellExplorer:
    """Return the cell explorer for a sentence.

    Parameters
    ----------
    sentence : str
        Words of the lesson, such as "the cat which the dogs ate was full".
    t, unit : int
        Word after *the* and unit shown first, counted from 0.
    cut : pair of boxes or several, optional
        Wires that are cut at the start, such as ("times_o", "h_t").

    Returns
    -------
    CellExplorer
        Put it on the last line of a cell.

    Raises
    ------
    ValueError
        When a word is unknown, with the nearest known one; when there is no such word, unit or
        wire.
    """
    return CellExplorer(sentence, t=t, unit=unit, cut=cut)
