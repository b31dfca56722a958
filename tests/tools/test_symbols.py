"""Symbols in displayed equations wear their color; what stands in a line does not."""

import pytest

from lstm_course.plots.palette import EQUATION
from lstm_course.plots.theme import luminance
from tools.symbols import colored


def test_the_gates_and_the_candidate_are_colored():
    text = colored(r"$$c_t = f_t \odot c_{t-1} + i_t \odot \tilde c_t \tag{5}$$")
    f, i, c_tilde = (EQUATION[name].light for name in ("f", "i", "c_tilde"))
    assert text == (
        rf"$$c_t = {{\color{{{f}}}{{f_t}}}} \odot c_{{t-1}} + "
        rf"{{\color{{{i}}}{{i_t}}}} \odot {{\color{{{c_tilde}}}{{\tilde c_t}}}} \tag{{5}}$$"
    )


def test_a_step_of_its_own_is_colored_with_its_symbol():
    assert rf"{{\color{{{EQUATION['f'].light}}}{{f_{{t-k+1}}}}}}" in colored("$$f_{t-k+1}$$")


@pytest.mark.parametrize(
    "text",
    [
        "In a line $f_t$ stays as it is.",
        r"$$df_t = d\tilde{c}_t$$",
        r"$$W_f\,x + b_i \odot p_o$$",
        r"$$h_t \odot c_t$$",
    ],
)
def test_other_symbols_stay_as_they_are(text):
    assert colored(text) == text


def contrast(one, two):
    light, dark = sorted((luminance(one), luminance(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", EQUATION)
def test_symbols_are_readable_on_light_and_dark_pages(name):
    tone = EQUATION[name]
    assert contrast(tone.light, "#FFFFFF") >= 4.5
    assert contrast(tone.dark, "#131416") >= 4.5
    assert contrast(tone.light, "#111111") >= 4.1  # a dark page without rules of ours
