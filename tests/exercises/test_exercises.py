"""Every exercise of the course: stubs, right answers, wrong answers and their causes."""

import re
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from other_ways import ways
from right_answers import RIGHT
from wrong_answers import OTHER_WORDS

from lstm_course.checks.diagnose import diagnose
from lstm_course.checks.outcome import NOT_ATTEMPTED
from lstm_course.checks.reply import Handed
from lstm_course.exercises import (
    Instead,
    Predict,
    SetValues,
    WriteFunction,
    all_exercises,
    find,
)
from lstm_course.grading.process.wire import pack, sendable, unpack

SOURCE = Path(__file__).parents[2] / "source" / "exercises"
EXERCISES = list(all_exercises().values())
FUNCTIONS = [e for e in EXERCISES if isinstance(e, WriteFunction)]
SEEDS = range(3)


def by_id(exercises):
    return pytest.mark.parametrize("exercise", exercises, ids=lambda e: e.id)


def outcome(exercise, *answers, seed=0):
    return diagnose(exercise, Handed(answers), np.random.default_rng(seed))


def own(function):
    """Return a function of this module: the catalogue's are the course's."""
    return lambda *arguments: function(*arguments)


def answer_with(exercise, wrong):
    """Return the answer that makes a mistake of the exercise's own."""
    if isinstance(wrong, Instead):
        (wrong,) = (s for s in exercise.slips if s.rank < 0 and s.cause == wrong.cause)
    return wrong.answer


def handed_wrong(exercise, wrong):
    if isinstance(exercise, WriteFunction):
        return (own(answer_with(exercise, wrong)),)
    return wrong.answer if isinstance(exercise, SetValues) else (wrong.answer,)


def inputs(exercise, seed):
    return [list(c.inputs.values()) for c in exercise.cases(np.random.default_rng(seed))]


def test_ids_are_unique():
    modules = SOURCE.parents[1].joinpath("lstm_course", "exercises").rglob("*.py")
    text = "\n".join(path.read_text(encoding="utf-8") for path in modules)
    ids = re.findall(r"^\s*id=\"([^\"]+)\"", text, re.MULTILINE)
    assert sorted(ids) == sorted(all_exercises())


@by_id(EXERCISES)
def test_it_is_complete(exercise):
    in_a_lesson = exercise.notebook == "00-start-here"
    assert exercise.points > 0 or in_a_lesson
    assert len(exercise.hints) >= 2 or in_a_lesson
    assert exercise.minutes > 0 and exercise.look and exercise.passed
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", exercise.id)


@by_id(EXERCISES)
def test_a_stub_is_not_attempted(exercise):
    def stub(*arguments):
        raise NotImplementedError

    stubs = [...] * len(exercise.asks_for)
    given = (stub,) if isinstance(exercise, WriteFunction) else stubs
    assert outcome(exercise, *given).status == NOT_ATTEMPTED
    assert outcome(exercise, *stubs).status == NOT_ATTEMPTED


@by_id(FUNCTIONS)
def test_there_are_enough_wrong_and_right_answers(exercise):
    if exercise.points:
        assert len(exercise.wrong) + len(exercise.slips) >= 50
        assert len(RIGHT.get(exercise.id, ())) >= 2, "add them to tests/right_answers.py"


@pytest.mark.parametrize(
    ("exercise_id", "answer"),
    [(i, a) for i, answers in RIGHT.items() for a in answers],
    ids=lambda v: getattr(v, "__name__", v),
)
def test_a_right_answer_passes_however_it_is_written(exercise_id, answer):
    for seed in SEEDS:
        result = outcome(find(exercise_id), own(answer), seed=seed)
        assert result.passed, repr(result)


WITH_RIGHT = [e for e in FUNCTIONS if RIGHT.get(e.id)]


@by_id(WITH_RIGHT)
def test_the_form_of_a_right_answer_does_not_matter(exercise):
    for right in RIGHT[exercise.id]:
        for name, way in ways(right).items():
            result = outcome(exercise, way)
            assert result.passed, f"{name}: {result!r}"


@by_id(WITH_RIGHT)
def test_two_digits_are_not_enough(exercise):
    right = RIGHT[exercise.id][0]
    rounded = lambda *a: tuple_or_one(_round(v) for v in _tuple(right(*a)))  # noqa: E731
    changes = any(
        not np.allclose(np.ravel(a), np.ravel(b), atol=1e-4)
        for arguments in inputs(exercise, 0)
        for a, b in zip(_tuple(right(*arguments)), _tuple(rounded(*arguments)), strict=True)
    )
    assert outcome(exercise, rounded).passed != changes


def _tuple(value):
    return value if isinstance(value, tuple) else (value,)


def tuple_or_one(values):
    values = tuple(values)
    return values if len(values) > 1 else values[0]


def _round(value):
    return np.round(np.asarray(value, float), 2)


@by_id(WITH_RIGHT)
def test_changing_an_input_does_not_pass(exercise):
    def careless(*arguments):
        value = RIGHT[exercise.id][0](*arguments)
        for argument in arguments:
            if isinstance(argument, np.ndarray) and argument.dtype.kind in "fi":
                argument += 1
        return value

    if any(isinstance(a, np.ndarray) for a in inputs(exercise, 0)[0]):
        assert not outcome(exercise, careless).passed


@by_id([e for e in FUNCTIONS if e.course])
def test_the_course_function_itself_is_not_the_answer(exercise):
    for course in exercise.course:
        assert outcome(exercise, course).status == "not your own"
        assert outcome(exercise, own(course)).status == "not your own"


@by_id([e for e in EXERCISES if isinstance(e, SetValues)])
def test_every_right_setting_passes(exercise):
    assert len(exercise.right) >= 3
    for setting in exercise.right:
        result = outcome(exercise, *setting)
        assert result.passed, repr(result)


@by_id([e for e in EXERCISES if isinstance(e, Predict)])
def test_the_right_prediction_passes(exercise):
    result = outcome(exercise, exercise.answer)
    assert result.passed, repr(result)


def mistakes(exercises):
    listed = [(e, one) for e in exercises for one in (*e.wrong, *getattr(e, "instead", ()))]
    names = [f"{e.id}-{one.cause[:20]}" for e, one in listed]
    return pytest.mark.parametrize(("exercise", "wrong"), listed, ids=names)


@mistakes(EXERCISES)
def test_a_wrong_answer_gets_its_own_cause(exercise, wrong):
    for seed in SEEDS:
        result = outcome(exercise, *handed_wrong(exercise, wrong), seed=seed)
        assert not result.passed and result.status != NOT_ATTEMPTED, repr(result)
        assert result.named, repr(result)
        assert result.cause == wrong.cause or is_plain_to_see(result.cause), repr(result)


def is_plain_to_see(cause):
    """Tell whether a cause says how the result looks, which comes before why it does."""
    return re.search(
        r"function returns|comes back;|place of another|has shape|overflow on the way", cause
    )


@mistakes(FUNCTIONS)
def test_a_wrong_answer_written_in_another_way_gets_the_same_cause(exercise, wrong):
    for name, way in ways(answer_with(exercise, wrong)).items():
        result = outcome(exercise, way, seed=9)
        assert result.cause == wrong.cause or is_plain_to_see(result.cause), f"{name}: {result!r}"


@pytest.mark.parametrize(
    ("exercise_id", "words", "answer"),
    [(i, words, a) for i, pairs in OTHER_WORDS.items() for words, a in pairs],
)
def test_a_wrong_answer_in_other_words_gets_the_cause(exercise_id, words, answer):
    for seed in SEEDS:
        result = outcome(find(exercise_id), answer, seed=seed)
        assert words in result.cause and result.named, repr(result)


@by_id(FUNCTIONS)
def test_inputs_can_be_sent_to_another_process(exercise):
    for arguments in inputs(exercise, 0):
        for value in arguments:
            assert sendable(value), f"{value!r:.80}: use arrays, numbers, text, tuples, lists"
            back = unpack(pack(value))
            assert type(back) is type(value)
            if isinstance(value, np.ndarray):
                assert back.dtype == value.dtype and np.array_equal(back, value)


@by_id(FUNCTIONS)
def test_inputs_are_drawn_anew(exercise):
    """Fresh numbers each time, so that no answer can be written for one set of inputs."""

    def text(seed):
        return repr([pack(v) for arguments in inputs(exercise, seed) for v in arguments])

    if exercise.points:
        assert text(0) != text(1)
        assert text(0) == text(0)


@cache
def solution_lines(notebook):
    """Return, by exercise id, the lines that the solution adds."""
    path = SOURCE / f"{notebook}.md"
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    cells = re.findall(r":answer: (\S+)\n(.*?)```", text, re.DOTALL)
    solved = r"### BEGIN SOLUTION(.*?)### END SOLUTION"
    return {i: "\n".join(re.findall(solved, cell, re.DOTALL)) for i, cell in cells}


@by_id(EXERCISES)
def test_no_hint_holds_a_line_of_the_solution(exercise):
    lines = solution_lines(exercise.notebook).get(exercise.id, "").splitlines()
    squeezed = ["".join(hint.split()) for hint in exercise.hints]
    for line in ("".join(line.split()) for line in lines):
        telling = len(line) > 8 and not line.startswith(("#", "for", "def", "import"))
        assert not (telling and any(line in hint for hint in squeezed)), line
