"""The course's own style sheet in JupyterLab: symbols of equations in the dark theme.

JupyterLab loads `custom.css` of the user's folder when it is asked to. The course's folder comes
first here, so that nothing is written to the user's. `plots/theme.py` makes the rules.
"""

from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().with_name("jupyter") / "custom"


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": __name__}]


def _load_jupyter_server_extension(server: Any) -> None:
    # in place: JupyterLab may have taken the list for its handler already
    server.web_app.settings["static_custom_path"].insert(0, str(FOLDER))
