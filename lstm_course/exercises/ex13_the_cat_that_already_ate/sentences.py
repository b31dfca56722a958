"""Find the bug: a memory that runs on into the next sentence."""

import numpy as np

from ..model import Case, WriteFunction
from ..slips import Instead

NOTEBOOK = "13-the-cat-that-already-ate"


def _draw_sentences(rng: np.random.Generator) -> list[Case]:
    def case(N: int, T: int, H: int) -> Case:
        fs, i_s = rng.uniform(0.3, 0.95, (2, N, T, H))
        inputs = {"fs": fs, "i_s": i_s, "offers": rng.uniform(-1, 1, (N, T, H))}
        return Case(inputs=inputs, label=f"{N} sentences of {T} words, {H} units")

    return [case(4, 5, 3), case(2, 3, 4)]


def every_memory(fs: np.ndarray, i_s: np.ndarray, offers: np.ndarray) -> np.ndarray:
    """Return the memory after every word, (N, T, H)."""
    c, cs = np.zeros((len(fs), fs.shape[-1])), []
    for t in range(fs.shape[1]):
        c = fs[:, t] * c + i_s[:, t] * offers[:, t]
        cs.append(c)
    return np.stack(cs, axis=1)


def end_to_end(*gates: np.ndarray) -> np.ndarray:
    """Return the memory after every word of all sentences, read as one."""
    return every_memory(*(gate.reshape(1, -1, gate.shape[-1]) for gate in gates))[0]


def last_memories(fs, i_s, offers):
    """Return the memory after the last word of each sentence."""
    ends = []
    for f, i, offer in zip(fs, i_s, offers, strict=True):
        c = np.zeros(f.shape[-1])
        for t in range(len(f)):
            c = f[t] * c + i[t] * offer[t]
        ends.append(c)
    return np.array(ends)


EXERCISES = (
    WriteFunction(
        id="fresh-start",
        notebook=NOTEBOOK,
        asks_for=("last_memories",),
        kind="find the bug",
        points=2,
        minutes=6,
        answer=last_memories,
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
        instead=(
            Instead(
                "return",
                "np.array(ends)[:1]",
                "Only the first sentence comes back. Does the return stand inside the outer loop?",
            ),
            Instead(
                "return",
                "np.array(ends).sum(axis=-1)",
                "The units are added up. Each keeps a memory of its own: (N, H).",
            ),
            Instead(
                "return",
                "i_s[:, -1] * offers[:, -1]",
                "The memory is reset at every word: only the last word is left.",
            ),
            Instead(
                "return",
                "np.array([ends[-1]] * len(ends))",
                "All sentences end with the same memory: the list holds one array, and it is "
                "changed in place.",
            ),
            Instead(
                "return",
                "np.cumsum(i_s * offers, axis=1)[:, -1]",
                "This adds up everything that is written. The forget gates play no part.",
            ),
            Instead(
                "return",
                "every_memory(*(gate.swapaxes(0, 1) for gate in (fs, i_s, offers)))[:, -1]",
                "The axes have changed places: sentences come first here, words second.",
            ),
            Instead(
                "return",
                "every_memory(fs, i_s, offers)",
                "The memory after every word comes back. Asked is the last one of each sentence: "
                "append it after the inner loop.",
            ),
            Instead(
                "return",
                "every_memory(fs, i_s, offers).reshape(-1, fs.shape[-1])",
                "The memory after every word is in the list. Append once for each sentence: after "
                "the inner loop.",
            ),
            Instead(
                "return",
                "end_to_end(fs, i_s, offers)",
                "The memory after every word is in the list, and it still runs on from one "
                "sentence into the next.",
            ),
            Instead(
                "return",
                "every_memory(fs, i_s, offers).swapaxes(0, 1)",
                "The memory after every step comes back, (T, N, H). Asked is the one after the "
                "last.",
            ),
            Instead(
                "return",
                "end_to_end(fs, i_s, offers)[fs.shape[1] - 1 :: fs.shape[1]]",
                "This does the same as last_memories_broken: the memory of one sentence runs on "
                "into the next.",
            ),
        ),
    ),
)
