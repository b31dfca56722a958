"""The cell explorer: the block diagram with live values on every wire."""

import base64
import re
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from ..plots.diagram.frames import explorer_frames, explorer_svg
from ..plots.diagram.reader import SENTENCE, Step, explore

HERE = Path(__file__).parent
TEXT = (
    "Cell explorer: the LSTM block diagram with the value of every wire, word by word. "
    "Run this cell to step through the sentence."
)


class CellExplorer(anywidget.AnyWidget):
    """Step through a sentence, look at every wire, set gates by hand.

    The page asks (`question`: a sentence and the gates set by hand), Python answers with
    `frames`: numbers and strings for every step. Stepping needs no answer.

    Parameters
    ----------
    sentence : str
        Words of the lesson.
    t, unit : int
        Word after *the* and unit shown first, counted from 0.

    Raises
    ------
    ValueError
        When a word is unknown, with the nearest known one.
    """

    _esm = HERE / "explorer.js"
    _css = HERE / "explorer.css"
    svg = traitlets.Unicode().tag(sync=True)
    frames = traitlets.Dict().tag(sync=True)
    message = traitlets.Unicode().tag(sync=True)
    question = traitlets.Dict().tag(sync=True)
    t = traitlets.Int(0).tag(sync=True)
    unit = traitlets.Int(0).tag(sync=True)

    def __init__(self, sentence: str = SENTENCE, *, t: int = 0, unit: int = 0) -> None:
        self.overrides: dict[tuple[int, str, int], float] = {}
        self.still = explorer_svg(sentence, t=t, unit=unit)
        super().__init__(svg=self.still, frames=explorer_frames(sentence), t=t, unit=unit)
        self.observe(self._answer, names="question")

    @property
    def steps(self) -> list[Step]:
        """What the cell does now, word by word, gates set by hand included."""
        return explore(self.frames["sentence"], self.overrides)

    def _answer(self, change: dict[str, Any]) -> None:
        asked = change["new"]
        overrides = {(t, gate, unit): value for t, gate, unit, value in asked["overrides"]}
        try:
            self.frames = explorer_frames(asked["sentence"], overrides)
        except ValueError as error:
            self.message = str(error)
        else:
            self.overrides, self.message = overrides, ""

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict, dict]:
        """Return the live view together with the still drawing and a fixed sentence."""
        bundle = super()._repr_mimebundle_(**kwargs)
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle or {}, {})
        return {**data, **still_bundle(self.still)}, metadata


def still_bundle(svg: str) -> dict[str, str]:
    """Return a drawing as it is stored: SVG, the same as an image with alt text, and words.

    JupyterLab shows SVG in trusted notebooks only; the image it shows in every one.
    """
    alt = re.search(r'aria-label="([^"]*)"', svg)[1]
    source = base64.b64encode(svg.encode()).decode()
    return {
        "image/svg+xml": svg,
        "text/html": f'<img alt="{alt}" src="data:image/svg+xml;base64,{source}" width="740">',
        "text/plain": TEXT,
    }


def cell_explorer(sentence: str = SENTENCE, *, t: int = 0, unit: int = 0) -> CellExplorer:
    """Return the cell explorer for a sentence.

    Parameters
    ----------
    sentence : str
        Words of the lesson, such as "the cat which the dogs ate was full".
    t, unit : int
        Word after *the* and unit shown first, counted from 0.

    Returns
    -------
    CellExplorer
        Put it on the last line of a cell.

    Raises
    ------
    ValueError
        When a word is unknown, with the nearest known one.
    """
    return CellExplorer(sentence, t=t, unit=unit)
