"""From one source file to the notebooks made of it. Pure functions: nothing runs here.

A source file is MyST Markdown, read with jupytext. `source/lessons/` gives `notebooks/`;
`source/exercises/` holds the solved notebook and gives `solutions/` and `exercises/`.
"""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import jupytext
import nbformat
from nbformat import NotebookNode

from lstm_course import __version__
from lstm_course.exercises import UnknownExercise, find
from lstm_course.grading.notebooks.templates import BEGIN, END, SOLVED, WORKED, unsolved
from tools.predictions import check_predictions, prediction_metadata
from tools.showing import shown_metadata
from tools.symbols import colored

FOLDER = {"lesson": "notebooks", "exercise": "exercises", "solution": "solutions"}
SOURCE = {"lesson": "lessons", "exercise": "exercises", "solution": "exercises"}
FORBIDDEN_TAGS = {
    "nbval-skip",
    "nbval-ignore-output",
    "nbval-raises-exception",
    "raises-exception",
    "skip-execution",
}
_TOKEN = re.compile(r"^\{\{\s*(\S+)\s*\}\}[ \t]*$", re.M)


class BuildError(Exception):
    """A source file cannot be built; the message names the file and the place."""


def read_source(path: Path) -> NotebookNode:
    """Read one source file into a notebook without outputs."""
    try:
        notebook = jupytext.reads(path.read_text(encoding="utf-8"), fmt="md:myst")
    except Exception as error:
        raise BuildError(f"{path}: not MyST Markdown that jupytext can read: {error}") from None
    if not notebook.cells or not notebook.cells[0].source.startswith("# "):
        raise BuildError(f"{path}: must begin with a title, a line `# NN · Verb …`")
    return notebook


def make(
    source: NotebookNode,
    name: str,
    kind: str,
    *,
    links: tuple[str, str] = ("", ""),
    find_exercise: Callable = find,
) -> NotebookNode:
    """Make the notebook of one kind, not yet executed.

    Parameters
    ----------
    source : NotebookNode
        What `read_source` returned; it is not changed.
    name : str
        Such as "04-forget-gate".
    kind : str
        "lesson", "exercise" or "solution".
    links : (str, str)
        A line of links for under the title, and Markdown for the last cell.
    find_exercise : function
        From an exercise id to the Exercise.

    Raises
    ------
    BuildError
        With the number of the cell and what is wrong in it.
    """
    seen: Counter[str] = Counter()
    cells = []
    for number, cell in enumerate(source.cells, start=1):
        try:
            made = _make_cell(cell, kind, find_exercise)
        except (ValueError, UnknownExercise) as error:
            raise BuildError(f"cell {number}: {error}") from None
        made["id"] = _cell_id(cell, f"{SOURCE[kind]}/{name}", seen)
        cells.append(made)
    _exactly_once(cells)
    try:
        check_predictions(cells)
    except ValueError as error:
        raise BuildError(str(error)) from None
    notebook = nbformat.v4.new_notebook(cells=_with_links(cells, links, name, kind))
    notebook.metadata = _notebook_metadata(name, kind)
    notebook.metadata.lstm_course["build"] = fingerprint(notebook)
    nbformat.validate(notebook)
    return notebook


def _make_cell(cell: NotebookNode, kind: str, find_exercise: Callable) -> NotebookNode:
    if cell.cell_type == "markdown":
        text = _TOKEN.sub(lambda match: exercise_line(find_exercise(match[1])), cell.source)
        predicted = prediction_metadata(cell, dict(cell.metadata))
        return nbformat.v4.new_markdown_cell(colored(text), metadata=predicted)
    metadata = dict(cell.metadata)
    answer, check = metadata.pop("answer", None), metadata.pop("check", None)
    metadata |= shown_metadata(cell.source, metadata)
    predicted = prediction_metadata(cell, metadata)
    _refuse(cell, metadata, kind, answer or check)
    metadata |= predicted
    source = cell.source
    if answer:
        exercise = find_exercise(answer)
        template = unsolved(source, exercise.asks_for)
        source = template if kind == "exercise" else source
        metadata |= _answer_metadata(exercise)
    elif check:
        metadata |= _check_metadata(find_exercise(check))
    return nbformat.v4.new_code_cell(source, metadata=metadata)


def _refuse(cell: NotebookNode, metadata: dict, kind: str, exercise_id: str | None) -> None:
    """Raise ValueError for what may not stand in a code cell."""
    tags = FORBIDDEN_TAGS & set(metadata.get("tags", []))
    if tags:
        raise ValueError(f"the tag {sorted(tags)[0]!r} would keep the cell from being tested")
    if exercise_id and kind == "lesson":
        raise ValueError(":answer: and :check: belong in source/exercises/, not in a lesson")
    if not exercise_id and (BEGIN in cell.source or END in cell.source):
        raise ValueError(f"{BEGIN} without the line `:answer: exercise-id` above it")
    unknown = set(metadata) - {"tags", "jupyter", "alt"}
    if unknown:
        known = "answer, check, alt, folded, answers, hides, tags"
        raise ValueError(f"unknown option :{sorted(unknown)[0]}: (known: {known})")


def exercise_line(exercise: object) -> str:
    """Return the line under an exercise's heading: id, points, minutes, a limit of its own."""
    points = f"{exercise.points} point{'' if exercise.points == 1 else 's'}"
    minutes = f"about {exercise.minutes} minute{'' if exercise.minutes == 1 else 's'}"
    line = f"**{exercise.id}** · {points} · {minutes}"
    if exercise.seconds == type(exercise).seconds:
        return line
    return f"{line} · may run for {exercise.seconds / 60:g} minutes"


def _answer_metadata(exercise: object) -> dict:
    return {
        "lstm_course": {"exercise": exercise.id, "role": "answer", "points": exercise.points},
        "nbgrader": _nbgrader(exercise.id, solution=True),
    }


def _check_metadata(exercise: object) -> dict:
    return {
        "deletable": False,
        "editable": False,
        "lstm_course": {"exercise": exercise.id, "role": "check", "points": exercise.points},
        "nbgrader": _nbgrader(f"check-{exercise.id}", grade=True, points=exercise.points),
    }


def _nbgrader(grade_id: str, *, grade: bool = False, solution: bool = False, **more: int) -> dict:
    """Return nbgrader's own keys, schema 3."""
    keys = {"schema_version": 3, "grade_id": grade_id, "cell_type": "code", "task": False}
    return keys | {"grade": grade, "solution": solution, "locked": not solution} | more


def _notebook_metadata(name: str, kind: str) -> NotebookNode:
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    language = {"file_extension": ".py", "mimetype": "text/x-python", "name": "python"}
    ours = {"notebook": name, "kind": kind, "version": __version__}
    return nbformat.from_dict(
        {"kernelspec": kernel, "language_info": language, "lstm_course": ours}
    )


def _cell_id(cell: NotebookNode, where: str, seen: Counter) -> str:
    """Return an id that stays the same from build to build.

    It comes from the solved source, so that the same cell has the same id in `exercises/` and
    `solutions/`. Answer and check cells take theirs from the exercise id.
    """
    answer, check = cell.metadata.get("answer"), cell.metadata.get("check")
    text = f"answer {answer}" if answer else f"check {check}" if check else cell.source
    seen[cell.cell_type + text] += 1
    parts = [where, cell.cell_type, text, str(seen[cell.cell_type + text])]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]


def _exactly_once(cells: Iterable[NotebookNode]) -> None:
    """Raise unless every exercise has one answer cell and, below it, one check cell."""
    ours = [cell.metadata.get("lstm_course", {}) for cell in cells]
    roles: dict[str, list[str]] = {}
    for mark in (mark for mark in ours if "exercise" in mark):
        roles.setdefault(mark.exercise, []).append(mark.role)
    for exercise_id, found in roles.items():
        if found != ["answer", "check"]:
            raise BuildError(
                f"exercise {exercise_id}: expected one answer cell and below it one check cell; "
                f"found {', '.join(found)}"
            )


def _with_links(cells: list, links: tuple[str, str], name: str, kind: str) -> list:
    top, end = links
    if top and cells:
        title, _, rest = cells[0].source.partition("\n")
        if kind == "solution":
            title, top = title.replace(*WORKED[::-1]), f"{SOLVED}{top}"
        cells[0].source = f"{title}\n\n{top}\n\n{rest.lstrip()}".rstrip()
    if end:
        last = nbformat.v4.new_markdown_cell(end, metadata={"lstm_course": {"role": "links"}})
        mark = nbformat.from_dict({"cell_type": "links", "source": "", "metadata": {}})
        last["id"] = _cell_id(mark, f"{SOURCE[kind]}/{name}", Counter())
        cells = [*cells, last]
    return cells


def fingerprint(notebook: NotebookNode) -> str:
    """Return a short digest of what stands in the cells, without outputs."""
    text = json.dumps([[cell.cell_type, cell.source] for cell in notebook.cells])
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def has_results(notebook: NotebookNode) -> bool:
    """Whether any code cell has been run."""
    code = (cell for cell in notebook.cells if cell.cell_type == "code")
    return any(cell.outputs or cell.execution_count is not None for cell in code)


def is_untouched(notebook: NotebookNode) -> bool:
    """Whether a notebook on disk is as some build left it, so that nothing is lost with it.

    The build writes a fingerprint of the cells into each notebook; any edit breaks it. An
    exercise that has been run counts as touched, too.
    """
    mark = notebook.metadata.get("lstm_course", {})
    run = mark.get("kind") == "exercise" and has_results(notebook)
    return mark.get("build") == fingerprint(notebook) and not run
