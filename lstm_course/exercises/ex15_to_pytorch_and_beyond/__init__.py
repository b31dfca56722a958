"""Exercises of lesson 15: move weights between frameworks, and a relative of the cell."""

from . import biases, foreign, gru, layers, options, weights

_TO, _FROM, _FRESH = weights.EXERCISES
_BATCH_FIRST, _UNITS = options.EXERCISES
EXERCISES = (
    _TO,
    _FROM,
    *biases.EXERCISES,
    _FRESH,
    *foreign.EXERCISES,
    *gru.EXERCISES,
    _BATCH_FIRST,
    *layers.EXERCISES,
    _UNITS,
)
