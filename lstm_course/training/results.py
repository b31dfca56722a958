"""What the scripts in tools/experiments leave: results of longer sweeps and a trained model."""

import json
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from ..cell import LSTMParams, Readout
from ..networks.models import LSTMModel


def load_results(name: str) -> dict:
    """Return a stored sweep: its settings, seeds and numbers.

    Parameters
    ----------
    name : str
        "gradients", "starts", "agreement", "units", "holding", "saturation", "controls",
        "criteria", "adding", "stream", "speed", "blind", "text" or "project".

    Returns
    -------
    dict
        "made_by" names the script; the other keys are described there.

    Raises
    ------
    ValueError
        When nothing of that name is stored.
    """
    folder = files(__package__) / "stored"
    stored = sorted(p.name[:-5] for p in folder.iterdir() if p.name.endswith(".json"))
    if name not in stored:
        raise ValueError(f"no results are named {name!r}; expected one of {', '.join(stored)}")
    return json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))


def load_cat_model() -> LSTMModel:
    """Return the stored agreement model: H = 16, 1,500 steps, seed 2; unit 8 carries number.

    tools/experiments/agreement.py makes it, with ``train_agreement(2, H=16, steps=1500)``.
    """
    stored = load_arrays("cat_model")
    params = LSTMParams(stored["W"], stored["b"])
    return LSTMModel(params, Readout(stored["W_y"], stored["b_y"]))


def load_text_model() -> LSTMModel:
    """Return the stored model of *Alice*: H = 48, 600 steps, seed 0.

    tools/experiments/text.py makes it, with ``train_text(0, steps=600)``.
    """
    stored = {name: array.astype(float) for name, array in load_arrays("text_model").items()}
    params = LSTMParams(stored["W"], stored["b"])
    return LSTMModel(params, Readout(stored["W_y"], stored["b_y"]))


def load_arrays(name: str) -> dict[str, NDArray]:
    """Return the arrays that a script stored under that name."""
    with (files(__package__) / "stored" / f"{name}.npz").open("rb") as file:
        return dict(np.load(file))
