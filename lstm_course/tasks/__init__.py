"""Tasks to train on: ``make_*(rng, …) -> xs, targets``.

Inputs `xs` have the time first, shape (T, N, D). Integer targets are classes: shape (N,) when
one answer is asked for after the last step, (T, N) when one is asked for at every step, with
-1 (``NOTHING``) where no answer counts. Float targets are numbers, shape (N, K).
"""

from .agreement import (
    HELD_OUT,
    PLURAL,
    SINGULAR,
    VERBS,
    WORDS,
    decode,
    encode,
    make_agreement,
    only_verbs,
    subject_is_plural,
    verb_choice,
)
from .memory import make_adding, make_lag, make_temporal_order
from .onehot import NOTHING, cut, one_hot
from .parity import make_parity
from .reber import REBER_SYMBOLS, legal_next, make_reber, make_reber_stream, outer_steps
from .streams import make_streams, passes, split_text
from .tables import bigram_table, unigram_table
from .text import (
    CHARACTERS,
    decode_text,
    encode_text,
    load_text,
    load_wonderland,
    make_text,
)

__all__ = [
    "CHARACTERS",
    "HELD_OUT",
    "NOTHING",
    "PLURAL",
    "REBER_SYMBOLS",
    "SINGULAR",
    "VERBS",
    "WORDS",
    "bigram_table",
    "cut",
    "decode",
    "decode_text",
    "encode",
    "encode_text",
    "legal_next",
    "load_text",
    "load_wonderland",
    "make_adding",
    "make_agreement",
    "make_lag",
    "make_reber",
    "make_parity",
    "make_reber_stream",
    "make_streams",
    "make_temporal_order",
    "make_text",
    "one_hot",
    "only_verbs",
    "outer_steps",
    "passes",
    "split_text",
    "subject_is_plural",
    "unigram_table",
    "verb_choice",
]
