"""What axe-core says of the course's own parts of a page."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# Outputs and text of notebooks; the rest of the page is JupyterLab's
_SHOWN = ":not(.lm-mod-hidden)"
_PARTS = (
    f".jp-NotebookPanel{_SHOWN} .jp-OutputArea-output",
    f".jp-NotebookPanel{_SHOWN} .jp-RenderedMarkdown",
)
# JupyterLab's body has no height, so that axe-core takes all in it for clipped away
_VISIBLE = "body { height: 100vh }"
# JupyterLab draws links without a line, and offers no setting for it
_OPTIONS = {"resultTypes": ["violations"], "rules": {"link-in-text-block": {"enabled": False}}}


def serious_violations(page: Page) -> list[str]:
    """Rule and element of each violation that axe-core calls serious or critical.

    Contrast is measured of what is on the screen, so the window is made as tall as the notebook.
    """
    size = page.viewport_size
    page.set_viewport_size({"width": size["width"], "height": 20_000})
    style = page.add_style_tag(content=_VISIBLE)
    for panel in page.locator(".jp-WindowedPanel-outer:visible").all():
        panel.evaluate("e => { e.scrollTop = 0; }")
    page.wait_for_timeout(500)  # until all cells are drawn
    ours = [[part] for part in _PARTS if page.locator(part).count()]
    response = Axe().run(page, context={"include": ours}, options=_OPTIONS).response
    style.evaluate("node => node.remove()")
    page.set_viewport_size(size)
    assert any(rule["id"] == "color-contrast" for rule in response["passes"]), "no text was seen"
    return [
        f"{violation['id']} ({violation['help']}): {node['html'][:200]}"
        for violation in response["violations"]
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
    ]
