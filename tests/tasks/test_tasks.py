"""Each task asks what its docstring says, and draws from nothing but its rng."""

import numpy as np
import pytest

from lstm_course import tasks
from lstm_course.tasks import agreement

MAKERS = [
    lambda rng: tasks.make_lag(rng, 6, 9),
    lambda rng: tasks.make_adding(rng, 6, 20),
    lambda rng: tasks.make_temporal_order(rng, 6, 20),
    lambda rng: tasks.make_reber(rng, 6),
    lambda rng: tasks.make_reber_stream(rng, 6, 50),
    lambda rng: tasks.make_agreement(rng, 6),
    lambda rng: tasks.make_text(rng, 6, 20),
]


@pytest.mark.parametrize("make", MAKERS)
def test_the_same_seed_gives_the_same_batch_and_another_seed_another(make):
    first, again, other = (make(np.random.default_rng(seed)) for seed in (1, 1, 2))
    assert np.array_equal(first[0], again[0]) and np.array_equal(first[1], again[1])
    assert first[0].shape != other[0].shape or not np.array_equal(first[0], other[0])


@pytest.mark.parametrize("make", MAKERS)
def test_time_comes_first_and_the_batch_second(make):
    xs, targets = make(np.random.default_rng(0))
    assert xs.ndim == 3 and xs.shape[1] == 6
    per_step = targets.dtype.kind == "i" and targets.ndim == 2
    assert targets.shape[:2] == xs.shape[:2] if per_step else targets.shape[0] == 6


def test_one_hot_has_one_one_per_row_and_none_for_nothing():
    assert tasks.one_hot([[2], [-1]], 3).tolist() == [[[0, 0, 1]], [[0, 0, 0]]]
    with pytest.raises(ValueError, match="0 to 2"):
        tasks.one_hot([3], 3)
    with pytest.raises(ValueError, match="float"):
        tasks.one_hot([0.5], 3)


def test_lag_answer_is_the_first_symbol_and_stands_nowhere_else():
    xs, targets = tasks.make_lag(np.random.default_rng(0), 50, 12, distractors=3)
    assert xs.shape == (13, 50, 5)
    assert np.array_equal(xs[0].argmax(-1), targets) and set(targets) == {0, 1}
    assert (xs[1:].argmax(-1) >= 2).all()


def test_adding_target_is_made_of_the_two_marked_numbers():
    xs, targets = tasks.make_adding(np.random.default_rng(0), 500, 50)
    marks = xs[..., 1] == 1
    assert (marks.sum(0) == 2).all()
    assert np.allclose(targets[:, 0], 0.5 + (xs[..., 0] * marks).sum(0) / 4)
    assert (np.diff(np.argwhere(marks.T)[:, 1].reshape(-1, 2), axis=1) > 0).all()
    assert marks[25:].sum() == 0  # both marks lie before the middle


@pytest.mark.parametrize("length", [4, 5, 10])
def test_adding_never_loses_a_mark_in_short_sequences(length):
    xs, _ = tasks.make_adding(np.random.default_rng(0), 300, length)
    assert ((xs[..., 1] == 1).sum(0) == 2).all()


def test_temporal_order_class_follows_from_the_two_relevant_symbols():
    xs, targets = tasks.make_temporal_order(np.random.default_rng(0), 200, 100)
    ids = xs.argmax(-1)
    for n in range(200):
        pair = ids[:, n][ids[:, n] >= 6] - 6
        assert len(pair) == 2 and targets[n] == 2 * pair[0] + pair[1]
    assert (ids[0] == 0).all() and (ids[-1] == 1).all() and set(targets) == {0, 1, 2, 3}


def letters(xs, n):
    ids = xs[:, n].argmax(-1)[xs[:, n].sum(-1) > 0]
    return "".join(tasks.REBER_SYMBOLS[i] for i in ids)


def test_every_reber_target_is_legal_and_every_legal_symbol_turns_up():
    xs, targets = tasks.make_reber(np.random.default_rng(0), 300)
    seen, allowed = {}, {}
    for n in range(300):
        string = letters(xs, n)
        assert (targets[len(string) :, n] == tasks.NOTHING).all()
        for t in range(len(string)):
            allowed[string[: t + 1]] = set(tasks.legal_next(string[: t + 1]))
            seen.setdefault(string[: t + 1], set()).add(tasks.REBER_SYMBOLS[targets[t, n]])
    assert all(seen[start] <= allowed[start] for start in seen)
    assert all(seen[start] == allowed[start] for start in ("B", "BT", "BTB", "BPB", "BPBT"))


def test_reber_outer_symbol_returns_at_the_one_marked_step():
    xs, targets = tasks.make_reber(np.random.default_rng(0), 100)
    marked = tasks.outer_steps(xs, targets)
    assert (marked.sum(0) == 1).all()
    assert np.array_equal(targets[marked.argmax(0), np.arange(100)], xs[1].argmax(-1))


def test_legal_next_knows_the_grammar_by_hand():
    # walked by hand along the graph of Reber's grammar
    cases = {"": "B", "B": "TP", "BP": "B", "BPB": "TP", "BPBT": "SX", "BPBTX": "XS"}
    cases |= {"BPBTXS": "E", "BPBTXSE": "P", "BTBTXSE": "T", "BTBPVVET": "E", "BTBPVVETE": ""}
    assert {string: tasks.legal_next(string) for string in cases} == cases
    with pytest.raises(ValueError, match="symbol 1 .* 'X'; expected one of T, P"):
        tasks.legal_next("BX")


def test_reber_stream_is_whole_strings_end_to_end():
    xs, targets = tasks.make_reber_stream(np.random.default_rng(0), 3, 200)
    assert np.array_equal(xs[1:].argmax(-1), targets[:-1])
    for n in range(3):
        string, start = letters(xs, n), 0
        for t in range(len(string)):
            if not tasks.legal_next(string[start:t]):
                start = t
    assert (tasks.outer_steps(xs, targets).sum(0) > 8).all()


@pytest.mark.parametrize("attractors", range(5))
def test_agreement_has_as_many_attractors_as_asked_all_of_the_other_number(attractors):
    xs, targets = tasks.make_agreement(np.random.default_rng(0), 80, attractors=attractors)
    for n in range(80):
        nouns = [w for w in tasks.decode(xs[:, n].argmax(-1)[xs[:, n].sum(-1) > 0]).split()]
        nouns = [w for w in nouns if w in agreement.SINGULAR + agreement.PLURAL]
        plural = [w in agreement.PLURAL for w in nouns]
        assert len(nouns) == attractors + 1
        assert all(p != plural[0] for p in plural[1:])


def test_agreement_verb_has_the_number_of_the_subject_and_the_choice_names_both_forms():
    xs, targets = tasks.make_agreement(np.random.default_rng(0), 200)
    steps, right, wrong = tasks.verb_choice(targets)
    forms = {tasks.WORDS[r]: tasks.WORDS[w] for r, w in zip(right, wrong, strict=True)}
    assert forms == {a: b for pair in agreement.VERBS for a, b in (pair, pair[::-1])}
    plural = np.array([tasks.WORDS[r] in [v[1] for v in agreement.VERBS] for r in right])
    assert np.array_equal(plural, tasks.subject_is_plural(xs))
    assert (tasks.only_verbs(targets) >= 0).sum() == 200


def test_held_out_pairs_are_never_trained_on_and_only_they_are_tested():
    def pairs(held_out):
        xs, targets = tasks.make_agreement(np.random.default_rng(0), 2000, held_out=held_out)
        singular = {form: v[0] for v in agreement.VERBS for form in v}
        _, right, _ = tasks.verb_choice(targets)
        subjects = [tasks.WORDS[i].removesuffix("s") for i in xs[1].argmax(-1)]
        return {(s, singular[tasks.WORDS[r]]) for s, r in zip(subjects, right, strict=True)}

    assert pairs(True) == set(tasks.HELD_OUT)
    assert len(pairs(False)) == 20 and not pairs(False) & set(tasks.HELD_OUT)


def test_mixed_sentences_have_about_the_asked_share_of_attractors():
    xs, _ = tasks.make_agreement(np.random.default_rng(0), 4000)
    ids = xs.argmax(-1) * (xs.sum(-1) > 0)
    first_plural = tasks.WORDS.index("cats")
    is_noun = (ids >= tasks.WORDS.index("cat")) & (ids < first_plural + 6)
    other = is_noun & ((ids >= first_plural) != tasks.subject_is_plural(xs))
    assert 0.055 < other.any(0).mean() < 0.085


def test_typed_sentences_come_back_and_unknown_words_are_named():
    sentence = "the cats which already ate were full ."
    assert tasks.decode(tasks.encode("The cats which already ate were full.")) == sentence
    with pytest.raises(ValueError, match="no word 'mouse'"):
        tasks.encode("the mouse was full")


def test_text_is_ours_in_size_and_alphabet_and_cuttings_are_from_it():
    text = tasks.load_text()
    assert 3000 < len(text) < 8000
    xs, targets = tasks.make_text(np.random.default_rng(0), 4, 30)
    for n in range(4):
        cutting = tasks.decode_text(xs[:, n].argmax(-1))
        assert cutting in text.lower()
        assert cutting[1:] == tasks.decode_text(targets[:-1, n])
    with pytest.raises(ValueError, match="character 1 is '€'"):
        tasks.encode_text("a€")
    with pytest.raises(ValueError, match="more than length = 30"):
        tasks.make_text(np.random.default_rng(0), 1, 30, text="too short")


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda rng: tasks.make_lag(rng, 0, 5), "batch is 0"),
        (lambda rng: tasks.make_lag(rng, 1, 0), "lag is 0"),
        (lambda rng: tasks.make_adding(rng, 1, 3), "length is 3; expected 4"),
        (lambda rng: tasks.make_temporal_order(rng, 1, 9), "length is 9"),
        (lambda rng: tasks.make_agreement(rng, 1, attractors=5), "attractors is 5"),
        (lambda rng: tasks.make_agreement(rng, 1, share=2), "share 2"),
    ],
)
def test_sizes_that_cannot_be_are_named(make, message):
    with pytest.raises(ValueError, match=message):
        make(np.random.default_rng(0))
