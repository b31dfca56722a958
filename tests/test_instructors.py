"""The commands of INSTRUCTORS.md exist as they are written there."""

import re
import shlex
from pathlib import Path

import pytest
import yaml

from lstm_course.app import command as cli
from lstm_course.app.report import chosen_csv

TEXT = (Path(__file__).parents[1] / "INSTRUCTORS.md").read_text(encoding="utf-8")
CALLS = re.findall(r"start\.py ((?:grade|report|gradescope)\b[^\n`]*)", TEXT)
CALLS = [call.replace("${{ matrix.share }}", "3") for call in CALLS]


@pytest.mark.parametrize("call", CALLS)
def test_every_call_is_understood(call):
    call = re.sub(r"\$\(.*?\)", "name", call)  # what the shell puts in
    assert cli.parser().parse_args(shlex.split(call)).work


def test_the_workflow_grades_every_share_once():
    jobs = yaml.safe_load(re.search(r"```yaml\n(.*?)```", TEXT, re.DOTALL)[1])["jobs"]
    shares = jobs["grade"]["strategy"]["matrix"]["share"]
    (call,) = (step["run"] for step in jobs["grade"]["steps"] if "--shard" in step.get("run", ""))
    assert f"--shard ${{{{ matrix.share }}}}/{len(shares)} " in call
    assert shares == list(range(1, len(shares) + 1))


def test_both_gradebooks_are_forms_of_csv():
    forms = [chosen_csv(part)[0] for part in re.findall(r"--csv (\S+)", TEXT)]
    assert {"", "moodle", "canvas"} == set(forms)
