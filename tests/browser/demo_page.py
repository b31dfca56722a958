"""A demo in a notebook, moved by the keyboard alone."""

from collections.abc import Iterator
from dataclasses import dataclass

from playwright.sync_api import Locator, expect

MOVED = 8_000  # milliseconds until a demo must have followed; the machine may be busy
_SHOWN = """async (cell) => {
  const image = cell.querySelector("img.lstm-picture");
  const sentence = cell.querySelector(".lstm-sentence").textContent;
  const [source, alt] = [image.src, image.alt];  // all of one moment
  const bytes = await (await fetch(source)).arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-1", bytes));
  return [[...digest].map((byte) => byte.toString(16).padStart(2, "0")).join(""), alt, sentence];
}"""


@dataclass
class DemoPage:
    """One demo of a notebook that has been run."""

    cell: Locator

    def controls(self) -> Iterator[tuple[str, Locator, str]]:
        """Name, element and kind of every control but Reset, in the order of the page."""
        inputs = ".noUi-handle, .widget-dropdown select, .widget-text input, .jupyter-button"
        for element in self.cell.locator(inputs).all():
            name, kind = name_of(element), element.evaluate("e => e.tagName").lower()
            assert name, f"a control without a name: {element.evaluate('e => e.outerHTML')}"
            if name != "Reset":
                yield name, element, kind

    def shown(self) -> tuple[str, str, str]:
        """What is to be seen: the picture's pixels, its alt text, the sentence."""
        return tuple(self.cell.evaluate(_SHOWN))

    def expect_other_than(self, before: tuple[str, str, str], what: str) -> None:
        """Wait until another picture is shown, with an alt text that says what it shows."""
        self._wait(lambda now: now[0] != before[0], f"{what}: the picture stays the same")
        _, alt, sentence = self.shown()
        assert alt.endswith(sentence), f"{what}: alt text {alt!r} misses {sentence!r}"

    def expect_again(self, before: tuple[str, str, str], what: str) -> None:
        """Wait until all that is shown is as it was."""
        self._wait(lambda now: now == before, f"{what}: not as it was at the start")

    def _wait(self, wanted, message: str) -> None:
        for _ in range(MOVED // 50):
            now = self.shown()
            if wanted(now):
                return
            self.cell.page.wait_for_timeout(50)
        raise AssertionError(f"{message}; shown is: {now[2]}")

    def press_reset(self) -> None:
        """Reset, by the keyboard."""
        button = self.cell.get_by_role("button", name="Reset")
        button.focus()
        self.cell.page.keyboard.press("Enter")


def expect_control_moves(demo: DemoPage, control: tuple, start: tuple, where: str) -> None:
    """Move one control by keyboard, see the picture change, and Reset bring the start back."""
    _, element, kind = control
    if kind == "button":  # what it sets may be what is there
        move(demo.cell.locator(".noUi-handle").first, "div")
        demo.expect_other_than(start, f"{where}, slider before it")
    before = demo.shown()
    move(element, kind)
    demo.expect_other_than(before, where)
    demo.press_reset()
    demo.expect_again(start, f"{where}, Reset")


def name_of(element: Locator) -> str:
    """What a screen reader calls it: its label, else its text."""
    return element.evaluate(
        """e => e.getAttribute("aria-label") || e.labels?.[0]?.textContent
             || e.textContent.trim() || e.title"""
    )


def move(element: Locator, kind: str) -> None:
    """Move a control one step with the keys that a person would use."""
    element.focus()
    expect(element).to_be_focused()
    keyboard = element.page.keyboard
    if kind == "div":
        at_end = element.evaluate("e => e.ariaValueNow === e.ariaValueMax")
        keyboard.press("ArrowLeft" if at_end else "ArrowRight")
    elif kind == "select":
        at_end = element.evaluate("e => e.selectedIndex === e.options.length - 1")
        keyboard.press("ArrowUp" if at_end else "ArrowDown")
    elif kind == "input":
        keyboard.press("ControlOrMeta+a")
        keyboard.insert_text("the dogs which already ate")
        keyboard.press("Enter")
    else:
        keyboard.press("Enter")
