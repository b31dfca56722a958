"""Check gradients by numbers: nudge one entry, see how far the loss moves.

Knows no model: a loss is any function of arrays that returns one number.
"""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import ArrayLike, NDArray

# An entry's error is measured against its own size, but at least against this share of the
# largest entry and this number: rounding in the loss hides what is smaller.
SHARE_OF_LARGEST, SMALLEST = 1e-2, 1e-4


class GradientError(AssertionError):
    """A gradient differs from the numbers; the message says where, and a likely reason."""


def numerical_gradient(
    f: Callable[[NDArray], float], array: ArrayLike, eps: float = 1e-5
) -> NDArray:
    """Estimate a gradient by central differences, one entry at a time.

    ∂f/∂a_k ≈ (f(a + eps e_k) - f(a - eps e_k)) / (2 eps)

    Parameters
    ----------
    f : function of one array
        Returns one number.
    array : array (...)
        Where to take the gradient; not changed. f gets float64 copies of it.
    eps : float
        Size of the nudge. Smaller is not better: below 1e-6 rounding takes over.

    Returns
    -------
    array (...)
        float64, the shape of `array`.

    Raises
    ------
    ValueError
        When f does not return one finite number.
    """
    nudged = np.array(array, dtype=float)
    gradient = np.empty_like(nudged)
    for k in np.ndindex(nudged.shape):
        before = nudged[k]
        nudged[k] = before + eps
        above = _one_number(f(nudged.copy()), k)
        nudged[k] = before - eps
        below = _one_number(f(nudged.copy()), k)
        nudged[k] = before
        gradient[k] = (above - below) / (2 * eps)
    return gradient


def relative_error(analytic: ArrayLike, numeric: ArrayLike) -> NDArray:
    """Compare two gradients entry by entry.

    |a - n| / max(|a|, |n|, floor),  floor = max(0.01 · largest |n|, 0.0001)

    Parameters
    ----------
    analytic, numeric : array (...)
        Of the same shape.

    Returns
    -------
    array (...)
        Infinity where one of the two is not finite.
    """
    a, n = np.asarray(analytic, dtype=float), np.asarray(numeric, dtype=float)
    finite = np.isfinite(a) & np.isfinite(n)
    a, n = np.where(finite, a, 0), np.where(finite, n, 0)
    floor = max(SHARE_OF_LARGEST * np.abs(n).max(initial=0), SMALLEST)
    error = np.abs(a - n) / np.maximum(np.maximum(np.abs(a), np.abs(n)), floor)
    return np.where(finite, error, np.inf)


def compare_gradients(
    analytic: Mapping[str, ArrayLike], numeric: Mapping[str, ArrayLike], tol: float = 1e-6
) -> dict[str, float]:
    """Compare gradients by name; say what is wrong with the first that differs.

    Parameters
    ----------
    analytic : dict of arrays
        Gradients from formulas.
    numeric : dict of arrays
        Gradients from ``numerical_gradient``; every name in it is compared.
    tol : float
        Largest relative error allowed (see ``relative_error``).

    Returns
    -------
    dict of float
        The largest relative error for each name.

    Raises
    ------
    GradientError
        When a gradient is missing, has another shape, or is too far off.
    """
    errors = {}
    for name, n in numeric.items():
        if name not in analytic:
            raise GradientError(
                f"no gradient for {name}; expected one for each of {', '.join(numeric)}, "
                f"got {', '.join(analytic) or 'none'}"
            )
        a, n = np.asarray(analytic[name], dtype=float), np.asarray(n, dtype=float)
        if a.shape != n.shape:
            raise GradientError(
                f"the gradient for {name} has shape {a.shape}; expected {n.shape}, the shape of "
                f"{name} itself.{_shape_reason(a, n, max(tol, 1e-6))}"
            )
        error = relative_error(a, n)
        errors[name] = float(error.max(initial=0))
        if not errors[name] <= tol:
            raise GradientError(_report(name, a, n, error, tol))
    return errors


def check_gradients(
    loss_fn: Callable[..., float],
    params: Mapping[str, ArrayLike],
    grads: Mapping[str, ArrayLike],
    *,
    eps: float = 1e-5,
    tol: float = 1e-6,
) -> dict[str, float]:
    """Check every entry of every gradient against the loss itself.

    Parameters
    ----------
    loss_fn : function
        Called with the arrays by name, ``loss_fn(**params)``; returns one number.
    params : dict of arrays
        Where the gradients were taken; not changed.
    grads : dict of arrays
        The gradient for each name in `params`.
    eps, tol : float
        Nudge, and largest relative error allowed.

    Returns
    -------
    dict of float
        The largest relative error for each name.

    Raises
    ------
    GradientError
        When a gradient is missing, has another shape, or is too far off; with a likely reason.
    ValueError
        When loss_fn does not return one finite number.

    Examples
    --------
    >>> w = np.array([1.0, 2.0])
    >>> errors = check_gradients(lambda w: (w**2).sum(), {"w": w}, {"w": 2 * w})
    >>> errors["w"] < 1e-9
    True
    """
    fixed = {name: np.asarray(a, dtype=float) for name, a in params.items()}

    def loss_along(name: str) -> Callable[[NDArray], float]:
        return lambda a: loss_fn(**{**fixed, name: a})

    numeric = {name: numerical_gradient(loss_along(name), a, eps) for name, a in fixed.items()}
    return compare_gradients(grads, numeric, tol)


def _one_number(loss: float, k: tuple[int, ...]) -> float:
    if np.size(loss) != 1:
        raise ValueError(
            f"the loss has shape {np.shape(loss)}; expected one number. Try .sum() or .mean()"
        )
    loss = float(np.reshape(loss, ()))
    if not np.isfinite(loss):
        raise ValueError(f"the loss is {loss} with entry {list(k)} nudged; expected a number")
    return loss


def _report(name: str, a: NDArray, n: NDArray, error: NDArray, tol: float) -> str:
    wrong = error > tol
    k = np.unravel_index(error.argmax(), error.shape)
    place = f"{name}[{', '.join(map(str, k))}]" if k else name
    return (
        f"the gradient for {name} is wrong in {wrong.sum()} of {wrong.size} entries\n"
        f"  worst at {place}: analytic {a[k] + 0.0:.6g}, numeric {n[k] + 0.0:.6g}, "
        f"relative error {error[k]:.2g} (allowed: {tol:.0e})\n"
        f"  Likely: {_reason(a, n, wrong, max(tol, 1e-6))}"
    )


def _reason(a: NDArray, n: NDArray, wrong: NDArray, tol: float) -> str:
    """Say in one line what the pattern of wrong entries suggests."""
    if not np.isfinite(a).all():
        return "the formula divides by 0 or overflows: the analytic gradient is not finite."
    if not a.any():
        return "a term is missing, or the gradient is never stored: analytic is 0 everywhere."
    ratio = _common_ratio(a[wrong], n[wrong], tol)
    where = "everywhere" if wrong.all() else _where(wrong)
    if ratio == 0:
        return f"the gradient never gets there: analytic is 0 {where}."
    if ratio is not None and abs(ratio + 1) < tol:
        return f"the sign is turned round: analytic = -numeric {where}."
    if ratio is not None:
        return (
            f"a factor is missing or there twice: analytic = {ratio:.4g} · numeric {where}. "
            "Look for a 2, a mean for a sum, or a gate."
        )
    if a.ndim == 2 and a.shape[0] == a.shape[1] and relative_error(a.T, n).max() <= tol:
        return "the gradient is transposed. Try .T"
    if wrong.all():
        return "a term is missing or wrong; no single factor explains it. Check one path at a time."
    return f"one path is wrong: the other entries agree, all wrong ones are {where}."


def _common_ratio(a: NDArray, n: NDArray, tol: float) -> float | None:
    """Return r with a = r n in all entries; one entry alone proves only 0 and -1."""
    scale = np.vdot(n, n)
    if scale == 0:
        return None
    r = float(np.vdot(a, n) / scale)
    if a.size == 1 and min(abs(r), abs(r + 1)) > tol:
        return None
    return r if np.allclose(a, r * n, rtol=10 * tol, atol=10 * tol * np.abs(n).max()) else None


def _where(wrong: NDArray) -> str:
    """Name the slices along one axis that hold all wrong entries."""
    for axis in range(wrong.ndim):
        others = tuple(x for x in range(wrong.ndim) if x != axis)
        hit = np.flatnonzero(wrong.any(axis=others))
        if len(hit) < wrong.shape[axis]:
            numbers = ", ".join(map(str, hit[:8])) + (", ..." if len(hit) > 8 else "")
            if wrong.ndim == 2:
                return f"in {('row', 'column')[axis]} {numbers}"
            return f"at index {numbers}" + (f" of axis {axis}" if wrong.ndim > 2 else "")
    return f"in {wrong.sum()} entries"


def _shape_reason(a: NDArray, n: NDArray, tol: float) -> str:
    if a.ndim == 2 and a.T.shape == n.shape:
        return " It is the other way round. Try .T"
    if a.ndim > n.ndim and a.shape[a.ndim - n.ndim :] == n.shape:
        axes = tuple(range(a.ndim - n.ndim))
        same = relative_error(a.sum(axis=axes), n).max(initial=0) <= tol
        sure = "its sum over them is right" if same else "expected a sum over them"
        return f" The leading axes {a.shape[: a.ndim - n.ndim]} (time, batch) are left: {sure}."
    return ""
