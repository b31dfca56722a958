"""environment.yml gives conda users what pyproject.toml gives everyone else."""

import json
import re
import tomllib
from pathlib import Path

import pytest
import yaml

from lstm_course.app.lab import asked_port

ROOT = Path(__file__).resolve().parent.parent
CONDA_NAME = {"jupyter-client": "jupyter_client", "matplotlib": "matplotlib-base"}


@pytest.fixture(scope="module")
def conda():
    """Return environment.yml as data."""
    return yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def project():
    """Return the [project] table of pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def versions(requirements):
    """Return name to version limits, such as "numpy" to ">=1.26", without markers."""
    split = [re.match(r"([\w.-]+)([^;]*)", given.replace(" ", "")) for given in requirements]
    return {match[1]: match[2] for match in split}


def test_conda_users_get_the_versions_of_pyproject(conda, project):
    expected = {CONDA_NAME.get(n, n): v for n, v in versions(project["dependencies"]).items()}
    expected |= {"python": project["requires-python"], "pip": ""}
    assert versions(d for d in conda["dependencies"] if isinstance(d, str)) == expected


def test_pip_installs_the_course_itself_and_nothing_else(conda):
    assert [d for d in conda["dependencies"] if isinstance(d, dict)] == [{"pip": ["-e ."]}]


def test_only_conda_forge_is_asked(conda):
    assert conda["channels"] == ["conda-forge", "nodefaults"]


def test_the_dev_container_starts_the_course_with_commands_that_exist(project):
    container = json.loads((ROOT / ".devcontainer" / "devcontainer.json").read_text("utf-8"))
    assert container["postCreateCommand"] == "python3 start.py --version"
    words = container["postAttachCommand"].split()
    assert words[:3] == ["python3", "start.py", "lab"]
    assert asked_port(words[3:]) in container["forwardPorts"]
    oldest = int(project["requires-python"].removeprefix(">=3."))
    assert int(container["image"].removeprefix("python:3.")) >= oldest
