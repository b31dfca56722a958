"""Pictures of gates, memories and gradients, and the block diagram.

Each ``plot_*`` function takes arrays and an Axes (or makes one), labels it with the symbols
of the equations and returns it. Nothing is shown before ``show(ax, alt="…")``, which asks for
the picture in words.
"""

from .activations import plot_activation
from .curves import plot_curves, plot_probabilities
from .figures import new_axes
from .gates import plot_gate, plot_gates
from .gradients import plot_gradient_norms
from .memory import plot_memory
from .orders import plot_orders
from .palette import SERIES, STYLES
from .shown import show
from .weights import plot_weights

__all__ = [
    "SERIES",
    "STYLES",
    "new_axes",
    "plot_activation",
    "plot_curves",
    "plot_gate",
    "plot_gates",
    "plot_gradient_norms",
    "plot_memory",
    "plot_orders",
    "plot_probabilities",
    "plot_weights",
    "show",
]
