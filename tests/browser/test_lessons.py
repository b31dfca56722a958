"""Every lesson in a real JupyterLab: it runs, moves by keyboard, can be read by everybody."""

from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import expect

from .access import serious_violations
from .conftest import lab_window
from .demo_page import DemoPage, expect_control_moves, expect_handle_moves, expect_press_moves

ROOT = Path(__file__).parents[2]
LESSONS = sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))
SIZES = {"zoomed to 200 %": 640, "narrow": 390}
# parts of a demo or figure that reach out of the notebook's width; only the explorer's diagram
# may, which scrolls
_OUTSIDE = """panel => {
  const right = panel.getBoundingClientRect().right + 1;
  const shown = ":is(.jp-OutputArea, .jp-RenderedMarkdown) :is(img, svg)"; // not JupyterLab's icons
  const parts = `${shown}, .lstm-explorer *, .lstm-demo *`;
  return [...panel.querySelectorAll(parts)]
    .filter(part => part.checkVisibility() && part.getBoundingClientRect().right > right)
    .filter(part => !part.closest(".figure"))
    .map(part => part.outerHTML.slice(0, 120));
}"""


def demos_of(name: str) -> list[int]:
    """Which cells of a lesson show a demo."""
    cells = nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4).cells
    shown = [[o.get("data", {}).get("text/plain", "") for o in c.get("outputs", [])] for c in cells]
    return [k for k, texts in enumerate(shown) if any(t.startswith("Demo:") for t in texts)]


@pytest.fixture(scope="module", params=LESSONS)
def lesson(request, lab_url, browser):
    """A lesson that has been run, every answer unfolded, with its name."""
    with lab_window(browser, lab_url, request.param) as lab:
        lab.open(f"notebooks/{request.param}.ipynb")
        lab.run_all_and_unfold()
        yield request.param, lab


def test_it_runs_without_an_error(lesson):
    _, lab = lesson
    assert lab.errors() == []


def demos(lesson):
    """Each demo of a lesson, what it shows at the start, and where it stands."""
    name, lab = lesson
    for index in demos_of(name):
        demo = DemoPage(lab.cell(index))
        yield demo, demo.shown(), f"{name}, cell {index}"


def test_every_control_of_every_demo_follows_the_keyboard(lesson):
    for demo, start, where in demos(lesson):
        controls = list(demo.controls())
        assert controls, f"{where}: a demo without a control"
        for control in controls:
            expect_control_moves(demo, control, start, f"{where}, {control[0]!r}")


def test_every_place_of_a_picture_that_looks_draggable_is(lesson):
    for demo, start, where in demos(lesson):
        for k, handle in enumerate(demo.handles()):
            expect_handle_moves(demo, handle, start, f"{where}, handle {k}")


def test_every_place_of_a_picture_that_can_be_pressed_is_pressed_on_and_off(lesson):
    for demo, start, where in demos(lesson):
        for k, place in enumerate(demo.presses()):
            expect_press_moves(demo, place, start, f"{where}, place {k}")


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_it_is_accessible(lesson, theme):
    name, lab = lesson
    lab.choose_theme(theme)
    lab.keep_picture(f"{name} {theme}")
    found = serious_violations(lab.page)
    lab.choose_theme("JupyterLab Light")
    assert found == []


@pytest.mark.parametrize("size", SIZES)
def test_everything_stays_inside_a_small_window(lesson, size):
    name, lab = lesson
    lab.page.set_viewport_size({"width": SIZES[size], "height": 700})
    lab.hide_sidebar()
    lab.keep_picture(f"{name} {size}")
    outside = lab.panel.evaluate(_OUTSIDE)
    lab.page.set_viewport_size({"width": 1280, "height": 1400})
    assert outside == []


def test_after_a_restart_every_demo_is_under_its_veil(lesson):
    _, lab = lesson
    lab.restart_kernel()
    for demo, _, _ in demos(lesson):
        demo.expect_dead()


def test_saved_and_opened_again_every_demo_shows_its_picture(lesson, course):
    name, lab = lesson
    file = course / "notebooks" / f"{name}.ipynb"
    kept = file.read_bytes()
    lab.page.keyboard.press("ControlOrMeta+s")
    lab.page.wait_for_timeout(1_500)
    lab.shut_down_kernels()
    try:
        lab.open(f"notebooks/{name}.ipynb")
        for index in demos_of(name):
            cell = lab.cell(index)
            if cell.locator(".jp-OutputPlaceholder").count():  # its question is asked again
                cell.locator(".jp-OutputPlaceholder").click()
            expect(cell.get_by_role("img", name="Demo, not running.")).to_be_visible()
        assert "model not found" not in lab.panel.inner_text()
    finally:
        file.write_bytes(kept)


def test_the_half_life_demo_says_what_it_shows(lab):
    lab.open("notebooks/04-forget-gate.ipynb")
    lab.run_all_and_unfold()
    demo = DemoPage(lab.code_cell("half_life_demo()"))
    slider = demo.root.get_by_role("slider", name="forget gate f", exact=True)
    sentence, picture = demo.root.locator(".say"), demo.root.get_by_role("img")
    expect(sentence).to_have_text("f = 0.90: half is gone after 7 steps; 0.12 is left after 20.")
    slider.focus()
    lab.page.keyboard.press("ArrowRight")
    expect(sentence).to_have_text("f = 0.91: half is gone after 8 steps; 0.15 is left after 20.")
    assert "f = 0.91" in picture.get_attribute("aria-label")
    expect(demo.root.locator("output")).to_have_text("0.91")
    demo.press_reset()
    expect(sentence).to_contain_text("f = 0.90")
