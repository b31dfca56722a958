"""Losses, optimiser and loop; runs known to work, what they left, and looks inside."""

from .history import History
from .loop import train
from .losses import cross_entropy, mean_squared_error
from .objective import loss, loss_and_gradients
from .optimizer import Adam, clip_by_global_norm, global_norm
from .probes import (
    ablate,
    ablation_errors,
    agreement_errors,
    correlations,
    saturation,
    steady_correlations,
)
from .recipes import (
    new_model,
    train_adding,
    train_agreement,
    train_lag,
    train_reber,
    train_stream,
    train_temporal_order,
)
from .results import load_cat_model, load_results, load_text_model
from .text import perplexity, sample_text, train_text

__all__ = [
    "Adam",
    "History",
    "ablate",
    "ablation_errors",
    "agreement_errors",
    "clip_by_global_norm",
    "correlations",
    "cross_entropy",
    "global_norm",
    "load_cat_model",
    "load_results",
    "load_text_model",
    "loss",
    "loss_and_gradients",
    "mean_squared_error",
    "new_model",
    "perplexity",
    "sample_text",
    "saturation",
    "steady_correlations",
    "train",
    "train_adding",
    "train_agreement",
    "train_lag",
    "train_reber",
    "train_stream",
    "train_temporal_order",
    "train_text",
]
