"""Exercises of lesson 16: the same numbers with fewer calls.

Numbers in comments are those of the course's list of wrong answers.
"""

from collections.abc import Callable

import numpy as np

from .. import running_example as ex
from ..equations import sigmoid
from .gates import join
from .model import Case, Predict, WriteFunction, Wrong

NOTEBOOK = "16-make-it-fast"
PARTS = [f"{array}_{k}" for array in "Wb" for k in "ifoc"]


def stacked(order: str = "ifoc", axis: int = 1) -> Callable:
    """Return W and b from their eight parts, right or in another order."""

    def stack_params(W_i, W_f, W_o, W_c, b_i, b_f, b_o, b_c):  # noqa: ANN001, ANN202
        W = {"i": W_i, "f": W_f, "o": W_o, "c": W_c}
        b = {"i": b_i, "f": b_f, "o": b_o, "c": b_c}
        joined = np.concatenate([W[k] for k in order], axis=axis)
        return joined, np.concatenate([b[k] for k in order])

    return stack_params


def _interleaved(*parts):  # noqa: ANN002, ANN202
    W, b = np.stack(parts[:4], axis=-1), np.stack(parts[4:], axis=-1)
    return W.reshape(len(W), -1), b.ravel()


def _parts(rng: np.random.Generator, D: int, H: int) -> dict[str, np.ndarray]:
    shapes = {name: (H + D, H) if name[0] == "W" else (H,) for name in PARTS}
    return {name: rng.normal(0, 1, shape) for name, shape in shapes.items()}


STACK_MISTAKES = (
    Wrong(
        answer=stacked(axis=0),
        cause="The four W are joined one below the other. They share their rows, so they stand "
        "side by side: axis=1.",
        look="One product z_t @ W needs W with H + D rows and 4H columns.",
    ),
    Wrong(
        answer=lambda *p: (np.stack(p[:4]), np.stack(p[4:])),
        cause="np.stack makes a new axis. Four matrices side by side are one wide matrix: "
        "np.concatenate along axis 1.",
    ),
    Wrong(  # 56
        answer=stacked("ifco"),
        cause="The order is i, f, c, o: that of PyTorch and Keras. This course has i, f, o, c.",
    ),
    Wrong(  # 56
        answer=stacked("iofc"),
        cause="The order is i, o, f, c: that of ONNX. This course has i, f, o, c.",
    ),
    Wrong(
        answer=stacked("fioc"),
        cause="The input gate and the forget gate have changed places. The order is i, f, o, c.",
    ),
    Wrong(
        answer=_interleaved,
        cause="The columns of the four blocks alternate. A block keeps its H columns together, "
        "so that one slice takes it out again.",
    ),
    Wrong(
        answer=lambda *p: (stacked()(*p)[0], np.stack(p[4:])),
        cause="W is right; b has shape (4, H). It is added to rows of 4H numbers, so it is one "
        "row, (4H,).",
    ),
    Wrong(  # 56
        answer=lambda *p: (stacked()(*p)[0], stacked("ifco")(*p)[1]),
        cause="W is right; in b the last two blocks have changed places. The order is i, f, o, c "
        "in both.",
    ),
    Wrong(  # 56
        answer=lambda *p: (stacked("ifco")(*p)[0], stacked()(*p)[1]),
        cause="b is right; in W the last two blocks have changed places. The order is i, f, o, c "
        "in both.",
    ),
    Wrong(
        answer=lambda *p: (np.stack(p[:4]).reshape(len(p[0]), -1), stacked()(*p)[1]),
        cause="reshape gives W the right shape and the wrong places: it reads on row by row. "
        "np.concatenate along axis 1 puts them side by side.",
    ),
    Wrong(
        answer=lambda *p: stacked()(*p)[::-1],
        cause="The two results have changed places: W first, then b.",
    ),
)


def one_product(
    *,
    gate: Callable = sigmoid,
    squash: Callable = np.tanh,
    order: str = "ifoc",
    joined: Callable = join,
    shown: Callable = lambda o, c: o * np.tanh(c),
    memory: Callable = lambda f, c, i, g: f * c + i * g,
    blocks: Callable = lambda a: np.split(a, 4, axis=-1),
    bias: int = 1,
) -> Callable:
    """Return one step with one product, right or with one thing changed."""

    def fast_step(x, h, c, W, b):  # noqa: ANN001, ANN202
        a = dict(zip(order, blocks(joined(h, x) @ W + bias * b), strict=True))
        i, f, o = (gate(a[k]) for k in "ifo")
        c_t = memory(f, c, i, squash(a["c"]))
        return shown(o, c_t), c_t

    return fast_step


# f ⊙ c and c ⊙ f: NumPy's error names the two shapes in the order of the code
EITHER_WAY = (lambda f, c, i, g: f * c + i * g, lambda f, c, i, g: c * f + i * g)


def _blocks(H: int) -> list[slice]:
    return [slice(k * H, (k + 1) * H) for k in range(4)]


def _slices(a: np.ndarray, H: int) -> list[np.ndarray]:
    return [a[k] for k in _blocks(H)]


STEP_MISTAKES = (
    Wrong(
        answer=one_product(squash=sigmoid),
        cause="σ is taken of all 4H sums. The last H columns are the candidate's: tanh (eq. 4).",
    ),
    Wrong(
        answer=one_product(gate=np.tanh),
        cause="tanh is taken of all 4H sums. The first 3H columns are gates: σ (eqs. 1 to 3).",
    ),
    Wrong(  # 56
        answer=one_product(order="ifco"),
        cause="You take the third block for the candidate and the fourth for o. "
        "The order is i, f, o, c.",
    ),
    Wrong(  # 1
        answer=one_product(order="fioc"),
        cause="You take the first block for f and the second for i. The order is i, f, o, c.",
    ),
    Wrong(
        answer=one_product(order="iofc"),
        cause="You take the second block for o and the third for f. The order is i, f, o, c.",
    ),
    Wrong(  # 17
        answer=one_product(joined=lambda h, x: join(x, h)),
        cause="x_t comes before h_prev in your joined vector. The first H rows of W belong to h.",
    ),
    Wrong(answer=one_product(bias=0), cause="The bias b is missing."),  # 22
    Wrong(  # 5
        answer=one_product(shown=lambda o, c: o * c),
        cause="h_t lacks its tanh: equation 6 is o_t ⊙ tanh(c_t).",
    ),
    Wrong(
        answer=one_product(blocks=lambda a: np.split(a, 4)),
        cause="Right for one vector. np.split cuts along the first axis, which is the batch; the "
        "blocks stand side by side: axis=-1.",
    ),
    Wrong(
        answer=one_product(blocks=lambda a: [a[..., k::4] for k in range(4)]),
        cause="You take every fourth column. A block is H columns in a row: np.split, or slices "
        "k * H : (k + 1) * H.",
    ),
    Wrong(  # 18
        answer=one_product(joined=lambda h, x: np.concatenate([h, x])),
        cause="Right for one vector, but with a batch you join along the wrong axis: h and x "
        "stand side by side in a row, axis=-1.",
    ),
    Wrong(  # 7
        answer=one_product(memory=lambda f, c, i, g: np.tanh(f * c + i * g)),
        cause="c_t goes through tanh. The memory has no bound; tanh belongs to equation 6.",
    ),
    Wrong(  # 12
        answer=one_product(memory=lambda f, c, i, g: c + i * g),
        cause="The forget gate plays no part in c_t.",
    ),
    Wrong(  # 12
        answer=one_product(memory=lambda f, c, i, g: f * c + g),
        cause="The input gate plays no part in c_t.",
    ),
    Wrong(
        answer=one_product(squash=lambda a: a),
        cause="The candidate lacks its tanh (eq. 4).",
    ),
    Wrong(
        answer=one_product(gate=lambda a: a),
        cause="The gates lack their σ (eqs. 1 to 3).",
    ),
    Wrong(  # 11
        answer=one_product(shown=lambda o, c: o + np.tanh(c)),
        cause="o_t is added to tanh(c_t). A gate multiplies (eq. 6).",
    ),
    Wrong(  # 15
        answer=lambda x, h, c, W, b: one_product(joined=lambda _, x: join(c, x))(x, h, c, W, b),
        cause="The gates read c_prev. They read h_prev: what is shown, not what is held.",
    ),
    Wrong(
        answer=lambda *a: one_product()(*a)[::-1],
        cause="The two results have changed places: h_t first, then c_t.",
    ),
    Wrong(
        answer=one_product(gate=lambda a: 0.5 * (1 + np.tanh(a))),
        cause="½ (1 + tanh(a)) is σ(2a). σ(a) is ½ (1 + tanh(a / 2)).",
    ),
    *(
        Wrong(  # 18
            answer=one_product(blocks=lambda a: _slices(a, a.shape[-1] // 4), memory=memory),
            cause="Right for one vector. With a batch a[:H] takes rows; the columns of a block "
            "are a[..., :H].",
        )
        for memory in EITHER_WAY
    ),
    Wrong(
        answer=one_product(blocks=lambda a: np.split(a, 4, axis=1)),
        cause="A vector has no axis 1; a batch has. The last axis of both is -1, in axis=-1 as in "
        "shape[-1].",
    ),
    Wrong(
        answer=one_product(blocks=lambda a: [a[:, k] for k in _blocks(a.shape[-1] // 4)]),
        cause="a[:, …] needs a batch. a[..., …] takes columns of vectors and batches.",
    ),
    *(
        Wrong(  # 18
            answer=lambda x, h, c, W, b, memory=memory: one_product(
                blocks=lambda a: [a[..., k] for k in _blocks(len(h))], memory=memory
            )(x, h, c, W, b),
            cause="len(h_prev) is H for one vector; with a batch it is the number of rows. Take H "
            "from h_prev.shape[-1].",
        )
        for memory in EITHER_WAY
    ),
)


def _step_case(rng: np.random.Generator, batch: tuple, D: int, H: int, label: str) -> Case:
    inputs = {
        "x_t": rng.normal(0, 1, (*batch, D)),
        "h_prev": rng.uniform(-1, 1, (*batch, H)),
        "c_prev": rng.normal(0, 1.5, (*batch, H)),
        "W": rng.normal(0, 1, (H + D, 4 * H)),
        "b": rng.normal(0, 1, 4 * H),
    }
    return Case(inputs=inputs, label=label)


def halved(which: slice = slice(0, 3), by: float = 0.5, *, of_b: bool = True) -> Callable:
    """Return W and b with the columns of some blocks scaled."""

    def halve_gates(W, b):  # noqa: ANN001, ANN202
        H = len(b) // 4
        scale = np.ones(4 * H)
        scale[(which.start or 0) * H : which.stop * H] = by
        return W * scale, b * scale if of_b else b + 0

    return halve_gates


def _halved_in_place(W, b):  # noqa: ANN001, ANN202
    H = len(b) // 4
    W[:, : 3 * H] *= 0.5
    b[: 3 * H] *= 0.5
    return W, b


def _halved_through_a_view(W, b):  # noqa: ANN001, ANN202
    H = len(b) // 4
    gates = W[:, : 3 * H]
    gates *= 0.5
    return W, np.concatenate([b[: 3 * H] / 2, b[3 * H :]])


def _rows_halved(W, b):  # noqa: ANN001, ANN202
    H = len(b) // 4
    W = W.copy()
    W[: 3 * H] *= 0.5
    return W, halved()(W, b)[1]


def _three_columns(W, b):  # noqa: ANN001, ANN202
    W, b = W.copy(), b.copy()
    W[:, :3] *= 0.5
    b[:3] *= 0.5
    return W, b


def _b_in_place(W, b):  # noqa: ANN001, ANN202
    W = halved()(W, b)[0]
    b[: 3 * (len(b) // 4)] *= 0.5
    return W, b


HALF_MISTAKES = (
    Wrong(
        answer=halved(slice(0, 4)),
        cause="The candidate's block is halved as well. Only the gates need tanh(a / 2); the "
        "candidate is tanh(a).",
    ),
    Wrong(
        answer=halved(slice(3, 4)),
        cause="The candidate's block is halved. It is the three gates that need tanh(a / 2).",
    ),
    Wrong(
        answer=halved(slice(0, 1)),
        cause="Only the input gate's block is halved. There are three gates: 3H columns.",
    ),
    Wrong(
        answer=halved(slice(0, 2)),
        cause="Only the first two blocks are halved. There are three gates: 3H columns.",
    ),
    Wrong(
        answer=halved(slice(1, 4)),
        cause="The last three blocks are halved. The gates are the first three, i, f and o.",
    ),
    Wrong(
        answer=_three_columns,
        cause="Three columns are halved. Each block has H columns, so it is 3 * H of them.",
    ),
    Wrong(
        answer=halved(by=0.25),
        cause="The gates' columns are quartered. The ½ before the bracket comes later, in the "
        "cell; W and b are halved.",
    ),
    Wrong(
        answer=lambda W, b: (W + 0, halved()(W, b)[1]),
        cause="b is right; W is not halved. a / 2 means that every part of the sum is halved.",
    ),
    Wrong(  # 25
        answer=_b_in_place,
        cause="The numbers are right, and W is copied. b is changed in place: copy it as well.",
    ),
    Wrong(
        answer=halved(of_b=False),
        cause="W is right; b is not halved. a / 2 means that every part of the sum is halved.",
    ),
    Wrong(
        answer=halved(by=2.0),
        cause="The gates' columns are doubled. σ(a) = ½ (1 + tanh(a / 2)): halve them.",
    ),
    Wrong(
        answer=_rows_halved,
        cause="Rows of W are halved. A block is a group of columns: W[:, :3 * H].",
    ),
    Wrong(  # 25
        answer=_halved_in_place,
        cause="The numbers are right, but W and b are changed in place. After a second call "
        "the gates are quartered. Work on a copy.",
    ),
    Wrong(
        answer=_halved_through_a_view,
        cause="The numbers are right, but a slice of W is a view: changing it changes W itself. "
        "Copy W first.",
    ),
    Wrong(
        answer=halved(slice(3, 4), by=2.0),
        cause="The candidate's block is doubled. tanh(a) and tanh(a / 2) are asked for, so the "
        "gates' blocks are halved and the candidate's stays.",
    ),
    Wrong(
        answer=lambda W, b: (halved()(W, b)[0], b / 2),
        cause="W is right. b is halved in all four blocks; the candidate's stays, as in W.",
    ),
    Wrong(
        answer=lambda W, b: (W / 2, halved()(W, b)[1]),
        cause="b is right. W is halved in all four blocks; the candidate's stays, as in b.",
    ),
    Wrong(
        answer=lambda W, b: (W + 0, b + 0),
        cause="Nothing is halved: both arrays come back as they were.",
        look="Does your line write into the copy that you return?",
    ),
)


EXERCISES = (
    WriteFunction(
        id="stack-params",
        notebook=NOTEBOOK,
        asks_for=("stack_params",),
        points=2,
        minutes=5,
        answer=stacked(),
        example=Case(
            inputs={name: getattr(ex, name) for name in PARTS},
            label="",
            note="the parts of the running example",
            shown=(),
        ),
        draw=lambda rng: [
            Case(inputs=_parts(rng, 2, 3), label="H = 3, D = 2"),
            Case(inputs=_parts(rng, 6, 4), label="H = 4, D = 6"),
        ],
        returns=("W", "b"),
        hints=(
            "All four W have the same rows: the numbers of h, then those of x.",
            "np.concatenate of the four W along axis 1, and of the four b.",
            "The shapes are (H + D, 4H) and (4H,), in the order i, f, o, c.",
        ),
        look="Print the shapes: (5, 2) four times becomes (5, 8).",
        passed="One array for four. Change W[0, 0] and look at W_i: is it still the same memory?",
        wrong=STACK_MISTAKES,
    ),
    WriteFunction(
        id="one-product",
        notebook=NOTEBOOK,
        asks_for=("fast_step",),
        points=3,
        minutes=7,
        answer=one_product(),
        example=Case(
            inputs={
                "x_t": ex.x_t,
                "h_prev": ex.h_prev,
                "c_prev": ex.c_prev,
                "W": ex.params().W,
                "b": ex.params().b,
            },
            label="",
            shown=("x_t", "h_prev", "c_prev"),
            note="weights of the running example",
        ),
        draw=lambda rng: [
            _step_case(rng, (), 4, 3, "one vector, D = 4, H = 3"),
            _step_case(rng, (5,), 2, 3, "a batch of 5, D = 2, H = 3"),
        ],
        returns=("h_t", "c_t"),
        hints=(
            "One product gives a row of 4H sums. Which columns belong to which block?",
            "np.split(a, 4, axis=-1) gives four pieces of H columns in the order i, f, o, c.",
            "σ for the first three pieces, tanh for the last, then equations 5 and 6.",
        ),
        look="h_t is [0.28, 0.16] and c_t is [0.40, 0.68] for the running example.",
        passed="The same numbers, one product in place of four.",
        wrong=STEP_MISTAKES,
    ),
    WriteFunction(
        id="halve-the-gates",
        notebook=NOTEBOOK,
        asks_for=("halve_gates",),
        points=3,
        minutes=7,
        answer=halved(),
        example=Case(
            inputs={"W": np.array([[2.0, 4, 6, 8], [1, 1, 1, 1]]), "b": np.array([1.0, 2, 3, 4])},
            label="H = 1, D = 1",
        ),
        draw=lambda rng: [
            Case(
                inputs={
                    "W": rng.normal(0, 1, (H + D, 4 * H)),
                    "b": rng.normal(0, 1, 4 * H),
                },
                label=f"H = {H}, D = {D}",
            )
            for H, D in ((3, 2), (2, 9))
        ],
        returns=("W", "b"),
        hints=(
            "σ(a) = ½ (1 + tanh(a / 2)), and a is z_t W + b. Halving W and b halves a.",
            "Only the gates need a / 2: the first 3H columns. H is a quarter of the length of b.",
            "Make a copy of W and of b, then multiply the first 3H columns of the copies by 0.5.",
        ),
        look="For the example the first three columns are halved and the last one stays.",
        passed="One tanh now serves all four blocks; ½ + ½ times the first three gives the gates.",
        wrong=HALF_MISTAKES,
    ),
    Predict(
        id="count-products",
        notebook=NOTEBOOK,
        asks_for=("products",),
        points=2,
        minutes=6,
        answer=(600, 102),
        hints=(
            "Textbook, one step: 4 products forward; backward 4 for dW and 4 for dz.",
            "Stacked, one step: which products need the step before or after? Those stay "
            "in the loop.",
            "Forward the loop keeps 1 a step. Backward it keeps 1 a step, for dh; dW and dxs "
            "are one product each for all steps together.",
        ),
        look="Count one step first, then multiply by 50 what is done at each step.",
        passed="A sixth of the calls for the same multiplications. Where the arrays are small, "
        "calls are what costs.",
        wrong=(
            Wrong(
                answer=(200, 50),
                cause="This is the forward pass alone. The backward pass has products, too.",
            ),
            Wrong(
                answer=(600, 150),
                cause="The first is right. Stacked, dW and dxs need no loop: all rows of all "
                "steps go into one product each.",
            ),
            Wrong(
                answer=(400, 102),
                cause="Backward each gate has two products: one for its dW, one for its share "
                "of dz.",
            ),
            Wrong(
                answer=(600, 100),
                cause="The loops are right. dW and dxs are missing: one product each.",
            ),
            Wrong(
                answer=(12, 102),
                cause="The first number is that of one step; there are 50.",
            ),
            Wrong(
                answer=(600, 52),
                cause="The backward loop keeps one product a step, too: dh of a step needs the "
                "step after it.",
            ),
            Wrong(answer=(102, 600), cause="The two numbers have changed places: textbook first."),
            Wrong(
                answer=(12, 2),
                cause="These are the products of one step. There are 50 steps, and dW and dxs "
                "take one each besides.",
            ),
            Wrong(
                answer=(12, 3),
                cause="These are the products of one step, with dW in the loop. There are 50 "
                "steps, and stacked, dW and dxs are one product each for all of them.",
            ),
        ),
    ),
    Predict(
        id="view-or-copy",
        notebook=NOTEBOOK,
        asks_for=("changed",),
        points=1,
        minutes=3,
        answer="b",
        choices="abcd",
        hints=(
            "Which of the three share memory with W? A slice does.",
            "A list of columns is no slice: NumPy has to collect the numbers into a new array.",
        ),
        look="Try np.shares_memory(W, part) for the three.",
        passed="A slice is a window, a list of columns is a photograph. LSTMParams hands out "
        "windows, so that training can change W_f in place.",
        wrong=(
            Wrong(
                answer="a",
                cause="third = third * 0 makes a new array and gives it the name `third`; "
                "W is not touched. Only *= works in place.",
            ),
            Wrong(
                answer="c",
                cause="W[:, [4, 5]] picks columns by a list, and that makes a copy.",
            ),
            Wrong(
                answer="d",
                cause="W[:, 2:4] is a slice, a view: changing it in place changes W.",
            ),
        ),
    ),
)
