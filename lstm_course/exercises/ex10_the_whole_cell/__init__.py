"""Exercises of lesson 10: put the cell together."""

from . import break_it, broken_cell, step, wires

EXERCISES = (
    *step.EXERCISES,
    *wires.EXERCISES,
    break_it.EXERCISE,
    *broken_cell.EXERCISES,
)
