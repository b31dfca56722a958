"""The page that `lstm-course lab` opens, and the way from it into JupyterLab and back."""

import contextlib
import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from lstm_course.guesses import FILE, Guess, keep

from .lab_page import ARTIFACTS, TOKEN

GATE = "04-forget-gate"


@contextlib.contextmanager
def start_page(browser, url, **options):
    """Open the address that `lstm-course lab` opens, in a window of its own."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, **options)
    context.set_default_timeout(40_000)
    page = context.new_page()
    wrong = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(f"{url}/?token={TOKEN}")
    yield page
    context.close()
    assert wrong == []


@pytest.fixture(autouse=True)
def no_guesses(course):
    """Forget what a test before has guessed."""
    (course / FILE).unlink(missing_ok=True)
    yield
    (course / FILE).unlink(missing_ok=True)


@pytest.fixture
def start(lab_url, browser):
    with start_page(browser, lab_url, reduced_motion="reduce") as page:
        yield page


@pytest.fixture
def gate_is_solved(course):
    """Lesson 04's exercise as somebody leaves it who has passed every check."""
    path = course / "exercises" / f"{GATE}.ipynb"
    unsolved = path.read_bytes()
    yield lambda: shutil.copy(course / "solutions" / f"{GATE}.ipynb", path)
    path.write_bytes(unsolved)


def tile(page: Page, name: str):
    return page.locator(f'.tile[data-lesson="{name}"]')


def test_the_cell_stops_before_the_verb_and_answers_a_click(start):
    assert "token" not in start.url and start.url.endswith("/lstm")
    cell = start.get_by_role("group", name="the cats which already ate … was or were?").first
    expect(cell.locator("[aria-current]")).to_have_text("ate")
    for answer in (".memory", "[data-bar]", '[data-wire="y_t"]'):
        expect(cell.locator(answer)).to_have_count(0)
    expect(cell).not_to_contain_text("expects")
    cell.get_by_role("button", name="was", exact=True).press("Enter")
    expect(cell.locator(".say")).to_contain_text("You said was. At “cats” the memory goes to +0.40")
    expect(cell.locator(".gap")).to_have_text("were")
    expect(cell.locator(".memory.plus")).to_have_count(5)
    expect(start.locator(".intuition")).to_contain_text("You said was; the answer was were.")
    start.keyboard.press("ArrowLeft")
    expect(cell.locator("[aria-current]")).to_contain_text("already")
    expect(cell.locator(".say")).to_contain_text("You said was.")


def test_lesson_00_knows_what_was_guessed_on_the_page(start, lab):
    start.get_by_role("button", name="were", exact=True).click()
    expect(start.locator(".share")).to_contain_text("You guessed 1 of")
    lab.open("notebooks/00-start-here.ipynb")
    lab.run_all()
    expect(lab.panel.locator(".guess").first).to_contain_text("You said were, and that is right.")
    expect(lab.panel.locator(".lstm-reading .memory").first).to_be_visible()


def test_after_the_click_the_memory_is_seen_on_its_way(lab_url, browser):
    with start_page(browser, lab_url, reduced_motion="no-preference") as page:
        cell = page.locator(".lstm-reading")
        cell.get_by_role("button", name="were", exact=True).click()
        expect(cell.locator(".memory")).to_have_count(1)  # cats alone
        expect(cell.locator(".gap")).to_have_text("…")
        expect(cell.locator(".say")).to_contain_text("You said were. Watch the memory")
        expect(cell.locator(".say")).to_contain_text("and so does the cell")
        expect(cell.locator(".memory.plus")).to_have_count(5)


def test_go_on_opens_the_lesson_in_jupyterlab_and_the_next_one_beside_it(start):
    go = start.get_by_role("link", name="Go on with 00 · Start here")
    with start.context.expect_page() as opened:
        go.press("Enter")
    lab = opened.value
    panel = lab.locator(".jp-NotebookPanel:visible")
    expect(panel.get_by_role("heading", name="00 · Start here")).to_be_visible()
    expect(lab.locator(".jp-TableOfContents")).to_contain_text("Read the shapes")
    tabs = lab.locator(".lm-DockPanel .lm-TabBar-tab")
    lab.evaluate("window.loadedOnce = true")
    start.bring_to_front()
    tile(start, GATE).click()
    expect(panel.get_by_role("heading", name="04 · Choose what to forget")).to_be_visible()
    expect(tabs).to_have_count(2)
    assert lab.evaluate("window.loadedOnce") and len(start.context.pages) == 2
    with start.context.expect_page() as again:
        lab.get_by_role("button", name="Start page").click()
    expect(again.value.get_by_role("heading", name="LSTM, one equation")).to_be_visible()


def test_a_tile_fills_when_the_page_is_looked_at_after_a_check_has_passed(start, gate_is_solved):
    expect(tile(start, GATE).locator(".points")).to_have_text("0/7")
    gate_is_solved()
    start.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(tile(start, GATE).locator(".points")).to_have_text("✓ 7/7")
    assert tile(start, GATE).evaluate("one => one.style.getPropertyValue('--fill')") == "100%"
    expect(start.locator(".sum")).to_contain_text("You have 7 of")
    expect(tile(start, GATE)).to_have_accessible_name("04 · Choose what to forget, 7 of 7 points")


def test_guesses_are_summed_up_with_the_largest_surprise(start, course):
    keep(course / FILE, Guess("dog-between", "And the dog?", "was", "were", 1.0, "was"))
    start.reload()
    part = start.locator(".intuition")
    expect(part).to_contain_text("You guessed 1 of")
    expect(part.get_by_role("listitem")).to_contain_text("You said was; the answer was were.")
    expect(part.get_by_role("link", name="Lesson 00")).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_everybody_can_read_it_and_nothing_runs_out_of_the_window(lab_url, browser, theme, width):
    with start_page(browser, lab_url, reduced_motion="reduce", color_scheme=theme) as page:
        page.set_viewport_size({"width": width, "height": 900})
        page.get_by_role("button", name="was", exact=True).click()
        expect(page.locator(".memory")).to_have_count(5)
        expect(page.locator(".intuition")).to_be_visible()
        expect(tile(page, GATE).locator(".points")).to_have_text("0/7")
        ARTIFACTS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=ARTIFACTS / f"start page {theme} {width}.png", full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        violations = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"][:200]) for one in violations] == []


def test_with_the_keyboard_alone_one_gets_from_the_question_to_a_lesson(start):
    expect(start.locator(".sum")).to_be_visible()
    reached = []
    for _ in range(40):
        start.keyboard.press("Tab")
        reached.append(start.evaluate("document.activeElement.textContent.trim()"))
        if "Input gate" in reached[-1]:
            break
    for stop in ("ate", "was", "were", "← Back"):
        assert stop in reached
    assert any(text.startswith("Go on with") for text in reached)
    assert "Input gate" in reached[-1]
