"""Play where the reader's system asks for less motion."""

from playwright.sync_api import expect

from .demo_page import DemoPage


def started_playground(lab, reduced_motion):
    lab.page.emulate_media(reduced_motion=reduced_motion)
    lab.open("notebooks/07-cell-state.ipynb")
    lab.run_all_and_unfold()
    return DemoPage(lab.code_cell("gate_playground()")).root


def test_with_reduced_motion_one_steps_and_nothing_plays(lab):
    demo = started_playground(lab, "reduce")
    expect(demo.get_by_role("button", name="Play")).to_be_hidden()
    before = demo.locator(".say").inner_text()
    demo.get_by_role("button", name="Step").click()
    expect(demo.locator(".say")).not_to_have_text(before)
    lab.page.emulate_media(reduced_motion="no-preference")  # changed while the page is open
    play = demo.get_by_role("button", name="Play")
    play.click()
    expect(demo.get_by_role("button", name="Pause")).to_be_visible()
    lab.page.emulate_media(reduced_motion="reduce")
    expect(demo.locator("button[aria-pressed='true']", has_text="Pause")).to_have_count(0)


def test_a_control_keeps_its_arrow_keys(lab):
    demo = started_playground(lab, "no-preference")
    slider = demo.get_by_role("slider").first
    before = demo.locator(".say").inner_text()
    slider.focus()
    for key in ("ArrowDown", "ArrowDown"):
        lab.page.keyboard.press(key)
    expect(slider).to_be_focused()
    expect(demo.locator(".say")).not_to_have_text(before)
