"""The backward explorer: what stands on the wires, the forks, the switches, the words."""

import re

import numpy as np
import pytest

from lstm_course.plots.diagram.backward import walk_back
from lstm_course.plots.diagram.backward_draw import LIT, TONES, shape_of
from lstm_course.plots.diagram.backward_layout import NARROW, WIDE, forks_of, labels_of, paths_of
from lstm_course.plots.diagram.readings import signed
from lstm_course.plots.palette import STYLES
from lstm_course.plots.theme import variable
from lstm_course.widgets import backward_demo
from lstm_course.widgets.backward import UNITS
from lstm_course.widgets.stored import stored_demo


def texts(demo):
    """Every piece of text that moves, subscripts in line."""
    found = re.findall(r"<text[^>]*>(.*?)</text>", demo.frame()["svg"])
    return [re.sub(r"<[^>]*>", "", text) for text in found]


def is_lit(demo):
    return variable("series-2") in demo.frame()["svg"]


@pytest.mark.parametrize("size", ["wide", "narrow"])
def test_the_numbers_on_the_wires_are_those_of_the_way_back(size):
    demo = backward_demo()
    demo.resize(size)
    for back, step in enumerate(walk_back()):
        for unit, name in enumerate(UNITS):
            demo.set(back=back, unit=name)
            shown = texts(demo)
            for wire, symbol in [("dc_t", "dct"), ("dc_prev", "dct−1"), ("dh_t", "dht")]:
                assert f"{symbol} {signed(step.wires[wire][unit])}" in shown
            assert f"× ft {step.step.f_t[unit]:.2f}" in shown


def test_the_fork_at_c_lights_up_for_the_clause_unit_alone():
    demo = backward_demo()
    demo.set(back=2)
    assert not is_lit(demo)
    demo.set(unit="2: clause")
    assert is_lit(demo)
    demo.set(through_h="off")
    assert not is_lit(demo)


def test_a_switch_shows_what_then_arrives_at_the_noun():
    demo = backward_demo(back=4)
    assert demo.sentence.startswith("At “cats”: −1.89 arrives along c and 0.00 through h")
    demo.set(through_h="off")
    assert "together −1.89." in demo.sentence and demo.sentence.endswith("Off: through h.")
    demo.set(along_c="off", through_h="on")
    assert demo.sentence == (
        "At “cats”: 0.00 arrives along c and 0.00 through h, together 0.00. Off: along c."
    )
    assert "off" in texts(demo)


def test_a_word_shows_nothing_before_it_is_reached():
    demo = backward_demo()
    noun = signed(walk_back()[-1].wires["dc_t"][0])
    for back in range(4):
        demo.set(back=back)
        assert noun not in texts(demo)
    demo.set(back=4)
    assert noun in texts(demo)


def test_a_wire_is_as_thick_as_its_gradient_and_has_the_color_of_its_quantity():
    demo = backward_demo(back=4, unit="1: number")
    colors = {tuple(np.round(color, 3)) for color in demo.moving[0].get_facecolors()}
    assert len(colors) == 6  # ink of the mark, c, f, i, c̃, and h of the bar at the verb
    demo.set(along_c="off")
    assert len(demo.moving[0].get_paths()) == 2  # the mark, and the bar at the verb
    assert LIT not in {style.color for style in STYLES.values()}


def test_the_alt_text_says_the_word_and_what_arrives_by_which_way():
    demo = backward_demo()
    demo.set(back=2, unit="2: clause")
    assert demo.alt == (
        "The block diagram with its arrows reversed: the gradient on each wire. "
        "At “the”: +0.42 arrives along c and +0.89 through h, together +1.31. "
        "f_t is 0.88: +1.15 goes on along c."
    )


def test_every_position_is_stored_so_that_it_plays_without_a_kernel():
    kept = stored_demo(backward_demo())
    assert len(kept["frames"]) == 5 * 2 * 2 * 2 and len(kept["stills"]) == 1
    assert kept["spec"]["play"]["control"] == "back" and len(kept["spec"]["handles"]) == 1


@pytest.mark.parametrize("grid", [WIDE, NARROW], ids=["wide", "narrow"])
def test_everything_stands_inside_the_picture_and_every_wire_has_a_color(grid):
    points = [point for paths in paths_of(grid).values() for path in paths for point in path]
    points += [(label.x, label.y) for label in labels_of(grid).values()]
    points += forks_of(grid).values()
    assert (np.array(points) >= 0).all()
    assert (np.array(points) <= [grid.width, grid.height]).all()
    assert set(TONES) == set(paths_of(grid))


@pytest.mark.parametrize("grid", [WIDE, NARROW], ids=["wide", "narrow"])
def test_lines_run_across_or_down_and_end_where_they_say(grid):
    for paths in paths_of(grid).values():
        for path in paths:
            assert (np.diff(path, axis=0) == 0).any(axis=1).all()
    square = np.array([[0, 0], [1, 0], [1, 1], [0, 1.0]])
    assert len(shape_of([square, square + 5]).to_polygons()) == 2


def test_another_sentence_can_be_walked_and_an_impossible_one_is_refused():
    demo = backward_demo("the dog which already ate")
    assert demo.controls["back"].texts == ("ate", "already", "which", "dog")
    assert "“dog”" in demo.question
    with pytest.raises(ValueError, match="expected a noun"):
        backward_demo("the saw")
