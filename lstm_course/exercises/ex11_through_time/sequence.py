"""A whole sequence backward: the loop over time.

Numbers in comments are those of the course's list of wrong answers.
"""

import numpy as np

from ...cell import LSTMParams
from ...sequence import lstm_forward
from ..model import Case, WriteFunction, Wrong
from .backward import sequence_back, step_back
from .inputs import NOTEBOOK
from .products import LACKS_FORGET_GATE


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


def _off_by_one(dhs, xs, hs, cs, gates, W):  # noqa: ANN001, ANN202
    """Give each step the gates of the step before."""
    return sequence_back()(dhs, xs, hs, cs, np.roll(gates, 1, axis=0), W)


def _ends_swapped(*inputs):  # noqa: ANN002, ANN202
    dW, db, dxs, dh_0, dc_0 = sequence_back()(*inputs)
    return dW, db, dxs, dc_0, dh_0


def _last(old, new):  # noqa: ANN001, ANN202
    return new


def _in_order_of_the_loop(*inputs):  # noqa: ANN002, ANN202
    dW, db, dxs, dh_0, dc_0 = sequence_back()(*inputs)
    return dW, db, dxs[::-1], dh_0, dc_0


def _candidate_third(dhs, xs, hs, cs, gates, W):  # noqa: ANN001, ANN202
    i, f, o, g = np.split(gates, 4, axis=-1)
    return sequence_back()(dhs, xs, hs, cs, np.concatenate([i, f, g, o], axis=-1), W)


SEQUENCE_MISTAKES = (
    Wrong(  # 49
        answer=sequence_back(add=_last),
        cause="dW and db hold the first step only: each step overwrites the one before it. "
        "The same W serves every step, so the steps are added: += and not =.",
    ),
    Wrong(  # 50
        answer=sequence_back(carry_h=False),
        cause="dh of the step after is dropped. h_t goes up to the read-out and on to step "
        "t + 1: dh_t is dhs[t] plus what came back.",
    ),
    Wrong(  # 42
        answer=sequence_back(carry_c=False),
        cause="dc of the step after is dropped: every step starts with dc = 0. c_t also goes "
        "into step t + 1.",
    ),
    Wrong(
        answer=sequence_back(carry_h=False, carry_c=False),
        cause="Neither dh nor dc comes back from the step after: each step is treated as if "
        "it stood alone.",
    ),
    Wrong(
        answer=sequence_back(from_above=False),
        cause="Only the last step gets its dhs[t]. Each hidden state may feed the loss: dhs[t] "
        "is added at every step.",
    ),
    Wrong(
        answer=sequence_back(order=iter),
        cause="The loop runs forward. The gradient of step t needs that of step t + 1: start at "
        "the last step.",
    ),
    Wrong(  # 53
        answer=sequence_back(h_at=1),
        cause="Step t gets its own h_t as h_prev. hs holds h_0 first, so hs[t] is the state "
        "before step t and hs[t + 1] the one after it.",
    ),
    Wrong(  # 53
        answer=sequence_back(c_at=0),
        cause="Step t gets c_prev as c_t. cs holds c_0 first, so step t turns cs[t] into "
        "cs[t + 1].",
    ),
    Wrong(  # 53
        answer=_off_by_one,
        cause="The gates are one step late. gates has no entry for a step 0: gates[t] belongs "
        "to xs[t].",
    ),
    Wrong(  # 49
        answer=sequence_back(add=_last, add_db=np.add),
        cause="db is added up; dW holds the first step only: += and not =, for both.",
    ),
    Wrong(  # 49
        answer=sequence_back(add_db=_last),
        cause="dW is added up; db holds the first step only: += and not =, for both.",
    ),
    Wrong(
        answer=_in_order_of_the_loop,
        cause="dxs runs backward in time: the loop comes to the last step first, and so stands "
        "the list. Put dx_t into dxs[t], or turn the list round.",
        look="Which step does your dxs[0] belong to?",
    ),
    Wrong(  # 53
        answer=sequence_back(c_prev_at=1),
        cause="Step t gets c_t as c_prev. cs holds c_0 first: c_prev is cs[t], c_t is cs[t + 1].",
    ),
    Wrong(  # 53
        answer=sequence_back(c_prev_at=1, c_at=0),
        cause="c_prev and c_t have changed places. cs holds c_0 first: c_prev is cs[t], c_t is "
        "cs[t + 1].",
    ),
    Wrong(  # 53
        answer=sequence_back(c_prev_at=-1, c_at=0),
        cause="You read cs as if cs[t] were made by step t. It holds c_0 first: step t turns "
        "cs[t] into cs[t + 1].",
    ),
    Wrong(  # 53
        answer=sequence_back(h_at=-1),
        cause="Step t gets hs[t - 1] as h_prev. hs holds h_0 first, so the state before step t "
        "is hs[t].",
    ),
    Wrong(  # 53
        answer=sequence_back(h_at=-1, c_prev_at=-1, c_at=0),
        cause="You read hs and cs as if entry t were made by step t. They hold the start first: "
        "step t turns entry t into entry t + 1.",
    ),
    Wrong(  # 53
        answer=sequence_back(h_at=1, c_prev_at=1),
        cause="Step t gets its own h_t and c_t as h_prev and c_prev. Entry 0 is the state before "
        "the first step, so h_prev is hs[t] and c_prev is cs[t].",
    ),
    Wrong(
        answer=sequence_back(order=lambda steps: reversed(steps[1:])),
        cause="The loop ends before step 0. range(T - 1, 0, -1) leaves 0 out; reversed(range(T)) "
        "does not.",
    ),
    Wrong(
        answer=sequence_back(hand_on=lambda dh, dc, old: (dc, dh)),
        cause="dh and dc have changed places on their way to the step before. step_backward "
        "gives dh_prev before dc_prev.",
    ),
    Wrong(
        answer=sequence_back(hand_on=lambda dh, dc, old: (dh + old[0], dc + old[1])),
        cause="dh and dc pile up over the steps. What step t hands on replaces what came from "
        "step t + 1, which is in it already; only dW and db are added up.",
    ),
    Wrong(
        answer=sequence_back(hand_on=lambda dh, dc, old: (dh, dc + old[1])),
        cause="dc piles up over the steps. dc_prev replaces the dc that came from step t + 1, "
        "which is in it already.",
    ),
    Wrong(
        answer=sequence_back(hand_on=lambda dh, dc, old: (dh + old[0], dc)),
        cause="dh piles up over the steps. dh_prev replaces the dh that came from step t + 1, "
        "which is in it already.",
    ),
    Wrong(  # 56
        answer=_candidate_third,
        cause="The third block is taken for c̃ and the fourth for o. gates holds i, f, o, c̃.",
    ),
    Wrong(
        answer=_ends_swapped,
        cause="The last two results have changed places: dh_0 first, then dc_0.",
    ),
    Wrong(
        answer=sequence_back(step=step_back(gates=LACKS_FORGET_GATE.answer)),
        cause="On the way from step to step dc_prev lacks its factor f_t.",
    ),
)

EXERCISE = WriteFunction(
    id="sequence-backward",
    notebook=NOTEBOOK,
    asks_for=("sequence_backward",),
    points=4,
    minutes=10,
    answer=sequence_back(),
    example=Case(
        inputs=_sequence_inputs(np.random.default_rng(3), 2, 1, 2, 1),
        label="T = 2, N = 1, D = 2, H = 1",
    ),
    draw=lambda rng: [_sequence_case(rng, 5, 4, 2, 3), _sequence_case(rng, 3, 1, 4, 2)],
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
    wrong=SEQUENCE_MISTAKES,
)
