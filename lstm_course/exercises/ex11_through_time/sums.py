"""Back through σ and tanh to the sums."""

import numpy as np

from ..model import Case, WriteFunction
from ..slips import Instead
from .backward import back_to_sums
from .inputs import NOTEBOOK, draw

EXERCISE = WriteFunction(
    id="back-to-sums",
    notebook=NOTEBOOK,
    asks_for=("back_to_sums",),
    points=2,
    minutes=5,
    answer=back_to_sums,
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
    draw=draw("di_t", "df_t", "do_t", "dc_tilde", "i_t", "f_t", "o_t", "c_tilde"),
    returns=("da",),
    hints=(
        "a is the sum before σ or tanh; each da is the gradient times the slope there.",
        "The slope can be had from the result: σ′ is s (1 - s), tanh′ is 1 - g².",
        "Four arrays of H numbers, joined along the last axis in the order i, f, o, c̃.",
    ),
    look="Unit 1 of the input gate: 0.5 · 0.9 · 0.1 = 0.045.",
    passed="All four sums in one row of 4H numbers. What is da for a gate that is fully open?",
    instead=(
        Instead(
            "da",
            "np.concatenate([da_i, da_f, da_o, da_c], axis=0)",
            "The four blocks are joined along the first axis: with a batch they stand below each "
            "other. They stand side by side in a row: axis=-1.",
        ),
        Instead(
            "da",
            "np.stack([da_i, da_f, da_o, da_c])",
            "np.stack puts the four on top of each other, along an axis of its own. Side by side "
            "in a row is np.concatenate, axis=-1.",
        ),
        Instead(
            "da",
            "np.array([da_i, da_f, da_o, da_c]).ravel()",
            "The four are laid end to end, all rows of a batch in one. Side by side in a row is "
            "np.concatenate, axis=-1.",
        ),
        Instead(
            "return",
            "da_i, da_f, da_o, da_c",
            "You return four arrays. Put them side by side in one: np.concatenate, axis=-1.",
        ),
    ),
)
