"""Where results go and how they are written."""

import json
from pathlib import Path

import numpy as np

DATA = Path(__file__).parents[2] / "lstm_course" / "training" / "stored"


def rounded(value: object, digits: int = 4) -> object:
    """Return nested lists and dicts of plain numbers with so many significant digits."""
    if isinstance(value, dict):
        return {str(key): rounded(item, digits) for key, item in value.items()}
    if isinstance(value, list | tuple | np.ndarray):
        return [rounded(item, digits) for item in value]
    if isinstance(value, float | np.floating):
        return float(f"{value:.{digits}g}")
    return value.item() if isinstance(value, np.generic) else value


def save(name: str, results: dict) -> None:
    """Write results to lstm_course/training/stored/<name>.json and print where they are."""
    path = DATA / f"{name}.json"
    text = json.dumps(rounded(results), indent=1)
    path.write_text(text + "\n", encoding="utf-8")
    print(f"wrote {path.name}, {len(text) / 1000:.1f} kB")
