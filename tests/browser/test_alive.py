"""A demo before its cell has run, after its kernel has ended, and saved and opened again."""

from playwright.sync_api import expect

from .demo_page import DemoPage, move

LESSON, CALL = "notebooks/06-candidate.ipynb", "candidate_demo()"  # which no question folds
STORED = "Demo, not running."


def running(lab):
    lab.open(LESSON)
    lab.run_all_and_unfold()
    return DemoPage(lab.code_cell(CALL))


def stored_picture(cell):
    return cell.get_by_role("img", name=STORED)


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
    lab.restart_kernel()
    demo.expect_dead()
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
    demo.expect_dead()


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
