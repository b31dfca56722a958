"""Where results go and how they are written."""

import json
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_info

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


def where() -> dict[str, str]:
    """Return what a result may depend on: the version of NumPy, and its BLAS kernel.

    A kernel adds up products in its own order. What a run ends with can depend on it.
    """
    blas = [info for info in threadpool_info() if info["user_api"] == "blas"]
    kernel = blas[0].get("architecture", "unknown") if blas else "unknown"
    return {"numpy": np.__version__, "kernel": kernel}


def load(name: str) -> dict | None:
    """Return what is stored under that name, or None."""
    path = DATA / f"{name}.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None


def save(name: str, results: dict, *, quiet: bool = False) -> None:
    """Write results to lstm_course/training/stored/<name>.json and print where they are."""
    path = DATA / f"{name}.json"
    text = json.dumps(rounded(results), indent=1)
    path.write_text(text + "\n", encoding="utf-8")
    if not quiet:
        print(f"wrote {path.name}, {len(text) / 1000:.1f} kB")
