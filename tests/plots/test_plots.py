"""Pictures: what they show is read back from the artists; what they say, from the output."""

import base64
import gc
import html
import io
import itertools
import os
import re
import subprocess
import sys
import weakref
from xml.etree import ElementTree

import matplotlib
import numpy as np
import pytest
from matplotlib.figure import Figure
from PIL import Image

from lstm_course.plots import (
    plot_activation,
    plot_gate,
    plot_gates,
    plot_gradient_norms,
    plot_memory,
    plot_weights,
    shown,
)
from lstm_course.plots.figures import new_axes, style
from lstm_course.plots.palette import SERIES, STYLES, THEME, style_of
from lstm_course.plots.pixels import png
from lstm_course.plots.shown import picture_bundle, show
from lstm_course.plots.theme import luminance

ALT = "Two bars: unit 1 at 0.73, unit 2 at 0.27."
W = np.array([[2.0, 0], [0, 2], [4, -1], [0, 0], [0, 3]])
# Machado, Oliveira & Fernandes (2009), severity 1: what linear RGB becomes
SIGHT = {
    "full": np.eye(3),
    "protan": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216]]
    + [[-0.003882, -0.048116, 1.051998]],
    "deutan": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413]]
    + [[-0.011820, 0.042940, 0.968881]],
    "tritan": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602]]
    + [[0.004733, 0.691367, 0.303900]],
}


def linear(color):
    rgb = np.array(matplotlib.colors.to_rgb(color))
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def lab(rgb):
    to_xyz = [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750]]
    to_xyz += [[0.0193339, 0.1191920, 0.9503041]]
    xyz = to_xyz @ np.clip(rgb, 0, 1) / [0.95047, 1, 1.08883]
    x, y, z = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def ciede2000(one, two):
    """Return ΔE2000 of two Lab colors (Sharma, Wu & Dalal 2005)."""
    (L1, a1, b1), (L2, a2, b2) = one, two
    C = (np.hypot(a1, b1) + np.hypot(a2, b2)) / 2
    G = 0.5 * (1 - np.sqrt(C**7 / (C**7 + 25**7)))
    C1, C2 = np.hypot(a1 * (1 + G), b1), np.hypot(a2 * (1 + G), b2)
    h1 = np.degrees(np.arctan2(b1, a1 * (1 + G))) % 360
    h2 = np.degrees(np.arctan2(b2, a2 * (1 + G))) % 360
    dh = (h2 - h1 + 180) % 360 - 180 if C1 * C2 else 0.0
    h = (h1 + dh / 2) % 360 if C1 * C2 else h1 + h2
    L, C = (L1 + L2) / 2, (C1 + C2) / 2
    cos = [np.cos(np.radians(k * h + s)) for k, s in ((1, -30), (2, 0), (3, 6), (4, -63))]
    T = 1 + np.dot([-0.17, 0.24, 0.32, -0.20], cos)
    dL = (L2 - L1) / (1 + 0.015 * (L - 50) ** 2 / np.sqrt(20 + (L - 50) ** 2))
    dC = (C2 - C1) / (1 + 0.045 * C)
    dH = 2 * np.sqrt(C1 * C2) * np.sin(np.radians(dh / 2)) / (1 + 0.015 * C * T)
    turn = np.sin(np.radians(60 * np.exp(-(((h - 275) / 25) ** 2))))
    RT = -2 * np.sqrt(C**7 / (C**7 + 25**7)) * turn
    return np.sqrt(dL**2 + dC**2 + dH**2 + RT * dC * dH)


def lines_of(ax):
    """Map each labelled line's label to the line."""
    return {x.get_label(): x for x in ax.lines if not x.get_label().startswith("_")}


def end_labels(ax):
    return [text for text in ax.texts if text.get_gid() == "end-label"]


def test_ciede2000_gives_the_published_values():
    pairs = [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ]
    for one, two, published in pairs:
        assert ciede2000(one, two) == pytest.approx(published, abs=5e-5)


def contrast(one, two):
    """Contrast of two colors (WCAG 2)."""
    low, high = sorted((luminance(one), luminance(two)))
    return (high + 0.05) / (low + 0.05)


DRAWN = sorted(set(THEME) - {"line", "axis", "card", "paper"})


@pytest.mark.parametrize("page", ["light", "dark"])
@pytest.mark.parametrize("name", DRAWN)
def test_every_color_stands_out_from_its_paper(name, page):
    assert contrast(getattr(THEME[name], page), getattr(THEME["paper"], page)) >= 3


@pytest.mark.parametrize("page", ["light", "dark"])
@pytest.mark.parametrize("name", ["ink", "soft"])
def test_text_can_be_read_on_paper_and_card(name, page):
    for ground in ("paper", "card"):
        assert contrast(getattr(THEME[name], page), getattr(THEME[ground], page)) >= 4.5


@pytest.mark.parametrize("page", ["light", "dark"])
@pytest.mark.parametrize("sight", SIGHT)
def test_the_six_quantities_stay_apart(sight, page):
    colors = [getattr(THEME[name], page) for name in ("i", "f", "o", "c_tilde", "c", "h")]
    seen = [lab(np.array(SIGHT[sight]) @ linear(color)) for color in colors]
    assert min(ciede2000(a, b) for a, b in itertools.combinations(seen, 2)) >= 12


@pytest.mark.parametrize("page", ["light", "dark"])
def test_series_take_no_color_of_a_quantity_or_an_activation(page):
    own = {tone.light: getattr(tone, page) for tone in THEME.values()}
    series = [own[color] for color, _ in SERIES if color != style_of("y_t").color]
    taken = [own[color] for color in {s.color for s in STYLES.values()} - {style_of("y_t").color}]
    pairs = [(a, b) for a in series for b in taken + [s for s in series if s != a]]
    assert min(ciede2000(lab(linear(a)), lab(linear(b))) for a, b in pairs) >= 10


def test_every_color_of_a_style_is_of_the_theme():
    light = {tone.light for tone in THEME.values()}
    assert {s.color for s in STYLES.values()} | {color for color, _ in SERIES} <= light


def test_the_seven_quantities_look_as_agreed():
    agreed = {
        "i_t": ("#009E73", "--"),
        "f_t": ("#D55E00", "-"),
        "o_t": ("#0072B2", "-."),
        "c_tilde": ("#CC79A7", ":"),
        "c_t": ("#000000", "-"),
        "h_t": ("#882255", "-"),
        "y_t": ("#6E6E6E", "--"),
        "target": ("#6E6E6E", "--"),
    }
    assert {name: STYLES[name][:2] for name in agreed} == agreed
    assert STYLES["c_t"].linewidth > STYLES["f_t"].linewidth > STYLES["h_t"].linewidth
    assert STYLES["y_t"].marker and STYLES["target"].line()["markerfacecolor"] == "white"


def test_a_style_that_is_not_there_is_named():
    with pytest.raises(ValueError, match="no style is named 'g_t'; expected one of i_t, f_t"):
        style_of("g_t")


def test_gate_bars_have_the_height_of_the_gate_and_an_axis_from_0_to_1():
    ax = plot_gate([0.73, 0.27], name="f_t")
    assert [bar.get_height() for bar in ax.patches] == [0.73, 0.27]
    assert {matplotlib.colors.to_hex(bar.get_facecolor()) for bar in ax.patches} == {"#d55e00"}
    assert [text.get_text() for text in ax.texts] == ["0.73", "0.27"]
    assert [text.get_text() for text in ax.get_yticklabels()] == ["forget  0", "0.5", "keep  1"]
    assert [text.get_text() for text in ax.get_xticklabels()] == ["unit 1", "unit 2"]
    assert ax.get_ylabel() == "$f_t$"
    low, high = ax.get_ylim()
    assert low == 0 and 1 <= high <= 1.1


def test_gates_over_time_keep_their_values_and_styles():
    f_t, o_t = np.linspace(0, 1, 5), np.full(5, 0.25)
    ax = plot_gates(f_t=f_t, o_t=o_t)
    lines = lines_of(ax)
    assert list(lines) == ["$f_t$", "$o_t$"]
    np.testing.assert_array_equal(lines["$f_t$"].get_ydata(), f_t)
    np.testing.assert_array_equal(lines["$f_t$"].get_xdata(), [1, 2, 3, 4, 5])
    assert (lines["$o_t$"].get_color(), lines["$o_t$"].get_linestyle()) == ("#0072B2", "-.")
    assert ax.get_xlabel() == "step $t$"


def test_memory_of_two_units_becomes_two_named_lines():
    c = np.array([[1.0, -1.0], [2.0, 0.5], [3.0, 4.0]])
    lines = lines_of(plot_memory(c))
    assert list(lines) == ["$c_t$ unit 1", "$c_t$ unit 2"]
    np.testing.assert_array_equal(lines["$c_t$ unit 2"].get_ydata(), [-1, 0.5, 4])


def test_gradient_norms_are_on_a_logarithmic_axis_with_the_lag_below_the_floor():
    ax = plot_gradient_norms(0.1 ** np.arange(6), label="RNN", floor=1e-3)
    assert ax.get_yscale() == "log"
    assert "lag" in ax.get_xlabel() and "partial L" in ax.get_ylabel()
    guides = [line for line in ax.lines if line.get_label().startswith("_")]
    flat, upright = guides
    assert set(flat.get_ydata()) == {1e-3}
    below = np.flatnonzero(0.1 ** np.arange(6) < 1e-3)[0]
    assert set(upright.get_xdata()) == {below}


def test_a_gradient_norm_of_zero_leaves_a_gap():
    line = lines_of(plot_gradient_norms([1.0, 0.0, 0.5], label="RNN"))["RNN"]
    np.testing.assert_array_equal(line.get_ydata(), [1, np.nan, 0.5])


def test_activations_share_axes_and_the_slope_has_its_own_line():
    a = np.linspace(-2, 2, 5)
    ax = plot_activation(a, np.tanh(a), name="tanh", slope=1 - np.tanh(a) ** 2)
    assert plot_activation(a, a > 0, name="step", ax=ax) is ax
    lines = lines_of(ax)
    assert list(lines) == ["tanh", "slope of tanh", "threshold"]
    np.testing.assert_array_equal(lines["slope of tanh"].get_ydata(), 1 - np.tanh(a) ** 2)
    assert [text.get_text() for text in end_labels(ax)].count("tanh") == 1


def test_labels_stand_at_the_ends_of_their_lines_and_never_overlap():
    ax = new_axes(height=2.6)
    x = np.arange(5.0)
    for name in ("sigmoid", "tanh", "step"):  # all three end at 10
        plot_activation(x, np.linspace(0, 10, 5), name=name, ax=ax)
    plot_activation(x, np.linspace(9, 0, 5), name="gate", ax=ax)
    ax.figure.draw_without_rendering()  # settles the layout
    boxes = {t.get_text(): t.get_window_extent() for t in end_labels(ax)}
    at = {name: ax.transData.inverted().transform((0, (b.y0 + b.y1) / 2))[1]
          for name, b in boxes.items()}  # fmt: skip
    assert at["gate"] == pytest.approx(0, abs=0.5)
    assert np.mean([at["σ"], at["tanh"], at["threshold"]]) == pytest.approx(10, abs=0.5)
    for one, two in itertools.combinations(boxes.values(), 2):
        assert not one.overlaps(two)
    assert all(box.x0 >= ax.bbox.x1 for box in boxes.values())
    assert all(box.x1 <= ax.figure.bbox.x1 for box in boxes.values())


def test_weights_show_the_rows_of_h_above_the_rows_of_x_and_every_number():
    ax = plot_weights(W, [-1, 1], features=["noun", "plural", "verb"])
    rows = [text.get_text() for text in ax.get_yticklabels()]
    assert rows == ["$h_1$", "$h_2$", "noun", "plural", "verb", "bias"]
    assert [text.get_text() for text in ax.texts][-2:] == ["-1", "1"]
    fields = {(f.get_x() + 0.5, f.get_y() + 0.5): f for f in ax.patches}
    assert {at: f.get_alpha() for at, f in fields.items()} == {
        (column, row): pytest.approx(0.55 * abs(value) / 4)
        for (row, column), value in np.ndenumerate([*W, [-1, 1]])
        if value
    }
    signs = {np.sign(value) for value in (W[1, 0], W[2, 1])}
    assert len({f.get_facecolor()[:3] for f in fields.values()}) == len(signs) == 2
    assert [float(text.get_text()) for text in ax.texts] == [*W.ravel(), -1, 1]
    assert [line.get_ydata()[0] for line in ax.lines] == [1.5, 4.5]
    assert "5 × 2" in ax.get_title()


@pytest.mark.parametrize(
    ("draw", "message"),
    [
        (lambda: plot_gate([0.5, 1.5]), "i_t is a gate, between 0 and 1; got 0.5 to 1.5"),
        (lambda: plot_gate([[0.5], [0.5]]), r"i_t has shape \(2, 1\); expected one number per"),
        (lambda: plot_gate([]), "got no values"),
        (lambda: plot_gates(), "plot_gates got no gate; expected i_t=…"),
        (lambda: plot_gates(f_t=[-0.1, 0]), "f_t is a gate, between 0 and 1; got -0.1 to 0"),
        (lambda: plot_memory(), "plot_memory got nothing to draw"),
        (lambda: plot_memory(np.zeros((2, 2, 2))), r"c_t has shape \(2, 2, 2\); expected \(T,\)"),
        (lambda: plot_memory([1, float("nan")]), "c_t holds nan"),
        (lambda: plot_gradient_norms([1, -1]), r"0 or more; got shape \(2,\) with -1"),
        (lambda: plot_gradient_norms([1], name="q"), "no style is named 'q'"),
        (lambda: plot_activation([0, 1], [0]), r"σ has shape \(1,\); expected \(2,\), as a has"),
        (lambda: plot_weights(np.zeros((2, 2))), r"W_i has shape \(2, 2\); expected \(H \+ D, H\)"),
        (lambda: plot_weights(W, [1]), r"b has shape \(1,\); expected \(2,\)"),
        (lambda: plot_weights(W, features=["noun"]), "1 features named, but .* D = 3 inputs"),
    ],
)
def test_arrays_that_do_not_fit_are_named(draw, message):
    with pytest.raises(ValueError, match=message):
        draw()


def test_a_plot_draws_where_it_is_told_and_changes_no_input():
    ax = Figure().subplots()
    values = np.array([0.5, 0.25])
    assert plot_gate(values, ax=ax) is ax
    np.testing.assert_array_equal(values, [0.5, 0.25])


def test_the_style_undoes_itself():
    with matplotlib.rc_context({"font.size": 17, "axes.spines.top": True}):
        plot_memory([1.0, 2.0])
        with style():
            assert matplotlib.rcParams["axes.spines.top"] is False
        assert matplotlib.rcParams["font.size"] == 17
        assert matplotlib.rcParams["axes.spines.top"] is True


def test_importing_the_package_loads_no_matplotlib_and_the_plots_choose_no_backend():
    code = """
import sys, lstm_course
assert "matplotlib" not in sys.modules and "ipywidgets" not in sys.modules
import matplotlib
names = set(matplotlib.rcParams) - {"backend"}  # to read that one is to choose it
before = {name: matplotlib.rcParams[name] for name in names}
import lstm_course.plots
assert "matplotlib.pyplot" not in sys.modules
assert {name: matplotlib.rcParams[name] for name in names} == before
assert matplotlib.get_backend(auto_select=False) is None
"""
    environment = {"PATH": "", "MPLBACKEND": ""}
    if "SYSTEMROOT" in os.environ:  # without it Windows starts no Python
        environment["SYSTEMROOT"] = os.environ["SYSTEMROOT"]
    run = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True)
    assert run.returncode == 0, run.stderr.decode()


@pytest.mark.parametrize("alt", ["plot", "x" * 40, "a b c d e", "  two   bars  "])
def test_show_refuses_a_picture_without_words(alt):
    with pytest.raises(ValueError, match="expected a sentence of 20 characters or more"):
        show(plot_gate([0.5]), alt=alt)


def test_show_without_a_notebook_says_the_alt_text(capsys):
    assert show(plot_gate([0.73, 0.27]), alt=f"\n  {ALT} ") is None
    assert capsys.readouterr().out == f"{ALT}\n"


def test_show_in_a_notebook_sends_one_picture_with_its_alt_text(monkeypatch):
    sent = []
    monkeypatch.setattr(shown.InteractiveShell, "initialized", lambda: True)
    monkeypatch.setattr(shown, "display", lambda data, **rest: sent.append((data, rest)))
    show(plot_gate([0.73, 0.27]), alt=ALT)
    [(data, rest)] = sent
    assert data["text/plain"] == ALT
    assert f'alt="{ALT}"' in data["text/html"]
    [coded] = re.findall(r"data:image/svg\+xml;base64,([^\"]*)", data["text/html"])
    drawing = ElementTree.fromstring(base64.b64decode(coded))
    words = {"".join(text.itertext()) for text in drawing.iter("{http://www.w3.org/2000/svg}text")}
    assert {"unit 1", "0.73", "it"} <= words
    assert rest["raw"] and rest["metadata"]["image/png"]["alt"] == ALT
    image = Image.open(io.BytesIO(base64.b64decode(data["image/png"])))
    size = rest["metadata"]["image/png"]
    assert image.size == (2 * size["width"], 2 * size["height"])


def test_alt_text_with_quotes_and_brackets_stays_one_attribute():
    alt = 'h < "c" & more <script>'
    data, _ = picture_bundle("<svg/>", b"png", alt, (10, 10))
    assert html.unescape(data["text/html"].split('alt="')[1].split('"')[0]) == alt
    assert "<script>" not in data["text/html"]


def test_a_picture_is_white_at_its_edge_and_the_same_each_time():
    one, two = png(plot_gate([0.5]).figure), png(plot_gate([0.5]).figure)
    assert one == two
    assert Image.open(io.BytesIO(one)).convert("RGB").getpixel((1, 1)) == (255, 255, 255)


def test_show_closes_a_figure_of_pyplot(monkeypatch, capsys):
    monkeypatch.setenv("MPLBACKEND", "agg")
    plt = pytest.importorskip("matplotlib.pyplot")
    _, ax = plt.subplots()
    show(plot_gate([0.5], ax=ax), alt=ALT)
    assert plt.get_fignums() == []


def test_a_figure_that_was_shown_is_not_kept_in_memory(capsys):
    ax = plot_gate([0.5])
    figure = weakref.ref(ax.figure)
    show(ax, alt=ALT)
    del ax
    gc.collect()
    assert figure() is None
