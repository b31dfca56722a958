"""The cell explorer: the cell tracks number, and the page gets the numbers of the equations."""

import itertools
import json
import re

import numpy as np
import pytest

from lstm_course import running_example as ex
from lstm_course.equations import sigmoid
from lstm_course.plots.diagram import explore, words_of
from lstm_course.plots.diagram.cuts import SPOTS
from lstm_course.plots.diagram.frames import explorer_frames, explorer_svg, verdict
from lstm_course.plots.diagram.reader import SENTENCE
from lstm_course.widgets.explorer import (
    QUESTION,
    TEXT,
    ExplorerView,
    cell_explorer,
    stored_explorer,
)
from lstm_course.widgets.shell import live_view
from lstm_course.widgets.stored import RUN

NOUNS = ("cat", "cats", "dog", "dogs")
CLAUSES = (
    "",
    *(f"which {a}{v}" for a in ("", "already ") for v in ("ate", "saw")),
    *(f"which the {n} {a}{v}" for n in NOUNS for a in ("", "already ") for v in ("ate", "saw")),
)


def right_verb(noun):
    return "were" if noun.endswith("s") else "was"


@pytest.mark.parametrize("noun", NOUNS)
@pytest.mark.parametrize("the", ["the ", ""])
def test_the_verb_fits_the_subject_in_every_sentence(noun, the):
    for clause in CLAUSES:
        last = explore(f"{the}{noun} {clause}")[-1]
        assert last.verb == right_verb(noun), clause
        assert (last.values["c_t"][0] > 0) == noun.endswith("s"), clause


def test_the_second_sentence_forgets_the_first_subject():
    for first, second in itertools.product(NOUNS, NOUNS):
        text = f"the {first} which already ate {right_verb(first)} full the {second} which ate"
        assert explore(text)[-1].verb == right_verb(second), text


def test_the_first_step_is_the_one_of_the_lessons():
    first = explore()[0]
    assert first.word == "cats"
    pencil = dict(i_t=[0.88, 0.27], f_t=[0.27, 0.88], o_t=[0.73, 0.27], c_tilde=[0.76, -0.76])
    pencil |= dict(c_t=[0.40, 0.68], h_t=[0.28, 0.16])
    assert {k: first.values[k].round(2).tolist() for k in pencil} == pencil


def test_unit_2_is_below_zero_inside_the_clause_only():
    signs = {s.word: s.values["c_t"][1] > 0 for s in explore()}
    assert signs == {
        "cats": True, "which": False, "already": False, "ate": True, "were": True, "full": True
    }  # fmt: skip


def test_a_forget_gate_set_by_hand_changes_the_memory_as_computed_by_hand():
    plain = explore()
    changed = explore(overrides={(2, "f_t", 0): 0.25})
    before, at = plain[1].values, changed[2].values
    a_i = np.concatenate([before["h_t"], ex.WORDS["already"]]) @ ex.W_i[:, 0] + ex.b_i[0]
    a_c = np.concatenate([before["h_t"], ex.WORDS["already"]]) @ ex.W_c[:, 0] + ex.b_c[0]
    by_hand = 0.25 * before["c_t"][0] + sigmoid(a_i) * np.tanh(a_c)
    assert at["c_t"][0] == pytest.approx(by_hand, abs=1e-15)
    assert at["c_t"][0] != plain[2].values["c_t"][0]
    assert at["c_t"][1] == plain[2].values["c_t"][1]
    assert changed[3].values["c_t"][0] < plain[3].values["c_t"][0]  # what follows follows
    np.testing.assert_array_equal(changed[1].values["c_t"], before["c_t"])


def test_a_gate_set_for_every_word_gives_way_to_one_word():
    steps = explore(overrides={(None, "o_t", 0): 0.0, (3, "o_t", 0): 1.0})
    assert [s.values["o_t"][0] for s in steps] == [0, 0, 0, 1, 0, 0]


@pytest.mark.parametrize(
    ("override", "message"),
    [
        ((0, "g_t", 0), "no gate is named 'g_t'"),
        ((0, "f_t", 2), "no unit 2"),
        ((6, "f_t", 0), "no word 6"),
    ],
)
def test_an_override_of_nothing_is_named(override, message):
    with pytest.raises(ValueError, match=message):
        explore(overrides={override: 0.5})


def test_cutting_a_wire_breaks_some_sentences_and_not_others():
    def right(text, noun, cut):
        return explore(f"the {noun} {text}", cut=cut)[-1].verb == right_verb(noun)

    for noun in ("cat", "cats"):
        assert right("", noun, ("c_prev", "times_f"))
        assert not right("which already ate", "cats", ("c_prev", "times_f"))
        assert not right("which already ate", "cats", ("plus", "c_t"))
    assert not right("", "cats", ("times_i", "plus"))
    assert right("", "cat", ("times_i", "plus"))  # the cat of the sentence before
    assert explore("the cat", cut=("times_o", "softmax"))[-1].verb == "neither"


@pytest.mark.parametrize(
    ("text", "nearest"), [("the dgs ate", "dogs"), ("The cat whch ate", "which"), ("wer", "were")]
)
def test_an_unknown_word_is_named_with_the_nearest_one(text, nearest):
    with pytest.raises(
        ValueError, match=f'not a word of this lesson; the nearest one is "{nearest}"'
    ):
        words_of(text)


def test_a_sentence_is_read_whatever_its_case_and_stops():
    assert words_of("  The Cats, which ate.") == ["cats", "which", "ate"]
    for empty in ("", " . ", "the"):
        with pytest.raises(ValueError, match="no word to read"):
            words_of(empty)


def test_the_verdict_says_what_the_cell_expects():
    assert verdict(explore()) == (
        'After "ate" the cell expects were (was 0.05, were 0.67), and were comes.'
    )
    assert verdict(explore("the cat was")).endswith(
        "expects was (was 0.85, were 0.01), and was comes."
    )
    assert verdict(explore("the cats was")).endswith("and was comes: it has it wrong.")
    assert verdict(explore("cats which")).endswith("(was 0.37, were 0.44).")
    lost = explore(overrides={(2, "f_t", 0): 0.0})
    assert 'After "ate" the cell cannot tell' in verdict(lost)


def test_the_frames_hold_the_numbers_of_the_steps():
    frames, steps = explorer_frames(), explore()
    assert json.loads(json.dumps(frames)) == frames
    assert [f["word"] for f in frames["steps"]] == [s.word for s in steps]
    for frame, step in zip(frames["steps"], steps, strict=True):
        for unit, shown in enumerate(frame["units"]):
            for name in ("f_t", "i_t", "o_t", "c_tilde", "kept", "written", "c_t", "shown", "h_t"):
                text = shown["wires"][name]["text"].replace("−", "-")
                assert float(text) == round(step.values[name][unit], 2), (step.word, name)
            assert shown["gates"]["f_t"] == round(step.values["f_t"][unit], 4)
            assert step.word in shown["said"]
        assert [p for p, _ in frame["y"]] == [round(p, 4) for p in step.values["y_t"]]


def test_frames_mark_the_gates_set_by_hand():
    frames = explorer_frames(overrides={(1, "f_t", 1): 0.0})
    assert [[u["by_you"] for u in f["units"]] for f in frames["steps"]][:2] == [
        [[], []],
        [[], ["f_t"]],
    ]
    assert "Set by hand: forget gate." in frames["steps"][1]["units"][1]["said"]


def test_frames_tell_what_the_cell_expects_and_what_is_cut():
    whole, cut = explorer_frames(), explorer_frames(cut=("times_i", "plus"))
    assert whole["verb"] == {"after": "ate", "p": [0.0545, 0.6725], "prefers": "were"}
    assert cut["verb"]["prefers"] == "was"
    assert cut["verdict"].startswith('With i_t ⊙ c̃_t cut: after "ate" the cell expects was')
    assert explorer_frames(cut=("plus", "c_t"))["verb"]["prefers"] == "neither"


def asked(explorer, number=1, **changed):
    at = {"sentence": SENTENCE, "overrides": [], "cut": [], **changed}
    explorer.widget._heard(None, {"at": at, "asker": "page", "number": number}, None)
    return explorer.widget.frame


@pytest.fixture
def shown():
    """An explorer that a page shows."""
    explorer = cell_explorer()
    live_view(explorer, ExplorerView)
    return explorer


def memory(frame):
    return frame["steps"][2]["units"][0]["wires"]["c_t"]["text"]


def test_the_page_asks_and_the_kernel_answers(shown):
    before = memory(shown.widget.frame)
    answer = asked(shown, 3, overrides=[[2, "f_t", 0, 0.25]])
    assert (before, memory(answer)) == ("+0.36", "+0.09")
    assert (answer["asker"], answer["number"]) == ("page", 3)
    assert shown.steps[2].values["f_t"][0] == 0.25


def test_wires_are_cut_and_mended(shown):
    answer = asked(shown, cut=[["times_i", "plus"], ["times_o", "h_t"]])
    assert answer["verb"]["prefers"] == "was"
    assert shown.steps[0].values["cut"] == {("times_i", "plus"), ("times_o", "h_t")}
    assert asked(shown, 2)["verb"]["prefers"] == "were"


def test_an_unknown_word_leaves_the_page_as_it_is(shown):
    steps = shown.widget.frame["steps"]
    answer = asked(shown, sentence="the cats ran")
    assert answer["steps"] == steps and answer["at"]["sentence"] == SENTENCE
    assert '"ran" is not a word' in answer["problem"]
    answer = asked(shown, 2, sentence="the cat was full")
    assert "problem" not in answer
    assert answer["sentence"] == "the cat was full"


def test_reset_brings_the_start_back_with_what_was_cut():
    explorer = cell_explorer("the cats which the dog saw were full", cut=("times_o", "h_t"))
    assert explorer.frame()["verb"]["prefers"] == "was"
    start = explorer.frame()
    explorer.move({"sentence": SENTENCE, "overrides": [], "cut": []})
    explorer.reset()
    assert explorer.frame() == start


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"t": 6}, "t is 6; possible: 0 to 5"),
        ({"unit": 2}, "unit is 2; possible: 0 to 1"),
        ({"cut": ("join", "plus")}, "no wire of the diagram"),
        ({"sentence": "the cot"}, 'the nearest one is "cat"'),
    ],
)
def test_what_is_not_possible_is_said(wrong, message):
    with pytest.raises(ValueError, match=message):
        cell_explorer(**wrong)


def test_the_picture_under_a_veil_and_the_text_come_with_the_live_view():
    data, _ = cell_explorer()._repr_mimebundle_()
    assert data["text/plain"] == TEXT
    assert "application/vnd.jupyter.widget-view+json" in data
    assert explorer_svg() in data["image/svg+xml"]
    assert RUN in data["image/svg+xml"] and QUESTION in data["image/svg+xml"]
    assert 'alt="Cell explorer, not running.' in data["text/html"]


def test_every_single_cut_of_a_sentence_is_stored():
    frames = stored_explorer("the cats were full")["frames"]
    assert set(frames) == {"", *(" ".join(wire) for wire in SPOTS)}
    assert frames["times_i plus"]["verb"]["prefers"] == "was"
    assert frames[""]["steps"] == explorer_frames("the cats were full")["steps"]


def test_the_page_finds_every_part_that_it_moves():
    script, svg = str(ExplorerView._esm), explorer_svg(scissors=True)
    names = set(re.findall(r"\[data-([a-z]+)", script)) - {"lm"}
    assert names == {"number", "z", "bar", "p", "word"}
    for name in names | {"spot", "of", "words", "wire", "lit-by"}:
        assert f"data-{name}=" in svg


def test_the_page_adds_no_equation_of_its_own():
    assert not re.search(r"\btanh|\bexp\(|Math\.(tanh|exp)", str(ExplorerView._esm))
