"""The wire board: every box is there, no wire is, and it runs without a kernel."""

import re

from lstm_course.plots.diagram import BOXES
from lstm_course.plots.diagram.board import PORTS, empty_diagram
from lstm_course.plots.diagram.layout import HEIGHT, WIDTH
from lstm_course.widgets.board import TEXT, WireBoard, wire_board
from lstm_course.widgets.stored import RUN


def test_every_box_can_be_chosen_and_says_what_it_does():
    svg = empty_diagram()
    assert re.findall(r'data-port="(\w+)"', svg) == list(BOXES) == list(PORTS)
    assert all(f"<title>{name}: " in svg for name in BOXES)


def test_no_wire_is_drawn_for_the_learner():
    svg = empty_diagram().partition("</style>")[2]
    assert "data-wire" not in svg and "→" not in svg and 'class="head"' not in svg


def test_boxes_lie_inside_and_apart():
    spans = {
        n: (p.x - p.w / 2, p.x + p.w / 2, p.y - p.h / 2, p.y + p.h / 2) for n, p in PORTS.items()
    }
    for name, (left, right, top, bottom) in spans.items():
        assert left >= 0 and right <= WIDTH and top >= 15 and bottom <= HEIGHT - 15, name
        for other, (x0, x1, y0, y1) in spans.items():
            assert name == other or right < x0 or x1 < left or bottom < y0 or y1 < top, (
                name,
                other,
            )


def test_the_board_brings_its_picture_and_no_wires():
    board = wire_board()
    data, _ = board._repr_mimebundle_()
    assert board.wires == []
    assert data["text/plain"] == TEXT
    assert 'alt="Wire board, not running.' in data["text/html"]
    assert "application/vnd.jupyter.widget-view+json" in data
    assert RUN  # the veil is that of all demos


def test_the_page_knows_no_right_wire():
    script = str(WireBoard._esm)
    assert not [name for name in BOXES if f'"{name}"' in script]
