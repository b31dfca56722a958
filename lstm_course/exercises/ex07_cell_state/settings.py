"""Set the gates so that a memory does a job."""

import numpy as np

from ..challenges import STEPS, add_up, at_step, hold_through_noise, judged, replace_at_step_10
from ..model import SetValues, Wrong

NOTEBOOK = "07-cell-state"

EXERCISES = (
    SetValues(
        id="hold-through-noise",
        notebook=NOTEBOOK,
        asks_for=("f", "i"),
        points=2,
        minutes=5,
        shapes=((), ()),
        judge=judged(hold_through_noise),
        right=((1, 0), (0.998, 0.01), (0.997, 0)),
        hints=(
            "Which of the four words is it: keep, write, replace or erase?",
            "Both gates may be a little off: a memory of f = 0.997 keeps 0.94 after 20 steps.",
        ),
        look="Follow the first steps with a pencil: c = f · c + i · offer.",
        passed="The memory sleeps through the noise. How far from 1 may f be for 200 steps?",
        wrong=(
            Wrong(
                answer=(0, 1),
                cause="This is replace: the memory becomes the noise at every step.",
            ),
            Wrong(
                answer=(1, 1),
                cause="This is write: all of the noise is added up.",
            ),
            Wrong(
                answer=(0, 0),
                cause="This is erase: nothing is left after one step.",
            ),
            Wrong(
                answer=(0.9, 0),
                cause="0.9 is not near enough to 1: 0.9 to the power of 20 is 0.12.",
            ),
            Wrong(
                answer=(1, 0.5),
                cause="The gate for the noise stands half open.",
            ),
        ),
    ),
    SetValues(
        id="add-up",
        notebook=NOTEBOOK,
        asks_for=("f", "i"),
        points=1,
        minutes=3,
        shapes=((), ()),
        judge=judged(add_up),
        right=((1, 1), (0.99, 1), (1, 0.97)),
        hints=(
            "Nothing that is there may be lost, and all that comes is added.",
            "Look at the table of four in the lesson: which one adds?",
        ),
        look="After two steps the memory should be 0.75. What is it with your gates?",
        passed="A unit that adds up is the core of the adding problem of lesson 19.",
        wrong=(
            Wrong(answer=(0, 1), cause="This is replace: the memory is the last number only."),
            Wrong(answer=(1, 0), cause="This is keep: nothing is added."),
            Wrong(
                answer=(0.5, 0.5),
                cause="This mixes: half of the sum is lost and half of the number is added.",
            ),
            Wrong(
                answer=(0.9, 1),
                cause="All is added, but the sum fades: f must be nearer to 1.",
            ),
        ),
    ),
    SetValues(
        id="replace-at-10",
        notebook=NOTEBOOK,
        asks_for=("f", "i"),
        points=2,
        minutes=8,
        shapes=((STEPS,), (STEPS,)),
        judge=judged(replace_at_step_10),
        right=(
            (at_step(10, 0, 1), at_step(10, 1, 0)),
            (at_step(10, 0.02, 0.999), at_step(10, 1, 0.001)),
            (at_step(10, 0, 0.998), at_step(10, 0.95, 0)),
        ),
        hints=(
            "Nineteen steps do the same thing, and one does something else.",
            "Step 10 has index 9. Keep everywhere else: f = 1, i = 0.",
            "Start from np.ones(20) and np.zeros(20), and change one entry of each.",
        ),
        look="Which of the four words is it at step 10, and which at all the others?",
        passed="Gates that change over time are what a network learns. What would f[9] = 1 do?",
        wrong=(
            Wrong(
                answer=(np.ones(STEPS), at_step(10, 1, 0)),
                cause="At step 10 you write, so the old 1 stays beside the new -0.5. "
                "Replace needs f = 0 there.",
            ),
            Wrong(
                answer=(at_step(11, 0, 1), at_step(11, 1, 0)),
                cause="The change is one step late: step 10 has index 9.",
            ),
            Wrong(
                answer=(at_step(9, 0, 1), at_step(9, 1, 0)),
                cause="The change is one step early: step 10 has index 9.",
            ),
            Wrong(
                answer=(np.repeat([1.0, 0.0], [9, 11]), np.repeat([0.0, 1.0], [9, 11])),
                cause="You replace at every step from 10 on. Keep again from step 11.",
            ),
            Wrong(
                answer=(at_step(10, 0, 1), np.zeros(STEPS)),
                cause="At step 10 you erase: f = 0 is right, but nothing new is let in.",
            ),
            Wrong(
                answer=(np.ones(STEPS), np.zeros(STEPS)),
                cause="You keep at all steps. At step 10 the memory must take the new value.",
            ),
            Wrong(
                answer=(at_step(10, 1, 0), at_step(10, 0, 1)),
                cause="The two arrays have changed places: f is 1 where you keep.",
            ),
            Wrong(
                answer=(np.zeros(STEPS), np.ones(STEPS)),
                cause="You replace at every step: the memory is the noise.",
            ),
        ),
    ),
)
