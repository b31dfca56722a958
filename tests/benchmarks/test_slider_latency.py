"""The slider benchmark: which demos it finds, and when it says that a goal is met."""

import io
import sys
from pathlib import Path

import pytest
from rich.console import Console

import lstm_course.widgets as widgets

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def latency():
    folder = str(ROOT / "benchmarks")
    sys.path.insert(0, folder)
    try:
        import slider_latency
    finally:
        sys.path.remove(folder)
    return slider_latency


def test_every_demo_of_the_package_is_found_in_a_lesson(latency):
    found = {demo.name for demo in latency.demos_of(ROOT / "notebooks")}
    made = {name for name in widgets.__all__ if name.endswith("_demo")}
    assert found == made | {"cell_explorer", "cell_today", "gate_playground"}


@pytest.mark.parametrize(
    ("ours", "after_hold", "missed"),
    [
        (48, 100, []),
        (49, 100, ["floor"]),
        (48, 101, ["hold"]),
        (101, 200, ["floor", "hold"]),
    ],
)
def test_goals_are_met_up_to_their_limits(latency, ours, after_hold, missed):
    row = latency.Times(
        "demo", "slider", ours, far=50.0, floor=40, interact=400, after_hold=after_hold
    )
    assert row.misses == missed


def test_the_table_gives_ratios_and_names_what_is_missed(latency):
    out = io.StringIO()
    rows = [latency.Times("half_life_demo", "slider", 80.0, 85.0, 40.0, 280.0, 90.0)]
    Console(file=out, width=110).print(latency.table_of(rows))
    line = next(line for line in out.getvalue().splitlines() if "half_life_demo" in line)
    cells = [cell.strip() for cell in line.split("│")[1:-1]]
    assert cells[2:] == ["80", "85", "40", "280", "2.00", "3.5", "90", "floor"]
