"""One step of Adam."""

import numpy as np

from ..model import Case, WriteFunction, Wrong
from ..slips import Instead

NOTEBOOK = "12-training"


def _state(rng: np.random.Generator, shape: tuple, size: float, k: int) -> dict:
    fresh = k == 1
    g = size * rng.normal(size=shape)
    if fresh:
        g[-1] = 0  # a weight that was not used: 0 / 0 without ε
    return {
        "p": rng.normal(size=shape),
        "g": g,
        "m": np.zeros(shape) if fresh else 0.5 * size * rng.normal(size=shape),
        "v": np.zeros(shape) if fresh else 0.1 * size**2 * rng.uniform(0.5, 1.5, shape),
        "k": k,
        "lr": float(rng.uniform(0.05, 0.15)),
    }


def _draw_states(rng: np.random.Generator) -> list[Case]:
    return [
        Case(inputs=_state(rng, (3,), 1.0, 1), label="the first step, 3 parameters"),
        Case(inputs=_state(rng, (4, 3), 1.0, 7), label="step 7, a matrix"),
        Case(inputs=_state(rng, (5,), 2e-4, 3), label="step 3, small gradients"),
    ]


def adam_step(p, g, m, v, k, lr):
    """Return p, m and v after one step of Adam (equations 12.5 and 12.6)."""
    m_new = 0.9 * m + 0.1 * g
    v_new = 0.999 * v + 0.001 * g**2
    m_hat = m_new / (1 - 0.9**k)
    v_hat = v_new / (1 - 0.999**k)
    p_new = p - lr * m_hat / (np.sqrt(v_hat) + 1e-8)
    return p_new, m_new, v_new


def betas_exchanged(p, g, m, v, k, lr):
    """Take β₁ for β₂ and β₂ for β₁."""
    m, v = 0.999 * m + 0.001 * g, 0.9 * v + 0.1 * g**2
    m_hat, v_hat = m / (1 - 0.999**k), v / (1 - 0.9**k)
    return p - lr * m_hat / (np.sqrt(v_hat) + 1e-8), m, v


EXERCISES = (
    WriteFunction(
        id="adam-step",
        notebook=NOTEBOOK,
        asks_for=("adam_step",),
        points=3,
        minutes=10,
        answer=adam_step,
        example=Case(
            inputs={
                "p": np.array([1.0, 1.0]),
                "g": np.array([2.0, -0.5]),
                "m": np.zeros(2),
                "v": np.zeros(2),
                "k": 1,
                "lr": 0.1,
            },
            label="the first step",
        ),
        draw=_draw_states,
        returns=("p", "m", "v"),
        hints=(
            "Five lines: m, v, m̂, v̂, p. Take them from equations 12.5 and 12.6 in this order.",
            "m̂ and v̂ are used for the step only; returned are m and v as they are before the "
            "correction.",
            "At k = 1 the correction undoes the factor 1 - β, so the first step has size lr in "
            "every entry.",
        ),
        look="On the first step every entry moves by lr, whatever the size of its gradient.",
        passed="This is the optimizer behind most networks you have heard of. Multiply g by 1000 "
        "at k = 1 and see what happens to the step.",
        instead=(
            Instead(
                "p_new",
                "p - lr * m_hat / (np.sqrt(v_new) + 1e-8)",
                "v is not corrected; m is. Both start at 0.",
            ),
            Instead(
                "p_new",
                "p - lr * m_new / (np.sqrt(v_hat) + 1e-8)",
                "m is not corrected; v is. Both start at 0.",
            ),
            Instead(
                "p_new",
                "p - lr * m_hat / np.sqrt(v_hat + 1e-8)",
                "ε stands inside the root. There it acts like a gradient of 1e-4; in equation 12.6 "
                "it is added after the root.",
            ),
            Instead(
                "p_new",
                "p - lr * m_new / (np.sqrt(v_new) + 1e-8)",
                "m and v are not corrected. They start at 0, so divide by 1 - βᵏ.",
            ),
            Instead(
                "p_new",
                "p - lr * (m_new / (1 - 0.9)) / (np.sqrt(v_new / (1 - 0.999)) + 1e-8)",
                "The correction does not depend on k. It is 1 - β to the power of k, and fades as "
                "k grows.",
            ),
            Instead(
                "p_new",
                "p - lr * (m / (1 - 0.9**k)) / (np.sqrt(v / (1 - 0.999**k)) + 1e-8)",
                "The step is taken with the old m and v. Update them first.",
            ),
            Instead(
                "p_new",
                "p - lr * np.sign(m_new)",
                "The step has the sign of m alone. Equation 12.6 divides m̂ by √v̂ + ε.",
            ),
            Instead(
                "p_new",
                "p - lr * g / (np.sqrt(v_hat) + 1e-8)",
                "The step is taken with g. It goes along m̂, the corrected mean.",
            ),
            Instead(
                "p_new",
                "p - lr * m_hat / v_hat",
                "The root is missing: the step is m̂ / (√v̂ + ε).",
            ),
            Instead(
                "p_new",
                "p - lr * m_hat / np.sqrt(v_hat)",
                "ε is missing below the fraction. Where a weight has had no gradient yet, v̂ is "
                "0, and 0 / 0 is nan.",
            ),
            Instead(
                "return",
                "p_new, m_hat, v_hat",
                "The corrected m̂ and v̂ are returned. The next step would correct them again; "
                "return m and v.",
            ),
            Instead(
                "v_new",
                "0.999 * v + 0.001 * m_new**2",
                "v takes in m². It is the mean of g², the gradient itself squared.",
                "On step 7, compare m² with g².",
            ),
            Instead(
                "p_new",
                "p - lr * (m_new * (1 - 0.9**k)) / (np.sqrt(v_new * (1 - 0.999**k)) + 1e-8)",
                "The correction multiplies. m and v start too small: divide by 1 - βᵏ.",
            ),
            Instead(
                "p_new",
                "p - lr * (m_new / 0.9**k) / (np.sqrt(v_new / 0.999**k) + 1e-8)",
                "The correction divides by βᵏ. It is 1 - βᵏ.",
            ),
            Instead(
                "p_new",
                "p - lr * (m_new / (1 - 0.999**k)) / (np.sqrt(v_new / (1 - 0.9**k)) + 1e-8)",
                "The two corrections have changed places: 1 - β₁ᵏ belongs to m, 1 - β₂ᵏ to v.",
            ),
        ),
        wrong=(
            Wrong(
                answer=betas_exchanged,
                cause="β₁ and β₂ have changed places: 0.9 belongs to the mean m, 0.999 to v.",
            ),
        ),
    ),
)
