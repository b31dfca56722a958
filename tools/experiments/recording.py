"""Lesson 12: a look inside while a network learns lag 30, for three forget biases.

Run: python -m tools.experiments.recording (seconds). Writes training.npz, which
``lstm_course.widgets.training_demo`` plays: seed 0, what ``record_training`` returns.
"""

import numpy as np
from numpy.typing import NDArray

from lstm_course.widgets.training import BIASES, LEAST, record_training

from .common import DATA


def coarse(apart: NDArray) -> NDArray:
    """Keep 6 binary digits but at the last step: more than a shade shows, and packs better."""
    digits, powers = np.frexp(apart)
    kept = np.where(np.abs(apart) < LEAST / 10, 0, np.ldexp(np.rint(64 * digits) / 64, powers))
    kept[:, -1] = apart[:, -1]
    return kept.astype(np.float16)


def main() -> None:
    """Train with each forget bias and save the looks."""
    arrays = {
        f"{bias} {name}": coarse(values) if name == "apart" else values.astype(np.float16)
        for bias in BIASES
        for name, values in record_training(float(bias))._asdict().items()
    }
    np.savez_compressed(DATA / "training.npz", **arrays)
    print("wrote training.npz", f"{(DATA / 'training.npz').stat().st_size / 1000:.1f} kB")


if __name__ == "__main__":
    main()
