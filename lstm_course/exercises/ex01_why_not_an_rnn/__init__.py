"""Exercises of lesson 01: find how far back an RNN can learn."""

from . import forward, gradient

EXERCISES = (*forward.EXERCISES, *gradient.EXERCISES)
