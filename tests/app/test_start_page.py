"""The start page as HTML: the cell, the map of the lessons, the list."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from lstm_course.app.start.lessons import Lesson, read_lessons
from lstm_course.app.start.map import CELL, FRAME, HEIGHT, WIDTH, part_name, places, typeset
from lstm_course.app.start.page import document, page, script, style_sheet

ROOT = Path(__file__).parents[2]
LESSONS = read_lessons(ROOT)


def link(folder, name):
    return f'href="{folder}/{name}.ipynb" data-path="{folder}/{name}.ipynb"'


@pytest.fixture(scope="module")
def text():
    return page(LESSONS, link, ("exercises", "solutions"), "/lstm/progress")


class Links(HTMLParser):
    """The links of a page by their class."""

    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        if tag == "a":
            self.found.append(dict(attrs))


def test_every_link_leads_to_a_notebook_of_the_course(text):
    links = Links(text).found
    assert all((ROOT / one["data-path"]).is_file() for one in links)
    for folder in ("notebooks", "exercises", "solutions"):
        here = {path.relative_to(ROOT).as_posix() for path in (ROOT / folder).glob("*.ipynb")}
        assert here <= {one["data-path"] for one in links}


def test_every_lesson_has_a_tile_and_a_row(text):
    tiles = [one["data-lesson"] for one in Links(text).found if one.get("class") == "tile"]
    assert tiles == [lesson.name for lesson in LESSONS]
    assert len(re.findall(r'<li data-lesson="', text)) == len(LESSONS)


def test_before_the_click_the_page_does_not_say_which_verb_it_is(text):
    data = json.loads(re.search(r"<script[^>]*>(.*?)</script>", text)[1])
    shown = text.replace(json.dumps(data, ensure_ascii=False).replace("</", "<\\/"), "")
    assert "were" not in shown
    assert "were" not in json.dumps(data["asks"]) and data["tells"]["verb"] == "were"


def test_without_a_learners_server_it_asks_for_no_progress():
    still = page(LESSONS, link, ("exercises",))
    assert "data-progress" not in still and "solutions/" not in still


def test_the_whole_document_loads_nothing_from_elsewhere(text):
    whole = document(text)
    assert not re.search(r"(?:src|href)=[\"']?(?:https?:)?//", whole)
    assert "@import" not in whole and "url(http" not in whole
    assert script() in whole and style_sheet() in whole
    assert "import {" not in script() and "export default" not in script()


def test_lessons_03_to_10_stand_inside_the_cell_and_the_others_beside_it():
    where = places(LESSONS)
    assert set(where) == {lesson.name for lesson in LESSONS}
    left, _, wide, _ = FRAME
    for name, ((x, y, w, h), _) in where.items():
        assert 0 <= x and x + w <= WIDTH and -1 <= y and y + h <= HEIGHT
        inside = left <= x and x + w <= left + wide
        assert inside == (name[:2] in CELL), name


def test_no_two_tiles_overlap_however_many_lessons_come_after_the_cell():
    more = [Lesson(f"{k:02}-lesson", f"{k:02}") for k in range(20)]
    spots = [spot for spot, _ in places(more).values()]
    for k, (x, y, w, h) in enumerate(spots):
        for x2, y2, w2, h2 in spots[:k]:
            assert x + w <= x2 or x2 + w2 <= x or y + h <= y2 or y2 + h2 <= y


def test_a_promise_is_set_with_real_subscripts_and_is_safe():
    assert typeset(r"compute $\tilde c_t$") == "compute <i>c̃<sub>t</sub></i>"
    assert typeset("$[h_{t-1}, x_t]$") == "<i>[h<sub>t−1</sub>, x<sub>t</sub>]</i>"
    assert typeset("a < b") == "a &lt; b"
    assert not any("$" in typeset(lesson.can) for lesson in LESSONS)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("03-input-gate", "Input gate"),
        ("01-why-not-an-rnn", "Why not an RNN"),
        ("15-to-pytorch-and-beyond", "To PyTorch and beyond"),
    ],
)
def test_a_tile_is_named_by_the_part_it_is_about(name, words):
    assert part_name(name) == words
