"""Exercises of lesson 13: find the cat in the cell."""

from . import agreement, masking, sentences, units

EXERCISES = (*masking.EXERCISES, *agreement.EXERCISES, *units.EXERCISES, *sentences.EXERCISES)
