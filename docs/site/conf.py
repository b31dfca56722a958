"""Sphinx settings of the site to read.

`python tools/site.py` copies this folder, the notebooks and the other pages to dist/site-source
and builds there; nothing is run and nothing is fetched.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

project = "LSTM, one equation at a time"
author = "The LSTM course authors"
copyright = "2026, The LSTM course authors. Text and figures: CC BY 4.0. Code: MIT"
language = "en"

extensions = ["myst_nb", "mathml"]
exclude_patterns = ["_static"]
nb_execution_mode = "off"
nb_merge_streams = True
nb_output_stderr = "show"
myst_enable_extensions = ["dollarmath", "colon_fence"]
myst_heading_anchors = 3

html_theme = "furo"
html_title = project
html_static_path = ["_static"]
html_favicon = "_static/favicon.svg"
html_css_files = ["course.css", "equations.css"]
html_math_renderer = "mathml"
html_copy_source = False
html_show_sourcelink = False
pygments_dark_style = "a11y-high-contrast-dark"
html_theme_options = {
    "light_css_variables": {"color-brand-primary": "#0b5f94", "color-brand-content": "#0b5f94"},
    "dark_css_variables": {"color-brand-primary": "#7fc4f2", "color-brand-content": "#7fc4f2"},
}


def add_explorer(app, pagename, templatename, context, doctree):
    """Load the cell explorer on the pages that show it, or the whole cell of a lesson."""
    body = context.get("body", "")
    if 'class="explorer"' in body:
        app.add_js_file("explorer-frames.js", loading_method="defer")
    if 'class="explorer"' in body or "data-today=" in body:
        app.add_css_file("explorer.css")
        app.add_js_file("explorer.js", loading_method="defer", priority=600)


def add_demos(app, pagename, templatename, context, doctree):
    """Load the style of figures, and the front end of demos on the pages that play one."""
    body = context.get("body", "")
    if 'class="lstm-figure"' in body:
        app.add_css_file("demos.css")
    if any(f"data-{kind}=" in body for kind in ("demo", "reading", "today")):
        app.add_js_file(f"demos-{pagename.rpartition('/')[2]}.js", loading_method="defer")
    if "data-demo=" in body:
        app.add_js_file("demos.js", loading_method="defer")
    if 'class="reading"' in body:
        name = "start" if pagename == "index" else "reading"
        app.add_css_file(f"{name}.css")
        app.add_js_file(f"{name}.js", loading_method="defer")


def setup(app):
    """Register the hooks."""
    app.connect("html-page-context", add_explorer)
    app.connect("html-page-context", add_demos)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
