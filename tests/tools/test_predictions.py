"""Predictions in a lesson's source: marked once, folded in JupyterLab and on the site."""

import nbformat
import pytest

from tools import site
from tools.notebooks import BuildError, make, read_source

LESSON = """# 04 · Choose what to forget

```{code-cell} ipython3
guess("left", "How much?", slide("left", 0, 1, 0.1), 0.1)
```

```{code-cell} ipython3
:answers: left
print(0.9**20)
```

+++ {"answers": "left"}

An eighth.

+++

Read on.
"""
HIDDEN = ":answers: left\n:hides: code\n# what follows tells\n"


def built(tmp_path, text=LESSON):
    path = tmp_path / "04-lesson.md"
    path.write_text(text, encoding="utf-8")
    return make(read_source(path), "04-lesson", "lesson")


def test_what_answers_opens_folded_and_the_rest_does_not(tmp_path):
    title, asks, code, words, rest = built(tmp_path).cells
    assert asks.metadata == {
        "lstm_course": {"guess": "left"}, "jupyter": {"source_hidden": True},
    }  # fmt: skip
    assert code.metadata == {
        "lstm_course": {"answers": "left"}, "jupyter": {"outputs_hidden": True}, "collapsed": True,
    }  # fmt: skip
    assert words.metadata == {
        "lstm_course": {"answers": "left"}, "jupyter": {"source_hidden": True},
    }  # fmt: skip
    assert title.metadata == rest.metadata == {}
    assert rest.source == "Read on."


def test_code_that_tells_the_answer_opens_folded_too(tmp_path):
    code = built(tmp_path, LESSON.replace(":answers: left\n", HIDDEN)).cells[2]
    assert code.metadata.jupyter == {"outputs_hidden": True, "source_hidden": True}
    assert code.metadata.lstm_course.hides == "code"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (":answers: left\n", ":answers: right\n", "a cell answers right, which no cell above"),
        (":answers: left\n", ":answers: left\n:hides: code\n", "begin with a comment"),
        (":answers: left\n", ":answers: left\n:hides: all\n", ":hides: is code"),
        ("Read on.", '```{code-cell} ipython3\nguess("left", "?", pick("a"), "a")\n```',
         "prediction left is asked twice"),
        ('guess("left"', 'guess("other"', "a cell answers left, which no cell above"),
        ("Read on.", '```{code-cell} ipython3\nguess("b", "?", pick("a"), "a")\n```',
         "prediction b has no answer"),
    ],
)  # fmt: skip
def test_a_question_without_answer_or_an_answer_without_question_stops_the_build(
    tmp_path, old, new, message
):
    with pytest.raises(BuildError, match=message):
        built(tmp_path, LESSON.replace(old, new, 1))


def test_on_the_site_all_that_answers_is_one_fold_below_the_question(tmp_path):
    lesson = built(tmp_path)
    html = "<blockquote><strong>How much?</strong><br><em>Run this cell</em></blockquote>"
    lesson.cells[1].outputs = [
        nbformat.v4.new_output("execute_result", {"text/html": html, "text/plain": "Guess"})
    ]
    page = site.lesson_page(lesson)
    title, asks, opens, code, words, closes, rest = page.cells
    assert asks.metadata.tags == ["remove-input"]
    assert asks.outputs[0].data["text/html"] == html.replace("<br><em>Run this cell</em>", "")
    assert opens.source.startswith('<details class="answer"><summary>Show the answer')
    assert closes.source == "</details>"
    assert (code.source, words.source) == ("print(0.9**20)", "An eighth.")
    nbformat.validate(page)
