"""A cause is true: it is the only one, it is the learner's own line, the right cell is blamed."""

import numpy as np
import pytest
from beside import answer_of

from lstm_course.checks.diagnose import diagnose
from lstm_course.checks.reply import Handed
from lstm_course.exercises import find

GATE = "def forget_gate(h_prev, x_t, W_f, b_f):\n"
STEP = (
    "def lstm_step(x_t, h_prev, c_prev, W_i, W_f, W_o, W_c, b_i, b_f, b_o, b_c):\n"
    "    z = np.concatenate([h_prev, x_t], axis=-1)\n"
    "    i = sigmoid(z @ W_i + b_i)\n"
    "    f = sigmoid(z @ W_f + b_f)\n"
    "    o = sigmoid(z @ W_o + b_o)\n"
    "    g = np.tanh(z @ W_c + b_c)\n"
    "    c = f * c_prev + i * g\n"
    "    return o * np.tanh(c), c\n"
)


def said(exercise_id, code, seed=0):
    handed = Handed(answer_of(exercise_id, code))
    outcome = diagnose(find(exercise_id), handed, np.random.default_rng(seed))
    assert not outcome.passed
    return outcome


def gate(line):
    return said("forget-gate", f"{GATE}    {line}\n")


def step(old, new):
    assert old in STEP
    return said("lstm-step", STEP.replace(old, new))


# ---------------------------------------------------------------- the join family


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("return sigmoid(np.concatenate(h_prev, x_t) @ W_f + b_f)", "takes one list of arrays"),
        ("return sigmoid(np.array([h_prev, x_t]) @ W_f + b_f)", "np.array puts arrays on top"),
        ("return sigmoid(np.vstack([h_prev, x_t]) @ W_f + b_f)", "np.vstack puts arrays on top"),
        ("return sigmoid(np.stack([h_prev, x_t]) @ W_f + b_f)", "np.stack puts arrays on top"),
        ("return sigmoid((h_prev + x_t) @ W_f + b_f)", "h_prev and x_t are added"),
        ("return sigmoid(h_prev @ W_f + x_t @ W_f + b_f)", "h_prev alone is multiplied by all"),
        ("z = np.concatenate([h_prev, x_t], axis=1); return z", "One vector has no axis 1"),
        ("z = np.concatenate([h_prev, x_t]); return sigmoid(z @ W_f + b_f)", "joins along"),
        ("z = np.append(h_prev, x_t); return sigmoid(z @ W_f + b_f)", "lays a batch end to end"),
        ("z = np.concatenate([h_prev, x_t], -1); return sigmoid(z * W_f + b_f)", "The product"),
        ("z = np.concatenate([h_prev, x_t], -1); return sigmoid(W_f @ z + b_f)", "wrong way"),
        ("z = np.concatenate([h_prev, x_t], -1); return sigmoid(W_f.dot(z) + b_f)", "wrong way"),
        ("z = np.concatenate([h_prev, x_t], -1); return sigmoid(W_f.T @ z + b_f)", "with a batch"),
        ("D = len(x_t); return sigmoid(h_prev @ W_f[:D] + x_t @ W_f[D:] + b_f)", "do not belong"),
    ],
)  # fmt: skip
def test_the_join_has_words_of_its_own(line, words):
    outcome = gate(line)
    assert words in outcome.cause and outcome.named, repr(outcome)


def test_a_minus_that_reaches_only_the_product_is_not_called_a_subtraction_alone():
    both = [
        gate("z = np.concatenate([h_prev, x_t], -1); return 1 / (1 + np.exp(-z @ W_f + b_f))"),
        gate("z = np.concatenate([h_prev, x_t], -1); return sigmoid(z @ W_f - b_f)"),
    ]
    for outcome in both:
        assert (
            "Either it is subtracted, or a minus stands before the product alone" in outcome.cause
        )


# ---------------------------------------------------------------- one gate, one place


@pytest.mark.parametrize(
    ("old", "new", "cause", "line"),
    [
        ("o = sigmoid(z @ W_o + b_o)", "o = sigmoid(z @ W_o)", "b_o is missing in o_t.", 5),
        ("f * c_prev + i * g", "f * h_prev + i * g", "In c_t, h_prev stands where c_prev", 7),
        ("f = sigmoid(z @ W_f", "f = sigmoid(z @ W_i", "In f_t, W_i stands where W_f", 4),
        ("g = np.tanh(", "g = sigmoid(", "σ stands where tanh belongs in c_tilde", 6),
        ("o * np.tanh(c), c", "o * c, c", "tanh is missing in h_t.", 8),
        ("f * c_prev + i * g", "f * c_prev + i + g", "i_t is added to c_tilde in c_t", 7),
        ("return o * np", "return i * np", "In h_t, i_t stands where o_t belongs.", 8),
        (
            "o = sigmoid(z @ W_o + b_o)",
            "o = sigmoid(z @ W_i + b_i)",
            "In o_t, W_i and b_i stand",
            5,
        ),
    ],
)
def test_a_mistake_in_one_place_is_told_with_its_line(old, new, cause, line):
    outcome = step(old, new)
    assert cause in outcome.cause and outcome.named, repr(outcome)
    assert outcome.line[0] == line, outcome.line


def test_two_mistakes_are_told_as_two():
    code = STEP.replace("[h_prev, x_t]", "[x_t, h_prev]").replace("o * np.tanh(c), c", "o * c, c")
    outcome = said("lstm-step", code)
    assert outcome.cause.startswith("Two things: x_t comes before h_prev.")
    assert "tanh is missing in h_t" in outcome.cause


def test_two_explanations_are_never_told_as_one():
    """In one line W_i for W_o and i_t for o_t are the same numbers: nothing tells them apart."""
    outcome = said(
        "lstm-step",
        STEP.replace("    o = sigmoid(z @ W_o + b_o)\n", "").replace("return o *", "return i *"),
    )
    assert outcome.cause.startswith("One of two: In h_t, i_t stands where o_t belongs.")
    assert outcome.cause.endswith("Or: In o_t, W_i and b_i stand where W_o and b_o belong.")


def test_partners_that_are_mixed_up_are_not_called_an_order():
    code = (
        "def back_to_gates(dh_t, dc_t, c_prev, i_t, f_t, c_tilde, c_t):\n"
        "    do_t = dh_t * np.tanh(c_t)\n"
        "    di_t = dc_t * c_prev\n"
        "    df_t = dc_t * c_tilde\n"
        "    return di_t, df_t, do_t, dc_t * i_t, dc_t * f_t\n"
    )
    outcome = said("back-to-gates", code)
    assert outcome.line == (3, "di_t = dc_t * c_prev")
    assert "di_t holds the value of df_t" in outcome.cause


def test_the_own_factor_for_the_partner_is_named():
    code = (
        "def back_to_gates(dh_t, dc_t, c_prev, i_t, f_t, c_tilde, c_t):\n"
        "    return dc_t * i_t, dc_t * c_prev, dh_t * np.tanh(c_t), dc_t * i_t, dc_t * f_t\n"
    )
    assert said("back-to-gates", code).cause == "In di_t, i_t stands where c_tilde belongs."


@pytest.mark.parametrize(
    ("exercise_id", "code", "words"),
    [
        (
            "memory-loop",
            "def memories(fs, i_s, offers, c_0):\n"
            "    c, cs = np.array(c_0), []\n"
            "    for f, i, g in zip(fs, i_s, offers):\n"
            "        c *= f\n"
            "        c += i * g\n"
            "        cs.append(c)\n"
            "    return np.array(cs)\n",
            "Every row of the result is the last one",
        ),
        (
            "memory-loop",
            "def memories(fs, i_s, offers, c_0):\n"
            "    c = np.zeros_like(c_0)\n"
            "    cs = []\n"
            "    for f, i, g in zip(fs, i_s, offers):\n"
            "        c = f * c + i * g\n"
            "        cs.append(c)\n"
            "    return np.array(cs)\n",
            "The loop starts from 0. It starts from c_0.",
        ),
        (
            "memory-loop",
            "def memories(fs, i_s, offers, c_0):\n"
            "    c_prev = c_0\n"
            "    cs = []\n"
            "    for f, i, g in zip(fs, i_s, offers):\n"
            "        c_t = f * c_prev + i * g\n"
            "        cs.append(c_t)\n"
            "    return np.array(cs)\n",
            "c_t is not handed on: every step starts from c_0 again",
        ),
        (
            "rnn-read",
            "def rnn_read(xs, h_0, W, b):\n"
            "    hs = []\n"
            "    for x in xs:\n"
            "        h = np.tanh(np.concatenate([h_0, x], axis=-1) @ W + b)\n"
            "        hs.append(h)\n"
            "    return np.array(hs)\n",
            "h is not handed on: every step starts from h_0 again",
        ),
        (
            "fading-memory",
            "def fade(f_t, c_prev, steps):\n"
            "    c = c_prev\n"
            "    for _ in range(steps):\n"
            "        c = c * f_t\n"
            "        return c\n",
            "one step, whatever `steps` says",
        ),
        (
            "output",
            "def output(h_t, W_y, b_y):\n    return softmax(h_t) @ W_y + b_y\n",
            "softmax is taken of h_t, before W_y",
        ),
        (
            "sigmoid",
            "import math\ndef sigmoid(a):\n    return 1 / (1 + math.exp(-a))\n",
            "math.exp takes one number only. np.exp takes a whole array.",
        ),
        (
            "adam-step",
            "def adam_step(p, g, m, v, k, lr):\n"
            "    m = 0.9 * m + 0.1 * g\n"
            "    v = 0.999 * v + 0.001 * g**2\n"
            "    mh = m / 1 - 0.9**k\n"
            "    vh = v / (1 - 0.999**k)\n"
            "    return p - lr * mh / (np.sqrt(vh) + 1e-8), m, v\n",
            "Brackets are missing in m_hat",
        ),
    ],
)
def test_common_mistakes_are_named(exercise_id, code, words):
    outcome = said(exercise_id, code)
    assert words in outcome.cause and outcome.named, repr(outcome)


@pytest.mark.parametrize(
    "line", ["c_prev *= f_t", "c = c_prev; c *= f_t", "c_prev[:] = f_t * c_prev"]
)
def test_the_line_that_writes_into_an_input_is_named(line):
    loop = f"    for _ in range(steps):\n        {line}\n    return c_prev\n"
    code = f"def fade(f_t, c_prev, steps):\n{loop}"
    outcome = said("fading-memory", code)
    assert "c_prev is changed in place" in outcome.cause and outcome.named
    assert outcome.line == (3, line)


# ---------------------------------------------------------------- what trying it again shows


def test_numbers_that_stand_fixed_in_the_answer_are_found():
    outcome = gate("return np.array([0.27, 0.88])")
    assert outcome.cause.startswith("Your result is the same whatever comes in")
    outcome = gate("z = np.concatenate([h_prev, x_t], -1); return sigmoid(z @ W_f + 1)")
    assert outcome.cause.startswith("b_f plays no part in your result")


def test_an_argument_is_not_called_idle_because_the_example_has_a_zero():
    code = (
        "def back_one_step(dh_t, h_t, W):\n"
        "    return (dh_t[..., 1:] * h_t[..., 1:]) @ W[1 : h_t.shape[-1]] * 2\n"
    )
    assert "plays no part" not in said("gradient-back", code).cause


def test_the_line_that_fails_for_a_batch_alone_is_named():
    code = (
        "def fast_step(x_t, h_prev, c_prev, W, b):\n"
        "    H = h_prev.shape[-1]\n"
        "    a = np.concatenate([h_prev, x_t], axis=-1) @ W + b\n"
        "    i, f, o = sigmoid(a[:H]), sigmoid(a[H:2*H]), sigmoid(a[2*H:3*H])\n"
        "    c = f * c_prev + i * np.tanh(a[3*H:])\n"
        "    return o * np.tanh(c), c\n"
    )
    outcome = said("one-product", code)
    assert "Right for one vector" in outcome.cause and "line 4" in outcome.cause
    assert outcome.line[0] == 4 and outcome.line[1].startswith("i, f, o =")


# ---------------------------------------------------------------- the right cell


MEMORY = "def back_to_memory(dh_t, dc_next, o_t, c_t):\n    {}\n"
WHOLE = (
    "def step_backward(dh_t, dc_next, x_t, h_prev, c_prev, i_t, f_t, o_t, c_tilde, c_t, W):\n"
    "    dc_t = back_to_memory(dh_t, dc_next, o_t, c_t)\n"
    "    *gates, dc_prev = back_to_gates(dh_t, dc_t, c_prev, i_t, f_t, c_tilde, c_t)\n"
    "    da = back_to_sums(*gates, i_t, f_t, o_t, c_tilde)\n"
    "    dW, db, dh_prev, dx_t = back_to_weights(da, h_prev, x_t, W)\n"
    "    return dW, db, dx_t, dh_prev, dc_prev\n"
)


@pytest.mark.parametrize("body", ["return dc_next + dh_t", "raise NotImplementedError"])
def test_an_earlier_answer_that_is_wrong_is_blamed_itself(body):
    outcome = said("step-backward", MEMORY.format(body) + WHOLE)
    assert outcome.cause == "`back_to_memory` above does not pass yet; mend it first."
    assert 'check("back-to-memory"' in outcome.look


def test_a_mistake_in_the_loop_is_not_looked_for_in_the_step_that_it_calls():
    code = (
        "def sequence_backward(dhs, xs, hs, cs, gates, W):\n"
        "    dW, db, dxs = 0, 0, np.zeros_like(xs)\n"
        "    dh = np.zeros_like(hs[0])\n"
        "    for t in reversed(range(len(xs))):\n"
        "        values = np.split(gates[t], 4, axis=-1)\n"
        "        dW_t, db_t, dxs[t], dh, dc = step_backward(\n"
        "            dhs[t] + dh, 0 * dh, xs[t], hs[t], cs[t], *values, cs[t + 1], W)\n"
        "        dW, db = dW + dW_t, db + db_t\n"
        "    return dW, db, dxs, dh, dc\n"
    )
    assert said("sequence-backward", code).cause.startswith("dc ")


def test_an_earlier_answer_that_is_not_called_is_not_blamed():
    code = "def output_gate(*inputs):\n    return 0\n"
    code += (
        "def three_gates(h_prev, x_t, W_i, W_f, W_o, b_i, b_f, b_o):\n"
        "    z = np.concatenate([h_prev, x_t], axis=-1)\n"
        "    return sigmoid(z @ W_i), sigmoid(z @ W_f + b_f), sigmoid(z @ W_o + b_o)\n"
    )
    assert said("three-gates", code).cause == "b_i is missing in i_t."


def test_the_graders_own_lines_never_show():
    outcome = said("sigmoid", "def sigmoid(a):\n    return sigmoid(a)\n")
    assert "calls itself without an end" in outcome.cause
    assert outcome.line == (2, "return sigmoid(a)")
    assert "reply.py" not in outcome.trace and "event" not in repr(outcome)


# ---------------------------------------------------------------- the course's own function


WRAPPERS = """
lambda a: course_sigmoid(a)
__import__("functools").partial(course_sigmoid)
np.vectorize(course_sigmoid)
lambda a: np.array(list(map(course_sigmoid, a)))
lambda a: getattr(__import__("lstm_course"), "sig" + "moid")(a)
lambda a: 1 - course_sigmoid(-a)
type("Gate", (), {"__call__": lambda self, a: course_sigmoid(a)})()
lambda a: course_sigmoid(a) + 0
"""


@pytest.mark.parametrize("wrapper", WRAPPERS.strip().splitlines())
def test_the_courses_own_function_is_found_behind_a_wrapper(wrapper):
    assert said("sigmoid", f"sigmoid = {wrapper}\n").status == "not your own"


def test_a_comparison_with_the_courses_function_is_no_borrowing():
    code = (
        "def sigmoid(a):\n"
        "    y = 1 / (1 + np.exp(-a))\n"
        "    assert np.allclose(y, course_sigmoid(a))\n"
        "    return y\n"
    )
    handed = Handed(answer_of("sigmoid", code))
    assert diagnose(find("sigmoid"), handed, np.random.default_rng(0)).passed


def test_the_courses_function_is_whole_again_after_the_check():
    from lstm_course import sigmoid

    said("sigmoid", "sigmoid = lambda a: course_sigmoid(a)\n")
    assert sigmoid(0.0) == 0.5


# ---------------------------------------------------------------- the line is the one at fault


def test_a_sum_without_its_tanh_is_the_line_that_lacks_it_and_not_the_next():
    outcome = step("g = np.tanh(z @ W_c + b_c)", "g = z @ W_c + b_c")
    assert "tanh is missing in c_tilde" in outcome.cause
    assert outcome.line == (6, "g = z @ W_c + b_c")


def test_a_list_of_one_array_is_told_at_the_line_that_appends_it():
    outcome = said(
        "fresh-start",
        "def last_memories(fs, i_s, offers):\n"
        "    ends = []\n"
        "    c = np.zeros(fs.shape[-1])\n"
        "    for n in range(fs.shape[0]):\n"
        "        c[:] = 0\n"
        "        for t in range(fs.shape[1]):\n"
        "            c[:] = fs[n, t] * c + i_s[n, t] * offers[n, t]\n"
        "        ends.append(c)\n"
        "    return np.array(ends)\n",
    )
    assert "the list holds one array" in outcome.cause
    assert outcome.line == (8, "ends.append(c)")


def test_a_line_whose_value_is_right_is_never_pointed_at():
    outcome = said(
        "cross-entropy",
        "def cross_entropy(logits, targets):\n"
        "    a = logits - logits.max(axis=1, keepdims=True)\n"
        "    log_y = a - np.log(np.exp(a).sum(axis=1, keepdims=True))\n"
        "    one_hot = np.eye(logits.shape[1])[targets]\n"
        "    return -np.mean(one_hot * log_y)\n",
    )
    assert "Divided by N · K" in outcome.cause
    assert outcome.line is None or outcome.line[0] == 5


def test_without_a_cause_the_lines_that_are_right_and_the_first_that_is_not_are_named():
    outcome = step("f = sigmoid(z @ W_f + b_f)", "f = sigmoid(z @ W_f + b_f + 1)")
    assert not outcome.named
    assert "Right so far: z, i, o, g. In line 4, f is not right." in outcome.cause
    assert outcome.line[0] == 4


def test_of_two_names_with_one_value_only_the_one_that_means_it_is_called_right():
    outcome = said(
        "back-to-gates",
        "def back_to_gates(dh_t, dc_t, c_prev, i_t, f_t, c_tilde, c_t):\n"
        "    do = dh_t * np.tanh(c_t)\n"
        "    di = dc_t * c_tilde\n"
        "    df = dc_t * c_prev\n"
        "    dg = dc_t * c_tilde\n"
        "    return di, df, do, dg, dc_t * f_t * np.cbrt(i_t)\n",
    )
    assert outcome.cause.endswith("Right so far: do, di, df.")


def test_numbers_are_explained_where_a_batch_raises_an_error_besides():
    outcome = gate("return sigmoid(np.concatenate([x_t, h_prev]) @ W_f + b_f)")
    assert outcome.named and outcome.line[0] == 2
    assert outcome.cause.startswith("x_t comes before h_prev.")
    assert "And with a batch" in outcome.cause and "joins along the first axis" in outcome.cause


@pytest.mark.parametrize(("line", "count"), [("sigmoid(h_prev).sum(2)", 1), ("W_f.sum(2)", 2)])
def test_an_axis_that_a_batch_has_not_either_is_not_blamed_on_one_vector(line, count):
    outcome = gate(f"return {line}")
    assert f"asks for axis 2 of an array whose number of axes is {count}" in outcome.cause


def test_a_sum_with_something_unknown_is_not_called_h_and_x():
    outcome = gate("mine = np.ones(7); return sigmoid((mine + x_t) @ W_f + b_f)")
    assert "are added" not in outcome.cause
