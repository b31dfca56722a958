"""One stable step of the sLSTM."""

import numpy as np

from ...equations import sigmoid
from ...networks.slstm import slstm_step as course_step
from ..model import Case, WriteFunction
from ..slips import Instead

NOTEBOOK = "18-gates-that-do-not-look-back"
NAMES = ("a_i", "a_f", "a_o", "a_z", "c_prev", "n_prev", "m_prev")


def slstm_step(a_i, a_f, a_o, a_z, c_prev, n_prev, m_prev):
    """Return h_t, c_t, n_t and m_t (equations 18.5 and 18.6)."""
    m_t = np.maximum(a_f + m_prev, a_i)
    i_t = np.exp(a_i - m_t)
    f_t = np.exp(a_f + m_prev - m_t)
    o_t = sigmoid(a_o)
    z_t = np.tanh(a_z)
    c_t = f_t * c_prev + i_t * z_t
    n_t = f_t * n_prev + i_t
    h_t = o_t * c_t / n_t
    return h_t, c_t, n_t, m_t


def _case(rng: np.random.Generator, shape: tuple, size: float, label: str) -> Case:
    sums = [rng.normal(0, s, shape) for s in (size, size, 1, 1)]
    n_prev = rng.uniform(0.5, 2, shape)
    c_prev = n_prev * rng.uniform(-1, 1, shape)
    values = (*sums, c_prev, n_prev, rng.normal(0, size, shape))
    return Case(inputs=dict(zip(NAMES, values, strict=True)), label=label)


def _large(rng: np.random.Generator) -> Case:
    """Draw a step whose exponents overflow, in single precision as in double."""
    case = _case(rng, (4,), 1.0, "exponents of some 900")
    case.inputs["a_i"] = np.array([900.0, -900, 1000, 5])
    case.inputs["a_f"] = np.array([0.5, -1, -1000, -2])
    case.inputs["m_prev"] = np.array([899.0, -900, 10, 1000])
    return case


EXERCISES = (
    WriteFunction(
        id="slstm-step",
        notebook=NOTEBOOK,
        asks_for=("slstm_step",),
        points=3,
        minutes=10,
        silent=True,
        answer=slstm_step,
        example=Case(
            inputs={
                "a_i": np.array([1.0, -1.0]),
                "a_f": np.array([0.0, 1.0]),
                "a_o": np.array([0.0, 1.0]),
                "a_z": np.array([0.5, -2.0]),
                "c_prev": np.array([0.5, -0.5]),
                "n_prev": np.array([1.0, 2.0]),
                "m_prev": np.array([0.0, 0.5]),
            },
            label="two units",
        ),
        draw=lambda rng: [
            _case(rng, (3,), 1.0, "three units"),
            _case(rng, (2, 3), 2.0, "a batch of 2, three units"),
            _large(rng),
        ],
        returns=("h_t", "c_t", "n_t", "m_t"),
        hints=(
            "First m_t: the larger of the two exponents, a_f + m_prev and a_i.",
            "Take m_t out of both exponents before np.exp. Both gates are then at most 1.",
            "n_t is c_t's sum with 1 in place of z_t. h_t divides the one by the other.",
        ),
        look="Every exponent that np.exp gets is 0 or below. Print them.",
        passed="A gate without an upper end, and no overflow. From zeros, start with m = -np.inf.",
        instead=(
            Instead(
                "m_t",
                "np.maximum(a_f, a_i)",
                "m_prev is missing in m_t: the memory's exponent is a_f + m_prev.",
            ),
            Instead(
                "f_t",
                "np.exp(a_f - m_t)",
                "m_prev is missing in f_t: what is kept was measured from m_prev.",
            ),
            Instead(
                "f_t",
                "np.exp(a_f)",
                "The exponent of f_t is taken as it stands. Take m_t out of it, and m_prev in.",
            ),
            Instead(
                "i_t",
                "np.exp(a_i)",
                "The exponent of i_t is taken as it stands. Take m_t out of it.",
            ),
            Instead(
                "n_t",
                "f_t * n_prev + i_t * z_t",
                "The normaliser adds up i_t ⊙ z_t. It adds up the weights alone: i_t.",
            ),
            Instead(
                "h_t",
                "o_t * c_t",
                "c_t is not divided by the normaliser n_t (equation 18.5).",
            ),
            Instead(
                "h_t",
                "o_t * np.tanh(c_t / n_t)",
                "tanh is taken of c / n. It lies between −1 and 1 as it is: no tanh here.",
            ),
            Instead(
                "h_t",
                "o_t * np.tanh(c_t)",
                "This is equation 6. In the sLSTM c_t is divided by n_t in place of the tanh.",
            ),
            Instead(
                "i_t",
                "sigmoid(a_i)",
                "The input gate is a σ. Here it is an exponential, with m_t taken out.",
            ),
            Instead(
                "n_t",
                "f_t * n_prev + (1 - f_t)",
                "The normaliser adds 1 − f. It adds what c's new part is weighted with: i_t.",
            ),
        ),
        course=(course_step,),
    ),
)
