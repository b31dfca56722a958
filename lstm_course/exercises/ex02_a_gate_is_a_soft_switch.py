"""Exercises of lesson 02: build a soft switch."""

import math
from collections.abc import Callable

import numpy as np

from ..equations import sigmoid
from .model import Case, Finding, Predict, SetValues, WriteFunction, Wrong

NOTEBOOK = "02-a-gate-is-a-soft-switch"
_PAIR = "Each feature has a gate value of its own: the first with the first, and so on."
_WARNS = (
    "The values are right, but NumPy warns that a power overflows: e^-a is too large for a float "
    "when a is far below 0. (np.where alone would not help: NumPy computes both sides for every "
    "number.)"
)

_GATE_GIVEN = (
    "This is the gate that you want. a is what σ makes the gate from: σ(0) is 0.5 and σ(1) is 0.73."
)


def _naive(a: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-a))


def _draw_sigmoid(rng: np.random.Generator) -> list[Case]:
    return [
        Case(inputs={"a": rng.normal(0, 2, 5)}, label="one vector of 5"),
        Case(inputs={"a": rng.normal(0, 2, (4, 3))}, label="a batch of 4 rows of 3"),
    ]


def _draw_stable(rng: np.random.Generator) -> list[Case]:
    far = rng.uniform(750, 1e4, (2, 3)) * [[-1], [1]]
    far[:, 0] = -1e4, 1e4
    return [
        Case(inputs={"a": rng.normal(0, 4, (4, 3))}, label="a batch of 4 rows of 3"),
        Case(inputs={"a": far}, label="2 rows of 3, as far out as ±10,000"),
    ]


def _clip_in_place(a: np.ndarray) -> np.ndarray:
    np.clip(a, -500, 500, out=a)
    return _naive(a)


def _apply(gate: np.ndarray, signal: np.ndarray) -> np.ndarray:
    return np.multiply(gate, signal)


def _apply_in_place(gate: np.ndarray, signal: np.ndarray) -> np.ndarray:
    signal *= gate
    return signal


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
    if ((a >= 0) & (a <= 1)).all():
        return Finding(cause=_GATE_GIVEN, got=got, expected=expected)
    if gate[1] < 0.99:
        cause = f"Only {100 * gate[1]:.1f} % of feature 2 passes. Its a must be larger."
        return Finding(cause=cause, got=got, expected=expected)
    for k in (0, 2):
        if gate[k] > 0.01:
            cause = (
                f"{100 * gate[k]:.1f} % of feature {k + 1} passes. Its a must be further below 0."
            )
            return Finding(cause=cause, got=got, expected=expected)
    return None


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


def _slope_of_the_gate(gate: np.ndarray) -> np.ndarray:
    return sigmoid(gate) * (1 - sigmoid(gate))


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
    WriteFunction(
        id="sigmoid",
        notebook=NOTEBOOK,
        asks_for=("sigmoid",),
        points=1,
        minutes=4,
        answer=sigmoid,
        example=Case(inputs={"a": np.array([-2.0, 0.0, 2.0])}, label=""),
        draw=_draw_sigmoid,
        returns=("σ(a)",),
        hints=(
            "Look at equation G2: a power, a sum, a fraction. NumPy does each to a whole array.",
            "np.exp takes an array. Mind the minus in the exponent, and what stands below the "
            "fraction bar.",
            "Below the bar stands 1 plus np.exp of minus a; it needs brackets.",
        ),
        look="σ(0) must be 0.5, and σ(-2) + σ(2) must be 1.",
        passed="You have the function behind every gate. Try sigmoid(np.array([-1000.0])): "
        "the value is right, and NumPy complains. The exercise stable-sigmoid is about that.",
        wrong=(
            Wrong(
                answer=lambda a: 1 / (1 + np.exp(a)),
                cause="The curve runs the wrong way: this is σ(-a), or 1 - σ(a). "
                "The exponent is -a.",
            ),
            Wrong(
                answer=lambda a: 1 / 1 + np.exp(-a),
                cause="Without brackets Python divides first: 1/1 + e^-a. The whole sum stands "
                "below the fraction bar.",
            ),
            Wrong(
                answer=lambda a: 1 / (1 + math.exp(-a)),
                cause="math.exp takes one number only. np.exp takes a whole array.",
            ),
            Wrong(
                answer=lambda a: np.exp(a),
                cause="This is e^a, which is the same as 1 / e^-a: the 1 + below the fraction bar "
                "is missing.",
            ),
            Wrong(
                answer=lambda a: 1 / (1 - np.exp(-a)),
                cause="There is a minus below the fraction bar. It is 1 + e^-a, which is never 0.",
            ),
            Wrong(  # 4
                answer=np.tanh,
                cause="This is tanh, from -1 to 1. σ goes from 0 to 1.",
            ),
            Wrong(
                answer=lambda a: 0.5 * (1 + np.tanh(a)),
                cause="The range is right, but the ramp is twice as steep: this is σ(2a). "
                "In G3 tanh is taken of a / 2.",
            ),
            Wrong(  # 23
                answer=lambda a: np.where(a > 0, 1.0, 0.0),
                cause="This is the hard threshold: 0 or 1, and no slope to learn from.",
            ),
            Wrong(
                answer=lambda a: np.clip(a, 0, 1),
                cause="This cuts a off at 0 and 1. σ bends: σ(0) is one half, and no two numbers "
                "have the same σ.",
            ),
            Wrong(
                answer=lambda a: np.exp(a) / np.exp(a).sum(),
                cause="This is softmax: the numbers share a total of 1. σ treats each number "
                "for itself.",
            ),
            Wrong(
                answer=lambda a: np.exp(a) / np.exp(a).sum(axis=-1, keepdims=True),
                cause="This is softmax: each row shares a total of 1. σ treats each number "
                "for itself.",
            ),
            Wrong(
                answer=lambda a: _naive(a) * (1 - _naive(a)),
                cause="This is σ′, the slope of σ. Asked is σ itself.",
            ),
        ),
    ),
    WriteFunction(
        id="apply-gate",
        notebook=NOTEBOOK,
        asks_for=("apply_gate",),
        points=2,
        minutes=3,
        answer=_apply,
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
        wrong=(
            Wrong(  # 14
                answer=lambda gate, signal: gate @ signal,
                cause="This is the matrix product: it adds the products up and mixes the features. "
                "⊙ keeps them apart.",
                look="Compare gate * signal and gate @ signal for two vectors of 3.",
            ),
            Wrong(  # 14
                answer=lambda gate, signal: gate @ signal.T,
                cause="This is a matrix product with the signal turned round: every row meets "
                "every row. ⊙ multiplies number by number.",
            ),
            Wrong(
                answer=lambda gate, signal: (gate * signal).sum(),
                cause="The products are right, but then you add them up. Each feature stays "
                "for itself.",
            ),
            Wrong(
                answer=lambda gate, signal: (gate * signal).sum(axis=-1),
                cause="The products are right, but then you add up each row. Each feature stays "
                "for itself.",
            ),
            Wrong(
                answer=np.outer,
                cause="This is the outer product: every gate value meets every feature. " + _PAIR,
            ),
            Wrong(  # 11
                answer=lambda gate, signal: gate + signal,
                cause="The gate is added. It multiplies, so that 0 lets nothing pass.",
            ),
            Wrong(  # 13
                answer=lambda gate, signal: (1 - gate) * signal,
                cause="This multiplies by 1 - gate: open and shut have changed places.",
            ),
            Wrong(  # 23
                answer=lambda gate, signal: (gate > 0.5) * signal,
                cause="You cut the gate to 0 or 1. A gate of 0.9 lets 0.9 of the feature pass.",
            ),
            Wrong(
                answer=lambda gate, signal: sigmoid(gate) * signal,
                cause="σ is taken of the gate. A gate is already between 0 and 1: σ was taken "
                "when it was made.",
            ),
            Wrong(  # 20
                answer=lambda gate, signal: gate.mean() * signal,
                cause="All features get the mean of the gate. " + _PAIR,
            ),
            Wrong(
                answer=lambda gate, signal: signal / gate,
                cause="You divide by the gate, which makes the features larger. A gate multiplies.",
            ),
            Wrong(
                answer=lambda gate, signal: _apply_in_place(gate, signal),
                cause="The values are right, but your function changes its input: `signal *= gate` "
                "writes into the caller's array.",
                look="Print the signal after the call.",
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
        judge=_judge_gate,
        right=(([-5, 5, -5],), ([-4.6, 4.6, -4.6],), ([-10, 7, -1000],), ([-30, 30, -30],)),
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
    Predict(
        id="slope-of-a-gate",
        notebook=NOTEBOOK,
        asks_for=("slope",),
        points=1,
        minutes=2,
        answer=0.09,
        within=0.004,
        hints=(
            "G4 gives the slope from the gate value itself: you need not look for a.",
            "The share that passes is 0.9. What share does not?",
        ),
        look="Write down the share that passes and the share that does not.",
        passed="σ′ costs one product once the gate is known; lesson 11 uses this at every step. "
        "At which gate value is it 0.09 a second time?",
        wrong=(
            Wrong(answer=0.9, cause="This is the gate value. Asked is the slope there."),
            Wrong(answer=0.1, cause="This is 1 - σ. The slope is σ times that."),
            Wrong(answer=0.25, cause="This is the slope at the middle, where the gate is 0.5."),
            Wrong(answer=0.19, cause="This is 1 - 0.9², the slope of tanh where tanh is 0.9."),
            Wrong(  # 47
                answer=float(_slope_of_the_gate(np.array(0.9))),
                cause="You took σ of 0.9 again. 0.9 is σ(a) already: put it into σ (1 - σ).",
            ),
            Wrong(
                answer=-0.09,
                cause="The size is right. σ rises everywhere, so its slope is above 0.",
            ),
        ),
    ),
    WriteFunction(
        id="stable-sigmoid",
        notebook=NOTEBOOK,
        asks_for=("stable_sigmoid",),
        points=3,
        minutes=7,
        answer=sigmoid,
        silent=True,
        example=Case(inputs={"a": np.array([-1000.0, 0.0, 1000.0])}, label=""),
        draw=_draw_stable,
        returns=("σ(a)",),
        hints=(
            "np.exp is in danger only when its argument is far above 0. There are forms of σ that "
            "never ask for that.",
            "One way: G3 has no power at all, and np.tanh never overflows. Another: take the power "
            "of -|a| only, and use σ(-a) = 1 - σ(a) for one of the two sides.",
            "For G3: half of a goes into np.tanh, 1 is added, and the sum is halved.",
        ),
        look="Try it on [-1000, 0, 1000]: 0, 0.5 and 1, without a word from NumPy.",
        passed="This one you can trust with any number. Is σ(-1000) exactly 0 on paper?",
        wrong=(
            Wrong(answer=_naive, cause=_WARNS, look="Which argument does np.exp get at a = -1000?"),
            Wrong(  # 36
                answer=lambda a: np.exp(a) / (1 + np.exp(a)),
                cause="For a large a this is infinity divided by infinity, which is no number "
                "(nan).",
            ),
            Wrong(
                answer=lambda a: np.nan_to_num(np.exp(a) / (1 + np.exp(a))),
                cause="np.nan_to_num puts 0 in place of every nan. There σ is 1: those are the "
                "largest numbers.",
            ),
            Wrong(
                answer=lambda a: np.vectorize(lambda v: 1 / (1 + math.exp(-v)))(a),
                cause="math.exp raises an error where np.exp warns: e^1000 is too large for a "
                "float. The power must not be taken of a large positive number at all.",
            ),
            Wrong(
                answer=lambda a: _naive(np.clip(a, -5, 5)),
                cause="Clipping at ±5 changes values: σ(-8) is 0.0003, and yours is 0.0067. "
                "Clip where σ no longer changes, or choose another form.",
            ),
            Wrong(
                answer=lambda a: _naive(np.clip(a, -10, 10)),
                cause="Clipping at ±10 changes values: σ(-1000) is 0, and yours is 0.00005. "
                "Clip where σ no longer changes, or choose another form.",
            ),
            Wrong(
                answer=lambda a: _naive(a) if a >= 0 else np.exp(a) / (1 + np.exp(a)),
                cause="An `if` asks one question, and an array has many answers. Choose a form "
                "that serves both sides, or choose number by number.",
                look="What is a >= 0 for an array?",
            ),
            Wrong(
                answer=lambda a: 0.5 * (1 + np.tanh(a)),
                cause="This is σ(2a): in G3 tanh is taken of a / 2.",
            ),
            Wrong(
                answer=lambda a: np.tanh(a / 2),
                cause="This goes from -1 to 1. G3 adds 1 and takes half of the sum.",
            ),
            Wrong(
                answer=lambda a: 0.5 + np.tanh(a / 2),
                cause="This goes from -0.5 to 1.5: tanh must be halved, too.",
            ),
            Wrong(
                answer=lambda a: _naive(np.abs(a)),
                cause="Right for a of 0 and more only. With |a| you get the mirror image for a "
                "below 0, and there σ(a) = 1 - σ(|a|).",
            ),
            Wrong(
                answer=lambda a: np.exp(-np.abs(a)) / (1 + np.exp(-np.abs(a))),
                cause="Right for a of 0 and less only. For a above 0 this is 1 - σ(a).",
            ),
            Wrong(
                answer=_clip_in_place,
                cause="The values are right, but your function changes its input in place.",
                look="Print a after the call.",
            ),
        ),
    ),
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
                answer=_learner(+1, _slope_of_the_gate),
                cause="This does the same as learn_broken: both bugs are still there.",
            ),
            Wrong(
                answer=_learner(+1),
                cause="The slope is right now. The moves still go uphill: the loss grows.",
                look="A gate that lets too much of feature 1 pass must get a smaller a.",
            ),
            Wrong(  # 47
                answer=_learner(-1, _slope_of_the_gate),
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
