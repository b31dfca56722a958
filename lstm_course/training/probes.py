"""Look inside a trained LSTM: which unit, which gate, how far open."""

from copy import deepcopy
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..tasks import verb_choice

if TYPE_CHECKING:
    from ..networks.models import Model


def saturation(gate: ArrayLike, low: float = 0.1, high: float = 0.9) -> tuple[float, float]:
    """Share of gate values that are nearly shut and nearly open.

    Parameters
    ----------
    gate : array (...)
        Values from 0 to 1, such as one gate over all steps, sentences and units.
    low, high : float
        Below `low` a gate counts as shut, above `high` as open.

    Returns
    -------
    shut, open : float
        Between 0 and 1.

    Raises
    ------
    ValueError
        When there is no value, or one outside 0 to 1.

    References
    ----------
    Karpathy, Johnson & Fei-Fei (2015), with the same thresholds.
    """
    gate = np.asarray(gate)
    if gate.size == 0 or gate.min() < 0 or gate.max() > 1:
        raise ValueError(
            f"gate has shape {gate.shape}; expected at least one value, all from 0 to 1. "
            "A pre-activation goes through sigmoid first"
        )
    return float((gate < low).mean()), float((gate > high).mean())


def correlations(states: ArrayLike, labels: ArrayLike) -> NDArray:
    """Correlate every unit with a label, such as the number of the subject.

    Parameters
    ----------
    states : array (N, H)
        One row per sentence, for example c at the step before the verb.
    labels : array (N,)
        Two values or more.

    Returns
    -------
    array (H,)
        Pearson's r from -1 to 1; 0 for a unit that never changes.

    Raises
    ------
    ValueError
        When the shapes differ or all labels are the same.
    """
    states, labels = np.asarray(states, float), np.asarray(labels, float)
    if states.ndim != 2 or labels.shape != states.shape[:1] or np.ptp(labels) == 0:
        raise ValueError(
            f"states has shape {states.shape} and labels {labels.shape}; expected (N, H) and "
            "(N,), with both singular and plural among the labels"
        )
    centered, labels = states - states.mean(0), labels - labels.mean()
    lengths = np.sqrt((centered**2).sum(0) * (labels**2).sum())
    return (labels @ centered) / np.where(lengths > 0, lengths, 1)


def steady_correlations(states: ArrayLike, labels: ArrayLike) -> NDArray:
    """Weakest correlation of every unit with a label over several steps.

    r_k = min over t of |r(c_t[:, k], label)|

    A unit that holds a number keeps it at every step. Many units correlate with it at one
    step; few do at all of them.

    Parameters
    ----------
    states : array (T, N, H)
        For example c from the subject to the step before the verb.
    labels : array (N,)

    Returns
    -------
    array (H,)
        From 0 to 1.

    Raises
    ------
    ValueError
        As ``correlations`` does.
    """
    return np.min([np.abs(correlations(states_t, labels)) for states_t in states], axis=0)


def ablate(model: "Model", *units: int) -> "Model":
    """Copy a model and switch units off: nothing reads their h any more.

    The units' outgoing weights, recurrent and to the read-out, are set to zero. Their own
    gates and memory still run.

    Parameters
    ----------
    model : Model
        Not changed.
    units : int
        From 0 to H - 1.

    Returns
    -------
    Model

    Raises
    ------
    ValueError
        When there is no such unit.

    References
    ----------
    Lakretz et al. (2019).
    """
    H = model.params.H
    if not all(0 <= unit < H for unit in units):
        raise ValueError(f"units are {units}; expected numbers from 0 to {H - 1}")
    copy = deepcopy(model)
    for name, array in copy.parameters().items():
        if name.startswith("W"):
            array[list(units)] = 0  # row k of every W belongs to h_k
    return copy


def agreement_errors(model: "Model", xs: NDArray, targets: NDArray) -> NDArray:
    """Tell for each sentence whether the model prefers the wrong form of the verb.

    Parameters
    ----------
    model : Model
        Trained on ``make_agreement``.
    xs : array (T, N, D)
    targets : array of integers (T, N)

    Returns
    -------
    array of booleans (N,)
        True where the wrong form scores as high as the right one, or higher; the mean is the
        error. A guess errs half of the time.

    References
    ----------
    Linzen, Dupoux & Goldberg (2016) compare the two forms in the same way.
    """
    steps, right, wrong = verb_choice(targets)
    rows = np.arange(xs.shape[1])
    logits = model.logits(xs)[steps, rows]
    return logits[rows, wrong] >= logits[rows, right]


def ablation_errors(model: "Model", xs: NDArray, targets: NDArray) -> NDArray:
    """Error of the model without each of its units in turn.

    Parameters
    ----------
    model : Model
    xs : array (T, N, D)
    targets : array of integers (T, N)

    Returns
    -------
    array (H,)
        Entry k is the agreement error without unit k.
    """
    units = range(model.params.H)
    return np.array([agreement_errors(ablate(model, k), xs, targets).mean() for k in units])
