"""Every prediction of every lesson: no answer on the screen before a guess, all of it after."""

import json
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Locator, expect

from lstm_course.guesses import FILE

from .access import serious_violations
from .conftest import lab_window

ROOT = Path(__file__).parents[2]


def marks_of(name: str) -> dict[str, tuple[int, list[int]]]:
    """Name of each prediction to the number of the cell that asks and of those that answer."""
    cells = nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4).cells
    marks = [cell.metadata.get("lstm_course", {}) for cell in cells]
    return {
        mark["guess"]: (k, [n for n, m in enumerate(marks) if m.get("answers") == mark["guess"]])
        for k, mark in enumerate(marks)
        if "guess" in mark
    }


ASKED = {path.stem: marks_of(path.stem) for path in sorted((ROOT / "notebooks").glob("*.ipynb"))}
LESSONS = [name for name, marks in ASKED.items() if marks]


@pytest.fixture(scope="module", params=LESSONS)
def lesson(request, lab_url, browser):
    """A lesson as it opens, with its name."""
    with lab_window(browser, lab_url, f"predictions {request.param}") as lab:
        lab.open(f"notebooks/{request.param}.ipynb")
        yield request.param, lab


def tells(cell: Locator) -> str:
    """What can be seen of a cell's result, or of a cell of text: nothing when it is folded."""
    return cell.evaluate(
        """cell => {
          const text = cell.classList.contains("jp-MarkdownCell");
          const parts = [...cell.querySelectorAll(
            text ? ".jp-RenderedMarkdown" : ".jp-OutputArea-output")];
          const placeholders = [...cell.querySelectorAll(text
            ? ".jp-PlaceholderText" : ".jp-OutputPlaceholder .jp-PlaceholderText")];
          const seen = [...parts, ...placeholders].filter(part =>
            part.checkVisibility({ visibilityProperty: true }) && part.innerText + part.innerHTML);
          return seen.map(part => part.innerText || part.innerHTML.slice(0, 80)).join("\\n");
        }"""
    )


def expect_nothing_told(name, lab):
    for prediction, (asks, answers) in ASKED[name].items():
        lab.cell(asks)
        for number in answers:
            cell = lab.cell(number)
            lab.page.wait_for_timeout(50)
            assert tells(cell) == "", f"{prediction}, cell {number}"
            if "hides" in cell_mark(name, number):
                expect(cell.locator(".jp-InputPlaceholder .jp-PlaceholderText")).to_contain_text(
                    "#"
                )


def cell_mark(name: str, number: int) -> dict:
    cells = nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4).cells
    return cells[number].metadata.lstm_course


def give(card: Locator) -> None:
    """Answer a question with the keyboard, whatever way it asks for."""
    ways = card.locator('input[type="range"], input[type="radio"]')
    ways.first.focus()
    card.page.keyboard.press(
        "ArrowRight" if ways.first.get_attribute("type") == "range" else "Space"
    )
    done = card.get_by_role("button", name="That is my guess")
    expect(done).to_be_enabled()
    done.focus()
    card.page.keyboard.press("Enter")


# The tests of one lesson go on from each other: as it opens, after Run All, answered.


def test_as_it_opens_no_answer_can_be_seen(lesson):
    name, lab = lesson
    expect_nothing_told(name, lab)


def test_after_run_all_no_answer_can_be_seen_and_every_question_can_be_answered(lesson):
    name, lab = lesson
    lab.run_all()
    lab.page.wait_for_timeout(500)
    assert lab.errors() == []
    expect_nothing_told(name, lab)
    for asks, _ in ASKED[name].values():
        card = lab.cell(asks).locator(".lstm-demo.guess")
        expect(card.get_by_role("button", name="That is my guess")).to_be_disabled()
        expect(card.get_by_role("button", name="Show me")).to_be_enabled()


def test_the_questions_are_accessible(lesson):
    _, lab = lesson
    for theme in ("JupyterLab Dark", "JupyterLab Light"):
        lab.choose_theme(theme)
        assert serious_violations(lab.page) == []


def test_a_guess_unfolds_its_answer_alone_and_stands_beside_it(lesson, course):
    name, lab = lesson
    following = [*ASKED[name].values()][1:]
    for prediction, (asks, answers) in ASKED[name].items():
        cell = lab.cell(asks)
        give(cell.locator(".lstm-demo.guess"))
        expect(cell.locator(".say")).to_contain_text("You said ")
        for number in answers:
            told = lab.cell(number)
            lab.page.wait_for_timeout(100)
            assert tells(told) != "", f"{prediction}, cell {number} stays folded"
        if following:
            other = lab.cell(following.pop(0)[1][0])
            lab.page.wait_for_timeout(100)
            assert tells(other) == "", f"{prediction} unfolds the next answer, too"
        kept = json.loads((course / FILE).read_text(encoding="utf-8"))["guesses"]
        assert kept[prediction]["said"] in cell.locator(".say").text_content()


def test_a_guess_is_still_there_when_the_lesson_is_run_again(lesson):
    name, lab = lesson
    lab.run_all()
    lab.page.wait_for_timeout(500)
    for asks, answers in ASKED[name].values():
        expect(lab.cell(asks).locator(".say")).to_contain_text("You said ")
        cell = lab.cell(answers[-1])
        lab.page.wait_for_timeout(100)
        assert tells(cell) != ""


def test_show_me_unfolds_the_answer_and_keeps_no_guess(lab, course):
    (course / FILE).unlink(missing_ok=True)
    name = "01-why-not-an-rnn"
    lab.open(f"notebooks/{name}.ipynb")
    lab.run_all()
    asks, answers = ASKED[name]["knows-after-50"]
    cell = lab.cell(asks)
    cell.get_by_role("button", name="Show me").click()
    expect(cell.locator(".say")).to_have_text("The answer is w = 2.")
    expect(lab.cell(answers[0]).locator(".jp-OutputArea-output")).to_be_visible()
    assert not (course / FILE).exists()


def test_running_one_cell_that_answers_shows_its_result(lab):
    """JupyterLab does that by itself: whoever runs it has said show me."""
    name = "01-why-not-an-rnn"
    lab.open(f"notebooks/{name}.ipynb")
    lab.run_all()
    cell = lab.cell(ASKED[name]["knows-after-50"][1][0])
    assert tells(cell) == ""
    lab.run_cell(cell)
    assert "w = 2.0" in tells(cell)
