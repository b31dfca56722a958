"""Exercises of lesson 11: follow the gradient back through time.

Numbers in comments are those of the course's list of wrong answers.
"""

from collections.abc import Callable

import numpy as np

from .. import running_example as ex
from ..cell import LSTMParams, lstm_step
from ..equations import sigmoid
from ..sequence import lstm_forward
from .backward import (
    sequence_back,
    step_back,
    to_gates,
    to_memory,
    to_sums,
    to_weights,
    whole_step,
)
from .gates import join
from .model import Case, Predict, WriteFunction, Wrong

NOTEBOOK = "11-through-time"

_STEP = lstm_step(ex.params(), ex.x_t, ex.h_prev, ex.c_prev)
# what the lesson computes on the way back: the loss wants "were" after "cats"
_DH = np.array([-1.71, 0.58])
_DC = to_memory(_DH, np.zeros(2), _STEP.o_t, _STEP.c_t)


def _rows(rng: np.random.Generator) -> list[tuple[tuple[int, ...], str]]:
    return [((3,), "one vector, H = 3"), ((5, 3), "a batch of 5 rows, H = 3")]


def _squashed(rng: np.random.Generator, *names: str, shape: tuple) -> dict[str, np.ndarray]:
    """Draw values by name: gates between 0 and 1, the candidate between -1 and 1."""
    low = {"c_tilde": -0.9, "h_prev": -0.9}
    high = {"c_tilde": 0.9, "h_prev": 0.9}
    wide = ("c_prev", "c_t", "dh_t", "dc_t", "dc_next", "di_t", "df_t", "do_t", "dc_tilde", "x_t")
    return {
        name: rng.normal(0, 1, shape)
        if name in wide
        else rng.uniform(low.get(name, 0.1), high.get(name, 0.9), shape)
        for name in names
    }


def _draw(*names: str) -> Callable[[np.random.Generator], list[Case]]:
    return lambda rng: [
        Case(inputs=_squashed(rng, *names, shape=shape), label=label) for shape, label in _rows(rng)
    ]


MEMORY_MISTAKES = (
    Wrong(  # 41
        answer=lambda dh, dc, o, c: dc + 0,
        cause="Only what comes back from the next step is there. c_t also acts through h_t "
        "(eq. 6), and that way adds dh_t ⊙ o_t ⊙ (1 - tanh²(c_t)).",
    ),
    Wrong(  # 42
        answer=lambda dh, dc, o, c: dh * o * (1 - np.tanh(c) ** 2),
        cause="dc_next is forgotten: c_t also goes into the next step. Two ways lead out of "
        "c_t, so two gradients are added.",
    ),
    Wrong(  # 43
        answer=lambda dh, dc, o, c: dc + dh * (1 - np.tanh(c) ** 2),
        cause="o_t is missing: in h_t = o_t ⊙ tanh(c_t) it multiplies, so it multiplies "
        "the gradient, too.",
    ),
    Wrong(  # 43
        answer=lambda dh, dc, o, c: dc + dh * o,
        cause="The derivative of tanh is missing: 1 - tanh²(c_t).",
    ),
    Wrong(  # 44
        answer=lambda dh, dc, o, c: dc + dh * o * (1 - np.tanh(c)) ** 2,
        cause="You wrote (1 - tanh(c_t))². The derivative is 1 - tanh²(c_t): square first.",
        look="Count the brackets around the square.",
    ),
    Wrong(
        answer=lambda dh, dc, o, c: dc + dh * o * (1 - c**2),
        cause="You wrote 1 - c_t². That is right for a value that tanh has already made; "
        "c_t goes into tanh, so take tanh(c_t) first.",
    ),
    Wrong(
        answer=lambda dh, dc, o, c: (dc + dh) * o * (1 - np.tanh(c) ** 2),
        cause="dc_next is multiplied by o_t and tanh′ as well. It is a gradient at c_t already: "
        "only dh_t has to come back through equation 6.",
    ),
    Wrong(
        answer=lambda dh, dc, o, c: dc * dh * o * (1 - np.tanh(c) ** 2),
        cause="The two ways are multiplied. What reaches one place on two ways is added.",
    ),
)

GATE_MISTAKES = (
    Wrong(  # 46
        answer=lambda dh, dc, p, i, f, g, c: (dc * g, dc * p, dc * np.tanh(c), dc * i, dc * f),
        cause="do_t comes from dc_t. The output gate has no part in c_t: it acts on h_t, so "
        "do_t starts from dh_t.",
    ),
    Wrong(  # 45
        answer=lambda dh, dc, p, i, f, g, c: (dc * g, dc * p, dh * np.tanh(c), dc * i, dc + 0),
        cause="dc_prev lacks f_t: in equation 5 c_{t-1} is multiplied by it.",
    ),
    Wrong(
        answer=lambda dh, dc, p, i, f, g, c: (dc * i, dc * p, dh * np.tanh(c), dc * g, dc * f),
        cause="di_t and dc_tilde have changed places: the partner of i_t is c̃_t, and the "
        "derivative of a product for one factor is the other.",
    ),
    Wrong(
        answer=lambda dh, dc, p, i, f, g, c: (dc * g, dc * f, dh * np.tanh(c), dc * i, dc * p),
        cause="df_t and dc_prev have changed places: the partner of f_t is c_{t-1}.",
    ),
    Wrong(
        answer=lambda dh, dc, p, i, f, g, c: (dc * g, dc * c, dh * np.tanh(c), dc * i, dc * f),
        cause="df_t is taken from c_t. f_t multiplies the memory of the step before, c_prev.",
    ),
    Wrong(
        answer=lambda dh, dc, p, i, f, g, c: (dc * g, dc * p, dh * c, dc * i, dc * f),
        cause="do_t lacks its tanh: the partner of o_t in equation 6 is tanh(c_t).",
    ),
    Wrong(
        answer=lambda dh, dc, p, i, f, g, c: (dc * g, dc * p, dh + 0, dc * i, dc * f),
        cause="do_t is dh_t alone. In equation 6 o_t multiplies tanh(c_t), so this is the factor.",
    ),
    Wrong(
        answer=lambda dh, dc, p, i, f, g, c: (
            dc * g,
            dc * p,
            dh * np.tanh(c),
            dc * (1 - i),
            dc * f,
        ),
        cause="dc_tilde has 1 - i_t. Equation 5 writes i_t ⊙ c̃_t.",
    ),
)


def _slopes(
    gate: Callable = lambda s: s * (1 - s),
    squash: Callable = lambda g: 1 - g**2,
    order: str = "ifoc",
    axis: int = -1,
) -> Callable:
    """Return da with other derivatives, or the blocks in another order."""

    def sums(di, df, do, dg, i, f, o, g):  # noqa: ANN001, ANN202
        parts = {"i": di * gate(i), "f": df * gate(f), "o": do * gate(o), "c": dg * squash(g)}
        return np.concatenate([parts[k] for k in order], axis=axis)

    return sums


SUM_MISTAKES = (
    Wrong(  # 47
        answer=_slopes(gate=lambda s: sigmoid(s) * (1 - sigmoid(s))),
        cause="σ is taken a second time. i_t, f_t and o_t have been through σ: "
        "σ′ = s (1 - s), with s the gate itself.",
    ),
    Wrong(  # 47
        answer=_slopes(squash=lambda g: 1 - np.tanh(g) ** 2),
        cause="tanh is taken a second time. c̃_t has been through tanh: tanh′ = 1 - c̃_t².",
    ),
    Wrong(  # 48
        answer=_slopes(gate=lambda s: 1),
        cause="The gates' derivative is left out: σ′ = s (1 - s).",
    ),
    Wrong(  # 48
        answer=_slopes(squash=lambda g: 1),
        cause="The candidate's derivative is left out: tanh′ = 1 - c̃_t².",
    ),
    Wrong(
        answer=_slopes(gate=lambda s: 1 - s**2),
        cause="The gates have the derivative of tanh. They are made by σ: s (1 - s).",
    ),
    Wrong(
        answer=_slopes(squash=lambda g: g * (1 - g)),
        cause="The candidate has the derivative of σ. It is made by tanh: 1 - c̃_t².",
    ),
    Wrong(
        answer=_slopes(squash=lambda g: (1 - g) ** 2),
        cause="You wrote (1 - c̃_t)². The derivative is 1 - c̃_t²: square first.",
    ),
    Wrong(  # 56
        answer=_slopes(order="ifco"),
        cause="The last two blocks have changed places. The order here is i, f, o, c̃.",
    ),
)
_AXIS_0 = Wrong(
    answer=_slopes(axis=0),
    cause="Right for one vector, but a batch is joined along the wrong axis: the four blocks "
    "stand side by side in a row, axis=-1.",
)


def _weights(
    dW: Callable = lambda z, da: z.T @ da,
    db: Callable = lambda da: da.sum(axis=0),
    dz: Callable = lambda da, W: da @ W.T,
    split: Callable = lambda dz, H, D: (dz[:, :H], dz[:, H:]),
    joined: Callable = join,
) -> Callable:
    """Return the last part of the step with one thing changed."""

    def weights(da, h, x, W):  # noqa: ANN001, ANN202
        return dW(joined(h, x), da), db(da), *split(dz(da, W), h.shape[-1], x.shape[-1])

    return weights


WEIGHT_MISTAKES = (
    Wrong(  # 51
        answer=_weights(db=lambda da: da + 0),
        cause="db is not summed over the batch: the same b serves every row, so the "
        "rows' gradients are added.",
    ),
    Wrong(
        answer=_weights(dW=lambda z, da: z.T @ da / len(da), db=lambda da: da.mean(axis=0)),
        cause="dW and db are means over the batch. A mean belongs into the loss; here rows add up.",
    ),
    Wrong(  # 52
        answer=_weights(split=lambda dz, H, D: (dz[:, H:], dz[:, :H])),
        cause="The two results have changed places: the first H columns of dz belong to h.",
    ),
    Wrong(  # 52
        answer=_weights(split=lambda dz, H, D: (dz[:, D:], dz[:, :D])),
        cause="dz is cut as if x came first. z_t = [h_prev, x_t]: the first H columns "
        "belong to h, the other D to x.",
    ),
    Wrong(
        answer=_weights(dW=lambda z, da: da.T @ z),
        cause="dW is transposed. It has the shape of W, (H + D, 4H): rows of z_t, columns of da.",
    ),
    Wrong(  # 17
        answer=_weights(joined=lambda h, x: join(x, h)),
        cause="x_t comes before h_prev in your joined rows, so the rows of dW stand in the "
        "wrong order.",
    ),
    Wrong(
        answer=_weights(dz=lambda da, W: da @ W),
        cause="W comes without .T. Forward it takes z to a; the way back is da @ W.T.",
    ),
)


def _step_inputs(rng: np.random.Generator, N: int, D: int, H: int) -> dict[str, np.ndarray]:
    names = ("h_prev", "c_prev", "i_t", "f_t", "o_t", "c_tilde", "c_t")
    return (
        _squashed(rng, "dh_t", "dc_next", shape=(N, H))
        | _squashed(rng, "x_t", shape=(N, D))
        | _squashed(rng, *names, shape=(N, H))
        | {"W": rng.normal(0, 1, (H + D, 4 * H))}
    )


def _weight_case(rng: np.random.Generator, N: int, D: int, H: int, label: str) -> Case:
    inputs = _step_inputs(rng, N, D, H)
    da = {"da": rng.normal(0, 1, (N, 4 * H))}
    return Case(inputs=da | {k: inputs[k] for k in ("h_prev", "x_t", "W")}, label=label)


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


SEQUENCE_MISTAKES = (
    Wrong(  # 49
        answer=sequence_back(add=lambda old, new: new),
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
    Wrong(
        answer=_ends_swapped,
        cause="The last two results have changed places: dh_0 first, then dc_0.",
    ),
    Wrong(
        answer=sequence_back(step=step_back(gates=GATE_MISTAKES[1].answer)),
        cause="On the way from step to step dc_prev lacks its factor f_t.",
    ),
)


def _memory_back(
    *,
    add: Callable = np.add,
    at_c: Callable = lambda dc, back: dc + back,
    carried: Callable = lambda dc_t, fs, t: dc_t * fs[t],
    order: Callable = reversed,
) -> Callable:
    """Return the way back of c_t = f_t ⊙ c_{t-1} + x_t W, right or with one thing changed."""

    def memory_backward(dcs, xs, fs, W):  # noqa: ANN001, ANN202
        dW, dc_back = np.zeros_like(W), np.zeros_like(dcs[0])
        for t in order(range(len(xs))):
            dc_t = at_c(dcs[t], dc_back)
            dW = add(dW, xs[t].T @ dc_t)
            dc_back = carried(dc_t, fs, t)
        return dW, dc_back

    return memory_backward


def _memory_case(rng: np.random.Generator, T: int, N: int, D: int, H: int) -> Case:
    return Case(
        inputs={
            "dcs": rng.normal(0, 1, (T, N, H)),
            "xs": rng.normal(0, 1, (T, N, D)),
            "fs": rng.uniform(0.2, 0.95, (T, N, H)),
            "W": rng.normal(0, 1, (D, H)),
        },
        label=f"T = {T}, N = {N}, D = {D}, H = {H}",
    )


def _lost(dc: np.ndarray, back: np.ndarray) -> np.ndarray:
    return dc + 0 * back


MEMORY_LOOP_MISTAKES = (
    Wrong(
        answer=_memory_back(add=lambda old, new: new, at_c=_lost),
        cause="This does the same as backward_broken: both bugs are still there.",
    ),
    Wrong(  # 50
        answer=_memory_back(at_c=_lost),
        cause="dW is added up now. dc_t is still only what comes from above: dc_back, from the "
        "step after, is computed and never used.",
    ),
    Wrong(  # 49
        answer=_memory_back(add=lambda old, new: new),
        cause="dc_back is used now. dW is still overwritten at each step: += and not =.",
    ),
    Wrong(  # 45
        answer=_memory_back(carried=lambda dc_t, fs, t: dc_t),
        cause="Both bugs are gone, and so is f_t: on its way to c_{t-1} the gradient is "
        "multiplied by it.",
    ),
    Wrong(
        answer=_memory_back(carried=lambda dc_t, fs, t: dc_t * fs[t - 1]),
        cause="dc_back is multiplied by f of the wrong step. c_{t-1} goes into c_t through f_t.",
    ),
    Wrong(
        answer=_memory_back(order=iter),
        cause="The loop runs forward now. The way back starts at the last step.",
    ),
    Wrong(
        answer=_memory_back(add=lambda old, new: old - new),
        cause="dW is subtracted. A step against the gradient comes later, in training.",
    ),
)


EXERCISES = (
    WriteFunction(
        id="back-to-memory",
        notebook=NOTEBOOK,
        asks_for=("back_to_memory",),
        points=2,
        minutes=5,
        answer=to_memory,
        example=Case(
            inputs={
                "dh_t": _DH,
                "dc_next": np.array([0.5, -0.25]),
                "o_t": _STEP.o_t.round(2),
                "c_t": _STEP.c_t.round(2),
            },
            label="",
        ),
        draw=_draw("dh_t", "dc_next", "o_t", "c_t"),
        returns=("dc_t",),
        hints=(
            "Count the wires that leave c_t in the diagram: one to the next step, one to tanh.",
            "Through tanh and ⊙ the factor is o_t (1 - tanh²(c_t)): the other factor of the "
            "product, and the slope of tanh.",
            "The result is a sum of two: what comes from the next step as it is, and dh_t times "
            "that factor.",
        ),
        look="Check unit 1 with a pencil: -1.71 · 0.73 · (1 - tanh²(0.40)) + 0.5.",
        passed="The first line of the way back. For which c_t does nearly nothing come through h?",
        wrong=MEMORY_MISTAKES,
    ),
    WriteFunction(
        id="back-to-gates",
        notebook=NOTEBOOK,
        asks_for=("back_to_gates",),
        points=2,
        minutes=5,
        answer=to_gates,
        example=Case(
            inputs={
                "dh_t": _DH,
                "dc_t": _DC.round(2),
                "c_prev": ex.c_prev,
                "i_t": _STEP.i_t.round(2),
                "f_t": _STEP.f_t.round(2),
                "c_tilde": _STEP.c_tilde.round(2),
                "c_t": _STEP.c_t.round(2),
            },
            label="",
        ),
        draw=_draw("dh_t", "dc_t", "c_prev", "i_t", "f_t", "c_tilde", "c_t"),
        returns=("di_t", "df_t", "do_t", "dc_tilde", "dc_prev"),
        hints=(
            "Each of the five stands in one product of equation 5 or 6. Which one?",
            "The derivative of a product for one factor is the other factor.",
            "Four of them start from dc_t, because they act on c_t. One acts on h_t.",
        ),
        look="Write equations 5 and 6 down and underline the partner of each factor.",
        passed="Five gradients, five products, no weight yet. Set f_t to 1: what becomes of "
        "dc_prev?",
        wrong=GATE_MISTAKES,
    ),
    WriteFunction(
        id="back-to-sums",
        notebook=NOTEBOOK,
        asks_for=("back_to_sums",),
        points=2,
        minutes=5,
        answer=to_sums,
        example=Case(
            inputs={
                "di_t": np.array([0.5, 1.0]),
                "df_t": np.array([-1.0, 2.0]),
                "do_t": np.array([1.0, -0.5]),
                "dc_tilde": np.array([2.0, 1.0]),
                "i_t": np.array([0.9, 0.5]),
                "f_t": np.array([0.2, 0.8]),
                "o_t": np.array([0.6, 0.3]),
                "c_tilde": np.array([0.8, -0.5]),
            },
            label="",
        ),
        draw=_draw("di_t", "df_t", "do_t", "dc_tilde", "i_t", "f_t", "o_t", "c_tilde"),
        returns=("da",),
        hints=(
            "a is the sum before σ or tanh; each da is the gradient times the slope there.",
            "The slope can be had from the result: σ′ is s (1 - s), tanh′ is 1 - g².",
            "Four arrays of H numbers, joined along the last axis in the order i, f, o, c̃.",
        ),
        look="Unit 1 of the input gate: 0.5 · 0.9 · 0.1 = 0.045.",
        passed="All four sums in one row of 4H numbers. What is da for a gate that is fully open?",
        wrong=(*SUM_MISTAKES, _AXIS_0),
    ),
    WriteFunction(
        id="back-to-weights",
        notebook=NOTEBOOK,
        asks_for=("back_to_weights",),
        points=2,
        minutes=7,
        answer=to_weights,
        example=Case(
            inputs={
                "da": np.array([[1.0, 0, 2, 0], [0, 1, 0, -1]]),
                "h_prev": np.array([[0.5], [-0.5]]),
                "x_t": np.array([[1.0, 2.0], [0.0, 1.0]]),
                "W": np.array([[1.0, 0, 0, 2], [0, 1, 0, 0], [0, 0, 3, 1]]),
            },
            label="a batch of 2, H = 1, D = 2",
        ),
        draw=lambda rng: [
            _weight_case(rng, 5, 2, 3, "a batch of 5, H = 3, D = 2"),
            _weight_case(rng, 1, 4, 2, "a batch of 1, H = 2, D = 4"),
        ],
        returns=("dW", "db", "dh_prev", "dx_t"),
        hints=(
            "a = z_t W + b with z_t = [h_prev, x_t]. Every gradient has the shape of its array.",
            "dW has shape (H + D, 4H): z_t is (N, H + D), da is (N, 4H). Which product fits?",
            "dz_t is da times W turned over; its first H columns are dh_prev, the rest dx_t. "
            "db adds up the rows of da.",
        ),
        look="Write the shapes of z_t, da, W and each result side by side.",
        passed="The weights have their gradient, and dh_prev goes on to the step before.",
        wrong=WEIGHT_MISTAKES,
    ),
    WriteFunction(
        id="step-backward",
        notebook=NOTEBOOK,
        asks_for=("step_backward",),
        points=4,
        minutes=8,
        answer=step_back(),
        example=Case(
            inputs={
                "dh_t": _DH[None],
                "dc_next": np.zeros((1, 2)),
                "x_t": ex.x_t[None],
                "h_prev": ex.h_prev[None],
                "c_prev": ex.c_prev[None],
                "i_t": _STEP.i_t[None],
                "f_t": _STEP.f_t[None],
                "o_t": _STEP.o_t[None],
                "c_tilde": _STEP.c_tilde[None],
                "c_t": _STEP.c_t[None],
                "W": ex.params().W,
            },
            label="",
            note="the step of the lesson, a batch of 1",
            shown=("dh_t", "dc_next"),
        ),
        draw=lambda rng: [
            Case(inputs=_step_inputs(rng, 5, 2, 3), label="a batch of 5, H = 3, D = 2"),
            Case(inputs=_step_inputs(rng, 4, 5, 3), label="a batch of 4, H = 3, D = 5"),
        ],
        returns=("dW", "db", "dx_t", "dh_prev", "dc_prev"),
        hints=(
            "Call your four functions in the order in which you wrote them.",
            "First dc_t, then the five gradients at gates and candidate, then da, then weights.",
            "back_to_weights gives dh_prev before dx_t; here dx_t comes first.",
        ),
        look="Check each of the four parts alone first.",
        passed="You have written one step backward. Loop it, and the network can learn.",
        wrong=(
            *whole_step(MEMORY_MISTAKES[:6], "memory"),
            *whole_step(GATE_MISTAKES[:4], "gates"),
            *whole_step(SUM_MISTAKES[:4], "sums"),
            *whole_step(WEIGHT_MISTAKES[:5], "weights"),
            Wrong(
                answer=lambda *a: (*step_back()(*a)[:4], step_back()(*a)[4] + a[1]),
                cause="dc_next is added to dc_prev once more. It is part of dc_t already, and "
                "comes back through f_t.",
            ),
        ),
    ),
    WriteFunction(
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
    ),
    WriteFunction(
        id="missing-plus",
        notebook=NOTEBOOK,
        asks_for=("backward_mended",),
        kind="find the bug",
        points=3,
        minutes=6,
        answer=_memory_back(),
        example=Case(
            inputs={
                "dcs": np.ones((2, 1, 1)),
                "xs": np.array([[[1.0]], [[2.0]]]),
                "fs": np.full((2, 1, 1), 0.5),
                "W": np.ones((1, 1)),
            },
            label="",
        ),
        draw=lambda rng: [_memory_case(rng, 4, 2, 3, 5), _memory_case(rng, 6, 1, 2, 3)],
        returns=("dW", "dc_0"),
        hints=(
            "Each W serves all steps. What happens to the dW of the last step when the loop "
            "reaches the one before it?",
            "dc_back is computed in the last line of the loop. Where is it read?",
            "One = should be +=, and one line should add dc_back to what comes from above.",
        ),
        look="Follow two steps with a pencil: f = 0.5, x = 1 and 2, dc = 1 from above at both.",
        passed="Both bugs leave shapes, signs and sizes plausible: only numbers find them.",
        wrong=MEMORY_LOOP_MISTAKES,
    ),
    Predict(
        id="claim-two",
        notebook=NOTEBOOK,
        asks_for=("verdict",),
        points=1,
        minutes=3,
        answer="b",
        choices="abcd",
        hints=(
            "Read the table of the lesson again: two of its rows answer this.",
            "What multiplies the gradient on the way through c? And through h and the gates?",
        ),
        look="Move the forget bias and the scale in the lesson's demo to both ends.",
        passed="Claim 2 has its condition. Lesson 12 adds what keeps training safe: clipping.",
        wrong=(
            Wrong(
                answer="a",
                cause="With b_f = 0 it vanishes, and with b_f = 3 and large weights it explodes.",
            ),
            Wrong(
                answer="c",
                cause="f ≤ 1 bounds the way through c alone. The ways through h and the gates "
                "have W in them, and that may be large.",
            ),
            Wrong(
                answer="d",
                cause="With b_f = 0 less comes back after 100 steps than in the RNN: f is about "
                "one half, and it halves the gradient at each step.",
            ),
        ),
    ),
)
