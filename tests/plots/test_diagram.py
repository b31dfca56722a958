"""The block diagram: its values equal the equations, its wires are named and numbered."""

import itertools
import re
from types import SimpleNamespace
from xml.etree import ElementTree

import numpy as np
import pytest

from lstm_course import equations
from lstm_course import running_example as ex
from lstm_course.plots import diagram
from lstm_course.plots.diagram import (
    READ_OUT,
    WIRES,
    compare_wires,
    lstm_diagram,
    step_values,
    today,
)
from lstm_course.plots.diagram.cuts import SPOTS
from lstm_course.plots.diagram.layout import BOXES, PATHS, TONES
from lstm_course.plots.diagram.reader import explore
from lstm_course.plots.diagram.readings import MEANING, read_wires, signed
from lstm_course.plots.palette import STYLES, THEME
from lstm_course.plots.theme import luminance, readable_on

SVG = "{http://www.w3.org/2000/svg}"
CSS = diagram.draw.stylesheet()


@pytest.fixture
def values():
    return step_values(ex, ex.x_t, ex.h_prev, ex.c_prev)


def tree(svg):
    return ElementTree.fromstring(svg)


def found(root, attribute, value):
    return next(node for node in root.iter() if node.get(attribute) == value)


@pytest.mark.parametrize(
    ("name", "pencil"),
    [
        ("i_t", [0.88, 0.27]),
        ("f_t", [0.27, 0.88]),
        ("o_t", [0.73, 0.27]),
        ("c_tilde", [0.76, -0.76]),
        ("c_t", [0.40, 0.68]),
        ("h_t", [0.28, 0.16]),
    ],
)
def test_the_step_of_the_lessons_has_the_pencil_figures(values, name, pencil):
    assert values[name].round(2).tolist() == pencil


def test_every_value_of_a_step_is_what_its_equation_gives(values):
    args = ex.h_prev, ex.x_t
    i_t = equations.input_gate(*args, ex.W_i, ex.b_i)
    f_t = equations.forget_gate(*args, ex.W_f, ex.b_f)
    o_t = equations.output_gate(*args, ex.W_o, ex.b_o)
    c_tilde = equations.candidate(*args, ex.W_c, ex.b_c)
    c_t = equations.cell_state(f_t, ex.c_prev, i_t, c_tilde)
    h_t = equations.hidden_state(o_t, c_t)
    right = {"i_t": i_t, "f_t": f_t, "o_t": o_t, "c_tilde": c_tilde, "c_t": c_t, "h_t": h_t}
    right |= {"kept": f_t * ex.c_prev, "written": i_t * c_tilde, "shown": np.tanh(c_t)}
    right["y_t"] = equations.output(h_t, ex.W_y, ex.b_y)
    for name, value in right.items():
        np.testing.assert_allclose(values[name], value, rtol=1e-14, err_msg=name)


@pytest.mark.parametrize("unit", [0, 1])
def test_every_number_in_the_drawing_is_the_number_of_the_step(values, unit):
    root = tree(lstm_diagram(values, unit=unit, classes=ex.CLASSES))
    one_number = set(MEANING) - {"x_t", "h_prev", "z_t", "y_t"}
    for name in one_number:
        text = found(root, "data-number", name).text.replace("−", "-")
        assert float(text) == round(values[name][unit], 2), name
    for k, value in enumerate(values["z_t"]):
        text = found(root, "data-z", str(k)).text.replace("−", "-")
        assert float(text) == pytest.approx(value)
    for k, p in enumerate(values["y_t"]):
        assert found(root, "data-p", str(k)).text == f"{p:.2f}"


def test_every_wire_has_a_title_a_label_and_a_number(values):
    root = tree(lstm_diagram(values))
    wires = [node for node in root.iter(f"{SVG}g") if node.get("data-wire")]
    assert {wire.get("data-wire") for wire in wires} == set(PATHS) == set(MEANING)
    for wire in wires:
        title = wire.find(f"{SVG}title").text
        assert re.search(r"\d", title), title
        assert wire.get("aria-label") == title


def test_thickness_is_size_and_sign_is_shown_three_ways(values):
    root = tree(lstm_diagram(values, unit=0))
    c_prev, f_t, kept = (found(root, "data-wire", n) for n in ("c_prev", "f_t", "kept"))

    def line(wire):
        return next(p for p in wire if p.get("class") == "line")

    def width(wire):
        return float(line(wire).get("stroke-width"))

    assert width(c_prev) > width(f_t)  # -1.00 and 0.27
    assert width(f_t) == width(kept)  # 0.27 and -0.27
    assert "minus" in kept.get("class") and line(kept).get("stroke-dasharray")
    assert "plus" in f_t.get("class") and not line(f_t).get("stroke-dasharray")
    assert line(kept).get("stroke") != line(f_t).get("stroke")
    assert found(root, "data-number", "kept").text.startswith("−")
    assert found(root, "data-number", "f_t").text.startswith("+")


def test_a_value_that_rounds_to_zero_has_no_sign():
    assert [signed(v) for v in (0.0, -0.0, -0.004, 0.004, -0.006)] == [*["0.00"] * 4, "−0.01"]
    assert signed(1.0) == "+1.00"


def test_the_box_that_makes_the_lit_wire_is_lit(values):
    for name in PATHS:
        root = tree(lstm_diagram(values, lit=name))
        lit = {n.get("data-box") for n in root.iter() if "lit" in (n.get("class") or "").split()}
        inputs = {"x_t", "h_prev", "c_prev"}
        assert (len(lit - {None}) >= 1) == (name not in inputs), name


def test_the_drawing_speaks(values):
    root = tree(lstm_diagram(values, unit=1, word="cats", classes=ex.CLASSES))
    assert root.get("role") == "img"
    said = root.find(f"{SVG}desc").text
    assert root.get("aria-label") == said
    assert root.find(f"{SVG}title").text == "LSTM block diagram, unit 2"
    for part in ("cats", "Forget gate +0.88", "new memory is +0.68", "were 0.64"):
        assert part in said


def test_the_empty_diagram_has_symbols_and_no_numbers():
    root = tree(lstm_diagram())
    assert not [n for n in root.iter() if n.get("data-number") and n.text]
    assert "forget gate" in root.find(f"{SVG}desc").text


def test_several_drawings_share_a_page():
    assert not re.search(r'\bid="', lstm_diagram())


def test_symbols_have_the_colors_of_every_other_picture():
    for name, tone in TONES.items():
        style = {"c_prev": "c_t", "h_prev": "h_t", "z_t": "x_t"}.get(name, name)
        assert THEME[tone].light == STYLES[style].color, name


def contrast(a, b):
    low, high = sorted((luminance(a), luminance(b)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("page", ["light", "dark"])
def test_text_and_lines_stand_out_in_both_themes(page):
    colors = {name: getattr(tone, page) for name, tone in THEME.items()}
    for name in ("ink", "soft", "plus", "minus"):
        assert contrast(colors[name], colors["paper"]) >= 4.5, name
    for tone in TONES.values():
        assert contrast(colors[tone], colors["paper"]) >= 3, tone
        assert contrast(colors[tone], readable_on(colors[tone])) >= 4.5, tone


def test_the_style_sheet_takes_every_color_from_the_theme():
    rules = CSS[CSS.index(".lstm-diagram .page") :]
    assert set(re.findall(r"#\w{6}|#\w{3}\b", rules)) <= {"#000"}  # of the part that is not seen
    assert set(re.findall(r"--lstm-([a-z_-]+)", rules)) <= set(THEME)


def test_a_given_diagram_lacks_and_has_too_much():
    assert compare_wires(WIRES).right
    assert compare_wires([*reversed(WIRES), *READ_OUT]).right
    check = compare_wires([*WIRES[1:], ("join", "x_t"), WIRES[3]])
    assert check.missing == (("x_t", "join"),)
    assert check.surplus == (("join", "x_t"), WIRES[3])


@pytest.mark.parametrize("pair", ["x_t", ("x_t",), ("x_t", "sigma")])
def test_a_pair_that_is_none_is_named(pair):
    with pytest.raises(ValueError, match="pair such as|no box 'sigma'"):
        compare_wires([pair])


@pytest.mark.parametrize("wire", [*WIRES, *READ_OUT])
def test_each_wire_matters(values, wire):
    cut = diagram.without_wire(wire, ex, ex.x_t, ex.h_prev, ex.c_prev)
    if wire in (("plus", "c_t"), ("times_o", "h_t"), ("softmax", "y_t")):
        return  # ways out: nothing inside the step hangs on them
    assert any(not np.array_equal(cut[n], values[n]) for n in ("c_t", "h_t", "y_t")), wire


def test_a_cut_wire_carries_nothing(values):
    cut = diagram.without_wire(("c_prev", "times_f"), ex, ex.x_t, ex.h_prev, ex.c_prev)
    np.testing.assert_array_equal(cut["c_t"], values["written"])
    cut = diagram.without_wire(("times_i", "plus"), ex, ex.x_t, ex.h_prev, ex.c_prev)
    np.testing.assert_array_equal(cut["c_t"], values["kept"])


def test_several_wires_are_cut_at_once(values):
    cut = step_values(
        ex, ex.x_t, ex.h_prev, ex.c_prev, cut=[("times_i", "plus"), ("tanh", "times_o")]
    )
    np.testing.assert_array_equal(cut["c_t"], values["kept"])
    np.testing.assert_array_equal(cut["h_t"], [0, 0])


@pytest.mark.parametrize(
    ("wire", "name", "numbers"),
    [
        (("join", "sigma_f"), "f_t", "σ(3) = σ(+3.00) = +0.95"),
        (("sigma_f", "times_f"), "kept", "0.00 · (−1.00) = 0.00"),
        (("tanh_c", "times_i"), "written", "0.88 · 0.00 = 0.00"),
        (("times_f", "plus"), "c_t", "0 + 0.88 · 0.76 = +0.67"),
        (("plus", "tanh"), "shown", "tanh(0.00) = 0.00"),
        (("tanh", "times_o"), "h_t", "0.73 · 0 = 0.00"),
        (("times_o", "softmax"), "y_t", "softmax([0 0 0]) = [+0.33 +0.33 +0.33]"),
    ],
)
def test_behind_a_cut_the_equation_reckons_with_0(wire, name, numbers):
    cut = diagram.without_wire(wire, ex, ex.x_t, ex.h_prev, ex.c_prev)
    assert read_wires(cut, weights=ex)[name].numbers == numbers
    assert "Cut, so that 0 arrives: " in diagram.describe_step(cut)


def test_every_wire_but_the_last_can_be_cut_where_it_is_drawn():
    assert {*SPOTS} == {*WIRES, *READ_OUT[:1]}
    assert {spot.value for spot in SPOTS.values()} == set(PATHS) - {"y_t"}
    stretches = [spot.stretch for spot in SPOTS.values()]
    assert len({*stretches}) == len(stretches), "a stretch belongs to one wire alone"
    assert len({spot.words for spot in SPOTS.values()}) == len(SPOTS)


def test_scissors_are_drawn_where_they_are_asked_for(values):
    assert "data-spot" not in lstm_diagram(values)
    root = tree(lstm_diagram(values, scissors=True))
    spots = [node.get("data-spot") for node in root.iter() if node.get("data-spot")]
    assert spots == [" ".join(wire) for wire in SPOTS]


def test_a_wire_that_is_not_there_cannot_be_cut():
    with pytest.raises(ValueError, match="no wire of the diagram"):
        diagram.without_wire(("join", "plus"), ex, ex.x_t, ex.h_prev, ex.c_prev)


def test_a_gate_set_by_hand_changes_what_follows(values):
    v = step_values(ex, ex.x_t, ex.h_prev, ex.c_prev, gates={"f_t": [1.0, np.nan]})
    assert v["f_t"].tolist() == [1.0, values["f_t"][1]]
    assert v["c_t"][0] == -1.0 + values["written"][0]
    assert v["c_t"][1] == values["c_t"][1]
    assert v["network"]["f_t"].tolist() == values["f_t"].tolist()
    reading = read_wires(v, weights=ex)["f_t"]
    assert reading.numbers.startswith("set by hand to +1.00; the weights give σ(")
    with pytest.raises(ValueError, match="between 0 and 1"):
        step_values(ex, ex.x_t, ex.h_prev, ex.c_prev, gates={"f_t": 1.2})


def test_a_candidate_set_by_hand_is_written_and_stays_in_its_range():
    v = step_values(ex, ex.x_t, ex.h_prev, ex.c_prev, gates={"c_tilde": [-1.0, np.nan]})
    assert v["written"][0] == -v["i_t"][0]
    assert v["network"]["c_tilde"][0] == np.tanh(1.0)
    with pytest.raises(ValueError, match="the candidate lies between -1 and 1"):
        step_values(ex, ex.x_t, ex.h_prev, ex.c_prev, gates={"c_tilde": -1.2})


def test_every_part_of_the_diagram_is_somebodys_day_or_always_known():
    drawn = set(BOXES) | set(PATHS)
    known = {"join", "x_t", "h_prev", "c_prev", "z_t"}
    assert {part for parts in today.NEW.values() for part in parts} | known == drawn
    for name in today.NEW:
        assert "today" in {today.when(part, name) for part in today.NEW[name]}
    assert {today.when(part, "y_t") for part in drawn} == {"today", "known"}


def test_today_stands_out_and_what_comes_later_is_drawn_quietly(values):
    root = tree(lstm_diagram(values, today="f_t"))
    marked = {n.get("data-box"): n.get("data-when") for n in root.iter() if n.get("data-box")}
    assert {box for box, then in marked.items() if then == "today"} == {"sigma_f", "times_f"}
    assert {box for box, then in marked.items() if then is None} == {
        "join", "sigma_i", "times_i", "plus"
    }  # fmt: skip
    quiet = [n for n in root.iter() if n.get("data-when") == "later"]
    assert all(n.get("opacity") == str(today.QUIET) for n in quiet) and len(quiet) > 10
    assert "data-when" not in lstm_diagram(values).partition("</style>")[2]
    with pytest.raises(ValueError, match="no lesson is about 'forget'; there are i_t, f_t"):
        lstm_diagram(values, today="forget")


def test_whoever_adds_up_what_is_shown_gets_what_is_shown():
    for step in explore("the cats which already ate the dogs were full"):
        for unit, name in itertools.product((0, 1), ("i_t", "f_t", "o_t", "c_tilde")):
            numbers = read_wires(step.values, unit=unit, weights=ex)[name].numbers
            inside, total = re.match(r"\w+\((.*?)\) = \w+\(([^()]*)\) =", numbers).groups()
            added = eval(inside.replace("−", "-").replace("·", "*"))
            assert f"{added:.2f}" == f"{float(total.replace('−', '-')):.2f}", numbers


def test_the_equation_with_its_numbers_adds_up(values):
    reading = read_wires(values, unit=0, weights=ex)
    assert reading["f_t"].numbers == "σ(0.5 · (−4) + 1 · (−2) + 3) = σ(−1.00) = +0.27"
    assert reading["c_t"].numbers == "0.27 · (−1.00) + 0.88 · 0.76 = +0.40"
    assert reading["h_t"].numbers == "0.73 · tanh(+0.40) = +0.28"
    assert reading["f_t"].equation.endswith("(eq. 2)")


def test_a_cell_with_no_read_out_has_no_y(values):
    weights = SimpleNamespace(**{k: getattr(ex, k) for k in dir(ex) if re.match("[Wb]_[ifoc]$", k)})
    v = step_values(weights, ex.x_t, ex.h_prev, ex.c_prev)
    assert "y_t" not in v
    assert "softmax" not in lstm_diagram(v).partition("</style>")[2]


def test_a_unit_or_wire_that_is_not_there_is_named(values):
    with pytest.raises(ValueError, match="no unit 2"):
        lstm_diagram(values, unit=2)
    with pytest.raises(ValueError, match="no wire is named 'g_t'"):
        lstm_diagram(values, lit="g_t")
