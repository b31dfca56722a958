"""One step with one product."""

import numpy as np

from ... import running_example as ex
from ...equations import sigmoid
from ..gates import join
from ..model import Case, WriteFunction
from ..slips import Instead

NOTEBOOK = "16-make-it-fast"


# equation 5 in any order: NumPy's error names the shapes of the product that comes first


def _step_case(rng: np.random.Generator, batch: tuple, D: int, H: int, label: str) -> Case:
    inputs = {
        "x_t": rng.normal(0, 1, (*batch, D)),
        "h_prev": rng.uniform(-1, 1, (*batch, H)),
        "c_prev": rng.normal(0, 1.5, (*batch, H)),
        "W": rng.normal(0, 1, (H + D, 4 * H)),
        "b": rng.normal(0, 1, 4 * H),
    }
    return Case(inputs=inputs, label=label)


def fast_step(x_t, h_prev, c_prev, W, b):
    """Return h_t and c_t with one product."""
    z_t = join(h_prev, x_t)
    a = z_t @ W + b
    blocks = np.split(a, 4, axis=-1)
    gates = [sigmoid(block) for block in blocks[:3]]
    i_t, f_t, o_t = gates
    c_tilde = np.tanh(blocks[3])
    c_t = f_t * c_prev + i_t * c_tilde
    h_t = o_t * np.tanh(c_t)
    return h_t, c_t


EXERCISES = (
    WriteFunction(
        id="one-product",
        notebook=NOTEBOOK,
        asks_for=("fast_step",),
        points=3,
        minutes=7,
        answer=fast_step,
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
            _step_case(rng, (7,), 2, 3, "a batch of 7, D = 2, H = 3"),
        ],
        returns=("h_t", "c_t"),
        hints=(
            "One product gives a row of 4H sums. Which columns belong to which block?",
            "np.split(a, 4, axis=-1) gives four pieces of H columns in the order i, f, o, c.",
            "σ for the first three pieces, tanh for the last, then equations 5 and 6.",
        ),
        look="h_t is [0.28, 0.16] and c_t is [0.40, 0.68] for the running example.",
        passed="The same numbers, one product in place of four.",
        instead=(
            Instead(
                "blocks",
                "[np.split(a, 4, axis=-1)[k] for k in (0, 1, 3, 2)]",
                "The third block is taken for c̃ and the fourth for o. The order is i, f, o, c.",
            ),
            Instead(
                "blocks",
                "[np.split(a, 4, axis=-1)[k] for k in (1, 0, 2, 3)]",
                "The first block is taken for f and the second for i. The order is i, f, o, c.",
            ),
            Instead(
                "blocks",
                "[np.split(a, 4, axis=-1)[k] for k in (0, 2, 1, 3)]",
                "The second block is taken for o and the third for f. The order is i, f, o, c.",
            ),
            Instead(
                "blocks",
                "[a[..., k::4] for k in range(4)]",
                "Every fourth column is taken. A block is H columns in a row: np.split, or slices "
                "k * H : (k + 1) * H.",
            ),
            Instead(
                "gates",
                "[np.tanh(block) for block in blocks[:3]]",
                "tanh is taken of all 4H sums. The first 3H columns are gates: σ (eqs. 1 to 3).",
            ),
            Instead(
                "c_tilde",
                "sigmoid(blocks[3])",
                "σ is taken of all 4H sums. The last H columns are the candidate's: tanh (eq. 4).",
            ),
            Instead(
                "gates",
                "[0.5 * (1 + np.tanh(block)) for block in blocks[:3]]",
                "½ (1 + tanh(a)) is σ(2a). σ(a) is ½ (1 + tanh(a / 2)).",
                "Compare with sigmoid for a = 1.",
            ),
            Instead(
                "gates",
                "list(blocks[:3])",
                "The gates lack their σ (eqs. 1 to 3).",
            ),
        ),
    ),
)
