"""Every exercise notebook in a real JupyterLab: unsolved, then with its solution typed in."""

from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import expect

from .access import serious_violations

ROOT = Path(__file__).parents[2]
EXERCISES = sorted(path.stem for path in (ROOT / "exercises").glob("*.ipynb"))

WRONG = """def forget_gate(h_prev, x_t, W_f, b_f):
    z_t = np.concatenate([x_t, h_prev], axis=-1)
    return sigmoid(z_t @ W_f + b_f)"""
RIGHT = WRONG.replace("[x_t, h_prev]", "[h_prev, x_t]")


def cells(folder: str, name: str) -> list[tuple[str, str]]:
    """Role ("answer", "check" or "") and text of every cell of a notebook of the course."""
    notebook = nbformat.read(ROOT / folder / f"{name}.ipynb", as_version=4)
    return [(c.metadata.get("lstm_course", {}).get("role", ""), c.source) for c in notebook.cells]


def expect_checks_say(lab, name: str, text: str) -> None:
    checks = [k for k, (role, _) in enumerate(cells("exercises", name)) if role == "check"]
    assert checks, f"{name} checks nothing"
    for k in checks:
        output = lab.cell(k).locator(".jp-OutputArea")
        expect(output, f"{name}, cell {k}").to_contain_text(text, timeout=10_000)


@pytest.mark.parametrize("name", EXERCISES)
def test_it_runs_unsolved_and_passes_with_its_solution_typed_in(lab, name):
    lab.open(f"exercises/{name}.ipynb")
    lab.run_all()
    assert lab.errors() == []
    expect_checks_say(lab, name, "not attempted yet")
    assert serious_violations(lab.page) == []
    for k, (role, solution) in enumerate(cells("solutions", name)):
        if role == "answer":
            lab.type_into(lab.cell(k), solution.splitlines())
    lab.run_all()
    assert lab.errors() == []
    expect_checks_say(lab, name, "passed")
    assert serious_violations(lab.page) == []


def test_a_wrong_order_is_named_and_mending_it_passes(lab):
    lab.open("exercises/04-forget-gate.ipynb")
    lab.run_all()
    answer, check = lab.code_cell("def forget_gate("), lab.code_cell('check("forget-gate"')
    lab.type_into(answer, WRONG.splitlines())
    lab.run_cell(answer)
    lab.run_cell(check)
    expect(check).to_contain_text("xt comes before hprev. The equations have")  # subscripts
    expect(check).to_contain_text("[0.27 0.88]")
    assert serious_violations(lab.page) == []
    lab.type_into(answer, RIGHT.splitlines())
    lab.run_cell(answer)
    lab.run_cell(check)
    expect(check).to_contain_text("forget-gate: passed, 2 of 2 points.")
