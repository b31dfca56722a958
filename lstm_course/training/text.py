"""A language model of characters: trained in pieces, measured on other text, let run free."""

import numpy as np
from numpy.typing import NDArray

from ..equations import softmax
from ..networks.models import LSTMModel, new_lstm
from ..tasks import (
    CHARACTERS,
    decode_text,
    encode_text,
    load_wonderland,
    make_streams,
    one_hot,
    passes,
    split_text,
)
from .history import History
from .loop import train
from .losses import cross_entropy

K = len(CHARACTERS)


def train_text(
    seed: int,
    *,
    text: str | None = None,
    H: int = 48,
    steps: int = 400,
    carry: bool = True,
    progress: bool = False,
) -> tuple[LSTMModel, History]:
    """Train on nine tenths of a text: 32 streams, pieces of 32 characters, b_f = 1, Adam 1e-2.

    Parameters
    ----------
    seed : int
    text : str, optional
        Six chapters of *Alice* when left out.
    H, steps : int
    carry : bool
        Whether a piece begins with the state in which the one before ended, or with zeros.
    progress : bool

    Returns
    -------
    model, history
        The model starts its next sequence at zero and carries nothing on.
    """
    training, _ = split_text(load_wonderland() if text is None else text)
    model = new_lstm(np.random.default_rng(seed), K, H, K, carry=carry)
    batches = passes(*make_streams(training, 32), 32, model.reset)
    history = train(model, batches, steps, progress=progress)
    model.reset()
    model.carry = False
    return model, history


def perplexity(model: LSTMModel, ids: NDArray) -> float:
    """Return exp of the mean surprise at each next character of a text, read from zeros.

    Parameters
    ----------
    model : LSTMModel
        Its own state is put aside and put back.
    ids : array of integers (M,)
        Numbers of the characters.

    Returns
    -------
    float
        1 when each is known before, K for a guess among K.
    """
    state, model.state = model.state, (None, None)
    logits = model.logits(one_hot(ids[:-1], K)[:, None])
    model.state = state
    return float(np.exp(cross_entropy(logits, ids[1:, None])[0]))


def sample_text(
    model: LSTMModel, start: str, length: int, temperature: float, rng: np.random.Generator
) -> tuple[str, NDArray]:
    """Let a model run free: it reads the start, then what it has drawn itself.

    Parameters
    ----------
    model : LSTMModel
    start : str
        What it reads first.
    length : int
        Characters to draw.
    temperature : float
        The scores are divided by it before softmax.
    rng : numpy.random.Generator
        Draws the characters.

    Returns
    -------
    text : str
        What it has drawn.
    ys : array (length, K)
        The probabilities each was drawn from.
    """
    ids, ys, state = encode_text(start), [], (None, None)
    drawn: list[int] = []
    kept = model.carry, model.state
    model.carry, model.state = True, state
    for _ in range(length):
        scores = model.logits(one_hot(ids, K)[:, None])[-1, 0]
        ys.append(softmax(scores / temperature))
        drawn.append(int(np.searchsorted(ys[-1].cumsum(), rng.random()).clip(max=K - 1)))
        ids = np.array(drawn[-1:])
    model.carry, model.state = kept
    return decode_text(np.array(drawn)), np.array(ys)
