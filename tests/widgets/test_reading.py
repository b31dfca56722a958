"""The cell that reads: what the page gets, what is stored, and that a question tells no answer."""

import json

import numpy as np
import pytest

from lstm_course.plots.diagram.reader import before_verb, explore
from lstm_course.widgets import cell_reads, stored
from lstm_course.widgets.reading import reading
from lstm_course.widgets.shell import without_export
from lstm_course.widgets.stored import packed_frames, unpacked

OTHERS = {
    "the cat which already ate was full": ("was", "singular"),
    "the cats which the dog saw were full": ("were", "plural"),
}


def test_it_reads_up_to_the_verb_and_no_further():
    words = [step["word"] for step in reading()["asks"]["steps"]]
    assert words == ["cats", "which", "already", "ate"]
    assert reading()["question"] == "the cats which already ate … was or were?"
    open_end = reading("the cats which already ate")
    assert [step["word"] for step in open_end["asks"]["steps"]] == words


def test_nothing_in_the_question_tells_the_verb():
    asked = reading(answer=False)
    assert "tells" not in asked
    told = json.dumps({k: v for k, v in asked.items() if k not in ("question", "wires")})
    assert "were" not in told and "Read-out" not in told and "y_t" not in told
    assert all(step["y"] == [] for step in asked["asks"]["steps"])
    data, _ = cell_reads(answer=False)._repr_mimebundle_()
    assert "were" not in data["image/svg+xml"].replace("was or were?", "")


def test_the_answer_is_what_the_cell_computes():
    told = reading()["tells"]
    last = before_verb(explore())[-1].values
    assert [p for p, _ in told["steps"][-1]["y"]] == list(np.round(last["y_t"], 4))
    assert told["steps"][-1]["units"][0]["c"] == round(float(last["c_t"][0]), 4)
    assert told["says"] == (
        "At “cats” the memory goes to +0.40, and that means plural. Before the verb it stands at "
        "+0.36, so the cell expects were: 0.67, against 0.05."
    )


@pytest.mark.parametrize("sentence", OTHERS)
def test_other_sentences_get_their_own_words(sentence):
    verb, number = OTHERS[sentence]
    told = reading(sentence)["tells"]
    assert told["verb"] == verb and f"means {number}." in told["says"]


def test_where_nothing_runs_it_is_a_picture_with_words_the_same_in_every_run():
    data, _ = cell_reads()._repr_mimebundle_()
    assert data["text/plain"] == (
        "Cell that reads “the cats which already ate …”. "
        "Run this cell to step through the sentence."
    )
    assert 'alt="Cell that reads, not running. the cats' in data["text/html"]
    assert "Run this cell to move it" in data["image/svg+xml"]
    assert not packed_frames(data["text/html"])


def test_a_built_notebook_keeps_the_steps_for_the_site(monkeypatch):
    monkeypatch.setattr(stored, "with_frames", True)
    data, _ = cell_reads()._repr_mimebundle_()
    assert unpacked(packed_frames(data["text/html"])) == reading()


@pytest.mark.parametrize(
    ("sentence", "problem"),
    [("the cots ate", '"cots" is not a word'), ("the were full", "nothing stands before the verb")],
)
def test_a_sentence_that_it_cannot_read_is_said(sentence, problem):
    with pytest.raises(ValueError, match=problem):
        cell_reads(sentence)


def test_a_front_end_without_its_one_export_is_refused():
    assert without_export("a();\nexport default b;\n").strip() == "a();"
    with pytest.raises(ValueError, match="got 0"):
        without_export("a();\n")
