"""A figure in words: those of the lesson for the lesson's cell, the axes' own for any other."""

import pytest
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from lstm_course.plots import plot_curves, plot_gate, shown, words
from lstm_course.plots.shown import show
from lstm_course.plots.words import digest, words_for

CODE = "ax = plot_gate(f_t)\nshow(ax)"
ALT = "Two bars: unit 1 at 0.27, unit 2 at 0.88."


@pytest.fixture
def running(monkeypatch, tmp_path):
    """Return a function that runs a cell and gives the words for its figure."""
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))  # no files in the home of who runs the tests
    shell = InteractiveShell.instance(config=Config({"HistoryManager": {"enabled": False}}))
    monkeypatch.setattr(words, "_kept", lambda: {digest(CODE): ALT})
    monkeypatch.setattr(shown, "display", lambda data, **rest: said.append(data["text/plain"]))
    said = []
    shell.push({"plot_gate": plot_gate, "show": show, "f_t": [0.27, 0.88], "i_t": [0.5, 0.25]})

    def run(code, **how):
        shell.run_cell(code, **how).raise_error()
        return said.pop()

    yield run
    InteractiveShell.clear_instance()


@pytest.mark.parametrize("code", [CODE, f"\n{CODE}\n", CODE.replace("\n", "  \n")])
def test_the_lessons_own_cell_has_the_lessons_words(running, code):
    assert running(code) == ALT


@pytest.mark.parametrize("history", [True, False])
def test_the_words_are_found_also_where_no_history_is_kept(running, history):
    """As under nbval."""
    assert running(CODE, store_history=history) == ALT


def test_a_cell_that_was_changed_has_the_words_of_its_axes(running):
    said = running(CODE.replace("f_t", "i_t"))
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
