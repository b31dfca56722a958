"""What a learner guessed is kept in one file, whatever has happened to it."""

import json

import pytest

from lstm_course.guesses import FILE, Guess, file_around, keep, read

LEFT = Guess("left-after-20", "What is left?", "0.40", "0.12", 0.28, 0.4)


def guess(name, off=0.5, value=1):
    return Guess(name, "Which?", "a", "b", off, value)


def test_what_is_kept_is_read_again_in_its_order(tmp_path):
    path = tmp_path / FILE
    sketched = guess("a", value=[0.0, 0.5])
    keep(path, LEFT)
    keep(path, sketched)
    assert list(read(path).values()) == [LEFT, sketched]


def test_the_first_guess_counts(tmp_path):
    path = tmp_path / "guesses.json"
    keep(path, LEFT)
    keep(path, Guess(LEFT.name, LEFT.question, "0.12", "0.12", 0.0, 0.12))
    assert read(path) == {LEFT.name: LEFT}


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", '{"guesses": 3}', '{"guesses": ["a"]}', "\x00", "[" * 100_000, "1e999"],
)
def test_a_broken_file_is_an_empty_one_and_can_be_written_again(tmp_path, text):
    path = tmp_path / "guesses.json"
    path.write_text(text, encoding="utf-8")
    assert read(path) == {}
    keep(path, LEFT)
    assert read(path) == {LEFT.name: LEFT}


@pytest.mark.parametrize("wrong", [{"off": "far"}, {"off": 2}, {"off": None}, {"said": 3}, "gone"])
def test_an_entry_that_cannot_be_understood_is_left_out_and_the_others_stay(tmp_path, wrong):
    path = tmp_path / "guesses.json"
    keep(path, LEFT)
    plain = json.loads(path.read_text(encoding="utf-8"))
    entry = dict(plain["guesses"][LEFT.name])
    plain["guesses"]["other"] = wrong if wrong == "gone" else entry | wrong
    path.write_text(json.dumps(plain), encoding="utf-8")
    assert read(path) == {LEFT.name: LEFT}


def test_where_nothing_can_be_written_nothing_is_kept_and_nothing_fails(tmp_path):
    (tmp_path / ".jupyter-user").write_text("a file, no folder", encoding="utf-8")
    keep(tmp_path / FILE, LEFT)
    keep(None, LEFT)
    assert read(tmp_path / FILE) == read(None) == {}


def test_the_file_lies_in_the_course_around_a_notebook(tmp_path):
    for name in ("notebooks", "exercises"):
        (tmp_path / "course" / name).mkdir(parents=True)
    assert file_around(tmp_path / "course" / "notebooks") == tmp_path / "course" / FILE
    assert file_around(tmp_path) is None


@pytest.mark.parametrize(("off", "close"), [(0.0, True), (0.1, True), (0.11, False), (1.0, False)])
def test_close_is_within_a_tenth_of_what_could_be_guessed(off, close):
    assert guess("a", off).close is close
