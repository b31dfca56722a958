"""Demos and figures on the site: drawn into the page in its theme, and played from their frames."""

import base64
import json
import re
from collections.abc import Sequence
from pathlib import Path

from nbformat import NotebookNode

from lstm_course.app.start.page import script, style_sheet
from lstm_course.plots.theme import theme_css
from lstm_course.widgets import shell
from lstm_course.widgets.explorer import CellExplorer, ExplorerView, stored_explorer
from lstm_course.widgets.reading import ReadingView
from lstm_course.widgets.stored import pack, packed_frames

STILL = '<p class="still">A still picture; it moves in JupyterLab.</p>'
STORED = (
    '<p class="still">Here it reads stored sentences, and one wire can be cut at a time; <a '
    'href="../explorer.html">its own page</a> has more sentences. In JupyterLab it also reads '
    "yours, you set its gates, and any wires can be cut.</p>"
)
PLAYED = '<p class="still">Here it has stored positions; in JupyterLab it has all of them.</p>'
_IMAGE = re.compile(
    r'<img alt="(?P<alt>[^"]*)" src="data:image/svg\+xml;base64,(?P<data>[^"]*)" '
    r'width="(?P<width>\d+)"[^>]*>'
)
# by the words that a stored output begins with; all others are demos
KINDS = {"Cell that reads": "reading", "The whole cell": "today"}
SAID = {"demo": PLAYED, "today": PLAYED}
_STYLE, _FRAMES = (re.compile(f"<{tag}.*?</{tag}>", re.S) for tag in ("style", "metadata"))


def place_pictures(page: NotebookNode, name: str) -> dict[str, str]:
    """Draw a notebook's pictures into its page; return the packed frames of its demos by id."""
    found = {}
    for number, cell in enumerate(page.cells):
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            image = _IMAGE.search(data.get("text/html", ""))
            if image is None or data.get("text/plain", "").startswith("Cell explorer"):
                continue
            drawing, frames = inline(image), packed_frames(image[0])
            if frames:
                found[f"{name}-{number}"] = frames
                kind = _kind(data["text/plain"])
                place = f'<div class="{kind}" data-{kind}="{name}-{number}">'
                drawing = f"{place}{drawing}</div>{SAID.get(kind, '')}"
            elif data["text/plain"].startswith("Demo:"):
                drawing += STILL
            data["text/html"] = drawing
    return found


def _kind(words: str) -> str:
    """Return what a stored output with frames is: whose script plays it."""
    return next((kind for start, kind in KINDS.items() if words.startswith(start)), "demo")


def mark_explorer(output: NotebookNode, sentence: str) -> None:
    """Put the explorer's picture where the page's script mounts it."""
    data = output["data"]
    picture = inline(_IMAGE.search(data["text/html"]))
    place = f'<div class="explorer" data-sentence="{sentence}">{picture}</div>'
    data["text/html"] = place + STORED


def inline(image: re.Match) -> str:
    """Return an image of vectors as a drawing of the page, so that it follows the page's theme."""
    drawing = base64.b64decode(image["data"]).decode()
    drawing = _FRAMES.sub("", _STYLE.sub("", drawing, count=1))  # the style of an image alone
    head = f'<svg role="img" aria-label="{image["alt"]}" class="lstm-figure" '
    head += f'style="max-width: {image["width"]}px" '
    return re.sub(r' (?:width|height)="\d+"', "", drawing.replace("<svg ", head, 1), count=2)


def write_front(static: Path, frames: dict[str, dict[str, str]]) -> None:
    """Write the front end as one plain script, its style, and the frames of each page.

    Plain scripts and no modules, so that the pages also work from a disk.
    """
    write_script(static, "demos.js", shell.script(), "demo-page.js")
    css = shell.style_sheet() + theme_css(".lstm-figure")
    (static / "demos.css").write_text(css, encoding="utf-8")
    for name, packed in frames.items():
        text = f"window.lstmDemos = {json.dumps(packed)};\n"
        (static / f"demos-{name}.js").write_text(text, encoding="utf-8")


def write_script(static: Path, name: str, front: str, page: str) -> None:
    """Write a front end and the script of the pages that mount it as one plain script."""
    code = shell.without_export(front)
    parts = [(static / part).read_text(encoding="utf-8") for part in ("unpack.js", page)]
    text = "\n".join(["(() => {", code, *parts, "})();\n"])
    (static / name).write_text(text, encoding="utf-8")
    (static / page).unlink()


def write_start(static: Path) -> None:
    """Write the script and the style of the start page, and the script of lessons with its cell."""
    (static / "start.js").write_text(script(), encoding="utf-8")
    (static / "start.css").write_text(style_sheet(), encoding="utf-8")
    write_script(static, "reading.js", ReadingView._esm, "reading-page.js")
    (static / "reading.css").write_text(ReadingView._css, encoding="utf-8")


def write_explorer(static: Path, sentences: Sequence[str]) -> None:
    """Write the explorer as one plain script, its style, and each sentence with its frames."""
    write_script(static, "explorer.js", ExplorerView._esm, "explorer-page.js")
    (static / "explorer.css").write_text(ExplorerView._css, encoding="utf-8")
    explorer = CellExplorer(sentences[0])
    data = {
        "spec": explorer.spec(),
        "still": explorer.still,
        "sentences": {sentence: pack(stored_explorer(sentence)) for sentence in sentences},
    }
    text = f"window.lstmExplorer = {json.dumps(data, ensure_ascii=False)};\n"
    (static / "explorer-frames.js").write_text(text, encoding="utf-8")
