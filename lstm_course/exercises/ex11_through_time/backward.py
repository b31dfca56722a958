"""The way back through one step, part by part and whole, and through a sequence.

Lesson 11 asks for the parts one by one and then for the whole.
"""

import numpy as np

from ..gates import join


def back_to_memory(dh_t, dc_next, o_t, c_t):  # noqa: ANN001, ANN201
    """Return the whole gradient at c_t."""
    dc_t = dc_next + dh_t * o_t * (1 - np.tanh(c_t) ** 2)
    return dc_t


def back_to_gates(dh_t, dc_t, c_prev, i_t, f_t, c_tilde, c_t):  # noqa: ANN001, ANN201
    """Return the gradients at the factors of equations 5 and 6."""
    di_t = dc_t * c_tilde
    df_t = dc_t * c_prev
    do_t = dh_t * np.tanh(c_t)
    dc_tilde = dc_t * i_t
    dc_prev = dc_t * f_t
    return di_t, df_t, do_t, dc_tilde, dc_prev


def back_to_sums(di_t, df_t, do_t, dc_tilde, i_t, f_t, o_t, c_tilde):  # noqa: ANN001, ANN201
    """Return da_i, da_f, da_o, da_c side by side."""
    da_i = di_t * i_t * (1 - i_t)
    da_f = df_t * f_t * (1 - f_t)
    da_o = do_t * o_t * (1 - o_t)
    da_c = dc_tilde * (1 - c_tilde**2)
    da = np.concatenate([da_i, da_f, da_o, da_c], axis=-1)
    return da


def back_to_weights(da, h_prev, x_t, W):  # noqa: ANN001, ANN201
    """Return dW, db, dh_{t-1} and dx_t for a batch."""
    z_t = join(h_prev, x_t)
    H = h_prev.shape[-1]
    dW = z_t.T @ da
    db = da.sum(axis=0)
    dz_t = da @ W.T
    dh_prev = dz_t[:, :H]
    dx_t = dz_t[:, H:]
    return dW, db, dh_prev, dx_t


def step_backward(dh_t, dc_next, x_t, h_prev, c_prev, i_t, f_t, o_t, c_tilde, c_t, W):  # noqa: ANN001, ANN201
    """Return one step backward for a batch: the four parts, one after the other."""
    dc_t = dc_next + dh_t * o_t * (1 - np.tanh(c_t) ** 2)
    di_t = dc_t * c_tilde
    df_t = dc_t * c_prev
    do_t = dh_t * np.tanh(c_t)
    dc_tilde = dc_t * i_t
    dc_prev = dc_t * f_t
    da_i = di_t * i_t * (1 - i_t)
    da_f = df_t * f_t * (1 - f_t)
    da_o = do_t * o_t * (1 - o_t)
    da_c = dc_tilde * (1 - c_tilde**2)
    da = np.concatenate([da_i, da_f, da_o, da_c], axis=-1)
    z_t = join(h_prev, x_t)
    H = h_prev.shape[-1]
    dW = z_t.T @ da
    db = da.sum(axis=0)
    dz_t = da @ W.T
    dh_prev = dz_t[:, :H]
    dx_t = dz_t[:, H:]
    return dW, db, dx_t, dh_prev, dc_prev


def sequence_backward(dhs, xs, hs, cs, gates, W):  # noqa: ANN001, ANN201
    """Return a whole sequence backward."""
    dW = np.zeros_like(W)
    db = np.zeros(W.shape[1])
    dxs = np.zeros_like(xs)
    dh = np.zeros_like(hs[0])
    dc = np.zeros_like(cs[0])
    for t in reversed(range(len(xs))):
        now = gates[t]
        i_t, f_t, o_t, c_tilde = np.split(now, 4, axis=-1)
        dh_t = dhs[t] + dh
        h_before = hs[t]
        c_before = cs[t]
        c_now = cs[t + 1]
        dW_t, db_t, dx_t, dh, dc = step_backward(
            dh_t, dc, xs[t], h_before, c_before, i_t, f_t, o_t, c_tilde, c_now, W
        )
        dxs[t] = dx_t
        dW += dW_t
        db += db_t
    return dW, db, dxs, dh, dc
