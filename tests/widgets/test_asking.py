"""A prediction: asked first, answered after a guess or on request, the same in every run."""

import json

import pytest

from lstm_course.guesses import FILE, read
from lstm_course.widgets import guess, guessed, pick, sketch, slide, slide_over
from lstm_course.widgets.asking import Card

WAYS = {
    "slider": (slide("left", 0, 1, 0.01, quantity="c_t"), 0.1216, 40, "0.12"),
    "powers": (slide_over("factor", (1, 10, 100), lambda x: f"{x:.0f}"), 10, 2, "10"),
    "choice": (pick("keep", "write", "erase"), "erase", 0, "erase"),
    "curve": (sketch("c", (0, 5, 10), 0, 1), (1, 0.5, 0.25), [0.5, 0.5, 0.5], "from 1 to 0.25"),
}


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A learner's course, with the kernel where JupyterLab starts it."""
    for name in ("notebooks", "exercises"):
        (tmp_path / name).mkdir()
    monkeypatch.chdir(tmp_path / "notebooks")
    return tmp_path


def ask(way="slider"):
    one, answer, *_ = WAYS[way]
    return guess("left-after-20", "How much is left?", one, answer, "{} is left")


def hear(card, **message):
    card._heard(card, message, [])
    return card.state


@pytest.mark.parametrize("way", WAYS)
def test_until_there_is_a_guess_the_page_is_told_nothing_of_the_answer(course, way):
    card = Card(ask(way))
    assert hear(card, hello=True) == {} == card.state
    answer = WAYS[way][3]
    told = json.dumps({k: v for k, v in card.spec.items() if k != "way"})
    assert answer not in told and "was" not in card.spec["way"]


@pytest.mark.parametrize("way", WAYS)
def test_a_guess_brings_the_answer_and_stands_beside_it(course, way):
    one, answer, at, text = WAYS[way]
    state = hear(Card(ask(way)), guess=at)
    assert state["was"] == pytest.approx(one.place(answer))
    assert state["said"] == pytest.approx(one.place(one.value(at)))
    said = one.text(one.value(at))
    assert state["sentence"] == f"You said {said}; {text} is left."
    assert json.loads(json.dumps(state)) == state


@pytest.mark.parametrize("way", WAYS)
def test_show_me_brings_the_answer_and_keeps_no_guess(course, way):
    state = hear(Card(ask(way)), show=True)
    assert state["said"] is None
    assert state["sentence"].lower() == f"{WAYS[way][3]} is left.".lower()
    assert read(course / FILE) == {}


@pytest.mark.parametrize("way", WAYS)
def test_what_a_notebook_keeps_is_the_same_with_and_without_a_guess(course, way):
    def stored(prediction):
        bundle = prediction._repr_mimebundle_()
        return {kind: value for kind, value in bundle.items() if kind.startswith("text/")}

    before = stored(ask(way))
    hear(Card(ask(way)), guess=WAYS[way][2])
    assert stored(ask(way)) == before
    assert set(before) == {"text/plain", "text/html"}


def test_a_guess_is_kept_and_taken_up_on_another_day(course):
    hear(Card(ask()), guess=40)
    [kept] = read(course / FILE).values()
    assert (kept.name, kept.said, kept.was) == ("left-after-20", "0.40", "0.12")
    assert kept.off == pytest.approx(0.2784) and not kept.close
    assert Card(ask()).state["sentence"] == "You said 0.40; 0.12 is left."


def test_a_kept_guess_that_the_question_no_longer_allows_is_asked_anew(course):
    hear(Card(ask("choice")), guess=1)
    assert Card(ask("slider")).state == {} == Card(ask("curve")).state


def test_without_a_page_nobody_has_guessed_whatever_is_kept(course):
    """Else a figure that draws the guess would differ from the stored one in a test run."""
    hear(Card(ask()), guess=40)
    prediction = ask()
    assert guessed("left-after-20") is None
    hear(Card(prediction), hello=True)
    assert guessed("left-after-20") == 0.4
    assert guessed("never asked") is None


def test_outside_of_a_course_it_works_and_keeps_nothing(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert hear(Card(ask()), guess=12)["sentence"] == "You said 0.12, and that is right."
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("way", "answer", "message"),
    [
        (slide("left", 0, 1, 0.1), 1.5, "left is 1.5; possible: from 0.00 to 1.00"),
        (pick("a", "b"), "c", "'c' is no option; there are: a, b"),
        (sketch("c", (0, 1), 0, 1), (0, 1, 2), r"c has shape \(3,\); expected 2"),
        (sketch("c", (0, 1), 0, 1), (0, 2), "c leaves the range from 0 to 1"),
    ],
)
def test_an_answer_that_nobody_could_give_is_an_error(way, answer, message):
    with pytest.raises(ValueError, match=message):
        guess("a", "Which?", way, answer)


def test_how_far_off_is_a_share_of_what_could_be_guessed():
    assert slide("a", 0, 10, 1).off(2, 7) == pytest.approx(0.5)
    assert slide_over("a", (1, 10, 100), str).off(1, 10) == pytest.approx(0.5)
    assert [pick("a", "b").off("a", other) for other in "ab"] == [0, 1]
    assert sketch("a", (0, 1), 0, 2).off((0, 0), (0, 2)) == pytest.approx(0.5)


def test_symbols_of_a_question_are_set_where_nothing_runs():
    html = guess("a", "Is h_{t-1} < a_f?", pick("yes"), "yes")._repr_mimebundle_()["text/html"]
    assert "Is h<sub>t−1</sub> &lt; a<sub>f</sub>?" in html


@pytest.mark.parametrize(
    ("way", "sentence"),
    [
        ("slider", "It is 0.12."),
        ("choice", "The answer is erase."),
        ("curve", "It goes from 1 to 0.25."),
    ],
)
def test_without_words_of_its_own_an_answer_is_said_as_its_way_does(course, way, sentence):
    one, answer, *_ = WAYS[way]
    assert hear(Card(guess("a", "Which?", one, answer)), show=True)["sentence"] == sentence
