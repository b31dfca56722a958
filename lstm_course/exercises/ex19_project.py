"""Exercises of lesson 19: baselines, checks of the data and of the measure, and the project."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ..cell import LSTMParams, Readout
from ..networks.models import LSTMModel
from ..tasks import CHARACTERS, make_adding, make_temporal_order, make_text
from ..training.losses import cross_entropy
from .model import Case, Finding, Predict, SetValues, WriteFunction, Wrong
from .slips import Instead

NOTEBOOK = "19-project"
FRESH = 1000  # sequences the judge draws
SHORT = 30  # steps that a network learns long before 100
SEED = 20_17
NEAR = 0.04  # an answer counts as right when it is off by less (Hochreiter & Schmidhuber 1997)
NO_BETTER = "No better than always answering ½: the model has not learned to add."
ADDS_A_LITTLE = "It does better than always answering ½, and misses the criterion."
SAME_SEEDS = "Name three different seeds. One seed three times says what one says."
NOT_THREE = "Each array holds the results of three seeds, one behind the other: np.stack([…])."
AT_CHANCE = "No better than a guess, at 100 steps and at 30. Did it see sequences of that length?"
PAIR_LOST = "Three of four sequences are right, as when two of the answers are not told apart."
NOT_YET = "It does better than a guess, and misses the criterion."
NO_PAIRS = "It knows the text less well than a table of letter pairs would, which has 2.05."
PAIRS_AND_MORE = "It knows the text better than a table of letter pairs, and not yet below 1.9."
GO_ON = "Train longer, or go on with a lower lr."


def _judge_project(
    W: NDArray, b: NDArray, W_y: NDArray, b_y: NDArray, seeds: NDArray, baseline: NDArray
) -> Finding | None:
    """Run the learner's three networks on fresh sequences of the task that their sizes name."""
    if len(set(seeds.tolist())) != 3:
        return Finding(cause=SAME_SEEDS, got=f"seeds {seeds.tolist()}")
    if (np.ndim(W), np.ndim(b), np.ndim(W_y), np.ndim(b_y)) != (3, 2, 3, 2) or any(
        len(part) != 3 for part in (W, b, W_y, b_y)
    ):
        return Finding(cause=NOT_THREE, expected="(3, H + D, 4H), (3, 4H), (3, H, K), (3, K)")
    models = []
    for arrays in zip(W, b, W_y, b_y, strict=True):
        model = _model(*arrays)
        if isinstance(model, Finding):
            return model
        models.append(model)
    sizes = (models[0].params.D, models[0].readout.K)
    judge, stupid, within, what = TASKS[sizes]
    if abs(float(baseline) - stupid) > within:
        return Finding(
            cause=f"The baseline is not that of {what}. Measure it as the lesson does.",
            got=f"baseline {float(baseline):.3g}",
        )
    return _of_three([judge(model, np.random.default_rng(SEED)) for model in models], seeds)


def _model(W: NDArray, b: NDArray, W_y: NDArray, b_y: NDArray) -> LSTMModel | Finding:
    """Return the model of four arrays, or why they are none."""
    try:
        model = LSTMModel(LSTMParams(W, b), Readout(W_y, b_y))
    except (ValueError, TypeError) as error:
        return Finding(cause=f"The four arrays are no model: {error}")
    H, read = model.params.H, model.readout.H
    if H != read:
        return Finding(cause=f"W has H = {H} units and W_y {read} rows; they must be the same.")
    sizes = (model.params.D, model.readout.K)
    if sizes not in TASKS:
        return Finding(
            cause=f"No task of the three has D = {sizes[0]} and K = {sizes[1]}.",
            expected="D = 2, K = 1 (adding), 8 and 4 (temporal order) or 35 and 35 (text)",
        )
    return model


def _of_three(found: list[Finding | None], seeds: NDArray) -> Finding | None:
    """Let two of three named seeds be enough; tell the first that misses the criterion."""
    missed = [k for k, finding in enumerate(found) if finding is not None]
    if len(missed) <= 1:
        return None
    first = found[missed[0]]
    got = f"seed {seeds[missed[0]]:g}: {first.got}; {3 - len(missed)} of 3 seeds meet the criterion"
    return replace(first, got=got, expected=f"in two of three seeds: {first.expected}")


def _adding(model: LSTMModel, rng: np.random.Generator) -> Finding | None:
    xs, targets = make_adding(rng, FRESH, 50)
    off = np.abs(model.logits(xs)[-1] - targets)
    right, mse = float((off < NEAR).mean()), float((off**2).mean())
    if right >= 0.95:
        return None
    return Finding(
        cause=NO_BETTER if mse > 0.95 / 24 else ADDS_A_LITTLE,
        look=GO_ON if mse <= 0.95 / 24 else "Start with short sequences.",
        got=f"{100 * right:.1f} of 100 fresh answers are off by less than 0.04; MSE {mse:.4f}",
        expected="95 of 100, on 1,000 sequences of 50 steps (a constant ½: 15 of 100, MSE 0.0417)",
    )


def _order(model: LSTMModel, rng: np.random.Generator) -> Finding | None:
    xs, targets = make_temporal_order(rng, FRESH, 100)
    right = model.accuracy(xs, targets)
    if right >= 0.98:
        return None
    return Finding(
        **_why_not_ordered(model, rng, right),
        got=f"{100 * right:.1f} of 100 fresh sequences are right",
        expected="98 of 100, on 1,000 sequences of 100 steps (a guess: 25)",
    )


def _why_not_ordered(model: LSTMModel, rng: np.random.Generator, right: float) -> dict[str, str]:
    """Say whether shorter sequences are solved; advice follows what was measured."""
    xs, targets = make_temporal_order(rng, FRESH, SHORT)
    short = model.accuracy(xs, targets)
    if short >= 0.98:
        cause = f"{SHORT} steps are solved ({100 * short:.0f} of 100), 100 steps are not."
        return {"cause": cause, "look": "Go on with longer sequences, up to T = 100."}
    if max(right, short) < 0.35:
        return {"cause": AT_CHANCE, "look": f"Start with short sequences, such as T = {SHORT}."}
    if right < 0.35:
        cause = f"A guess at 100 steps, {100 * short:.0f} of 100 right at {SHORT}. Did it see"
        return {"cause": f"{cause} sequences of that length?", "look": GO_ON}
    if 0.7 < right < 0.8:
        return {"cause": PAIR_LOST, "look": "Count which is taken for which, as in the lesson."}
    return {"cause": NOT_YET, "look": GO_ON}


def _text(model: LSTMModel, rng: np.random.Generator) -> Finding | None:
    xs, targets = make_text(rng, 100, 40)
    surprise = cross_entropy(model.logits(xs), targets)[0]
    if surprise < 1.9:
        return None
    return Finding(
        cause=NO_PAIRS if surprise >= 2.05 else PAIRS_AND_MORE,
        look=GO_ON,
        got=f"mean surprise {surprise:.3f} per character",
        expected="below 1.9 (a table of pairs: 2.05; a guess: 3.56)",
    )


# by D and K: the judge, what a rule without learning gets, how near, and what that is
TASKS = {
    (2, 1): (_adding, 0.154, 0.03, "adding: the share right of the constant ½"),
    (8, 4): (_order, 0.25, 0.02, "temporal order: the share right of a guess"),
    (len(CHARACTERS),) * 2: (_text, 2.05, 0.03, "the text: the surprise of the table of pairs"),
}


def three(arrays: tuple[NDArray, ...], baseline: float) -> tuple:
    """Return one model as the results of three seeds, with its baseline."""
    return (*(np.stack([array] * 3) for array in arrays), np.array([0.0, 1, 2]), baseline)


HALF = np.array([0.5])


def _zeros(D: int, K: int) -> tuple[NDArray, ...]:
    """Return the arrays of a model of 8 units that knows nothing."""
    return np.zeros((8 + D, 32)), np.zeros(32), np.zeros((8, K)), np.zeros(K)


def by_hand(scale: float) -> tuple[NDArray, NDArray, NDArray, NDArray]:
    """Return one unit that adds: f = o = 1, i opens at a mark, c̃ ≈ scale · number."""
    W = np.array([[0.0, 0, 0, 0], [0, 0, 0, scale], [60, 0, 0, 0]])
    b = np.array([-30.0, 30, 30, 0])
    return W, b, np.array([[0.25 / scale]]), np.array([0.5])


def _draw_adding(rng: np.random.Generator) -> list[Case]:
    sizes = ((8, 30), (6, 20))
    cases = [(make_adding(rng, N, T)[0], f"N = {N}, T = {T}") for N, T in sizes]
    return [Case(inputs={"xs": xs}, label=label) for xs, label in cases]


def _ys_case(ys: NDArray, targets: NDArray, label: str = "", limit: float = NEAR) -> Case:
    return Case(inputs={"ys": ys, "targets": targets, "limit": limit}, label=label)


def _draw_ys(rng: np.random.Generator) -> list[Case]:
    cases = []
    for N, limit in ((40, NEAR), (25, 0.06)):
        targets = rng.uniform(0, 1, (N, 1))
        ys = targets + rng.normal(0, 0.04, (N, 1)) + 0.01
        cases.append(_ys_case(ys, targets, f"N = {N}, limit = {limit}", limit))
    return [*cases, _ys_at_the_limit(rng)]


def _ys_at_the_limit(rng: np.random.Generator) -> Case:
    """Draw answers that are off by the limit itself, and by much more; all numbers are exact."""
    targets = rng.integers(16, 48, (24, 1)) / 64
    off = rng.permutation([-24, -20, -8, -8, -4, 0, 4, 8, 8, 20, 24, 24] * 2)[:, None] / 64
    return _ys_case(targets + off, targets, "N = 24, limit = 0.125", 0.125)


def _explain_mse(mse: NDArray) -> str:
    """Say what no mean square of these errors can be."""
    if mse < 0:
        return "A square is never below 0, so their mean is not either."
    if mse > 0.25:
        return "The target lies between 0 and 1, so ½ is never off by more than ½."
    return ""


def adding_target(xs):
    """Return ½ + a quarter of the marked numbers' sum."""
    numbers = xs[..., 0]
    marks = xs[..., 1]
    counts = marks == 1
    total = (numbers * counts).sum(axis=0)
    targets = (0.5 + total / 4)[:, None]
    return targets


def share_right(ys, targets, limit):
    """Return the share of answers that are off by less than a limit."""
    distance = np.abs(ys - targets)
    share = (distance < limit).mean()
    return share


EXERCISES = (
    Predict(
        id="guess-adding",
        notebook=NOTEBOOK,
        asks_for=("mse",),
        points=1,
        minutes=5,
        answer=1 / 24,
        within=0.001,
        explain=_explain_mse,
        hints=(
            "The mean squared error of a constant at the mean is the variance of the target.",
            "A number drawn evenly from -1 to 1 has variance 1/3. Two of them add up: 2/3.",
            "The sum is divided by 4. What does that do to a variance?",
        ),
        look="Or draw 10,000 targets with make_adding and measure.",
        passed="An MSE of 0.04 sounds small and is a guess. Measure the baseline first.",
        wrong=(
            Wrong(
                answer=1 / 6,
                cause="Either this is the variance 2/3 divided by 4, and dividing a number by 4 "
                "divides its variance by 16; or it is the mean distance, and asked is the mean "
                "square.",
            ),
            Wrong(
                answer=7 / 24,
                cause="This is the mean square of the target itself. ½ is subtracted before it is "
                "squared.",
            ),
            Wrong(
                answer=1 / 96,
                cause="This is for numbers from 0 to 1, with variance 1/12. They go from -1 to 1.",
            ),
            Wrong(
                answer=2 / 3,
                cause="This is the variance of X₁ + X₂. The target has a quarter of the sum.",
            ),
            Wrong(answer=1 / 48, cause="This is for one number; two of them are added."),
            Wrong(answer=0.0, cause="The targets differ, so a constant cannot be right each time."),
            Wrong(
                answer=(1 / 24) ** 0.5,
                cause="This is the root of it, the typical distance. Asked is the mean square.",
            ),
            Wrong(
                answer=1 / 12,
                cause="Either this is the 1/3 of one number divided by 4, or the right number "
                "doubled. Two numbers add up to 2/3, and dividing the sum by 4 divides its "
                "variance by 16.",
            ),
            Wrong(
                answer=1 / 3,
                cause="This is the variance of one number. Two of them are added, and the sum is "
                "divided by 4.",
            ),
        ),
    ),
    WriteFunction(
        id="adding-target",
        notebook=NOTEBOOK,
        asks_for=("adding_target",),
        points=2,
        minutes=6,
        answer=adding_target,
        example=Case(
            inputs={
                "xs": np.array([[[0.5, -1.0]], [[0.8, 1.0]], [[-0.4, 1.0]], [[0.1, -1.0]]]),
            },
            label="",
            note="T = 4, N = 1: numbers 0.5, 0.8, -0.4, 0.1 with marks -1, 1, 1, -1",
        ),
        draw=_draw_adding,
        returns=("targets",),
        hints=(
            "xs[..., 0] are the numbers, xs[..., 1] the marks, both (T, N).",
            "A mark of 1 counts. The -1 at both ends only says where the sequence begins and ends.",
            "Multiply the numbers by (marks == 1), sum over time, then ½ + a quarter of it. "
            "The result has shape (N, 1).",
        ),
        look="In the example, 0.8 and -0.4 are marked: the answer is 0.6.",
        passed="You can check the data without trusting its maker. Compare with make_adding's "
        "targets.",
        instead=(
            Instead(
                "counts",
                "marks",
                "The ends are marked -1, and your sum subtracts their numbers. Only a mark of 1 "
                "counts.",
            ),
            Instead(
                "counts",
                "marks != 0",
                "The ends are marked -1, and your sum adds their numbers. Only a mark of 1 counts.",
            ),
            Instead(
                "counts",
                "np.ones_like(marks)",
                "All numbers of the sequence are added; only the two marked ones count.",
            ),
            Instead(
                "targets",
                "total[:, None]",
                "This is the sum itself. The target is ½ + sum / 4, between 0 and 1.",
            ),
            Instead(
                "targets",
                "(total / 4)[:, None]",
                "The ½ is missing: the target is ½ + sum / 4.",
            ),
            Instead(
                "targets",
                "(0.5 + total / 2)[:, None]",
                "The sum is divided by 2, a mean of the two numbers. The target is ½ + sum / 4.",
            ),
            Instead(
                "targets",
                "((0.5 + total) / 4)[:, None]",
                "The ½ is divided by 4 as well: only the sum is.",
            ),
            Instead(
                "targets",
                "(total / 2)[:, None]",
                "This is half the sum. The target is ½ + sum / 4.",
            ),
            Instead(
                "targets",
                "0.5 + total / 4",
                "The numbers are right, in shape (N,). The targets of a model with one output are "
                "(N, 1).",
                "Add an axis with [:, None].",
            ),
            Instead(
                "total",
                "(numbers * counts).sum(axis=1)",
                "The sum runs over the batch. Time is the first axis.",
            ),
            Instead(
                "targets",
                "0.5 + (numbers * counts).sum() / 4",
                "All sequences are added up into one number. Sum over time alone: axis=0.",
            ),
            Instead(
                "targets",
                "0.5 + (numbers * counts) / 4",
                "The sum over time is missing: this has one number per step.",
            ),
            Instead(
                "total",
                "numbers[marks == 1].reshape(-1, 2).sum(1)",
                "The marked numbers are picked out first. They come step by step, over all "
                "sequences, so that two in a row belong to different ones. Multiply by (marks == "
                "1) and sum over time.",
            ),
            Instead(
                "total",
                "numbers[marks == 1].reshape(2, -1).sum(0)",
                "The marked numbers are picked out first. They come step by step, over all "
                "sequences, so that the first half does not hold one of each. Multiply by (marks "
                "== 1) and sum over time.",
            ),
        ),
    ),
    WriteFunction(
        id="share-right",
        notebook=NOTEBOOK,
        asks_for=("share_right",),
        kind="find the bug",
        points=2,
        minutes=6,
        answer=share_right,
        example=_ys_case(np.array([[0.30], [0.60], [0.90]]), np.array([[0.31], [0.61], [0.80]])),
        draw=_draw_ys,
        returns=("share",),
        hints=(
            "Print the shape of ys - targets[:, 0]. How many differences are there?",
            "(3, 1) minus (3,) is (3, 3): NumPy compares each answer with every target.",
            "Both arrays have the same shape as they come. Leave it so; distance has no sign.",
        ),
        look="There are two bugs. A large negative difference is not right either.",
        passed="Broadcasting turned N answers into N² with no error. Print shapes in every "
        "measure that you write.",
        instead=(
            Instead(
                "distance",
                "np.abs(ys - targets[:, 0])",
                "Each answer is compared with every target: (N, 1) minus (N,) is (N, N).",
            ),
            Instead(
                "distance",
                "ys - targets",
                "An answer that is far too small still counts as right: the difference is "
                "negative. Take its absolute value.",
            ),
            Instead(
                "distance",
                "targets - ys",
                "An answer that is far too large still counts as right: the difference is "
                "negative. Take its absolute value.",
            ),
            Instead(
                "distance",
                "targets[:, 0] - ys",
                "The difference is turned, and both bugs are still there: (N,) minus (N, 1) is "
                "(N, N), and a distance has no sign.",
            ),
            Instead(
                "distance",
                "ys - targets[:, 0]",
                "This does the same as share_right_broken: both bugs are still there.",
            ),
            Instead(
                "distance",
                "(ys - targets) ** 2",
                "The square is compared with the limit: 0.2 off gives 0.04.",
            ),
            Instead(
                "share",
                "(distance <= limit).mean()",
                "An answer that is off by the limit itself is counted: <=. Asked is off by less.",
                "Is a distance of 0.125 less than 0.125?",
            ),
            Instead(
                "share",
                "distance.mean() < limit",
                "This asks whether the mean distance is below the limit: one yes or no. Compare "
                "each answer, then take the mean.",
            ),
            Instead(
                "share",
                "np.abs((ys - targets).mean()) < limit",
                "This asks whether the mean difference is small; too large and too small cancel. "
                "Compare each answer, then take the mean.",
            ),
            Instead(
                "share",
                "distance.mean()",
                "This is the mean distance. Asked is how often it is below the limit.",
            ),
            Instead(
                "share",
                "(distance < 0.04).mean()",
                "The limit is 0.04, whatever `limit` says.",
            ),
            Instead(
                "share",
                "(distance > limit).mean()",
                "This is the share that is wrong.",
            ),
            Instead(
                "share",
                "(distance >= limit).mean()",
                "This is the share that is wrong.",
            ),
        ),
    ),
    SetValues(
        id="project",
        notebook=NOTEBOOK,
        asks_for=("W", "b", "W_y", "b_y", "seeds", "baseline"),
        points=6,
        minutes=60,
        seconds=180.0,  # the text task with H = 128 trains for 30 on a fast machine
        shapes=(None, None, None, None, (3,), ()),
        judge=_judge_project,
        right=tuple(three(by_hand(scale), 0.15) for scale in (0.1, 0.05, -0.1)),
        hints=(
            "Start from the lesson's run and change the task. For adding, look at T and choose a "
            "forget bias whose half-life is about as long.",
            "Start short. Adding: H = 8, forget_bias = 5, batches of 32, lr = 2e-2, 600 steps at "
            "T = 15 and, with the same Adam, 600 more at T = 50. Temporal order: forget_bias = 3, "
            "lr = 1e-2, T = 30, then 60, then 100, each until it is solved, and a new Adam for "
            "each length.",
            "Text: H = 32 or more, batches of 16 cuttings of 40 characters, lr = 1e-2. "
            "Hand in the arrays of three seeds, stacked with np.stack, the seeds and the baseline.",
        ),
        look="Measure on fresh sequences yourself before you ask the check.",
        passed="It meets the criterion: adding and order on sequences drawn just now, a text on "
        "cuttings of what it was trained on. Now the report: task, baseline, sizes, seeds, and "
        "what did not work.",
        wrong=(
            Wrong(
                answer=three((np.zeros((10, 32)), np.zeros(32), np.zeros((8, 1)), HALF), 0.15),
                cause=NO_BETTER,
            ),
            Wrong(
                answer=three((*by_hand(0.1)[:2], 0.8 * by_hand(0.1)[2], HALF), 0.15),
                cause=ADDS_A_LITTLE,
            ),
            Wrong(
                answer=three((np.zeros((12, 32)), np.zeros(32), np.zeros((8, 1)), HALF), 0.15),
                cause="No task of the three has D = 4 and K = 1.",
            ),
            Wrong(
                answer=three((*by_hand(0.1)[:2], np.zeros((8, 1)), HALF), 0.15),
                cause="W has H = 1 units and W_y 8 rows; they must be the same.",
            ),
            Wrong(
                answer=three(
                    (np.zeros((16, 32)), np.zeros(32), np.zeros((8, 4)), np.zeros(4)), 0.25
                ),
                cause=AT_CHANCE,
            ),
            Wrong(
                answer=three(
                    (np.zeros((43, 32)), np.zeros(32), np.zeros((8, 35)), np.zeros(35)), 2.05
                ),
                cause=NO_PAIRS,
            ),
            Wrong(
                answer=(*three(by_hand(0.1), 0.15)[:4], np.array([7.0, 7, 7]), 0.15),
                cause=SAME_SEEDS,
            ),
            Wrong(answer=(*by_hand(0.1), np.array([0.0, 1, 2]), 0.15), cause=NOT_THREE),
            Wrong(
                answer=three(by_hand(0.1), 0.5),
                cause="The baseline is not that of adding: the share right of the constant ½. "
                "Measure it as the lesson does.",
            ),
        ),
    ),
)
