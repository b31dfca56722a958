"""One step of Adam."""

from collections.abc import Callable

import numpy as np

from ..model import Case, WriteFunction, Wrong

NOTEBOOK = "12-training"
BETA_1, BETA_2, EPS = 0.9, 0.999, 1e-8


def _adam(
    beta_1: float = BETA_1,
    beta_2: float = BETA_2,
    first: Callable = lambda m, beta, k: m / (1 - beta**k),
    second: Callable = lambda v, beta, k: v / (1 - beta**k),
    square: Callable = np.square,
    root: Callable = lambda v: np.sqrt(v) + EPS,
    sign: float = -1.0,
    share_1: float | None = None,
    share_2: float | None = None,
) -> Callable:
    """Return a step of Adam with one thing changed."""

    def step(p, g, m, v, k, lr):  # noqa: ANN001, ANN202
        m = beta_1 * m + (1 - beta_1 if share_1 is None else share_1) * g
        v = beta_2 * v + (1 - beta_2 if share_2 is None else share_2) * square(g)
        move = lr * first(m, beta_1, k) / root(second(v, beta_2, k))
        return p + sign * move, m, v

    return step


def _adam_keeps_corrected(p, g, m, v, k, lr):  # noqa: ANN001, ANN202
    m = (BETA_1 * m + (1 - BETA_1) * g) / (1 - BETA_1**k)
    v = (BETA_2 * v + (1 - BETA_2) * g**2) / (1 - BETA_2**k)
    return p - lr * m / (np.sqrt(v) + EPS), m, v


def _adam_old_mean(p, g, m, v, k, lr):  # noqa: ANN001, ANN202
    _, m_new, v_new = _adam()(p, g, m, v, k, lr)
    return _adam()(p, 0 * g, m / BETA_1, v / BETA_2, k, lr)[0], m_new, v_new


def _adam_in_place(p, g, m, v, k, lr):  # noqa: ANN001, ANN202
    new, m_new, v_new = _adam()(p, g, m, v, k, lr)
    p -= p - new
    m += m_new - m
    v += v_new - v
    return new, m_new, v_new


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


def _by(beta: float) -> Callable:
    """Return a correction with this β, whatever the mean was made with."""
    return lambda mean, _, k: mean / (1 - beta**k)


def _adam_without_mean(p, g, m, v, k, lr):  # noqa: ANN001, ANN202
    _, m_new, v_new = _adam()(p, g, m, v, k, lr)
    return p - lr * g / (np.sqrt(v_new / (1 - BETA_2**k)) + EPS), m_new, v_new


def _adam_square_of_mean(p, g, m, v, k, lr):  # noqa: ANN001, ANN202
    _, m_new, v_new = _adam()(p, g, m, v, k, lr)
    v_new = v_new + (1 - BETA_2) * (m_new**2 - g**2)
    move = m_new / (1 - BETA_1**k) / (np.sqrt(v_new / (1 - BETA_2**k)) + EPS)
    return p - lr * move, m_new, v_new


def _bare_root(v):  # noqa: ANN001, ANN202
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.sqrt(v)


EXERCISES = (
    WriteFunction(
        id="adam-step",
        notebook=NOTEBOOK,
        asks_for=("adam_step",),
        points=3,
        minutes=10,
        answer=_adam(),
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
            "Five lines: m, v, m̂, v̂, p. Take them from T5 and T6 in this order.",
            "m̂ and v̂ are used for the step only; returned are m and v as they are before the "
            "correction.",
            "At k = 1 the correction undoes the factor 1 - β, so the first step has size lr in "
            "every entry.",
        ),
        look="On the first step every entry moves by lr, whatever the size of its gradient.",
        passed="This is the optimizer behind most networks you have heard of. Multiply g by 1000 "
        "at k = 1 and see what happens to the step.",
        wrong=(
            Wrong(
                answer=_adam(first=lambda m, b, k: m, second=lambda v, b, k: v),
                cause="m and v are not corrected. They start at 0, so divide by 1 - βᵏ.",
            ),
            Wrong(
                answer=_adam(second=lambda v, b, k: v),
                cause="v is not corrected; m is. Both start at 0.",
            ),
            Wrong(
                answer=_adam(first=lambda m, b, k: m),
                cause="m is not corrected; v is. Both start at 0.",
            ),
            Wrong(
                answer=_adam(first=lambda m, b, k: m / (1 - b), second=lambda v, b, k: v / (1 - b)),
                cause="The correction does not depend on k. It is 1 - β to the power of k, and "
                "fades as k grows.",
            ),
            Wrong(
                answer=_adam(
                    first=lambda m, b, k: m / (1 - b ** (k + 1)),
                    second=lambda v, b, k: v / (1 - b ** (k + 1)),
                ),
                cause="The exponent is one too large: k counts from 1 already.",
            ),
            Wrong(
                answer=_adam(BETA_2, BETA_1),
                cause="β₁ and β₂ have changed places: 0.9 belongs to the mean m, 0.999 to v.",
            ),
            Wrong(
                answer=_adam(root=lambda v: v + EPS),
                cause="The root is missing: the step is m̂ / (√v̂ + ε).",
            ),
            Wrong(
                answer=_adam(square=lambda g: g, root=lambda v: np.sqrt(np.abs(v)) + EPS),
                cause="g goes into v without the square.",
            ),
            Wrong(
                answer=_adam(root=lambda v: np.sqrt(v + EPS)),
                cause="ε stands inside the root. There it acts like a gradient of 1e-4; in T6 it "
                "is added after the root.",
            ),
            Wrong(
                answer=_adam(sign=1.0),
                cause="The step goes uphill. Take it away from p.",
            ),
            Wrong(
                answer=_adam_keeps_corrected,
                cause="The corrected m̂ and v̂ are returned. The next step would correct them "
                "again; return m and v.",
            ),
            Wrong(
                answer=_adam_old_mean,
                cause="The step is taken with the old m and v. Update them first.",
            ),
            Wrong(
                answer=_adam_in_place,
                cause="The values are right, but p, m and v are changed in place.",
                look="Look for `+=`, `-=` and `*=`.",
            ),
            Wrong(
                answer=_adam(share_1=1.0, share_2=1.0),
                cause="g and g² come in whole. m and v are running means: the new value has the "
                "share 1 - β.",
            ),
            Wrong(
                answer=_adam(share_1=1.0),
                cause="g comes into m whole. Its share is 1 - β₁ = 0.1.",
            ),
            Wrong(
                answer=_adam(share_2=1.0),
                cause="g² comes into v whole. Its share is 1 - β₂ = 0.001.",
            ),
            Wrong(
                answer=_adam(0.1, 0.001, _by(BETA_1), _by(BETA_2), share_1=0.9, share_2=0.999),
                cause="Old and new have changed places: the old mean keeps the share β, the new "
                "value has 1 - β.",
            ),
            Wrong(
                answer=_adam(first=_by(BETA_2), second=_by(BETA_1)),
                cause="The two corrections have changed places: 1 - β₁ᵏ belongs to m, 1 - β₂ᵏ to "
                "v.",
            ),
            Wrong(
                answer=_adam(second=_by(BETA_1)),
                cause="v is corrected with β₁. Its own is β₂ = 0.999.",
            ),
            Wrong(
                answer=_adam(first=_by(BETA_2)),
                cause="m is corrected with β₂. Its own is β₁ = 0.9.",
            ),
            Wrong(
                answer=lambda p, g, m, v, k, lr: _adam()(p, g, m, v, k, 1.0),
                cause="lr plays no part in the step.",
            ),
            Wrong(
                answer=_adam_without_mean,
                cause="The step is taken with g. It goes along m̂, the corrected mean.",
            ),
            Wrong(
                answer=_adam(root=_bare_root),
                cause="ε is missing below the fraction. Where a weight has had no gradient yet, v̂ "
                "is 0, and 0 / 0 is nan.",
            ),
            Wrong(
                answer=_adam(square=lambda g: g),
                cause="g goes into v without the square, so that v can be negative and its root "
                "nan.",
                look="Print v for a negative g.",
            ),
            Wrong(
                answer=_adam(
                    first=lambda m, b, k: m / (1 - b * k), second=lambda v, b, k: v / (1 - b * k)
                ),
                cause="The correction has β times k. It is β to the power of k: β**k.",
                look="Print 1 - 0.9**k and 1 - 0.9 * k for k = 1, 2, 20.",
            ),
            Wrong(
                answer=_adam(
                    first=lambda m, b, k: m / (1 - b ** (k - 1)),
                    second=lambda v, b, k: v / (1 - b ** (k - 1)),
                ),
                cause="The exponent is one too small: k counts from 1, and 1 - β⁰ is 0.",
                look="Print 1 - 0.9**k for k = 0 and 1.",
            ),
            Wrong(
                answer=_adam(
                    first=lambda m, b, k: m * (1 - b**k), second=lambda v, b, k: v * (1 - b**k)
                ),
                cause="The correction multiplies. m and v start too small: divide by 1 - βᵏ.",
            ),
            Wrong(
                answer=_adam(first=lambda m, b, k: m / b**k, second=lambda v, b, k: v / b**k),
                cause="The correction divides by βᵏ. It is 1 - βᵏ.",
            ),
            Wrong(
                answer=_adam(0.1, BETA_2, _by(BETA_1), share_1=0.9),
                cause="In m, old and new have changed places: the old mean keeps 0.9, g has 0.1.",
            ),
            Wrong(
                answer=_adam(BETA_1, 0.001, second=_by(BETA_2), share_2=0.999),
                cause="In v, old and new have changed places: the old mean keeps 0.999, g² has "
                "0.001.",
            ),
            Wrong(
                answer=_adam_square_of_mean,
                cause="v takes in m². It is the mean of g², the gradient itself squared.",
                look="On step 7, compare m² with g².",
            ),
        ),
    ),
)
