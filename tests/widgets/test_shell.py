"""The widget: the page asks with positions, the kernel answers with the last of them."""

import json
import re

import pytest

from lstm_course.plots.palette import THEME
from lstm_course.widgets import cat_demo, gate_playground, half_life_demo
from lstm_course.widgets.base import VERSION
from lstm_course.widgets.shell import HERE, Shell, live_view, script, style_sheet


@pytest.fixture
def shell():
    return Shell(half_life_demo())


def ask(shell, **at):
    shell._heard(shell, {"at": at, "asker": "me", "number": 7}, [])
    return shell.frame


def test_an_answer_names_its_question_and_shows_what_was_asked_for(shell):
    frame = ask(shell, f=12)
    assert (frame["asker"], frame["number"], frame["at"]) == ("me", 7, {"f": 12})
    assert frame["sentence"] == shell.demo.sentence == shell.demo.frame()["sentence"]
    assert json.loads(json.dumps(frame)) == frame


def test_the_same_question_twice_is_answered_twice(shell):
    numbers = []
    shell.observe(lambda change: numbers.append(change["new"]["number"]), names="frame")
    for number in (1, 2):
        shell._heard(shell, {"at": {"f": 12}, "asker": "me", "number": number}, [])
    assert numbers == [1, 2]


def test_a_move_in_python_reaches_the_page_and_is_no_answer(shell):
    shell.demo.set(f=0.99)
    assert "69 steps" in shell.frame["sentence"]
    assert "asker" not in shell.frame


def test_what_cannot_be_shown_is_said_and_nothing_moves():
    shell = Shell(cat_demo())
    before = shell.frame
    frame = ask(shell, sentence="the cats ran")
    assert "ran" in frame["problem"] and frame["number"] == 7
    assert (frame["svg"], frame["sentence"]) == (before["svg"], before["sentence"])
    assert "problem" not in ask(shell, sentence="the cats")


def test_a_ping_is_answered(shell, monkeypatch):
    sent = []
    monkeypatch.setattr(shell, "send", sent.append)
    shell._heard(shell, {"ping": "me"}, [])
    assert sent == [{"pong": "me"}]


def test_a_frame_fetched_ahead_is_the_one_that_a_move_gives_and_nothing_moves(shell, monkeypatch):
    sent, before = [], (shell.frame, shell.demo.positions, shell.demo.sentence)
    monkeypatch.setattr(shell, "send", sent.append)
    shell._heard(shell, {"ahead": {"f": 12}, "asker": "me"}, [])
    assert (shell.frame, shell.demo.positions, shell.demo.sentence) == before
    [message] = sent
    frame = ask(shell, f=12)
    assert message["asker"] == "me"
    assert message["ahead"] == {k: v for k, v in frame.items() if k not in ("asker", "number")}


def test_where_nothing_can_be_shown_or_the_still_part_is_another_nothing_is_fetched_ahead():
    assert cat_demo().ahead({"sentence": "the cats ran"}) is None
    playground = gate_playground()
    far = playground.presets["write"]
    before = playground.frame()
    assert playground.ahead(playground._positions_of(dict(far, step=1))) is None
    assert playground.frame() == before


def test_a_small_window_gets_a_narrow_picture(shell):
    width = shell.spec["box"][0]
    shell._heard(shell, {"size": "narrow"}, [])
    assert shell.spec["box"][0] < 0.6 * width
    assert shell.spec["id"] == shell.model_id


def test_a_demo_shown_twice_is_one_widget():
    demo = half_life_demo()
    assert live_view(demo) == live_view(demo) != live_view(half_life_demo())


def test_the_front_end_is_one_module_of_this_version():
    assert not re.search(r"^import ", script(), re.M)
    assert re.findall(r"^export .*", script(), re.M) == ["export default live(mount);"]
    assert f"const VERSION = {VERSION};" in script()


@pytest.mark.parametrize("name", ["board", "explorer", "reading"])
def test_rules_of_one_front_end_outweigh_the_shells_whichever_sheet_comes_last(name):
    text = (HERE / f"{name}.css").read_text(encoding="utf-8")
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    selectors = [s.strip() for s in re.findall(r"(?:^|[{}])\s*([^{}@]+?)\s*\{", text)]
    assert len(selectors) > 4
    own = f".lstm-demo.lstm-{name}"
    assert [s for s in selectors if s.count(own) < len(outside_brackets(s).split(","))] == []


def outside_brackets(text):
    while "(" in text:
        text = re.sub(r"\([^()]*\)", "", text)
    return text


def test_the_front_end_adds_no_equation_of_its_own():
    assert not re.search(r"\btanh|\bexp\(|Math\.(tanh|exp)", script())


def test_the_style_has_every_color_of_both_themes():
    for name, tone in THEME.items():
        for color in tone:
            assert f"--lstm-{name}: {color};" in style_sheet()
