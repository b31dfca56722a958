"""The forget bias that learns lag 80."""

from ..model import Predict, Wrong

NOTEBOOK = "12-training"


EXERCISES = (
    Predict(
        id="which-bias",
        notebook=NOTEBOOK,
        asks_for=("choice",),
        points=1,
        minutes=4,
        answer="c",
        choices="abcd",
        hints=(
            "How much of a memory is left after 80 steps with f = σ(0), σ(1) and σ(3)?",
            "0.5⁸⁰, 0.73⁸⁰ and 0.95⁸⁰ are about 1e-24, 1e-11 and 0.02.",
        ),
        look="Read the column of lag 80 in the stored map of the lesson.",
        passed="The start of one bias decides what can be learned. Would b_f = 5 be better still? "
        "The column of lag 120 has an answer.",
        wrong=(
            Wrong(
                answer="a",
                cause="Training moves b_f only along a gradient, and with f = 0.5 none comes back "
                "over 80 steps. It did not even learn lag 40, in none of five seeds.",
            ),
            Wrong(
                answer="b",
                cause="1 is the usual choice, and 0.73⁸⁰ is 1e-11. Of five seeds none learned "
                "lag 80 within 600 steps.",
            ),
            Wrong(
                answer="d",
                cause="The RNN beats an LSTM with b_f = 0 at lag 40, with 3 seeds of five. At lag "
                "80 it learns in 1 of five from this start.",
            ),
        ),
    ),
)
