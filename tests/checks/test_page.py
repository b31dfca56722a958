"""How the message of a check looks: marks, symbols, lines, and what JupyterLab may not add."""

import re

import pytest

from lstm_course.checks import check
from lstm_course.checks.marks import differing
from lstm_course.checks.outcome import NOT_ATTEMPTED, PASSED, Message, Outcome

WRONG = Outcome(
    "step-backward",
    "wrong values",
    0,
    3,
    "i_t multiplies c_tilde in equation 5. See `dW_f`.",
    (
        ("inputs", "c_prev = [2, -1]   dc = [1, 1]"),
        ("yours dW_f", "[[ 0.27  0.88]\n [ 0.12 -0.55]]"),
        ("expected dW_f", "[[ 0.27  0.81]\n [ 0.12  0.55]]"),
    ),
    'f^20 is left. hint("step-backward") gives more.',
    line=(4, "di = dc * c_prev"),
)


def html(thing):
    return thing._repr_mimebundle_()["text/html"]


def test_the_learners_own_line_is_the_headline():
    assert repr(WRONG).startswith("step-backward, line 4: di = dc * c_prev\n")
    assert re.search(r"<strong>step-backward, line 4:</strong> <code[^>]*>di = dc", html(WRONG))


def test_values_line_up_in_text():
    lines = repr(WRONG).split("\n")
    assert lines[2].index("c_prev") == lines[3].index("[[") == lines[5].index("[ 0.12") - 1


def test_digits_that_differ_have_a_mark_below_in_text():
    lines = repr(WRONG).split("\n")
    assert lines[4].index("^") == lines[3].index("0.88") + 3 and lines[4].count("^") == 1
    assert lines[6].index("^") == lines[5].index("-0.55") and lines[6].count("^") == 5


def test_digits_that_differ_are_bold_and_underlined_on_the_page():
    marked = re.findall(
        r"<strong style=\"text-decoration:underline\">([^<]*)</strong>", html(WRONG)
    )
    assert marked == ["8", "-0.55"]


@pytest.mark.parametrize(
    ("yours", "expected", "marked"),
    [
        ("[0.27 0.97]", "[0.27 0.88]", ["97"]),
        ("0.500001", "0.500002", ["1"]),
        ("[1.00]", "[1.00]", []),
        ("at [1, 2]: 3.50", "at [1, 2]: -3.50", ["3.50"]),
        ("12.5", "12.55", ["5"]),
        ("shape (3,)", "shape (3, 1)", []),
        ("nan", "0.50", ["nan"]),
        ("1e-10", "0.35", ["1e-10"]),
    ],
)
def test_a_mark_goes_from_the_first_digit_that_differs_to_the_end(yours, expected, marked):
    spans = differing((("yours", yours), ("expected", expected))).get("yours", [])
    assert [yours[a:b] for a, b in spans] == marked


def test_nothing_is_marked_without_something_beside_it():
    assert differing((("yours", "0.9"), ("happens", "1"), ("asked for", "2"))) == {}


def test_symbols_are_set_in_prose_and_code_stays_code():
    page = html(WRONG)
    assert "<i>i</i><sub>t</sub> multiplies c_tilde" in page
    assert "f<sup>20</sup>" in page
    assert re.search(r"<code[^>]*>dW_f</code>", page)
    assert re.search(r"<code[^>]*>hint\(&quot;step-backward&quot;\)</code>", page)
    assert "c_prev = [2, -1]</code>" in page


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("b_f and W_y", "<i>b</i><sub>f</sub> and <i>W</i><sub>y</sub>"),
        ("h_prev, dW_f", "<i>h</i><sub>prev</sub>, <i>dW</i><sub>f</sub>"),
        ("h_{t-1}", "<i>h</i><sub>t-1</sub>"),
        ("claim_1 and h_n_shape", "claim_1 and h_n_shape"),
        ("a < b & c", "a &lt; b &amp; c"),
        ("np.x_t", "np.x_t"),
    ],
)
def test_only_symbols_of_the_course_get_a_subscript(text, page):
    assert page in html(Message(text))


@pytest.mark.parametrize("outcome", [WRONG, Outcome("a", PASSED, 1, 1), Message("a `b` c")])
def test_jupyterlab_finds_no_table_to_stripe_and_no_ground_behind_code(outcome):
    page = html(outcome)
    assert "<table" not in page and "<script" not in page and "<style" not in page
    assert all("background:none" in style for style in re.findall(r"<(?:code|pre) [^>]*>", page))


def test_text_has_the_colour_of_the_theme():
    colours = re.findall(r"(?<!-)color:([^;\"]+)", html(WRONG))
    assert colours and all(c.startswith("var(--jp-") or c == "inherit" for c in colours)


def test_what_is_to_be_done_stands_beside_not_attempted_yet():
    page = html(Outcome("a-b", NOT_ATTEMPTED, 0, 1, "Put your answer in place of `...` in b_f."))
    assert "<strong>a-b: not attempted yet.</strong> Put your answer" in page


def test_a_memory_outside_its_band_is_drawn_with_words_and_the_text_needs_no_picture():
    outcome = check("hold-through-noise", 1, 1)
    assert 'alt="Your c_t over 20 steps' in html(outcome)
    assert "first leaves the band at step 1, with 1.25 where 1.00" in html(outcome)
    assert "<img" not in repr(outcome) and "c = 1.25 at step 1" in repr(outcome)
    assert "<img" not in html(check("hold-through-noise", 1, 0))
