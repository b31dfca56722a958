"""Exercises of lesson 12: train with Adam and clipping."""

from . import adam, clipping, descent, losses, which_bias

EXERCISES = tuple(
    exercise
    for part in (losses, clipping, adam, descent, which_bias)
    for exercise in part.EXERCISES
)
