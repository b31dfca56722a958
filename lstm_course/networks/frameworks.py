"""What PyTorch and Keras computed, stored for lesson 15."""

from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

PARTS = ("example", "unordered", "fresh", "wide", "keras", "gru", "foreign", "unnamed")


def load_framework_values(part: str) -> dict[str, NDArray]:
    """Return arrays that a framework made; tools/make_framework_values.py stored them.

    Parameters
    ----------
    part : str
        "example": torch.nn.LSTM with the weights of the running example over *cats which
        already ate were full*. "unordered": the same with the blocks left in the order of
        this course. "fresh": a new torch.nn.LSTM(3, 2), its four arrays and its
        outputs. "wide": the two biases of a new torch.nn.LSTM(3, 64). "keras": a
        keras.layers.LSTM(2), its three arrays, its outputs, and the bias that it started with.
        "gru": a keras.layers.GRU(2), which has reset_after=True by default. "foreign"
        and "unnamed": LSTMs out of files that do not say in which order their blocks stand.
        Outputs are `hs` (T, N, H), for the inputs `xs` (T, N, D).

    Returns
    -------
    dict of arrays

    Raises
    ------
    ValueError
        When there is no such part.
    """
    if part not in PARTS:
        raise ValueError(f"no part is named {part!r}; expected one of {', '.join(PARTS)}")
    with (files(__package__) / "frameworks.npz").open("rb") as file:
        stored = dict(np.load(file))
    own = {name.removeprefix(f"{part}_"): a for name, a in stored.items() if name.startswith(part)}
    return own | (
        {"xs": stored["xs"]} if part in ("fresh", "keras", "gru", "foreign", "unnamed") else {}
    )
