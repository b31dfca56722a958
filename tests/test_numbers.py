"""Every number in the prose of the measuring lessons has a cell, or a reason to have none.

A number is *printed* when a cell of the same lesson has it, in its code or in what it prints,
rounded to the digits that the prose gives; percents may be printed as shares. What is no
measurement (years, equations, lessons, claims, exercises) is not looked at. The rest stands in
tests/data/numbers.json, each with its reason.
"""

import json
import re
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).resolve().parent.parent
LESSONS = [
    "12-training",
    "13-the-cat-that-already-ate",
    "14-are-gates-0-or-1",
    "15-to-pytorch-and-beyond",
    "16-make-it-fast",
]
REASONS = json.loads((ROOT / "tests" / "data" / "numbers.json").read_text(encoding="utf-8"))
NUMBER = re.compile(
    r"(?<![\w.])[-−]?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)(?:e-?\d+)?(?!\w)"
)
NAMES = re.compile(
    r"`[^`]*`|<[^>]*>|\]\([^)]*\)|\\tag\{[^}]*\}|\b(?:19|20)\d\d\b"
    r"|^#.*$|^\d+\.(?= )|\d+ minutes"
    r"|(?:[Ll]essons?|[Ee]xercises?|Solution|[Ee]quations?|[Cc]laims?|[Ss]tep) \**\d+(?:\.\d+)?"
    r"(?:(?:,| to| and|, and) \d+(?:\.\d+)?)*",
    re.M,
)


def numbers(text):
    """Return the numbers of a text as they are written, a minus as a hyphen."""
    return [n.replace("−", "-") for n in NUMBER.findall(text)]


def values(texts):
    return {abs(float(n.replace(",", ""))) for text in texts for n in numbers(text)}


def is_among(number, known):
    """Whether a known number, or a hundred times it, is this one when it is rounded alike."""
    value = abs(float(number.replace(",", "")))
    if "e" in number:
        return any(f"{k:.0e}" == f"{value:.0e}" for k in known)
    digits = len(number.partition(".")[2])
    return any(abs(scale * k - value) <= 0.5001 * 10**-digits for k in known for scale in (1, 100))


def is_links(cell):
    """Whether the build added this cell, of links to other notebooks."""
    return cell.metadata.get("lstm_course", {}).get("role") == "links"


def unsourced(notebook):
    """Return the numbers of a lesson's prose that no cell has."""
    cells = notebook.cells
    code = [c for c in cells if c.cell_type == "code"]
    printed = [
        o.get("text", "") + o.get("data", {}).get("text/plain", "") for c in code for o in c.outputs
    ]
    known = values([*printed, *(c.source for c in code)])
    markdown = [c for c in cells if c.cell_type == "markdown" and not is_links(c)]
    prose = [NAMES.sub(" ", c.source) for c in markdown]
    return [n for text in prose for n in numbers(text) if not is_among(n, known)]


@pytest.fixture(params=LESSONS)
def lesson(request):
    path = ROOT / "notebooks" / f"{request.param}.ipynb"
    return request.param, unsourced(nbformat.read(path, as_version=4))


def test_every_number_in_prose_is_printed_by_a_cell_or_has_its_reason(lesson):
    name, found = lesson
    assert [n for n in found if n not in REASONS[name]] == []


def test_no_reason_is_left_whose_number_has_gone_or_is_printed_now(lesson):
    name, found = lesson
    assert [n for n in REASONS[name] if n not in found] == []


def made(prose, code="", output=""):
    cell = nbformat.v4.new_code_cell(code)
    cell.outputs = [nbformat.v4.new_output("stream", text=output)]
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(prose), cell])


def test_a_number_without_a_cell_is_seen():
    assert unsourced(made("It is 28 % at one, and 0.76 at most.")) == ["28", "0.76"]
    assert unsourced(made("It is 28 % at one, and 0.76 at most.", "0.2751", "76 0.757")) == []
    assert unsourced(made("Not 1,200 but −3.4.", "", "1201 -3.41")) == ["1,200"]


def test_years_lessons_and_equations_are_no_measurements():
    assert unsourced(made("See lessons 03 to 06, equation 12.1 and Gers (2000), `x = 7`.")) == []
