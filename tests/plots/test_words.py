"""A figure in words: those of the lesson for the lesson's cell, the axes' own for any other."""

from types import SimpleNamespace

import pytest

from lstm_course.plots import plot_curves, plot_gate, words
from lstm_course.plots.shown import show
from lstm_course.plots.words import digest, words_for

CODE = "ax = plot_gate(f_t)\nshow(ax)"
ALT = "Two bars: unit 1 at 0.27, unit 2 at 0.88."


@pytest.fixture
def running(monkeypatch):
    """Return a function that says which cell runs; one cell has words."""
    history = SimpleNamespace(input_hist_raw=[""])
    shell = SimpleNamespace(history_manager=history)
    monkeypatch.setattr(words.InteractiveShell, "initialized", lambda: True)
    monkeypatch.setattr(words.InteractiveShell, "instance", lambda: shell)
    monkeypatch.setattr(words, "_kept", lambda: {digest(CODE): ALT})
    return history.input_hist_raw.append


@pytest.mark.parametrize("code", [CODE, f"\n{CODE}\n", CODE.replace("\n", "  \n")])
def test_the_lessons_own_cell_has_the_lessons_words(running, code):
    running(code)
    assert words_for(plot_gate([0.27, 0.88]).figure) == ALT


def test_a_cell_that_was_changed_has_the_words_of_its_axes(running):
    running(CODE.replace("f_t", "i_t"))
    said = words_for(plot_gate([0.5, 0.25], name="i_t").figure)
    assert ALT not in said
    assert "0.5" in said and "0.25" in said


def test_the_axes_tell_labels_and_where_each_curve_goes():
    ax = plot_curves({"b_f = 0": [1.0, 0.5, 0.25]}, ylabel="memory $c_t$")
    said = words_for(ax.figure)
    assert "memory c_t" in said and "$" not in said
    assert "b_f = 0 from 1 to 0.25, between 0.25 and 1" in said


def test_a_figure_shown_without_words_says_those_of_its_axes(capsys):
    show(plot_curves({"f = 0.9": [1.0, 0.9]}, ylabel="memory"))
    assert "f = 0.9 from 1 to 0.9" in capsys.readouterr().out
