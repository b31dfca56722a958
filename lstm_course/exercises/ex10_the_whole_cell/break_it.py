"""Find the shortest sentence that each of three cuts breaks."""

from ...plots.diagram.reader import words_of
from ...plots.diagram.sentences import broken_by, form_of, right_verb_of, verb_after
from ...plots.diagram.wires import Wire
from ..model import SENTENCE, Finding, SetValues, Wrong

NOTEBOOK = "10-the-whole-cell"

CUTS: dict[str, Wire] = {
    "blind_f": ("join", "sigma_f"),
    "without_c": ("plus", "c_t"),
    "without_h": ("times_o", "h_t"),
}


def _finding(name: str, sentence: str) -> Finding | None:
    """Try one sentence on the whole cell and on the one with its wire cut."""
    words = sentence.split()
    if wrong := _form(words):
        return Finding(cause=f"{name}: {wrong}", got=f'"{sentence:.60}"')
    cut, look = CUTS[name], ""
    whole, then, right = verb_after(sentence), verb_after(sentence, cut), right_verb_of(sentence)
    shortest = len(broken_by(cut)[0].split())
    if whole != right:
        cause = f"{name}: this sentence breaks the whole cell. Nothing has to be cut for that."
    elif then == right:
        cause = f"{name}: with the wire cut the cell still prefers {right}. Nothing breaks."
        look = "Step to the last word with and without the cut: what is in unit 1?"
    elif len(words) > shortest:
        cause = f"{name}: it breaks, and a sentence of {shortest} words breaks, too."
        look = "Which of your words does the break not need?"
    else:
        return None
    got = f"{len(words)} words   whole: {whole}   cut: {then}   right: {right}"
    return Finding(cause=cause, got=got, look=look)


def _form(words: list[str]) -> str:
    """Say what is wrong with the words or their order; an empty text when nothing is."""
    if words[-1:] and words[-1] in ("was", "were", "full"):
        return "leave the verb and what follows it away."
    try:
        words_of(" ".join(words))
    except ValueError as unknown:
        return f"{unknown}."
    return form_of(words)


def _judge(*found: str) -> Finding | None:
    """Return what is wrong with the first sentence that does not do."""
    tried = (_finding(name, sentence) for name, sentence in zip(CUTS, found, strict=True))
    return next((finding for finding in tried if finding), None)


F, C, H = "the cats", "the cat which ate", "the cats which the dog saw"

EXERCISE = SetValues(
    id="break-it",
    notebook=NOTEBOOK,
    asks_for=tuple(CUTS),
    kind="design",
    points=3,
    minutes=12,
    shapes=(SENTENCE,) * len(CUTS),
    judge=_judge,
    right=(
        (F, C, H),
        ("The dogs.", "the cats which saw", "the cats which the cat ate"),
        (F, "the dog which saw", "the dogs  which the cat ate"),
    ),
    hints=(
        "Begin with two words, the and a noun, singular and plural. Then lengthen.",
        "Without c nothing is handed on but h. How far back may the subject stand?",
        "Without h the gates see the word alone. Which word inside a clause must not be written "
        "over the subject, and over which subject does it do harm?",
    ),
    look="Cut the wire in the explorer and read unit 1 word by word.",
    passed="Each wire has sentences of its own. Whoever tests with easy ones alone finds that "
    "half the cell is not needed.",
    wrong=(
        Wrong(
            answer=("the cat", C, H),
            cause="blind_f: with the wire cut the cell still prefers was. Nothing breaks.",
        ),
        Wrong(
            answer=("the cats which ate", C, H),
            cause="blind_f: it breaks, and a sentence of 2 words breaks, too.",
        ),
        Wrong(
            answer=("the cats were", C, H),
            cause="blind_f: leave the verb and what follows it away.",
        ),
        Wrong(
            answer=("cats", C, H),
            cause="blind_f: it must begin with the.",
        ),
        Wrong(
            answer=(F, "the cats", H),
            cause="without_c: with the wire cut the cell still prefers were. Nothing breaks.",
        ),
        Wrong(
            answer=(F, "the cats which already ate", H),
            cause="without_c: it breaks, and a sentence of 4 words breaks, too.",
        ),
        Wrong(
            answer=(F, "the cat which", H),
            cause="without_c: after which stands one clause, such as already ate, ate the dog or "
            "the dog ate.",
        ),
        Wrong(
            answer=(F, "the cat already ate", H),
            cause="without_c: after the first noun it ends or goes on with which.",
        ),
        Wrong(
            answer=(F, "the cat which the dragon ate", H),
            cause='without_c: "dragon" is not a word of this lesson; the nearest one is "dog". '
            "Known words: the, cat, cats, dog, dogs, fish, which, already, ate, saw, was, were, "
            "full.",
        ),
        Wrong(
            answer=(F, "the which ate", H),
            cause="without_c: after the first the stands a noun: cat, cats, dog, dogs, fish.",
        ),
        Wrong(
            answer=(F, C, "the cat which the dogs saw"),
            cause="without_h: with the wire cut the cell still prefers was. Nothing breaks.",
        ),
        Wrong(
            answer=(F, C, "the cats which ate the dog"),
            cause="without_h: this sentence breaks the whole cell. Nothing has to be cut for that.",
        ),
    ),
)
