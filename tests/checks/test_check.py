"""What `check` and `hint` say in a notebook."""

import re
from html import unescape

import numpy as np
import pytest
from learners import ANSWERS
from right_answers import RIGHT

import lstm_course
from lstm_course import checks
from lstm_course.checks import check, hint
from lstm_course.checks.outcome import Message, Outcome
from lstm_course.exercises import find


def learners(source):
    """Return the names that a learner's cell defines."""
    names = {"np": np, "sigmoid": lstm_course.sigmoid}
    exec(source, names)
    return names


FORGET = learners(ANSWERS["forget-gate"])["forget_gate"]


def swapped(h_prev, x_t, W_f, b_f):
    return lstm_course.sigmoid(np.concatenate([x_t, h_prev], axis=-1) @ W_f + b_f)


def loud(h_prev, x_t, W_f, b_f):
    return np.log(-1.0) + h_prev.no_such_thing


def stub(h_prev, x_t, W_f, b_f):
    raise NotImplementedError


class EqualToAll:
    def __eq__(self, other):
        return True

    def __repr__(self):
        raise RuntimeError


ANSWERS_SEEN = {
    "passed": FORGET,
    "wrong": swapped,
    "error": loud,
    "not attempted": stub,
    "value": 3,
    "none": lambda h, x, W, b: None,
    "text": lambda h, x, W, b: "<b>0.5</b> & more",
    "complex": lambda h, x, W, b: FORGET(h, x, W, b) + 0j,
    "array of text": lambda h, x, W, b: np.array(["a", "b"]),
    "array of objects": lambda h, x, W, b: np.array([None, 1.0], dtype=object),
    "other shapes": lambda h, x, W, b: np.zeros((2, 2, 0)),
    "a class": int,
    "a dict": lambda h, x, W, b: {"f_t": 1},
    "equal to all": lambda h, x, W, b: EqualToAll(),
    "ragged": lambda h, x, W, b: [[1.0], [1.0, 2.0]],
    "too many": lambda h, x, W, b: (FORGET(h, x, W, b), 1.0),
    "shape": lambda h, x, W, b: FORGET(h, x, W, b)[..., None],
    "nan": lambda h, x, W, b: FORGET(h, x, W, b) * np.nan,
    "few arguments": lambda h, x: h,
    "course": lstm_course.forget_gate,
}


def words(text):
    return re.findall(r"\w+", text)


def words_of_html(html):
    """Return the words as one reads them: a subscript is an underscore, a mark breaks nothing."""
    folded = re.sub(r"<details.*?</details>", "", html, flags=re.DOTALL)
    joined = folded.replace("<sub>", "_").replace("<sup>", "^")
    joined = re.sub(r"</?(i|sub|sup|strong|code|span)\b[^>]*>", "", joined)
    return words(unescape(re.sub(r"<[^>]*>", " ", joined)))


@pytest.mark.parametrize("name", ANSWERS_SEEN)
def test_text_and_html_say_the_same_words(name):
    result = check("forget-gate", ANSWERS_SEEN[name])
    bundle = result._repr_mimebundle_()
    assert words_of_html(bundle["text/html"]) == words(bundle["text/plain"])
    assert bundle["text/plain"] == repr(result)
    assert result.passed == (name == "passed")


def test_a_wrong_answer_gets_cause_example_and_next_step_in_that_order():
    lines = repr(check("forget-gate", swapped)).split("\n")
    assert lines[0].startswith("forget-gate, line ") and "np.concatenate([x_t, h_prev]" in lines[0]
    assert lines[1].startswith("x_t comes before h_prev. The equations have [h_prev, x_t]")
    labels = [line.split()[0] for line in lines[2:-1]]
    assert labels == ["inputs", "yours", "^^", "expected"]
    assert lines[-1].startswith("Next: ") and 'hint("forget-gate")' in lines[-1]


def test_the_expected_numbers_are_those_of_the_lesson():
    assert "expected [0.27 0.88]" in repr(check("forget-gate", swapped))


def test_a_traceback_is_folded_and_begins_at_the_learners_line():
    result = check("forget-gate", loud)
    html = result._repr_mimebundle_()["text/html"]
    assert "<details" in html and "no_such_thing" in result.trace
    assert "reply.py" not in result.trace and "Traceback" not in repr(result)
    where = "return np.log(-1.0) + h_prev.no_such_thing"
    assert result.line[1] == where and where in repr(result)


def test_html_from_an_answer_stays_text():
    html = check("memory-left", "<script>alert(1)</script>")._repr_mimebundle_()["text/html"]
    assert "<script>" not in html


def test_a_pass_says_what_the_learner_now_has():
    text = repr(check("forget-gate", FORGET))
    assert text.startswith("forget-gate: passed, 2 of 2 points.\n")
    assert find("forget-gate").passed in text


def test_an_unknown_id_suggests_the_nearest():
    for ask in (check, hint):
        assert 'Did you mean "forget-gate"?' in repr(ask("forgetgate"))
    assert "stands in bold" in repr(check("%%%"))


@pytest.mark.parametrize("odd", [None, 3, ("a",), ["forget-gate"], np.zeros(2), FORGET])
def test_an_id_of_another_type_is_answered_in_one_line(odd):
    for ask in (check, hint):
        result = ask(odd)
        assert isinstance(result, Message) and "\n" not in repr(result)
        assert '"forget-gate"' in repr(result) or "stands in bold" in repr(result)


def test_a_wrong_number_of_answers_shows_the_call():
    for answers in ((), (FORGET, 2), (1, 2, 3)):
        assert 'check("forget-gate", forget_gate)' in repr(check("forget-gate", *answers))


def test_a_called_function_is_told_from_a_function():
    result = check("forget-gate", FORGET(*find("forget-gate").example.inputs.values()))
    assert result.status == "wrong type" and "without calling it" in result.look


ODD = [None, "0.35", [], [1, 2], np.nan, {}, "", 1j, object(), [[1], [2, 3]], np.zeros((3, 3))]


@pytest.mark.parametrize("value", [*ODD, EqualToAll()])
@pytest.mark.parametrize("exercise", ["memory-left", "half-life-bias"])
def test_bad_values_are_answered_without_a_traceback(exercise, value):
    result = check(exercise, value)
    assert isinstance(result, Outcome) and not result.passed
    assert result.cause and "\n" not in result.cause


def test_a_right_value_may_come_as_array_or_list():
    for value in (0.35, np.float32(0.35), np.array(0.35), "0.35"):
        assert check("memory-left", value).passed == (not isinstance(value, str))


@pytest.mark.parametrize("exercise", ["lstm-step", "back-to-weights", "sequence-backward"])
def test_several_results_may_come_as_a_list_in_their_order(exercise):
    right = RIGHT[exercise][0]
    assert check(exercise, lambda *inputs: list(right(*inputs))).passed
    assert not check(exercise, lambda *inputs: list(right(*inputs))[::-1]).passed
    assert not check(exercise, lambda *inputs: list(right(*inputs))[:-1]).passed


def test_checking_changes_nothing_that_the_next_check_sees():
    """A careless answer must not spoil the stored examples."""

    def careless(h_prev, x_t, W_f, b_f):
        h_prev += 1
        W_f *= 0
        return b_f

    check("forget-gate", careless)
    assert check("forget-gate", FORGET).passed


def test_hints_climb_and_stop_at_the_last():
    checks._rungs.clear()
    rungs = find("forget-gate").hints
    said = [repr(hint("forget-gate")) for _ in range(len(rungs) + 2)]
    for k, text in enumerate(rungs):
        assert said[k].startswith(f"Hint {k + 1} of {len(rungs)}") and said[k].endswith(text)
    assert said[-1] == said[-2] and "(the last one)" in said[-1]


def test_hints_of_one_exercise_do_not_use_up_those_of_another():
    checks._rungs.clear()
    hint("forget-gate")
    assert repr(hint("memory-left")).startswith("Hint 1 of ")


def _z(h, x):
    return np.concatenate([x, h], axis=-1)


TWO_MISTAKES = {
    "x first, no bias": lambda h, x, W, b: lstm_course.sigmoid(_z(h, x) @ W),
    "x first, tanh": lambda h, x, W, b: np.tanh(_z(h, x) @ W + b),
    "x first, no σ": lambda h, x, W, b: _z(h, x) @ W + b,
    "no bias, 1 - f": lambda h, x, W, b: 1 - FORGET(h, x, W, 0 * b),
    "no x, minus b": lambda h, x, W, b: FORGET(h, 0 * x, W, -b),
    "cut, x first": lambda h, x, W, b: np.round(lstm_course.sigmoid(_z(h, x) @ W + b)),
}


@pytest.mark.parametrize("name", TWO_MISTAKES)
def test_two_mistakes_at_once_are_not_named_as_one_of_them(name):
    result = check("forget-gate", TWO_MISTAKES[name])
    assert not result.passed
    assert result.cause.startswith("Two things: ") or not result.named, repr(result)


UPDATE = """def update(f_t, c_prev, i_t, c_tilde, o_t):
    c_t = f_t * c_prev + i_t * c_tilde
    h_t = o_t * {shown}
    return {results}"""


@pytest.mark.parametrize("results", ["h_t, c_t", "c_t, h_t"])
def test_an_answer_in_the_order_that_its_task_asked_for_once_passes_and_is_judged_in_it(results):
    names = {}
    exec(UPDATE.format(shown="np.tanh(c_t)", results=results), {"np": np}, names)
    assert check("old-memory", names["update"]).passed
    exec(UPDATE.format(shown="c_t", results=results), {"np": np}, names)
    outcome = check("old-memory", names["update"])
    assert not outcome.passed and "place of another" not in repr(outcome)
    assert "yours h_t" in repr(outcome) and "yours c_t" not in repr(outcome)
