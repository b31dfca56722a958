"""`guess`: a question that a learner answers before the lesson does.

The page folds what the lesson's source calls its answer, until there is a guess or the learner
says "show me". What a cell leaves in a notebook is the same with and without a guess.
"""

import html
import re
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from .. import guesses
from ..guesses import Guess
from ..plots.theme import theme_css
from .shell import HERE, module, view_alone
from .ways import Pick, Sketch, Slide

PARTS = ("parts.js", "controls.js", "sketch.js", "folds.js", "guess.js")
RUN = "Run this cell to answer: click here, then Shift + Enter. What comes out stays folded."
_SUBSCRIPT = re.compile(r"_\{?(t-1|\w)\}?")
_asked: dict[str, "Prediction"] = {}


class Card(anywidget.AnyWidget):
    """A prediction on a page.

    The page says `{"hello": true}` once, then `{"guess": position}` or `{"show": true}`.

    Attributes
    ----------
    spec : dict
        Name, question and way to answer; nothing in it tells the answer.
    state : dict
        Empty until there is an answer to show; then where guess and answer stand, and a sentence.
    """

    _esm = module(*PARTS)
    _css = theme_css(".lstm-demo") + "".join(
        (HERE / name).read_text(encoding="utf-8") for name in ("shell.css", "guess.css")
    )
    spec = traitlets.Dict().tag(sync=True)
    state = traitlets.Dict().tag(sync=True)

    def __init__(self, prediction: "Prediction") -> None:
        self.prediction = prediction
        super().__init__(spec=prediction.spec(), state=prediction.state)
        self.on_msg(self._heard)

    def _heard(self, _: Any, message: dict[str, Any], buffers: Any) -> None:
        if "hello" in message:
            self.prediction.seen = True
        elif "show" in message:
            self.prediction.show()
        elif "guess" in message:
            self.prediction.answer(self.prediction.way.value(message["guess"]))
        self.state = self.prediction.state


class Prediction:
    """A question, a way to answer it, and the answer.

    Attributes
    ----------
    said : number, str, list of numbers or None
        The guess, once there is one.
    shown : bool
        Whether the answer may be shown.
    seen : bool
        Whether a page shows the question: without one nobody has guessed, whatever is kept.
    """

    def __init__(
        self, name: str, question: str, way: Slide | Pick | Sketch, answer: Any, says: str
    ) -> None:
        self.name, self.question, self.way, self.says = name, question, way, says
        self.right = answer
        way.place(answer)  # an answer that nobody could give is an error of the lesson
        self.said: Any = None
        self.shown = self.seen = False
        self._file = guesses.file_around(Path.cwd())
        self._recall()

    def _recall(self) -> None:
        """Take up the guess of an earlier day."""
        kept = guesses.read(self._file).get(self.name)
        if kept is None:
            return
        try:
            self.way.place(kept.value)
        except (ValueError, TypeError):  # the lesson asks otherwise by now
            return
        self.said, self.shown = kept.value, True

    def answer(self, value: Any) -> None:
        """Take a guess, and keep it."""
        self.said, self.shown = value, True
        texts = (self.way.text(value), self.way.text(self.right))
        off = round(self.way.off(value, self.right), 4)
        guesses.keep(self._file, Guess(self.name, self.question, *texts, off, value))

    def show(self) -> None:
        """Show the answer without a guess."""
        self.shown = True

    def spec(self) -> dict[str, Any]:
        """Return what the page needs to ask."""
        return {"name": self.name, "question": self.question, "way": self.way.described()}

    @property
    def state(self) -> dict[str, Any]:
        """Return what the page may know of the answer."""
        if not self.shown:
            return {}
        said = None if self.said is None else self.way.place(self.said)
        return {"said": said, "was": self.way.place(self.right), "sentence": self.sentence()}

    def sentence(self) -> str:
        """Return guess and answer in words."""
        right = self.way.text(self.right)
        is_so = (self.says or self.way.says).format(right)
        if self.said is None:
            return f"{is_so[0].upper()}{is_so[1:]}."
        said = self.way.text(self.said)
        if said == right:
            return f"You said {said}, and that is right."
        return f"You said {said}; {is_so}."

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return {**stored(self), **view_alone(Card(self)._repr_mimebundle_())}


def stored(prediction: Prediction) -> dict[str, str]:
    """Return what a notebook keeps of a question, the same in every run."""
    lines = [f"<strong>{_typeset(prediction.question)}</strong>"]
    if isinstance(prediction.way, Pick):
        lines.append(" · ".join(map(_typeset, prediction.way.options)))
    lines.append(f"<em>{RUN}</em>")
    return {
        "text/plain": f"Guess: {prediction.question}",
        "text/html": f"<blockquote>{'<br>'.join(lines)}</blockquote>",
    }


def _typeset(text: str) -> str:
    return _SUBSCRIPT.sub(r"<sub>\1</sub>", html.escape(text, quote=False)).replace("t-1", "t−1")


def guess(
    name: str,
    question: str,
    way: Slide | Pick | Sketch,
    answer: Any,
    says: str = "",
) -> Prediction:
    """Ask for a guess before the lesson gives the answer.

    Parameters
    ----------
    name : str
        Of the prediction, such as "left-after-20"; the cells that answer it name it, too.
    question : str
        A question that can be answered with a number, a choice or a curve.
    way : Slide, Pick or Sketch
        From `slide`, `slide_over`, `pick` or `sketch`.
    answer : number, str or sequence of numbers
        The answer.
    says : str
        The answer in a few words, with {} in its place, such as "{} is left"; else "it is {}".

    Returns
    -------
    Prediction
        Shown by the notebook.

    Raises
    ------
    ValueError
        When the answer could not be guessed, with what can.
    """
    _asked[name] = prediction = Prediction(name, question, way, answer, says)
    return prediction


def guessed(name: str) -> Any:
    """Return what was guessed, to draw it beside the answer; None without a guess or a page.

    Parameters
    ----------
    name : str
        Of the prediction.
    """
    prediction = _asked.get(name)
    return prediction.said if prediction and prediction.seen else None
