"""Exercises of lesson 13: find the cat in the cell."""

from . import agreement, sentences, units

EXERCISES = (*agreement.EXERCISES, *units.EXERCISES, *sentences.EXERCISES)
