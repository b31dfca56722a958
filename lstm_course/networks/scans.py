"""c_t = f_t ⊙ c_{t-1} + u_t without a loop over t: a scan by doubling."""

import numpy as np
from numpy.typing import NDArray


def scan_loop(fs: NDArray, us: NDArray, c_0: NDArray) -> NDArray:
    """Compute c_t = f_t ⊙ c_{t-1} + u_t step by step.

    Parameters
    ----------
    fs, us : array (T, ...)
        What each step keeps, and what it adds.
    c_0 : array (...)
        The memory before the first step.

    Returns
    -------
    cs : array (T, ...)
    """
    cs, c_t = np.empty_like(us), c_0
    for t in range(len(us)):
        cs[t] = c_t = fs[t] * c_t + us[t]
    return cs


def scan(fs: NDArray, us: NDArray, c_0: NDArray) -> NDArray:
    """Compute the same in about log₂ T rounds, each for all steps at once.

    Two steps (f, u) and then (f', u') are one step (f' ⊙ f, f' ⊙ u + u'). In the first round
    each step is joined with the one before it, then with what stands 2, 4, 8, … before: after
    k rounds each entry holds up to 2ᵏ steps.

    Parameters
    ----------
    fs, us : array (T, ...)
    c_0 : array (...)

    Returns
    -------
    cs : array (T, ...)

    References
    ----------
    Hillis & Steele (1986), Data parallel algorithms; Blelloch (1990), Prefix sums and their
    applications, has one with less work.
    """
    fs, us = fs.copy(), us.copy()
    back = 1
    while back < len(us):
        us[back:] += fs[back:] * us[:-back]
        fs[back:] *= fs[:-back].copy()
        back *= 2
    return fs * c_0 + us


def scan_backward(
    fs: NDArray, cs: NDArray, c_0: NDArray, dcs: NDArray
) -> tuple[NDArray, NDArray, NDArray]:
    """Send gradients back through a scan: the way back is a scan, too, from the end.

    dc_t = dcs_t + f_{t+1} ⊙ dc_{t+1},    df_t = dc_t ⊙ c_{t-1},    du_t = dc_t

    Parameters
    ----------
    fs, cs : array (T, ...)
        What went in, and what came out.
    c_0 : array (...)
    dcs : array (T, ...)
        Gradient that reaches each c_t from above.

    Returns
    -------
    dfs, dus : array (T, ...)
    dc_0 : array (...)
    """
    after = np.concatenate([fs[1:], np.zeros_like(fs[:1])])[::-1]
    dus = scan(after, dcs[::-1], np.zeros_like(c_0))[::-1]
    before = np.concatenate([c_0[None], cs[:-1]])
    return dus * before, dus, dus[0] * fs[0]
