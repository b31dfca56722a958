"""The page that `lstm-course lab` opens, and the way from it into the course."""

from playwright.sync_api import expect

from .access import serious_violations
from .lab_page import TOKEN


def open_start(lab):
    """Open the address that `lstm-course lab` opens."""
    with lab.page.expect_response(lambda answer: "START.md" in answer.url):
        lab.page.goto(f"{lab.url}/?token={TOKEN}")
    return lab.page.locator(".jp-MarkdownViewer:visible")


def test_the_start_page_is_rendered_and_leads_to_the_first_lesson_and_tabs_stay(lab):
    start = open_start(lab)
    expect(start.get_by_role("heading", name="Go on with 00 · Start here")).to_be_visible()
    expect(start.get_by_role("row")).to_have_count(19)
    contents = lab.page.locator(".jp-TableOfContents")
    expect(contents).to_be_visible()
    expect(contents).to_contain_text("Go on with")
    for theme in ("JupyterLab Dark", "JupyterLab Light"):
        lab.choose_theme(theme)
        lab.keep_picture(f"start page {theme}")
        assert serious_violations(lab.page) == []
    start.get_by_role("link", name="00 · Start here").first.click()
    notebook = lab.page.locator(".jp-NotebookPanel:visible")
    expect(notebook.get_by_role("heading", name="00 · Start here")).to_be_visible()
    expect(contents).to_contain_text("00 · Start here")
    assert "/lab" in lab.page.url and len(lab.page.context.pages) == 1

    with lab.page.expect_response(  # JupyterLab keeps the layout a moment after a change
        lambda answer: "/api/workspaces" in answer.url and answer.request.method == "PUT"
    ):
        notebook.get_by_role("link", name="Lesson 01").first.click()
    expect(lab.page.locator(".jp-NotebookPanel:visible")).to_contain_text("01 · Find how far")
    lab.page.wait_for_timeout(2000)
    start = open_start(lab)
    expect(start).to_be_visible()
    expect(lab.page.locator(".lm-DockPanel .lm-TabBar-tab")).to_have_count(3)
