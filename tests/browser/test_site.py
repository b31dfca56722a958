"""The built site in a real browser: read, search, dark, folded, narrow, with the keyboard alone."""

import re
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tools.site import COMMAND

SITE = Path(__file__).parents[2] / "dist" / "site"
PAGES = sorted(path.relative_to(SITE).as_posix() for path in SITE.rglob("*.html"))


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def site_url():
    if not (SITE / "index.html").is_file():
        pytest.fail(f"dist/site is not built; try: {COMMAND}")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=SITE))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


class SitePage:
    """One window on the site that notes errors and requests to other hosts."""

    def __init__(self, page: Page, url: str) -> None:
        self.page, self.url, self.wrong = page, url, []
        page.on("console", self._note)
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on("request", self._request)

    def _note(self, message):
        if message.type in ("error", "warning"):
            self.wrong.append(message.text)

    def _request(self, request):
        if not request.url.startswith((self.url, "data:")):
            self.wrong.append(f"asked for {request.url}")

    def open(self, path: str) -> Page:
        self.page.goto(self.url + path)
        return self.page

    def open_unfolded(self, path: str) -> Page:
        """Open a page and every answer on it."""
        self.open(path).evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        return self.page


@pytest.fixture
def window(browser, site_url):
    """Return a function that opens a fresh window; at the end none may have met an error."""
    opened = []

    def open_window(**options) -> SitePage:
        page = browser.new_context(**options).new_page()
        page.set_default_timeout(40_000)
        opened.append(SitePage(page, site_url))
        return opened[-1]

    yield open_window
    wrong = [text for site in opened for text in site.wrong]
    for site in opened:
        site.page.context.close()
    assert wrong == []


@pytest.fixture
def site(window) -> SitePage:
    return window(color_scheme="light", reduced_motion="no-preference")


def test_the_index_leads_to_every_lesson(site):
    page = site.open("index.html")
    expect(page.get_by_role("heading", level=1)).to_contain_text("one equation at a time")
    expect(page.locator("svg.lstm-diagram, .lstm-diagram svg").first).to_be_visible()
    page.locator("article").get_by_role("link", name="03 · Decide what to write").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("03 · Decide what to write")
    page.locator(".related-pages .next-page").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("04 · Choose what to forget")


def test_the_first_page_asks_and_answers_without_a_server(site):
    page = site.open("index.html")
    cell = page.locator(".lstm-start .lstm-reading")
    expect(cell.locator(".memory")).to_have_count(0)
    cell.get_by_role("button", name="was", exact=True).press("Enter")
    expect(cell.locator(".say")).to_contain_text("You said was.")
    expect(cell.locator(".gap")).to_have_text("were")
    for progress in (".sum", ".begun", ".intuition"):
        expect(page.locator(progress)).to_be_hidden()
    page.locator('.tile[data-lesson="04-forget-gate"]').click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("04 · Choose what to forget")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_everybody_can_read_the_first_page(window, theme, width):
    size = {"width": width, "height": 900}
    page = window(viewport=size, color_scheme=theme, reduced_motion="reduce").open("index.html")
    page.get_by_role("button", name="were", exact=True).click()
    expect(page.locator(".memory").first).to_be_visible()
    options = {"resultTypes": ["violations"]}
    found = Axe().run(page, context={"include": [".lstm-start"]}, options=options).response
    assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found["violations"]] == []


def test_the_cell_of_lesson_00_steps_without_a_kernel(site):
    page = site.open_unfolded("notebooks/00-start-here.html")
    cells = page.locator(".lstm-reading")
    expect(cells).to_have_count(3)
    expect(cells.nth(0).locator('.memory, [data-wire="y_t"]')).to_have_count(0)
    cells.nth(2).get_by_role("button", name="← Back").click()
    expect(cells.nth(2).locator("[aria-current]")).to_contain_text("dog")
    expect(cells.nth(2).locator('[data-number="c_t"]')).to_have_text("+0.16")


def test_formulas_are_drawn_with_their_numbers(site):
    page = site.open("notebooks/03-input-gate.html")
    line = page.locator(".formula-line").first
    expect(line.locator(".number")).to_have_text("(1)")
    box = line.locator("math").bounding_box()
    assert box["width"] > 100 and box["height"] > 15
    heights = page.locator("math msub").first.evaluate(
        "sub => [...sub.children].map(part => part.getBoundingClientRect().bottom)"
    )
    assert heights[1] > heights[0], "the subscript stands lower"


def test_the_search_finds_the_forget_gate(site):
    page = site.open("index.html")
    page.get_by_placeholder("Search").fill("forget gate")
    page.keyboard.press("Enter")
    found = page.locator("#search-results ul.search")
    expect(
        found.get_by_role("link", name=re.compile("Choose what to forget")).first
    ).to_be_visible()


def test_the_theme_toggles_to_dark(site):
    page = site.open("notebooks/10-the-whole-cell.html")
    for _ in range(3):  # auto, light, dark, in an order of the theme's own
        page.locator(".theme-toggle:visible").first.click()
        if page.locator("body").get_attribute("data-theme") == "dark":
            break
    expect(page.locator("body")).to_have_attribute("data-theme", "dark")
    for part in ("body", ".lstm-explorer", ".cell_input pre"):
        dark = page.locator(part).first.evaluate(
            "part => getComputedStyle(part).color.match(/\\d+/g).slice(0, 3).map(Number)"
        )
        assert min(dark) > 180, f"light text in {part}"


def test_a_folded_solution_opens_by_keyboard(site):
    page = site.open("exercises/04-forget-gate.html")
    fold = page.locator("details.hide", has_text="np.concatenate").first
    code = fold.locator("pre").first
    expect(code).to_be_hidden()
    fold.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(code).to_be_visible()
    expect(fold.locator("summary")).to_contain_text("Hide a solution")


def test_the_explorer_steps_by_keyboard(site):
    page = site.open("explorer.html")
    word, memory = page.locator("[data-word]"), page.locator('[data-number="c_t"]').first
    expect(word).to_have_text("cats")
    page.locator('[aria-current="step"]').focus()
    page.keyboard.press("ArrowRight")
    expect(word).to_have_text("which")
    expect(memory).to_have_text("+0.37")
    page.keyboard.press("2")
    expect(page.locator(".equation .formula")).to_contain_text("σ")
    page.get_by_role("button", name="Unit 2").focus()
    page.keyboard.press("Enter")
    expect(memory).not_to_have_text("+0.37")
    page.get_by_label("Sentence", exact=True).select_option("the cats were full")
    expect(page.locator(".words button")).to_have_count(3)
    for kernel in (".gates", "form.sentence"):
        expect(page.locator(kernel)).to_have_count(0)


def test_a_wire_of_the_explorer_is_cut_and_mended_without_a_kernel(site):
    page = site.open("explorer.html")
    verb, spot = page.locator(".verb.wins b"), page.get_by_role("button", name="Cut i_t ⊙ c̃_t.")
    expect(verb).to_have_text("were")
    spot.focus()
    page.keyboard.press("Enter")
    expect(verb).to_have_text("was")
    expect(spot).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Cut c_{t-1}.").press("Enter")  # one at a time is stored
    expect(verb).to_have_count(0)
    expect(spot).to_have_attribute("aria-pressed", "false")
    page.get_by_role("button", name="Reset").press("Enter")
    expect(verb).to_have_text("were")


def test_the_explorer_fits_on_the_screen(window):
    site = window(viewport={"width": 1280, "height": 900})
    page = site.open("explorer.html")
    expect(page.locator(".words button").first).to_be_visible()
    assert page.locator(".lstm-explorer").bounding_box()["height"] <= 800


def test_the_explorer_plays_and_pauses(site):
    page = site.open("explorer.html")
    page.get_by_role("button", name="Play").click()
    expect(page.locator("[data-word]")).to_have_text("which")
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_role("button", name="Play")).to_have_attribute("aria-pressed", "false")


def test_nothing_plays_under_reduced_motion(window):
    site = window(reduced_motion="reduce")
    page = site.open("explorer.html")
    expect(page.get_by_role("button", name="Step →")).to_be_visible()
    expect(page.get_by_role("button", name="Play")).to_have_count(0)
    expect(page.locator(".keys")).to_contain_text("asks for less motion")
    page.get_by_role("button", name="Step →").press("Enter")
    expect(page.locator("[data-word]")).to_have_text("which")


def test_play_ends_when_less_motion_is_asked_for(site):
    site.page.clock.install(time=0)
    page = site.open("explorer.html")
    page.clock.pause_at(60_000)  # from here time goes on only where the test says so
    page.get_by_role("button", name="Play").click()  # a step at once
    expect(page.locator("[data-word]")).to_have_text("which")
    page.emulate_media(reduced_motion="reduce")
    expect(page.get_by_role("button", name=re.compile("Play|Pause"))).to_have_count(0)
    page.clock.run_for(10_000)
    expect(page.locator("[data-word]")).to_have_text("which")


def test_the_explorer_of_lesson_10_is_live(site):
    page = site.open_unfolded("notebooks/10-the-whole-cell.html")
    for explorer in page.locator(".lstm-explorer").all():
        explorer.get_by_role("button", name="Step →").click()
        expect(explorer.locator("[data-word]")).to_have_text("which")


WITH_DEMOS = [name for name in PAGES if "data-demo=" in (SITE / name).read_text(encoding="utf-8")]


def test_every_stored_demo_plays_by_keyboard(site):
    assert len(WITH_DEMOS) > 10
    for name in WITH_DEMOS:
        page = site.open_unfolded(name)
        for demo in page.locator("[data-demo] .lstm-demo").all():
            picture = demo.locator(".stage svg").first
            before = picture.inner_html() + demo.locator(".say").inner_text()
            control = demo.locator('input[type="range"]:visible, input:checked, select').first
            control.focus()
            backwards = control.evaluate("e => e.value === e.max")
            page.keyboard.press("ArrowLeft" if backwards else "ArrowRight")
            expect(demo.locator(".veil")).to_be_hidden()
            after = picture.inner_html() + demo.locator(".say").inner_text()
            assert after != before, f"{name}: the demo stays the same"


# What runs out of the window; code, formulas, tables and the diagram scroll by themselves
OUTSIDE = """() => [...document.querySelectorAll("body *")]
  .filter(part => !part.closest("pre, .formula-line, .table-wrapper, .figure, .toc-drawer"))
  .filter(part => part.getBoundingClientRect().right > innerWidth + 1)
  .map(part => `${part.tagName}.${part.className}`)"""


def test_every_page_fits_a_narrow_window_and_asks_no_other_host(window):
    site = window(viewport={"width": 390, "height": 800})
    assert len(PAGES) > 35
    outside = {name: site.open_unfolded(name).evaluate(OUTSIDE) for name in PAGES}
    assert {name: parts for name, parts in outside.items() if parts} == {}
    assert site.page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_print_has_the_task_and_no_solution(site):
    page = site.open("exercises/04-forget-gate.html")
    page.emulate_media(media="print")
    expect(page.get_by_text("YOUR CODE HERE").first).to_be_visible()
    for part in (".sidebar-drawer", ".skip-to-content", "details.hide >> nth=0"):
        expect(page.locator(part)).to_be_hidden()
