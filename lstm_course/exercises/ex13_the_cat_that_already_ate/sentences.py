"""Find the bug: a memory that runs on into the next sentence.

Numbers in comments are those of the course's list of wrong answers.
"""

import numpy as np

from ..model import Case, WriteFunction, Wrong

NOTEBOOK = "13-the-cat-that-already-ate"


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


EXERCISES = (
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
