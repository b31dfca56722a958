"""The whole cell with the part of one lesson lit: its gate is set by hand, the rest as it was."""

import itertools
from collections.abc import Mapping
from typing import Any, NamedTuple

from ..plots.diagram.frames import BY_HAND, explorer_svg
from ..plots.diagram.reader import SENTENCE
from ..plots.diagram.today import checked
from . import stored as storing
from .explorer import CellExplorer, ExplorerView, stored
from .shell import live_view

ATTRACTED = "the cats which the dog saw were full"
ENDS = {"c_tilde": (-1, 0, 1)}  # what a page without a kernel can set; a gate is 0 or 1


class Plan(NamedTuple):
    """What one lesson asks of the cell.

    Attributes
    ----------
    question, hint : str
        What to find out, and where to begin.
    by_hand : tuple of str
        What the learner sets, word by word.
    start : dict of str to float
        What of it stands at a number at every word, for the unit shown; the rest is the cell's.
    sentence : str
        What is read.
    t : int
        Word shown first.
    stored : tuple of int
        Words at which a page without a kernel can set it.
    """

    question: str
    hint: str
    by_hand: tuple[str, ...]
    start: Mapping[str, float] = {}
    sentence: str = SENTENCE
    t: int = 0
    stored: tuple[int, ...] = ()


PLANS = {
    "i_t": Plan(
        "The cell writes at every word, and the verb comes out wrong. Which word must not be "
        "written?",
        "Choose a word, then move i_t.",
        ("i_t",),
        {"i_t": 1},
        ATTRACTED,
        stored=(0, 1, 2, 3, 4),
    ),
    "f_t": Plan(
        "The cell forgets nothing, and the verb comes out wrong. Where must it let go?",
        "Before cats it holds a cat from the sentence before: −1. Choose a word, move f_t.",
        ("f_t",),
        {"f_t": 1},
        stored=(0, 1, 2, 3),
    ),
    "o_t": Plan(
        "The cell remembers and shows nothing. At which one word must it show the number?",
        "Choose a word, then move o_t. Is the memory another one for it?",
        ("o_t",),
        {"o_t": 0},
        stored=(0, 1, 2, 3),
    ),
    "c_tilde": Plan(
        "Nothing is offered at any word. What must cats offer, so that the verb is were?",
        "Stay at cats and move c̃_t. Then try what already can offer.",
        ("c_tilde",),
        {"c_tilde": 0},
        stored=(0, 2, 3),
    ),
    "c_t": Plan(
        "Erase the memory at one word, or turn its sign: with how few changes?",
        "Choose a word, then move f_t, i_t and c̃_t.",
        ("f_t", "i_t", "c_tilde"),
        stored=(2,),
    ),
    "h_t": Plan(
        "The memory is nearly the same at which and at ate. Why is the verb clear only at ate?",
        "Step, and compare c_t with h_t. Then move o_t.",
        ("o_t",),
        t=1,
        stored=(1, 3),
    ),
    "y_t": Plan(
        "Can you make was and were equally likely, and leave the memory as it is?",
        "Go to ate and move o_t.",
        ("o_t",),
        t=3,
        stored=(3,),
    ),
}


class CellToday(CellExplorer):
    """The cell explorer for one lesson: its part lit, its controls alone, its question.

    Parameters
    ----------
    name : str
        Quantity that the lesson is about, a key of `PLANS`.

    Raises
    ------
    ValueError
        When no lesson is about it, with those that there are.
    """

    title = "The whole cell"

    def __init__(self, name: str) -> None:
        self.today = checked(name)
        self.plan = PLANS[name]
        self.question, self.hint = self.plan.question, self.plan.hint
        self.text = f"The whole cell, {name} lit. Run this cell to step through the sentence."
        self.preset = [[None, part, 0, value] for part, value in self.plan.start.items()]
        super().__init__(self.plan.sentence, t=self.plan.t)

    def drawing(self, scissors: bool = False) -> str:
        """Return the diagram as it stands at the start, today's part lit."""
        overrides = {tuple(entry[:3]): entry[3] for entry in self.preset}
        return explorer_svg(self.plan.sentence, overrides, t=self.plan.t, today=self.today)

    def spec(self) -> dict[str, Any]:
        """Return all that stays the same, for the page."""
        spec = super().spec()
        return {
            **spec,
            "today": self.today,
            "start": {**spec["start"], "lit": self.today},
            "gates": {part: BY_HAND[part] for part in self.plan.by_hand},
            "able": {"sentence": True, "gates": True, "cuts": 0},
        }

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> tuple[dict, dict]:
        """Return the live view; the picture, its frames and a sentence for where nothing runs."""
        frames = storing.with_frames and storing.pack(stored_today(self))
        packed = f'<metadata id="lstm-frames">{frames}</metadata>' if frames else ""
        return {**stored(self, packed), **live_view(self, ExplorerView)}, {}


def stored_today(cell: CellToday) -> dict[str, Any]:
    """Return what a page without a kernel plays: a frame for each end of what can be set.

    Returns
    -------
    dict
        "spec" and "still" as the live page has them; "places", [word, part, unit] each;
        "frames" under the values at these places, "" where it stands as at the start, and under
        "own" with all left to the cell's weights.
    """
    places = [[t, part, 0] for part in cell.plan.by_hand for t in cell.plan.stored]
    start = cell.plan.start
    ends = [("", *(v for v in ENDS.get(p, (0, 1)) if v != start.get(p))) for _, p, _ in places]
    at = {"sentence": cell.plan.sentence, "cut": []}
    cell.move({**at, "overrides": []})
    frames = {"own": cell.frame()}
    for values in itertools.product(*ends):
        by_hand = [[*p, v] for p, v in zip(places, values, strict=True) if v != ""]
        cell.move({**at, "overrides": [*cell.preset, *by_hand]})
        frames[" ".join(str(v) for v in values)] = cell.frame()
    cell.reset()
    return {"spec": cell.spec(), "still": cell.still, "places": places, "frames": frames}


def cell_today(name: str) -> CellToday:
    """Return the whole cell with one lesson's part lit, its controls and its question.

    Parameters
    ----------
    name : str
        "i_t" (lesson 03), "f_t", "o_t", "c_tilde", "c_t", "h_t" or "y_t" (lesson 09).

    Returns
    -------
    CellToday
        Put it on the last line of a cell.

    Raises
    ------
    ValueError
        When no lesson is about it, with those that there are.
    """
    return CellToday(name)
