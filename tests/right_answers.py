"""Right answers written in other ways than the course's own, by exercise id.

Every function exercise has at least two here: the grader must accept them all. Write what
a learner might write: loops, einsum, np.dot, math for one number, float32, a list for a
vector, a helper of one's own. None may call the course's function that is asked for.
"""

import math

import numpy as np


def _sigmoid(a):
    return 1 / (1 + np.exp(-np.asarray(a)))


def gate_einsum(h, x, W, b):
    """Give one product for h and one for x."""
    H = h.shape[-1]
    return _sigmoid(np.einsum("...h,hk->...k", h, W[:H]) + np.einsum("...d,dk->...k", x, W[H:]) + b)


def gate_loop(h, x, W, b):
    """Go number by number, with math."""
    if h.ndim > 1:
        return [gate_loop(row, other, W, b) for row, other in zip(h, x, strict=True)]
    z = list(h) + list(x)
    sums = [sum(z[j] * W[j, k] for j in range(len(z))) + b[k] for k in range(len(b))]
    return [1 / (1 + math.exp(-a)) for a in sums]


def gate_dot(h, x, W, b):
    """Join with hstack, multiply with np.dot, write σ by its definition."""
    return 1 / (1 + np.exp(-(np.dot(np.hstack([h, x]), W) + b)))


def gate_float32(h, x, W, b):
    """Work in single precision."""
    z, W, b = (np.asarray(a, np.float32) for a in (np.concatenate([h, x], -1), W, b))
    return _sigmoid(np.matmul(z, W) + b)


def gate_columns(h, x, W, b):
    """Write the product as papers do, with W transposed and columns."""
    return _sigmoid((W.T @ np.concatenate([h.T, x.T])).T + b)


def gate_row_by_row(h, x, W, b):
    """Add row by row into an array made before, with b doing the broadcasting."""
    a = np.zeros_like(h) + b
    for j in range(h.shape[-1]):
        a = a + h[..., j, None] * W[j]
    for j in range(x.shape[-1]):
        a = a + x[..., j, None] * W[h.shape[-1] + j]
    return np.exp(a) / (1 + np.exp(a))


GATE = [gate_einsum, gate_loop, gate_dot, gate_float32, gate_columns, gate_row_by_row]


def fade_power(f_t, c_prev, steps):
    """Take the power at once."""
    return f_t**steps * c_prev


def fade_copy(f_t, c_prev, steps):
    """Work in place on a copy."""
    c = c_prev.copy()
    for _ in range(steps):
        c *= f_t
    return c


def fade_recursive(f_t, c_prev, steps):
    """Call itself."""
    return c_prev if steps == 0 else fade_recursive(f_t, f_t * c_prev, steps - 1)


def candidate_exponentials(h, x, W, b):
    """Write tanh by its definition."""
    a = np.concatenate([h, x], axis=-1).dot(W) + b
    return (np.exp(a) - np.exp(-a)) / (np.exp(a) + np.exp(-a))


def candidate_from_sigmoid(h, x, W, b):
    """Use tanh(a) = 2σ(2a) - 1."""
    return 2 * gate_einsum(h, x, 2 * W, 2 * b) - 1


def candidate_loop(h, x, W, b):
    """Go number by number, with math."""
    if h.ndim > 1:
        return [candidate_loop(row, other, W, b) for row, other in zip(h, x, strict=True)]
    z = list(h) + list(x)
    return [math.tanh(sum(z[j] * W[j, k] for j in range(len(z))) + b[k]) for k in range(len(b))]


CANDIDATE = [candidate_exponentials, candidate_from_sigmoid, candidate_loop]


def three_gates_stacked(h, x, W_i, W_f, W_o, b_i, b_f, b_o):
    """Make one product with the weights side by side."""
    z = np.concatenate([h, x], axis=-1)
    stacked = _sigmoid(z @ np.hstack([W_i, W_f, W_o]) + np.concatenate([b_i, b_f, b_o]))
    return tuple(np.split(stacked, 3, axis=-1))


def three_gates_helper(h, x, W_i, W_f, W_o, b_i, b_f, b_o):
    """Call a gate of one's own three times."""
    pairs = ((W_i, b_i), (W_f, b_f), (W_o, b_o))
    return tuple(gate_loop(h, x, W, b) for W, b in pairs)


def written_helper(h, x, W_i, b_i, W_c, b_c):
    """Multiply a gate by a candidate."""
    return gate_dot(h, x, W_i, b_i) * candidate_exponentials(h, x, W_c, b_c)


def written_einsum(h, x, W_i, b_i, W_c, b_c):
    """Multiply with einsum."""
    i_t, c_tilde = gate_einsum(h, x, W_i, b_i), candidate_from_sigmoid(h, x, W_c, b_c)
    return np.einsum("...k,...k->...k", i_t, c_tilde)


def rnn_step_two_products(h, x, W, b):
    """Give one product for h and one for x, and write tanh by its definition."""
    H = h.shape[-1]
    a = np.dot(h, W[:H]) + np.dot(x, W[H:]) + b
    return (np.exp(2 * a) - 1) / (np.exp(2 * a) + 1)


def rnn_step_loop(h, x, W, b):
    """Go number by number, with math."""
    if h.ndim > 1:
        return [rnn_step_loop(row, other, W, b) for row, other in zip(h, x, strict=True)]
    z = [*h, *x]
    return [math.tanh(sum(z[j] * W[j, k] for j in range(len(z))) + b[k]) for k in range(len(b))]


def rnn_read_filled(xs, h, W, b):
    """Fill an array that is made before the loop."""
    hs = np.zeros((len(xs), *h.shape))
    for t in range(len(xs)):
        before = hs[t - 1] if t else h
        hs[t] = rnn_step_two_products(before, xs[t], W, b)
    return hs


def rnn_read_recursive(xs, h, W, b):
    """Read one word, then the rest."""
    if len(xs) == 0:
        return []
    h = np.tanh(np.concatenate([h, xs[0]], -1) @ W + b)
    return [h, *rnn_read_recursive(xs[1:], h, W, b)]


def back_einsum(dh, h, W):
    """Write out the sum over the units of step t."""
    return np.einsum("...k,...k,jk->...j", dh, (1 + h) * (1 - h), W[: h.shape[-1]])


def back_all_rows(dh, h, W):
    """Go back to all of [h, x] and cut off the part of x."""
    return (W @ (dh - dh * h * h).T).T[..., : h.shape[-1]]


RIGHT = {
    "rnn-step": [rnn_step_two_products, rnn_step_loop],
    "rnn-read": [rnn_read_filled, rnn_read_recursive],
    "gradient-back": [back_einsum, back_all_rows],
    "input-gate": GATE,
    "gate-for-a-batch": GATE,
    "forget-gate": GATE,
    "fading-memory": [fade_power, fade_copy, fade_recursive],
    "output-gate": GATE,
    "three-gates": [three_gates_stacked, three_gates_helper],
    "candidate": CANDIDATE,
    "written-content": [written_helper, written_einsum],
}


# --- lesson 11: through time


def memory_by_cosh(dh, dc_next, o, c):
    """Write tanh′ as 1 / cosh²."""
    return dh * o / np.cosh(c) ** 2 + dc_next


def memory_by_factors(dh, dc_next, o, c):
    """Write 1 - tanh² as a product, and add in place on a copy."""
    dc = np.array(dc_next, dtype=float)
    dc += o * dh * (1 - np.tanh(c)) * (1 + np.tanh(c))
    return dc


def gates_in_a_row(dh, dc, c_prev, i, f, g, c):
    """Return them one by one, with np.multiply."""
    do = np.multiply(np.tanh(c), dh)
    return np.multiply(g, dc), np.multiply(c_prev, dc), do, np.multiply(i, dc), np.multiply(f, dc)


def gates_stacked(dh, dc, c_prev, i, f, g, c):
    """Stack the partners and multiply once."""
    di, df, dg, dc_prev = dc * np.stack([g, c_prev, i, f])
    return di, df, dh * (2 * _sigmoid(2 * c) - 1), dg, dc_prev


def sums_by_difference(di, df, do, dg, i, f, o, g):
    """Write s (1 - s) as s - s²."""
    parts = [d * (s - s**2) for d, s in ((di, i), (df, f), (do, o))]
    return np.concatenate((*parts, dg * (1 + g) * (1 - g)), axis=-1)


def sums_into_an_array(di, df, do, dg, i, f, o, g):
    """Fill an array made before."""
    H = i.shape[-1]
    da = np.empty((*i.shape[:-1], 4 * H))
    da[..., :H], da[..., H : 2 * H] = di * i * (1 - i), df * f * (1 - f)
    da[..., 2 * H : 3 * H], da[..., 3 * H :] = do * o * (1 - o), dg - dg * g * g
    return da


def weights_einsum(da, h, x, W):
    """Give one product for h and one for x."""
    H = h.shape[1]
    dW = np.vstack([np.einsum("nh,nk->hk", h, da), np.einsum("nd,nk->dk", x, da)])
    return dW, np.einsum("nk->k", da), np.einsum("nk,hk->nh", da, W[:H]), da @ W[H:].T


def weights_row_by_row(da, h, x, W):
    """Add up the samples in a loop."""
    z, dW, db = np.hstack([h, x]), np.zeros_like(W), np.zeros(W.shape[1])
    dz = np.zeros_like(z)
    for n in range(len(da)):
        dW, db = dW + np.outer(z[n], da[n]), db + da[n]
        dz[n] = W @ da[n]
    return dW, db, *np.split(dz, [h.shape[1]], axis=1)


def step_back_in_one(dh, dc_next, x, h_prev, c_prev, i, f, o, g, c, W):
    """Write the whole step without helpers."""
    t = np.tanh(c)
    dc = dc_next + dh * o * (1 - t * t)
    da_i, da_f = dc * g * i * (1 - i), dc * c_prev * f * (1 - f)
    da = np.hstack([da_i, da_f, dh * t * o * (1 - o), dc * i * (1 - g * g)])
    dz = da @ W.T
    z, H = np.hstack([h_prev, x]), dh.shape[1]
    return z.T @ da, da.sum(0), dz[:, H:], dz[:, :H], dc * f


def step_back_by_parts(dh, dc_next, x, h_prev, c_prev, i, f, o, g, c, W):
    """Call helpers of one's own."""
    dc = memory_by_cosh(dh, dc_next, o, c)
    di, df, do, dg, dc_prev = gates_stacked(dh, dc, c_prev, i, f, g, c)
    da = sums_by_difference(di, df, do, dg, i, f, o, g)
    dW, db, dh_prev, dx = weights_row_by_row(da, h_prev, x, W)
    return dW, db, dx, dh_prev, dc_prev


def sequence_with_lists(dhs, xs, hs, cs, gates, W):
    """Collect every step in a list and add up at the end."""
    H = hs.shape[-1]
    dh, dc, backs = 0.0, np.zeros_like(cs[0]), []
    for t in range(len(xs) - 1, -1, -1):
        parts = [gates[t][:, k * H : (k + 1) * H] for k in range(4)]
        backs.append(step_back_in_one(dhs[t] + dh, dc, xs[t], hs[t], cs[t], *parts, cs[t + 1], W))
        dh, dc = backs[-1][3:]
    dWs, dbs, dxs = ([back[k] for back in backs[::-1]] for k in range(3))
    return sum(dWs), sum(dbs), np.array(dxs), dh, dc


def sequence_all_at_once(dhs, xs, hs, cs, gates, W):
    """Keep da of all steps and take one product for dW and dxs."""
    H = hs.shape[-1]
    i, f, o, g = np.moveaxis(gates.reshape(*gates.shape[:-1], 4, H), -2, 0)
    t_c, das = np.tanh(cs[1:]), np.empty_like(gates)
    dh, dc = np.zeros_like(hs[0]), np.zeros_like(cs[0])
    for t in range(len(xs))[::-1]:
        dh = dh + dhs[t]
        dc = dc + dh * o[t] * (1 - t_c[t] ** 2)
        d = (dc * g[t], dc * cs[t], dh * t_c[t], dc * i[t])
        das[t] = sums_by_difference(*d, i[t], f[t], o[t], g[t])
        dh, dc = das[t] @ W[:H].T, dc * f[t]
    rows = das.reshape(-1, 4 * H)
    z = np.concatenate([hs[:-1], xs], axis=-1).reshape(len(rows), -1)
    return z.T @ rows, rows.sum(axis=0), das @ W[H:].T, dh, dc


def memory_loop_recursive(dcs, xs, fs, W):
    """Go back by recursion, from the last step."""
    dc = dcs[-1]
    dW = xs[-1].T @ dc
    if len(dcs) == 1:
        return dW, dc * fs[-1]
    before = np.concatenate([dcs[:-2], [dcs[-2] + dc * fs[-1]]])
    more, dc_0 = memory_loop_recursive(before, xs[:-1], fs[:-1], W)
    return dW + more, dc_0


def memory_loop_at_the_end(dcs, xs, fs, W):
    """Keep all dc and take one product."""
    whole = np.array(dcs, dtype=float)
    for t in range(len(xs) - 2, -1, -1):
        whole[t] += fs[t + 1] * whole[t + 1]
    return np.einsum("tnd,tnh->dh", xs, whole), whole[0] * fs[0]


RIGHT |= {
    "back-to-memory": [memory_by_cosh, memory_by_factors],
    "back-to-gates": [gates_in_a_row, gates_stacked],
    "back-to-sums": [sums_by_difference, sums_into_an_array],
    "back-to-weights": [weights_einsum, weights_row_by_row],
    "step-backward": [step_back_in_one, step_back_by_parts],
    "sequence-backward": [sequence_with_lists, sequence_all_at_once],
    "missing-plus": [memory_loop_recursive, memory_loop_at_the_end],
}


def to_pytorch_indices(W, b):
    """Pick columns by a list of indices."""
    H = len(b) // 4
    order = [*range(2 * H), *range(3 * H, 4 * H), *range(2 * H, 3 * H)]
    W_t = W.T[order]
    return np.ascontiguousarray(W_t[:, H:]), W_t[:, :H], b[order], 0 * b


def to_pytorch_loop(W, b):
    """Fill arrays made before, number by number."""
    H, D = len(b) // 4, len(W) - len(b) // 4
    ih, hh, bias = np.empty((4 * H, D)), np.empty((4 * H, H)), np.empty(4 * H)
    for to, source in enumerate((0, 1, 3, 2)):
        for k in range(H):
            column = W[:, source * H + k]
            hh[to * H + k], ih[to * H + k] = column[:H], column[H:]
            bias[to * H + k] = b[source * H + k]
    return ih, hh, bias, np.zeros(4 * H, np.float32)


def from_pytorch_reshape(weight_ih, weight_hh, bias_ih, bias_hh):
    """Cut the rows into blocks with reshape, then transpose at the end."""
    both = np.hstack([weight_hh, weight_ih])
    blocks = both.reshape(4, -1, both.shape[1])[[0, 1, 3, 2]]
    bias = np.add(bias_ih, bias_hh).reshape(4, -1)[[0, 1, 3, 2]]
    return blocks.reshape(both.shape).T, bias.ravel()


def from_pytorch_swap(weight_ih, weight_hh, bias_ih, bias_hh):
    """Copy and let the last two blocks change places."""
    H = weight_hh.shape[1]
    W, b = np.vstack([weight_hh.T, weight_ih.T]), bias_hh + bias_ih
    g, o = slice(2 * H, 3 * H), slice(3 * H, None)
    swapped, b_swapped = W.copy(), b.copy()
    swapped[:, g], swapped[:, o] = W[:, o], W[:, g]
    b_swapped[g], b_swapped[o] = b[o], b[g]
    return swapped, b_swapped


def from_keras_split(kernel, recurrent_kernel, bias):
    """Stack all three, then split once."""
    i, f, c, o = np.split(np.vstack([recurrent_kernel, kernel, bias]), 4, axis=1)
    whole = np.hstack([i, f, o, c])
    return whole[:-1], whole[-1]


def from_keras_indices(kernel, recurrent_kernel, bias):
    """Take columns by number."""
    H = len(recurrent_kernel)
    order = np.r_[0 : 2 * H, 3 * H : 4 * H, 2 * H : 3 * H]
    return np.concatenate([recurrent_kernel, kernel])[:, order], np.take(bias, order)


def gru_einsum(h, x, W_r, b_r, W_u, b_u, W_n, b_n):
    """Use the gates of one's own, and h - u-form of the mean."""
    r, u = gate_einsum(h, x, W_r, b_r), gate_dot(h, x, W_u, b_u)
    n = 2 * gate_float32(r * h, x, 2 * W_n, 2 * b_n) - 1
    return n + u * (h - n)


def gru_split(h, x, W_r, b_r, W_u, b_u, W_n, b_n):
    """Cut every matrix in two."""
    H = h.shape[-1]
    r = _sigmoid(h @ W_r[:H] + x @ W_r[H:] + b_r)
    u = _sigmoid(h @ W_u[:H] + x @ W_u[H:] + b_u)
    n = np.tanh((r * h) @ W_n[:H] + x @ W_n[H:] + b_n)
    return h * u + n - u * n


RIGHT |= {
    "to-pytorch": [to_pytorch_indices, to_pytorch_loop],
    "from-pytorch": [from_pytorch_reshape, from_pytorch_swap],
    "fresh-and-trained": [from_keras_split, from_keras_indices],
    "gru-step": [gru_einsum, gru_split],
}


def memory_einsum(f, c, i, g):
    """Multiply with np.multiply, add with sum."""
    return np.sum([np.multiply(f, c), np.multiply(i, g)], axis=0)


def memory_loop_of_numbers(f, c, i, g):
    """Go number by number and return lists."""
    if np.ndim(f) > 1:
        return [memory_loop_of_numbers(*row) for row in zip(f, c, i, g, strict=True)]
    return [a * b + d * e for a, b, d, e in zip(f, c, i, g, strict=True)]


def memories_filled(fs, i_s, offers, c_0):
    """Fill an array made before."""
    cs = np.empty((len(fs) + 1, len(c_0)))
    cs[0] = c_0
    for t in range(len(fs)):
        cs[t + 1] = fs[t] * cs[t] + i_s[t] * offers[t]
    return cs[1:]


def memories_recursive(fs, i_s, offers, c_0):
    """Take the first step, then the rest."""
    if len(fs) == 0:
        return []
    c = memory_einsum(fs[0], c_0, i_s[0], offers[0])
    return [c, *memories_recursive(fs[1:], i_s[1:], offers[1:], c)]


def shown_float32(o, c):
    """Work in single precision."""
    return np.float32(o) * np.tanh(np.float32(c))


def shown_by_definition(o, c):
    """Write tanh with exponentials of -2|c|."""
    small = np.exp(-2 * np.abs(c))
    return o * np.sign(c) * (1 - small) / (1 + small)


def update_in_steps(f, c_prev, i, g, o):
    """Copy first, then change the copy; return a list."""
    c = np.array(c_prev)
    c *= f
    c += i * g
    return np.tanh(c) * o, c


def update_numbers(f, c_prev, i, g, o):
    """Go number by number, with math."""
    c = np.asarray(memory_loop_of_numbers(f, c_prev, i, g))
    h = [o_k * math.tanh(c_k) for o_k, c_k in zip(np.ravel(o), np.ravel(c), strict=True)]
    return np.reshape(h, c.shape), c


def softmax_logs(a):
    """Subtract the logarithm of the sum."""
    shifted = a - np.max(a, axis=-1, keepdims=True)
    return np.exp(shifted - np.log(np.exp(shifted).sum(-1, keepdims=True)))


def softmax_rows(a):
    """Go row by row, with math."""
    if a.ndim > 1:
        return np.array([softmax_rows(row) for row in a])
    powers = [math.exp(v - max(a)) for v in a]
    return [p / sum(powers) for p in powers]


def softmax_transposed(a):
    """Turn the batch round, so that no dimension has to be kept."""
    powers = np.exp(a.T - a.max(axis=-1))
    return (powers / powers.sum(axis=0)).T


def output_einsum(h, W, b):
    """Write the product with einsum."""
    return softmax_logs(np.einsum("...h,hk->...k", h, W) + b)


def output_dot(h, W, b):
    """Use np.dot and a softmax of one's own."""
    return softmax_transposed(np.dot(h, W) + b)


def step_split(x, h, c, W_i, W_f, W_o, W_c, b_i, b_f, b_o, b_c):
    """Use the gates of one's own, and tanh as 2σ(2a) - 1."""
    i, f, o = gate_einsum(h, x, W_i, b_i), gate_dot(h, x, W_f, b_f), gate_columns(h, x, W_o, b_o)
    g = 2 * gate_dot(h, x, 2 * W_c, 2 * b_c) - 1
    c = memory_einsum(f, c, i, g)
    return shown_by_definition(o, c), c


def step_stacked(x, h, c, W_i, W_f, W_o, W_c, b_i, b_f, b_o, b_c):
    """Make one product for all four blocks."""
    a = np.hstack([h, x]) @ np.hstack([W_i, W_f, W_o, W_c]) + np.hstack([b_i, b_f, b_o, b_c])
    i, f, o, g = np.split(a, 4, axis=-1)
    c = _sigmoid(f) * c + _sigmoid(i) * np.tanh(g)
    return _sigmoid(o) * np.tanh(c), c


def cell_split(x, h, c, W_i, W_f, W_o, W_c):
    """Use the whole step with biases of 0."""
    return step_split(x, h, c, W_i, W_f, W_o, W_c, *np.zeros((4, h.shape[-1])))


def cell_stacked(x, h, c, W_i, W_f, W_o, W_c):
    """Use the stacked step with biases of 0."""
    return step_stacked(x, h, c, W_i, W_f, W_o, W_c, *np.zeros((4, h.shape[-1])))


RIGHT |= {
    "cell-state": [memory_einsum, memory_loop_of_numbers],
    "memory-loop": [memories_filled, memories_recursive],
    "hidden-state": [shown_float32, shown_by_definition],
    "old-memory": [update_in_steps, update_numbers],
    "softmax": [softmax_logs, softmax_rows, softmax_transposed],
    "output": [output_einsum, output_dot],
    "row-sums": [softmax_logs, softmax_rows, softmax_transposed],
    "lstm-step": [step_split, step_stacked],
    "broken-cell": [cell_split, cell_stacked],
}


def adding_target_loop(xs):
    """Go through the sequences and their steps."""
    T, N, _ = xs.shape
    sums = [sum(xs[t, n, 0] for t in range(T) if xs[t, n, 1] > 0) for n in range(N)]
    return [[0.5 + s / 4] for s in sums]


def adding_target_clip(xs):
    """Cut the marks at 0 and multiply with einsum."""
    sums = np.einsum("tn,tn->n", xs[:, :, 0], np.clip(xs[:, :, 1], 0, 1))
    return (2 + sums.reshape(-1, 1)) / 4


def adding_target_where(xs):
    """Put zeros where there is no mark."""
    return 0.5 + np.where(xs[..., 1] == 1, xs[..., 0], 0).sum(axis=0).reshape(-1, 1) / 4


def share_right_count(ys, targets, limit):
    """Count, then divide."""
    return sum(abs(y - t) < limit for y, t in zip(ys.ravel(), targets.ravel(), strict=True)) / len(
        ys
    )


def share_right_flat(ys, targets, limit):
    """Make both flat, and ask from both sides."""
    off = ys.ravel() - targets.ravel()
    return np.count_nonzero((off < limit) & (off > -limit)) / off.size


RIGHT |= {
    "adding-target": [adding_target_loop, adding_target_clip, adding_target_where],
    "share-right": [share_right_count, share_right_flat],
}


# --- lesson 16: make it fast


def stack_hstack(*parts):
    """Use hstack for both."""
    return np.hstack(parts[:4]), np.hstack(parts[4:])


def stack_filled(W_i, W_f, W_o, W_c, b_i, b_f, b_o, b_c):
    """Fill arrays made before."""
    rows, H = W_i.shape
    W, b = np.zeros((rows, 4 * H)), np.zeros(4 * H)
    for k, (W_k, b_k) in enumerate(((W_i, b_i), (W_f, b_f), (W_o, b_o), (W_c, b_c))):
        W[:, k * H : (k + 1) * H], b[k * H : (k + 1) * H] = W_k, b_k
    return W, b


def one_product_sliced(x, h, c, W, b):
    """Slice the sums and take σ of the first three blocks at once."""
    H = h.shape[-1]
    a = np.append(h, x, axis=-1).dot(W) + b
    s = _sigmoid(a[..., : 3 * H])
    c_t = s[..., H : 2 * H] * c + s[..., :H] * np.tanh(a[..., 3 * H :])
    return s[..., 2 * H :] * np.tanh(c_t), c_t


def one_product_one_tanh(x, h, c, W, b):
    """Take one tanh of all, with the gates' half halved."""
    W, b = halve_scaled(W, b)
    H = h.shape[-1]
    t = np.tanh(h @ W[:H] + x @ W[H:] + b)
    i, f, o, g = np.split(t, 4, axis=-1)
    c_t = (f + 1) / 2 * c + (i + 1) / 2 * g
    return (o + 1) / 2 * np.tanh(c_t), c_t


def halve_scaled(W, b):
    """Multiply by a row of scales."""
    H = W.shape[1] // 4
    scale = np.repeat([0.5, 0.5, 0.5, 1.0], H)
    return W * scale, b * scale


def halve_copy(W, b):
    """Change a copy in place."""
    W, b = W.copy(), b.copy()
    H = len(b) // 4
    W[:, : 3 * H] /= 2
    b[: 3 * H] /= 2
    return W, b


def halve_joined(W, b):
    """Cut and join again."""
    cut = 3 * (len(b) // 4)
    return np.hstack([W[:, :cut] / 2, W[:, cut:]]), np.hstack([b[:cut] / 2, b[cut:]])


RIGHT |= {
    "stack-params": [stack_hstack, stack_filled],
    "one-product": [one_product_sliced, one_product_one_tanh],
    "halve-the-gates": [halve_scaled, halve_copy, halve_joined],
}


def sigmoid_powers(a):
    """Write the power as np.e ** -a."""
    return np.divide(1, np.add(1, np.e**-a))


def sigmoid_loop(a):
    """Go number by number, with math."""
    return np.array([1 / (1 + math.exp(-v)) for v in np.ravel(a)]).reshape(np.shape(a))


def sigmoid_by_magnitude(a):
    """Take the power of -|a| only, and turn one side round."""
    small = np.exp(-np.abs(a))
    return np.where(a >= 0, 1, small) / (1 + small)


def sigmoid_by_sides(a):
    """Fill both sides by a mask, each with the form that cannot overflow."""
    a = np.asarray(a, dtype=float)
    s, up = np.empty(a.shape), a >= 0
    s[up] = 1 / (1 + np.exp(-a[up]))
    s[~up] = np.exp(a[~up]) / (1 + np.exp(a[~up]))
    return s


def sigmoid_logs(a):
    """Take the logarithm of σ first: -log(1 + e^-a)."""
    return np.exp(-np.logaddexp(0, -a))


def sigmoid_clipped(a):
    """Clip where σ no longer changes."""
    return 1 / (1 + np.exp(-np.clip(a, -500, 500)))


def sigmoid_quiet(a):
    """Switch warnings off where there is nothing to warn of."""
    with np.errstate(all="ignore"):
        return sigmoid_by_magnitude(a)


def sigmoid_loop_tanh(a):
    """Go number by number with equation 2.3."""
    return np.array([0.5 * (1 + math.tanh(v / 2)) for v in np.ravel(a)]).reshape(np.shape(a))


def gated_einsum(gate, signal):
    """Multiply with einsum."""
    return np.einsum("...d,...d->...d", gate, signal)


def gated_copy(gate, signal):
    """Work in place on a copy."""
    passed = np.array(signal)
    passed *= gate
    return passed


def gated_loop(gate, signal):
    """Go number by number."""
    if signal.ndim > 1:
        gates = gate if gate.ndim > 1 else [gate] * len(signal)
        return [gated_loop(g, s) for g, s in zip(gates, signal, strict=True)]
    return [g * s for g, s in zip(gate, signal, strict=True)]


def learn_copy(x, target, a, moves, rate=0.1):
    """Move a copy in place, with σ′ as s - s²."""
    a = a.copy()
    for _ in range(moves):
        s = _sigmoid(a)
        a -= rate * (s * x - target) * x * (s - s**2)
    return a


def learn_recursive(x, target, a, moves, rate=0.1):
    """Call itself, with σ(-a) for 1 - σ(a)."""
    if moves == 0:
        return a
    uphill = x * (_sigmoid(a) * x - target) * _sigmoid(a) * _sigmoid(-a)
    return learn_recursive(x, target, a - rate * uphill, moves - 1, rate)


RIGHT |= {
    "sigmoid": [sigmoid_powers, sigmoid_loop, sigmoid_by_magnitude, sigmoid_by_sides],
    "stable-sigmoid": [
        sigmoid_by_magnitude,
        sigmoid_by_sides,
        sigmoid_logs,
        sigmoid_clipped,
        sigmoid_quiet,
        sigmoid_loop_tanh,
    ],
    "apply-gate": [gated_einsum, gated_copy, gated_loop],
    "learning-gate": [learn_copy, learn_recursive],
}


def surprise_loop(logits, targets):
    """Go row by row, with math."""
    total = 0.0
    for row, k in zip(logits, targets, strict=True):
        top = max(row)
        total += math.log(sum(math.exp(a - top) for a in row)) + top - row[k]
    return total / len(targets)


def surprise_logaddexp(logits, targets):
    """Let logaddexp do the sum."""
    right = np.take_along_axis(logits, targets[:, None], 1)[:, 0]
    return np.mean(np.logaddexp.reduce(logits, axis=1) - right)


def loss_gradient_places(logits, targets):
    """Take 1 away at one place per row."""
    y = np.exp(logits - logits.max(1, keepdims=True))
    y = y / y.sum(1, keepdims=True)
    y[np.arange(len(y)), targets] -= 1
    return y / len(y)


def loss_gradient_loop(logits, targets):
    """Go number by number."""
    N, K = logits.shape
    sums = [sum(math.exp(a) for a in row) for row in logits]
    return [
        [(math.exp(logits[n][k]) / sums[n] - (targets[n] == k)) / N for k in range(K)]
        for n in range(N)
    ]


def clip_if(dW, db, limit):
    """Ask first whether the gradient is too long."""
    norm = np.linalg.norm(np.concatenate([dW.ravel(), db]))
    return (limit / norm * dW, limit / norm * db) if norm > limit else (dW, db)


def clip_divide(dW, db, limit):
    """Divide by a number of at least 1."""
    ratio = max(math.hypot(*dW.flatten(), *db) / limit, 1)
    return dW / ratio, db / ratio


def adam_one_line(p, g, m, v, k, lr):
    """Put the corrections into one factor."""
    m, v = m + 0.1 * (g - m), v + 0.001 * (g * g - v)
    return p - lr * (m / (1 - 0.9**k)) * (np.sqrt(v / (1 - 0.999**k)) + 1e-8) ** -1, m, v


def adam_numbers(p, g, m, v, k, lr):
    """Go entry by entry."""
    new = np.empty((3, p.size))
    for j, (x, slope, mean, square) in enumerate(
        zip(p.ravel(), g.ravel(), m.ravel(), v.ravel(), strict=True)
    ):
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
        step = mean / (1 - 0.9**k) / (math.sqrt(square / (1 - 0.999**k)) + 1e-8)
        new[:, j] = x - lr * step, mean, square
    return tuple(row.reshape(p.shape) for row in new)


def descend_copy(W, xs, targets, lr, steps):
    """Work in place on a copy."""
    W = W.copy()
    for _ in range(steps):
        W -= lr * xs.T @ loss_gradient_places(xs @ W, targets)
    return W


def descend_recursive(W, xs, targets, lr, steps):
    """Call itself."""
    if steps == 0:
        return W
    step = np.einsum("nd,nk->dk", xs, loss_gradient_places(np.dot(xs, W), targets))
    return descend_recursive(W - lr * step, xs, targets, lr, steps - 1)


RIGHT |= {
    "cross-entropy": [surprise_loop, surprise_logaddexp],
    "logit-gradient": [loss_gradient_places, loss_gradient_loop],
    "clip-norm": [clip_if, clip_divide],
    "adam-step": [adam_one_line, adam_numbers],
    "descend": [descend_copy, descend_recursive],
}


def shares_sorted(gate, low, high):
    """Look up the thresholds among the sorted values."""
    values = np.sort(gate, axis=None)
    shut = np.searchsorted(values, low) / values.size
    return shut, 1 - np.searchsorted(values, high, side="right") / values.size


def shares_loop(gate, low, high):
    """Count one by one."""
    values = [float(g) for g in np.ravel(gate)]
    shut = len([g for g in values if g < low]) / len(values)
    return shut, len([g for g in values if g > high]) / len(values)


def open_nan(fs, lengths):
    """Mark what does not count as nan."""
    past = np.arange(fs.shape[0]).reshape(-1, 1) >= lengths
    hits = np.where(past[..., None], np.nan, (fs > 0.9) * 1.0)
    return np.nanmean(hits.reshape(-1, fs.shape[-1]), axis=0)


def open_rows(fs, lengths):
    """Collect the words of one sentence after the other."""
    words = np.concatenate([fs[: lengths[n], n] for n in range(fs.shape[1])])
    return (words > 0.9).sum(axis=0) / len(words)


RIGHT |= {
    "saturation-share": [shares_sorted, shares_loop],
    "open-by-unit": [open_nan, open_rows],
}


def agreement_loop(scores, right, wrong):
    """Count sentence by sentence."""
    count = 0
    for row, r, w in zip(scores, right, wrong, strict=True):
        count += row[w] >= row[r]
    return count / len(scores)


def agreement_take(scores, right, wrong):
    """Take the two columns with take_along_axis."""
    both = np.take_along_axis(scores, np.stack([right, wrong], axis=1), axis=1)
    return 1 - np.mean(both[:, 0] > both[:, 1])


def off_mask(W, W_y, unit):
    """Multiply by a mask of ones and a zero."""
    keep = np.ones((len(W), 1))
    keep[unit] = 0
    return W * keep, W_y * keep[: len(W_y)]


def off_where(W, W_y, unit):
    """Choose row by row."""
    return tuple(np.where(np.arange(len(a))[:, None] == unit, 0.0, a) for a in (W, W_y))


def memories_by_sentence(fs, i_s, offers):
    """Go sentence by sentence, each with a memory of its own."""
    ends = []
    for f, i, g in zip(fs, i_s, offers, strict=True):
        c = np.zeros(f.shape[-1])
        for t in range(len(f)):
            c = memory_einsum(f[t], c, i[t], g[t])
        ends.append(c)
    return ends


def memories_weighted(fs, i_s, offers):
    """Add up what is written, times all later forget gates."""
    later = np.cumprod(fs[:, ::-1], axis=1)[:, ::-1]
    kept = np.concatenate([later[:, 1:], np.ones_like(later[:, :1])], axis=1)
    return (kept * i_s * offers).sum(axis=1)


RIGHT |= {
    "agreement-error": [agreement_loop, agreement_take],
    "switch-off": [off_mask, off_where],
    "fresh-start": [memories_by_sentence, memories_weighted],
}


def masked_boolean(surprise, mask):
    """Choose the words, then take their mean."""
    return np.mean(surprise[mask == 1])


def masked_loop(surprise, mask):
    """Go step by step and sentence by sentence."""
    total, words = 0.0, 0
    for row, asked in zip(surprise, mask, strict=True):
        for value, one in zip(row, asked, strict=True):
            if one:
                total, words = total + value, words + 1
    return total / words


RIGHT |= {"masked-loss": [masked_boolean, masked_loop]}


def combine_by_trying(f, u, f_next, u_next):
    """Run both steps from 0 and from 1: the difference is f, the value at 0 is u."""
    both = [f_next * (f * c + u) + u_next for c in (0.0, 1.0)]
    return both[1] - both[0], both[0]


def combine_matrices(f, u, f_next, u_next):
    """Multiply 2 by 2 matrices, one for each unit."""
    rows = [
        np.array([[b, v], [0, 1]]) @ np.array([[a, w], [0, 1]])
        for a, w, b, v in zip(f, u, f_next, u_next, strict=True)
    ]
    return np.array([row[0, 0] for row in rows]), np.array([row[0, 1] for row in rows])


def scan_by_halves(fs, us, c_0):
    """Join neighbors, scan the half, fill in what is between."""
    if len(us) == 1:
        return fs * c_0 + us
    odd = scan_by_halves(fs[1::2] * fs[: len(us) // 2 * 2 : 2], _joined(fs, us), c_0)
    cs = np.empty(us.shape)
    cs[1::2] = odd
    before = np.concatenate([np.asarray(c_0)[None], odd])
    cs[::2] = fs[::2] * before[: len(cs[::2])] + us[::2]
    return cs


def _joined(fs, us):
    even = us[: len(us) // 2 * 2 : 2]
    return fs[1::2] * even + us[1::2]


def scan_step_by_step(fs, us, c_0):
    """Go step by step after all."""
    cs, c = [], c_0
    for f, u in zip(fs, us, strict=True):
        c = f * c + u
        cs.append(c)
    return np.array(cs)


def minlstm_joined(h_prev, x_t, W_i, b_i, W_f, b_f, W_h, b_h):
    """Write the share of i as a σ of its own: i / (f + i) = 1 / (1 + f / i)."""
    i_t, f_t = _sigmoid(x_t @ W_i + b_i), _sigmoid(x_t @ W_f + b_f)
    new = 1 / (1 + f_t / i_t)
    return h_prev + new * (x_t @ W_h + b_h - h_prev)


def minlstm_one_product(h_prev, x_t, W_i, b_i, W_f, b_f, W_h, b_h):
    """Stack the three blocks."""
    a = x_t @ np.hstack([W_i, W_f, W_h]) + np.hstack([b_i, b_f, b_h])
    i, f, new = np.split(a, 3, axis=-1)
    i, f = _sigmoid(i), _sigmoid(f)
    return (f * h_prev + i * new) / (f + i)


def slstm_where(a_i, a_f, a_o, a_z, c_prev, n_prev, m_prev):
    """Choose the larger exponent with where."""
    kept = a_f + m_prev
    m = np.where(kept > a_i, kept, a_i)
    keep, write = np.exp(kept - m), np.exp(a_i - m)
    c, n = keep * c_prev + write * np.tanh(a_z), keep * n_prev + write
    return 0.5 * (1 + np.tanh(a_o / 2)) * (c / n), c, n, m


def slstm_by_difference(a_i, a_f, a_o, a_z, c_prev, n_prev, m_prev):
    """Look at the difference of the two exponents alone."""
    d = a_i - (a_f + m_prev)
    write, keep = np.exp(np.minimum(d, 0)), np.exp(-np.maximum(d, 0))
    c, n = keep * c_prev + write * np.tanh(a_z), keep * n_prev + write
    return c / n / (1 + np.exp(-a_o)), c, n, np.maximum(d, 0) + a_f + m_prev


RIGHT |= {
    "two-steps-in-one": [combine_by_trying, combine_matrices],
    "scan": [scan_by_halves, scan_step_by_step],
    "minlstm-step": [minlstm_joined, minlstm_one_product],
    "slstm-step": [slstm_where, slstm_by_difference],
}


def perplexity_product(logits, targets):
    """Add up surprise by surprise with math, row by row."""
    total, count = 0.0, 0
    for row, k in zip(logits.reshape(-1, logits.shape[-1]), targets.ravel(), strict=True):
        top = max(row)
        total += top + math.log(sum(math.exp(a - top) for a in row)) - row[k]
        count += 1
    return math.exp(total / count)


def perplexity_one_hot(logits, targets):
    """Pick with a one-hot mask."""
    a = logits - logits.max(-1, keepdims=True)
    log_y = a - np.log(np.exp(a).sum(-1, keepdims=True))
    mask = np.eye(logits.shape[-1])[targets]
    return np.exp(-(mask * log_y).sum() / targets.size)


def _cuttings(ids, length):
    return np.array([ids[s : s + length + 1] for s in range(0, len(ids) - length, length)])


def two_parts_lists(ids, length, share):
    """Slice piece by piece."""
    first = int(len(ids) * share)
    return _cuttings(ids[:first], length), _cuttings(ids[first:], length)


def two_parts_views(ids, length, share):
    """Take every length-th of all sliding views."""
    head, tail = np.split(ids, [int(share * len(ids))])
    view = np.lib.stride_tricks.sliding_window_view
    return view(head, length + 1)[::length], view(tail, length + 1)[::length]


def bigrams_loop(ids, K):
    """Count pair by pair."""
    counts = [[1] * K for _ in range(K)]
    for a, b in zip(ids[:-1].tolist(), ids[1:].tolist(), strict=True):
        counts[a][b] += 1
    return np.array([[n / sum(row) for n in row] for row in counts])


def bigrams_one_hot(ids, K):
    """Multiply one-hot rows."""
    rows = np.eye(K)[ids]
    counts = rows[:-1].T @ rows[1:] + 1
    return (counts.T / counts.sum(1)).T


def pieces_step_by_step(xs, W, b, length):
    """Go step by step: where the pieces end makes no difference."""
    H = len(b) // 4
    h = c = np.zeros((xs.shape[1], H))
    hs = []
    for x in xs:
        i, f, o, g = np.split(np.hstack([h, x]) @ W + b, 4, axis=-1)
        c = _sigmoid(f) * c + _sigmoid(i) * np.tanh(g)
        h = _sigmoid(o) * np.tanh(c)
        hs.append(h)
    return np.array(hs)


def pieces_into_one_array(xs, W, b, length):
    """Fill an array made before, piece by piece, with split."""
    hs = np.zeros((len(xs), xs.shape[1], len(b) // 4))
    h = c = hs[0]
    for at in range(0, len(xs), length):
        for t in range(at, min(at + length, len(xs))):
            i, f, o, g = np.split(np.concatenate([h, xs[t]], -1) @ W + b, 4, axis=-1)
            c = _sigmoid(f) * c + _sigmoid(i) * np.tanh(g)
            h = hs[t] = _sigmoid(o) * np.tanh(c)
    return hs


def draw_searchsorted(scores, temperature, u):
    """Look each number up in the ends of its row."""
    powers = np.exp((scores - scores.max(-1, keepdims=True)) / temperature)
    y = powers / powers.sum(-1, keepdims=True)
    return [
        int(np.searchsorted(np.cumsum(row), v, side="right")) for row, v in zip(y, u, strict=True)
    ]


def draw_argmax(scores, temperature, u):
    """Take the first end that lies beyond u."""
    powers = np.exp(np.asarray(scores) / temperature)
    ends = np.cumsum(powers / powers.sum(1)[:, None], axis=1)
    return (ends > np.asarray(u)[:, None]).argmax(1)


RIGHT |= {
    "perplexity": [perplexity_product, perplexity_one_hot],
    "two-parts": [two_parts_lists, two_parts_views],
    "bigrams": [bigrams_loop, bigrams_one_hot],
    "carry-the-state": [pieces_step_by_step, pieces_into_one_array],
    "draw-next": [draw_searchsorted, draw_argmax],
}
