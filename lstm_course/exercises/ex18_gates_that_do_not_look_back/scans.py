"""Two steps as one, and all steps in a few rounds."""

import math

import numpy as np
from numpy.typing import NDArray

from ...networks.scans import scan as course_scan
from ...networks.scans import scan_loop
from ..model import Case, Predict, WriteFunction, Wrong
from ..slips import Instead

NOTEBOOK = "18-gates-that-do-not-look-back"


def combine(f, u, f_next, u_next):
    """Return the one step that does both (equation 18.2)."""
    f_both = f_next * f
    u_both = f_next * u + u_next
    return f_both, u_both


def scan(fs, us, c_0):
    """Return all c_t in about log2 T rounds."""
    rounds = (len(us) - 1).bit_length()
    for k in range(rounds):
        back = 2**k
        joined_u = fs[back:] * us[:-back] + us[back:]
        joined_f = fs[back:] * fs[:-back]
        us = np.concatenate([us[:back], joined_u])
        fs = np.concatenate([fs[:back], joined_f])
    cs = fs * c_0 + us
    return cs


def _step_case(rng: np.random.Generator, shape: tuple, label: str) -> Case:
    f, u, f_next, u_next = rng.uniform(0.1, 0.9, (4, *shape)) * [[1], [2], [1], [-3]]
    return Case(inputs={"f": f, "u": u, "f_next": f_next, "u_next": u_next}, label=label)


def _scan_case(rng: np.random.Generator, T: int, H: int, label: str) -> Case:
    inputs = {
        "fs": rng.uniform(0.3, 0.95, (T, H)),
        "us": rng.normal(0, 1, (T, H)),
        "c_0": rng.normal(0, 2, H),
    }
    return Case(inputs=inputs, label=label)


def _explain_rounds(rounds: NDArray) -> str:
    """Say how far so many rounds reach."""
    k = float(rounds)
    if k < 0 or k != int(k) or k > 60:
        return ""
    if k < 10:
        return f"After {k:.0f} rounds each entry holds up to {2 ** int(k)} steps; there are 1,000."
    return f"After {k - 1:.0f} rounds {2 ** int(k - 1):,} steps are joined: fewer rounds will do."


EXERCISES = (
    WriteFunction(
        id="two-steps-in-one",
        notebook=NOTEBOOK,
        asks_for=("combine",),
        points=2,
        minutes=5,
        answer=combine,
        example=Case(
            inputs={
                "f": np.array([0.5, 0.25]),
                "u": np.array([1.0, 2.0]),
                "f_next": np.array([0.5, 1.0]),
                "u_next": np.array([3.0, -1.0]),
            },
            label="two units",
        ),
        draw=lambda rng: [
            _step_case(rng, (4,), "four units"),
            _step_case(rng, (3,), "three units"),
        ],
        returns=("f_both", "u_both"),
        hints=(
            "Write the second step with the first in place of c: f' ⊙ (f ⊙ c + u) + u'.",
            "Multiply out. What stands at c is the new f; what is left is the new u.",
            "The first u has to pass the second gate; the second u does not.",
        ),
        look="Take c = 0: then what comes out is u of both.",
        passed="That one line is why the loop can go. It works for sums and for gates alike.",
        instead=(
            Instead(
                "u_both",
                "u + u_next",
                "Both u are added as they are. The first one passes the second gate: f_next * u.",
            ),
            Instead(
                "u_both",
                "f * u_next + u",
                "The second u is multiplied by the first gate. It is the other way round: what "
                "came first passes the gate that comes after.",
            ),
            Instead(
                "u_both",
                "f_next * (u + u_next)",
                "The second u passes its own gate. It is added after that gate: f_next * u + "
                "u_next.",
            ),
            Instead(
                "u_both",
                "f * f_next * u + u_next",
                "The first u passes both gates. It is added after the first one, so only f_next "
                "is ahead of it.",
            ),
            Instead(
                "f_both",
                "f_next + f",
                "The gates are added. What is kept twice is multiplied: a half of a half.",
            ),
            Instead(
                "f_both",
                "f_next",
                "Only the second gate is there. c passes both.",
            ),
            Instead(
                "f_both",
                "f",
                "Only the first gate is there. c passes both.",
            ),
            Instead(
                "u_both",
                "f_next * u",
                "The second step adds nothing: u_next is missing.",
            ),
        ),
    ),
    Predict(
        id="rounds-of-a-scan",
        notebook=NOTEBOOK,
        asks_for=("rounds",),
        points=1,
        minutes=3,
        answer=10,
        explain=_explain_rounds,
        hints=(
            "After one round each entry holds two steps, after two rounds four.",
            "How often must 2 be doubled until it is 1,000 or more?",
        ),
        look="Count 1, 2, 4, 8, … up to 1,000.",
        passed="Ten rounds, whatever the numbers are. For a million steps it is twenty.",
        wrong=(
            Wrong(answer=1000.0, cause="That is the loop: one step after the other."),
            Wrong(answer=500.0, cause="That is one round's worth: pairs. Pairs are joined again."),
            Wrong(answer=math.log(1000), cause="This is log 1000, base e. Each round doubles."),
            Wrong(
                answer=math.log2(1000),
                cause="This is log₂ 1000; rounds are whole, and the last one is needed as well.",
            ),
            Wrong(
                answer=3.0, cause="After 3 rounds each entry holds up to 8 steps; there are 1,000."
            ),
            Wrong(answer=9.0, cause="After 9 rounds each entry holds up to 512 steps"),
            Wrong(
                answer=11.0, cause="After 10 rounds 1,024 steps are joined: fewer rounds will do."
            ),
        ),
    ),
    WriteFunction(
        id="scan",
        notebook=NOTEBOOK,
        asks_for=("scan",),
        points=3,
        minutes=12,
        answer=scan,
        example=Case(
            inputs={
                "fs": np.array([[0.5], [0.5], [0.5], [0.5]]),
                "us": np.array([[1.0], [2.0], [4.0], [8.0]]),
                "c_0": np.array([2.0]),
            },
            label="four steps, one unit",
        ),
        draw=lambda rng: [
            _scan_case(rng, 7, 2, "T = 7, H = 2"),
            _scan_case(rng, 16, 3, "T = 16, H = 3"),
            _scan_case(rng, 1, 2, "one step, H = 2"),
        ],
        returns=("cs",),
        hints=(
            "In a round, each step is joined with the one `back` places before it, where there "
            "is one. The steps before that stay as they are.",
            "us[back:] with us[:-back], and fs[back:] with fs[:-back]; then back doubles.",
            "The new us needs the old fs: compute us first. At the end every entry is one step "
            "from c_0 to c_t.",
        ),
        look="Print fs and us after each round, for four steps that all have f = 0.5.",
        passed="The loop over time is gone. Compare with it for 1,000 steps, and time both.",
        instead=(
            Instead(
                "cs",
                "us",
                "c_0 plays no part: at the end each entry is one step, fs * c_0 + us.",
            ),
            Instead(
                "back",
                "k + 1",
                "back grows by 1. After a round each entry holds twice as many steps, so it "
                "doubles.",
            ),
            Instead(
                "joined_u",
                "us[:-back] + us[back:]",
                "The earlier u passes no gate: multiply it by fs[back:].",
            ),
            Instead(
                "joined_u",
                "fs[:-back] * us[:-back] + us[back:]",
                "The earlier u passes its own gate. It passes the later one: fs[back:].",
            ),
            Instead(
                "joined_f",
                "fs[back:]",
                "The gates stay as they were. Two steps joined keep f_next * f.",
            ),
            Instead(
                "joined_f",
                "fs[back:] + fs[:-back]",
                "The gates are added; what is kept twice is multiplied.",
            ),
            Instead(
                "cs",
                "c_0 + us",
                "c_0 passes no gate. At the end it is multiplied by all gates up to t: fs * c_0.",
            ),
        ),
        course=(course_scan, scan_loop),
    ),
)
