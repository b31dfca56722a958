"""Notebooks as learners hand them in, whole and damaged, made from scratch.

Everything here is about exercise notebook 04: four exercises, 7 points.
"""

import copy
import json
from pathlib import Path

NAME = "04-forget-gate"
IMPORTS = """import numpy as np

from lstm_course import sigmoid
from lstm_course.checks import check, hint"""
ANSWERS = {
    "memory-left": "left = 0.9**10",
    "forget-gate": '''def forget_gate(h_prev, x_t, W_f, b_f):
    """Return f_t."""
    z_t = np.concatenate([h_prev, x_t], axis=-1)
    return sigmoid(z_t @ W_f + b_f)''',
    "half-life-bias": "f = 0.5 ** (1 / 20)\nb_f = np.log(f / (1 - f))",
    "fading-memory": """def fade(f_t, c_prev, steps):
    c = c_prev
    for _ in range(steps):
        c = f_t * c
    return c""",
}
STUBS = {
    "memory-left": "# YOUR CODE HERE\nleft = ...",
    "forget-gate": "def forget_gate(h_prev, x_t, W_f, b_f):\n    raise NotImplementedError",
    "half-life-bias": "# YOUR CODE HERE\nb_f = ...",
    "fading-memory": "def fade(f_t, c_prev, steps):\n    raise NotImplementedError",
}
CHECKS = {
    "memory-left": 'check("memory-left", left)',
    "forget-gate": 'check("forget-gate", forget_gate)',
    "half-life-bias": 'check("half-life-bias", b_f)',
    "fading-memory": 'check("fading-memory", fade)',
}
POINTS = {"memory-left": 1, "forget-gate": 2, "half-life-bias": 2, "fading-memory": 2}


def code(source, exercise="", role="answer"):
    """Return a code cell, with the course's metadata when it belongs to an exercise."""
    course = {"lstm_course": {"exercise": exercise, "role": role}} if exercise else {}
    return {
        "cell_type": "code", "source": source, "metadata": course,
        "outputs": [], "execution_count": None, "id": "",
    }  # fmt: skip


def solved(**changes):
    """Return the cells of a solved notebook; `changes` replace answers (`_` for `-`)."""
    answers = ANSWERS | {key.replace("_", "-"): value for key, value in changes.items()}
    cells = [code(IMPORTS)]
    for exercise, source in answers.items():
        text = {"cell_type": "markdown", "source": f"**{exercise}**", "metadata": {}, "id": ""}
        cells += [text, code(source, exercise), code(CHECKS[exercise], exercise, "check")]
    return cells


def place(cells, exercise, role="answer"):
    """Return where the cell of an exercise stands."""
    wanted = {"exercise": exercise, "role": role}
    return next(k for k, c in enumerate(cells) if c["metadata"].get("lstm_course") == wanted)


def notebook(cells, **metadata):
    """Return a notebook as a dict."""
    course = {"notebook": NAME, "kind": "exercise", "version": "0.1.0"}
    cells = copy.deepcopy(cells)
    for k, cell in enumerate(cells):
        cell["id"] = f"cell-{k}"
    return {
        "nbformat": 4, "nbformat_minor": 5, "cells": cells,
        "metadata": {"lstm_course": course, **metadata},
    }  # fmt: skip


def save(folder, content, name=f"{NAME}.ipynb"):
    """Write cells, a notebook, text or bytes into a file and return its path."""
    path = Path(folder) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, list):
        content = notebook(content)
    if isinstance(content, dict):
        content = json.dumps(content, indent=1, ensure_ascii=False)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def as_text(cells, **metadata):
    """Return a notebook as the text of its file."""
    return json.dumps(notebook(cells, **metadata), indent=1, ensure_ascii=False)


def version_3(cells):
    """Return the notebook in notebook format 3."""
    old = []
    for cell in notebook(cells)["cells"]:
        if cell["cell_type"] == "code":
            kept = {"cell_type": "code", "input": cell["source"], "metadata": cell["metadata"]}
            old.append({**kept, "language": "python", "outputs": [], "prompt_number": 1})
        else:
            old.append({"cell_type": "markdown", "source": cell["source"], "metadata": {}})
    sheets = [{"cells": old, "metadata": {}}]
    return {"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": ""}, "worksheets": sheets}


def conflict(text, mine, theirs):
    """Return a file's text with a merge conflict around one of its lines."""
    line = next(line for line in text.splitlines() if mine in line)
    other = line.replace(mine, theirs)
    marked = f"<<<<<<< HEAD\n{line}\n=======\n{other}\n>>>>>>> upstream/main"
    return text.replace(line, marked, 1)
