"""The cell explorer of lesson 10 in a real JupyterLab, by the keyboard alone."""

import pytest
from playwright.sync_api import expect

from .conftest import lab_window


@pytest.fixture(scope="module")
def explorer(lab_url, browser):
    """The cell of lesson 10 with the explorer, and the keyboard."""
    with lab_window(browser, lab_url, "explorer") as lab:
        lab.open("notebooks/10-the-whole-cell.ipynb")
        lab.run_all()
        assert lab.errors() == []
        cell = lab.code_cell("cell_explorer(")
        lab.page.keyboard.press("Escape")
        yield cell, lab.page.keyboard


def press(explorer, role, name, *keys):
    cell, keyboard = explorer
    control = cell.get_by_role(role, name=name, exact=True)
    control.focus()
    for key in keys:
        keyboard.press(key)


def write_sentence(explorer):
    press(explorer, "textbox", "Sentence to read", "ControlOrMeta+a")
    explorer[1].insert_text("the dog which saw the cats was full")
    explorer[1].press("Enter")


GATES = ("forget gate", "input gate", "output gate")
MOVES = {
    "Step": lambda e: press(e, "button", "Step →", "Enter"),
    "Back": lambda e: [press(e, "button", n, "Enter") for n in ("Step →", "Step →", "← Back")],
    "Play": lambda e: press(e, "button", "Play", "Enter"),
    "Unit 2": lambda e: press(e, "button", "Unit 2: main or relative clause", "Enter"),
    "a word": lambda e: press(e, "button", "cats: memory +0.40", "ArrowRight"),
    "Read": write_sentence,
    **{g: lambda e, g=g: press(e, "checkbox", f"{g}: set by you", "Space") for g in GATES},
    **{
        f"slider of the {g}": lambda e, g=g: press(
            e, "slider", f"{g} of this unit at this word", "ArrowLeft", "ArrowLeft"
        )
        for g in GATES
    },
}


@pytest.mark.parametrize("control", MOVES)
def test_every_control_changes_what_is_shown_and_reset_restores_it(explorer, control):
    shown = explorer[0].locator(".jp-OutputArea-output")
    start = shown.evaluate("e => e.textContent")
    MOVES[control](explorer)
    expect(shown, control).not_to_have_text(start, timeout=8_000)
    press(explorer, "button", "Reset", "Enter")
    expect(shown, f"{control}, Reset").to_have_text(start, timeout=8_000)


def test_the_memory_is_carried_along_and_a_shut_forget_gate_loses_it(explorer):
    cell, keyboard = explorer
    memory = cell.locator('[data-number="c_t"]').first
    expect(memory).to_have_text("+0.40")
    for word, value in (("which", "+0.37"), ("already", "+0.36"), ("ate", "+0.36")):
        cell.locator('[aria-current="step"]').focus()
        keyboard.press("ArrowRight")
        expect(cell.locator("[data-word]")).to_have_text(word)
        expect(memory).to_have_text(value)
    press(explorer, "slider", "forget gate of this unit at this word", "Home")
    expect(memory).to_have_text("0.00")
