"""Play where the reader's system asks for less motion."""

from lstm_course.widgets.player import STILL
from playwright.sync_api import expect


def started_playground(lab, reduced_motion):
    lab.page.emulate_media(reduced_motion=reduced_motion)
    lab.open("notebooks/07-cell-state.ipynb")
    lab.run_all()
    cell = lab.code_cell("gate_playground()")
    return cell.locator(".lstm-sentence"), cell.get_by_role("button", name="Play")


def test_with_reduced_motion_play_takes_one_step_at_a_press(lab):
    sentence, play = started_playground(lab, "reduce")
    play.click()
    expect(sentence).to_contain_text("After step 1 the memory")
    expect(sentence).to_contain_text(STILL)
    lab.page.wait_for_timeout(2_500)  # three times the pace of Play
    expect(sentence).to_contain_text("After step 1 the memory", timeout=100)
    play.click()
    expect(sentence).to_contain_text("After step 2 the memory")
    lab.page.emulate_media(reduced_motion="no-preference")  # changed while the page is open
    play.click()
    expect(sentence).to_contain_text("After step 4 the memory")
    expect(sentence).not_to_contain_text(STILL)


def test_a_list_keeps_its_arrow_keys(lab):
    sentence, _ = started_playground(lab, "no-preference")
    offers = lab.code_cell("gate_playground()").get_by_role("combobox")
    before = sentence.inner_text()
    offers.focus()
    lab.page.keyboard.press("ArrowDown")
    expect(offers).to_have_value("noise")
    expect(offers).to_be_focused()
    expect(sentence).not_to_have_text(before)
