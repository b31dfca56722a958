"""From h_t to probabilities, and what a read-out can do."""

import numpy as np
from numpy.typing import NDArray

from ... import running_example as ex
from ...equations import output, softmax
from ..model import ROUNDING, Case, Finding, Predict, SetValues, WriteFunction, Wrong
from ..slips import Instead
from ..typed import side_by_side

NOTEBOOK = "09-softmax-output"


def _draw_output(rng: np.random.Generator) -> list[Case]:
    def case(batch: tuple, label: str) -> Case:
        inputs = {
            "h_t": rng.uniform(-1, 1, (*batch, 4)),
            "W_y": rng.normal(0, 2, (4, 3)),
            "b_y": rng.normal(0, 1, 3),
        }
        return Case(inputs=inputs, label=label)

    return [case((), "one vector, H = 4, K = 3"), case((5,), "a batch of 5, H = 4, K = 3")]


def _judge_read_out(W: np.ndarray, b: np.ndarray) -> Finding | None:
    plural, singular = softmax([0.3, 0.2] @ W + b), softmax([-0.3, 0.2] @ W + b)
    least = min(plural[1], singular[0])
    if least >= 0.9 - ROUNDING:
        return None
    by_unit_1 = 0.3 * (W[0, 1] - W[0, 0])  # how far unit 1 puts were above was for a plural
    by_all = 0.2 * (W[1, 1] - W[1, 0]) + b[1] - b[0]  # the same in both cases
    if np.isclose(by_unit_1, 0):
        cause = "Unit 1 counts the same for both verbs, and the two cases differ in nothing else."
    elif max(plural[1], singular[0]) < 0.5:
        cause = "The verbs have changed places: the columns are [was, were]."
    elif least < 0.5:
        cause = (
            "One verb leads in both cases: unit 2 and the bias, the same in both, weigh more than "
            "unit 1."
        )
    elif 1 / (1 + np.exp(-by_unit_1)) >= 0.9:
        cause = (
            "The right verb leads, but unit 2 and the bias push one verb in both cases: "
            f"by {abs(by_all):.2g} here."
        )
    else:
        cause = "The right verb leads, but not by enough. Larger weights make the choice sharper."
    return Finding(
        cause=cause,
        got=side_by_side({"plural: were": plural[1], "singular: was": singular[0]}, 0.9),
        expected="both 0.90 or more",
    )


def _explain_largest(largest: NDArray) -> str:
    """Say what no largest probability can be, or for which scores it would be right."""
    if not 0.25 <= largest < 1:
        return "The largest of four probabilities is at least 0.25, and below 1."
    apart = float(np.log(3 * largest / (1 - largest)))
    return (
        f"This would be right if one number of h could be {apart:.2f} above the three others. How "
        "far above can it be, between -1 and 1?"
    )


def read_out(h_t, W_y, b_y):
    """Return y_t (eq. 7)."""
    y_t = softmax(h_t @ W_y + b_y)
    return y_t


EXERCISES = (
    WriteFunction(
        id="output",
        notebook=NOTEBOOK,
        asks_for=("output",),
        points=2,
        minutes=4,
        answer=read_out,
        example=Case(
            inputs={"h_t": np.array([0.28, 0.16]), "W_y": ex.W_y, "b_y": ex.b_y},
            label="",
            shown=("h_t",),
            note="W_y, b_y as in the lesson",
        ),
        draw=_draw_output,
        returns=("y_t",),
        hints=(
            "Scores first, probabilities second.",
            "The scores are h_t @ W_y + b_y, one per class.",
            "Hand the scores to the softmax that you wrote above.",
        ),
        look="Compare the scores with your pencil: [-1.12, 1.12, 0.32].",
        passed="All seven equations are yours. Try W_y ten times as large: how sure is it now?",
        instead=(
            Instead(
                "y_t",
                "softmax(h_t)",
                "This is softmax(h_t): W_y and b_y play no part, and there is one probability per "
                "unit, not per class.",
            ),
            Instead(
                "y_t",
                "softmax(h_t) @ W_y + b_y",
                "softmax is taken of h_t, before W_y. It comes last: first the scores, then "
                "softmax.",
            ),
            Instead(
                "y_t",
                "softmax(np.tanh(h_t) @ W_y + b_y)",
                "h_t goes through tanh once more. Equation 6 has done that.",
            ),
        ),
        course=(output,),
        builds_on=("softmax",),
    ),
    Predict(
        id="four-classes",
        notebook=NOTEBOOK,
        asks_for=("largest",),
        points=1,
        minutes=4,
        answer=float(np.exp(2) / (np.exp(2) + 3)),
        within=0.02,
        explain=_explain_largest,
        hints=(
            "h lies between -1 and 1. Which h is best for class 1?",
            "One 1 and three times -1. Only differences count: the same as 2 and three times 0.",
        ),
        look="Write the best h down and take its softmax.",
        passed="This bound comes from tanh, and no training lifts it. W_y does.",
        wrong=(
            Wrong(
                answer=1.0,
                cause="That would need a score far above the others. h differs by 2 at the most.",
            ),
            Wrong(
                answer=float(np.e / (np.e + 3)),
                cause="This would be right with the others at 0. They can go down to -1.",
            ),
            Wrong(
                answer=float(np.exp(2) / (np.exp(2) + 2)),
                cause="This is the bound for three classes. Here there are four.",
            ),
            Wrong(
                answer=0.25,
                cause="This is the even choice, for four equal numbers.",
            ),
            Wrong(
                answer=float(np.exp(2) / (np.exp(2) + 1)),
                cause="This is the bound for two classes. Here three others share the rest.",
            ),
            Wrong(
                answer=float(np.exp(2) / (np.exp(2) + 4)),
                cause="There are three other classes, not four.",
            ),
        ),
    ),
    SetValues(
        id="read-it-off",
        notebook=NOTEBOOK,
        asks_for=("W_y", "b_y"),
        points=2,
        minutes=5,
        shapes=((2, 2), (2,)),
        limits=True,
        judge=_judge_read_out,
        right=(
            ([[-5, 5], [0, 0]], [0, 0]),
            ([[0, 10], [0, 0]], [0, 0]),
            ([[-20, 20], [1, 1]], [3, 3]),
        ),
        hints=(
            "Unit 1 carries the number. Which sign does each verb want of it?",
            "The two scores must differ by 2.2 for 0.9, and h of unit 1 is only 0.3.",
        ),
        look="Compute both scores for h = [0.3, 0.2] with a pencil.",
        passed="Small states can give sure answers: W_y scales. What happens at h = [0, 0.2]?",
        wrong=(
            Wrong(
                answer=([[5, -5], [0, 0]], [0, 0]),
                cause="The verbs have changed places: the columns are [was, were].",
            ),
            Wrong(
                answer=([[-1, 1], [0, 0]], [0, 0]),
                cause="The right verb leads, but not by enough. h is 0.3 here, so weights of 1 "
                "give scores that differ by 0.6.",
            ),
            Wrong(
                answer=([[0, 0], [-5, 5]], [0, 0]),
                cause="These weights read unit 2, which is the same in both cases. The number is "
                "in unit 1.",
            ),
            Wrong(
                answer=([[0, 0], [0, 0]], [-3, 3]),
                cause="Only the bias decides, so the answer is the same in both cases.",
            ),
        ),
    ),
)
