"""The way back along the wires: against nudged numbers, the step of the course, and the forks."""

import numpy as np
import pytest

from lstm_course import running_example as cell
from lstm_course import sigmoid, softmax
from lstm_course.cell import lstm_step_backward
from lstm_course.gradcheck import numerical_gradient
from lstm_course.plots.diagram.backward import (
    NOUNS,
    factors,
    gradient_of_loss,
    lit_forks,
    read_forward,
    right_verb,
    walk_back,
)

SENTENCES = ["the cats which the dog saw", "the cat which already ate", "dogs saw"]
WAYS = [(True, True), (False, True), (True, False), (False, False)]
WHERE = {"dh_t": "h_t", "dc_t": "c_t", "do_t": "o_t", "df_t": "f_t", "di_t": "i_t"}
WHERE |= {"dc_tilde": "c_tilde", "d_shown": "shown", "dc_prev": "c_prev", "dh_prev": "h_prev"}
WHERE |= {f"da_{letter}": f"a_{letter}" for letter in "ifoc"}


def words_of(sentence):
    return sentence.removeprefix("the ").split()


def loss_with(words, t, name, nudge, along_c, through_h):
    """L, written out anew, with one value of word t moved; a way switched off stays as it was."""
    frozen = read_forward(words)
    h, c = cell.h_prev, cell.c_prev
    for k, word in enumerate(words):

        def moved(value, what, here=k == t):
            return value + nudge if here and what == name else value

        if k > t:  # what is handed on by a way that is off does not move
            h = h if through_h else frozen[k].h_prev
            c = c if along_c else frozen[k].c_prev
        h, c = moved(h, "h_prev"), moved(c, "c_prev")
        z = np.concatenate([h, cell.WORDS[word]])
        a = {
            x: moved(z @ getattr(cell, f"W_{x}") + getattr(cell, f"b_{x}"), f"a_{x}")
            for x in "ifoc"
        }
        i, f, o = (moved(sigmoid(a[x]), f"{x}_t") for x in "ifo")
        c = moved(f * c + i * moved(np.tanh(a["c"]), "c_tilde"), "c_t")
        h = moved(o * moved(np.tanh(c), "shown"), "h_t")
    return -np.log(softmax(h @ cell.W_y + cell.b_y)[right_verb(words)])


@pytest.mark.parametrize(("along_c", "through_h"), WAYS)
@pytest.mark.parametrize("sentence", SENTENCES)
def test_the_gradient_on_every_wire_is_what_nudging_says(sentence, along_c, through_h):
    words = words_of(sentence)
    walked = walk_back(sentence, along_c=along_c, through_h=through_h)
    for t, back in enumerate(reversed(walked)):
        assert back.word == words[t]
        for wire, name in WHERE.items():
            nudged = numerical_gradient(
                lambda n, t=t, name=name: loss_with(words, t, name, n, along_c, through_h),
                np.zeros(2),
            )
            np.testing.assert_allclose(back.wires[wire], nudged, atol=1e-8, err_msg=f"{t} {wire}")


def test_with_both_ways_open_each_word_is_a_step_of_the_course():
    walked = walk_back()
    words = [back.word for back in reversed(walked)]
    dh, dc = gradient_of_loss(words, walked[0].step.h_t), np.zeros(2)
    for back in walked:
        right = lstm_step_backward(dh, dc, back.step, cell.params())
        dh, dc = right.dh_prev, right.dc_prev
        np.testing.assert_array_equal(back.wires["dh_prev"], dh)
        np.testing.assert_array_equal(back.wires["dc_prev"], dc)


@pytest.mark.parametrize(("along_c", "through_h"), WAYS)
def test_at_every_fork_the_gradients_add(along_c, through_h):
    for back in walk_back(along_c=along_c, through_h=through_h):
        w = back.wires
        np.testing.assert_allclose(w["dc_t"], w["dc_next"] + w["from_h"])
        np.testing.assert_allclose(w["dh_t"], w["dh_loss"] + w["dh_next"])
        np.testing.assert_allclose(w["dh_prev"], sum(w[f"z_{x}"] for x in "ifoc"), atol=1e-15)


def test_each_gradient_behind_a_product_is_the_one_before_times_the_factor_beside_it():
    for back in walk_back():
        w, by = back.wires, factors(back.step)
        products = {
            "dc_prev": ("dc_t", "f_t"),
            "df_t": ("dc_t", "c_prev"),
            "di_t": ("dc_t", "c_tilde"),
            "dc_tilde": ("dc_t", "i_t"),
            "d_shown": ("dh_t", "o_t"),
            "do_t": ("dh_t", "shown"),
            "from_h": ("d_shown", "slope_shown"),
            "da_i": ("di_t", "slope_i"),
            "da_f": ("df_t", "slope_f"),
            "da_o": ("do_t", "slope_o"),
            "da_c": ("dc_tilde", "slope_c"),
        }
        for name, (before, factor) in products.items():
            np.testing.assert_allclose(w[name], w[before] * by[factor], err_msg=name)


def test_along_c_alone_the_noun_gets_the_product_of_the_forget_gates():
    walked = walk_back(through_h=False)
    f = [back.step.f_t for back in walked]
    expected = walked[0].wires["from_h"] * np.prod(f[:-1], axis=0)
    np.testing.assert_allclose(walked[-1].wires["dc_t"], expected)


def test_with_both_ways_off_nothing_leaves_the_last_word():
    last, *others = walk_back(along_c=False, through_h=False)
    assert (last.wires["dc_t"] != 0).all()
    for back in others:
        assert all((row == 0).all() for row in back.wires.values())


def test_a_fork_is_lit_where_two_gradients_arrive_and_nowhere_else():
    walked = walk_back()
    assert [lit_forks(back.wires, 0) for back in walked] == [set()] * 5
    assert lit_forks(walked[2].wires, 1) == {"c"}  # "the": dog used unit 2 as h
    assert "z" in lit_forks(walked[1].wires, 1)
    assert lit_forks(walk_back(along_c=False)[2].wires, 1) == set()


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("the which saw", f'begins with "which"; expected a noun: {", ".join(NOUNS)}'),
        ("the cats", "1 words after the; expected 2 to 6"),
        ("the cats which the dog which the dogs saw", "8 words after the; expected 2 to 6"),
        ("the katz", 'the nearest one is "cat'),
    ],
)
def test_a_sentence_that_cannot_be_walked_is_refused_with_what_can(sentence, said):
    with pytest.raises(ValueError, match=said):
        walk_back(sentence)
