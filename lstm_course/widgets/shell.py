"""The one front end of all demos, as an anywidget: it asks with positions, the kernel draws."""

import functools
import re
import uuid
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from ..plots.theme import theme_css
from .base import Demo

HERE = Path(__file__).parent / "front"
# each uses those before
PARTS = (
    "parts.js", "controls.js", "press.js", "picture.js", "link.js", "veil.js",
    "play.js", "shell.js",
)  # fmt: skip
_IMPORT = re.compile(r"^import .*\n", re.M)
_DEFAULT = re.compile(r"^export default .*;$", re.M)
_EXPORT = re.compile(r"^export (?!default)", re.M)


@functools.cache
def module(*names: str) -> str:
    """Return files of the front end as one text: a widget cannot bring several."""
    texts = [(HERE / name).read_text(encoding="utf-8") for name in names]
    return "\n".join(_EXPORT.sub("", _IMPORT.sub("", text)) for text in texts)


def without_export(front: str) -> str:
    """Return a front end without what makes it a widget's, for a page's plain script.

    Raises
    ------
    ValueError
        When there is not one such line.
    """
    found = _DEFAULT.findall(front)
    if len(found) != 1:
        raise ValueError(f"expected one line with `export default`, got {len(found)}")
    return _DEFAULT.sub("", front)


def script() -> str:
    """Return the front end of all demos but the explorer."""
    return module(*PARTS)


@functools.cache
def style_sheet() -> str:
    """Return the colors of both themes and the front end's own rules."""
    return theme_css(".lstm-demo") + (HERE / "shell.css").read_text(encoding="utf-8")


class Shell(anywidget.AnyWidget):
    """A demo on a page.

    The page sends `{"at": positions, "asker": …, "number": …}` and gets the frame with the same
    asker and number, so that it knows which answer is the last. Other messages: `{"ping": …}`
    is answered in kind, `{"size": …}` by a new `spec`, and `{"ahead": positions, "asker": …}`
    by the frame that would be there, so that a step to the side need not wait for the kernel.

    Parameters
    ----------
    demo : Demo
        What is shown; the same one may be shown several times.

    Attributes
    ----------
    spec : dict
        What stays the same; see ``Demo.spec``.
    still : str
        The part of the picture that stays, until the axes get other limits.
    frame : dict
        What moves; see ``Demo.frame``.
    """

    _esm, _css = script(), style_sheet()
    spec = traitlets.Dict().tag(sync=True)
    still = traitlets.Unicode().tag(sync=True)
    frame = traitlets.Dict().tag(sync=True)

    def __init__(self, demo: Demo) -> None:
        self.demo = demo
        self._id = uuid.uuid4().hex  # so that the page can ask whether this one is alive
        super().__init__(model_id=self._id, spec=self._spec(), still=demo.still, frame=demo.frame())
        self._answering: dict[str, Any] | None = None
        self.on_msg(self._heard)
        demo.listen(self._moved)

    def _spec(self) -> dict[str, Any]:
        return {**self.demo.spec(), "id": self._id}

    def _heard(self, _: Any, message: dict[str, Any], buffers: Any) -> None:
        if "ping" in message:
            self.send({"pong": message["ping"]})
        elif "size" in message:
            self.demo.resize(message["size"])
            with self.hold_sync():
                self.spec = self._spec()
                self.still, self.frame = self.demo.still, self.demo.frame()
        elif "ahead" in message:
            self.send({"ahead": self.demo.ahead(message["ahead"]), "asker": message["asker"]})
        elif "at" in message:
            self._answer(message)

    def _answer(self, message: dict[str, Any]) -> None:
        self._answering = {key: message[key] for key in ("asker", "number")}
        try:
            self.demo.move(message["at"])
        except ValueError as problem:
            self.frame = {**self.frame, **self._answering, "problem": str(problem)}
        finally:
            self._answering = None

    def _moved(self) -> None:
        with self.hold_sync():
            self.still = self.demo.still
            self.frame = {**self.demo.frame(), **(self._answering or {})}


def live_view(demo: Demo, view: type[Shell] = Shell) -> dict[str, Any]:
    """Return the mime bundle of a demo's live view."""
    if not hasattr(demo, "widget"):
        demo.widget = view(demo)
    return view_alone(demo.widget._repr_mimebundle_())


def view_alone(bundle: Any) -> dict[str, Any]:
    """Return of a widget's mime bundle its live view, without what any widget prints of itself."""
    data = bundle[0] if isinstance(bundle, tuple) else bundle or {}
    return {kind: value for kind, value in data.items() if kind.startswith("application/")}
