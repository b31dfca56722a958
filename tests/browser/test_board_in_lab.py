"""The wire board of exercise 10 in a real JupyterLab: by dragging, by keyboard, to the check."""

from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import expect

from lstm_course.plots.diagram import WIRES
from lstm_course.plots.diagram.wires import FROM_H_T

from .access import serious_violations
from .conftest import lab_window

EXERCISE = Path(__file__).parents[2] / "exercises" / "10-the-whole-cell.ipynb"
CELLS = nbformat.read(EXERCISE, as_version=4).cells
ANSWER = next(k for k, cell in enumerate(CELLS) if cell.source.endswith("wires = ..."))


@pytest.fixture(scope="module")
def lab(lab_url, browser):
    """Exercise 10, run, with its sidebar closed."""
    with lab_window(browser, lab_url, "board") as lab:
        lab.open("exercises/10-the-whole-cell.ipynb")
        lab.run_all()
        lab.hide_sidebar()
        yield lab


@pytest.fixture
def board(lab):
    """The board without wires."""
    board = lab.code_cell("wire_board()").locator(".lstm-board")
    board.scroll_into_view_if_needed()
    clear = board.get_by_role("button", name="Clear")
    if clear.is_enabled():
        clear.click()
    return board


def port(board, name):
    return board.locator(f'[data-port="{name}"]')


def drag(board, start, end):
    mouse = board.page.mouse
    for name, act in ((start, mouse.down), (end, mouse.up)):
        box = port(board, name).locator("rect").bounding_box()
        mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=4)
        act()


def wires(board):
    return board.locator("textarea").input_value()


def test_what_is_dragged_passes_the_check(lab, board):
    for wire in (*WIRES, FROM_H_T, ("softmax", "y_t")):
        drag(board, *wire)
    names = {}
    exec(wires(board), names)
    assert names["wires"] == [*WIRES, FROM_H_T, ("softmax", "y_t")]
    lab.type_into(lab.cell(ANSWER), wires(board).splitlines())
    lab.run_cell(lab.cell(ANSWER))
    check = lab.code_cell('check("draw-the-wires"')
    lab.run_cell(check)
    expect(check.locator(".jp-OutputArea-output")).to_contain_text("passed")


def test_one_box_and_then_another_are_chosen_by_keyboard(board):
    keyboard = board.page.keyboard
    port(board, "x_t").focus()
    keyboard.press("Enter")
    expect(port(board, "x_t")).to_have_attribute("aria-pressed", "true")
    port(board, "join").focus()
    keyboard.press("Enter")
    assert '("x_t", "join")' in wires(board)
    board.get_by_role("button", name="Take away x_t to join").press("Enter")
    assert wires(board) == "wires = [\n]"


def test_a_wire_is_drawn_once_and_not_to_its_own_box(board):
    for _ in range(2):
        drag(board, "plus", "tanh")
    expect(board.locator(".say")).to_have_text("plus → tanh is there already.")
    drag(board, "plus", "plus")
    assert wires(board).count("plus") == 1
    board.get_by_role("button", name="Undo").click()
    assert wires(board) == "wires = [\n]"


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_it_is_accessible(lab, board, theme):
    drag(board, "plus", "tanh")
    lab.choose_theme(theme)
    found = serious_violations(lab.page)
    lab.choose_theme("JupyterLab Light")
    assert found == []


def test_it_stays_inside_a_narrow_window(lab, board):
    lab.page.set_viewport_size({"width": 390, "height": 900})
    fits = board.evaluate("e => e.scrollWidth <= e.clientWidth")
    lab.page.set_viewport_size({"width": 1280, "height": 1400})
    assert fits
