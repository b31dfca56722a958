"""Predictions in a lesson's source: which cell asks, and which cells answer and so open folded.

A cell that calls `guess` alone asks; its first argument is the prediction's name. What it asks
about follows:

    ```{code-cell} ipython3
    :answers: left-after-20          the output opens folded; with `:hides: code`, the code too
    print(0.9**20)
    ```

    +++ {"answers": "left-after-20"}

    A conclusion, folded as a whole.

    +++
"""

import ast
import re
from collections.abc import Iterable
from itertools import groupby

import nbformat
from nbformat import NotebookNode

OPEN = '<details class="answer"><summary>Show the answer</summary>'
_HOW = re.compile(r"<br><em>[^<]*</em>")  # how to answer in JupyterLab


def asked_in(code: str) -> str:
    """Return the name of the prediction that a cell asks for, or ''."""
    try:
        statements = ast.parse(code).body
    except SyntaxError:  # the kernel will say so
        return ""
    if len(statements) != 1 or not isinstance(statements[0], ast.Expr):
        return ""
    call = statements[0].value
    named = isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.args
    if not named or call.func.id != "guess" or not isinstance(call.args[0], ast.Constant):
        return ""
    return str(call.args[0].value)


def prediction_metadata(cell: NotebookNode, options: dict) -> dict:
    """Take `answers` and `hides` out of a cell's options and return its metadata for them.

    Raises
    ------
    ValueError
        When `hides` says something unknown, or the first line of hidden code could tell.
    """
    answers, hides = options.pop("answers", ""), options.pop("hides", "")
    if hides and (hides != "code" or not answers or cell.cell_type != "code"):
        raise ValueError(f":hides: is code, in a code cell with :answers:, not {hides!r}")
    if hides and not cell.source.startswith("#"):
        raise ValueError("JupyterLab shows the first line of folded code: begin with a comment")
    asks = cell.cell_type == "code" and asked_in(cell.source)
    if asks:
        return {"lstm_course": {"guess": asks}, "jupyter": {"source_hidden": True}}
    if not answers:
        return {}
    if cell.cell_type == "markdown":
        return {"lstm_course": {"answers": answers}, "jupyter": {"source_hidden": True}}
    jupyter = {**options.pop("jupyter", {}), "outputs_hidden": True}
    mark = {"answers": answers} | ({"hides": hides} if hides else {})
    return {
        "lstm_course": mark,
        "jupyter": jupyter | ({"source_hidden": True} if hides else {}),
        "collapsed": True,  # the same to JupyterLab, which reads this one first
    }


def marks(cells: Iterable[NotebookNode], key: str) -> list[str]:
    """Return what cells hold under a key of the course's own, "guess" or "answers"."""
    found = (cell.metadata.get("lstm_course", {}).get(key, "") for cell in cells)
    return [name for name in found if name]


def check_predictions(cells: list[NotebookNode]) -> None:
    """See that every question has its answer below it, and every answer its question.

    Raises
    ------
    ValueError
        With the name of the prediction.
    """
    asked: list[str] = []
    for cell in cells:
        for name in marks([cell], "guess"):
            if name in asked:
                raise ValueError(f"prediction {name} is asked twice")
            asked.append(name)
        for name in marks([cell], "answers"):
            if name not in asked:
                raise ValueError(f"a cell answers {name}, which no cell above it asks")
    for name in set(asked) - set(marks(cells, "answers")):
        raise ValueError(f"prediction {name} has no answer; mark its cells: `:answers: {name}`")


def fold_answers(cells: Iterable[NotebookNode]) -> list[NotebookNode]:
    """Return a page's cells: questions without code, what answers one below it in one fold."""
    found = []
    for name, group in groupby(cells, lambda cell: "".join(marks([cell], "answers"))):
        group = list(group)
        if not name:
            found += [_question(cell) if marks([cell], "guess") else cell for cell in group]
            continue
        for cell in group:
            if marks([cell], "hides"):  # the fold is around it already
                cell.metadata.jupyter.pop("source_hidden")
        ends = [(OPEN, f"open-{group[0].id}"), ("</details>", f"close-{group[0].id}")]
        first, last = (nbformat.v4.new_markdown_cell(text, id=id_) for text, id_ in ends)
        found += [first, *group, last]
    return found


def _question(cell: NotebookNode) -> NotebookNode:
    cell.metadata = nbformat.from_dict({"tags": ["remove-input"]})
    for output in cell.outputs:
        output.data["text/html"] = _HOW.sub("", output.data["text/html"])
    return cell
