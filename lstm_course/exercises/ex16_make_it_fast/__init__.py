"""Exercises of lesson 16: the same numbers with fewer calls."""

from . import counting, halving, one_product, stacking

EXERCISES = (*stacking.EXERCISES, *one_product.EXERCISES, *halving.EXERCISES, *counting.EXERCISES)
