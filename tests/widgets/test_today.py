"""The whole cell with one lesson's part lit: what it asks can be done with what it lets one set."""

import json
import re

import pytest

from lstm_course.plots.diagram.today import NEW
from lstm_course.widgets import stored
from lstm_course.widgets.today import PLANS, cell_today, stored_today


def frame_after(name, *entries, weights=False):
    """Set by hand [word, part, value] of unit 1, all else as the lesson leaves it."""
    cell = cell_today(name)
    by_hand = [[t, part, 0, value] for t, part, value in entries]
    cell.move({**cell.at, "overrides": [*(cell.preset if not weights else []), *by_hand]})
    return cell.frame()


def verb_after(name, *entries, **options):
    return frame_after(name, *entries, **options)["verb"]["prefers"]


def test_every_lesson_from_03_to_09_has_a_plan():
    assert list(PLANS) == list(NEW)
    assert all(plan.question.endswith("?") for plan in PLANS.values())


@pytest.mark.parametrize("name", [n for n, plan in PLANS.items() if plan.start])
def test_the_verb_is_wrong_at_the_start_and_right_by_the_cells_own_weights(name):
    assert verb_after(name) != "were"
    assert verb_after(name, weights=True) == "were"


@pytest.mark.parametrize(
    ("name", "words"),
    [("i_t", ["dog"]), ("f_t", ["cats"]), ("o_t", ["ate"]), ("c_tilde", ["cats"])],
)
def test_the_question_has_one_answer_among_the_words(name, words):
    other = {"i_t": 0, "f_t": 0, "o_t": 1, "c_tilde": 1}[name]
    steps = frame_after(name)["steps"]
    before = [s["word"] for s in steps].index("were")
    mends = [
        step["word"]
        for t, step in enumerate(steps[:before])
        if verb_after(name, (t, name, other)) == "were"
    ]
    assert mends == words


def test_a_word_that_is_offered_nothing_can_still_be_spoilt_by_a_strong_offer():
    spoilt = [(0, "c_tilde", 1), (2, "c_tilde", -1)]
    c = [s["units"][0]["c"] for s in frame_after("c_tilde", *spoilt)["steps"]]
    assert c[2] == pytest.approx(c[1], abs=0.02)  # the input gate is shut at already


def test_showing_does_not_change_what_is_remembered():
    hidden, shown = frame_after("o_t"), frame_after("o_t", (3, "o_t", 1))
    memories = [[s["units"][0]["c"] for s in f["steps"][:4]] for f in (hidden, shown)]
    assert memories[0] == memories[1]


def test_lesson_07_erases_with_one_change_and_turns_with_two():
    assert verb_after("c_t", (2, "f_t", 0)) == "neither"
    assert verb_after("c_t", (2, "i_t", 1), (2, "c_tilde", -1)) == "was"


def test_lesson_09_makes_a_tie_and_leaves_the_memory():
    tie = frame_after("y_t", (3, "o_t", 0))
    assert tie["verb"]["prefers"] == "neither"
    assert tie["steps"][3]["units"][0]["c"] == frame_after("y_t")["steps"][3]["units"][0]["c"]


@pytest.mark.parametrize("name", PLANS)
def test_the_page_lights_the_part_and_lets_its_own_controls_move(name):
    cell = cell_today(name)
    spec = cell.spec()
    assert spec["start"]["lit"] == spec["today"] == name
    assert tuple(spec["gates"]) == PLANS[name].by_hand and spec["able"]["cuts"] == 0
    assert 'data-when="today"' in cell.still and "data-spot" not in cell.still
    assert json.loads(json.dumps(spec)) == spec


@pytest.mark.parametrize("name", PLANS)
def test_every_stored_position_has_the_frame_that_the_kernel_would_send(name):
    cell = cell_today(name)
    kept = stored_today(cell)
    assert cell.at["overrides"] == cell.preset  # as before
    for key, frame in kept["frames"].items():
        set_ = [] if key == "own" else zip(kept["places"], key.split(" "), strict=True)
        by_hand = [[*place, float(value)] for place, value in set_ if value]
        preset = [] if key == "own" else cell.preset
        cell.move({**cell.at, "overrides": [*preset, *by_hand]})
        assert cell.frame()["steps"] == frame["steps"], key


def test_another_sentence_is_read_with_the_same_start():
    cell = cell_today("i_t")
    cell.move({**cell.at, "sentence": "the cats were full"})
    assert [s["units"][0]["gates"]["i_t"] for s in cell.frame()["steps"]] == [1, 1, 1]


def test_frames_are_stored_while_notebooks_are_built(monkeypatch):
    without, _ = cell_today("y_t")._repr_mimebundle_()
    monkeypatch.setattr(stored, "with_frames", True)
    data, _ = cell_today("y_t")._repr_mimebundle_()
    assert stored.packed_frames(without["text/html"]) == ""
    kept = stored.unpacked(stored.packed_frames(data["text/html"]))
    assert set(kept) == {"spec", "still", "places", "frames"}
    assert data["text/plain"] == (
        "The whole cell, y_t lit. Run this cell to step through the sentence."
    )
    assert re.search(r'alt="The whole cell, not running\. Can you make was', data["text/html"])


@pytest.mark.parametrize("name", ["", "g_t", "input gate", "z_t"])
def test_a_name_that_no_lesson_is_about_is_refused_with_those_that_there_are(name):
    with pytest.raises(ValueError, match="i_t, f_t, o_t, c_tilde, c_t, h_t, y_t"):
        cell_today(name)
