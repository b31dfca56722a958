"""Exercises of lesson 14: measure how far open gates are, and give seven verdicts."""

from . import by_unit, ledger, shares, sums

_HOW_FAR_OUT, _SATURATE_HALF = sums.EXERCISES
EXERCISES = (
    _HOW_FAR_OUT,
    *shares.EXERCISES,
    *by_unit.EXERCISES,
    _SATURATE_HALF,
    *ledger.EXERCISES,
)
