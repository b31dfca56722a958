"""The start page as HTML: the same on a learner's own server and on the reading site."""

import html
import json
from collections.abc import Sequence
from pathlib import Path
from string import Template

from ...plots.theme import theme_css
from ...widgets.reading import ReadingView, reading
from ...widgets.shell import without_export
from .lessons import Lesson
from .map import Link, draw_list, draw_map

HERE = Path(__file__).parent
FILLED = "Each tile fills with your points. A click opens the lesson in JupyterLab."
PLAIN = "Each tile leads to its lesson."


def page(lessons: Sequence[Lesson], link: Link, folders: Sequence[str], progress: str = "") -> str:
    """Return the page without what surrounds it.

    Parameters
    ----------
    lessons : sequence of Lesson
        In the course's order.
    link : function
        From folder and name of a notebook to the attributes of a link to it.
    folders : sequence of str
        Those that are linked beside a lesson with an exercise.
    progress : str, optional
        Address of the learner's progress; without it the page shows none.
    """
    first = lessons[0]
    return _template("page.html").substitute(
        progress=f' data-progress="{html.escape(progress)}"' if progress else "",
        reading=json.dumps(reading(), ensure_ascii=False).replace("</", "<\\/"),
        first=link("notebooks", first.name),
        title=html.escape(first.title),
        explain=FILLED if progress else PLAIN,
        map=draw_map(lessons, link),
        list=draw_list(lessons, link, folders),
    )


def document(page: str) -> str:
    """Return the page as a whole document, with its style and its script inside."""
    style = theme_css("body") + style_sheet() + _text("document.css")
    return _template("document.html").substitute(style=style, page=page, script=script())


def style_sheet() -> str:
    """Return the colors of both themes, and the rules of the cell and of the page."""
    return theme_css(".lstm-start") + ReadingView._css + _text("page.css")


def script() -> str:
    """Return the page's script as one plain function, so that it also works from a disk."""
    front = without_export(ReadingView._esm)
    return "\n".join(["(() => {", front, _text("page.js"), "})();\n"])


def _text(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")


def _template(name: str) -> Template:
    return Template(_text(name))
