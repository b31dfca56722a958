"""Pictures of gates, memories and gradients, and the block diagram.

Each ``plot_*`` function takes arrays and an Axes (or makes one), labels it with the symbols
of the equations and returns it. Nothing is shown before ``show(ax)``, which also gives the
picture in words.

A name is looked up when it is asked for: the diagram is drawn without Matplotlib, which takes
a second to load.
"""

from importlib import import_module
from typing import Any

_HOME = {
    "SERIES": "palette",
    "STYLES": "palette",
    "draw_fields": "heat",
    "new_axes": "figures",
    "plot_activation": "activations",
    "plot_curves": "curves",
    "plot_gate": "gates",
    "plot_gates": "gates",
    "plot_gradient_norms": "gradients",
    "plot_guess": "curves",
    "plot_memory": "memory",
    "plot_orders": "orders",
    "plot_probabilities": "curves",
    "plot_weights": "weights",
    "show": "shown",
}
__all__ = list(_HOME)


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_HOME[name]}", __name__), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOME])
