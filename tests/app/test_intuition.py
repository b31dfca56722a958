"""How well guesses fit, as the start page says it."""

import pytest

from lstm_course.app.intuition import intuition, surprises
from lstm_course.guesses import Guess

LINKS = {name: f"[Lesson {name}](notebooks/{name}.ipynb)" for name in "abcdefghij"}


def guesses(*offs):
    names = "abcdefghij"
    made = [Guess(n, f"Q{n}?", "1", "2", off, 1) for n, off in zip(names, offs, strict=False)]
    return {guess.name: guess for guess in made}


def test_without_a_guess_it_says_nothing():
    assert intuition({}, LINKS) == ""


@pytest.mark.parametrize(
    ("offs", "words"),
    [
        ((0.0,), "You guessed once of 10 possible, and were close in 100 % of it."),
        ((0.05, 0.5, 1.0), "You guessed 3 times of 10 possible, and were close in 33 % of it."),
    ],
)
def test_it_says_how_many_and_which_share_was_close(offs, words):
    assert words in intuition(guesses(*offs), LINKS)


def test_the_largest_surprises_come_first_with_a_link_to_their_lesson():
    made = guesses(0.2, 0.9, 0.05, 0.5, 0.7)
    assert [guess.name for guess in surprises(made)] == ["b", "e", "d"]
    line = "- *Qb?* You said 1; the answer was 2. ([Lesson b](notebooks/b.ipynb))"
    assert line in intuition(made, LINKS).splitlines()


def test_whoever_is_always_close_is_told_of_no_surprise():
    assert "surprised" not in intuition(guesses(0.0, 0.1), LINKS)


def test_a_prediction_that_the_course_no_longer_asks_has_no_link():
    assert intuition(guesses(1.0), {}).count("](") == 0


def test_marks_of_markdown_in_a_question_are_shown_as_they_are():
    made = {"a": Guess("a", "a_i *or* |b|\n# c?", "[1]", "`2`", 1.0, 1)}
    assert r"*a\_i \*or\* \|b\| # c?* You said \[1\]; the answer was \`2\`." in intuition(made, {})
