"""What a notebook is saved without: views of widgets that nobody could show again.

A live demo is known by an id that its kernel gave it. Opened again after that kernel has ended,
JupyterLab would say "Error displaying widget: model not found" in its place, although its picture
stands beside the id. Without the id the picture is shown, with the words "Run this cell".
"""

from typing import Any

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


def keep_pictures(model: dict[str, Any], **_: Any) -> None:
    """Take the ids of live views out of a notebook that is about to be saved.

    Parameters
    ----------
    model : dict
        As Jupyter's contents manager gives it to a ``pre_save_hook``; changed in place.
    """
    if model.get("type") != "notebook" or not model.get("content"):
        return
    for cell in model["content"].get("cells", []):
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if WIDGET_VIEW in data and "text/html" in data:
                del data[WIDGET_VIEW]
