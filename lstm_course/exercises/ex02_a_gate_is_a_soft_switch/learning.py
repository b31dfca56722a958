"""A gate that learns."""

import numpy as np

from ...equations import sigmoid
from ..model import Case, Predict, WriteFunction, Wrong
from ..slips import Instead

NOTEBOOK = "02-a-gate-is-a-soft-switch"


def _draw_learn(rng: np.random.Generator) -> list[Case]:
    cases = []
    for size, moves in ((4, 3), (5, 6)):
        x = rng.uniform(1, 4, size) * rng.choice([-1, 1], size)
        wanted = np.arange(size) % 2
        inputs = {"x": x, "target": wanted * x, "a": rng.normal(size=size), "moves": moves}
        cases.append(Case(inputs=inputs, label=f"{size} features, {moves} moves"))
    return cases


def learn(x, target, a, moves):
    """Return a after some moves against the slope (equation 2.5)."""
    for _ in range(moves):
        gate = sigmoid(a)
        error = gate * x - target
        slope = gate * (1 - gate)
        a = a - 0.1 * error * x * slope
    return a


def learn_broken(x, target, a, moves):
    """Return what the broken one of the notebook does."""
    for _ in range(moves):
        gate = sigmoid(a)
        slope = sigmoid(gate) * (1 - sigmoid(gate))
        a = a + 0.1 * (gate * x - target) * x * slope
    return a


EXERCISES = (
    Predict(
        id="unstick-a-gate",
        notebook=NOTEBOOK,
        asks_for=("statement",),
        points=1,
        minutes=3,
        answer="d",
        choices="abcd",
        hints=(
            "A move is rate · error · x · slope. Which of the four changes does more than enlarge "
            "the rate or the number of moves?",
            "Two changes give the gate a slope. How large is each of them where the gate stands, "
            "at a = -1?",
            "The slope of σ(50a) is 50 σ(50a) (1 - σ(50a)). Put a = -1 in.",
        ),
        look="Write down the length of one move for each of the four.",
        passed="A slope must be there, and it must be felt where the gate stands. "
        "From which a could σ(50a) still learn?",
        wrong=(
            Wrong(answer="a", cause="A hundred moves of length 0 lead nowhere."),
            Wrong(answer="b", cause="The slope is 0, and 100 times 0 is 0."),
            Wrong(
                answer="c",
                cause="σ(50a) has a slope, but a steep ramp is a narrow one: at a = -1 the slope "
                "is about 1e-20. It is soft in name only.",
            ),
        ),
    ),
    WriteFunction(
        id="learning-gate",
        notebook=NOTEBOOK,
        asks_for=("learn",),
        kind="find the bug",
        points=3,
        minutes=8,
        answer=learn,
        example=Case(
            inputs={
                "x": np.array([4.0, -2.0, 3.0]),
                "target": np.array([0.0, -2.0, 0.0]),
                "a": np.zeros(3),
                "moves": 1,
            },
            label="",
        ),
        draw=_draw_learn,
        returns=("a",),
        hints=(
            "Follow one move with a pencil: the gate is 0.5 everywhere, and for feature 1 the "
            "error is 2. Should its a go up or down?",
            "The loss shall fall: go against the slope. Then ask what equation 2.4 is taken of.",
            "`gate` is σ(a) already, so equation 2.4 needs no further σ. Two lines change.",
        ),
        look="One move from a = [0, 0, 0] must give [-0.2, 0.05, -0.1125].",
        passed="The second bug still let the gate learn, only along a wrong slope. Such bugs raise "
        "no error; lesson 11 finds them with a nudge.",
        instead=(
            Instead(
                "a",
                "a + 0.1 * error * x * slope",
                "The moves go uphill: the loss grows.",
                "A gate that lets too much of feature 1 pass must get a smaller a.",
            ),
            Instead(
                "slope",
                "sigmoid(gate) * (1 - sigmoid(gate))",
                "The slope is taken of the gate: σ′ = σ(a) (1 - σ(a)), and `gate` is σ(a) already.",
            ),
            Instead(
                "slope",
                "1 - gate**2",
                "1 - gate² is the slope of tanh. For σ it is gate (1 - gate).",
            ),
            Instead(
                "slope",
                "np.ones_like(gate)",
                "The slope σ′ is left out. Equation 2.5 has three factors: error, x, and σ′.",
            ),
            Instead(
                "a",
                "a - 0.1 * error * slope",
                "The factor x is left out. Equation 2.5 has three factors: error, x, and σ′.",
            ),
            Instead(
                "a",
                "a - 0.1 * error * x * x * slope",
                "x is multiplied in twice. Equation 2.5 has it once, beside the error.",
            ),
            Instead(
                "a",
                "a - 0.2 * error * x * slope",
                "The moves are twice as long. The loss is half the sum of squares, so that no 2 "
                "is left in its slope.",
            ),
            Instead(
                "gate",
                "(a > 0) * 1.0",
                "A hard threshold makes the gate: gate (1 - gate) is 0, and a never moves.",
            ),
            Instead(
                "return",
                "sigmoid(a)",
                "You return the gate σ(a). Asked is a.",
            ),
        ),
        wrong=(
            Wrong(
                answer=learn_broken,
                cause="This does the same as learn_broken: both bugs are still there.",
            ),
        ),
    ),
)
