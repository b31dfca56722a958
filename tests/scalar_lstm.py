"""An LSTM in plain Python, one number at a time: the independent witness of the tests.

Nothing is shared with the package, not even the form of σ. Only `math` is imported.
"""

import math


def sigmoid(a):
    return 1 / (1 + math.exp(-a)) if a >= 0 else math.exp(a) / (1 + math.exp(a))


def softmax(scores):
    top = max(scores)
    powers = [math.exp(s - top) for s in scores]
    return [p / math.fsum(powers) for p in powers]


def affine(row, weights, bias):
    """One row times a matrix (list of rows) plus a bias."""
    return [
        math.fsum(value * weights[r][k] for r, value in enumerate(row)) + bias[k]
        for k in range(len(bias))
    ]


def step(parts, x, h, c):
    """Return i, f, o, c̃, c, h of one sample, each a list of H numbers."""
    z = list(h) + list(x)
    a = {k: affine(z, parts["W_" + k], parts["b_" + k]) for k in "ifoc"}
    i, f, o = ([sigmoid(v) for v in a[k]] for k in "ifo")
    g = [math.tanh(v) for v in a["c"]]
    c_new = [f[k] * c[k] + i[k] * g[k] for k in range(len(c))]
    h_new = [o[k] * math.tanh(c_new[k]) for k in range(len(c))]
    return {"i": i, "f": f, "o": o, "c_tilde": g, "c": c_new, "h": h_new}


def sequence(parts, xs, h, c):
    """Return the list of step dicts for one sequence xs (T lists of D numbers)."""
    steps = []
    for x in xs:
        steps.append(step(parts, x, h, c))
        h, c = steps[-1]["h"], steps[-1]["c"]
    return steps
