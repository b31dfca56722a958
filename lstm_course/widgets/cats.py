"""Lesson 13: a sentence in the memory of a trained model, and its verb with a unit switched off."""

from typing import NamedTuple

import numpy as np
from matplotlib.artist import Artist
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from numpy.typing import NDArray

from ..equations import softmax
from ..networks.models import LSTMModel
from ..plots.figures import new_axes, styled
from ..plots.heat import HeatMap, draw_ramp
from ..plots.palette import GUIDE, INK, PAPER, SOFT, style_of
from ..tasks import VERBS, WORDS, encode, one_hot
from ..training.probes import ablate
from ..training.results import load_cat_model
from .base import Demo
from .controls import Press, choice, line_of_text

LONGEST = 17  # words before the verb at four nouns in between; so many fit above the picture
SENTENCE = "the cat which already ate near the dogs"
SENTENCES = {
    "cat … dogs": SENTENCE,
    "cats … dog": "the cats which already ate near the dog",
    "cat": "the cat",
    "cats": "the cats",
}
NOBODY = "no unit"
KINDS = {"memory c_t": ("c_t", 4.0), "shown h_t": ("h_t", 1.0)}  # and what has the full color
VERB_FORMS = {form for pair in VERBS for form in pair}


class Reading(NamedTuple):
    """What the model says and holds at each of T words.

    Parameters
    ----------
    words : list of str
        The sentence, cut before its verb.
    was, were : array (T,)
        P(was) and P(were) as the next word.
    states : dict of arrays (T, H)
        c_t and h_t of each unit.
    """

    words: list[str]
    was: NDArray
    were: NDArray
    states: dict[str, NDArray]


def read_sentence(model: LSTMModel, sentence: str) -> Reading:
    """Run a model over a typed sentence, as far as its verb.

    Parameters
    ----------
    model : LSTMModel
        Trained on ``make_agreement``.
    sentence : str
        Words of the vocabulary; a verb and what follows it is left out, because the question
        is what the model expects there.

    Returns
    -------
    Reading

    Raises
    ------
    ValueError
        When there is no word before the verb, too many words, or an unknown one.
    """
    ids = encode(sentence)
    words = [WORDS[k] for k in ids]
    verb = next((t for t, word in enumerate(words) if word in VERB_FORMS), len(words))
    if not 1 <= verb <= LONGEST:
        raise ValueError(
            f"there are {verb} words before the verb; expected 1 to {LONGEST}. Try: {SENTENCE}"
        )
    words = words[:verb]
    trace = model.forward(one_hot(ids[:verb], len(WORDS))[:, None])
    whole = softmax(trace.hs[:, 0] @ model.readout.W_y + model.readout.b_y)
    was, were = whole[:, WORDS.index("was")], whole[:, WORDS.index("were")]
    return Reading(words, was, were, {"c_t": trace.cs[:, 0], "h_t": trace.hs[:, 0]})


def share_of_were(reading: Reading) -> float:
    """Return P(were) as a share of P(was) + P(were), after the last word."""
    was, were = reading.was[-1], reading.were[-1]
    return float(were / (was + were))


@styled
def cat_demo(model: LSTMModel | None = None, **start: str) -> Demo:
    """Lesson 13: a sentence as a heat map of all units, each of which can be switched off.

    Parameters
    ----------
    model : LSTMModel, optional
        Trained on ``make_agreement``; the stored one when left out.
    **start
        Values to start from, such as ``sentence="the cats"``.

    Returns
    -------
    Demo
    """
    model = load_cat_model() if model is None else model
    units = [f"unit {k}" for k in range(model.params.H)]
    controls = {
        "sentence": line_of_text("sentence; press Enter to read it", SENTENCE),
        "off": choice("switch off", [NOBODY, *units], NOBODY),
        "shown": choice("show", list(KINDS), next(iter(KINDS))),
    }
    picture = _Picture(len(units))

    def update(sentence: str, off: str, shown: str) -> str:
        whole = now = read_sentence(model, sentence)
        if off != NOBODY:
            now = read_sentence(ablate(model, units.index(off)), sentence)
        picture.show(whole, now, shown, units.index(off) if off != NOBODY else None)
        return _say(whole, now, off)

    return Demo(
        picture.map.ax,
        controls,
        picture.artists,
        update,
        title="What each unit of a trained model holds after each word, and the verb it prefers",
        question="Which unit remembers the number of the subject?",
        hint="Change the first noun. Then click a row: its unit is switched off.",
        presses=[
            Press("off", unit, NOBODY, (-0.08, k - 0.5, 1, k + 0.5)) for k, unit in enumerate(units)
        ],
        presets={name: {"sentence": sentence} for name, sentence in SENTENCES.items()},
        stored={"off": [NOBODY, *units], "shown": list(KINDS)},
        start=start,
        arrange=picture.arrange,
    )


def _say(whole: Reading, now: Reading, off: str) -> str:
    after = f"After “{' '.join(now.words)}”"
    if off == NOBODY:
        return f"{after}: {_shares(now)} of the two."
    return f"{after}, without {off}: {_shares(now)} of the two. The whole model: {_shares(whole)}."


def _shares(reading: Reading) -> str:
    were = share_of_were(reading)
    return f"was {100 * (1 - were):.0f} %, were {100 * were:.0f} %"


_SLANTED = {"wide": {"rotation": 38, "size": 10}, "narrow": {"rotation": 75, "size": 9}}
_ENDS = (("−", " or less"), ("", " or more"))  # only a memory goes beyond


class _Picture:
    """The words, the heat map below them, and the two verbs as bars."""

    def __init__(self, units: int) -> None:
        ax, self.ramp, self.bars_ax = new_axes(3, 1, height=4.75)
        ax.figure.set_layout_engine("none")
        ax.set(xlim=(0, 1), xticks=[], yticks=range(units))
        ax.tick_params(length=0, pad=3)
        self.map = HeatMap(ax, units, lambda values: values / self.limit)
        self._words(ax)
        self._unit_off(ax, units)
        self._scale()
        self._verbs()
        for panel in (ax, self.bars_ax):
            panel.spines[:].set_visible(False)
        self.arrange("wide")
        self.artists: list[Artist] = [
            *self.map.artists, self.seams, *self.words, *self.off, *self.ends,
            *self.bars, *self.before, *self.percent, *self.verbs,
        ]  # fmt: skip

    def _words(self, ax) -> None:
        look = {"va": "center", "fontsize": 10, "rotation_mode": "anchor"}
        self.words = [ax.text(0, -0.85, "", **look) for _ in range(LONGEST)]
        self.seams = ax.add_line(Line2D([], [], color=PAPER, linewidth=2, zorder=1.6))
        ax.text(-0.012, -0.75, "unit", ha="right", va="bottom", fontsize=9, color=SOFT)

    def _unit_off(self, ax, units: int) -> None:
        """Make what lies over the row of a unit that is off."""
        pale = Line2D([], [], color=PAPER, alpha=0.7, solid_capstyle="butt", zorder=1.7)
        strike = Line2D([], [], color=INK, linewidth=2, zorder=1.8)
        label = ax.text(1.012, 0, "off", ha="left", va="center", fontsize=10, weight="bold")
        self.off = [ax.add_line(pale), ax.add_line(strike), label]

    def _scale(self) -> None:
        draw_ramp(self.ramp)
        look = {"va": "center", "fontsize": 9, "color": SOFT}
        self.ends = [
            self.ramp.text(x, 0, "", ha=ha, **look) for x, ha in ((-1.06, "right"), (1.06, "left"))
        ]

    def _verbs(self) -> None:
        ax, heights = self.bars_ax, (1, 0)
        ax.set(xlim=(0, 1), ylim=(-0.5, 1.5), xticks=[], yticks=[])
        self.bars = list(ax.barh(heights, [0, 0], height=0.74))
        dashes = {"fill": False, "edgecolor": GUIDE["color"], "linestyle": (0, (3, 2))}
        self.before = [ax.add_patch(Rectangle((0, y - 0.37), 0, 0.74, **dashes)) for y in heights]
        look = {"va": "center", "fontsize": 12}
        self.verbs = [
            ax.text(-0.012, y, verb, ha="right", **look)
            for y, verb in zip(heights, ("was", "were"), strict=True)
        ]
        self.percent = [ax.text(0, y, "", ha="left", **look) for y in heights]

    def arrange(self, size: str) -> None:
        """Place the panels, in inches from below; words stand up where it is narrow."""
        figure = self.map.ax.figure
        figure.set_layout_engine("none")
        width, height = figure.get_size_inches()
        left, across = 0.5, width - 1.08
        places = {
            self.map.ax: (left, 1.1, across, 3.02),
            self.ramp: (left + across / 2 - 0.5, 0.88, 1.0, 0.1),
            self.bars_ax: (left, 0.02, across, 0.7),
        }
        for ax, (x, y, w, h) in places.items():
            ax.set_position([x / width, y / height, w / width, h / height])
        for text in self.words:
            text.set(**_SLANTED[size])

    def show(self, whole: Reading, now: Reading, kind: str, off: int | None) -> None:
        """Show what the model holds now, and both verbs as it and the whole model see them."""
        name, self.limit = KINDS[kind]
        self.map.show(now.states[name].T)
        self._show_words(now.words)
        self._show_off(off)
        for text, (sign, beyond) in zip(self.ends, _ENDS, strict=True):
            text.set_text(f"{sign}{self.limit:g}{beyond if name == 'c_t' else ''}")
        self._show_verbs(share_of_were(whole), share_of_were(now), off is not None)

    def _show_words(self, words: list[str]) -> None:
        edges = np.linspace(0, 1, len(words) + 1)
        for k, text in enumerate(self.words):
            text.set_text(words[k] if k < len(words) else "")
            text.set_x((k + 0.5) / len(words) if k < len(words) else 0)
        gaps = np.full(len(words) - 1, np.nan)
        xs = np.column_stack([edges[1:-1], edges[1:-1], gaps]).ravel()
        rows = self.map.rows
        self.seams.set_data(xs, np.tile([-0.5, rows - 0.5, np.nan], len(words) - 1))

    def _show_off(self, unit: int | None) -> None:
        pale, strike, label = self.off
        for line in (pale, strike):
            line.set_data(*([0, 1], [unit, unit]) if unit is not None else ([], []))
        pale.set_linewidth(self.map.thickness)
        label.set(y=unit or 0, visible=unit is not None)

    def _show_verbs(self, before: float, now: float, compared: bool) -> None:
        for k, (was, share) in enumerate(((1 - before, 1 - now), (before, now))):
            wins = share >= 0.5
            self.bars[k].set(width=share, color=INK if wins else style_of("y_t").color)
            self.before[k].set(width=was, visible=compared)
            self.percent[k].set(text=f"{100 * share:.0f} %", x=share + 0.012)
            for text in (self.percent[k], self.verbs[k]):
                text.set_weight("bold" if wins else "normal")
