"""Lesson 12: a look inside while a network learns lag 30, for three forget biases.

Run: python -m tools.experiments.recording (seconds). Writes training.npz, which
``lstm_course.widgets.training_demo`` plays: seed 0, what ``record_training`` returns.
"""

import numpy as np

from lstm_course.widgets.training import BIASES, record_training

from .common import DATA


def main() -> None:
    """Train with each forget bias and save the looks."""
    arrays = {
        f"{bias} {name}": values.astype(np.float16)
        for bias in BIASES
        for name, values in record_training(float(bias))._asdict().items()
    }
    np.savez_compressed(DATA / "training.npz", **arrays)
    print("wrote training.npz", f"{(DATA / 'training.npz').stat().st_size / 1000:.1f} kB")


if __name__ == "__main__":
    main()
