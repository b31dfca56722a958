"""Exercises of lesson 17: a language model of characters, measured and let run free."""

from . import bigrams, doubt, drawing, parts, state

EXERCISES = (
    *doubt.EXERCISES,
    *parts.EXERCISES,
    *bigrams.TABLE,
    *state.EXERCISES,
    *drawing.EXERCISES,
    *bigrams.EXERCISES,
)
