"""One step of the sLSTM: an exponential input gate, and a normaliser that keeps it in bounds."""

import numpy as np
from numpy.typing import NDArray

from ..equations import sigmoid


def slstm_step(
    a_i: NDArray,
    a_f: NDArray,
    a_o: NDArray,
    a_z: NDArray,
    c_prev: NDArray,
    n_prev: NDArray,
    m_prev: NDArray,
) -> tuple[NDArray, NDArray, NDArray, NDArray]:
    """Take one step with exponential gates, stable for exponents of any size.

    c_t = f_t ⊙ c_{t-1} + i_t ⊙ z_t,   n_t = f_t ⊙ n_{t-1} + i_t,   h_t = o_t ⊙ c_t / n_t

    with i_t = exp(a_i), f_t = exp(a_f), o_t = σ(a_o), z_t = tanh(a_z). The ratio stays the same
    when c and n are both divided by exp(m_t); m_t = max(a_f + m_{t-1}, a_i) keeps every
    exponent at 0 or below.

    Parameters
    ----------
    a_i, a_f, a_o, a_z : array (..., H)
        Sums before their activation.
    c_prev, n_prev : array (..., H)
        Memory and normaliser, both divided by exp(m_prev).
    m_prev : array (..., H)
        What the exponents are measured from. At the start c and n are 0, and m is −∞, so that
        the first step forgets nothing that is not there.

    Returns
    -------
    h_t, c_t, n_t, m_t : array (..., H)

    References
    ----------
    Beck et al. (2024), xLSTM: extended long short-term memory.
    """
    m_t = np.maximum(a_f + m_prev, a_i)
    i_t, f_t = np.exp(a_i - m_t), np.exp(a_f + m_prev - m_t)
    c_t = f_t * c_prev + i_t * np.tanh(a_z)
    n_t = f_t * n_prev + i_t
    return sigmoid(a_o) * c_t / n_t, c_t, n_t, m_t
