"""What the source says of how a code cell is shown: its figure in words, whether it opens folded.

    :alt: >-
    :   Two bars from 0 (forget) to 1 (keep): unit 1 at 0.27, unit 2 at 0.88.
    :folded: true

The words go to the cell's metadata and, for `show`, into the package: `lstm_course/plots/alt/`.
"""

import ast
import json
from pathlib import Path

from nbformat import NotebookNode

from lstm_course.plots.words import digest


def shows_a_figure(code: str) -> bool:
    """Whether a cell calls `show` with a figure."""
    calls = [node.func for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call)]
    return any(isinstance(name, ast.Name) and name.id == "show" for name in calls)


def shown_metadata(code: str, options: dict) -> dict:
    """Take `alt` and `folded` out of a cell's options and return its metadata for them.

    Raises
    ------
    ValueError
        When a figure has no words, or words stand where no figure is shown.
    """
    alt, folded = options.pop("alt", ""), options.pop("folded", False)
    if shows_a_figure(code) and (not isinstance(alt, str) or len(alt) < 20 or " " not in alt):
        raise ValueError("a figure is shown; say in :alt: what is to be seen, with its values")
    if alt and not shows_a_figure(code):
        raise ValueError(":alt: stands where no figure is shown")
    if folded not in (True, False):
        raise ValueError(f":folded: is true or left out, not {folded!r}")
    metadata = {"alt": " ".join(alt.split())} if alt else {}
    if folded:
        metadata["jupyter"] = {**options.pop("jupyter", {}), "source_hidden": True}
    return metadata


def words_path(root: Path, name: str, kind: str) -> Path:
    """Return where the package keeps the words for a notebook's figures."""
    before = "" if kind == "lesson" else "exercise-"
    return root / "lstm_course" / "plots" / "alt" / f"{before}{name}.json"


def words_text(notebook: NotebookNode) -> str:
    """Return what that file holds: digest of a cell to its words; nothing without figures."""
    words = {digest(c.source): c.metadata["alt"] for c in notebook.cells if "alt" in c.metadata}
    return json.dumps(words, indent=1, ensure_ascii=False) + "\n" if words else ""


def words_differ(root: Path, notebook: NotebookNode, name: str, kind: str) -> bool:
    """Whether the package keeps other words than the source says."""
    path = words_path(root, name, kind)
    kept = path.read_text(encoding="utf-8") if path.exists() else ""
    return kind != "exercise" and kept != words_text(notebook)


def keep_words(root: Path, notebook: NotebookNode, name: str, kind: str) -> None:
    """Write that file, or take it away when there is nothing to keep."""
    path, text = words_path(root, name, kind), words_text(notebook)
    if not text:
        path.unlink(missing_ok=True)
    elif kind != "exercise":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
