"""Inputs for one step of the cell."""

import numpy as np

from ..model import Case


def step_case(
    rng: np.random.Generator, batch: tuple, D: int, H: int, label: str, biases: bool
) -> Case:
    """Draw what one step is given, with biases or without."""
    inputs = {
        "x_t": rng.normal(size=(*batch, D)),
        "h_prev": rng.uniform(-1, 1, (*batch, H)),
        "c_prev": rng.normal(0, 1.5, (*batch, H)),
    }
    inputs |= {f"W_{g}": rng.normal(size=(H + D, H)) for g in "ifoc"}
    inputs |= {f"b_{g}": rng.normal(size=H) for g in "ifoc"} if biases else {}
    return Case(inputs=inputs, label=label)
