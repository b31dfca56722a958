"""Design tasks for the whole cell: every condition that a task states is judged."""

import numpy as np
import pytest

from lstm_course import running_example as ex
from lstm_course.exercises.whole_cell import (
    ATTRACTED,
    TO_MEND,
    judge_mended,
    judge_shown,
    judge_subjects,
    wrong_verb,
)

ROW, SAW = np.zeros(5), np.array([0.0, 0, 0, 0, 1])
THE = np.array([0.0, 0, 1, 0, 0])


def test_the_lessons_cell_reads_all_sentences_but_those_with_an_object():
    assert [wrong_verb(s) for s in ATTRACTED] == [None] * 4
    failing = [s for s in TO_MEND if wrong_verb(s)]
    assert failing == [
        "the cats which already ate the fish were full",
        "the cats which ate the fish were full the dog was full",
    ]
    assert wrong_verb(failing[0])[:3] == ("fish", "was", "were")


def test_each_condition_of_show_it_once_is_judged():
    assert judge_shown(SAW, THE) is None
    assert "shows too much" in judge_shown(SAW + THE, THE).cause
    assert "shows too much" in judge_shown(SAW, SAW + THE).cause
    assert "o_clause is -0.5 at which" in judge_shown(SAW, THE - [0, 0.5, 0, 0, 0]).cause
    assert "o_number is 1.5 at saw" in judge_shown(1.5 * SAW, THE).cause
    assert "dog is written over cats" in judge_shown(SAW, ROW).cause
    assert "too little of it is shown" in judge_shown(0.5 * SAW, THE).cause


def test_each_condition_of_write_the_subject_is_judged():
    assert judge_subjects(np.array([0, 8, 4, 0, 0.0]), np.array(-5.0)) is None
    shut = judge_subjects(np.array([0, 8, 4, 0, 0.0]), np.array(-7.0))
    assert "not open far enough for cats" in shut.cause and "cats 0.73" in shut.got
    open_ = judge_subjects(np.array([0, 8, 4, 0, 0.0]), np.array(-4.0))
    assert "too far open for dog" in open_.cause
    turned = judge_subjects(np.array([0, 8, 4, -6, 0.0]), np.array(-2.0))
    assert turned.cause  # plural subjects are not written


@pytest.mark.parametrize("sentence", TO_MEND)
def test_a_cell_that_breaks_one_sentence_of_many_is_not_mended(sentence, monkeypatch):
    from lstm_course.exercises import whole_cell

    W_i = np.array([[0.0, 0], [8, 0], [3, -2], [0, 0], [0, 0]])
    assert judge_mended(W_i, np.array([-7.0, 1.0])) is None
    real = whole_cell.wrong_verb
    broken = whole_cell.WrongVerb("full", "was", "were", "")
    monkeypatch.setattr(
        whole_cell, "wrong_verb", lambda s, **y: broken if s == sentence else real(s, **y)
    )
    assert sentence in judge_mended(W_i, np.array([-7.0, 1.0])).got


def test_shutting_the_clause_for_good_breaks_the_next_sentence():
    W_i = ex.W_i.copy()
    W_i[4, 1] = -4
    found = judge_mended(W_i, ex.b_i)
    assert found.got.startswith("the cats which already ate were full the cat was full")
