"""Lesson 13: type a sentence, switch a unit off, and see which verb the model prefers."""

from typing import Any, NamedTuple

import numpy as np
from matplotlib.artist import Artist
from numpy.typing import NDArray

from ..equations import softmax
from ..networks.models import LSTMModel
from ..plots.figures import new_axes, style
from ..plots.palette import AXIS, STYLES, style_of
from ..tasks import VERBS, WORDS, encode, one_hot
from ..training.probes import ablate
from ..training.results import load_cat_model
from .base import Demo
from .controls import choice, line_of_text

LONGEST = 17  # words before the verb at four nouns in between; so many fit below the picture
SENTENCE = "the cat which already ate near the dogs"
NOBODY = "no unit"
STRIP = ("c_tilde", "i_t", "f_t", "c_t", "o_t")
GATE = STYLES["gate"].color
VERB_FORMS = {form for pair in VERBS for form in pair}


class Reading(NamedTuple):
    """What the model says and holds at each of T words.

    Parameters
    ----------
    words : list of str
        The sentence, cut before its verb.
    was, were : array (T,)
        P(was) and P(were) as the next word.
    whole : array (T, K)
        Probability of every next word.
    strip : dict of arrays (T, H)
        c̃, i, f, c and o of each unit.
    """

    words: list[str]
    was: NDArray
    were: NDArray
    whole: NDArray
    strip: dict[str, NDArray]


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
    values = (trace.c_tildes, trace.is_, trace.fs, trace.cs, trace.os)
    strip = {name: a[:, 0] for name, a in zip(STRIP, values, strict=True)}
    was, were = whole[:, WORDS.index("was")], whole[:, WORDS.index("were")]
    return Reading(words, was, were, whole, strip)


def cat_demo(model: LSTMModel | None = None, unit: int = 8, **start: str) -> Demo:
    """Lesson 13: a sentence, P(was) and P(were), one unit switched off, and its strip.

    Parameters
    ----------
    model : LSTMModel, optional
        Trained on ``make_agreement``; the stored one when left out.
    unit : int
        Whose strip is shown first.
    **start
        Values to start from, such as ``sentence="the cats"``.

    Returns
    -------
    Demo
    """
    model = load_cat_model() if model is None else model
    units = [f"unit {k}" for k in range(model.params.H)]
    controls = {
        "sentence": line_of_text("sentence", SENTENCE),
        "off": choice("switch off", [NOBODY, *units], NOBODY),
        "shown": choice("gates and memory of", units, units[unit]),
    }
    picture = _Strip()

    def update(sentence: str, off: str, shown: str) -> str:
        k = units.index(shown)
        whole = read_sentence(model, sentence)
        changed = model if off == NOBODY else ablate(model, units.index(off))
        now = read_sentence(changed, sentence)
        picture.move(whole, now, k)
        return _say(whole, now, off)

    return Demo(
        picture.axes[0],
        controls,
        picture.artists,
        update,
        title="Which verb a trained model prefers after each word, and one unit's gates",
        question="Which sentences break the model only when unit 8 is off?",
        hint="Type one, and press Enter.",
        start=start,
    )


def share_of_were(reading: Reading) -> NDArray:
    """Return P(were) as a share of P(was) + P(were), at each word."""
    return reading.were / (reading.was + reading.were)


def _say(whole: Reading, now: Reading, off: str) -> str:
    last = " ".join(now.words)
    likeliest = WORDS[int(now.whole[-1].argmax())]
    numbers = f"P(was) = {now.was[-1]:.4f}, P(were) = {now.were[-1]:.4f}"
    verb = "were" if now.were[-1] > now.was[-1] else "was"
    sentence = f"After “{last}”: {numbers}, so {verb} is preferred"
    if off != NOBODY:
        before = "were" if whole.were[-1] > whole.was[-1] else "was"
        sentence += f" without {off} (the whole model prefers {before})"
    return f"{sentence}. The likeliest next word is “{likeliest}”, {now.whole[-1].max():.2f}."


class _Strip:
    """Three panels over the words: the verb, the gates, the memory."""

    def __init__(self) -> None:
        with style():
            self.axes = new_axes(
                3, 1, height=5.6, sharex=True, gridspec_kw={"height_ratios": [1, 1, 1]}
            )
            self._frame()
            self.lines = self._lines()
            self.words = self._words()
        self.artists: list[Artist] = [*self.lines.values(), *self.words]

    def _frame(self) -> None:
        verb, gates, memory = self.axes
        verb.set(ylim=(-0.05, 1.05), xlim=(-0.5, LONGEST - 0.5), yticks=[0, 0.5, 1])
        verb.set_yticklabels(["was  0", "0.5", "were  1"])
        verb.set_ylabel("preferred verb")
        gates.set(ylim=(-0.04, 1.06), yticks=[0, 0.5, 1], ylabel="gates")
        gates.set_yticklabels(["shut  0", "0.5", "open  1"])
        memory.set(ylim=(-12.5, 12.5), yticks=[-10, 0, 10], ylabel="memory")  # unit 3: -11.5
        memory.axhline(0, color=AXIS, linewidth=0.8, zorder=0)
        verb.axhline(0.5, color=AXIS, linewidth=0.8, zorder=0)

    def _lines(self) -> dict[str, Artist]:
        verb, gates, memory = self.axes
        grey = STYLES["y_t"]
        lines = {
            "whole": verb.plot([0], [0], **{**grey.line(), "label": "whole model"})[0],
            "now": verb.plot([0], [0], "s-", color=GATE, markersize=4, label="now")[0],
        }
        for name in STRIP:
            ax = gates if name in ("i_t", "f_t", "o_t") else memory
            lines[name] = ax.plot([0], [0], **{**style_of(name).line(), "marker": "."})[0]
        for ax in self.axes:
            ax.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0))
        return lines

    def _words(self) -> list[Artist]:
        """Make room for slanted words below the picture, then write them as moving text."""
        low = self.axes[-1]
        look = {"rotation": 40, "ha": "right", "va": "top", "rotation_mode": "anchor"}
        low.set_xticks(range(LONGEST), ["already"] * LONGEST, **look)
        figure = low.get_figure()
        figure.canvas.draw()
        figure.set_layout_engine("none")
        low.set_xticks([])
        place = low.get_xaxis_transform()
        return [low.text(t, -0.06, "", transform=place, fontsize=9, **look) for t in range(LONGEST)]

    def move(self, whole: Reading, now: Reading, unit: int) -> None:
        """Draw the lines anew, with the words spread over the whole width."""
        steps = (np.arange(len(now.words)) + 0.5) * LONGEST / len(now.words) - 0.5
        values: dict[str, Any] = {name: a[:, unit] for name, a in now.strip.items()}
        values |= {"whole": share_of_were(whole), "now": share_of_were(now)}
        for name, line in self.lines.items():
            line.set_data(steps, values[name])
        missing = LONGEST - len(steps)
        places = [*steps, *[0.0] * missing]
        for text, word, step in zip(self.words, [*now.words, *[""] * missing], places, strict=True):
            text.set_text(word)
            if text.get_position()[0] != step:  # an unchanged word need not be drawn again
                text.set_x(step)
