"""Training runs that are known to work: task, sizes, step size and number of steps together.

Each ``train_*`` takes a seed and returns (model, history). Everything is drawn from one
generator made from that seed: first the weights, then the batches. The seeds for which each
run reaches its result are named in docs/reproduced.md, and tests run them.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from ..networks.models import Model, new_gru, new_lstm, new_rnn
from ..tasks import (
    REBER_SYMBOLS,
    WORDS,
    cut,
    make_adding,
    make_agreement,
    make_lag,
    make_reber,
    make_reber_stream,
    make_temporal_order,
    only_verbs,
    outer_steps,
)
from .history import History
from .loop import train

TEST_SEED = 1000  # test sequences are drawn apart from all training seeds
STARTS = {"adding": {"lstm": {"forget_bias": 5.0}}, "order": {"lstm": {"forget_bias": 3.0}}}
Run = tuple[Model, History]


def new_model(rng: np.random.Generator, kind: str, D: int, H: int, K: int, **start: float) -> Model:
    """Make an untrained "lstm", "rnn" or "gru".

    Parameters
    ----------
    rng : numpy.random.Generator
    kind : str
    D, H, K : int
        Inputs, hidden units, outputs.
    **start : float
        Where it starts: "forget_bias" and "input_bias" for the LSTM, "gain" and "orthogonal"
        for the RNN, "update_bias" for the GRU.

    Returns
    -------
    Model

    Raises
    ------
    ValueError
        When `kind` is none of the three.
    """
    makers: dict[str, Callable[..., Model]] = {"lstm": new_lstm, "rnn": new_rnn, "gru": new_gru}
    if kind not in makers:
        raise ValueError(f"kind is {kind!r}; expected one of {', '.join(makers)}")
    return makers[kind](rng, D, H, K, **start)


def train_lag(
    seed: int,
    lag: int,
    *,
    kind: str = "lstm",
    H: int = 16,
    steps: int = 600,
    progress: bool = False,
    **start: float,
) -> Run:
    """Train on ``make_lag``: batch 32, Adam 5e-3, at most 600 steps.

    Ends early once 200 test sequences are all right (measure "accuracy", every 50 steps).

    Parameters
    ----------
    seed, lag : int
    kind : str
        "lstm", "rnn" or "gru".
    H, steps : int
    progress : bool
    **start : float
        Where training starts, as in ``new_model``: ``forget_bias=3`` for an LSTM.

    Returns
    -------
    model, history
    """
    rng = np.random.default_rng(seed)
    model = new_model(rng, kind, 6, H, 2, **start)
    test = make_lag(np.random.default_rng(TEST_SEED), 200, lag)
    history = train(
        model,
        lambda: make_lag(rng, 32, lag),
        steps,
        lr=5e-3,
        measure=lambda: {"accuracy": model.accuracy(*test)},
        until=lambda history: history.last("accuracy") == 1,
        progress=progress,
    )
    return model, history


def train_agreement(
    seed: int,
    *,
    kind: str = "lstm",
    H: int = 8,
    steps: int = 400,
    verbs_only: bool = False,
    progress: bool = False,
) -> Run:
    """Train on ``make_agreement``: batch 32, Adam 1e-2.

    H = 8 with 400 steps shows where the models break; the LSTM with H = 16 and 1,500 steps
    masters 0 to 4 attractors.

    Parameters
    ----------
    seed : int
    kind : str
        "lstm", "rnn" or "gru".
    H, steps : int
    verbs_only : bool
        Train on the verb alone, not on every next word.
    progress : bool

    Returns
    -------
    model, history
    """
    rng = np.random.default_rng(seed)
    model = new_model(rng, kind, len(WORDS), H, len(WORDS))

    def batch() -> tuple[NDArray, NDArray]:
        xs, targets = make_agreement(rng, 32)
        return xs, only_verbs(targets) if verbs_only else targets

    return model, train(model, batch, steps, lr=1e-2, progress=progress)


def train_adding(
    seed: int,
    *,
    kind: str = "lstm",
    length: int = 50,
    steps: int = 1500,
    progress: bool = False,
    **start: float,
) -> Run:
    """Train on ``make_adding``: H = 8, b_f = 5, batch 64, Adam 2e-2, at most 1,500 steps.

    Ends early once fewer than 1 % of 500 test sequences are off by 0.04 or more (measure
    "wrong", every 50 steps; "error" is the mean distance).

    Parameters
    ----------
    seed : int
    kind : str
        "lstm", "rnn" or "gru".
    length, steps : int
    progress : bool
    **start : float
        As in ``new_model``, in place of b_f = 5.

    Returns
    -------
    model, history
    """
    rng = np.random.default_rng(seed)
    model = new_model(rng, kind, 2, 8, 1, **(STARTS["adding"].get(kind, {}) | start))
    xs, targets = make_adding(np.random.default_rng(TEST_SEED), 500, length)

    def measure() -> dict[str, float]:
        off = np.abs(model.logits(xs)[-1] - targets)
        return {"wrong": (off >= 0.04).mean(), "error": off.mean()}

    history = train(
        model,
        lambda: make_adding(rng, 64, length),
        steps,
        lr=2e-2,
        measure=measure,
        until=lambda history: history.last("wrong") < 0.01,
        progress=progress,
    )
    return model, history


def train_temporal_order(
    seed: int,
    *,
    kind: str = "lstm",
    length: int = 50,
    steps: int = 1000,
    progress: bool = False,
) -> Run:
    """Train on ``make_temporal_order``: H = 8, b_f = 3, batch 32, Adam 1e-2, 1,000 steps at most.

    Ends early once 500 test sequences are all right (measure "accuracy", every 50 steps).

    Parameters
    ----------
    seed : int
    kind : str
        "lstm", "rnn" or "gru".
    length, steps : int
    progress : bool

    Returns
    -------
    model, history
    """
    rng = np.random.default_rng(seed)
    model = new_model(rng, kind, 8, 8, 4, **STARTS["order"].get(kind, {}))
    test = make_temporal_order(np.random.default_rng(TEST_SEED), 500, length)
    history = train(
        model,
        lambda: make_temporal_order(rng, 32, length),
        steps,
        lr=1e-2,
        measure=lambda: {"accuracy": model.accuracy(*test)},
        until=lambda history: history.last("accuracy") == 1,
        progress=progress,
    )
    return model, history


def train_reber(seed: int, *, kind: str = "lstm", steps: int = 1500, progress: bool = False) -> Run:
    """Train on ``make_reber``: H = 8, b_f = 1, batch 32, Adam 2e-2, at most 1,500 steps.

    Ends early once the outer T or P is recalled in all of 500 test strings (measure
    "recall", every 50 steps).

    Parameters
    ----------
    seed : int
    kind : str
        "lstm", "rnn" or "gru".
    steps : int
    progress : bool

    Returns
    -------
    model, history
    """
    rng = np.random.default_rng(seed)
    K = len(REBER_SYMBOLS)
    model = new_model(rng, kind, K, 8, K)
    test = make_reber(np.random.default_rng(TEST_SEED), 500)
    history = train(
        model,
        lambda: make_reber(rng, 32),
        steps,
        lr=2e-2,
        measure=lambda: {"recall": outer_recall(model, *test)},
        until=lambda history: history.last("recall") == 1,
        progress=progress,
    )
    return model, history


def train_stream(seed: int, *, forget_gate: bool = True, progress: bool = False) -> Run:
    """Train on pieces of a Reber stream without a break: H = 8, 16 streams, 1,000 × 50 steps.

    Parameters
    ----------
    seed : int
    forget_gate : bool
        False holds f at 1, as in the cell of 1997.
    progress : bool

    Returns
    -------
    model, history
        The model starts its next sequence at zero and carries nothing on.
    """
    rng = np.random.default_rng(seed)
    K, steps, length = len(REBER_SYMBOLS), 1000, 50
    model = new_lstm(rng, K, 8, K, forget_bias=1.0 if forget_gate else 1000.0, carry=True)
    pieces = cut(*make_reber_stream(rng, 16, steps * length), length)
    history = train(model, pieces, steps, lr=1e-2, progress=progress)
    model.reset()
    model.carry = False
    return model, history


def outer_recall(model: Model, xs: NDArray, targets: NDArray) -> float:
    """Return the share of outer T or P that the model names right; a guess has ½."""
    asked = outer_steps(xs, targets)
    return float((model.logits(xs)[asked].argmax(-1) == targets[asked]).mean())
