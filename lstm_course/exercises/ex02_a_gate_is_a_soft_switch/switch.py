"""A gate at work: apply it, and set it by hand."""

import numpy as np

from ...equations import sigmoid
from ..model import ROUNDING, Case, Finding, SetValues, WriteFunction, Wrong
from ..slips import Instead

NOTEBOOK = "02-a-gate-is-a-soft-switch"
_GATE_GIVEN = (
    "This is the gate that you want. a is what σ makes the gate from: σ(0) is 0.5 and σ(1) is 0.73."
)


def _draw_apply(rng: np.random.Generator) -> list[Case]:
    shapes = [
        ((5, 3), (5, 3), "5 rows of 3, a gate for each"),
        ((3,), (4, 3), "4 rows of 3, one gate for all rows"),
    ]
    return [
        Case(
            inputs={"gate": rng.uniform(0.05, 0.95, g), "signal": rng.normal(0, 2, s)}, label=label
        )
        for g, s, label in shapes
    ]


def _judge_gate(a: np.ndarray) -> Finding | None:
    """Send the lesson's x through the gate σ(a) and report the first feature that is wrong."""
    gate = sigmoid(a)
    got = f"σ(a) = [{', '.join(f'{value:.4f}' for value in gate)}]"
    expected = "feature 2 at 0.99 or more, features 1 and 3 at 0.01 or less"
    wanted = a[1] >= 0.9 and max(a[0], a[2]) <= 0.1
    if wanted and ((a >= 0) & (a <= 1)).all():
        return Finding(cause=_GATE_GIVEN, got=got, expected=expected)
    for k in (0, 2):
        if gate[k] >= 0.99 and np.delete(gate, k).max() <= 0.01:
            cause = f"Only feature {k + 1} passes. Features count from 1 here: 2 is in the middle."
            return Finding(cause=cause, got=got, expected=expected)
    if gate[1] < 0.99 - ROUNDING:
        cause = f"Only {100 * gate[1]:.1f} % of feature 2 passes. Its a must be larger."
        return Finding(cause=cause, got=got, expected=expected)
    for k in (0, 2):
        if gate[k] > 0.01 + ROUNDING:
            cause = (
                f"{100 * gate[k]:.1f} % of feature {k + 1} passes. Its a must be further below 0."
            )
            return Finding(cause=cause, got=got, expected=expected)
    return None


def apply_gate(gate, signal):
    """Return gate ⊙ signal."""
    through = gate * signal
    return through


EXERCISES = (
    WriteFunction(
        id="apply-gate",
        notebook=NOTEBOOK,
        asks_for=("apply_gate",),
        points=2,
        minutes=3,
        answer=apply_gate,
        example=Case(
            inputs={"gate": np.array([0.1, 0.9, 0.5]), "signal": np.array([4.0, -2.0, 3.0])},
            label="",
        ),
        draw=_draw_apply,
        returns=("gate ⊙ signal",),
        hints=(
            "As many numbers come out as go in. Which of * and @ does that?",
            "NumPy multiplies arrays of equal shape number by number with *; there is no loop.",
            "A new array comes from the product of the two. An operator with = in it would write "
            "into the signal.",
        ),
        look="By hand: 0.1 · 4, 0.9 · -2, 0.5 · 3.",
        passed="This line will stand three times in the LSTM. Try a gate of all ones.",
        instead=(
            Instead(
                "through",
                "gate @ signal",
                "This is the matrix product: it adds the products up and mixes the features. ⊙ "
                "keeps them apart.",
                "Compare gate * signal and gate @ signal for two vectors of 3.",
            ),
            Instead(
                "through",
                "gate @ signal.T",
                "This is a matrix product with the signal turned round: every row meets every "
                "row. ⊙ multiplies number by number.",
            ),
            Instead(
                "through",
                "np.outer(gate, signal)",
                "This is the outer product: every gate value meets every feature. Each feature "
                "has a gate value of its own: the first with the first, and so on.",
            ),
            Instead(
                "through",
                "signal @ np.diag(gate)",
                "np.diag of one vector is a matrix; of a batch it takes the diagonal. ⊙ "
                "multiplies number by number, for both.",
            ),
            Instead(
                "through",
                "sigmoid(gate) * signal",
                "σ is taken of the gate. A gate is already between 0 and 1: σ was taken when it "
                "was made.",
            ),
            Instead(
                "through",
                "(gate * signal).sum()",
                "The products are right, but they are added up. Each feature stays for itself.",
            ),
            Instead(
                "through",
                "(gate * signal).sum(axis=-1)",
                "The products are right, but each row is added up. Each feature stays for itself.",
            ),
            Instead(
                "through",
                "gate.mean() * signal",
                "All features get the mean of the gate. Each feature has a gate value of its own.",
            ),
        ),
    ),
    SetValues(
        id="pass-one-feature",
        notebook=NOTEBOOK,
        asks_for=("a",),
        points=2,
        minutes=5,
        shapes=((3,),),
        limits=True,
        judge=_judge_gate,
        right=(
            ([-5, 5, -5],),
            ([-4.6, 4.6, -4.6],),
            ([-10, 7, -1000],),
            ([-30, 30, -30],),
            ([-np.inf, np.inf, -np.inf],),
        ),
        hints=(
            "a comes before σ. Which a gives a gate near 1, which a gives one near 0?",
            "Look at the table of σ in the lesson: at which a is one hundredth missing?",
            "σ(4.6) is 0.9900 and σ(-4.6) is 0.0100. Go a little further out on the right side "
            "for each feature.",
        ),
        look="Print course_sigmoid(a).",
        passed="You set a gate by hand. From lesson 03 on, weights and inputs make a, "
        "and training sets the weights.",
        wrong=(
            Wrong(
                answer=([0, 1, 0],),
                cause=_GATE_GIVEN,
            ),
            Wrong(
                answer=([-1, 1, -1],),
                cause="The directions are right, but ±1 is too near to the middle: σ(1) is 0.73.",
            ),
            Wrong(
                answer=([0, 5, 0],),
                cause="a = 0 is a half-open gate, not a shut one: σ(0) is 0.5.",
            ),
            Wrong(
                answer=([5, -5, 5],),
                cause="This is the opposite: features 1 and 3 pass. A large a opens.",
            ),
            Wrong(
                answer=([-5, -5, -5],),
                cause="This shuts all three. Feature 2 needs an a far above 0.",
            ),
            Wrong(
                answer=([-5, 3, -5],),
                cause="Features 1 and 3 are shut. Feature 2 is not open enough: σ(3) is 0.95.",
            ),
            Wrong(
                answer=([-5, 5, -3],),
                cause="Features 1 and 2 are right. Feature 3 leaks: σ(-3) is 0.05.",
            ),
            Wrong(
                answer=([-4.5, 4.5, -4.5],),
                cause="Nearly: σ(4.5) is 0.989. Go a little further out.",
            ),
        ),
    ),
)
