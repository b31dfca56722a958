"""Exercises of lesson 11: follow the gradient back through time.

One module per exercise; `backward` holds the way back, right or with a part exchanged.
"""

from . import (
    claim_two,
    let_it_through,
    memory,
    missing_plus,
    products,
    sequence,
    step,
    sums,
    weights,
)

_ONE_STEP = (memory, products, sums, weights, step)
_THROUGH_TIME = (sequence, missing_plus, let_it_through, claim_two)
EXERCISES = tuple(part.EXERCISE for part in (*_ONE_STEP, *_THROUGH_TIME))
