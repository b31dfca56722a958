"""The sentence as a heat map: what it shows, what a unit that is off does, what is refused."""

import numpy as np
import pytest

from lstm_course.plots.heat import LEVELS
from lstm_course.plots.palette import INK
from lstm_course.training.probes import ablate
from lstm_course.training.results import load_cat_model
from lstm_course.widgets import cat_demo
from lstm_course.widgets.cats import KINDS, SENTENCE, read_sentence, share_of_were
from lstm_course.widgets.stored import stored_demo

LONG = "the cats which already ate" + " near the dog" * 4


@pytest.fixture
def demo():
    return cat_demo()


def parts(demo):
    """The artists of the demo by what they are."""
    fields, rest = demo.moving[: 2 * LEVELS], demo.moving[2 * LEVELS :]
    seams, *words = rest[:18]
    off, _, bars, before, percent = rest[18:21], rest[21:23], rest[23:25], rest[25:27], rest[27:29]
    return {
        "fields": fields, "words": words, "off": off, "bars": bars, "before": before,
        "percent": percent, "seams": seams,
    }  # fmt: skip


def shades(demo, row, columns):
    """The shade of each field of one row, from -LEVELS to LEVELS, read from what is drawn."""
    found = np.zeros(columns, dtype=int)
    levels = [level for level in range(-LEVELS, LEVELS + 1) if level]
    for level, line in zip(levels, parts(demo)["fields"], strict=True):
        xs, ys = (np.reshape(a, (-1, 3))[:, :2] for a in line.get_data())
        for (left, right), (y, _) in zip(xs, ys, strict=True):
            if y == row:
                found[round(left * columns) : round(right * columns)] = level
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_each_field_has_the_shade_of_its_value(demo, kind):
    demo.set(shown=kind)
    name, limit = KINDS[kind]
    states = read_sentence(load_cat_model(), SENTENCE).states[name]
    for unit in range(16):
        wanted = np.rint(LEVELS * np.clip(states[:, unit] / limit, -1, 1))
        np.testing.assert_array_equal(shades(demo, unit, len(states)), wanted)


def test_the_row_of_unit_8_alone_changes_its_sign_with_the_subject_at_every_step(demo):
    cat = [shades(demo, unit, 8)[1:] for unit in range(16)]
    demo.set(sentence="the cats which already ate near the dogs")
    cats = [shades(demo, unit, 8)[1:] for unit in range(16)]
    turned = [u for u in range(16) if (np.sign(cat[u]) * np.sign(cats[u]) == -1).all()]
    assert turned == [8]


def test_switching_unit_8_off_turns_the_verb_and_no_other_unit_does(demo):
    verbs = {}
    for off in demo.controls["off"].stops:
        demo.set(off=off)
        was, were = (bar.get_width() for bar in parts(demo)["bars"])
        assert was + were == pytest.approx(1)
        verbs[off] = "were" if were > was else "was"
    assert [off for off, verb in verbs.items() if verb == "were"] == ["unit 8"]


def test_the_bars_are_the_two_shares_and_the_dashed_ones_those_of_the_whole_model(demo):
    model = load_cat_model()
    demo.set(off="unit 8")
    whole = share_of_were(read_sentence(model, SENTENCE))
    now = share_of_were(read_sentence(ablate(model, 8), SENTENCE))
    drawn = parts(demo)
    np.testing.assert_allclose([bar.get_width() for bar in drawn["bars"]], [1 - now, now])
    np.testing.assert_allclose([bar.get_width() for bar in drawn["before"]], [1 - whole, whole])
    assert drawn["bars"][1].get_facecolor() != drawn["bars"][0].get_facecolor()
    assert f"was {100 * (1 - now):.0f} %, were {100 * now:.0f} % of the two." in demo.sentence
    assert f"The whole model: was {100 * (1 - whole):.0f} %" in demo.sentence


def test_the_row_that_is_off_is_struck_out_and_no_row_at_the_start(demo):
    _, strike, label = parts(demo)["off"]
    assert len(strike.get_xdata()) == 0 and not label.get_visible()
    demo.set(off="unit 3")
    assert list(strike.get_ydata()) == [3, 3] and label.get_visible()
    assert strike.get_color() == INK


def test_pressing_a_row_switches_its_unit_off_and_pressing_it_again_on():
    for k, press in enumerate(cat_demo(off="unit 3").spec()["presses"]):
        assert (press["control"], press["to"], press["back"]) == ("off", k + 1, 0)


@pytest.mark.parametrize("size", ["wide", "narrow"])
def test_the_words_of_the_longest_sentence_stand_apart_and_inside_the_picture(demo, size):
    demo.resize(size)
    demo.set(sentence=LONG)
    words = [text for text in parts(demo)["words"] if text.get_text()]
    assert [text.get_text() for text in words] == LONG.split()
    boxes = [text.get_window_extent() for text in words]
    width, height = demo.spec()["box"]
    assert all(0 < box.x0 < box.x1 < width and box.y1 < height for box in boxes)
    pitch = np.diff([demo.ax.transData.transform((text.get_position()[0], 0))[0] for text in words])
    across = pitch * np.sin(np.deg2rad(words[0].get_rotation()))
    assert across.min() > 0.9 * words[0].get_size()


def test_a_sentence_with_more_words_than_fit_is_refused_and_nothing_changes(demo):
    before = demo.frame()
    with pytest.raises(ValueError, match="20 words before the verb; expected 1 to 17"):
        demo.set(sentence=LONG + " near the dog")
    assert demo.frame() == before


def test_a_word_that_the_model_does_not_know_is_named_with_the_nearest_that_it_does(demo):
    with pytest.raises(ValueError, match="no word 'kats'; the nearest that it knows is 'cats'"):
        demo.set(sentence="the kats")
    with pytest.raises(ValueError, match="no word 'qqq'. It knows: the, which"):
        demo.set(sentence="the qqq")


def test_neither_question_nor_start_names_the_unit(demo):
    assert "8" not in demo.question + demo.hint + demo.title
    assert demo.values["off"] == "no unit"


def test_the_rows_can_be_pressed_where_no_kernel_runs(demo):
    stored = stored_demo(demo)
    assert [press["to"] for press in stored["spec"]["presses"]] == [*range(1, 17)]
    assert len(stored["frames"]) == 17 * 2
