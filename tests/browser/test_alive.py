"""A demo before its cell has run, after its kernel has ended, and saved and opened again."""

import contextlib
import re

from playwright.sync_api import TimeoutError, expect

from .demo_page import DemoPage, move

LESSON, CALL = "notebooks/06-candidate.ipynb", "candidate_demo()"  # which no question folds
STORED = "Demo, not running."


def running(lab):
    lab.open(LESSON)
    lab.run_all_and_unfold()
    return DemoPage(lab.code_cell(CALL))


def stored_picture(cell):
    return cell.get_by_role("img", name=STORED)


def restart_kernel(lab):
    lab.page.get_by_role("menuitem", name="Kernel", exact=True).click()
    lab.page.get_by_text("Restart Kernel…", exact=True).click()
    lab.page.get_by_role("button", name="Confirm Kernel Restart").click()


def expect_dead(demo):
    """The veil says so, and picture and sentence agree, whatever is tried."""
    veil = demo.root.locator(".veil")
    before = demo.shown()
    with contextlib.suppress(TimeoutError):  # there is nothing to move any more
        demo.root.get_by_role("slider").first.focus(timeout=1_000)
        demo.cell.page.keyboard.press("ArrowRight")
    expect(veil).to_be_visible()
    expect(veil).to_contain_text(re.compile("run this cell again", re.IGNORECASE))
    assert demo.shown() == before


def test_before_it_runs_its_picture_says_how_to_move_it(lab):
    lab.open(LESSON)
    cell = lab.code_cell(CALL)
    expect(stored_picture(cell)).to_be_visible()
    expect(cell.locator(".lstm-demo")).to_have_count(0)
    lab.run_all_above(lab.code_cell(CALL))  # as the picture and the veil say
    lab.run_cell(lab.code_cell(CALL))
    expect(cell.locator(".lstm-demo .stage svg")).to_be_visible()
    expect(stored_picture(cell)).to_have_count(0)


def test_after_a_restart_it_is_under_a_veil_and_runs_again(lab):
    demo = running(lab)
    restart_kernel(lab)
    expect_dead(demo)
    lab.wait_until_run()
    lab.run_all_above(lab.code_cell(CALL))  # as the picture and the veil say
    lab.run_cell(lab.code_cell(CALL))
    expect(demo.root.locator(".veil")).to_be_hidden()
    before = demo.shown()
    move(demo.root.get_by_role("slider").first, "range")
    demo.expect_other_than(before, "after a restart")


def test_after_a_shutdown_it_is_under_a_veil(lab):
    demo = running(lab)
    lab.shut_down_kernels()
    expect_dead(demo)


def test_saved_and_opened_again_without_its_kernel_the_picture_is_there(lab):
    demo = running(lab)
    move(demo.root.get_by_role("slider").first, "range")
    lab.page.keyboard.press("ControlOrMeta+s")
    lab.page.wait_for_timeout(1_500)
    lab.shut_down_kernels()
    lab.open(LESSON)
    cell = lab.code_cell(CALL)
    expect(stored_picture(cell)).to_be_visible()
    assert "model not found" not in lab.panel.inner_text()


def test_saved_and_opened_again_beside_its_kernel_it_moves_or_shows_its_picture(lab):
    running(lab)
    lab.page.keyboard.press("ControlOrMeta+s")
    lab.page.wait_for_timeout(1_500)
    lab.open(LESSON)
    cell = lab.code_cell(CALL)
    expect(cell.locator(".lstm-demo .stage svg").or_(stored_picture(cell))).to_be_visible()
    assert "model not found" not in lab.panel.inner_text()
