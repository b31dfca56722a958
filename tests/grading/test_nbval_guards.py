"""nbval must not look away: each test runs pytest over a tiny notebook of its own."""

import os
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from queue import Empty

import nbformat
import pytest

from lstm_course.grading.nbval.guards import KernelDied, wait, without_pixels

DIE = "import os\nos._exit(1)"
SLEEP = "import time\ntime.sleep(60)"


def cell(source, text="", count=1, tags=None):
    outputs = [nbformat.v4.new_output("stream", name="stdout", text=text)] if text else []
    made = nbformat.v4.new_code_cell(source, execution_count=count, outputs=outputs)
    if tags:
        made.metadata["tags"] = tags
    return made


def run(folder: Path, *cells, guarded: bool = True, seconds: float = 20) -> list[str]:
    """Return for each cell whether it passed, failed or was skipped (xfail counts as that)."""
    nbformat.write(nbformat.v4.new_notebook(cells=list(cells)), folder / "tiny.ipynb")
    (folder / "pytest.ini").write_text("[pytest]\n")
    guards = ["-p", "lstm_course.grading.nbval.guards"] if guarded else []
    options = ["--nbval", "--nbval-current-env", f"--nbval-cell-timeout={seconds}"]
    command = [sys.executable, "-m", "pytest", *guards, *options, "--junitxml=out.xml"]
    root = Path(__file__).resolve().parents[2]
    subprocess.run(
        [*command, "-p", "no:cacheprovider", "tiny.ipynb"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        timeout=120,
    )
    cases = ElementTree.parse(folder / "out.xml").iter("testcase")
    kinds = [{child.tag for child in case} - {"properties"} for case in cases]
    return [next(iter(kind), "passed") for kind in kinds]


def test_a_cell_that_nbval_would_not_test_fails(tmp_path):
    assert run(
        tmp_path,
        cell("print(1)", "1\n"),
        cell("print(1)", "2\n"),
        cell("print(1)", count=None),
        cell("", count=None),
        cell("a = 1", tags=["nbval-skip"]),
        cell("a = 1", tags=["nbval-ignore-output"]),
        cell("a = 1", tags=["raises-exception"]),
        cell("a = 1", tags=["nbval-raises-exception"]),
        cell("# NBVAL_SKIP\na = 1"),
        cell("# NBVAL_IGNORE_OUTPUT\na = 1"),
        cell("print(2)", "2\n"),
    ) == ["passed", "failure", "failure", "passed", *6 * ["failure"], "passed"]


def test_a_dead_kernel_fails_its_cell_and_all_later_ones_well_before_the_limit(tmp_path):
    """The cell limit of 119 s and the start-up together are over the 120 s of `run`."""
    cells = [cell("a = 1"), cell(DIE), cell("a = 1"), cell("a = 1")]
    assert run(tmp_path, *cells, seconds=119) == ["passed", "failure", "failure", "failure"]


def test_a_time_out_fails_its_cell_and_all_later_ones(tmp_path):
    cells = [cell(SLEEP), cell("a = 1"), cell("a = b")]
    assert run(tmp_path, *cells, seconds=1) == ["failure", "failure", "failure"]


def test_plain_nbval_does_look_away(tmp_path):
    """When this fails, nbval has changed and the guards can go."""
    cells = [cell("print(1)", count=None), cell("1 / 0", tags=["nbval-skip"]), cell(SLEEP)]
    seen = run(tmp_path, *cells, cell("a = b"), guarded=False, seconds=1)
    assert seen == ["passed", "skipped", "failure", "skipped"]


def receiver(*messages):
    left = list(messages)

    def receive(seconds):
        message = left.pop(0) if left else None
        if message is None:
            raise Empty
        return message

    return receive


def test_waiting_for_a_dead_kernel_ends_at_once():
    with pytest.raises(KernelDied):
        wait(receiver(), lambda: False, timeout=1)


def test_the_last_message_of_a_dead_kernel_is_still_read():
    assert wait(receiver("last"), lambda: False, timeout=None) == "last"


def test_waiting_goes_on_while_the_kernel_lives():
    assert wait(receiver(None, None, "late"), lambda: True, timeout=None) == "late"


def test_waiting_ends_when_time_is_up():
    with pytest.raises(Empty):
        wait(receiver(), lambda: True, timeout=0)


def test_pixels_are_not_compared_and_alt_texts_are():
    comparable = without_pixels(lambda cell, text: text)
    one = comparable(None, '<img alt="a" src="data:image/png;base64,AB+/=" width="3">')
    assert one == comparable(None, '<img alt="a" src="data:image/png;base64,CDEF" width="3">')
    assert one != comparable(None, '<img alt="b" src="data:image/png;base64,AB+/=" width="3">')
    assert comparable(None, 3) == 3
