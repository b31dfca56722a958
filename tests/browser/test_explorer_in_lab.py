"""The cell explorer of lesson 10 in a real JupyterLab, by keyboard, and its scissors."""

import pytest
from playwright.sync_api import expect

from .conftest import lab_window


@pytest.fixture(scope="module")
def explorer(lab_url, browser):
    """The cell of lesson 10 with the explorer, and the keyboard."""
    with lab_window(browser, lab_url, "explorer") as lab:
        lab.open("notebooks/10-the-whole-cell.ipynb")
        lab.run_all_and_unfold()
        lab.hide_sidebar()
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


def cut_by_key(explorer, words):
    wire(explorer, words).focus()
    explorer[1].press("Enter")


def wire(explorer, words):
    return explorer[0].get_by_role("button", name=f"Cut {words}. ")


def verb(explorer):
    return explorer[0].locator(".verb.wins b")


def write_sentence(explorer):
    press(explorer, "textbox", "Sentence to read", "ControlOrMeta+a")
    explorer[1].insert_text("the dog which saw the cats was full")
    explorer[1].press("Enter")


GATES = ("forget gate", "input gate", "output gate")
MOVES = {
    "Step": lambda e: press(e, "button", "Step →", "Enter"),
    "Back": lambda e: [press(e, "button", n, "Enter") for n in ("Step →", "Step →", "← Back")],
    "Play": lambda e: press(e, "button", "Play", "Enter"),
    "Unit 2": lambda e: press(e, "button", "Unit 2: clause", "Enter"),
    "a word": lambda e: press(e, "button", "cats: memory +0.40", "ArrowRight"),
    "Read": write_sentence,
    "a wire": lambda e: cut_by_key(e, "i_t ⊙ c̃_t"),
    **{
        f"slider of the {g}": lambda e, g=g: press(
            e, "slider", f"{g} of this unit at this word", "ArrowLeft", "ArrowLeft"
        )
        for g in GATES
    },
}


def settled(shown):
    """Return what is shown once no answer to an earlier move is on its way any more."""
    before, now = "", shown.evaluate("e => e.textContent")
    while now != before:
        shown.page.wait_for_timeout(400)
        before, now = now, shown.evaluate("e => e.textContent")
    return now


@pytest.mark.parametrize("control", MOVES)
def test_every_control_changes_what_is_shown_and_reset_restores_it(explorer, control):
    shown = explorer[0].locator(".jp-OutputArea-output")
    start = settled(shown)
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


@pytest.fixture
def whole(explorer):
    """The explorer as it starts."""
    press(explorer, "button", "Reset", "Enter")
    expect(verb(explorer)).to_have_text("were")
    return explorer


def test_a_click_on_a_wire_cuts_it_and_the_verb_flips_in_view(whole):
    cell = whole[0]
    cell.locator(".lstm-explorer").scroll_into_view_if_needed()
    expect(verb(whole)).to_have_text("were")
    spot, tool = (cell.locator(f'[data-spot="times_i plus"]{part}') for part in ("", " .tool"))
    expect(tool).to_have_css("opacity", "0")
    circle = tool.locator("circle").bounding_box()
    at = circle["x"] + circle["width"] / 2, circle["y"] + circle["height"] / 2
    mouse = cell.page.mouse
    mouse.move(*at)
    expect(tool).to_have_css("opacity", "1")
    mouse.click(*at)
    expect(verb(whole)).to_have_text("was")
    expect(verb(whole)).to_be_in_viewport(ratio=1)
    expect(spot.locator(".gone")).to_be_visible()
    expect(spot.locator(".gone text")).to_have_text("0")
    expect(cell.locator('[data-number="c_t"]').first).to_have_text("−0.27")  # 0 is added
    mouse.click(*at)
    expect(verb(whole)).to_have_text("were")
    expect(spot.locator(".gone")).to_be_hidden()


def test_wires_are_cut_by_keyboard_and_reset_mends_all(whole):
    cut_by_key(whole, "c_t to the next word")
    expect(verb(whole)).to_have_count(0)  # it cannot tell
    whole[1].press("ArrowDown")
    expect(wire(whole, "c_t to tanh")).to_be_focused()
    whole[1].press("Enter")
    cut = whole[0].locator('.spot[aria-pressed="true"]')
    expect(cut).to_have_count(2)
    expect(whole[0].locator(".say")).to_contain_text("With ct to the next word, ct to tanh cut")
    press(whole, "button", "Reset", "Enter")
    expect(cut).to_have_count(0)


def test_who_sets_a_gate_is_said_both_ways(whole):
    sets = whole[0].get_by_role("radiogroup", name="forget gate is set by")
    network, you = (sets.get_by_role("radio", name=name) for name in ("the network", "you"))
    expect(network).to_be_checked()
    press(whole, "slider", "forget gate of this unit at this word", "Home")
    expect(you).to_be_checked()
    expect(whole[0].locator(".gate output").first).to_have_text("0.00")
    you.focus()
    whole[1].press("ArrowLeft")
    expect(network).to_be_checked()
    expect(whole[0].locator(".gate output").first).to_have_text("0.27")


def test_all_of_it_is_on_the_screen_at_once(explorer):
    page = explorer[0].page
    page.set_viewport_size({"width": 1280, "height": 1400})
    assert explorer[0].locator(".lstm-explorer").bounding_box()["height"] <= 800
    parts = (".words", ".verb", "svg", ".gate", ".buttons", ".equation", ".say")
    assert all(explorer[0].locator(f".lstm-explorer {part}").count() for part in parts)


def test_in_a_window_of_390_pixels_every_wire_can_be_reached(explorer):
    page, root = explorer[0].page, explorer[0].locator(".lstm-explorer")
    page.set_viewport_size({"width": 390, "height": 1000})
    try:
        left, right = root.evaluate("e => [e.getBoundingClientRect().left, e.clientWidth]")
        for value in ("c_t", "h_t", "shown", "c_prev"):
            number = explorer[0].locator(f'[data-number="{value}"]').first
            number.scroll_into_view_if_needed()
            box = number.bounding_box()
            assert left <= box["x"] and box["x"] + box["width"] <= left + right, value
        beside = root.evaluate("e => e.scrollLeft")
        assert beside == 0 and root.evaluate("e => e.scrollWidth <= e.clientWidth")
    finally:
        page.set_viewport_size({"width": 1280, "height": 1400})


def test_it_says_that_the_kernel_has_ended(lab):
    lab.open("notebooks/10-the-whole-cell.ipynb")
    lab.run_all_and_unfold()
    root = lab.code_cell("cell_explorer(").locator(".lstm-explorer")
    lab.page.get_by_role("menuitem", name="Kernel", exact=True).click()
    lab.page.get_by_text("Restart Kernel…", exact=True).click()
    lab.page.get_by_role("button", name="Confirm Kernel Restart").click()
    expect(root.locator(".veil")).to_contain_text("The kernel has ended")
    assert root.locator(".all").evaluate("e => e.inert")
    expect(root.locator("[data-word]")).to_have_text("cats")


def test_saved_and_opened_again_its_picture_stands_under_the_veil(lab):
    lab.open("notebooks/10-the-whole-cell.ipynb")
    lab.run_all_and_unfold()
    lab.page.keyboard.press("ControlOrMeta+s")
    lab.page.wait_for_timeout(1_500)
    lab.shut_down_kernels()
    lab.open("notebooks/10-the-whole-cell.ipynb")
    cell = lab.code_cell("cell_explorer(")
    expect(cell.get_by_role("img", name="Cell explorer, not running.")).to_be_visible()
    assert "model not found" not in lab.panel.inner_text()
