"""One step backward in four parts, and a loop over time: right, or with a part exchanged.

Lesson 11 asks for the parts one by one and then for the whole; a mistake in a part is the
same mistake in the whole.
"""

from collections.abc import Callable, Iterable

import numpy as np

from ..gates import join
from ..model import Wrong


def to_memory(dh, dc_next, o, c):  # noqa: ANN001, ANN201
    """Return the whole gradient at c_t."""
    return dc_next + dh * o * (1 - np.tanh(c) ** 2)


def to_gates(dh, dc, c_prev, i, f, g, c):  # noqa: ANN001, ANN201
    """Return di_t, df_t, do_t, dc̃_t and dc_{t-1}."""
    return dc * g, dc * c_prev, dh * np.tanh(c), dc * i, dc * f


def to_sums(di, df, do, dg, i, f, o, g):  # noqa: ANN001, ANN201
    """Return da_i, da_f, da_o, da_c side by side."""
    return np.concatenate(
        [di * i * (1 - i), df * f * (1 - f), do * o * (1 - o), dg * (1 - g**2)], axis=-1
    )


def to_weights(da, h_prev, x, W):  # noqa: ANN001, ANN201
    """Return dW, db, dh_{t-1} and dx_t for a batch."""
    H = h_prev.shape[-1]
    dz = da @ W.T
    return join(h_prev, x).T @ da, da.sum(axis=0), dz[:, :H], dz[:, H:]


def step_back(
    *,
    memory: Callable = to_memory,
    gates: Callable = to_gates,
    sums: Callable = to_sums,
    weights: Callable = to_weights,
) -> Callable:
    """Return one step backward for a batch, right or with one of its parts changed."""

    def step_backward(dh, dc_next, x, h_prev, c_prev, i, f, o, g, c, W):  # noqa: ANN001, ANN202
        dc = memory(dh, dc_next, o, c)
        di, df, do, dg, dc_prev = gates(dh, dc, c_prev, i, f, g, c)
        dW, db, dh_prev, dx = weights(sums(di, df, do, dg, i, f, o, g), h_prev, x, W)
        return dW, db, dx, dh_prev, dc_prev

    return step_backward


def whole_step(mistakes: Iterable[Wrong], part: str) -> tuple[Wrong, ...]:
    """Return the mistakes of one part as mistakes of the whole step."""
    return tuple(
        Wrong(answer=step_back(**{part: w.answer}), cause=w.cause, look=w.look) for w in mistakes
    )


def sequence_back(
    *,
    step: Callable | None = None,
    add: Callable = np.add,
    add_db: Callable | None = None,
    carry_h: bool = True,
    carry_c: bool = True,
    from_above: bool = True,
    order: Callable = reversed,
    h_at: int = 0,
    c_prev_at: int = 0,
    c_at: int = 1,
    hand_on: Callable = lambda dh, dc, old: (dh, dc),
) -> Callable:
    """Return the loop over time, right or with one thing changed.

    The first entries of hs and cs are the state before the first step; gates holds
    i, f, o and c̃ side by side. `add(old, new)` collects dW and, without `add_db`, db.
    `hand_on(dh_prev, dc_prev, old)` gives what goes into the step before.
    """
    step = step or step_back()

    def sequence_backward(dhs, xs, hs, cs, gates, W):  # noqa: ANN001, ANN202
        dW, db, dxs = np.zeros_like(W), np.zeros(W.shape[1]), np.zeros_like(xs)
        dh_back = dc_back = np.zeros_like(hs[0])
        last = len(xs) - 1
        for t in order(range(len(xs))):
            dh = dh_back + dhs[t] if from_above or t == last else dh_back
            values = np.split(gates[t], 4, axis=-1)
            states = hs[t + h_at], cs[t + c_prev_at]
            dW_t, db_t, dxs[t], *new = step(dh, dc_back, xs[t], *states, *values, cs[t + c_at], W)
            dh_back, dc_back = hand_on(*new, (dh_back, dc_back))
            dW, db = add(dW, dW_t), (add_db or add)(db, db_t)
            if t:
                dh_back, dc_back = dh_back * carry_h, dc_back * carry_c
        return dW, db, dxs, dh_back, dc_back

    return sequence_backward
