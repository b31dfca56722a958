"""The verdict on claim 2."""

from ..model import Predict, Wrong
from .inputs import NOTEBOOK

EXERCISE = Predict(
    id="claim-two",
    notebook=NOTEBOOK,
    asks_for=("verdict",),
    points=1,
    minutes=3,
    answer="b",
    choices="abcd",
    hints=(
        "Read the table of the lesson again: two of its rows answer this.",
        "What multiplies the gradient on the way through c? And through h and the gates?",
    ),
    look="Move the forget bias and the scale in the lesson's demo to both ends.",
    passed="Claim 2 has its condition. Lesson 12 adds what keeps training safe: clipping.",
    wrong=(
        Wrong(
            answer="a",
            cause="With b_f = 0 it vanishes, and with b_f = 3 and large weights it explodes.",
        ),
        Wrong(
            answer="c",
            cause="f ≤ 1 bounds the way through c alone. The ways through h and the gates "
            "have W in them, and that may be large.",
        ),
        Wrong(
            answer="d",
            cause="With b_f = 0 less comes back after 100 steps than in the RNN: f is about "
            "one half, and it halves the gradient at each step.",
        ),
    ),
)
