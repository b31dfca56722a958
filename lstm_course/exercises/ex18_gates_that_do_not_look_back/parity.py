"""Why a gate between 0 and 1 cannot do parity, and what can."""

import numpy as np
from numpy.typing import NDArray

from ...networks.scans import scan_loop
from ..model import Finding, Predict, SetValues, Wrong

NOTEBOOK = "18-gates-that-do-not-look-back"
SETTLES = "After ones alone c settles or runs off, and its sign stays the same."
SHORT = "Short sequences come out right, long ones do not."
ZEROS = "A zero changes what is remembered: after 1 and many zeros the answer is not odd."


def _judge(f: NDArray, u: NDArray) -> Finding | None:
    """Run c_t = f[bit] c_{t-1} + u[bit] from 1; c < 0 is odd."""
    rng = np.random.default_rng(18)
    probes = [
        (np.ones((40, 1), int), SETTLES),
        (np.eye(1, 200, dtype=int).T, ZEROS),
        (rng.integers(0, 2, (200, 300)), SHORT),
    ]
    for bits, cause in probes:
        with np.errstate(all="ignore"):
            cs = scan_loop(f[bits], u[bits], np.ones(bits.shape[1]))
        right = (cs < 0) == (bits.cumsum(axis=0) % 2 == 1)
        right &= np.isfinite(cs) & (np.abs(cs) > 1e-9)
        if not right.all():
            return _finding(bits, cs, right, cause)
    return None


def _finding(bits: NDArray, cs: NDArray, right: NDArray, cause: str) -> Finding:
    """Show the first sequence that is answered wrongly, up to its first wrong step."""
    column = int((~right).any(axis=0).argmax())
    step = int((~right[:, column]).argmax())
    if np.abs(cs[step, column]) <= 1e-9:
        cause = "c becomes 0, or as good as 0: no sign is left to answer with."
    elif not np.isfinite(cs[step, column]):
        cause = "c grows without end. Its size must stay, only its sign may change."
    read = " ".join(map(str, bits[: step + 1, column][-8:]))
    odd = bits[: step + 1, column].sum() % 2
    return Finding(
        cause=cause,
        got=f"step {step + 1}, after … {read}: c = {cs[step, column]:.4g}",
        expected="below 0, since the ones are odd" if odd else "above 0, since they are even",
        look="What must happen to c at a 0? And at a 1?",
    )


EXERCISES = (
    Predict(
        id="why-parity-fails",
        notebook=NOTEBOOK,
        asks_for=("choice",),
        points=1,
        minutes=4,
        answer="c",
        choices="abcd",
        hints=(
            "Follow one unit with f = 0.6 and u = 1 over ones alone.",
            "Does it ever turn round? Compute c₁ to c₆. What would the answer have to do?",
        ),
        look="Take ones alone: f and u are then the same at every step.",
        passed="An argument in place of a failed run: no training and no size helps. In the next "
        "exercise you find what does.",
        wrong=(
            Wrong(
                answer="a",
                cause="The same cell keeps a bit over 80 steps. Parity at 20 bits fails already.",
            ),
            Wrong(
                answer="b",
                cause="More units each settle, and so does every sum of them. Size does not help "
                "at every length.",
            ),
            Wrong(
                answer="d",
                cause="The gradient arrives: at lag 80 it does, through the same cell. What it "
                "would have to find is not there.",
            ),
        ),
    ),
    SetValues(
        id="parity-by-hand",
        notebook=NOTEBOOK,
        asks_for=("f", "u"),
        points=2,
        minutes=6,
        shapes=((2,), (2,)),
        judge=_judge,
        right=(
            ([1.0, -1.0], [0.0, 0.0]),
            (np.array([1, -1]), np.array([0, 0])),
            ([1.01, -1.01], [0.0, 0.0]),
        ),
        hints=(
            "c starts at 1. At a 0 nothing may change. What are f[0] and u[0] then?",
            "At a 1, 1 must become -1, and -1 must become 1. Which factor does that?",
            "A factor between 0 and 1 never changes a sign. This one is not between 0 and 1.",
        ),
        look="Compute c by hand for 1, 1, 0, 1.",
        passed="One unit, no training, and every length. σ cannot give you this f.",
        wrong=(
            Wrong(answer=([1.0, 1.0], [0.0, 0.0]), cause=SETTLES),
            Wrong(answer=([1.0, 0.5], [0.0, -1.0]), cause=SETTLES),
            Wrong(answer=([1.0, 1.0], [0.0, -2.0]), cause=SETTLES),
            Wrong(answer=([0.5, -1.0], [0.0, 0.0]), cause="c becomes 0, or as good as 0"),
            Wrong(answer=([-1.0, 1.0], [0.0, 0.0]), cause=SETTLES),
            Wrong(answer=([1.0, 0.0], [0.0, 0.0]), cause="c becomes 0, or as good as 0"),
            Wrong(answer=([-1.0, -1.0], [0.0, 0.0]), cause=ZEROS),
            Wrong(answer=([100.0, -100.0], [0.0, 0.0]), cause="c grows without end"),
            Wrong(answer=([0.9, -1.0], [0.5, 0.0]), cause=ZEROS),
        ),
    ),
)
