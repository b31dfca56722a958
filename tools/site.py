"""Build the site to read from the notebooks as they are, with no network and no kernel.

    python tools/site.py          -> dist/site, every link and picture checked
    python tools/site.py --check  only checks what dist/site holds

Each exercise page shows the task with its template, then, folded, a solution and what the check
says of it. Needs the dependency group `site` alone, in an environment of its own:

    UV_PROJECT_ENVIRONMENT=.venv-site uv run --no-default-groups --group site python tools/site.py
"""

import argparse
import importlib.util
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from copy import deepcopy
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import nbformat
from nbformat import NotebookNode

from lstm_course.app.start.lessons import read_lessons
from lstm_course.app.start.page import page
from lstm_course.plots.diagram.reader import SENTENCE
from lstm_course.plots.theme import equation_css
from tools.predictions import fold_answers
from tools.site_demos import (
    mark_explorer,
    place_pictures,
    write_explorer,
    write_front,
    write_start,
)
from tools.site_links import check_links

ROOT = Path(__file__).resolve().parent.parent
SENTENCES = (
    SENTENCE,
    "the cat which already ate was full",
    "the cats were full",
    "the cat which the dogs saw was full",
    "the cats which the dog saw were full",
    "the dogs which saw the cat which ate were full",
)
PAGES = ("reproduced.md", "measured.md", "the-post.md", "using.md")  # of docs/
NEEDS = ("myst_nb", "furo", "latex2mathml", "fontTools", "ziamath")
COMMAND = (
    "UV_PROJECT_ENVIRONMENT=.venv-site uv run --no-default-groups --group site python tools/site.py"
)
TO_READ = (
    "*This page is to read. To write answers and have them checked, open "
    "`exercises/{name}` in JupyterLab: [Where to run the course](../using.md).*"
)
_SOLUTION_LINK = re.compile(r"(?: · )?\[Solution \d\d[^\]]*\]\([^)]*\)")
_LINK = re.compile(r"(?<!!)\[([^\]]*)\]\(([^)\s]+)\)")
_MARKS = re.compile(r"^[ \t]*### (?:BEGIN|END) SOLUTION[ \t]*\n?", re.M)


def main(arguments: Sequence[str] | None = None, root: Path = ROOT) -> int:
    """Build or check, and return the exit status."""
    parser = argparse.ArgumentParser(prog="tools/site.py", description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="build nothing")
    options = parser.parse_args(arguments)
    target = root / "dist" / "site"
    if not options.check:
        missing = [name for name in NEEDS if not _is_there(name)]
        if missing:
            print(f"error: {', '.join(missing)} not installed; try: {COMMAND}", file=sys.stderr)
            return 1
        source = root / "dist" / "site-source"
        stage(root, source)
        status = build(source, target)
        if status:
            return status
    problems = check_links(target)
    print(*problems, sep="\n", end="\n" if problems else "")
    print(f"{target}: {len(list(target.rglob('*.html')))} pages, {len(problems)} broken links")
    return 1 if problems else 0


def _is_there(module: str) -> bool:
    return importlib.util.find_spec(module) is not None


def stage(root: Path, source: Path) -> None:
    """Lay out in `source` what Sphinx reads; what was there is replaced."""
    shutil.rmtree(source, ignore_errors=True)
    ignore = shutil.ignore_patterns("__pycache__")
    shutil.copytree(root / "docs" / "site", source, ignore=ignore)
    for name in PAGES:
        text = (root / "docs" / name).read_text(encoding="utf-8")
        (source / name).write_text(without_outside_links(text), encoding="utf-8")
    (source / "start.html").write_text(start_page(root), encoding="utf-8")
    (source / "_static" / "equations.css").write_text(equation_css(), encoding="utf-8")
    frames = {}
    for path in sorted((root / "notebooks").glob("*.ipynb")):
        page = lesson_page(_read(path))
        frames[path.stem] = place_pictures(page, path.stem)
        _write(page, source / "notebooks" / path.name)
    for path in sorted((root / "exercises").glob("*.ipynb")):
        solution = root / "solutions" / path.name
        page = exercise_page(_read(path), _read(solution), path.name)
        place_pictures(page, path.stem)
        _write(page, source / "exercises" / path.name)
    write_front(source / "_static", {name: packed for name, packed in frames.items() if packed})
    write_explorer(source / "_static", SENTENCES)
    write_start(source / "_static")
    (source / "_static" / "unpack.js").unlink()


def build(source: Path, target: Path) -> int:
    """Run Sphinx, every warning an error, and return its exit status."""
    shutil.rmtree(target, ignore_errors=True)
    trees = source.parent / "site-trees"
    options = ["-q", "-W", "--keep-going", "-E", "-d", str(trees)]
    command = [sys.executable, "-m", "sphinx", "-b", "html", *options, str(source), str(target)]
    status = subprocess.run(command, check=False).returncode
    if not status:
        (target / ".nojekyll").touch()  # a host of pages would leave out folders with a _
    return status


def start_page(root: Path) -> str:
    """Return the page that `lstm-course lab` opens, with links to pages and without progress."""
    return page(
        read_lessons(root), lambda folder, name: f'href="{folder}/{name}.html"', ["exercises"]
    )


def lesson_page(notebook: NotebookNode) -> NotebookNode:
    """Return a lesson as a page: solutions unlinked, folds kept, the explorer marked."""
    page = deepcopy(notebook)
    page.cells = fold_answers(page.cells)
    for cell in page.cells:
        if cell.cell_type == "markdown":
            cell.source = without_solution_links(cell.source)
        elif cell.metadata.get("jupyter", {}).get("source_hidden"):
            _folded(cell, "hide-input", "Show the code")
        for output in cell.get("outputs", []):
            if output.get("data", {}).get("text/plain", "").startswith("Cell explorer"):
                mark_explorer(output, _sentence_of(cell.source))
    return page


def _sentence_of(code: str) -> str:
    """Return the sentence that a cell gives to the explorer, where its frames are stored."""
    named = re.search(r"cell_explorer\(\"([^\"]+)\"", code)
    return named[1] if named and named[1] in SENTENCES else SENTENCE


def exercise_page(exercise: NotebookNode, solution: NotebookNode, name: str) -> NotebookNode:
    """Return an exercise with each solution and its check's answer folded below the template."""
    solved = {cell.id: cell for cell in solution.cells}
    page = lesson_page(exercise)
    cells = []
    for cell in page.cells:
        cells.append(cell)
        twin = deepcopy(solved.get(cell.id))
        role = cell.metadata.get("lstm_course", {}).get("role")
        if cell.cell_type != "code" or twin is None:
            continue
        if role == "answer":
            twin.id, twin.source = f"{cell.id}-solved", _MARKS.sub("", twin.source)
            cells.append(_folded(twin, "hide-cell", "Show a solution"))
        elif role == "check":
            cells[-1] = _folded(twin, "hide-output", "Show what the check says to the solution")
        else:
            cell.outputs = twin.outputs
    note = nbformat.v4.new_markdown_cell(TO_READ.format(name=name), id="to-read")
    page.cells = [*cells[:1], note, *cells[1:]]
    return page


def _folded(cell: NotebookNode, tag: str, prompt: str) -> NotebookNode:
    hide = {"code_prompt_show": prompt, "code_prompt_hide": prompt.replace("Show", "Hide")}
    cell.metadata = nbformat.from_dict({"tags": [tag], "mystnb": hide})
    return cell


def without_solution_links(text: str) -> str:
    """Take out links to solutions: on the site each stands on the page of its exercise."""
    text = re.sub(r"^ · ", "", _SOLUTION_LINK.sub("", text), flags=re.M)
    return text.replace("](../solutions/", "](../exercises/")


def without_outside_links(text: str) -> str:
    """Point the links of a page of docs/ to pages of the site; keep the words of all others.

    Parameters
    ----------
    text : str
        Markdown with links as they are right in the repository.

    Returns
    -------
    str
        The same with `../notebooks/…` as `notebooks/…`. A file of the repository that is no page
        here loses its link: the site does not know where the repository is.
    """

    def point(link: re.Match) -> str:
        words, target = link.groups()
        path = target.removeprefix("../").replace("solutions/", "exercises/", 1)
        if re.match(r"[a-z]+:|#", target) or path.partition("#")[0] in PAGES:
            return link[0]
        here = re.match(r"(notebooks|exercises)/\d\d-[\w-]+\.ipynb", path)
        return f"[{words}]({path})" if here else words

    return _LINK.sub(point, text)


def _read(path: Path) -> NotebookNode:
    return nbformat.read(path, as_version=4)


def _write(notebook: NotebookNode, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, path)


if __name__ == "__main__":
    sys.exit(main())
