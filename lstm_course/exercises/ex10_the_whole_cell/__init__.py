"""Exercises of lesson 10: put the cell together."""

from . import broken_cell, step, wires

EXERCISES = (*step.EXERCISES, *wires.EXERCISES, *broken_cell.EXERCISES)
