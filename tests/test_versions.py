"""What is said of versions in several files is the same in all of them."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml

import lstm_course
from lstm_course.app import command as cli

ROOT = Path(__file__).resolve().parent.parent


def text(name):
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def pyproject():
    """Return pyproject.toml as data."""
    return tomllib.loads(text("pyproject.toml"))


@pytest.fixture(scope="module")
def rows():
    """Return the rows of the CI matrix."""
    return yaml.safe_load(text(".github/workflows/ci.yml"))["jobs"]["test"]["strategy"]["matrix"][
        "include"
    ]


def oldest_python(pyproject):
    return pyproject["project"]["requires-python"].removeprefix(">=")


def test_the_version_stands_in_the_package_and_is_cited_from_there(pyproject, capsys):
    assert pyproject["project"]["dynamic"] == ["version"]
    assert pyproject["tool"]["hatch"]["version"]["path"] == "lstm_course/__init__.py"
    assert yaml.safe_load(text("CITATION.cff"))["version"] == lstm_course.__version__
    with pytest.raises(SystemExit):
        cli.main(["--version"])
    assert capsys.readouterr().out == f"lstm-course {lstm_course.__version__}\n"


def test_the_oldest_python_runs_with_the_oldest_packages(pyproject, rows):
    oldest = [row["python"] for row in rows if row["versions"] == "lowest-direct"]
    assert oldest == [oldest_python(pyproject)]


def test_the_newest_python_runs_on_three_systems(rows):
    newest = [row for row in rows if row["versions"] == "highest"]
    systems = {row["os"].removesuffix("-latest") for row in newest}
    assert systems == {"ubuntu", "macos", "windows"}
    assert len({row["python"] for row in newest}) == 1


def test_the_pages_name_the_oldest_and_the_newest_python_that_are_tried(pyproject, rows):
    oldest, newest = oldest_python(pyproject), max((r["python"] for r in rows), key=numbers)
    for page in ("README.md", "CONTRIBUTING.md", "docs/site/index.md"):
        assert set(re.findall(r"Python (3\.\d+) or later", text(page))) == {oldest}, page
    assert f"tried with Python {oldest} and {newest}" in text("CONTRIBUTING.md")
    assert pyproject["tool"]["ruff"]["target-version"] == "py" + oldest.replace(".", "")


def numbers(version):
    return [int(part) for part in version.split(".")]


def test_the_week_is_tried_without_the_date_that_bounds_the_packages(pyproject):
    assert "exclude-newer" in pyproject["tool"]["uv"]
    (step,) = re.findall(r"sed -i\.bak '(/.*/)d' pyproject\.toml", text(".github/workflows/ci.yml"))
    kept = [line for line in text("pyproject.toml").splitlines() if not re.search(step[1:-1], line)]
    assert "exclude-newer" not in tomllib.loads("\n".join(kept))["tool"]["uv"]


def test_the_hooks_before_a_commit_check_what_ci_checks():
    (repo,) = yaml.safe_load(text(".pre-commit-config.yaml"))["repos"]
    assert repo["repo"] == "local"  # nothing is fetched
    entries = " ; ".join(hook["entry"] for hook in repo["hooks"])
    for command in ("ruff check", "ruff format --check", "tools/build.py --check"):
        assert command in entries and command in text(".github/workflows/ci.yml")
