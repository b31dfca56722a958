"""Exercises of lesson 11: follow the gradient back through time.

One module per exercise; `backward` holds the way back, right or with a part exchanged.
"""

from . import claim_two, memory, missing_plus, products, sequence, step, sums, weights

EXERCISES = tuple(
    part.EXERCISE
    for part in (memory, products, sums, weights, step, sequence, missing_plus, claim_two)
)
