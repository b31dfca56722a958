"""Lessons and exercises in a real JupyterLab, with keyboard and mouse."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

ROOT = Path(__file__).parents[2]
LESSONS = sorted(path.name for path in (ROOT / "notebooks").glob("*.ipynb"))

WRONG = """def forget_gate(h_prev, x_t, W_f, b_f):
    z_t = np.concatenate([x_t, h_prev], axis=-1)
    return sigmoid(z_t @ W_f + b_f)"""
RIGHT = WRONG.replace("[x_t, h_prev]", "[h_prev, x_t]")


def test_lesson_04_follows_the_arrow_keys(lab):
    lab.open("notebooks/04-forget-gate.ipynb")
    lab.run_all()
    assert lab.errors() == []
    cell = lab.code_cell("half_life_demo()")
    handle = cell.get_by_role("slider")
    picture, sentence = cell.locator("img.lstm-picture"), cell.locator(".lstm-sentence")
    expect(sentence).to_have_text("f = 0.90: half is gone after 7 steps; 0.12 is left after 20.")
    before = picture.get_attribute("src")
    handle.focus()
    lab.page.keyboard.press("ArrowRight")
    expect(sentence).to_have_text("f = 0.91: half is gone after 8 steps; 0.15 is left after 20.")
    assert picture.get_attribute("src") != before
    assert "f = 0.91" in picture.get_attribute("alt")
    expect(cell.locator(".widget-readout")).to_have_text("0.91")
    cell.get_by_role("button", name="Reset").click()
    expect(sentence).to_contain_text("f = 0.90")


def test_exercise_04_names_the_cause_and_passes(lab):
    lab.open("exercises/04-forget-gate.ipynb")
    lab.run_all()
    assert lab.errors() == []
    answer, check = lab.code_cell("def forget_gate("), lab.code_cell('check("forget-gate"')
    expect(check).to_contain_text("not attempted yet")
    lab.type_into(answer, WRONG.splitlines())
    lab.run_cell(answer)
    lab.run_cell(check)
    expect(check).to_contain_text("x_t comes before h_prev in your joined vector")
    expect(check).to_contain_text("[0.27 0.88]")
    lab.type_into(answer, RIGHT.splitlines())
    lab.run_cell(answer)
    lab.run_cell(check)
    expect(check).to_contain_text("forget-gate: passed, 2 of 2 points.")


def test_the_explorer_steps_and_a_forget_gate_is_overridden(lab):
    lab.open("notebooks/10-the-whole-cell.ipynb")
    lab.run_all()
    assert lab.errors() == []
    cell = lab.code_cell("cell_explorer(")
    memory = cell.locator('[data-number="c_t"]').first
    expect(memory).to_have_text("+0.40")
    for word, value in (("which", "+0.37"), ("already", "+0.36"), ("ate", "+0.36")):
        lab.page.keyboard.press("Escape")
        cell.locator('[aria-current="step"]').focus()
        lab.page.keyboard.press("ArrowRight")
        expect(cell.locator("[data-word]")).to_have_text(word)
        expect(memory).to_have_text(value)
    gate = cell.get_by_role("slider", name="forget gate of this unit at this word")
    gate.focus()
    lab.page.keyboard.press("Home")  # f = 0: the memory of cats is gone
    expect(memory).to_have_text("0.00")


@pytest.mark.parametrize("name", LESSONS)
def test_every_lesson_runs_without_an_error(lab, name):
    lab.open(f"notebooks/{name}")
    lab.run_all()
    assert lab.errors() == []
