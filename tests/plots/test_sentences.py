"""The small grammar, and the shortest sentences that cuts break, searched for anew."""

import itertools

import pytest

from lstm_course import running_example as cell
from lstm_course.exercises import find
from lstm_course.exercises.ex10_the_whole_cell.break_it import CUTS
from lstm_course.plots.diagram import explore
from lstm_course.plots.diagram.sentences import broken_by, form_of, right_verb_of, sentences

UP_TO = 6  # words; every order of the words of the lesson is tried


def breaks(words, cut):
    text, right = " ".join(words), "were" if words[1].endswith("s") else "was"
    return explore(text)[-1].verb == right != explore(text, cut=cut)[-1].verb


def all_of_length(count):
    """Return every sentence of the asked form, from all words of the lesson."""
    heads = (["the", noun] for noun in ("cat", "cats", "dog", "dogs"))
    tails = itertools.product(cell.WORDS, repeat=count - 2)
    both = ([*head, *tail] for head, tail in itertools.product(heads, tails))
    return [words for words in both if not form_of(words)]


FORMS = {count: all_of_length(count) for count in range(2, UP_TO + 1)}


@pytest.mark.parametrize("name", CUTS)
def test_no_sentence_of_the_form_is_shorter_than_the_one_asked_for(name):
    asked = len(broken_by(CUTS[name])[0].split())
    lengths = [count for count, all_ in FORMS.items() if any(breaks(w, CUTS[name]) for w in all_)]
    assert min(lengths) == asked


@pytest.mark.parametrize("name", CUTS)
def test_every_shortest_sentence_passes(name):
    exercise, at = find("break-it"), list(CUTS).index(name)
    for words in FORMS[len(broken_by(CUTS[name])[0].split())]:
        answer = list(exercise.right[0])
        answer[at] = " ".join(words)
        assert (exercise.judge(*answer) is None) == breaks(words, CUTS[name]), words


def test_the_three_cuts_want_three_lengths():
    assert [len(broken_by(cut)[0].split()) for cut in CUTS.values()] == [2, 4, 6]


def test_all_sentences_have_the_form_and_none_stands_twice():
    assert [s for s in sentences() if form_of(s.split())] == []
    assert len(sentences()) == len(set(sentences())) == 22
    assert {right_verb_of(s) for s in sentences()} == {"was", "were"}


@pytest.mark.parametrize(
    "text",
    ["", "the", "cats", "the which", "the cats ate", "the cats which", "the cats which the dog",
     "the cats which the dog already", "the cats which ate the", "the cats which already",
     "the cats which ate already", "the cats which ate the dog which saw", "the cats full"],
)  # fmt: skip
def test_what_has_not_the_form_is_told(text):
    assert form_of(text.split())
