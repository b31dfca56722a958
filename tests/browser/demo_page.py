"""A demo in a notebook, moved by keyboard and by dragging."""

import contextlib
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from playwright.sync_api import Locator, TimeoutError, expect

MOVED = 8_000  # milliseconds until a demo must have followed; the machine may be busy
_SHOWN = """demo => [
  demo.querySelector(".stage svg").innerHTML,
  demo.querySelector(".stage svg").getAttribute("aria-label"),
  demo.querySelector(".say").textContent,
]"""
_NAME = """e => e.getAttribute("aria-label") || e.labels?.[0]?.textContent.trim()
  || e.textContent.trim()"""
_INPUTS = (
    'input[type="range"]:visible, input[type="radio"]:checked, select:visible, '
    'input[type="text"]:visible, button:visible'
)


@dataclass
class DemoPage:
    """One demo of a notebook that has been run."""

    cell: Locator

    @property
    def root(self) -> Locator:
        return self.cell.locator(".lstm-demo")

    def controls(self) -> Iterator[tuple[str, Locator, str]]:
        """Name, element and kind of every control but Reset, in the order of the page."""
        for element in self.root.locator(_INPUTS).all():
            name, kind = element.evaluate(_NAME), element.evaluate("e => e.type")
            assert name, f"a control without a name: {element.evaluate('e => e.outerHTML')}"
            if name != "Reset":
                yield name, element, kind

    def shown(self) -> tuple[str, str, str]:
        """What is to be seen: the picture, its alt text, the sentence."""
        drawn, *words = self.root.evaluate(_SHOWN)
        return hashlib.sha1(drawn.encode()).hexdigest(), *words

    def expect_other_than(self, before: tuple[str, str, str], what: str) -> None:
        """Wait until another picture is shown, with an alt text that says what it shows."""
        self._wait(lambda now: now[0] != before[0], f"{what}: the picture stays the same")
        _, alt, sentence = self.shown()
        # the page sets h_t with a real subscript, and keeps a number and its % on one line
        alt, sentence = (text.replace("_", "").replace("\u00a0", " ") for text in (alt, sentence))
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
        self.root.get_by_role("button", name="Reset").focus()
        self.cell.page.keyboard.press("Enter")

    def expect_dead(self) -> None:
        """The veil says so, and picture and sentence agree, whatever is tried."""
        before = self.shown()
        with contextlib.suppress(TimeoutError):  # there is nothing to move any more
            self.root.locator("input, select").first.focus(timeout=1_000)
            self.cell.page.keyboard.press("ArrowRight")
        expect(self.root.locator(".veil")).to_be_visible()
        expect(self.root.locator(".veil")).to_contain_text(re.compile("run this cell again", re.I))
        assert self.shown() == before

    def handles(self) -> list[Locator]:
        """The places of the picture that can be dragged; of a row of equal ones, some."""
        small = self.root.locator(".handle.small:visible").all()
        return [*self.root.locator(".handle:not(.small):visible").all(), *small[::9]]

    def presses(self) -> list[Locator]:
        """The places of the picture that can be pressed."""
        return self.root.locator(".press:visible").all()

    def drag(self, handle: Locator, across: float, up: float) -> None:
        """Drag a place of the picture by so many pixels."""
        handle.scroll_into_view_if_needed()
        box, mouse = handle.bounding_box(), self.cell.page.mouse
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        mouse.move(x, y)
        mouse.down()
        mouse.move(x + across, y - up, steps=5)
        mouse.up()


def expect_control_moves(demo: DemoPage, control: tuple, start: tuple, where: str) -> None:
    """Move one control by keyboard, see the picture change, and Reset bring the start back."""
    _, element, kind = control
    if kind == "button":  # what it sets may be what is there
        _, other, its_kind = next(one for one in demo.controls() if one[2] != "button")
        move(other, its_kind)
        demo.expect_other_than(start, f"{where}, control before it")
    before = demo.shown()
    move(element, kind)
    demo.expect_other_than(before, where)
    demo.press_reset()
    demo.expect_again(start, f"{where}, Reset")


def expect_handle_moves(demo: DemoPage, handle: Locator, start: tuple, where: str) -> None:
    """Drag one place of the picture, one way or the other, and see the picture follow."""
    for across, up in ((60, 30), (-60, -30)):
        demo.drag(handle, across, up)
        demo.cell.page.wait_for_timeout(300)
        if demo.shown() != start:
            break
    demo.expect_other_than(start, where)
    demo.press_reset()
    demo.expect_again(start, f"{where}, Reset")


def expect_press_moves(demo: DemoPage, place: Locator, start: tuple, where: str) -> None:
    """Press one place of the picture and see the picture follow, press it again and see it back."""
    place.scroll_into_view_if_needed()
    place.click()
    demo.expect_other_than(start, where)
    place.click()
    demo.expect_again(start, f"{where}, pressed again")


def move(element: Locator, kind: str) -> None:
    """Move a control one step with the keys that a person would use."""
    element.focus()
    expect(element).to_be_focused()
    keyboard = element.page.keyboard
    if kind == "range":
        at_end = element.evaluate("e => e.value === e.max")
        keyboard.press("ArrowLeft" if at_end else "ArrowRight")
    elif kind == "radio":
        keyboard.press("ArrowRight")
    elif kind == "select-one":
        at_end = element.evaluate("e => e.selectedIndex === e.options.length - 1")
        keyboard.press("ArrowUp" if at_end else "ArrowDown")
    elif kind == "text":
        keyboard.press("ControlOrMeta+a")
        keyboard.insert_text("the dogs which already ate")
        keyboard.press("Enter")
    else:
        keyboard.press("Enter")
