"""The cat sentences, in which the verb must fit a subject that may stand far away.

    the cats which already ate near the dog were full .

Nouns between subject and verb that have the other number are called attractors.
"""

from difflib import get_close_matches

import numpy as np
from numpy.typing import NDArray

from .onehot import NOTHING, at_least, one_hot

OTHERS = ("the", "which", "already", "ate", "near", "with", "behind", ".")
SINGULAR = ("cat", "dog", "girl", "bird", "horse", "friend")
PLURAL = tuple(noun + "s" for noun in SINGULAR)
VERBS = (("was", "were"), ("is", "are"), ("looks", "look"), ("seems", "seem"))
ADJECTIVES = ("full", "happy", "tired")
WORDS = (
    OTHERS + SINGULAR + PLURAL + tuple(v[0] for v in VERBS) + tuple(v[1] for v in VERBS)
) + ADJECTIVES
HELD_OUT = (("cat", "seems"), ("dog", "was"), ("girl", "looks"), ("bird", "is"))
INTERVENING = (0.7, 0.12, 0.08, 0.06, 0.04)  # share of sentences with 0 to 4 nouns in between

NUMBER = {word: i for i, word in enumerate(WORDS)}
FIRST_VERB, LAST_VERB = NUMBER["was"], NUMBER["seem"]
PAIRS = {(SINGULAR.index(noun), [v[0] for v in VERBS].index(verb)) for noun, verb in HELD_OUT}


def make_agreement(
    rng: np.random.Generator,
    batch: int,
    *,
    attractors: int | None = None,
    share: float = 0.07,
    held_out: bool = False,
) -> tuple[NDArray, NDArray]:
    """Predict the next word of sentences in which the verb must fit its subject.

    the NOUN [which [already] ate [near the NOUN]…] VERB ADJECTIVE .

    Parameters
    ----------
    rng : numpy.random.Generator
        Draws the words.
    batch : int
        Sentences N; short ones are filled up with zeros.
    attractors : int, optional
        Exactly so many nouns in between (0 to 4), all of the other number. Left out, the
        sentences are mixed as in a text: most nouns in between have the subject's number.
    share : float
        Share of mixed sentences with attractors.
    held_out : bool
        Use only the noun-verb pairs of ``HELD_OUT``. False never uses them: training
        sentences never show "cat … seems" or "cats … seem".

    Returns
    -------
    xs : array (T, N, D)
        One-hot words, D = len(WORDS).
    targets : array of integers (T, N)
        The next word, -1 past the end.

    Raises
    ------
    ValueError
        When a size or share cannot be.

    References
    ----------
    Linzen, Dupoux & Goldberg (2016) for the attractors; Gulordava et al. (2018) for words
    that the model never saw together.
    """
    if attractors not in (None, 0, 1, 2, 3, 4) or not 0 <= share <= 1:
        raise ValueError(
            f"attractors is {attractors} and share {share}; expected 0 to 4 (or None for mixed "
            "sentences) and a share from 0 to 1"
        )
    ids = np.full((20, at_least(batch, 1, "batch")), NOTHING)
    for n in range(batch):
        sentence = _sentence(rng, *_between(rng, attractors, share), held_out)
        ids[: len(sentence), n] = sentence
    ids = ids[: 1 + np.flatnonzero((ids != NOTHING).any(1))[-1]]
    xs = np.where(ids[1:] == NOTHING, NOTHING, ids[:-1])
    return one_hot(xs, len(WORDS)), ids[1:]


def only_verbs(targets: NDArray) -> NDArray:
    """Leave the verb as the only word to predict, as in supervised training.

    Parameters
    ----------
    targets : array of integers (T, N)
        The next words.

    Returns
    -------
    array of integers (T, N)
        -1 wherever the next word is no verb.
    """
    return np.where((targets >= FIRST_VERB) & (targets <= LAST_VERB), targets, NOTHING)


def verb_choice(targets: NDArray) -> tuple[NDArray, NDArray, NDArray]:
    """Find where each verb is predicted, its right form and its other form.

    Parameters
    ----------
    targets : array of integers (T, N)
        The next words, one verb in each column.

    Returns
    -------
    steps, right, wrong : array of integers (N,)
        Row of the verb in `targets`; the word there; the same verb in the other number.

    Raises
    ------
    ValueError
        When a sentence has no verb, or more than one.
    """
    verbs = only_verbs(np.asarray(targets)) != NOTHING
    if (verbs.sum(0) != 1).any():
        raise ValueError(
            f"sentence {np.flatnonzero(verbs.sum(0) != 1)[0]} has "
            f"{verbs.sum(0)[verbs.sum(0) != 1][0]} verbs; expected 1"
        )
    steps = verbs.argmax(0)
    right = targets[steps, np.arange(targets.shape[1])]
    n_verbs = len(VERBS)
    return steps, right, np.where(right < FIRST_VERB + n_verbs, right + n_verbs, right - n_verbs)


def subject_is_plural(xs: NDArray) -> NDArray:
    """Tell for each sentence whether its subject, the second word, is plural.

    Parameters
    ----------
    xs : array (T, N, D)
        One-hot words.

    Returns
    -------
    array of booleans (N,)
    """
    return xs[1].argmax(-1) >= NUMBER[PLURAL[0]]


def encode(sentence: str) -> NDArray:
    """Turn a typed sentence into word numbers.

    Parameters
    ----------
    sentence : str
        Words with spaces between them; capitals do not matter.

    Returns
    -------
    array of integers (T,)
        ``one_hot(ids, len(WORDS))[:, None]`` is the model's input.

    Raises
    ------
    ValueError
        When a word is not in the vocabulary, with the one that is spelled most like it.
    """
    words = sentence.lower().replace(".", " .").split()
    for word in words:
        if word not in NUMBER:
            near = get_close_matches(word, WORDS, n=1, cutoff=0.5)
            hint = f"; the nearest that it knows is {near[0]!r}" if near else ""
            raise ValueError(
                f"the model knows no word {word!r}{hint}. It knows: {', '.join(WORDS)}"
            )
    return np.array([NUMBER[word] for word in words], dtype=int)


def decode(ids: NDArray) -> str:
    """Turn word numbers back into a sentence; -1 is left out."""
    return " ".join(WORDS[i] for i in np.ravel(ids) if i != NOTHING)


def _between(rng: np.random.Generator, attractors: int | None, share: float) -> tuple[int, bool]:
    """Draw how many nouns stand in between and whether they have the other number."""
    if attractors is not None:
        return attractors, True
    if rng.random() < share:
        return int(rng.integers(1, 5)), True
    return int(rng.choice(5, p=INTERVENING)), False


def _sentence(rng: np.random.Generator, nouns: int, other: bool, held_out: bool) -> list[int]:
    plural = int(rng.integers(2))
    subject, verb = _subject_and_verb(rng, held_out)
    words = ["the", (SINGULAR, PLURAL)[plural][subject]]
    if nouns or rng.random() < 0.5:
        words += ["which"] + ["already"] * int(rng.integers(2)) + ["ate"]
    form = (SINGULAR, PLURAL)[1 - plural if other else plural]
    for _ in range(nouns):
        words += [OTHERS[4 + rng.integers(3)], "the", form[rng.integers(len(form))]]
    words += [VERBS[verb][plural], ADJECTIVES[rng.integers(len(ADJECTIVES))], "."]
    return [NUMBER[word] for word in words]


def _subject_and_verb(rng: np.random.Generator, held_out: bool) -> tuple[int, int]:
    while True:  # ends: 4 of the 24 pairs are held out
        pair = int(rng.integers(len(SINGULAR))), int(rng.integers(len(VERBS)))
        if (pair in PAIRS) == held_out:
            return pair
