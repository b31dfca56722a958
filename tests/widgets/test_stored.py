"""What a demo leaves in a notebook: its picture under a veil, and its frames."""

import base64
import html
import itertools
import json
import re
from xml.etree import ElementTree

import pytest

import lstm_course.widgets as widgets
from lstm_course.widgets import half_life_demo, saturation_demo, stored
from lstm_course.widgets.stored import packed_frames, stored_bundle, stored_demo, unpacked

STORED = ["half_life_demo", "temperature_demo", "candidate_demo", "order_demo", "gate_playground"]


def drawing_of(data):
    [coded] = re.findall(r"data:image/svg\+xml;base64,([^\"]*)", data["text/html"])
    return base64.b64decode(coded).decode()


def test_the_stored_picture_asks_the_question_and_says_what_to_do():
    demo = half_life_demo()
    data, _ = stored_bundle(demo)
    root = ElementTree.fromstring(drawing_of(data))
    words = " ".join("".join(t.itertext()) for t in root.iter("{http://www.w3.org/2000/svg}text"))
    assert demo.question in words and "Run this cell to move it" in words
    assert "Run All Above" in words
    assert demo.alt in html.unescape(data["text/html"])


@pytest.mark.parametrize("name", sorted(n for n in widgets.__all__ if n.endswith("_demo")))
def test_the_text_is_the_same_wherever_the_demo_stands(name):
    demo = getattr(widgets, name)()
    before, _ = stored_bundle(demo)
    first = next(name for name, control in demo.controls.items() if control.stops)
    demo.move({first: 0})
    after, _ = stored_bundle(demo)
    assert (
        before["text/plain"]
        == after["text/plain"]
        == f"Demo: {demo.title}. Run this cell to move it."
    )
    assert not packed_frames(before["text/html"])


@pytest.mark.parametrize("name", STORED)
def test_every_stored_frame_is_what_the_demo_shows_there(name):
    demo = getattr(widgets, name)()
    kept = stored_demo(demo)
    sizes = [range(len(one["texts"])) for one in kept["spec"]["controls"].values()]
    assert len(kept["frames"]) == len(list(itertools.product(*sizes)))
    for places, frame in list(zip(itertools.product(*sizes), kept["frames"], strict=True))[::7]:
        values = {n: demo.stored[n][k] for n, k in zip(demo.stored, places, strict=True)}
        demo.set(**values)
        shown = demo.frame()
        assert (frame["svg"], frame["sentence"]) == (shown["svg"], shown["sentence"])
        assert kept["stills"][frame["still"]] == demo.still


def test_what_cannot_be_dragged_in_stored_frames_is_not_offered():
    playground = widgets.gate_playground()
    assert "Drag" in playground.hint
    assert stored_demo(playground)["spec"]["hint"] == ""
    assert set(stored_demo(playground)["spec"]["controls"]) == {"step"}
    assert stored_demo(widgets.half_life_demo())["spec"]["hint"] == half_life_demo().hint


def test_storing_a_demo_leaves_it_where_it_was():
    demo = half_life_demo()
    demo.set(f=0.5)
    before = demo.frame()
    stored_demo(demo)
    assert demo.frame() == before


def test_frames_are_kept_while_notebooks_are_built_and_come_out_again(monkeypatch):
    demo = saturation_demo()
    monkeypatch.setattr(stored, "with_frames", True)
    data, _ = stored_bundle(demo)
    assert unpacked(packed_frames(data["text/html"])) == stored_demo(demo)
    assert len(data["text/html"]) < 60_000


def test_what_is_stored_and_sent_is_strict_json_for_every_demo():
    for name in widgets.__all__:
        if name.endswith("_demo"):
            demo = getattr(widgets, name)()
            json.dumps(demo.frame(), allow_nan=False)
            if demo.stored:
                json.dumps(stored_demo(demo), allow_nan=False)
