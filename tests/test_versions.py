"""What is said of versions in several files is the same in all of them."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml

import lstm_course
from lstm_course.app import command as cli
from start import NEWEST, OLDEST, OTHER
from tools import bounds, resolve

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


def test_the_newest_packages_run_on_three_systems(rows):
    by_python = {}
    for row in rows:
        if row["versions"] == "highest":
            by_python.setdefault(row["python"], set()).add(row["os"].removesuffix("-latest"))
    assert {"ubuntu", "macos", "windows"} in by_python.values()


def dotted(version):
    return ".".join(map(str, version))


def test_the_pages_name_the_pythons_that_the_course_takes_and_ci_runs(pyproject, rows):
    oldest, newest = dotted(OLDEST), dotted(NEWEST)
    assert oldest == oldest_python(pyproject)
    assert pyproject["tool"]["ruff"]["target-version"] == "py" + oldest.replace(".", "")
    assert f"Python {oldest} to {newest}" in text("README.md")
    tried = sorted({row["python"] for row in rows}, key=lambda v: int(v.split(".")[1]))
    assert (tried[0], tried[-1]) == (oldest, newest)
    assert f"with Python {', '.join(tried[:-1])} and {newest}." in text("CONTRIBUTING.md")


def test_the_readme_names_no_system_whose_wheels_are_not_looked_for():
    names = " ".join(name for name, *_ in resolve.SYSTEMS)
    for system in (r"glibc \d\.\d+", r"macOS \d+", "Windows", "Intel", "arm64", "Apple silicon"):
        named = set(re.findall(system, text("README.md")))
        assert named and named <= set(re.findall(system, names)), system


def test_a_python_that_is_fetched_has_wheels_on_every_system():
    last = min(last for *_, last in resolve.SYSTEMS)
    assert OTHER == f">={dotted(OLDEST)},<{last[0]}.{last[1] + 1}"


def test_every_package_that_is_asked_for_is_bounded_from_above(pyproject):
    lists = [pyproject["project"]["dependencies"], *pyproject["dependency-groups"].values()]
    asked = {re.match(r"[\w-]+", each)[0] for one in lists for each in one if isinstance(each, str)}
    bounded = {line.split("<=")[0] for line in pyproject["tool"]["uv"]["constraint-dependencies"]}
    assert asked <= bounded


def test_the_bounds_are_written_anew_and_nothing_else(pyproject, tmp_path, monkeypatch):
    (tmp_path / "pyproject.toml").write_text(text("pyproject.toml"), encoding="utf-8")
    monkeypatch.setattr(bounds, "ROOT", tmp_path)
    monkeypatch.setattr(
        bounds, "bounds", lambda needed, python, day: [f"{needed[0][:5]}<=1 ; '{day}'"]
    )
    bounds.main(["2030-01-02"])
    written = tomllib.loads((tmp_path / "pyproject.toml").read_text(encoding="utf-8"))
    bound = written["tool"].pop("uv")
    assert bound["constraint-dependencies"] == ["anywi<=1 ; '2030-01-02'"]
    assert bound["build-constraint-dependencies"] == ["hatch<=1 ; '2030-01-02'"]
    assert written["tool"] == {k: v for k, v in pyproject["tool"].items() if k != "uv"}
    assert written["dependency-groups"] == pyproject["dependency-groups"]


def test_the_week_is_tried_with_bounds_of_its_day():
    steps = yaml.safe_load(text(".github/workflows/ci.yml"))["jobs"]["test"]["steps"]
    (step,) = [step for step in steps if "bounds.py" in step.get("run", "")]
    assert (step["if"], step["run"]) == (
        "github.event_name == 'schedule'",
        "python tools/bounds.py",
    )


def test_the_hooks_before_a_commit_check_what_ci_checks():
    (repo,) = yaml.safe_load(text(".pre-commit-config.yaml"))["repos"]
    assert repo["repo"] == "local"  # nothing is fetched
    entries = " ; ".join(hook["entry"] for hook in repo["hooks"])
    for command in ("ruff check", "ruff format --check", "tools/build.py --check"):
        assert command in entries and command in text(".github/workflows/ci.yml")
