"""The start page on JupyterLab's server: what is added to the server, and how links are written.

What a running server answers, and to whom, is asked in test_lab.py.
"""

import json
import re
from pathlib import Path
from types import SimpleNamespace

import pytest

from lstm_course.app.start import server as start
from lstm_course.app.start.server import StartPage, StartProgress, start_page

ROOT = Path(__file__).parents[2]


@pytest.fixture
def server(tmp_path, monkeypatch):
    """Return a stand-in for JupyterLab's server, with the handlers that it is given."""
    monkeypatch.setenv("JUPYTERLAB_WORKSPACES_DIR", str(tmp_path / ".jupyter-user"))
    handlers = {}
    application = SimpleNamespace(
        settings={"base_url": "/me/"}, add_handlers=lambda host, rules: handlers.update(rules)
    )
    return SimpleNamespace(root_dir=str(tmp_path), web_app=application, handlers=handlers)


def test_page_and_progress_stand_under_the_servers_own_address(server):
    start._load_jupyter_server_extension(server)
    assert server.handlers == {"/me/lstm/?": StartPage, "/me/lstm/progress": StartProgress}


def test_links_open_in_jupyterlab_under_the_servers_own_address():
    text = start_page(ROOT, "/me/")
    assert 'data-progress="/me/lstm/progress"' in text
    links = re.findall(r'href="([^"]*\.ipynb)" data-path="([^"]*)" target="lstm-lab"', text)
    assert len(links) > 60
    assert all(address == f"/me/lab/tree/{path}" for address, path in links)


def test_the_contents_open_on_the_left_at_the_first_start_and_a_layout_left_stays(server):
    start._load_jupyter_server_extension(server)
    (layout,) = Path(server.root_dir, ".jupyter-user").glob("default*.jupyterlab-workspace")
    left = json.loads(layout.read_text())["data"]["layout-restorer:data"]["left"]
    assert left["current"] == "@jupyterlab/toc:plugin"
    layout.write_text('{"data": {"mine": 1}, "metadata": {"id": "default"}}')
    start._load_jupyter_server_extension(server)
    assert json.loads(layout.read_text())["data"] == {"mine": 1}
