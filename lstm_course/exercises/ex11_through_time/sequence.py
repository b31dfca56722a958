"""A whole sequence backward: the loop over time."""

import numpy as np

from ...cell import LSTMParams
from ...sequence import lstm_forward
from ..model import Case, WriteFunction
from ..slips import Instead
from .backward import sequence_backward, step_backward
from .inputs import NOTEBOOK


def _sequence_inputs(rng: np.random.Generator, T: int, N: int, D: int, H: int) -> dict:
    """Run a random LSTM forward, so that all values belong together."""
    W, b = rng.normal(0, 0.7, (H + D, 4 * H)), rng.normal(0, 1, 4 * H)
    h_0, c_0 = rng.uniform(-1, 1, (N, H)), rng.normal(0, 1, (N, H))
    xs = rng.normal(0, 1, (T, N, D))
    trace = lstm_forward(LSTMParams(W, b), xs, h_0, c_0)
    gates = (trace.is_, trace.fs, trace.os, trace.c_tildes)
    return {
        "dhs": rng.normal(0, 1, (T, N, H)),
        "xs": xs,
        "hs": np.concatenate([h_0[None], trace.hs]),
        "cs": np.concatenate([c_0[None], trace.cs]),
        "gates": np.concatenate(gates, axis=-1),
        "W": W,
    }


def _sequence_case(rng: np.random.Generator, T: int, N: int, D: int, H: int) -> Case:
    label = f"T = {T}, N = {N}, D = {D}, H = {H}"
    return Case(inputs=_sequence_inputs(rng, T, N, D, H), label=label)


EXERCISE = WriteFunction(
    id="sequence-backward",
    notebook=NOTEBOOK,
    asks_for=("sequence_backward",),
    points=4,
    minutes=10,
    answer=sequence_backward,
    example=Case(
        inputs=_sequence_inputs(np.random.default_rng(3), 2, 1, 2, 1),
        label="T = 2, N = 1, D = 2, H = 1",
    ),
    draw=lambda rng: [_sequence_case(rng, 5, 2, 4, 3), _sequence_case(rng, 3, 1, 5, 2)],
    returns=("dW", "db", "dxs", "dh_0", "dc_0"),
    hints=(
        "Start at the last step with two rows of zeros: nothing comes from a step after it.",
        "At step t the gradient at h_t is dhs[t] plus dh from the step after; at c_t it is "
        "dc from the step after. c_t is cs[t + 1], c_prev is cs[t].",
        "Collect dW and db with +=, put dx_t into dxs[t], hand dh_prev and dc_prev on. What "
        "is left after the loop is dh_0 and dc_0.",
    ),
    look="Try T = 1 first: then it is your step_backward and nothing else.",
    passed="Run the next cell: it nudges every entry of every array and compares.",
    instead=(
        Instead(
            "dh_t",
            "dhs[t] * (t == len(xs) - 1) + dh",
            "Only the last step gets its dhs[t]. Each hidden state may feed the loss: dhs[t] is "
            "added at every step.",
        ),
        Instead(
            "dh_t",
            "dhs[t] + dh + dhs[-1] * (t == len(xs) - 1)",
            "The last dhs is counted twice: dh starts as dhs[-1], and dhs[t] is added again. dh "
            "starts from zeros.",
        ),
        Instead(
            "c_now",
            "cs[t]",
            "Step t gets c_prev as c_t. cs holds c_0 first, so step t turns cs[t] into cs[t + 1].",
        ),
        Instead(
            "c_before",
            "cs[t + 1]",
            "Step t gets c_t as c_prev. cs holds c_0 first: c_prev is cs[t], c_t is cs[t + 1].",
        ),
        Instead(
            "h_before",
            "hs[t + 1]",
            "Step t gets its own h_t as h_prev. hs holds h_0 first, so hs[t] is the state before "
            "step t and hs[t + 1] the one after it.",
        ),
        Instead(
            "h_before",
            "hs[t - 1]",
            "Step t gets hs[t - 1] as h_prev. hs holds h_0 first, so the state before step t is "
            "hs[t].",
        ),
        Instead(
            "now",
            "gates[t - 1]",
            "The gates are one step late. gates has no entry for a step 0: gates[t] belongs to "
            "xs[t].",
        ),
        Instead(
            "return",
            "dW, db, dxs[::-1], dh, dc",
            "dxs runs backward in time: the loop comes to the last step first, and so stands the "
            "list. Put dx_t into dxs[t], or turn the list round.",
            "Which step does your dxs[0] belong to?",
        ),
    ),
    parts=(step_backward,),
    builds_on=(
        "back-to-memory",
        "back-to-gates",
        "back-to-sums",
        "back-to-weights",
        "step-backward",
    ),
)
