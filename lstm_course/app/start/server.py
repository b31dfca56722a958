"""The start page on JupyterLab's own server, for those who may use that server."""

import asyncio
import html
import json
import os
from pathlib import Path
from typing import Any

from jupyter_server.base.handlers import APIHandler, JupyterHandler
from jupyter_server.utils import url_path_join
from tornado import web

from ...guesses import FILE, keep
from .intuition import first_guess
from .lessons import read_lessons
from .page import document, page
from .progress import last_opened, progress

ADDRESS = "lstm"
FOLDERS = ("exercises", "solutions")
# Sidebar of the very first start: the table of contents instead of the files
_LAYOUT = {"left": {"collapsed": False, "visible": True, "current": "@jupyterlab/toc:plugin"}}


class StartPage(JupyterHandler):
    """The page."""

    @web.authenticated
    async def get(self) -> None:
        """Write the page of the course that this server stands on."""
        self.set_header("Content-Type", "text/html; charset=utf-8")
        _ = self.xsrf_token  # to read it sets the cookie, without which no guess would be taken
        self.finish(await asyncio.to_thread(start_page, _root(self), self.base_url))


class StartProgress(APIHandler):
    """How far the learner is, as JSON, and the guess that the page asks for."""

    @web.authenticated
    async def get(self) -> None:
        """Read the notebooks and the guesses; nothing is run."""
        self.set_header("Cache-Control", "no-store")
        last = last_opened(_workspaces().load("default"))
        self.finish(json.dumps(await asyncio.to_thread(progress, _root(self), last)))

    @web.authenticated
    async def post(self) -> None:
        """Keep the guess that was made on the page."""
        try:
            keep(_root(self) / FILE, first_guess((self.get_json_body() or {}).get("verb")))
        except ValueError as problem:
            raise web.HTTPError(400, str(problem)) from None
        self.set_status(204)


def start_page(root: Path, base_url: str = "/") -> str:
    """Return the page of a course, with links that open in JupyterLab."""

    def link(folder: str, name: str) -> str:
        path = f"{folder}/{name}.ipynb"
        address = html.escape(url_path_join(base_url, "lab/tree", path))
        return f'href="{address}" data-path="{path}" target="lstm-lab"'

    data = url_path_join(base_url, ADDRESS, "progress")
    return document(page(read_lessons(root), link, FOLDERS, data))


def _root(handler: JupyterHandler) -> Path:
    return Path(handler.serverapp.root_dir)


def _workspaces() -> Any:
    from jupyterlab_server.workspaces_handler import WorkspacesManager

    return WorkspacesManager(os.environ["JUPYTERLAB_WORKSPACES_DIR"])


def _first_layout() -> None:
    """Open the table of contents, unless there is a layout that the learner left."""
    spaces = _workspaces()
    if not spaces.load("default")["data"]:
        layout = {"data": {"layout-restorer:data": _LAYOUT}, "metadata": {"id": "default"}}
        spaces.save("default", json.dumps(layout))


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": __name__}]


def _load_jupyter_server_extension(server: Any) -> None:
    _first_layout()
    address = url_path_join(server.web_app.settings["base_url"], ADDRESS)
    handlers = [(f"{address}/?", StartPage), (f"{address}/progress", StartProgress)]
    server.web_app.add_handlers(".*$", handlers)
