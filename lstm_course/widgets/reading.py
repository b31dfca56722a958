"""A cell that reads a sentence and stops before the verb.

The first picture of the course, in lesson 00 and on its start page. All steps lie in the page, so
it moves without a kernel, too.
"""

from typing import Any

import anywidget
import traitlets

from .. import running_example as cell
from ..plots.diagram.draw import lstm_diagram
from ..plots.diagram.frames import step_frame
from ..plots.diagram.layout import BOXES, HEIGHT, PATHS, WIDTH
from ..plots.diagram.reader import FEATURES, SENTENCE, VERBS, Step, before_verb, explore
from ..plots.diagram.readings import wire_words
from ..plots.shown import image_tag
from . import stored
from .shell import module, style_sheet, view_alone
from .stored import framed, packing

PARTS = ("parts.js", "play.js", "diagram.js", "reading.js")
_ASKED = (  # where the verb comes out
    f'<text x="{BOXES["softmax"].x}" y="{BOXES["softmax"].y + 7}" text-anchor="middle" '
    'font-size="24" font-weight="700">?</text>'
)
TEXT = "Cell that reads “{}”. Run this cell to step through the sentence."
SAYS = (
    "At “{noun}” the memory goes to {most:+.2f}, and that means {number}. Before the verb it "
    "stands at {left:+.2f}, so the cell expects {verb}: {likely:.2f}, against {other:.2f}."
)


class ReadingView(anywidget.AnyWidget):
    """The cell on a page; `data` is what `reading` returns."""

    _esm, _css = module(*PARTS), style_sheet() + module("reading.css")
    data = traitlets.Dict().tag(sync=True)


class CellThatReads:
    """A sentence, word by word, up to its verb.

    Parameters
    ----------
    sentence : str
        Words of the lesson, such as "the cats which already ate were full".
    answer : bool
        Whether it shows what the memory holds and which verb the cell expects.

    Raises
    ------
    ValueError
        When a word is unknown, with the nearest known one; when nothing stands before the verb.
    """

    def __init__(self, sentence: str = SENTENCE, answer: bool = True) -> None:
        self.data = reading(sentence, answer)
        self._asks = not answer

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> tuple[dict, dict]:
        """Return the live view, and the picture and a fixed sentence for where nothing runs."""
        view = view_alone(ReadingView(data=self.data)._repr_mimebundle_())
        return {**self._stored(), **view}, {}

    def _stored(self) -> dict[str, str]:
        part = self.data["asks" if self._asks else "tells"]
        picture = self.data["question"], part["still"], (WIDTH, HEIGHT)
        svg, size = framed(*picture)
        packed = packing(self.data) if stored.with_frames else ""
        said = part["steps"][-1]["units"][0]["said"]
        alt = f"Cell that reads, not running. {self.data['question']} {said}"
        return {
            "image/svg+xml": svg,
            "text/html": image_tag(framed(*picture, packed)[0], alt, size),
            "text/plain": TEXT.format(self.data["words"]),
        }


def reading(sentence: str = SENTENCE, answer: bool = True) -> dict[str, Any]:
    """Return a sentence up to its verb, for the page.

    Returns
    -------
    dict
        "words", "question", "wires", and the steps twice: "asks" has no read-out, so that nothing
        of it tells the verb; "tells" has it, with a sentence, and only stands there with `answer`.
    """
    steps = before_verb(explore(sentence))
    closed = [_without_output(step) for step in steps]
    words = " ".join(["the", *(step.word for step in steps), "…"])
    data = {
        "words": words,
        "question": f"{words} was or were?",
        "wires": {name: wire_words(name) for name in PATHS},
        "asks": _shown(closed),
    }
    return {**data, "tells": {**_shown(steps), **_verb(steps)}} if answer else data


def _without_output(step: Step) -> Step:
    return step._replace(values={k: v for k, v in step.values.items() if k != "y_t"})


def _shown(steps: list[Step]) -> dict[str, Any]:
    """Return the drawing of the last step, and all steps of the unit that keeps the number."""
    last = steps[-1]
    still = lstm_diagram(
        last.values, word=last.word, weights=cell, features=FEATURES, classes=cell.CLASSES
    )
    if "y_t" not in last.values:
        still = still.replace("</svg>", f"{_ASKED}</svg>")
    frames = [step_frame(step, {}) for step in steps]
    return {"still": still, "steps": [{**one, "units": one["units"][:1]} for one in frames]}


def _verb(steps: list[Step]) -> dict[str, Any]:
    """Return what the cell expects, and how it came to it."""
    memory = [float(step.values["c_t"][0]) for step in steps]
    first = max(range(len(steps)), key=lambda k: abs(memory[k]))
    p = [float(share) for share in steps[-1].values["y_t"][:2]]
    wins = int(p[1] > p[0])
    says = SAYS.format(
        noun=steps[first].word, most=memory[first], left=memory[-1],
        number="plural" if memory[first] > 0 else "singular",
        verb=VERBS[wins], likely=p[wins], other=p[1 - wins],
    )  # fmt: skip
    return {"verb": VERBS[wins], "says": says.replace("-", "−")}


def cell_reads(sentence: str = SENTENCE, *, answer: bool = True) -> CellThatReads:
    """Return a cell that reads a sentence and stops before the verb.

    Parameters
    ----------
    sentence : str
        Words of the lesson, such as "the cats which already ate were full".
    answer : bool
        Whether it shows what the memory holds and which verb the cell expects.

    Returns
    -------
    CellThatReads
        Put it on the last line of a cell.

    Raises
    ------
    ValueError
        When a word is unknown, with the nearest known one; when nothing stands before the verb.
    """
    return CellThatReads(sentence, answer)
