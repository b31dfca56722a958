"""Demos: a question, a picture that can be moved, and a sentence that says what it shows."""

from .asking import guess, guessed
from .backward import backward_demo
from .base import Demo
from .board import wire_board
from .cats import cat_demo
from .controls import choice, slider
from .explorer import cell_explorer
from .first import gradient_norm_demo
from .gates import candidate_demo, half_life_demo, show_and_hold_demo
from .orders import order_demo
from .outputs import hidden_state_demo, temperature_demo
from .playground import gate_playground
from .reading import cell_reads
from .sampling import sampling_demo
from .saturation import saturation_demo
from .scans import scan_demo
from .switches import sigmoid_shape_demo, soft_switch_demo, two_unit_gate_demo
from .through_time import gradient_paths_demo
from .today import cell_today
from .training import training_demo
from .ways import pick, sketch, slide, slide_over

__all__ = [
    "Demo",
    "backward_demo",
    "candidate_demo",
    "cat_demo",
    "cell_explorer",
    "cell_reads",
    "cell_today",
    "choice",
    "gate_playground",
    "gradient_norm_demo",
    "gradient_paths_demo",
    "guess",
    "guessed",
    "half_life_demo",
    "hidden_state_demo",
    "order_demo",
    "pick",
    "sampling_demo",
    "saturation_demo",
    "scan_demo",
    "show_and_hold_demo",
    "sketch",
    "slide",
    "slide_over",
    "sigmoid_shape_demo",
    "slider",
    "soft_switch_demo",
    "temperature_demo",
    "training_demo",
    "two_unit_gate_demo",
    "wire_board",
]
