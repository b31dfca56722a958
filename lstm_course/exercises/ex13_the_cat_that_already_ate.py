"""Exercises of lesson 13: find the cat in the cell."""

from functools import cache

import numpy as np

from ..probes import ablate, agreement_errors
from ..results import load_cat_model
from ..tasks import make_agreement
from .model import Case, Finding, Predict, SetValues, WriteFunction, Wrong

NOTEBOOK = "13-the-cat-that-already-ate"


def _error(scores: np.ndarray, right: np.ndarray, wrong: np.ndarray) -> float:
    rows = np.arange(len(scores))
    return np.mean(scores[rows, wrong] >= scores[rows, right])


def _draw_scores(rng: np.random.Generator) -> list[Case]:
    def case(N: int, K: int, label: str) -> Case:
        right = rng.integers(1, K - 1, N)
        wrong = right + rng.permutation(np.arange(N) % 2 * 2 - 1)
        scores = rng.normal(size=(N, K))
        scores[0, right[0]] = scores[0, wrong[0]]  # a tie counts as wrong
        return Case(inputs={"scores": scores, "right": right, "wrong": wrong}, label=label)

    return [case(18, 5, "18 sentences, 5 words"), case(25, 4, "25 sentences, 4 words")]


def _off(W: np.ndarray, W_y: np.ndarray, unit: int) -> tuple[np.ndarray, np.ndarray]:
    W, W_y = W.copy(), W_y.copy()
    W[unit], W_y[unit] = 0, 0
    return W, W_y


def _off_in_place(W: np.ndarray, W_y: np.ndarray, unit: int) -> tuple[np.ndarray, np.ndarray]:
    W[unit], W_y[unit] = 0, 0
    return W, W_y


def _off_where(rows: tuple = (), columns: tuple = (), read_out: str = "row"):  # noqa: ANN202
    """Return an ablation that zeroes other rows or columns; each offset is in units of H."""

    def off(W, W_y, unit):  # noqa: ANN001, ANN202
        H = len(W_y)
        W, W_y = W.copy(), W_y.copy()
        for offset in rows:
            W[offset * H + unit] = 0
        for offset in columns:
            W[:, offset * H + unit] = 0
        if read_out == "row":
            W_y[unit] = 0
        elif read_out == "column":
            W_y[:, unit] = 0
        return W, W_y

    return off


def _draw_weights(rng: np.random.Generator) -> list[Case]:
    def case(H: int, D: int, K: int, unit: int) -> Case:
        inputs = {"W": rng.normal(size=(H + D, 4 * H)), "W_y": rng.normal(size=(H, K))}
        return Case(inputs=inputs | {"unit": unit}, label=f"H = {H}, D = {D}, K = {K}, unit {unit}")

    return [case(3, 4, 5, 2), case(4, 5, 6, 1)]


@cache
def _four_attractors():  # noqa: ANN202
    return load_cat_model(), make_agreement(np.random.default_rng(7), 200, attractors=4)


def _judge_unit(unit: np.ndarray) -> Finding | None:
    """Switch the unit off and count the wrong verbs at four attractors."""
    model, test = _four_attractors()
    k = float(unit)
    if k != int(k) or not 0 <= k < model.params.H:
        cause = f"There is no unit {k:g}: the model has units 0 to {model.params.H - 1}."
        return Finding(cause=cause)
    if int(k) == 8:
        return Finding(cause="Unit 8 is the one that you know. Asked is another.")
    share = agreement_errors(ablate(model, int(k)), *test).mean()
    if share >= 0.3:
        return None
    return Finding(
        cause="The model does without this unit.",
        got=f"without unit {int(k)}: {share:.0%} wrong at four attractors",
        expected="30 % or more",
    )


def _each_word(fs: np.ndarray, i_s: np.ndarray, offers: np.ndarray) -> np.ndarray:
    """Return the memory after every word, (N, T, H)."""
    c, cs = np.zeros((len(fs), fs.shape[-1])), []
    for t in range(fs.shape[1]):
        c = fs[:, t] * c + i_s[:, t] * offers[:, t]
        cs.append(c)
    return np.stack(cs, axis=1)


def _memories(fs: np.ndarray, i_s: np.ndarray, offers: np.ndarray) -> np.ndarray:
    return _each_word(fs, i_s, offers)[:, -1]


def _end_to_end(gates: np.ndarray) -> np.ndarray:
    """Lay all sentences end to end, as one: (1, N T, H)."""
    return gates.reshape(1, -1, gates.shape[-1])


def _carried(fs: np.ndarray, i_s: np.ndarray, offers: np.ndarray) -> np.ndarray:
    ends, c = [], np.zeros(fs.shape[-1])
    for f, i, offer in zip(fs, i_s, offers, strict=True):
        for t in range(len(f)):
            c = f[t] * c + i[t] * offer[t]
        ends.append(c)
    return np.array(ends)


def _reset_each_word(fs: np.ndarray, i_s: np.ndarray, offers: np.ndarray) -> np.ndarray:
    return i_s[:, -1] * offers[:, -1]


def _same_array(fs: np.ndarray, i_s: np.ndarray, offers: np.ndarray) -> np.ndarray:
    c, ends = np.zeros(fs.shape[-1]), []
    for f, i, offer in zip(fs, i_s, offers, strict=True):
        c[:] = 0
        for t in range(len(f)):
            c *= f[t]
            c += i[t] * offer[t]
        ends.append(c)
    return np.array(ends)


def _draw_sentences(rng: np.random.Generator) -> list[Case]:
    def case(N: int, T: int, H: int) -> Case:
        fs, i_s = rng.uniform(0.3, 0.95, (2, N, T, H))
        inputs = {"fs": fs, "i_s": i_s, "offers": rng.uniform(-1, 1, (N, T, H))}
        return Case(inputs=inputs, label=f"{N} sentences of {T} words, {H} units")

    return [case(4, 5, 3), case(2, 3, 4)]


def _off_one_copied(which: int):  # noqa: ANN202
    def off(W, W_y, unit):  # noqa: ANN001, ANN202
        arrays = [W, W_y]
        arrays[which] = arrays[which].copy()
        return _off_in_place(*arrays, unit)

    return off


def _off_one_block(k: int):  # noqa: ANN202
    def off(W, W_y, unit):  # noqa: ANN001, ANN202
        H = len(W_y)
        W, W_y = W.copy(), W_y.copy()
        W[unit, k * H : (k + 1) * H], W_y[unit] = 0, 0
        return W, W_y

    return off


def _without_row(W: np.ndarray, row: int | slice) -> np.ndarray:
    W = W.copy()
    W[row] = 0
    return W


EXERCISES = (
    Predict(
        id="count-attractors",
        notebook=NOTEBOOK,
        asks_for=("attractors",),
        points=1,
        minutes=3,
        answer=2,
        hints=(
            "Which noun is the subject, and which number has it?",
            "An attractor stands between subject and verb and has the other number.",
        ),
        look="Go through the nouns one by one: girl, birds, horse, dogs.",
        passed="You can say how hard a sentence is. Which noun would mislead a small network most?",
        wrong=(
            Wrong(answer=3, cause="horse is singular, as girl is: it does not mislead."),
            Wrong(answer=4, cause="girl is the subject itself, and horse has its number."),
            Wrong(answer=1, cause="There are two plural nouns between girl and was."),
            Wrong(answer=0, cause="birds is plural and stands between girl and was."),
        ),
    ),
    WriteFunction(
        id="agreement-error",
        notebook=NOTEBOOK,
        asks_for=("agreement_error",),
        points=2,
        minutes=6,
        answer=_error,
        example=Case(
            inputs={
                "scores": np.array([[2.0, 1, 5], [0, 3, 0], [1, 1, 0]]),
                "right": np.array([0, 0, 0]),
                "wrong": np.array([1, 1, 1]),
            },
            label="",
        ),
        draw=_draw_scores,
        returns=("share",),
        hints=(
            "Each sentence needs two scores: that of its right and that of its wrong form.",
            "scores[np.arange(N), right] takes one entry from each row.",
            "Compare the two rows of scores and take the mean of the comparison.",
        ),
        look="In the example only sentence 1 is right: 2 against 1. Sentence 3 is a tie.",
        passed="This is the measure of Linzen et al.: other words may score higher, and only "
        "the two forms count.",
        wrong=(
            Wrong(
                answer=lambda s, r, w: 1 - _error(s, r, w),
                cause="This is the share of right verbs. Asked is the share of wrong ones.",
            ),
            Wrong(
                answer=lambda s, r, w: np.mean(s.argmax(-1) != r),
                cause="You compare with all words. Only the two forms of the verb count: another "
                "word may score higher.",
            ),
            Wrong(
                answer=lambda s, r, w: np.mean(s.argmax(-1) == w),
                cause="You ask whether the wrong form beats all words. It only has to beat the "
                "right form.",
            ),
            Wrong(
                answer=lambda s, r, w: np.mean(s[np.arange(len(s)), w] > s[np.arange(len(s)), r]),
                cause="A tie is not counted. At least as high counts as wrong: >=.",
            ),
            Wrong(
                answer=lambda s, r, w: np.sum(s[np.arange(len(s)), w] >= s[np.arange(len(s)), r]),
                cause="This is the number of wrong verbs. Divide it by the number of sentences.",
            ),
            Wrong(
                answer=lambda s, r, w: (s[np.arange(len(s)), w] >= s[np.arange(len(s)), r]) * 1.0,
                cause="This is one value per sentence. Asked is their mean.",
            ),
            Wrong(
                answer=lambda s, r, w: np.mean(s[:, w] >= s[:, r]),
                cause="scores[:, right] takes those columns from every row: (N, N). Each row needs "
                "its own entry: scores[np.arange(N), right].",
            ),
            Wrong(
                answer=lambda s, r, w: np.mean(s[np.arange(len(s)), r] >= s[np.arange(len(s)), w]),
                cause="This is the share of right verbs, with ties counted as right. Asked is the "
                "share of wrong ones, and a tie is wrong.",
            ),
            Wrong(
                answer=lambda s, r, w: 100 * _error(s, r, w),
                cause="This is in percent. Asked is a share between 0 and 1.",
            ),
            Wrong(
                answer=lambda s, r, w: np.mean(s[w] >= s[r]),
                cause="scores[right] takes whole rows: the class is used as the number of a "
                "sentence. Each row needs one entry: scores[np.arange(N), right].",
            ),
            Wrong(
                answer=lambda s, r, w: (
                    (s[np.arange(len(s)), w].mean() >= s[np.arange(len(s)), r].mean()) * 1.0
                ),
                cause="The means of both forms are compared: one yes or no. Compare sentence by "
                "sentence, then take the mean.",
            ),
            Wrong(
                answer=lambda s, r, w: np.mean(s[np.arange(len(s)), w] - s[np.arange(len(s)), r]),
                cause="This is the mean difference of the scores. Asked is how often it is 0 or "
                "more.",
            ),
            Wrong(
                answer=lambda s, r, w: np.mean(w >= r),
                cause="The numbers of the words are compared. They say where the two scores stand: "
                "scores[np.arange(N), wrong].",
            ),
        ),
    ),
    WriteFunction(
        id="switch-off",
        notebook=NOTEBOOK,
        asks_for=("switch_off",),
        points=3,
        minutes=7,
        answer=_off,
        example=Case(
            inputs={
                "W": np.arange(1.0, 25.0).reshape(3, 8),
                "W_y": np.array([[1.0, 2, 3], [4, 5, 6]]),
                "unit": 1,
            },
            label="",
            shown=("W_y", "unit"),
            note="W = np.arange(1.0, 25.0).reshape(3, 8), H = 2, D = 1",
        ),
        draw=_draw_weights,
        returns=("W", "W_y"),
        hints=(
            "Which rows of W multiply h of this unit? Think of z_t = [h, x].",
            "h comes first in z_t, so unit k is row k of W. In W_y it is row k as well.",
            "Copy both arrays first; then set one row of each to 0.",
        ),
        look="In the example row 1 of W and row 1 of W_y must be 0, and nothing else.",
        passed="You can take any unit out of any LSTM of this course. Try unit 8 of the stored "
        "model.",
        wrong=(
            Wrong(
                answer=_off_in_place,
                cause="The values are right, but the model that came in has lost its unit, too: "
                "copy W and W_y first.",
            ),
            Wrong(
                answer=_off_where(rows=(0,), read_out="none"),
                cause="The read-out still hears the unit: set its row of W_y to 0 as well.",
            ),
            Wrong(
                answer=_off_where(rows=(), read_out="row"),
                cause="The next step still hears the unit: set its row of W to 0 as well.",
            ),
            Wrong(
                answer=_off_where(columns=(0, 1, 2, 3)),
                cause="You cut what the unit reads: its columns. Asked is what reads the unit: "
                "its row of W.",
            ),
            Wrong(
                answer=_off_where(columns=(0,)),
                cause="One column of W is one gate of one unit: what reads z_t. What reads the "
                "unit is a row.",
            ),
            Wrong(
                answer=_off_where(rows=(0,), columns=(0, 1, 2, 3)),
                cause="The row is right. The columns are too much: the unit's own gates stay.",
            ),
            Wrong(
                answer=_off_where(rows=(1,)),
                cause="This row belongs to x. The rows of h come first: unit k is row k.",
            ),
            Wrong(
                answer=_off_where(rows=(0,), read_out="column"),
                cause="W_y has one row per unit and one column per word. You silenced a word.",
            ),
            Wrong(
                answer=_off_one_copied(0),
                cause="The values are right, and W is copied. W_y is changed in place: copy it as "
                "well.",
            ),
            Wrong(
                answer=_off_one_copied(1),
                cause="The values are right, and W_y is copied. W is changed in place: copy it as "
                "well.",
            ),
            Wrong(
                answer=lambda W, W_y, unit: (
                    np.delete(W, unit, axis=0),
                    np.delete(W_y, unit, axis=0),
                ),
                cause="The rows are taken out, so that nothing fits the model any more. Set them "
                "to 0 and leave the shapes.",
            ),
            *(
                Wrong(
                    answer=_off_one_block(k),
                    cause=f"Only the {name} no longer hears the unit. Its row of W has 4H "
                    "numbers, one for each column of all four blocks.",
                )
                for k, name in enumerate(("input gate", "forget gate", "output gate", "candidate"))
            ),
            Wrong(
                answer=lambda W, W_y, unit: (W + 0, W_y + 0),
                cause="Nothing is switched off: both arrays come back as they were.",
                look="Does your line write into the copy that you return?",
            ),
            Wrong(
                answer=lambda W, W_y, unit: (
                    _without_row(W, len(W) - len(W_y) + unit),
                    _without_row(W_y, unit),
                ),
                cause="You counted past the rows of x, D + unit. In W the rows of h come first: "
                "unit k is row k.",
            ),
            Wrong(
                answer=lambda W, W_y, unit: _off(W, W_y, unit - 1),
                cause="This is the unit before, unit - 1. Units count from 0, as rows do.",
            ),
            Wrong(
                answer=lambda W, W_y, unit: (
                    _without_row(W, slice(0, unit)),
                    _without_row(W_y, slice(0, unit)),
                ),
                cause="All rows before the unit's are set to 0: [:unit] is a slice. One row is "
                "[unit].",
            ),
        ),
    ),
    SetValues(
        id="second-unit",
        notebook=NOTEBOOK,
        asks_for=("unit",),
        points=2,
        minutes=6,
        shapes=((),),
        judge=_judge_unit,
        right=((3,), (3.0,), (np.int64(3),)),
        hints=(
            "ablate(model, k) gives a model without unit k; agreement_errors(…).mean() its error.",
            "Try all sixteen in a loop, with the sentences above, and leave 8 out.",
        ),
        look="Print the error without each unit in turn.",
        passed="At four attractors the model leans on a second unit. Is it needed at one?",
        wrong=(
            Wrong(answer=(8,), cause="Unit 8 is the one that you know. Asked is another."),
            Wrong(answer=(16,), cause="There is no unit 16: the model has units 0 to 15."),
            Wrong(answer=(2,), cause="The model does without this unit."),
            Wrong(answer=(0.5,), cause="There is no unit 0.5: the model has units 0 to 15."),
        ),
    ),
    WriteFunction(
        id="fresh-start",
        notebook=NOTEBOOK,
        asks_for=("last_memories",),
        kind="find the bug",
        points=2,
        minutes=6,
        answer=_memories,
        example=Case(
            inputs={name: np.full((2, 3, 1), 0.5) for name in ("fs", "i_s", "offers")}, label=""
        ),
        draw=_draw_sentences,
        returns=("c",),
        hints=(
            "With which memory does the second sentence start?",
            "A new sentence needs a new c of zeros: inside the outer loop, before the inner one.",
        ),
        look="Print c at the start of each sentence.",
        passed="A memory that leaks from one sample into the next makes test results depend on "
        "their order.",
        wrong=(
            Wrong(  # 32
                answer=_carried,
                cause="This does the same as last_memories_broken: the memory of one sentence "
                "runs on into the next.",
            ),
            Wrong(  # 27
                answer=_reset_each_word,
                cause="The memory is reset at every word: only the last word is left.",
            ),
            Wrong(  # 30
                answer=_same_array,
                cause="All sentences end with the same memory: the list holds one array, and it "
                "is changed in place.",
            ),
            Wrong(
                answer=lambda f, i, g: np.cumsum(i * g, axis=1)[:, -1],
                cause="This adds up everything that is written. The forget gates play no part.",
            ),
            Wrong(
                answer=lambda f, i, g: _memories(i, f, g),
                cause="f and i have changed places.",
            ),
            Wrong(
                answer=lambda f, i, g: _memories(*(a.swapaxes(0, 1) for a in (f, i, g))),
                cause="The axes have changed places: sentences come first here, words second.",
            ),
            Wrong(  # 12
                answer=lambda f, i, g: _memories(f, np.ones_like(i), g),
                cause="The input gate plays no part: c_t = f_t ⊙ c_{t-1} + i_t ⊙ c̃_t.",
            ),
            Wrong(
                answer=lambda f, i, g: _memories(f[:, 1:], i[:, 1:], g[:, 1:]),
                cause="The first word of each sentence is left out: the loop starts at step 1.",
            ),
            Wrong(
                answer=_each_word,
                cause="The memory after every word comes back. Asked is the last one of each "
                "sentence: append it after the inner loop.",
            ),
            Wrong(
                answer=lambda f, i, g: _memories(f, i, g)[:1],
                cause="Only the first sentence comes back. Does the return stand inside the outer "
                "loop?",
            ),
            Wrong(  # 13
                answer=lambda f, i, g: _memories(f, 1 - f, g),
                cause="1 - f stands in the place of i. The input gate is an array of its own, i_s.",
            ),
            Wrong(
                answer=lambda f, i, g: _each_word(f, i, g).reshape(-1, f.shape[-1]),
                cause="The memory after every word is in the list. Append once for each sentence: "
                "after the inner loop.",
            ),
            Wrong(
                answer=lambda f, i, g: _each_word(*map(_end_to_end, (f, i, g)))[0],
                cause="The memory after every word is in the list, and it still runs on from one "
                "sentence into the next.",
            ),
            Wrong(
                answer=lambda f, i, g: _each_word(f, i, g).swapaxes(0, 1),
                cause="The memory after every step comes back, (T, N, H). Asked is the one after "
                "the last.",
            ),
            Wrong(
                answer=lambda f, i, g: _memories(f, i, g).sum(axis=-1),
                cause="The units are added up. Each keeps a memory of its own: (N, H).",
            ),
        ),
    ),
)
