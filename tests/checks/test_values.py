"""Values in whatever form learners write them: right ones pass, wrong forms are told in words."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from lstm_course.checks import check
from lstm_course.checks.diagnose import diagnose
from lstm_course.checks.outcome import NOT_ATTEMPTED
from lstm_course.checks.values import MISSING, given
from lstm_course.exercises import Predict, SetValues, WriteFunction, all_exercises, find

EXERCISES = [e for e in all_exercises().values() if not isinstance(e, WriteFunction)]
INF = np.inf
WIRES = find("draw-the-wires").right[0][0]

RIGHT = [
    *(("memory-left", kind(0.35)) for kind in (np.float32, np.array, Decimal, Fraction)),
    *(("memory-left", held) for held in ([0.35], (0.35,), {0.35}, np.array([[0.35]]))),
    ("count-weights", [np.int64(640)]),
    ("six-steps", np.array(6, dtype=object)),
    *(("batch-first", shape) for shape in ([1, 32, 20], np.array([1, 32, 20]))),
    ("batch-first", (np.int64(1), np.float32(32), 20)),
    *(("why-h", letter) for letter in ("b", "B", " b ", "b.", "(b)", "b)", '"b"', "**b**", "b:")),
    *(("why-h", letter) for letter in (np.str_("b"), np.array("b"), ["b"], ("B",), {"b"}, "ｂ")),
    ("half-life-bias", [3.345]),
    ("pass-one-feature", [-INF, INF, -INF]),
    ("pass-one-feature", np.log(99) * np.array([-1, 1, -1])),
    ("read-it-off", [[-INF, INF], [0, 0]], [0, 0]),
    ("plural-nouns-only", [6, 6, 0], [-9]),
    ("plural-nouns-only", (np.int64(6), np.float64(6), 0), np.float32(-9)),
    ("show-at-the-verb", [0, 0, 0, 0, INF], -1000),
    ("hold-through-noise", True, False),
    ("three-fates", 0, 0.28, 0.5),
    ("draw-the-wires", set(WIRES)),
    ("draw-the-wires", {wire: 1 for wire in WIRES}.keys()),
    ("draw-the-wires", np.array(WIRES, dtype=object)),
    ("draw-the-wires", [[a + " ", b] for a, b in WIRES]),
    ("draw-the-wires", [*WIRES, ("h_t", "softmax"), ("softmax", "y_t")]),
    ("break-it", "The cats.", ["the", "cat", "which", "ate"], "the cats  which the dog saw "),
    ("verdicts", *(f" {c.upper()}." for c in "bcabcdb")),
]


@pytest.mark.parametrize("answer", RIGHT, ids=[f"{k} {a[0]}" for k, a in enumerate(RIGHT)])
def test_a_right_value_passes_in_whatever_form_it_comes(answer):
    result = check(*answer)
    assert result.passed, repr(result)


TOLD = [
    (("memory-left", "0.35"), "left is the text '0.35'; expected one number, without quotes."),
    (("memory-left", None), "left is None; expected one number. (print shows"),
    (("memory-left", [0.35, 0.4]), "left holds 2 numbers; expected one number."),
    (("memory-left", []), "left holds no number; expected one number."),
    (("memory-left", np.nan), "left holds nan, which is no number"),
    (("memory-left", INF), "left holds inf; expected finite numbers."),
    (("memory-left", 3j), "left is 3j; expected one number."),
    (("memory-left", print), "left is <built-in function print>; expected one number."),
    (("first-loss", (3, 43)), "a point, as in 3.43"),
    (("batch-first", {1, 32, 20}), "a set, which has no order"),
    (("batch-first", (1, 32)), "h_n_shape holds 2 numbers; expected 3 numbers."),
    (("batch-first", 20), "h_n_shape holds one number; expected 3 numbers."),
    (("batch-first", map(int, "123")), "h_n_shape is a map, which is empty once"),
    (("view-or-copy", [2, 3]), 'changed is [2, 3]; expected "a", "b", "c" or "d".'),
    (("view-or-copy", 2), "Write the letter itself, in quotes."),
    (("view-or-copy", ["a", "b"]), 'changed holds 2 letters; expected one of "a", "b"'),
    (("view-or-copy", "2 and 3"), "changed is '2 and 3'; expected"),
    (("pass-one-feature", [[-5], [5], [-5]]), "one below the other, shape (3, 1); expected (3,)"),
    (("pass-one-feature", [[-5, 5, -5]]), "in a list inside a list"),
    (("show-at-the-end", 1, 0, np.ones(20)), "f holds one number; expected 20 numbers."),
    (("draw-the-wires", dict(WIRES)), "expected a list of pairs of names."),
    (("draw-the-wires", zip("ab", "cd", strict=True)), "wires is a zip, which is empty once"),
    (("draw-the-wires", [set(wire) for wire in WIRES]), "A wire is a pair such as"),
    (("draw-the-wires", "x_t -> join"), "expected a list of pairs of names."),
    (("break-it", "the cats", "the cat which ate", 6), "without_h is 6; expected a sentence, in"),
]


@pytest.mark.parametrize(("answer", "words"), TOLD, ids=[words for _, words in TOLD])
def test_a_wrong_form_is_told_in_words_and_named(answer, words):
    result = check(*answer)
    assert words in result.cause, repr(result)
    assert result.named and not result.passed
    assert "\n" not in result.cause and len(result.cause) < 200


class Names:
    """An answer whose names hold these things; `missing` where one does not exist."""

    def __init__(self, *held):
        self._held = held
        self.origin = "value"

    def values(self):
        return tuple(MISSING if value is Names else given(value) for value in self._held)


@pytest.mark.parametrize(
    ("held", "words"),
    [
        (([5, 5, 0], Names), "b is missing; w is there."),
        ((Names, 1), "w is missing; b is there."),
        (([5, 5, 0], ...), "b still holds `...`; w is there."),
    ],
)
def test_names_of_a_group_are_told_one_by_one(held, words):
    result = diagnose(find("plural-nouns-only"), Names(*held), None)
    assert (result.status, result.cause) == ("incomplete", words)


def test_six_letters_and_a_misspelt_name_are_not_taken_for_nothing():
    result = diagnose(find("verdicts"), Names(*"bcabcd", ...), None)
    assert result.cause.startswith("claim_7 still holds `...`; claim_1, claim_2,")
    assert result.status == "incomplete"


@pytest.mark.parametrize(
    ("held", "words"),
    [
        ((..., ...), "Put your answer in place of `...` in w and b."),
        ((Names, Names), "There is no w and b in the notebook."),
        ((..., Names), "b is missing; w still holds `...`."),
    ],
)
def test_nothing_at_all_is_not_attempted(held, words):
    result = diagnose(find("plural-nouns-only"), Names(*held), None)
    assert (result.status, result.cause) == (NOT_ATTEMPTED, words)


class NoDraw:
    """A generator that fails as soon as a judge asks it for a number."""

    def __getattr__(self, name):
        raise AssertionError("the verdict on a value depends on a draw")


def known_answers(exercise):
    """Return all catalogued answers to an exercise, right and wrong."""
    if isinstance(exercise, SetValues):
        return [*exercise.right, *(wrong.answer for wrong in exercise.wrong)]
    return [(exercise.answer,), *((wrong.answer,) for wrong in exercise.wrong)]


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.id)
def test_no_draw_decides_on_values(exercise):
    for answer in known_answers(exercise):
        assert diagnose(exercise, Names(*answer), NoDraw()).exercise_id == exercise.id


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.id)
def test_each_letter_that_is_not_it_has_a_reason(exercise):
    if isinstance(exercise, Predict) and exercise.choices:
        known = {exercise.answer, *(wrong.answer for wrong in exercise.wrong)}
        assert known == set(exercise.choices)


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.id)
def test_two_catalogued_values_are_never_the_same(exercise):
    """Where two mistakes give one number, one entry says both."""
    answers = [np.asarray(a[0]) for a in known_answers(exercise) if isinstance(exercise, Predict)]
    for k, one in enumerate(answers):
        for other in answers[:k]:
            assert one.shape != other.shape or not np.all(one == other)
