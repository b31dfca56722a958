"""An overflow is seen in the numbers, whether or not NumPy tells."""

import warnings

import numpy as np
import pytest

from lstm_course.checks.diagnose import diagnose
from lstm_course.checks.overflow import Watched, told_by_warnings, watched, watching
from lstm_course.checks.reply import Handed, call_once
from lstm_course.exercises import find

FAR = np.array([-1000.0, 0.0, 1000.0])


def naive(a):
    return 1 / (1 + np.exp(-a))


def in_silence(a):
    with np.errstate(all="ignore"):
        return naive(a)


def unwarned(a):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return naive(a)


def of_a_plain_array(a):
    with np.errstate(all="ignore"):
        return naive(np.asarray(a).copy().view(np.ndarray))


def number_by_number(a):
    with np.errstate(all="ignore"):
        return np.vectorize(naive)(a)


def of_another_power(a):
    with np.errstate(all="ignore"):
        return 1 / (1 + np.e**-a)


def of_both_sides(a):
    with np.errstate(all="ignore"):
        return np.where(a >= 0, naive(a), np.exp(a) / (1 + np.exp(a)))


def in_place(a):
    with np.errstate(all="ignore"):
        out = -a
        np.exp(out, out=out)
        return 1 / (1 + out)


def masked(a):
    """Never compute the side that would overflow; what `empty` holds there may be anything."""
    small = np.full_like(a, np.inf)
    np.exp(-a, out=small, where=a >= 0)
    np.exp(a, out=small, where=a < 0)
    return np.where(a >= 0, 1, small) / (1 + small)


HIDDEN = [
    in_silence,
    unwarned,
    of_a_plain_array,
    number_by_number,
    of_another_power,
    of_both_sides,
    in_place,
]


def outcome(answer):
    return diagnose(find("stable-sigmoid"), Handed((answer,)), np.random.default_rng(0))


@pytest.mark.parametrize("answer", [naive, *HIDDEN])
def test_right_values_with_an_overflow_on_the_way_do_not_pass(answer):
    found = outcome(answer)
    assert found.status == "overflow"
    assert "overflow on the way" in found.cause and found.named


@pytest.mark.parametrize("answer", HIDDEN)
def test_it_is_seen_where_numpy_never_warns(answer):
    assert call_once(answer, [FAR], watch=True).overflows


def test_what_switches_warnings_off_without_need_passes():
    def quiet(a):
        warnings.simplefilter("ignore")
        return 0.5 * (1 + np.tanh(0.5 * a))

    assert outcome(quiet).passed


def test_an_infinity_that_was_there_before_is_no_overflow():
    assert outcome(masked).passed
    assert not call_once(lambda a: np.exp(-a), [np.array([np.inf, -np.inf])], watch=True).overflows


def test_a_sum_that_overflows_is_seen_and_one_of_an_infinity_is_not():
    large = np.array([1e308, 1e308])
    assert call_once(lambda a: a.sum(), [large], watch=True).overflows == ("add gives inf",)
    assert not call_once(lambda a: a.sum(), [np.array([np.inf, 1.0])], watch=True).overflows


def test_numpy_is_as_before_and_the_result_is_a_plain_array():
    before = np.exp
    reply = call_once(naive, [FAR], watch=True)
    assert np.exp is before and type(reply.value) is np.ndarray
    with pytest.raises(ZeroDivisionError), watching(True):
        1 / 0  # noqa: B018
    assert np.exp is before


def test_nothing_is_watched_that_was_not_asked_for():
    with watching(False) as noted:
        np.exp(FAR[::-1].clip(None, 1))
    assert not noted and not call_once(in_silence, [FAR]).overflows
    assert type(watched(np.arange(3))) is np.ndarray
    assert isinstance(watched(FAR), Watched)


def test_numpys_own_warnings_are_told_in_the_same_words():
    texts = ["overflow encountered in exp", "invalid value encountered in scalar divide", "x"]
    assert told_by_warnings(texts) == ("exp gives inf", "divide gives nan")
