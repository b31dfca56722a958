"""Halve the gates' blocks, so that one tanh serves all four."""

import numpy as np

from ..model import Case, WriteFunction
from ..slips import Instead

NOTEBOOK = "16-make-it-fast"


def halve_gates(W, b):
    """Return W and b with the gates' columns halved."""
    H = len(b) // 4
    which = np.arange(4 * H) < 3 * H
    share = np.where(which, 0.5, 1.0)
    return W * share, b * share


EXERCISES = (
    WriteFunction(
        id="halve-the-gates",
        notebook=NOTEBOOK,
        asks_for=("halve_gates",),
        points=3,
        minutes=7,
        answer=halve_gates,
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
        instead=(
            Instead(
                "which",
                "np.arange(4 * H) >= 0",
                "The candidate's block is halved as well. Only the gates need tanh(a / 2); the "
                "candidate is tanh(a).",
            ),
            Instead(
                "which",
                "np.arange(4 * H) >= 3 * H",
                "The candidate's block is halved. It is the three gates that need tanh(a / 2).",
            ),
            Instead(
                "which",
                "np.arange(4 * H) < H",
                "Only the input gate's block is halved. There are three gates: 3H columns.",
            ),
            Instead(
                "which",
                "np.arange(4 * H) < 2 * H",
                "Only the first two blocks are halved. There are three gates: 3H columns.",
            ),
            Instead(
                "which",
                "np.arange(4 * H) >= H",
                "The last three blocks are halved. The gates are the first three, i, f and o.",
            ),
            Instead(
                "which",
                "np.arange(4 * H) < 3",
                "Three columns are halved. Each block has H columns, so it is 3 * H of them.",
            ),
            Instead(
                "share",
                "np.where(which, 0.25, 1.0)",
                "The gates' columns are quartered. The ½ before the bracket comes later, in the "
                "cell; W and b are halved.",
            ),
            Instead(
                "share",
                "np.where(which, 2.0, 1.0)",
                "The gates' columns are doubled. σ(a) = ½ (1 + tanh(a / 2)): halve them.",
            ),
            Instead(
                "share",
                "np.where(which, 1.0, 2.0)",
                "The candidate's block is doubled. tanh(a) and tanh(a / 2) are asked for, so the "
                "gates' blocks are halved and the candidate's stays.",
            ),
            Instead(
                "return",
                "W + 0, b * share",
                "b is right; W is not halved. a / 2 means that every part of the sum is halved.",
            ),
            Instead(
                "return",
                "W * share, b + 0",
                "W is right; b is not halved. a / 2 means that every part of the sum is halved, "
                "the bias, too.",
            ),
            Instead(
                "return",
                "W * share, b / 2",
                "W is right. b is halved in all four blocks; the candidate's stays, as in W.",
            ),
            Instead(
                "return",
                "W / 2, b * share",
                "b is right. W is halved in all four blocks; the candidate's stays, as in b.",
            ),
            Instead(
                "return",
                "np.where(np.arange(len(W))[:, None] < 3 * H, W / 2, W), b * share",
                "Rows of W are halved. A block is a group of columns: W[:, :3 * H].",
            ),
            Instead(
                "return",
                "W + 0, b + 0",
                "Nothing is halved: both arrays come back as they were.",
                "Does your line write into the copy that you return?",
            ),
            Instead(
                "return",
                "np.where(which, 0.5 * (1 + np.tanh(W / 2)), W), np.where(which, 0.5 * (1 + "
                "np.tanh(b / 2)), b)",
                "σ itself is taken of the weights, ½ (1 + tanh(W / 2)). They are only halved "
                "here; tanh comes in the cell.",
            ),
        ),
    ),
)
