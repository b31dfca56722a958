"""How well guesses fit, as the start page says it."""

from pathlib import Path

import pytest

from lstm_course.app.start.intuition import FIRST, QUESTION, first_guess, intuition, surprises
from lstm_course.guesses import Guess

ROOT = Path(__file__).parents[2]
LESSONS = {name: f"0{k}-lesson" for k, name in enumerate("abcdefghij")}


def guesses(*offs):
    names = "abcdefghij"
    made = [Guess(n, f"Q{n}?", "1", "2", off, 1) for n, off in zip(names, offs, strict=False)]
    return {guess.name: guess for guess in made}


def test_without_a_guess_it_says_nothing():
    assert intuition({}, LESSONS) is None


def test_it_says_how_many_of_which_were_close():
    known = intuition(guesses(0.05, 0.5, 1.0), LESSONS)
    assert (known["guessed"], known["asked"], known["close"]) == (3, 10, 1)


def test_guesses_that_the_course_no_longer_asks_for_are_no_more_than_all():
    known = intuition(guesses(1.0, 0.0), {"a": "00-lesson"})
    assert known["asked"] == 2
    assert intuition(guesses(1.0), {})["surprises"][0]["lesson"] == ""


def test_the_largest_surprises_come_first_with_their_lesson():
    made = guesses(0.2, 0.9, 0.05, 0.5, 0.7)
    assert [guess.name for guess in surprises(made)] == ["b", "e", "d"]
    first = {"question": "Qb?", "said": "1", "was": "2", "lesson": "01-lesson"}
    assert intuition(made, LESSONS)["surprises"][0] == first


def test_whoever_is_always_close_is_told_of_no_surprise():
    assert intuition(guesses(0.0, 0.1), LESSONS)["surprises"] == []


@pytest.mark.parametrize(("verb", "close"), [("were", True), ("was", False)])
def test_the_guess_of_the_start_page_is_one_of_lesson_00(verb, close):
    made = first_guess(verb)
    assert (made.name, made.said, made.was, made.close) == (FIRST, verb, "were", close)
    lesson = (ROOT / "source" / "lessons" / "00-start-here.md").read_text(encoding="utf-8")
    asked = (
        f'"{FIRST}",\n    "{QUESTION}",\n    pick("was", "were", "it cannot know"),\n    "were",'
    )
    assert asked in lesson


def test_what_is_no_verb_of_the_question_is_no_guess():
    with pytest.raises(ValueError, match="verb is 'ate'; expected was or were"):
        first_guess("ate")
