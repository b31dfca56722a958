"""JupyterLab as a person uses it: open a notebook, run it, type into a cell."""

import contextlib
import itertools
import json
from collections.abc import Sequence
from pathlib import Path

import nbformat
from playwright.sync_api import Locator, Page, TimeoutError, expect

TOKEN = "course"
ROOT = Path(__file__).parents[2]
ARTIFACTS = ROOT / "artifacts" / "browser"
_COUNT = itertools.count()
expect.set_options(timeout=90_000)  # the machine may be busy


class LabPage:
    """One browser window with JupyterLab in it."""

    def __init__(self, page: Page, url: str) -> None:
        self.page, self.url, self.path = page, url, ""

    def open(self, path: str) -> None:
        """Open a notebook in a workspace of its own and wait until its kernel is there."""
        workspace, self.path = f"test-{next(_COUNT)}", path
        with self.page.expect_websocket(lambda socket: "/channels" in socket.url):
            self.page.goto(f"{self.url}/lab/workspaces/{workspace}/tree/{path}?token={TOKEN}")
        self.panel = self.page.locator(".jp-NotebookPanel:visible").first
        expect(self.panel.locator(".jp-Cell").first).to_be_visible()
        self.page.wait_for_timeout(500)  # the indicator says idle before it knows
        expect(self._status("idle")).to_be_visible()

    def _status(self, name: str) -> Locator:
        return self.panel.locator(f'.jp-Notebook-ExecutionIndicator[data-status="{name}"]')

    def run_all(self) -> None:
        """Run, Run All Cells, and wait for the end."""
        self.page.get_by_role("menuitem", name="Run", exact=True).click()
        self.page.get_by_text("Run All Cells", exact=True).click()
        self.wait_until_run()

    def run_all_and_unfold(self) -> None:
        """Run all cells, and answer every question with *Show me*."""
        self.run_all()
        cells = nbformat.read(ROOT / self.path, as_version=4).cells
        for number, cell in enumerate(cells):
            if "guess" in cell.metadata.get("lstm_course", {}):
                self.cell(number).get_by_role("button", name="Show me").click()

    def run_all_above(self, cell: Locator) -> None:
        """Choose a cell; Run, Run All Above Selected Cell."""
        cell.locator(".cm-content").click()
        self.page.get_by_role("menuitem", name="Run", exact=True).click()
        self.page.get_by_text("Run All Above Selected Cell", exact=True).click()
        self.wait_until_run()

    def wait_until_run(self) -> None:
        """Wait until the kernel has begun, no cell is waiting and the kernel is idle."""
        with contextlib.suppress(TimeoutError):  # a short cell may be over before we look
            self._status("busy").wait_for(timeout=2_000)
        expect(self.panel.locator(".jp-InputPrompt", has_text="[*]")).to_have_count(0)
        expect(self._status("idle")).to_be_visible()

    def code_cell(self, text: str) -> Locator:
        """The code cell that holds `text`, scrolled into view."""
        cell = self.panel.locator(
            ".jp-CodeCell", has=self.page.locator(".cm-content", has_text=text)
        )
        cell.first.scroll_into_view_if_needed()
        return cell.first

    def cell(self, index: int) -> Locator:
        """The cell of that number in the file, scrolled into view."""
        cell = self.panel.locator(f'.jp-Cell[data-windowed-list-index="{index}"]')
        cell.scroll_into_view_if_needed()
        return cell

    def hide_sidebar(self) -> None:
        """Close the file list, as one does in a small window."""
        side = self.page.locator("#jp-left-stack")
        if side.is_visible():
            self.page.locator(".jp-SideBar.jp-mod-left .lm-TabBar-tab.lm-mod-current").click()
            expect(side).to_be_hidden()

    def type_into(self, cell: Locator, lines: Sequence[str]) -> None:
        """Replace what a cell holds, as a person would by selecting all and typing."""
        cell.locator(".cm-content").click()
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.insert_text("\n".join(lines))

    def run_cell(self, cell: Locator) -> None:
        """Run one cell with Shift + Enter."""
        cell.locator(".cm-content").click()
        self.page.keyboard.press("Shift+Enter")
        self.wait_until_run()

    def errors(self) -> list[str]:
        """The error outputs on the page, as text."""
        kinds = ("application/vnd.jupyter.stderr", "application/vnd.jupyter.error")
        found = self.panel.locator(", ".join(f'[data-mime-type="{kind}"]' for kind in kinds))
        return found.all_inner_texts()

    def choose_theme(self, name: str) -> None:
        """Settings, Theme, and its name."""
        self.page.get_by_role("menuitem", name="Settings", exact=True).click()
        for entry in ("Theme", name):
            self.page.locator(".lm-Menu-itemLabel").get_by_text(entry, exact=True).click()
        light = str(name.endswith("Light")).lower()
        expect(self.page.locator(f'body[data-jp-theme-light="{light}"]')).to_be_attached()
        expect(self.page.locator("#jupyterlab-splash")).to_have_count(0)

    def keep_picture(self, name: str) -> None:
        """Keep what the window shows as an artifact, with a demo in view where there is one."""
        demos = self.page.locator(".jp-NotebookPanel:visible").locator(".lstm-demo, .lstm-explorer")
        if demos.count():
            demos.first.scroll_into_view_if_needed()
        ARTIFACTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=ARTIFACTS / f"{name}.png")

    def restart_kernel(self) -> None:
        """Kernel, Restart Kernel."""
        self.page.get_by_role("menuitem", name="Kernel", exact=True).click()
        self.page.get_by_text("Restart Kernel…", exact=True).click()
        self.page.get_by_role("button", name="Confirm Kernel Restart").click()

    def shut_down_kernels(self) -> None:
        """End every kernel that this window started."""
        api = self.page.context.request
        for session in json.loads(api.get(f"{self.url}/api/sessions?token={TOKEN}").text()):
            api.delete(f"{self.url}/api/sessions/{session['id']}?token={TOKEN}")
