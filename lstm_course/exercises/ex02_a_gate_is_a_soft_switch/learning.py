"""A gate that learns.

Numbers in comments are those of the course's list of wrong answers.
"""

from collections.abc import Callable

import numpy as np

from ...equations import sigmoid
from ..model import Case, Predict, WriteFunction, Wrong
from .sigma import slope_of_the_gate

NOTEBOOK = "02-a-gate-is-a-soft-switch"


def _learner(
    sign: int = -1, slope: Callable | None = None, squash: Callable = sigmoid, x_power: int = 1
) -> Callable:
    """Return `learn` of the bug hunt; the arguments put mistakes in."""

    def learn(x: np.ndarray, target: np.ndarray, a: np.ndarray, moves: int) -> np.ndarray:
        for _ in range(moves):
            gate = squash(a)
            factor = slope(gate) if slope else gate * (1 - gate)
            a = a + sign * 0.1 * (gate * x - target) * x**x_power * factor
        return a

    return learn


def _learn_in_place(x: np.ndarray, target: np.ndarray, a: np.ndarray, moves: int) -> np.ndarray:
    for _ in range(moves):
        gate = sigmoid(a)
        a -= 0.1 * (gate * x - target) * x * gate * (1 - gate)
    return a


_learn = _learner()


def _draw_learn(rng: np.random.Generator) -> list[Case]:
    cases = []
    for size, moves in ((4, 3), (5, 6)):
        x = rng.uniform(1, 4, size) * rng.choice([-1, 1], size)
        wanted = np.arange(size) % 2
        inputs = {"x": x, "target": wanted * x, "a": rng.normal(size=size), "moves": moves}
        cases.append(Case(inputs=inputs, label=f"{size} features, {moves} moves"))
    return cases


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
        answer=_learn,
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
            "The loss shall fall: go against the slope. Then ask what G4 is taken of.",
            "`gate` is σ(a) already, so G4 needs no further σ. Two lines change.",
        ),
        look="One move from a = [0, 0, 0] must give [-0.2, 0.05, -0.1125].",
        passed="The second bug still let the gate learn, only along a wrong slope. Such bugs raise "
        "no error; lesson 11 finds them with a nudge.",
        wrong=(
            Wrong(
                answer=_learner(+1, slope_of_the_gate),
                cause="This does the same as learn_broken: both bugs are still there.",
            ),
            Wrong(
                answer=_learner(+1),
                cause="The slope is right now. The moves still go uphill: the loss grows.",
                look="A gate that lets too much of feature 1 pass must get a smaller a.",
            ),
            Wrong(  # 47
                answer=_learner(-1, slope_of_the_gate),
                cause="The direction is right now. The slope is still taken of the gate: "
                "σ′ = σ(a) (1 - σ(a)), and `gate` is σ(a) already.",
            ),
            Wrong(  # 48
                answer=_learner(-1, np.ones_like),
                cause="The slope σ′ is left out. G5 has three factors: error, x, and σ′.",
            ),
            Wrong(
                answer=_learner(x_power=0),
                cause="The factor x is left out. G5 has three factors: error, x, and σ′.",
            ),
            Wrong(
                answer=_learner(x_power=2),
                cause="x is multiplied in twice. G5 has it once, beside the error.",
            ),
            Wrong(
                answer=_learner(-1, lambda gate: 1 - gate**2),
                cause="1 - gate² is the slope of tanh. For σ it is gate (1 - gate).",
            ),
            Wrong(
                answer=_learner(-1, lambda gate: 2 * gate * (1 - gate)),
                cause="The moves are twice as long. The loss is half the sum of squares, so that "
                "no 2 is left in its slope.",
            ),
            Wrong(  # 23
                answer=_learner(squash=lambda a: np.where(a > 0, 1.0, 0.0)),
                cause="Now a hard threshold is in there: gate (1 - gate) is 0, and a never moves.",
            ),
            Wrong(
                answer=lambda x, target, a, moves: _learn(x, target, a, 1),
                cause="This is one move, whatever `moves` says. Is the return inside the loop?",
            ),
            Wrong(
                answer=lambda x, target, a, moves: sigmoid(_learn(x, target, a, moves)),
                cause="You return the gate σ(a). Asked is a.",
            ),
            Wrong(
                answer=_learn_in_place,
                cause="The values are right, but a is changed in place: `a -=` writes into the "
                "caller's array.",
                look="Print a after the call.",
            ),
        ),
    ),
)
