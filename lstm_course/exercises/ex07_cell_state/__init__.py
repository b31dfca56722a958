"""Exercises of lesson 07: keep, write, replace, erase."""

from . import equation, leak, settings

_CELL_STATE, _LOOP = equation.EXERCISES
EXERCISES = (_CELL_STATE, *settings.EXERCISES, *leak.EXERCISES, _LOOP)
