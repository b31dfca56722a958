"""Exercises of lesson 15: move weights between frameworks, and a relative of the cell."""

from . import biases, gru, options, weights

_TO, _FROM, _FRESH = weights.EXERCISES
EXERCISES = (_TO, _FROM, *biases.EXERCISES, _FRESH, *gru.EXERCISES, *options.EXERCISES)
