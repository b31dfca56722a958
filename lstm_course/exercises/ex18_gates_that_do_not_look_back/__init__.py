"""Exercises of lesson 18: scans, cells whose gates read the input alone, an exponential gate."""

from . import exponential, minimal, parity, scans

EXERCISES = (
    *scans.EXERCISES,
    *minimal.EXERCISES,
    *parity.EXERCISES,
    *exponential.EXERCISES,
)
