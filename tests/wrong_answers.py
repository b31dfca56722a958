"""Catalogued mistakes in the words of another learner, above all for the gates and the candidate.

Each pairs the first words of the cause with a function written without a look at the
catalogue's. `squash` is what the equation takes of the sum.
"""

import numpy as np


def _sum(h, x, W, b):
    H = h.shape[-1]
    return np.dot(h, W[:H]) + np.dot(x, W[H:]) + b


def other_words(squash):
    """Return (first words of the cause, function) for the mistakes in [h, x] W + b."""

    def x_first(h, x, W, b):
        D = x.shape[-1]
        return squash(np.einsum("...d,dk->...k", x, W[:D]) + np.dot(h, W[D:]) + b)

    def no_bias(h, x, W, b):
        return squash(_sum(h, x, W, 0))

    def axis_0(h, x, W, b):
        z = np.append(h, x, axis=0)
        return squash(np.dot(z, W) + b)

    def stacked(h, x, W, b):
        z = np.array([h, x]) if h.shape == x.shape else np.stack((h, x), axis=0)
        return squash(np.dot(z, W) + b)

    def transposed(h, x, W, b):
        z = np.concatenate((h, x), -1)
        return squash(W.dot(z) + b)

    def without_h(h, x, W, b):
        return squash(_sum(np.zeros_like(h), x, W, b))

    def without_x(h, x, W, b):
        return squash(_sum(h, 0 * x, W, b))

    def minus_bias(h, x, W, b):
        return squash(np.negative(b) + _sum(h, x, W, 0 * b))

    return [
        ("x_t comes before h_prev", x_first),
        ("missing in", no_bias),
        ("joins along the first axis", axis_0),
        ("np.stack puts arrays", stacked),
        ("The product is the wrong way round", transposed),
        ("h_prev plays no part", without_h),
        ("x_t plays no part", without_x),
        ("subtracted", minus_bias),
    ]


def _sigmoid(a):
    return np.exp(a) / (1 + np.exp(a))


def gate_words():
    """Return the same for what comes after the sum in a gate."""
    return [
        *other_words(_sigmoid),
        ("is added after σ", lambda h, x, W, b: b + 1 / (1 + np.exp(-_sum(h, x, W, 0)))),
        (
            "tanh stands where σ belongs",
            lambda h, x, W, b: np.sinh(a := _sum(h, x, W, b)) / np.cosh(a),
        ),
        ("σ is missing", _sum),
        ("open and shut", lambda h, x, W, b: 1 / (1 + np.exp(_sum(h, x, W, b)))),
        ("cut to 0 or 1", lambda h, x, W, b: np.where(_sum(h, x, W, b) > 0, 1.0, 0.0)),
        (
            "All units get the same",
            lambda h, x, W, b: (
                np.ones_like(h) * _sigmoid(_sum(h, x, W, b)).sum(-1, keepdims=True) / h.shape[-1]
            ),
        ),
        (
            "softmax stands where σ belongs",
            lambda h, x, W, b: (e := np.exp(_sum(h, x, W, b))) / e.sum(-1, keepdims=True),
        ),
    ]


def _softmax(a):
    e = np.exp(a - np.max(a))
    return e / np.sum(e)


def _softmax_of_all(a):
    e = np.exp(a)
    return e / np.sum(e)


def _softmax_of_columns(a):
    e = np.exp(a - np.amax(a, 0))
    return np.divide(e, e.sum(0))


def _memory_loop(*, keep_last):
    """Go back through c_t = f_t c_{t-1} + x_t W; return dc before its f, or pile dc up."""

    def backward(dcs, xs, fs, W):
        dW, back = 0 * W, 0 * dcs[0]
        for dc, x, f in zip(dcs[::-1], xs[::-1], fs[::-1], strict=True):
            dc = np.add(dc, back)
            dW = dW + np.einsum("nd,nh->dh", x, dc)
            back = f * dc if keep_last else back + f * dc
        return dW, dc if keep_last else back

    return backward


def _adam_times_k(p, g, m, v, k, lr):
    m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g * g
    m_hat, v_hat = m / (1 - 0.9 * k), v / (1 - 0.999 * k)
    return p - lr * m_hat / (v_hat**0.5 + 1e-8), m, v


def _ends_of_words(fs, i_s, offers):
    ends = []
    for n in range(len(fs)):
        c = np.zeros(fs.shape[2])
        for f, i, offer in zip(fs[n], i_s[n], offers[n], strict=True):
            c = c * f + i * offer
            ends.append(c)
    return np.stack(ends)


def _gru_without_b_n(h, x, W_r, b_r, W_u, b_u, W_n, b_n):
    H = len(b_n)
    r, u = _sigmoid(_sum(h, x, W_r, b_r)), _sigmoid(_sum(h, x, W_u, b_u))
    n = np.tanh((h * r) @ W_n[:H] + x @ W_n[H:])
    return n + u * (h - n)


def _rows_of_a_batch(x, h, c, W, b):
    H = h.shape[-1]
    a = np.hstack([h, x]) @ W + b
    i, f, o = (_sigmoid(a[k * H : (k + 1) * H]) for k in range(3))
    c = i * np.tanh(a[3 * H :]) + f * c
    return np.tanh(c) * o, c


OTHER_WORDS = {
    "cross-entropy": [
        (
            "The 1e-9 in the log",
            lambda a, k: (
                -np.mean([np.log(_softmax(r)[j] + 1e-9) for r, j in zip(a, k, strict=True)])
            ),
        ),
        (
            "asks an array for an entry that it does not have",
            lambda a, k: np.mean(np.logaddexp.reduce(a, 1, keepdims=True)[k] - a[k]),
        ),
    ],
    "clip-norm": [
        (
            "is its largest stretch",
            lambda w, b, limit: tuple(g / max(np.linalg.svd(w)[1][0] / limit, 1) for g in (w, b)),
        ),
    ],
    "adam-step": [("has 0.999 times k; it is 0.999 to the power of k", _adam_times_k)],
    "fresh-start": [("Append once for each sentence", _ends_of_words)],
    "saturation-share": [
        (
            "Equal counts as above in open",
            lambda g, low, high: (1 - np.mean(g > low), 1 - np.mean(g < high)),
        ),
    ],
    "open-by-unit": [
        (
            "The first word of each",
            lambda fs, n: np.mean(np.vstack([fs[1:m, k] for k, m in enumerate(n)]) > 0.9, axis=0),
        ),
    ],
    "gru-step": [("b_n is missing", _gru_without_b_n)],
    "one-product": [("goes number by number, and the shapes do not fit", _rows_of_a_batch)],
    "share-right": [
        (
            "off by the limit itself",
            lambda ys, targets, limit: 1 - (abs(targets - ys) > limit).mean(),
        ),
        (
            "too large and too small cancel",
            lambda ys, targets, limit: abs(sum(ys - targets)[0]) / len(ys) < limit,
        ),
    ],
    "softmax": [
        ("runs over the whole batch", _softmax_of_all),
        ("runs down the columns", _softmax_of_columns),
    ],
    "missing-plus": [
        ("the last product with f is missing", _memory_loop(keep_last=True)),
        ("dc_back piles up", _memory_loop(keep_last=False)),
    ],
    "rnn-step": other_words(np.tanh),
    "input-gate": gate_words(),
    "forget-gate": gate_words(),
    "output-gate": gate_words(),
    "candidate": other_words(np.tanh),
}
