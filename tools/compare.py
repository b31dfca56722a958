"""Is a notebook on disk what its source says? Reads files; needs no kernel."""

import json
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from tools.links import Course
from tools.notebooks import FOLDER, SOURCE, BuildError, has_results, make, read_source
from tools.showing import words_differ


@dataclass(frozen=True)
class Target:
    """One notebook to build: where it comes from and where it goes."""

    name: str
    kind: str
    root: Path

    @property
    def source(self) -> Path:
        """The Markdown file."""
        return self.root / "source" / SOURCE[self.kind] / f"{self.name}.md"

    @property
    def path(self) -> Path:
        """The notebook."""
        return self.root / FOLDER[self.kind] / f"{self.name}.ipynb"

    @property
    def label(self) -> str:
        """The notebook's path as messages show it."""
        return self.path.relative_to(self.root).as_posix()

    def expected(self, course: Course) -> NotebookNode:
        """Return what the source says, not executed."""
        label = self.source.relative_to(self.root).as_posix()
        try:
            links = course.links(self.name, self.kind)
            return make(read_source(self.source), self.name, self.kind, links=links)
        except BuildError as error:
            text = str(error).replace(str(self.source), label)
            raise BuildError(text if text.startswith(label) else f"{label}: {text}") from None

    def on_disk(self) -> NotebookNode | None:
        """Return the built notebook, or None when there is none.

        Raises
        ------
        BuildError
            When the file is not a notebook, for example half saved.
        """
        if not self.path.exists():
            return None
        try:
            return nbformat.reads(self.path.read_text(encoding="utf-8"), as_version=4)
        except (ValueError, AttributeError, KeyError) as error:
            first = str(error).splitlines()[0]
            raise BuildError(f"{self.label}: not a notebook ({first:.80})") from None


def serialize(notebook: NotebookNode) -> str:
    """Return the text of the file, the same on every machine."""
    return nbformat.writes(notebook, version=nbformat.NO_CONVERT) + "\n"


def without_outputs(notebook: NotebookNode) -> dict:
    """Return a plain copy that holds only what the source decides."""
    plain = json.loads(json.dumps(notebook))
    for cell in plain["cells"]:
        if cell["cell_type"] == "code":
            cell |= {"outputs": [], "execution_count": None}
    return plain


def difference(disk: NotebookNode, expected: NotebookNode) -> str:
    """Say where a notebook differs from its source, or return ''."""
    have, want = without_outputs(disk), without_outputs(expected)
    if have == want:
        return ""
    if len(have["cells"]) != len(want["cells"]):
        return f"has {len(have['cells'])} cells, its source gives {len(want['cells'])}"
    for number, (a, b) in enumerate(zip(have["cells"], want["cells"], strict=True), start=1):
        if a != b:
            parts = [key for key in sorted(a.keys() | b.keys()) if a.get(key) != b.get(key)]
            return f"cell {number} differs from its source ({', '.join(parts)})"
    return "the notebook's own metadata differ (course version, kernel)"


def unfinished(disk: NotebookNode, kind: str) -> str:
    """Say what is wrong with the stored outputs, or return ''."""
    if kind == "exercise":
        return "carries outputs; an exercise is handed out without" if has_results(disk) else ""
    for number, cell in enumerate(disk.cells, start=1):
        if cell.cell_type != "code" or not cell.source.strip():
            continue
        if cell.execution_count is None:
            return f"cell {number} has not been run"
        if any(output.output_type == "error" for output in cell.outputs):
            return f"cell {number} stores an error"
    return ""


def problem(target: Target, course: Course) -> str:
    """Say why a notebook must be rebuilt, or return '' when it is as it should be."""
    disk = target.on_disk()
    if disk is None:
        return "is missing"
    expected = target.expected(course)
    if words_differ(target.root, expected, target.name, target.kind):
        return "its figures have other words in lstm_course/plots/alt/ than in its source"
    return difference(disk, expected) or unfinished(disk, target.kind)


def surplus(root: Path, course: Course) -> list[str]:
    """Return the notebooks that no source file stands behind."""
    known = {Target(name, kind, root).path for name, kind in course.all()}
    found = [path for folder in FOLDER.values() for path in (root / folder).glob("*.ipynb")]
    return sorted(path.relative_to(root).as_posix() for path in found if path not in known)
