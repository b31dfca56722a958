"""Lesson 11: the way back along the wires, word by word."""

from functools import cache

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from ..plots.diagram.backward import SENTENCE, BackStep, walk_back
from ..plots.diagram.backward_draw import BackwardPicture
from ..plots.diagram.readings import signed
from ..plots.figures import styled
from .base import Demo
from .controls import Control, Handle, Play, choice

UNITS = ("1: number", "2: clause")
SWITCH = ("on", "off")


@cache
def _walk(sentence: str, along_c: bool, through_h: bool) -> list[BackStep]:
    return walk_back(sentence, along_c=along_c, through_h=through_h)


def describe_back(walked: list[BackStep], back: int, unit: int, off: list[str]) -> str:
    """Say in words what arrives at a word, and by which way.

    Parameters
    ----------
    walked : list of BackStep
        The last word first.
    back, unit : int
        Steps back from the last word, and which unit, from 0.
    off : list of str
        The ways that are switched off.

    Returns
    -------
    str
    """
    word, step, wires = walked[back]
    at = {name: signed(row[unit]) for name, row in wires.items()}
    said = (
        f"At “{word}”: {at['dc_next']} arrives along c and {at['from_h']} through h, "
        f"together {at['dc_t']}."
        if back
        else f"At “{word}”: the loss sends {at['dh_t']} into h_t; {at['from_h']} of it reaches c_t."
    )
    if "along c" not in off:
        said += f" f_t is {step.f_t[unit]:.2f}: {at['dc_prev']} goes on along c."
    return said + (f" Off: {' and '.join(off)}." if off else "")


@styled
def backward_demo(sentence: str = SENTENCE, **start: object) -> Demo:
    """Lesson 11: the block diagram with its arrows reversed, and a sentence to go back through.

    Parameters
    ----------
    sentence : str
        Words of lesson 10, a noun first, such as "the cats which the dog saw".
    **start
        back (steps), unit ("1: number" or "2: clause"), along_c and through_h ("on" or "off").

    Returns
    -------
    Demo

    Raises
    ------
    ValueError
        When the sentence or a value is not possible, with what is.
    """
    walked = _walk(sentence, True, True)
    figure = Figure(dpi=100, layout="constrained")
    FigureCanvasAgg(figure)
    picture = BackwardPicture(figure, walked)
    last = len(walked) - 1

    def update(back: int, unit: str, along_c: str, through_h: str) -> str:
        ways = {"along c": (along_c, "dc"), "through h": (through_h, "dh")}
        off = [name for name, (switch, _) in ways.items() if switch == "off"]
        cut = [f"{ways[name][1]}_{end}" for name in off for end in ("next", "prev")]
        now = _walk(sentence, along_c == "on", through_h == "on")
        picture.show(now, back, UNITS.index(unit), cut)
        return describe_back(now, back, UNITS.index(unit), off)

    texts = tuple(back.word for back in walked)
    return Demo(
        picture.ax,
        {
            "back": Control("choice", "step back to", 0, tuple(range(len(texts))), texts),
            "unit": choice("unit", UNITS, UNITS[0]),
            "along_c": choice("along c", SWITCH, "on"),
            "through_h": choice("through h", SWITCH, "on"),
        },
        picture.moving,
        update,
        title="The block diagram with its arrows reversed: the gradient on each wire",
        question=f"Which wire brings “{texts[-1]}” the most gradient?",
        hint=f"Guess, step back from “{texts[0]}”, then switch a way off.",
        handles=[Handle("back", lambda back, **_: picture.word_at(last - back))],
        play=Play("back", 1.2),
        stored={"back": range(len(texts)), "unit": UNITS, "along_c": SWITCH, "through_h": SWITCH},
        arrange=picture.arrange,
        start=start,
    )
