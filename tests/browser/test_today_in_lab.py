"""The whole cell of lessons 03 to 09 in a real JupyterLab, by keyboard."""

import pytest
from playwright.sync_api import expect

from .conftest import lab_window

LESSONS = {
    "i_t": "03-input-gate",
    "f_t": "04-forget-gate",
    "o_t": "05-output-gate",
    "c_tilde": "06-candidate",
}
# the word at which one key at the slider mends the verb
MENDS = {
    "i_t": ("dog", "input gate", "Home"),
    "f_t": ("cats", "forget gate", "Home"),
    "o_t": ("ate", "output gate", "End"),
    "c_tilde": ("cats", "candidate", "End"),
}


@pytest.fixture(scope="module", params=LESSONS)
def today(request, lab_url, browser):
    """What a lesson is about, its first code cell, run alone, and the keyboard."""
    name = LESSONS[request.param]
    with lab_window(browser, lab_url, f"today-{name}") as lab:
        lab.open(f"notebooks/{name}.ipynb")
        cell = lab.code_cell("cell_today(")
        cell.locator(".cm-content").click()
        lab.page.keyboard.press("Shift+Enter")
        lab.wait_until_run()
        expect(cell.locator(".lstm-explorer .figure svg")).to_be_visible()
        yield request.param, cell, lab.page.keyboard


def expect_were(cell, count=1):
    expect(cell.locator(".verb.wins b", has_text="were")).to_have_count(count)


def reset(cell):
    cell.get_by_role("button", name="Reset", exact=True).press("Enter")
    expect_were(cell, 0)


def test_one_control_at_one_word_mends_the_verb_and_reset_undoes_it(today):
    name, cell, keyboard = today
    word, control, key = MENDS[name]
    expect_were(cell, 0)
    cell.locator(".words button", has_text=word).press("Enter")
    cell.get_by_role("slider", name=f"{control} of this unit at this word").focus()
    keyboard.press(key)
    expect_were(cell)
    reset(cell)


def test_its_weights_do_by_themselves_what_was_asked(today):
    _, cell, _ = today
    weights = cell.get_by_role("button", name="By its weights", exact=True)
    weights.press("Enter")
    expect_were(cell)
    expect(weights).to_have_attribute("aria-pressed", "true")
    weights.press("Enter")
    expect_were(cell, 0)


def test_another_sentence_is_read_with_the_same_start(today):
    _, cell, keyboard = today
    cell.get_by_role("textbox", name="Sentence to read").fill("the cats which ate the fish were")
    keyboard.press("Enter")
    expect(cell.locator(".words button", has_text="fish")).to_be_visible()
    started = cell.locator(".words .now").all_inner_texts()
    assert len(set(started)) == 1
    reset(cell)
