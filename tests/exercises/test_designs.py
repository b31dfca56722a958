"""Tasks to design something: every condition that the text states is judged, and none besides."""

import ast
import re
from pathlib import Path

import numpy as np
import pytest

from lstm_course.exercises import find
from lstm_course.exercises.ex08_hidden_state.asked import OTHER, SHOWN, cell

SOURCE = Path(__file__).parents[2] / "source" / "exercises"
HALVES = np.repeat([1.0, -1.0], 10)


def cause(exercise_id, *values):
    """Return what the judge finds wrong, "" for nothing."""
    finding = find(exercise_id).judge(*map(np.asarray, values))
    return finding.cause if finding else ""


# break-a-leaky-memory


@pytest.mark.parametrize(
    ("offers", "said"),
    [
        (HALVES, ""),
        (np.where(np.arange(20) == 3, 1.5, HALVES), "step 4"),
        (np.where(np.arange(20) == 3, np.nan_to_num(-np.inf), HALVES), "step 4"),
        (np.where(np.arange(20) == 3, 0.9, HALVES), "add up to -0.10"),
        (np.roll(HALVES, 3), "tight memory falls"),
        (0.8 * HALVES, "leaky memory ends at -0.90"),
        (0 * HALVES, "leaky memory ends at 0.12"),
    ],
)
def test_each_condition_on_the_offers_is_judged(offers, said):
    found = cause("break-a-leaky-memory", offers)
    assert said in found and bool(said) == bool(found)


def test_a_sum_within_a_hundredth_counts_as_zero():
    assert not cause("break-a-leaky-memory", HALVES - 0.001 * (HALVES > 0))
    assert cause("break-a-leaky-memory", HALVES - 0.002 * (HALVES > 0))


# remember-until-asked


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (cell(), ""),
        (cell(store=(0, -10, 0)), "At step 3, which stores, i is"),
        (cell(value=0.1), "At step 3, which stores, the offer"),
        (cell(value=-2), "At step 3, which stores, the offer"),
        (cell(store=(10, 0, 0)), "At step 8, which stores, f is"),
        (cell(b=(-1, 5, -5)), "which stores nothing, i is"),
        (cell(b=(-5, 1, -5)), "The memory fades before it is asked for: at step"),
        (cell(ask=(0, 0, 4)), "At step 6, which asks, o is 0.27"),
        (cell(b=(-5, 5, -2)), "At step 3 h is shown, and nobody asks"),
    ],
)
def test_each_part_of_the_cell_is_judged(values, said):
    found = cause("remember-until-asked", *values)
    assert said in found and bool(said) == bool(found)


def test_a_cell_made_for_the_shown_numbers_alone_fails_on_others():
    """It holds for four steps, and no longer."""
    leaky = cell(value=5, b=(-5, np.log(0.83 / 0.17), -5))
    assert cause("remember-until-asked", *leaky).startswith("With other numbers: The memory fades")


def test_the_judge_reads_the_steps_that_the_notebook_shows():
    text = (SOURCE / "08-hidden-state.md").read_text(encoding="utf-8")
    row = re.search(r"xs\[:, 0\] = (\[.*?\])", text)[1]
    assert ast.literal_eval(row) == SHOWN[:, 0].tolist()
    for column, name in ((1, "1 = 1  # steps 3 and 8"), (2, "1 = 1  # steps 6 and 12")):
        steps = [int(n) for n in re.findall(r"\d+", name.partition("#")[2])]
        assert (np.flatnonzero(SHOWN[:, column]) + 1).tolist() == steps
    assert "# steps 3 and 8" in text and "# steps 6 and 12" in text


@pytest.mark.parametrize("xs", [SHOWN, OTHER])
def test_a_number_is_stored_before_each_question_and_noise_lies_between(xs):
    for asked in np.flatnonzero(xs[:, 2]):
        last = np.flatnonzero(xs[:asked, 1])[-1]
        assert asked - last > 2
        assert (np.sign(xs[last + 1 : asked, 0]) != np.sign(xs[last, 0])).any()


# tell-them-apart and show-at-the-end


def test_the_number_in_the_hint_leads_to_an_answer_that_passes():
    (hint,) = (text for text in find("tell-them-apart").hints if "1.48" in text)
    assert "or more" in hint
    assert not cause("tell-them-apart", 1.48 / 3) and cause("tell-them-apart", 1.47 / 3)


@pytest.mark.parametrize("seed", range(5))
def test_showing_at_the_end_what_was_not_held_does_not_pass(seed):
    f, i = np.random.default_rng(seed).random((2, 20))
    f[-1], i[-1], o = 0, 1, np.eye(20)[-1]
    assert re.search("memory fades|noise is written", cause("show-at-the-end", f, i, o))
    assert cause("show-at-the-end", np.zeros(20), np.ones(20), o)
