"""A small repair that makes an answer right has found the mistake and its line."""

import numpy as np
import pytest
from beside import answer_of

from lstm_course.checks.diagnose import diagnose
from lstm_course.checks.reply import Handed
from lstm_course.exercises import find


def said(exercise_id, code):
    handed = Handed(answer_of(exercise_id, code))
    outcome = diagnose(find(exercise_id), handed, np.random.default_rng(0))
    assert not outcome.passed
    return outcome


def holds(exercise_id, code, words, line):
    outcome = said(exercise_id, code)
    assert words in outcome.cause and outcome.named, repr(outcome)
    assert (outcome.line or (0,))[0] == line, repr(outcome)


RNN = "def rnn_step(h_prev, x_t, W, b):\n"
GRU = "def gru_step(h_prev, x_t, W_r, b_r, W_u, b_u, W_n, b_n):\n"
GRU_STEP = (
    "    r = sigmoid(h_prev @ W_r[:H] + x_t @ W_r[H:] + b_r)\n"
    "    u = sigmoid(h_prev @ W_u[:H] + x_t @ W_u[H:] + b_u)\n"
    "    n = np.tanh((r * h_prev) @ W_n[:H] + x_t @ W_n[H:] + b_n)\n"
    "    return u * h_prev + (1 - u) * n\n"
)


@pytest.mark.parametrize(
    ("exercise_id", "code", "line"),
    [
        (
            "rnn-step",
            RNN + "    H = h_prev.shape[0]\n"
            "    return np.tanh(h_prev @ W[:H] + x_t @ W[H:] + b)\n",
            2,
        ),
        ("gru-step", GRU + "    H = h_prev.shape[0]\n" + GRU_STEP, 2),
        ("gru-step", GRU + "    x = x_t\n    H = len(h_prev)\n" + GRU_STEP, 3),
    ],
)  # fmt: skip
def test_rows_that_are_counted_for_h_are_named_where_they_are_counted(exercise_id, code, line):
    holds(exercise_id, code, "the rows when a batch comes in", line)


CELL = "def cell_mended(x_t, h_prev, c_prev, W_i, W_f, W_o, W_c):\n"
REST = (
    "    i_t, f_t, o_t = (sigmoid(z_t @ W) for W in (W_i, W_f, W_o))\n"
    "    c_t = f_t * c_prev + i_t * np.tanh(z_t @ W_c)\n"
    "    return o_t * np.tanh(c_t), c_t\n"
)


@pytest.mark.parametrize(
    "code",
    [
        CELL + "    z_t = np.concatenate([h_prev, x_t])\n" + REST,
        CELL + "    z_t = np.concatenate((h_prev, x_t), axis=0)\n" + REST,
        CELL + "    z_t = np.append(x_t, h_prev, axis=0)\n" + REST,
    ],
)
def test_a_product_that_fails_is_not_blamed_for_a_join_that_goes_down(code):
    outcome = said("broken-cell", code)
    assert "one below the other" in outcome.cause or "x_t comes before" in outcome.cause
    assert outcome.line[0] == 2 and ".T they are" not in outcome.cause


def test_transposed_weights_are_advised_only_where_the_right_answer_transposes():
    step = "    da = dh_t * (1 - h_t**2)\n    return da @ W[H:]\n"
    code = f"def back_one_step(dh_t, h_t, W):\n    H = h_t.shape[-1]\n{step}"
    assert ".T they are" not in said("output-gate", (
        "def output_gate(h_prev, x_t, W_o, b_o):\n"
        "    return sigmoid(np.tile(h_prev, 1) @ W_o.T + b_o)\n"
    )).cause  # fmt: skip
    assert find("gradient-back").right.turns and not find("output-gate").right.turns
    assert said("gradient-back", code).named


# ---------------------------------------------------------------- values that nothing keeps


CANDIDATE = (
    "def candidate(h_prev, x_t, W_c, b_c):\n    z = np.concatenate([h_prev, x_t], axis=-1)\n"
)


@pytest.mark.parametrize(
    ("exercise_id", "code", "words", "line"),
    [
        (
            "candidate",
            CANDIDATE + "    c = z @ W_c\n    c + b_c\n    return np.tanh(c)\n",
            "`c + b_c` is computed here and dropped",
            4,
        ),
        (
            "candidate",
            CANDIDATE + "    c = z @ W_c + b_c\n    np.tanh(c)\n    return c\n",
            "`np.tanh(c)` is computed here and dropped",
            4,
        ),
        (
            "candidate",
            CANDIDATE + "    c = z @ W_c\n    c == c + b_c\n    return np.tanh(c)\n",
            "compares: two = ask",
            4,
        ),
        (
            "cell-state",
            "def cell_state(f_t, c_prev, i_t, c_tilde):\n"
            "    c_t = f_t * c_prev\n    + i_t * c_tilde\n    return c_t\n",
            "`+ i_t * c_tilde` is a line of its own",
            3,
        ),
        (
            "cell-state",
            "def cell_state(f_t, c_prev, i_t, c_tilde):\n"
            "    return f_t * c_prev \n    + i_t * c_tilde\n",
            "`+ i_t * c_tilde` is a line of its own",
            3,
        ),
        (
            "rnn-step",
            RNN + "    z = np.concatenate([h_prev, x_t], axis=-1)\n"
            "    a = z @ W\n    + b\n    return np.tanh(a)\n",
            "`+ b` is a line of its own",
            4,
        ),
    ],
)
def test_a_value_that_nothing_keeps_is_told_with_its_line(exercise_id, code, words, line):
    holds(exercise_id, code, words, line)


# ---------------------------------------------------------------- loops


LEARN = "def learn(x, target, a, moves, rate=0.1):\n"
MEMORIES = "def memories(fs, i_s, offers, c_0):\n"


@pytest.mark.parametrize(
    ("exercise_id", "code", "words", "line"),
    [
        (
            "learning-gate",
            LEARN + "    gate = course_sigmoid(a)\n    slope = gate * (1 - gate)\n"
            "    for _ in range(moves):\n"
            "        a = a - rate * (gate * x - target) * x * slope\n    return a\n",
            "gate and slope are computed once, before the loop",
            2,
        ),
        (
            "learning-gate",
            LEARN + "    gate = course_sigmoid(a)\n    for _ in range(moves):\n"
            "        error = gate * x - target\n"
            "        a = a - rate * error * x * gate * (1 - gate)\n    return a\n",
            "gate is computed once, before the loop",
            2,
        ),
        (
            "descend",
            "def descend(W, xs, targets, lr, steps):\n"
            "    y = softmax(xs @ W)\n    one_hot = np.eye(W.shape[1])[targets]\n"
            "    for _ in range(steps):\n"
            "        W = W - lr * xs.T @ (y - one_hot) / len(targets)\n    return W\n",
            "The gradient is taken once",
            2,
        ),
        (
            "memory-loop",
            MEMORIES + "    cs, c = [], c_0\n    for t in range(len(fs)):\n"
            "        c = fs[0] * c + i_s[t] * offers[t]\n        cs.append(c)\n"
            "    return np.array(cs)\n",
            "`fs[0]` is the first one at every step",
            4,
        ),
        (
            "memory-loop",
            MEMORIES + "    cs, c = [], c_0\n    for t in range(len(fs)):\n"
            "        c = fs[t] * c + i_s[t] * offers[-1]\n        cs.append(c)\n"
            "    return np.array(cs)\n",
            "`offers[-1]` is the last one at every step",
            4,
        ),
        (
            "memory-loop",
            MEMORIES + "    cs, c = [], c_0\n    for f, i, g in zip(fs, i_s, offers):\n"
            "        c = f * c + i * g\n    cs.append(c)\n    return np.array(cs)\n",
            "stands after the loop",
            5,
        ),
        (
            "rnn-read",
            "def rnn_read(xs, h_0, W, b):\n    h = h_0\n    for x_t in xs:\n        hs = []\n"
            "        h = np.tanh(np.concatenate([h, x_t], axis=-1) @ W + b)\n"
            "        hs.append(h)\n    return np.array(hs)\n",
            "hs is made anew at every step",
            4,
        ),
        (
            "fresh-start",
            "def last_memories(fs, i_s, offers):\n    for n in range(len(fs)):\n"
            "        ends = []\n        c = np.zeros(fs.shape[-1])\n"
            "        for t in range(fs.shape[1]):\n"
            "            c = fs[n, t] * c + i_s[n, t] * offers[n, t]\n"
            "        ends.append(c)\n    return np.array(ends)\n",
            "ends is made anew at every step",
            3,
        ),
        (
            "rnn-read",
            "def rnn_read(xs, h_0, W, b):\n    h = h_0\n    hs = [h]\n    for x_t in xs:\n"
            "        h = np.tanh(np.concatenate([h, x_t], axis=-1) @ W + b)\n"
            "        hs.append(h)\n    return np.array(hs)\n",
            "h_0 itself is the first row",
            3,
        ),
        (
            "fading-memory",
            "def fade(f_t, c_prev, steps):\n    c = c_prev\n    for _ in range(steps):\n"
            "        c = c_prev * f_t\n    return c\n",
            "This is one step",
            4,
        ),
        (
            "open-by-unit",
            "def open_by_unit(fs, lengths):\n    opened, words = 0, 0\n"
            "    for n in range(len(lengths)):\n        for t in range(lengths[n] - 1):\n"
            "            opened = opened + (fs[t, n] > 0.9)\n            words += 1\n"
            "    return opened / sum(lengths)\n",
            "takes one step too few",
            4,
        ),
        (
            "open-by-unit",
            "def open_by_unit(fs, lengths):\n    opened = 0\n"
            "    for n, length in enumerate(lengths):\n"
            "        opened = opened + (fs[:length - 1, n] > 0.9).sum(axis=0)\n"
            "    return opened / sum(lengths)\n",
            "takes one too few",
            4,
        ),
    ],
)
def test_a_loop_that_goes_wrong_is_told_with_the_line_that_is_to_blame(
    exercise_id, code, words, line
):
    holds(exercise_id, code, words, line)


@pytest.mark.parametrize(
    "code",
    [
        MEMORIES + "    cs = np.zeros_like(fs)\n    cs[0] = c_0\n"
        "    for t in range(1, len(fs)):\n"
        "        cs[t] = fs[t] * cs[t - 1] + i_s[t] * offers[t]\n    return cs\n",
        MEMORIES + "    cs = [c_0]\n    for f, i, g in list(zip(fs, i_s, offers))[1:]:\n"
        "        cs.append(f * cs[-1] + i * g)\n    return np.array(cs)\n",
    ],
)
def test_a_first_row_that_is_the_start_is_named(code):
    outcome = said("memory-loop", code)
    assert outcome.cause == "The first row is c_0 itself, and the first step is left out."


# ---------------------------------------------------------------- sums, axes, order


@pytest.mark.parametrize(
    ("exercise_id", "code", "words", "line"),
    [
        (
            "learning-gate",
            LEARN + "    for _ in range(moves):\n        gate = course_sigmoid(a)\n"
            "        grad = ((gate * x - target) * x * gate * (1 - gate)).sum()\n"
            "        a = a - rate * grad\n    return a\n",
            "adds everything up",
            4,
        ),
        (
            "hidden-state",
            "def hidden_state(o_t, c_t):\n    return np.dot(o_t, np.tanh(c_t))\n",
            "adds the products up",
            2,
        ),
        (
            "hidden-state",
            "def hidden_state(o_t, c_t):\n    shown = np.tanh(c_t)\n"
            "    return np.sum(o_t * shown)\n",
            "adds everything up",
            3,
        ),
        (
            "output",
            "def output(h_t, W_y, b_y):\n    y = np.exp(h_t @ W_y + b_y)\n"
            "    y = y / y.sum()\n    return y\n",
            "one sum for all samples",
            3,
        ),
        (
            "three-gates",
            "def three_gates(h_prev, x_t, W_i, W_f, W_o, b_i, b_f, b_o):\n"
            "    z = np.concatenate([h_prev, x_t], axis=-1)\n"
            "    W = np.concatenate([W_f, W_i, W_o], axis=1)\n"
            "    b = np.concatenate([b_f, b_i, b_o])\n"
            "    i, f, o = np.split(sigmoid(z @ W + b), 3, axis=-1)\n    return i, f, o\n",
            "in the place of another",
            3,
        ),
        (
            "three-gates",
            "def three_gates(h_prev, x_t, W_i, W_f, W_o, b_i, b_f, b_o):\n"
            "    z = np.concatenate([h_prev, x_t], axis=-1)\n"
            "    W = np.concatenate([W_i, W_f, W_o], axis=1)\n"
            "    b = np.concatenate([b_i, b_f, b_o])\n"
            "    f, i, o = np.split(sigmoid(z @ W + b), 3, axis=-1)\n    return i, f, o\n",
            "in the place of another",
            5,
        ),
        (
            "back-to-gates",
            "def back_to_gates(dh_t, dc_t, c_prev, i_t, f_t, c_tilde, c_t):\n"
            "    do_t = dh_t * np.tanh(c_t)\n    di_t = dc_t * c_tilde\n"
            "    df_t = dc_t * c_prev\n    dc_tilde = dc_t * f_t\n    dc_prev = dc_t * i_t\n"
            "    return di_t, df_t, do_t, dc_tilde, dc_prev\n",
            "dc_tilde holds the value of dc_prev",
            5,
        ),
        (
            "lstm-step",
            "def lstm_step(x_t, h_prev, c_prev, W_i, W_f, W_o, W_c, b_i, b_f, b_o, b_c):\n"
            "    z_t = np.concatenate([h_prev, x_t], axis=-1)\n"
            "    i_t = 1 / (1 + np.exp(-(z_t @ W_i + b_i)))\n"
            "    f_t = 1 / (1 + np.exp(-(z_t @ W_f + b_f)))\n"
            "    o_t = 1 / (1 + np.exp(-(z_t @ W_o + b_o)))\n"
            "    c_t = f_t * c_prev + i_t * np.tanh(z_t @ W_c + b_c)\n"
            "    return c_t, o_t * np.tanh(c_t)\n",
            "in the place of another",
            7,
        ),
    ],
)
def test_the_line_is_the_one_that_a_repair_changes(exercise_id, code, words, line):
    holds(exercise_id, code, words, line)


UPDATE = "def update(f_t, c_prev, i_t, c_tilde, o_t):\n"
TORCH = (
    "def to_pytorch(W, b):\n    H = W.shape[1] // 4\n    i, f, o, c = np.split(W, 4, axis=1)\n"
    "    bi, bf, bo, bc = np.split(b, 4)\n    W = np.concatenate([i, f, c, o], axis=1)\n"
)


@pytest.mark.parametrize(
    ("exercise_id", "code", "line"),
    [
        (
            "old-memory",
            UPDATE + "    c_t = np.tanh(f_t * c_prev + i_t * c_tilde)\n    h_t = o_t * c_t\n"
            "    return c_t, h_t\n",
            2,
        ),
        (
            "to-pytorch",
            TORCH + "    b = np.concatenate([bi, bf, bo, bc])\n"
            "    return W[H:].T, W[:H].T, b, np.zeros_like(b)\n",
            6,
        ),
        (
            "output",
            "def output(h_t, W_y, b_y):\n    y = softmax(h_t @ W_y) + b_y\n    return y\n",
            2,
        ),
        (
            "logit-gradient",
            "def logit_gradient(logits, targets):\n    y = softmax(logits)\n"
            "    y[np.arange(len(targets)), targets] -= 1\n    return y\n",
            4,
        ),
    ],
)
def test_a_return_that_hands_a_wrong_value_on_is_not_pointed_at(exercise_id, code, line):
    assert said(exercise_id, code).line[0] == line


def test_a_return_is_not_pointed_at_where_a_line_before_it_computes_something_unknown():
    outcome = said(
        "rnn-step",
        RNN + "    z = np.concatenate([h_prev, x_t], axis=-1)\n    for k in range(len(b)):\n"
        "        z[..., k] = np.tanh((z * W[:, k]).sum(axis=-1) + b[k])\n"
        "    return z[..., :len(b)]\n",
    )
    assert outcome.line is None or outcome.line[0] == 4


def test_a_list_that_is_called_like_the_result_is_not_pointed_at_for_its_mean():
    outcome = said(
        "open-by-unit",
        "def open_by_unit(fs, lengths):\n    shares = []\n    for n in range(len(lengths)):\n"
        "        shares.append((fs[:lengths[n], n] > 0.9).mean(axis=0))\n"
        "    return np.mean(shares, axis=0)\n",
    )
    assert "a mean of one mean per sentence" in outcome.cause
    assert outcome.line is None or outcome.line[0] == 5


# ---------------------------------------------------------------- overflow


STABLE = "def stable_sigmoid(a):\n"


@pytest.mark.parametrize(
    ("code", "words", "line"),
    [
        (
            STABLE + "    return np.where(a >= 0, 1 / (1 + np.exp(-a)), "
            "np.exp(a) / (1 + np.exp(a)))\n",
            "np.where computes both",
            2,
        ),
        (
            STABLE + "    small = a < 0\n    return np.where(small, "
            "np.exp(a) / (np.exp(a) + 1), 1 / (np.exp(-a) + 1))\n",
            "np.where computes both",
            3,
        ),
        (
            STABLE + "    if a.all() >= 0:\n        return 1 / (1 + np.exp(-a))\n"
            "    return np.exp(a) / (1 + np.exp(a))\n",
            "`a.all() >= 0` compares True or False with 0",
            2,
        ),
        (
            STABLE + "    if a.any() < 0:\n        return np.exp(a) / (1 + np.exp(a))\n"
            "    return 1 / (1 + np.exp(-a))\n",
            "`a.any() < 0` compares True or False with 0",
            2,
        ),
    ],
)
def test_an_overflow_of_the_other_branch_is_named(code, words, line):
    holds("stable-sigmoid", code, words, line)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("e = np.exp(a / np.max(a, axis=-1, keepdims=True))", "powers has a divided by"),
        ("e = np.exp(a / a.max(axis=-1, keepdims=True))", "powers has a divided by"),
    ],
)
def test_scores_that_are_divided_by_the_largest_are_named(code, words):
    rest = "    return e / e.sum(axis=-1, keepdims=True)\n"
    holds("softmax", f"def softmax(a):\n    {code}\n{rest}", words, 2)


def test_powers_that_are_divided_by_the_sum_of_the_scores_are_named():
    lines = (
        "    s = a - a.max(-1, keepdims=True)\n    return np.exp(s) / s.sum(-1, keepdims=True)\n"
    )
    outcome = said("softmax", f"def softmax(a):\n{lines}")
    assert "divided by the sum of the shifted scores" in outcome.cause


# ---------------------------------------------------------------- nothing is loosened


def test_a_repair_leaves_the_answer_and_the_notebook_as_they_are():
    code = CANDIDATE + "    c = z @ W_c\n    c + b_c\n    return np.tanh(c)\n"
    (function,) = answer_of("candidate", code)
    before = dict(function.__globals__)
    diagnose(find("candidate"), Handed((function,)), np.random.default_rng(0))
    assert function.__globals__.keys() == before.keys()
    assert function.__globals__["candidate"] is function


def test_a_loop_without_a_fixed_end_is_not_repaired():
    code = (
        "def fade(f_t, c_prev, steps):\n    c, t = c_prev, 0\n    while t < steps - 1:\n"
        "        c = c * f_t\n        t = t + 1\n    return c\n"
    )
    assert Handed(answer_of("fading-memory", code)).repairs([[np.ones(2), np.ones(2), 2]]) == []


def test_what_a_repaired_answer_prints_is_not_shown(capsys):
    code = "def hidden_state(o_t, c_t):\n    print('mine')\n    return (o_t * np.tanh(c_t)).sum()\n"
    said("hidden-state", code)
    printed = capsys.readouterr().out
    first = Handed(answer_of("hidden-state", code))
    first.repairs([[np.ones(2), np.ones(2)]])
    assert capsys.readouterr().out == "" and "mine" in printed


# ---------------------------------------------------------------- pairs


ADAM = "def adam_step(p, g, m, v, k, lr):\n    m = 0.9 * m + 0.1 * g\n"


@pytest.mark.parametrize(
    ("lines", "cause"),
    [
        (
            "    v = 0.999 * v + 0.001 * g\n"
            "    mh, vh = m / (1 - 0.9**k), v / (1 - 0.999**k)\n",
            "The power is missing in v: g to the power of 2.",
        ),
        (
            "    v = 0.999 * v + 0.001 * g**2\n"
            "    mh, vh = m / (1 - 0.9**k), v / 1 - 0.999**k\n",
            "Brackets are missing in v_hat: all of 1 - 0.999 ** k stands below the bar.",
        ),
    ],
)  # fmt: skip
def test_of_a_pair_what_changes_nothing_once_the_other_is_mended_is_not_told(lines, cause):
    end = "    return p - lr * mh / (np.sqrt(np.abs(vh)) + 1e-8), m, v\n"
    assert said("adam-step", ADAM + lines + end).cause == cause


def test_a_pair_whose_half_is_one_of_several_is_not_told():
    outcome = said(
        "fresh-and-trained",
        "def from_keras(kernel, recurrent_kernel, bias):\n"
        "    H = recurrent_kernel.shape[0]\n"
        "    W = np.concatenate([recurrent_kernel, kernel])\n"
        "    order = np.r_[:2 * H, 3 * H:4 * H, 2 * H:3 * H]\n"
        "    return W[:, order], bias[np.r_[:H, 2 * H:3 * H, H:2 * H, 3 * H:4 * H]]\n",
    )
    assert "Two things" not in outcome.cause and "One of two" not in outcome.cause
    assert "W is right; b is not" in outcome.cause


# ---------------------------------------------------------------- values


@pytest.mark.parametrize(
    ("exercise_id", "code", "words"),
    [
        ("pass-one-feature", "a = [-5, -5, 5]", "Only feature 3 passes"),
        ("pass-one-feature", "a = np.array([6, -6, -6])", "Only feature 1 passes"),
        ("half-life-bias", "b_f = -3.345", "the sign is not"),
        ("half-life-bias", "b_f = np.log(0.034 / 0.966)", "the sign is not"),
        ("four-classes", "largest = np.exp(1) / 4", "This would be right if"),
        ("first-loss", "first_loss = 1.6", "This would be right for a word"),
        ("gradient-50", "power = -6.171", "This would be right for a factor of"),
        ("large-memory", "h = 0.4", "This would be right for tanh(c)"),
        ("memory-left", "left = 0.5", "This would be right between steps 6 and 7"),
    ],
)
def test_a_value_is_told_for_what_it_would_be_right(exercise_id, code, words):
    outcome = said(exercise_id, f"{code}\n")
    assert words in outcome.cause, repr(outcome)
