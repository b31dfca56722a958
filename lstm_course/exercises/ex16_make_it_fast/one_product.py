"""One step with one product.

Numbers in comments are those of the course's list of wrong answers.
"""

from collections.abc import Callable

import numpy as np

from ... import running_example as ex
from ...equations import sigmoid
from ..gates import join
from ..model import Case, WriteFunction, Wrong

NOTEBOOK = "16-make-it-fast"


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


# equation 5 in any order: NumPy's error names the shapes of the product that comes first
ANY_ORDER = (
    lambda f, c, i, g: f * c + i * g,
    lambda f, c, i, g: c * f + i * g,
    lambda f, c, i, g: i * g + f * c,
    lambda f, c, i, g: g * i + f * c,
)


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
        look="Compare with sigmoid for a = 1.",
    ),
    *(
        Wrong(  # 18
            answer=one_product(blocks=lambda a: _slices(a, a.shape[-1] // 4), memory=memory),
            cause="Right for one vector. With a batch a[:H] takes rows; the columns of a block "
            "are a[..., :H].",
            look="Print the shape of each piece for a batch of 5: it must be (5, H).",
        )
        for memory in ANY_ORDER
    ),
    Wrong(
        answer=one_product(blocks=lambda a: np.split(a, 4, axis=1)),
        cause="A vector has no axis 1; a batch has. The last axis of both is -1, in axis=-1 as in "
        "shape[-1].",
        look="Print a.ndim for one vector and for a batch.",
    ),
    Wrong(
        answer=one_product(blocks=lambda a: [a[:, k] for k in _blocks(a.shape[-1] // 4)]),
        cause="a[:, …] needs a batch. a[..., …] takes columns of vectors and batches.",
        look="Print a.ndim for one vector and for a batch.",
    ),
    *(
        Wrong(  # 18
            answer=lambda x, h, c, W, b, memory=memory: one_product(
                blocks=lambda a: [a[..., k] for k in _blocks(len(h))], memory=memory
            )(x, h, c, W, b),
            cause="len(h_prev) is H for one vector; with a batch it is the number of rows. Take H "
            "from h_prev.shape[-1].",
            look="Print len(h_prev) for a batch of 5.",
        )
        for memory in ANY_ORDER
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


EXERCISES = (
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
)
